import KnackEnvironment
import KnackLearning

/// Tells which goal a single step was a try of.
///
/// A move that bears the name of a goal, such as making a pickaxe, is a try of that. The move that acts on what is faced is a try of
/// the goal that works on it (`facing_TARGET`). All other moves only wait or walk. What is done on the way to something that takes
/// time is part of that.
struct StepSkills: Sendable {
  /// What a step was.
  enum Meaning: Sendable, Equatable {
    case waiting
    case trying(goal: Int)
  }

  /// By move, the goal whose name it bears (-1 for none), and whether it acts on what is faced.
  private let named: [Int], acts: [Bool]
  /// Facts about what is faced, and the goal that a step is a try of there; what is told apart more finely comes later.
  private let faced: [(fact: Int, goal: Int)]
  /// By goal, whether no single step is a try of it: what comes of it takes time.
  let isLasting: [Bool]
  /// By goal, whether one goes about for a place where a move works: a step that does nothing says nothing then, but an attempt
  /// in vain does.
  let isRoaming: [Bool]

  init(_ space: GoalSpace, facts: [String]) {
    let deeds = space.goals.indices.filter { space.goals[$0].kind != .find }
    let walking = Set(space.goals.first { $0.kind == .find }?.moves ?? [])
    let named = space.moves.map { move in deeds.first { space.goals[$0].name == move.name } ?? -1 }
    // Of several goals that work on the same, all but the first are after something else.
    let faced: [(fact: Int, goal: Int)] = space.targets.enumerated().compactMap { target, name in
      guard let goal = deeds.first(where: { space.goals[$0].target == target }),
        let fact = facts.firstIndex(of: "facing_" + name)
      else { return nil }
      return (fact, goal)
    }
    self.named = named
    self.faced = faced
    acts = space.moves.map { $0.name == "do" }
    isLasting = space.goals.indices.map { goal in
      deeds.contains(goal) && !named.contains(goal) && !faced.contains { $0.goal == goal }
    }
    isRoaming = space.goals.indices.map { goal in
      named.contains(goal) && !walking.isDisjoint(with: space.goals[goal].moves)
    }
  }

  /// What a step was; nil for nothing that is known.
  func meaning(of step: WatchedStep) -> Meaning? {
    guard step.move < named.count, step.goal < 0 || !isLasting[step.goal] else { return nil }
    if acts[step.move] { return faced.last { step.before[$0.fact] > 0 }.map { .trying(goal: $0.goal) } }
    return named[step.move] < 0 ? .waiting : .trying(goal: named[step.move])
  }
}
