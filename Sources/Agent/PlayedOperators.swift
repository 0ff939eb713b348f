import KnackEnvironment
import KnackLearning
import KnackPlanning

/// Operators that are learned while playing.
///
/// Every step is an outcome of the goal that it was a try of (``StepSkills``), and every attempt at a goal of which no single
/// step is a try is one of that. From these an `OperatorLearner` learns what skills use up, need and give. It is shown only
/// what would teach it something, so that what it holds stays small however long one plays.
struct PlayedOperators: Sendable {
  private let facts: [String], space: GoalSpace
  private let steps: StepSkills
  /// Facts that are no circumstance of anything: clocks, what is faced, and what is near but nothing that one puts there; and those
  /// of which only changes count: achievements, which are learned as other effects are, and how the player is, which is counted.
  private let isLeftOut: [Bool], isEvent: [Bool], isVital: [Bool]
  /// Facts that say what one has.
  private let belongings: [Int]
  /// Those, and those about what one puts about oneself.
  private let circumstantial: [Int]
  private var learner: OperatorLearner
  private var counts: OutcomeCounts

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
    isLeftOut = world.facts.map { fact in
      Self.clocks.contains(fact) || fact.hasPrefix("facing_")
        || Operator.isNearby(fact) && !placed.contains(fact)
    }
    let isVital = world.facts.map(vital.contains)
    self.isVital = isVital
    isEvent = world.facts.indices.map(world.achievements.contains)
    circumstantial = world.facts.indices.filter { [isLeftOut, isEvent, isVital] in
      !isLeftOut[$0] && !isEvent[$0] && !isVital[$0]
    }
    belongings = circumstantial.filter { !Operator.isNearby(world.facts[$0]) }
    counts = OutcomeCounts(
      goals: space.goals.count, facts: facts.count, vitals: facts.indices.filter { isVital[$0] })
    learner = OperatorLearner(facts: world.facts, controls: [Self.waiting])
    learner.patience = Self.patience
  }

  /// What steps that are no try are recorded as.
  private static let waiting = "wait"
  /// As of the learner, because luck decides what some things give.
  private static let patience = 3
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
      switch steps.meaning(of: step) {
      case .waiting:
        // Of waiting there is more than enough, but for what was not known to change by itself.
        let (before, after) = outcome(step.before, step.after)
        if number % 8 == 0 || isDeed(before, after) { record(Self.waiting, before, after, steps: 1) }
      case .trying(let goal): learn(goal, step.before, step.after, steps: 1)
      case nil: continue
      }
    }
  }

  /// Learns from attempts at goals that take time, and from those in vain to find a place where something works.
  mutating func learn(from attempts: [GoalAttempt]) {
    for attempt in attempts {
      guard let after = attempt.after, attempt.outcome != .interrupted, attempt.outcome != .open else {
        continue
      }
      let goal = space.goals[attempt.goal], isInVain = attempt.outcome != .success
      if steps.isLasting[attempt.goal] {
        // What else has changed meanwhile was not for the sake of it, and what did not succeed has changed nothing by itself.
        var gained = attempt.before
        for fact in facts.indices where !isInVain && (isVital[fact] || goal.gains.contains(fact)) {
          gained[fact] = isVital[fact] ? max(gained[fact], after[fact]) : after[fact]
        }
        learn(attempt.goal, attempt.before, gained, steps: attempt.steps)
      } else if steps.isRoaming[attempt.goal], isInVain,
        means.allSatisfy({ attempt.before[$0] == after[$0] })
      {
        let (before, _) = outcome(attempt.before, after)
        record(goal.name, before, before, steps: 1)
      }
    }
  }

  /// Learns from what a goal led to.
  private mutating func learn(_ goal: Int, _ first: [Int32], _ second: [Int32], steps count: Int) {
    let (before, after) = outcome(first, second)
    // What changes by itself alone is no outcome.
    guard isDeed(before, after) else {
      if !steps.isRoaming[goal] { record(space.goals[goal].name, before, before, steps: count) }
      return
    }
    guard !isSaturated(goal, before, after) else { return }
    counts.add(goal, before: first, after: second)
    record(space.goals[goal].name, before, after, steps: count)
  }

  /// Whether something changed that was never seen to change by itself.
  private func isDeed(_ before: [Int32], _ after: [Int32]) -> Bool {
    facts.indices.contains { before[$0] != after[$0] && learner.isSteady($0) }
  }

  /// What an outcome comes to by the facts that may matter.
  private func outcome(_ before: [Int32], _ after: [Int32]) -> (before: [Int32], after: [Int32]) {
    let first = circumstances(before)
    var second = circumstances(after)
    for fact in facts.indices where isEvent[fact] { second[fact] = after[fact] - before[fact] }
    return (first, second)
  }

  /// Whether a goal may have given something that cannot be seen, because one cannot carry more of it.
  private func isSaturated(_ goal: Int, _ before: [Int32], _ after: [Int32]) -> Bool {
    belongings.contains { fact in
      after[fact] >= Self.most && (after[fact] > before[fact] || counts.hasGiven(fact, by: goal))
    }
  }

  private mutating func record(_ skill: String, _ before: [Int32], _ after: [Int32], steps: Int) {
    let outcome = SkillOutcome(skill, before: before, after: after, steps: steps)
    if learner.wouldTeach(outcome) { learner.record(outcome) }
  }

  /// The facts that may matter.
  private func circumstances(_ state: [Int32]) -> [Int32] {
    facts.indices.map { isLeftOut[$0] || isEvent[$0] || isVital[$0] ? 0 : state[$0] }
  }

  // MARK: - What is known

  /// The operators that are believed in, and those to plan over: the same, with whatever was there when something worked that
  /// seldom does, as long as one does not know what of it matters; and what goals say of themselves.
  mutating func operators() -> (learned: [Operator], planned: [Operator]) {
    var learned: [Operator] = [], planned: [Operator] = []
    for one in learner.operators where !one.isHearsay {
      let word = completed(one.word)
      guard !learned.contains(where: { $0.skill == word.skill && $0.isLike(word) }) else { continue }
      learned.append(word)
      planned.append(2 * one.probability < 1 ? cautious(word, one.untested) : word)
    }
    return (learned, given(but: Set(learned.map(\.skill))) + planned)
  }

  /// An operator that needs some more facts.
  private func cautious(_ word: Operator, _ untested: [String]) -> Operator {
    var word = word
    let known = Set((word.consumes + word.requires + word.obtains).map(\.fact))
    let needed = means.map { facts[$0] }.filter { untested.contains($0) && !known.contains($0) }
    word.requires += needed.map { Operator.Amount($0) }
    return word
  }

  /// A learned operator with what its goal says must be near, and with how the player fares by it; without what changes by
  /// itself.
  private func completed(_ word: Operator) -> Operator {
    var word = word
    let passing = Set(belongings.filter { !learner.isSteady($0) }.map { facts[$0] })
    word.consumes.removeAll { passing.contains($0.fact) }
    word.obtains.removeAll { passing.contains($0.fact) }
    guard let goal = space.goals.firstIndex(where: { $0.name == word.skill }) else { return word }
    if space.goals[goal].target >= 0 {
      word.requires.append(Operator.Amount(space.targets[space.goals[goal].target] + "_nearby"))
    }
    for (fact, change) in counts.vitalChanges(by: goal) {
      if change > 0 { word.obtains.append(Operator.Amount(facts[fact], change)) }
      if change < 0 { word.consumes.append(Operator.Amount(facts[fact], -change)) }
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
      guard steps.isLasting[number], !known.contains(goal.name) else { return nil }
      return Operator(goal.name, requires: near, obtains: goal.gains.map { Operator.Amount(facts[$0]) })
    }
  }

  /// The facts of which more may be needed for something: what one has and does not change by itself, and what one puts about
  /// oneself.
  var means: [Int] {
    circumstantial.filter { learner.isSteady($0) || Operator.isNearby(facts[$0]) }
  }

  /// The goals of which single steps are tries.
  var deeds: [Int] {
    space.goals.indices.filter { space.goals[$0].kind != .find && !steps.isLasting[$0] }
  }

  /// An operator, its gains as likely as a success of its goal is to give them all, and not something else.
  func expected(_ one: Operator) -> Operator {
    var expected = one
    let chance = chance(of: one)
    for place in one.obtains.indices { expected.obtains[place].chance = chance }
    return expected
  }

  private func chance(of one: Operator) -> Double {
    guard let goal = space.goals.firstIndex(where: { $0.name == one.skill }), one.kind != .find,
      !steps.isLasting[goal]
    else { return 1 }
    let gained = one.obtains.compactMap { facts.firstIndex(of: $0.fact) }
    return counts.chance(
      of: gained.filter { isEvent[$0] || belongings.contains($0) }, by: goal)
  }

  /// What an attempt at a goal would teach where facts are so; nil where it would teach nothing.
  func purpose(of goal: Int, _ state: [Int32]) -> Experiment.Purpose? {
    learner.purpose(of: space.goals[goal].name, in: circumstances(state))
  }

  /// How often a goal is known to have failed with as much of whatever is the rarest there.
  func familiarity(of state: [Int32], to goal: Int) -> Int {
    learner.familiarity(of: circumstances(state), to: space.goals[goal].name)
  }

  /// Whether an attempt at a goal has ever worked.
  func hasWorked(_ goal: Int) -> Bool { learner.hasWorked(space.goals[goal].name) }

  // MARK: - Saving

  /// All that was learned from, as lines.
  var lines: [String] { [counts.line] + learner.lines }

  /// Takes on such lines; false, with nothing changed, where they are none.
  mutating func restore(_ lines: [String]) -> Bool {
    var counts = counts
    guard let first = lines.first, counts.restore(first),
      let known = try? OperatorLearner(lines: Array(lines.dropFirst())), known.facts == facts
    else { return false }
    self.counts = counts
    learner = known
    learner.patience = Self.patience
    return true
  }
}

extension Operator {
  /// Whether another one takes and gives the same.
  fileprivate func isLike(_ other: Operator) -> Bool {
    consumes == other.consumes && requires == other.requires && obtains == other.obtains
  }
}
