import KnackEnvironment
import KnackLearning

/// Tells which skill a single step was a try of.
///
/// A move that bears the name of a goal, such as making a pickaxe, is a try of that. The move that acts on what is faced is a try of
/// the goal that works on it (`facing_TARGET`). All other moves only wait or walk.
struct StepSkills: Sendable {
  /// A skill of which a step is a try, and whether what the player faces is a circumstance of it.
  struct Try: Sendable, Equatable {
    var skill: String, faces: Bool
  }

  /// By move, what it is a try of; or whether it acts on what is faced.
  private let tries: [Try?], acts: [Bool]
  /// Facts about what is faced, and what a step is a try of there; what is told apart more finely comes later.
  private let faced: [(fact: Int, one: Try)]
  /// The goals that no single step is a try of: what comes of them takes time.
  let lasting: [Int]
  /// What steps that are no try count as.
  static let waiting = Try(skill: "wait", faces: false)

  init(_ space: GoalSpace, facts: [String]) {
    let deeds = space.goals.filter { $0.kind != .find }
    let walking = Set(space.goals.first { $0.kind == .find }?.moves ?? [])
    tries = space.moves.indices.map { move in
      // Where one goes about for it, what one faces may matter.
      deeds.first { $0.name == space.moves[move].name }.map {
        Try(skill: $0.name, faces: !walking.isDisjoint(with: $0.moves))
      }
    }
    acts = space.moves.map { $0.name == "do" }
    // Of several goals that work on the same, all but the first are after something else.
    faced = space.targets.enumerated().compactMap { target, name in
      guard let goal = deeds.first(where: { $0.target == target }),
        let fact = facts.firstIndex(of: "facing_" + name)
      else { return nil }
      return (fact, Try(skill: goal.name, faces: false))
    }
    let known = Set(tries.compactMap(\.?.skill) + faced.map(\.one.skill))
    lasting = space.goals.indices.filter { goal in
      space.goals[goal].kind != .find && !known.contains(space.goals[goal].name)
    }
  }

  /// What a move is a try of; nil for nothing that is known.
  func attempt(_ move: Int, _ facts: [Int32]) -> Try? {
    guard move < tries.count else { return nil }
    if acts[move] { return faced.last { facts[$0.fact] > 0 }?.one }
    return tries[move] ?? Self.waiting
  }
}
