/// Everything that a training run needs in order to go on exactly where it stood.
///
/// Plain data: how it is stored is the business of whoever stores it.
public struct TrainingState: Sendable, Equatable {
  /// Named vectors of parameters and optimiser moments, each as long as the network's flat parameter vector:
  /// `weights`, `adam.first`, `adam.second`.
  public var vectors: [String: [Float]]
  /// Named raw bytes: the worlds, with their random streams.
  public var blobs: [String: [UInt8]]
  /// Named counters: environment steps, updates, optimiser steps, random positions.
  public var counters: [String: UInt64]

  /// A state.
  public init(vectors: [String: [Float]], blobs: [String: [UInt8]], counters: [String: UInt64]) {
    self.vectors = vectors
    self.blobs = blobs
    self.counters = counters
  }
}
