import KnackEnvironment
import KnackPlanning
import Testing

/// A world of facts alone, whose operators are written down: what a learner is to find out.
private struct Toy {
  var facts: [String]
  var operators: [Operator]
  /// How often an operator works where what it needs is there.
  var chance = 1.0
  var state: [Int32]
  private var random: UInt64

  init(_ facts: [String], _ operators: [Operator], chance: Double = 1, seed: UInt64 = 1) {
    self.facts = facts + ["hour", "cow_nearby"]
    self.operators = operators
    self.chance = chance
    state = Array(repeating: 0, count: self.facts.count)
    random = seed
  }

  var skills: [String] { Array(Set(operators.map(\.skill))).sorted() }

  mutating func draw(_ count: Int) -> Int {
    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(random >> 33) % count
  }

  func place(_ fact: String) -> Int { facts.firstIndex(of: fact)! }

  /// Some of everything, and nothing of much.
  mutating func shuffle() {
    for fact in facts.indices.dropLast(2) {
      let most = facts[fact].hasSuffix("_nearby") ? 2 : 9
      state[fact] = draw(2) == 0 ? 0 : Int32(draw(most))
    }
  }

  /// Tries a skill; time goes on and cows come and go whatever is done.
  mutating func outcome(_ skill: String) -> SkillOutcome {
    let before = state
    state[place("hour")] += 1
    if draw(20) == 0 { state[place("cow_nearby")] = 1 - before[place("cow_nearby")] }
    let able = operators.filter { one in
      one.skill == skill && (one.consumes + one.requires).allSatisfy { state[place($0.fact)] >= $0.count }
    }
    if !able.isEmpty, Double(draw(1000)) < 1000 * chance {
      let one = able[draw(able.count)]
      for amount in one.consumes { state[place(amount.fact)] -= Int32(amount.count) }
      for amount in one.obtains {
        let fact = place(amount.fact)
        state[fact] = amount.fact.hasSuffix("_nearby") ? 1 : state[fact] + Int32(amount.count)
      }
    }
    return SkillOutcome(skill, before: before, after: state)
  }

  /// Lets a learner try whatever it finds worth a try in states drawn at random; the number of tries.
  mutating func teach(_ learner: inout OperatorLearner, states: Int) -> Int {
    var tries = 0
    for _ in 0..<40 { learner.record(outcome("noop")) }
    for _ in 0..<states {
      shuffle()
      for _ in 0..<10 {
        guard let experiment = learner.nextExperiment(from: state, among: skills) else { break }
        learner.record(outcome(experiment.skill))
        tries += 1
      }
    }
    return tries
  }
}

private func carpentry() -> Toy {
  Toy(
    ["log", "planks", "stick", "stone", "iron", "coal", "pick", "sword", "table_nearby", "furnace_nearby"],
    [
      Operator("make_planks", consumes: [.init("log")], obtains: [.init("planks", 4)]),
      Operator("make_stick", consumes: [.init("planks", 2)], obtains: [.init("stick", 4)]),
      Operator(
        "make_pick", consumes: [.init("stick", 2), .init("stone", 3)], requires: [.init("table_nearby")],
        obtains: [.init("pick")]),
      Operator(
        "make_sword", consumes: [.init("stick"), .init("iron", 2)],
        requires: [.init("table_nearby"), .init("furnace_nearby")], obtains: [.init("sword")]),
      Operator("place_table", consumes: [.init("planks", 4)], obtains: [.init("table_nearby")]),
    ])
}

/// Operators as lines that can be compared.
func text(_ operators: [Operator]) -> [String] {
  func list(_ amounts: [Operator.Amount]) -> String {
    amounts.map { "\($0.count) \($0.fact)" }.sorted().joined(separator: " ")
  }
  return operators.map {
    "\($0.skill): \(list($0.consumes)) | \(list($0.requires)) > \(list($0.obtains))"
  }.sorted()
}

@Suite struct OperatorLearningTests {
  @Test func operatorsAreLearnedToTheLetter() {
    var toy = carpentry(), learner = OperatorLearner(facts: toy.facts)
    let tries = toy.teach(&learner, states: 400)
    let learned = learner.operators
    #expect(text(learned.map(\.word)) == text(toy.operators))
    #expect(learned.allSatisfy { $0.probability > 0.7 && !$0.isHearsay })
    #expect(tries < 600, "\(tries) tries")
  }

