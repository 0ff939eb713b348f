/// How a goal has ended.
public enum GoalOutcome: UInt8, BitwiseCopyable, Sendable {
  /// It has not.
  case open
  /// It is reached.
  case success
  /// The target was lost, or there was no time left.
  case lost, late
  /// An alarm broke it off.
  case interrupted
}

/// What a step was worth to somebody who learns to reach goals.
@frozen
public struct GoalReport: BitwiseCopyable, Sendable {
  /// The goal; -1 for none.
  public var goal: Int32
  /// How it has ended: open where it goes on, or where the world's episode has ended before it.
  public var outcome: GoalOutcome
  /// The world's steps since it was asked for.
  public var steps: Int32
  /// The reward in view of the goal, and whether what is learnt as an episode has ended or was cut off.
  public var reward: Float, isTerminated: Bool, isTruncated: Bool

  /// A report.
  @inlinable
  public init(
    goal: Int32 = -1, outcome: GoalOutcome = .open, steps: Int32 = 0, reward: Float = 0,
    isTerminated: Bool = false,
    isTruncated: Bool = false
  ) {
    self.goal = goal
    self.outcome = outcome
    self.steps = steps
    self.reward = reward
    self.isTerminated = isTerminated
    self.isTruncated = isTruncated
  }
}

/// What one goes to, as the field `focus` of an observation says it.
@usableFromInline
enum GoalFocus: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  /// Nothing.
  case nothing
  /// The target, which is sensed; where it was sensed last; something of it that lies about to be picked up.
  case target, remembered, item
  /// A waypoint.
  case waypoint
}
