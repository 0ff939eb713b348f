/// What one iteration (collect, then update) of a trainer did, for progress lines and metrics.
public struct IterationStatistics: Sendable, Equatable {
  /// Environment steps since the start of the run.
  public var environmentSteps = 0
  /// Optimiser steps since the start of the run.
  public var gradientSteps = 0

  /// The episodes that ended during the iteration.
  public var episodes = EpisodeSummary()
  /// The last hundred episodes that ended, whenever that was.
  public var recent = EpisodeSummary()
  /// All episodes of the run that ended within its budget of environment steps.
  public var total = EpisodeSummary()

  /// The clipped surrogate loss, the value loss and the policy's mean entropy (nats), averaged over the minibatches.
  public var policyLoss = 0.0, valueLoss = 0.0, entropy = 0.0
  /// Estimates of KL(old ‖ new): `(r - 1) - ln r` and the noisier `-ln r` (Schulman 2020).
  public var approximateKL = 0.0, oldApproximateKL = 0.0
  /// Fraction of the samples whose ratio left the clip range.
  public var clipFraction = 0.0
  /// 1 - Var(returns - values) / Var(returns), of the values predicted while collecting; NaN where returns are constant.
  public var explainedVariance = 0.0
  /// The learning rate, and the gradient's mean norm before clipping.
  public var learningRate = 0.0, gradientNorm = 0.0

  /// What else there is to say of what was learned, under the names of metrics.
  public var measures: [Measure] = []

  /// Where the time went.
  public var time = TimeBreakdown()

  /// Zeros.
  public init() {}
}

/// A number under its name.
public struct Measure: Sendable, Equatable {
  /// Its name (`losses/critic`).
  public var name: String
  /// Its value.
  public var value: Double

  /// A number.
  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

/// Nanoseconds by activity, summed over workers.
public struct TimeBreakdown: Sendable, Equatable {
  /// Worlds, networks while collecting, and learning.
  public var stepping: UInt64 = 0, inference: UInt64 = 0, update: UInt64 = 0

  /// Zeros.
  public init() {}
}
