import KnackEnvironment
import KnackLearning

/// How far a run has come: the counters of a checkpoint, stored as its `state.json`.
public struct RunProgress: Codable, Sendable, Equatable {
  /// The format of the checkpoint's files.
  public static let currentVersion = 2
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
  /// The latest training episodes, up to ``recentCapacity``.
  public var recent = EpisodeMeans()
  /// All training episodes that ended within the budget.
  public var total = EpisodeMeans()
  /// The names of the world's achievements.
  public var achievements: [String] = []
  /// What it was last trained on.
  public var machine = ""
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
    recent = EpisodeMeans(statistics.recent, achievements: achievements.count)
    total = EpisodeMeans(statistics.total, achievements: achievements.count)
  }

  /// The episodes over which progress is judged.
  public static let recentCapacity = 100

  /// Whether there are enough recent episodes to judge by.
  public var hasEnoughEpisodes: Bool { recent.count >= Self.recentCapacity }

  /// How often each achievement was reached over all training episodes that ended within the budget; nil where there are
  /// none yet, or the world has no achievements.
  public var score: AchievementScore? {
    AchievementScore(achievements, counts: total.achievements, of: total.count)
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

/// Means over episodes.
public struct EpisodeMeans: Codable, Sendable, Equatable {
  /// How many episodes there are.
  public var count = 0
  /// The share that succeeded, mean undiscounted return, and mean length in steps; nil where there are no episodes.
  public var successRate: Double?, episodeReturn: Double?, episodeLength: Double?
  /// In how many episodes each of the world's achievements was reached.
  public var achievements: [Int] = []

  /// No episodes.
  public init() {}

  /// The means of a trainer's sums, in a world with `achievements` achievements.
  public init(_ summary: EpisodeSummary, achievements: Int) {
    count = summary.count
    self.achievements = summary.achievementCounts(achievements)
    guard count > 0 else { return }
    successRate = summary.successRate
    episodeReturn = summary.meanReturn
    episodeLength = summary.meanLength
  }

  /// The means as JSON, without the achievements.
  public var json: JSON {
    .fields([
      "count": .integer(count), "episodeReturn": .number(episodeReturn ?? .nan),
      "episodeLength": .number(episodeLength ?? .nan),
    ])
  }
}
