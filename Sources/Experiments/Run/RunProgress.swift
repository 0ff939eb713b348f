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
  public var recent = RecentEpisodes(EpisodeSummary())
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
    /// Success rate and mean return of the latest training episodes when it was saved.
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
    recent = RecentEpisodes(statistics.recent)
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

/// Means over the training episodes that ended last.
public struct RecentEpisodes: Codable, Sendable, Equatable {
  /// The episodes over which progress is judged.
  public static let size = 100
  /// How many episodes there are; at most ``size``.
  public var count: Int
  /// The share that succeeded, mean undiscounted return, and mean length in steps; nil where there are no episodes.
  public var successRate: Double?, episodeReturn: Double?, episodeLength: Double?

  /// The means of a trainer's sums.
  public init(_ summary: EpisodeSummary) {
    count = summary.count
    guard count > 0 else { return }
    successRate = summary.successRate
    episodeReturn = summary.meanReturn
    episodeLength = summary.meanLength
  }

  /// Whether there are enough episodes to judge by.
  public var isFull: Bool { count >= Self.size }
}
