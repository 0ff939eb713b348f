import KnackEnvironment
import KnackPlanning
import Testing

@Suite struct LaboratoryTests {
  private let facts = [
    "log", "planks", "stick", "stone", "ore", "clay", "coal", "turf", "iron", "brick", "ash", "pick",
    "sword", "heat",
    "table_nearby", "furnace_nearby", "grass_nearby",
  ]
  private var truth: [Operator] {
    [
      Operator("make_planks", consumes: [.init("log")], obtains: [.init("planks", 4)]),
      Operator("make_stick", consumes: [.init("planks", 2)], obtains: [.init("stick", 4)]),
      Operator(
        "make_pick", consumes: [.init("stick", 2), .init("stone", 3)], requires: [.init("table_nearby")],
        obtains: [.init("pick")]),
      Operator(
        "make_sword", consumes: [.init("stick"), .init("iron", 2), .init("brick")],
        requires: [.init("table_nearby"), .init("furnace_nearby")], obtains: [.init("sword")]),
    ]
      + [("iron", "ore"), ("brick", "clay")].flatMap { product, source in
        [("coal", 1, 3), ("turf", 2, 0), ("heat", 1, 0)].map { fuel, count, heat in
          Operator(
            "smelt_\(product) with \(fuel)", skill: "smelt_\(product)",
            consumes: [.init(source), .init(fuel, count)], requires: [.init("furnace_nearby")],
            obtains: [.init(product)] + (heat > 0 ? [.init("heat", heat)] : []))
        }
      }
      // What burns may be smelted itself.
      + [("coal", 1, 3), ("turf", 2, 0), ("heat", 1, 0)].map { fuel, count, heat in
        Operator(
          "smelt_ash with \(fuel)", skill: "smelt_ash",
          consumes: fuel == "turf" ? [.init("turf", 3)] : [.init("turf"), .init(fuel, count)],
          requires: [.init("furnace_nearby")],
          obtains: [.init("ash")] + (heat > 0 ? [.init("heat", heat)] : []))
      }
  }

  private func place(_ fact: String) -> Int { facts.firstIndex(of: fact)! }

  /// What a skill leads to: the first of its operators that can be carried out is.
  private func outcome(_ skill: String, in state: [Int32]) -> [Int32] {
    var after = state
    let able = truth.first { one in
      one.skill == skill && (one.consumes + one.requires).allSatisfy { state[place($0.fact)] >= $0.count }
    }
    for amount in able?.consumes ?? [] { after[place(amount.fact)] -= Int32(amount.count) }
    for amount in able?.obtains ?? [] { after[place(amount.fact)] += Int32(amount.count) }
    return after
  }

  /// Lets a learner work on so many benches; the tries that it made, and the benches of each purpose. Grass grows about a third of
  /// them.
  ///
  /// - Parameter asking: whether it is asked for what it believes after every try.
  private func teach(
    _ learner: inout OperatorLearner, benches: Int, asking: Bool = false
  ) -> (tries: Int, purposes: [Bench.Purpose: Int]) {
    let free = ["log", "stone", "ore", "clay", "coal", "turf"]
    var laboratory = Laboratory(
      Supplies(
        most: facts.map { free.contains($0) ? 64 : 0 },
        standing: [place("table_nearby"), place("furnace_nearby")],
        states: [:], slots: 16, kinds: 6),
      skills: Set(truth.map(\.skill)).sorted())
    var tries = 0, purposes: [Bench.Purpose: Int] = [:]
    for number in 0..<benches {
      guard let bench = laboratory.nextBench(for: &learner) else { break }
      purposes[bench.purpose, default: 0] += 1
      var state = [Int32](repeating: 0, count: facts.count), tried: Set<String> = []
      for (fact, count) in bench.given { state[fact] = count }
      for fact in bench.standing { state[fact] = 1 }
      state[place("grass_nearby")] = number % 3 == 0 ? 1 : 0
      func attempt(_ skill: String) {
        let before = state
        state = outcome(skill, in: before)
        learner.record(SkillOutcome(skill, before: before, after: state))
        if asking { _ = learner.operators }
        tries += 1
      }
      if let first = bench.first { attempt(first.skill) }
      let heat = state[place("heat")]
      for skill in bench.skills
      where (bench.first != nil || state[place("heat")] == heat)
        && laboratory.isWorthATry(skill, in: state, on: bench)
      {
        attempt(skill)
        tried.insert(skill)
      }
      for fact in facts.indices where state[fact] > 0 {
        if facts[fact] == "heat" {
          laboratory.supplies.states[fact] = max(laboratory.supplies.states[fact] ?? 0, state[fact])
        } else if !facts[fact].hasSuffix("_nearby") {
          laboratory.supplies.most[fact] = 64
        }
      }
      laboratory.note(bench, tried: tried, steps: tried.count)
    }
    return (tries, purposes)
  }

  @Test func everythingIsFoundOutWithFewTries() {
    var learner = OperatorLearner(facts: facts)
    let (tries, purposes) = teach(&learner, benches: 200)
    let learned = learner.operators
    #expect(text(learned.map(\.word)) == text(truth))
    #expect(tries < 250, "\(tries) tries")
    #expect(purposes[.contrast] ?? 0 > 0 && purposes[.aftermath] ?? 0 > 0)
  }

  @Test func whatIsBelievedIsTriedWhereItShouldWork() {
    let wrong = Operator("make_planks", consumes: [.init("clay")], obtains: [.init("brick")])
    var learner = OperatorLearner(facts: facts, given: [wrong])
    _ = teach(&learner, benches: 200)
    let learned = learner.operators
    #expect(!learned.contains { $0.isHearsay }, "what never did what it says is dropped")
    #expect(text(learned.map(\.word)) == text(truth))
  }

  @Test func askingWhatIsBelievedChangesNothing() {
    var one = OperatorLearner(facts: facts), other = one
    let (quiet, asked) = (teach(&one, benches: 200), teach(&other, benches: 200, asking: true))
    #expect(quiet.tries == asked.tries && quiet.purposes == asked.purposes && one.lines == other.lines)
  }

  @Test func theSameOutcomesLeadToTheSameBenches() {
    var one = OperatorLearner(facts: facts), other = one
    let (first, second) = (teach(&one, benches: 40), teach(&other, benches: 40))
    #expect(first.tries == second.tries && first.purposes == second.purposes && one.lines == other.lines)
  }
}
