import KnackEnvironment
import KnackLearning
import KnackPlanning

/// Operators that are learned while playing.
///
/// Every step is an outcome of the skill that it was a try of (``StepSkills``), and every attempt at a goal of which no single
/// step is a try is one of that. From these an `OperatorLearner` learns what skills use up, need and give. It is shown only
/// what would teach it something, so that what it holds stays small however long one plays.
struct PlayedOperators: Sendable {
  private let facts: [String], space: GoalSpace
  private let steps: StepSkills
  /// Facts that are no circumstance of anything: clocks, and what is near but nothing that one puts there; those about what is
  /// faced; and those of which only changes count: achievements, and how the player is.
  private let isLeftOut: [Bool], isFacing: [Bool], isEvent: [Bool], isVital: [Bool]
  /// Facts that say what one has.
  private let belongings: [Int]
  private var learner: OperatorLearner

  /// Nothing learned.
  ///
  /// - Parameter vital: facts about how the player is.
  init(_ world: WorldSpecification, _ space: GoalSpace, vital: Set<String>) {
    facts = world.facts
    self.space = space
    steps = StepSkills(space, facts: world.facts)
    let names = Set(space.goals.map(\.name))
    let placed = Set(
      names.filter { $0.hasPrefix("place_") }.map { String($0.dropFirst("place_".count)) }
        .filter { !names.contains("collect_from_" + $0) }.map { $0 + "_nearby" })
    isFacing = world.facts.map { $0.hasPrefix("facing_") }
    isLeftOut = world.facts.map { fact in
      Self.clocks.contains(fact) || Operator.isNearby(fact) && !placed.contains(fact)
    }
    let isVital = world.facts.map(vital.contains)
    self.isVital = isVital
    isEvent = world.facts.indices.map { world.achievements.contains($0) || isVital[$0] }
    belongings = world.facts.indices.filter { [isLeftOut, isEvent, isFacing] in
      !isLeftOut[$0] && !isEvent[$0] && !isFacing[$0] && !Operator.isNearby(world.facts[$0])
    }
    learner = OperatorLearner(facts: world.facts, controls: [StepSkills.waiting.skill])
    // How the player is changes by itself, which is known before it is seen.
    let still = [Int32](repeating: 0, count: facts.count)
    for change in [1, -1] as [Int32] {
      learner.record(
        SkillOutcome(StepSkills.waiting.skill, before: still, after: isVital.map { $0 ? change : 0 }))
    }
  }

  /// Facts that say when it is and how things are about the player.
  private static let clocks: Set = [
    "steps", "daylight", "day", "evening", "sleeping", "zombie_close", "dug_in", "sheltered",
  ]
  /// The most that one can carry of anything.
  private static let most: Int32 = 9

  // MARK: - Learning

  /// Learns from steps.
  mutating func learn(from watched: [WatchedStep]) {
    for (number, step) in watched.enumerated() {
      guard let attempt = steps.attempt(step.move, step.before) else { continue }
      // Of waiting there is more than enough.
      if attempt == StepSkills.waiting && number % 8 != 0 { continue }
      record(attempt.skill, before: step.before, after: step.after, steps: 1, faces: attempt.faces)
    }
  }

  /// Learns from attempts at goals that take time.
  mutating func learn(from attempts: [GoalAttempt]) {
    for attempt in attempts where steps.lasting.contains(attempt.goal) {
      guard let after = attempt.after, attempt.outcome != .interrupted, attempt.outcome != .open else {
        continue
      }
      // What did not succeed has changed nothing by itself.
      record(
        space.goals[attempt.goal].name, before: attempt.before,
        after: attempt.outcome == .success ? after : attempt.before, steps: attempt.steps, faces: false)
    }
  }

