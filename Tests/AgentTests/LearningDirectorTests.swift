import KnackAgent
import KnackCrafter
import KnackEnvironment
import KnackLearning
import Testing

@Suite struct LearningDirectorTests {
  private let kind: WorldKind
  private let space: GoalSpace

  init() throws {
    kind = try #require(try EnvironmentRegistry(Crafter.entries).kind("Crafter-v1").commanded)
    space = try #require(kind.goalSpace)
  }

  private var director: LearningDirector {
    LearningDirector(
      kind.specification, space,
      agenda: Agenda(
        of: kind.specification, upkeep: ["food", "drink", "energy"].map { .init($0, urgent: 3, wanted: 5) }))
  }

  /// The counts of facts where nothing is but the player and these.
  private func state(_ given: [String: Int32]) -> [Int32] {
    kind.specification.facts.map {
      given[$0] ?? (["health", "food", "drink", "energy"].contains($0) ? 9 : 0)
    }
  }

  private func step(
    _ move: String, _ before: [String: Int32], _ changes: [String: Int32] = [:], for goal: String? = nil
  ) -> WatchedStep {
    let number = space.moves.firstIndex { $0.name == move }!
    return WatchedStep(
      goal: space.goals.firstIndex { $0.name == goal ?? move } ?? 0, move: number, before: state(before),
      after: state(before.merging(changes) { $0 + $1 }))
  }

  private func attempt(
    _ goal: String, _ outcome: GoalOutcome, _ before: [String: Int32], _ changes: [String: Int32] = [:],
    failures: Int = 0
  ) -> GoalAttempt {
    GoalAttempt(
      goal: space.goals.firstIndex { $0.name == goal }!, outcome: outcome, steps: 9, before: state(before),
      after: state(before.merging(changes) { $0 + $1 }), failures: failures)
  }

  private func asked(_ director: LearningDirector, _ facts: [String: Int32], after last: GoalAttempt? = nil)
    -> String
  {
    state(facts).withUnsafeBufferPointer { space.goals[director.goal(for: $0, after: last).goal].name }
  }

  /// Steps as a player takes them who gets wood and works with it, beside a table and elsewhere.
  private var life: [WatchedStep] {
    var steps: [WatchedStep] = []
    for wood in 0..<8 as Range<Int32> {
      steps += (0..<8).map { _ in step("move_left", ["wood": wood]) }
      steps.append(
        step("do", ["facing_tree": 1, "tree_nearby": 1, "wood": wood], ["wood": 1, "collect_wood": 1]))
      steps.append(step("do", ["facing_grass": 1, "grass_nearby": 1, "wood": wood]))
      steps.append(step("make_wood_pickaxe", ["wood": wood]))
      let made: [String: Int32] = ["wood": -1, "wood_pickaxe": 1, "make_wood_pickaxe": 1]
      steps.append(step("make_wood_pickaxe", ["wood": wood, "table_nearby": 1], wood > 0 ? made : [:]))
    }
    return steps
  }

  @Test func operatorsAreLearnedFromSteps() throws {
    var director = director
    #expect(director.learnedOperators.isEmpty, "it is told none")
    director.learn(from: life)
    let learned = director.learnedOperators
    let cutting = try #require(learned.first { $0.skill == "collect_from_tree" })
    #expect(cutting.obtains.contains(.init("wood")) && cutting.obtains.contains(.init("collect_wood")))
    #expect(cutting.requires == [.init("tree_nearby")], "what the goal works on")
    let making = try #require(learned.first { $0.skill == "make_wood_pickaxe" })
    #expect(making.consumes == [.init("wood")] && making.requires == [.init("table_nearby")])
    #expect(learned.count == 2)
  }

  @Test func whereSomethingIsPlacedIsNotWhatItNeeds() throws {
    var director = director
    let ground: (Int) -> String = { ["facing_grass", "facing_sand", "facing_water"][$0 % 3] }
    director.learn(
      from: (0..<60).map { number in
        let wood = Int32(number / 3 % 6)
        let isPlaced = number % 3 < 2 && wood >= 2
        return step(
          "place_table", [ground(number): 1, "wood": wood],
          isPlaced
            ? [ground(number): -1, "facing_table": 1, "wood": -2, "table_nearby": 1, "place_table": 1] : [:])
      })
    let placing = director.learnedOperators.filter { $0.skill == "place_table" }
    #expect(placing.count == 1)
    #expect(placing.first?.consumes == [.init("wood", 2)] && placing.first?.requires == [])
    #expect(placing.first.map { Set($0.obtains.map(\.fact)) } == ["table_nearby", "place_table"])
  }

