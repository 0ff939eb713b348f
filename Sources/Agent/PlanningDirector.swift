import KnackEnvironment
import KnackLearning
import KnackSkills

/// A director that plans. What it has learned makes a ``HierarchicalAgent``: the policy becomes the skills of a library, what it knows of goals
/// their records.
public protocol PlanningDirector: GoalDirector {
  /// The operators that it plans over.
  var operators: [Operator] { get }

  /// How attempts at a goal have turned out of late.
  func tally(of goal: Int) -> SkillRecord.Tally
}
