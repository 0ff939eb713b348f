/// A skill of a library: what it is for, who carries it out, and how that has turned out.
///
/// It may start wherever its operators' requirements hold, and it ends as its goal ends: reached, given up, or out of time. What it
/// takes and gives is no part of it: that is what operators say, which may be learned or corrected while the skill stays the same.
public struct Skill: Sendable, Equatable {
  /// The name, by which operators ask for it.
  public var name: String
  /// Counts from 1; a refined skill takes the next.
  public var version: Int
  /// The goal in the world's goal space.
  public var goal: String
  /// The policy in the library. Several skills may share one.
  public var policy: String
  /// Whether it is kept for the record only.
  public var isRetired = false
  /// How it has turned out.
  public var record = SkillRecord()

  /// A skill that has not been tried.
  public init(_ name: String, version: Int = 1, goal: String, policy: String) {
    self.name = name
    self.version = version
    self.goal = goal
    self.policy = policy
  }
}