  @Test func groundWhereNothingCanBePlacedSaysNothing() {
    var director = director
    let rich: [String: Int32] = ["wood": 4, "coal": 1],
      placed: [String: Int32] = ["wood": -2, "place_table": 1]
    for _ in 0..<20 {
      director.learn(from: [
        step("place_table", ["facing_water": 1, "wood": 4]),
        step("place_table", rich.merging(["facing_grass": 1]) { $1 }, placed),
      ])
    }
    #expect(director.learnedOperators.first { $0.skill == "place_table" }?.requires == [])
    for _ in 0..<20 { director.learn(from: [attempt("place_table", .late, ["wood": 4])]) }
    director.learn(from: [WatchedStep]())
    #expect(
      director.learnedOperators.first { $0.skill == "place_table" }?.requires == [.init("coal")],
      "but attempts in vain do")
  }

  @Test func whatHappensOnTheWayIsNobodysDoing() {
    var director = director
    let waking = (0..<10).map { number in
      step(
        "place_stone", ["stone": 3], number % 2 == 0 ? ["wake_up": 1] : ["stone": -1], for: "wake_up")
    }
    director.learn(from: waking)
    #expect(director.learnedOperators.isEmpty)
  }

  @Test func howThePlayerFaresIsCountedWhereItIsNotFull() {
    var director = director
    let before: [String: Int32] = ["facing_water": 1, "water_nearby": 1]
    director.learn(
      from: (0..<40).map { number in
        number % 4 > 0
          ? step("do", before, ["collect_drink": 1])
          : step("do", before.merging(["drink": 5]) { $1 }, ["collect_drink": 1, "drink": 2])
      })
    let drinking = director.learnedOperators.first { $0.skill == "collect_from_water" }
    #expect(drinking?.obtains == [.init("collect_drink"), .init("drink", 2)])
  }

  @Test func whatTakesTimeIsLearnedFromAttempts() {
    var director = director
    director.learn(
      from: (0..<20).map { number in
        number % 2 == 0
          ? attempt("wake_up", .success, ["tired": 1, "energy": 4], ["energy": 5, "wake_up": 1])
          : attempt("wake_up", .late, ["energy": 9])
      })
    director.learn(from: [WatchedStep]())
    let waking = director.learnedOperators.first { $0.skill == "wake_up" }
    #expect(waking?.requires == [.init("tired")])
    #expect(waking?.obtains.contains(.init("wake_up")) == true)
  }

  @Test func whatHasNeverWorkedIsTriedOnceWhereThereIsSomethingNew() {
    var director = director
    let rich: [String: Int32] = ["wood": 3, "table_nearby": 1]
    let first = asked(director, rich, after: attempt("collect_from_tree", .success, ["wood": 2], ["wood": 1]))
    #expect(first.hasPrefix("make_"), "what takes a single step comes first")
    let second = asked(director, rich, after: attempt(first, .late, rich, failures: 1))
    #expect(second.hasPrefix("make_") && second != first, "each is tried once")
    let tools = space.goals.map(\.name).filter { $0.hasPrefix("make_") }
    for _ in 0..<3 { director.learn(from: tools.map { step($0, rich) }) }
    #expect(!asked(director, rich).hasPrefix("make_"), "what was tried here in vain is not tried again")
    #expect(asked(director, ["wood": 3, "stone": 1, "table_nearby": 1]).hasPrefix("make_"))
  }

  @Test func whatIsLearntIsKept() {
    var one = director, other = director
    one.learn(from: life)
    one.learn(from: [attempt("find_tree", .late, [:])])
    let isKept = other.restore(one.save()), isMistaken = other.restore([1, 2, 3])
    #expect(isKept && !isMistaken && other.save() == one.save())
    #expect(other.learnedOperators == one.learnedOperators)
  }
}