  @Test func aWeakPolicyIsNoPrecondition() {
    var toy = carpentry()
    toy.chance = 0.35
    var learner = OperatorLearner(facts: toy.facts)
    for _ in 0..<1500 {
      toy.shuffle()
      for skill in toy.skills { learner.record(toy.outcome(skill)) }
      learner.record(toy.outcome("noop"))
    }
    let learned = learner.operators
    #expect(text(learned.map(\.word)) == text(toy.operators))
    for one in learned { #expect(abs(one.probability - 0.35) < 0.12, "\(one.word.name)") }
  }

  @Test func anyOfSeveralToolsWillDo() {
    let tools = ["wooden", "stone", "iron"]
    var toy = Toy(
      tools + ["dirt", "rock", "rock_nearby"],
      tools.map {
        Operator(
          "mine with \($0)", skill: "mine", requires: [.init($0), .init("rock_nearby")],
          obtains: [.init("rock")])
      }, chance: 0.8)
    var learner = OperatorLearner(facts: toy.facts)
    for _ in 0..<600 {
      toy.shuffle()
      learner.record(toy.outcome("mine"))
      learner.record(toy.outcome("noop"))
    }
    let learned = learner.operators
    #expect(text(learned.map(\.word)) == text(toy.operators))
  }

  @Test func whatManySkillsNeedIsSuspectedBesideWhatNoneDoes() {
    var learner = OperatorLearner(facts: ["wood", "toy", "table_nearby", "flower_nearby"])
    func attempt(_ skill: String, table: Int32, flower: Int32) {
      let before: [Int32] = [1, 0, table, flower]
      learner.record(
        SkillOutcome(skill, before: before, after: table > 0 ? [0, 1, table, flower] : before))
    }
    for number in 0..<30 {
      for _ in 0..<4 { attempt("make_\(number)", table: 1, flower: 1) }
      attempt("make_\(number)", table: 0, flower: 1)
    }
    attempt("make_last", table: 1, flower: 1)
    attempt("make_last", table: 0, flower: 0)
    let last = learner.operators.first { $0.word.skill == "make_last" }
    #expect(last?.word.requires == [.init("table_nearby")], "though the flower was missing as well")
  }

  @Test func luckDecidesBetweenTwoYields() {
    var toy = Toy(
      ["axe", "wood", "sapling", "tree_nearby"],
      ["wood", "sapling"].map {
        Operator(
          "cut for \($0)", skill: "cut", requires: [.init("axe"), .init("tree_nearby")], obtains: [.init($0)])
      })
    var learner = OperatorLearner(facts: toy.facts)
    for _ in 0..<300 {
      toy.shuffle()
      learner.record(toy.outcome("cut"))
      learner.record(toy.outcome("noop"))
    }
    let learned = learner.operators
    #expect(text(learned.map(\.word)) == text(toy.operators))
    for one in learned { #expect(abs(one.probability - 0.5) < 0.15) }
  }

  @Test func whatIsGivenIsCorrected() {
    var toy = carpentry()
    // Five times too much said, too little said, another amount, what never happens, and what is right.
    let given = [
      Operator(
        "make_planks", consumes: [.init("log")], requires: [.init("furnace_nearby")],
        obtains: [.init("planks", 4)]),
      Operator("make_pick", consumes: [.init("stick", 2), .init("stone", 3)], obtains: [.init("pick")]),
      Operator("make_stick", consumes: [.init("planks", 2)], obtains: [.init("stick", 2)]),
      Operator("make_sword", consumes: [.init("coal")], obtains: [.init("sword")]),
      Operator("place_table", consumes: [.init("planks", 4)], obtains: [.init("table_nearby")]),
    ]
    var learner = OperatorLearner(facts: toy.facts, given: given)
    let believed = learner.operators
    #expect(text(believed.map(\.word)) == text(given))
    #expect(believed.allSatisfy { $0.isHearsay })
    _ = toy.teach(&learner, states: 500)
    let corrected = learner.operators
    #expect(text(corrected.map(\.word)) == text(toy.operators))
  }

  @Test func whatChangesByItselfIsNobodysEffect() {
    var toy = carpentry(), learner = OperatorLearner(facts: toy.facts)
    _ = toy.teach(&learner, states: 300)
    let learned = learner.operators
    for one in learned.map(\.word) {
      #expect(
        !(one.consumes + one.requires + one.obtains).contains { ["hour", "cow_nearby"].contains($0.fact) })
    }
  }

  @Test func aSkillThatOnlyBringsThingsNearIsAFind() {
    var toy = Toy(
      ["log", "tree_nearby"], [Operator("find_tree", .find, obtains: [.init("tree_nearby")])], chance: 0.7)
    var learner = OperatorLearner(facts: toy.facts)
    for _ in 0..<100 {
      toy.shuffle()
      for _ in 0..<3 {
        // Trees come into view by themselves now and then.
        var outcome = toy.outcome("noop")
        if toy.draw(30) == 0 { outcome.after[toy.place("tree_nearby")] = 1 }
        learner.record(outcome)
        toy.state = outcome.after
      }
      toy.state[toy.place("tree_nearby")] = 0
      learner.record(toy.outcome("find_tree"))
    }
    let learned = learner.operators
    #expect(text(learned.map(\.word)) == ["find_tree:  |  > 1 tree_nearby"])
    #expect(learned.first?.word.kind == .find)
  }

  @Test func nothingIsWorthATryTwiceWhereItCannotHelp() {
    var toy = carpentry(), learner = OperatorLearner(facts: toy.facts)
    var skills: Set<String> = []
    for _ in 0..<40 { learner.record(toy.outcome("noop")) }
    while let experiment = learner.nextExperiment(from: toy.state, among: toy.skills) {
      #expect(skills.insert(experiment.skill).inserted, "\(experiment.skill) again, with nothing in hand")
      learner.record(toy.outcome(experiment.skill))
    }
    #expect(skills == Set(toy.skills))
  }

  @Test func aPatientLearnerTriesOftener() {
    let state: [Int32] = [2, 1]
    func tries(patience: Int) -> Int {
      var learner = OperatorLearner(facts: ["wood", "stone"]), tries = 0
      learner.patience = patience
      while tries < 99, learner.nextExperiment(from: state, among: ["craft_wheel"]) != nil {
        learner.record(SkillOutcome("craft_wheel", before: state, after: state))
        tries += 1
      }
      return tries
    }
    #expect(tries(patience: 1) == 1 && tries(patience: 7) == 7)
  }

  @Test func whatIsRareIsUnfamiliar() {
    var learner = OperatorLearner(facts: ["wood", "stone"])
    for _ in 0..<5 { learner.record(SkillOutcome("craft_wheel", before: [1, 0], after: [1, 0])) }
    learner.record(SkillOutcome("craft_wheel", before: [1, 2], after: [1, 2]))
    _ = learner.operators
    func familiarity(_ state: [Int32]) -> Int { learner.familiarity(of: state, to: "craft_wheel") }
    #expect(familiarity([0, 0]) == 6 && familiarity([1, 0]) == 6)
    #expect(familiarity([1, 1]) == 1, "it failed once with as much stone")
    #expect(familiarity([4, 0]) == 0 && familiarity([1, 9]) == 0, "never with more")
  }

  @Test func aLearnerIsWhatItSaw() throws {
    var toy = carpentry()
    var learner = OperatorLearner(facts: toy.facts, given: toy.operators)
    _ = toy.teach(&learner, states: 60)
    var again = try OperatorLearner(lines: learner.lines)
    for (one, other) in zip(again.lines, learner.lines) { #expect(one == other) }
    let (first, second) = (learner.operators, again.operators)
    #expect(first == second && again.outcomes == learner.outcomes)
    for _ in 0..<30 {
      toy.shuffle()
      let (one, other) = (learner.nextExperiment(from: toy.state), again.nextExperiment(from: toy.state))
      #expect(one == other)
    }
  }

  @Test func badLinesAreNamed() {
    var learner = OperatorLearner(facts: ["log", "planks"])
    let good = #"{"skill":"craft_planks","steps":1,"before":{"log":1},"after":{"planks":4}}"#
    #expect(throws: OutcomeError.self) { try learner.record(lines: [good, "{"]) }
    #expect(learner.outcomes == 1)
    do {
      try learner.record(lines: [good, "", good.replacing("planks\":4", with: "plank\":4")])
      Issue.record("a fact that there is not was taken")
    } catch {
      #expect(error.description == "Line 3: the world has no fact 'plank'; did you mean 'planks'?")
    }
  }

  @Test func agreementCountsEdgesWithTheirAmounts() {
    let truth = carpentry().operators
    var wrong = truth
    wrong[2].requires = []  // a pick without a table
    wrong[0].obtains = [.init("planks", 3)]
    let agreement = GraphAgreement(wrong, truth: truth)
    #expect(agreement.missed.count == 2 && agreement.false_.count == 1)
    #expect(agreement.exact == 3 && agreement.operators == 5)
    #expect(GraphAgreement(truth, truth: truth).precision == 1)
    // What is used up and given back is needed.
    let one = [Operator("a", consumes: [.init("bucket", 2)], obtains: [.init("bucket"), .init("milk")])]
    let other = [
      Operator("a", consumes: [.init("bucket")], requires: [.init("bucket", 2)], obtains: [.init("milk")])
    ]
    #expect(GraphAgreement(one, truth: other).recall == 1 && GraphAgreement(one, truth: other).precision == 1)
  }
}
