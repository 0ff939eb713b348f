import KnackLearning

/// How far a run has come: the counters of a checkpoint, stored as its `state.json`.
public struct RunProgress: Codable, Sendable, Equatable {
  /// The format of the checkpoint's files.
  public static let currentVersion = 1
  /// The format that the files were written in.
  public var version = RunProgress.currentVersion
  /// Environment steps and optimiser steps since the start.
  public var environmentSteps = 0, gradientSteps = 0
  /// Whether the run has come to its end.
  public var isComplete = false
  /// Environment steps after which the success asked for was reached; nil if it was not.
  public var stepsToSuccess: Int?
  /// Seconds of training, over all the process's lives.
  public var seconds = 0.0
  /// Nanoseconds by activity, summed over workers, and those that the workers had altogether.
  public var stepping: UInt64 = 0, inference: UInt64 = 0, update: UInt64 = 0, available: UInt64 = 0
  /// The latest training episodes.
  public var window = EpisodeWindow()
  /// The best checkpoint so far.
  public var best: Best?
  /// Bytes of the metrics and of the event file that belong to this state; what follows is cut off on resuming.
  public var metricsBytes = 0, eventsBytes = 0
  /// The trainer's own counters.
  public var counters: [String: UInt64] = [:]

  /// A checkpoint with its merit.
  public struct Best: Codable, Sendable, Equatable {
    /// The checkpoint's folder.
    public var checkpoint: String
    /// Success rate and mean return of the window when it was saved.
    public var successRate: Double, episodeReturn: Double
  }

  /// The start of a run.
  public init() {}

  /// Takes in what an iteration did.
  mutating func add(_ statistics: IterationStatistics) {
    environmentSteps = statistics.environmentSteps
    gradientSteps = statistics.gradientSteps
    stepping += statistics.time.stepping
    inference += statistics.time.inference
    update += statistics.time.update
    window.add(statistics.episodes)
  }

  /// Environment steps a second of training.
  public var stepsPerSecond: Double { seconds > 0 ? Double(environmentSteps) / seconds : 0 }

  /// The shares of the workers' time by activity; they add up to 1.
  public var timeShares: [(activity: String, share: Double)] {
    let spent = stepping + inference + update
    let total = Double(max(available, spent, 1))
    return [
      ("stepping", Double(stepping) / total), ("inference", Double(inference) / total),
      ("update", Double(update) / total), ("other", (total - Double(spent)) / total),
    ]
  }
}

/// The training episodes that ended last: whole iterations, as few as hold at least ``size`` episodes.
public struct EpisodeWindow: Codable, Sendable, Equatable {
  /// The episodes over which progress is judged.
  public static let size = 100

  /// The sums over one iteration's episodes.
  struct Sums: Codable, Sendable, Equatable {
    var count = 0, successes = 0, lengths = 0, returns = 0.0
  }

  private var iterations: [Sums] = []
  private var total: Sums {
    iterations.reduce(into: Sums()) {
      $0.count += $1.count
      $0.successes += $1.successes
      $0.lengths += $1.lengths
      $0.returns += $1.returns
    }
  }

  /// No episodes.
  public init() {}

  /// Adds the episodes of an iteration and forgets the oldest that are no longer needed.
  public mutating func add(_ summary: EpisodeSummary) {
    guard summary.count > 0 else { return }
    iterations.append(
      Sums(
        count: summary.count, successes: summary.successes, lengths: summary.lengths, returns: summary.returns
      ))
    var count = iterations.reduce(0) { $0 + $1.count }
    while let oldest = iterations.first, count - oldest.count >= Self.size {
      count -= oldest.count
      iterations.removeFirst()
    }
  }

  /// The episodes in the window.
  public var count: Int { total.count }
  /// Whether there are enough episodes to judge by.
  public var isFull: Bool { count >= Self.size }
  /// The share of the episodes that succeeded; nil where there are none.
  public var successRate: Double? { mean(Double(total.successes)) }
  /// The mean undiscounted return; nil where there are no episodes.
  public var episodeReturn: Double? { mean(total.returns) }
  /// The mean length in steps; nil where there are no episodes.
  public var episodeLength: Double? { mean(Double(total.lengths)) }

  private func mean(_ sum: Double) -> Double? { count > 0 ? sum / Double(count) : nil }
}
