import Glibc
import KnackEnvironment
import KnackLearning

/// How often each achievement of a world was reached, and the score that sums it up (Hafner 2021, arXiv:2109.06780).
///
/// The protocol counts all training episodes that end within the budget of environment steps. The same numbers over
/// other episodes are useful too, but no result of the protocol.
public struct AchievementScore: Sendable, Equatable {
  /// The achievements' names.
  public let names: [String]
  /// For each, the percentage of the episodes in which it was reached at least once.
  public let percentages: [Double]
  /// The episodes.
  public let episodes: Int

  /// The score of episodes; nil where there are none, or the world has no achievements.
  ///
  /// - Parameter counts: in how many of the episodes each achievement was reached.
  public init?(_ names: [String], counts: [Int], of episodes: Int) {
    guard !names.isEmpty, counts.count == names.count, episodes > 0 else { return nil }
    self.names = names
    self.episodes = episodes
    percentages = counts.map { 100 * Double($0) / Double(episodes) }
  }

  /// exp(mean ln(1 + s_i)) - 1, s_i being the percentages: a geometric mean, so that a rare achievement counts as much
  /// as a frequent one, from 0 to 100.
  public var score: Double {
    exp(Statistics.mean(percentages.map { log(1 + $0) })) - 1
  }

  /// The percentages by name.
  public var rates: JSON { .object(zip(names, percentages).map { ($0, .number($1)) }) }

  /// The percentages for people, an achievement a line.
  public var text: String {
    table(zip(names, percentages).map { [$0, fixed($1, $1 < 10 ? 2 : 1) + " %"] })
  }
}

extension EpisodeSummary {
  /// In how many of the episodes each of the first `count` achievements was reached.
  func achievementCounts(_ count: Int) -> [Int] { (0..<count).map { Int(achievements[$0]) } }
}