  private mutating func record(
    _ skill: String, before: [Int32], after: [Int32], steps: Int, faces: Bool
  ) {
    let first = circumstances(before, faces: faces)
    var second = circumstances(after, faces: faces)
    for fact in facts.indices {
      if isEvent[fact] { second[fact] = after[fact] - before[fact] }
      if isFacing[fact] { second[fact] = first[fact] }
    }
    // What changes by itself alone is no outcome.
    if facts.indices.allSatisfy({ first[$0] == second[$0] || isVital[$0] }) { second = first }
    // What is full may have been given more than can be seen.
    if belongings.contains(where: { second[$0] >= Self.most && second[$0] > first[$0] }) { return }
    let outcome = SkillOutcome(skill, before: first, after: second, steps: steps)
    if learner.wouldTeach(outcome) { learner.record(outcome) }
  }

  /// The facts that may matter.
  private func circumstances(_ state: [Int32], faces: Bool) -> [Int32] {
    facts.indices.map { fact in
      isLeftOut[fact] || isEvent[fact] || isFacing[fact] && !faces ? 0 : state[fact]
    }
  }

  // MARK: - What is known

  /// The operators that are believed in, and what goals say of themselves.
  mutating func operators() -> (learned: [Operator], given: [Operator]) {
    var learned: [Operator] = []
    for one in learner.operators where !one.isHearsay {
      let word = completed(one.word)
      if !learned.contains(where: { $0.skill == word.skill && $0.isLike(word) }) { learned.append(word) }
    }
    return (learned, given(but: Set(learned.map(\.skill))))
  }

  /// A learned operator with what its goal says must be near.
  private func completed(_ word: Operator) -> Operator {
    var word = word
    word.requires.removeAll { $0.fact.hasPrefix("facing_") }
    if let goal = space.goals.first(where: { $0.name == word.skill }), goal.target >= 0 {
      word.requires.append(Operator.Amount(space.targets[goal.target] + "_nearby"))
    }
    return word
  }

  /// What goals say of themselves: that what is found is near; and of what takes time that it comes to be, where nothing was
  /// learned of it yet.
  private func given(but known: Set<String>) -> [Operator] {
    space.goals.indices.compactMap { number in
      let goal = space.goals[number]
      let near = goal.target < 0 ? [] : [Operator.Amount(space.targets[goal.target] + "_nearby")]
      if goal.kind == .find { return Operator(goal.name, .find, obtains: near) }
      guard steps.lasting.contains(number), !known.contains(goal.name) else { return nil }
      return Operator(goal.name, requires: near, obtains: goal.gains.map { Operator.Amount(facts[$0]) })
    }
  }

  /// The goals of which single steps are tries.
  var deeds: [Int] {
    space.goals.indices.filter { space.goals[$0].kind != .find && !steps.lasting.contains($0) }
  }

  /// What an attempt at a goal would teach where facts are so; nil where it would teach nothing.
  func purpose(of goal: Int, _ state: [Int32]) -> Experiment.Purpose? {
    learner.purpose(of: space.goals[goal].name, in: circumstances(state, faces: false))
  }

  /// Whether an attempt at a goal has ever worked.
  func hasWorked(_ goal: Int) -> Bool { learner.hasWorked(space.goals[goal].name) }

  /// The facts of which more may be needed for something: belongings, and what one puts about oneself.
  var means: [Int] {
    facts.indices.filter { belongings.contains($0) || Operator.isNearby(facts[$0]) && !isLeftOut[$0] }
  }

  // MARK: - Saving

  /// All that was learned from, as lines.
  var lines: [String] { learner.lines }

  /// Takes on such lines; false, with nothing changed, where they are none.
  mutating func restore(_ lines: [String]) -> Bool {
    guard let known = try? OperatorLearner(lines: lines), known.facts == facts else { return false }
    learner = known
    return true
  }
}

extension Operator {
  /// Whether another one takes and gives the same.
  fileprivate func isLike(_ other: Operator) -> Bool {
    consumes == other.consumes && requires == other.requires && obtains == other.obtains
  }
}
