import KnackEnvironment

/// What became of trying a skill once: how things stood before and after, as counts of a world's facts.
///
/// Whether the skill succeeded is not said. It did if something changed that the skill itself changes, and what that is,
/// ``OperatorLearner`` finds out.
public struct SkillOutcome: Sendable, Equatable {
  /// The skill's name.
  public var skill: String
  /// The counts before and after, in the order of the world's facts.
  public var before: [Int32], after: [Int32]
  /// Steps of the world that it took.
  public var steps: Int

  /// An outcome. Both states must be of the same facts.
  public init(_ skill: String, before: [Int32], after: [Int32], steps: Int = 1) {
    precondition(before.count == after.count, "both states are counts of the same facts")
    self.skill = skill
    self.before = before
    self.after = after
    self.steps = steps
  }
}

/// That there is at least so much of a fact.
public struct Literal: Sendable, Hashable {
  /// The fact's place among the world's facts.
  public var fact: Int
  /// The least count for which it holds.
  public var atLeast: Int32

  /// Whether it holds in a state.
  @inlinable
  public func holds(in state: [Int32]) -> Bool { state[fact] >= atLeast }
}

/// Outcomes of one skill that were alike in everything but the time they took.
struct Trial: Sendable, Equatable {
  /// The facts before.
  var before: [Int32]
  /// What changed, in the order of the facts.
  var changes: [Change]
  /// How often this came about, and the steps that it took in all.
  var count = 1, steps: Int

  /// A fact and by how much its count changed.
  struct Change: Sendable, Hashable {
    var fact: Int
    var by: Int32
  }

  init(_ outcome: SkillOutcome) {
    before = outcome.before
    changes = outcome.before.indices.compactMap { fact in
      let by = outcome.after[fact] - outcome.before[fact]
      return by == 0 ? nil : Change(fact: fact, by: by)
    }
    steps = outcome.steps
  }
}
