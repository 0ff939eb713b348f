import KnackAgent
import KnackCrafter
import KnackEnvironment
import KnackLearning
import Testing

@Suite struct AchievementDirectorTests {
  private let kind: WorldKind
  private let space: GoalSpace
  private let director: AchievementDirector

  init() throws {
    kind = try #require(try EnvironmentRegistry(Crafter.entries).kind("Crafter-v1").commanded)
    space = try #require(kind.goalSpace)
    director = AchievementDirector(
      kind.specification, space,
      agenda: Agenda(
        of: kind.specification,
        upkeep: [
          .init("drink", urgent: 4, wanted: 8),
          .init(
            "energy", urgent: 3, wanted: 8, given: [.init("daylight", 60)], unless: [.init("wake_up", 3)]),
        ], alarms: [.init("zombie_close", skill: "defeat_zombie")]))
  }

  /// What is asked for where nothing is but health and these facts.
  private func request(_ given: [String: Int32], after last: (String, GoalOutcome)? = nil) -> GoalRequest {
    let names = kind.specification.facts
    var facts = names.map { given[$0] ?? (["health", "food", "drink", "energy"].contains($0) ? 9 : 0) }
    let attempt = last.map { goal, outcome in
      GoalAttempt(
        goal: space.goals.firstIndex { $0.name == goal }!, outcome: outcome, steps: 9, before: facts,
        after: facts)
    }
    return facts.withUnsafeMutableBufferPointer {
      director.goal(for: UnsafeBufferPointer($0), after: attempt)
    }
  }

  private func asked(_ given: [String: Int32]) -> String { space.goals[request(given).goal].name }

  /// The achievements that are not those.
  private func reached(but some: String...) -> [String: Int32] {
    Dictionary(
      uniqueKeysWithValues: kind.specification.achievementNames.map { ($0, some.contains($0) ? 0 : 1) })
  }

  @Test func whatIsNeededIsGotBeforeItIsUsed() {
    let only = reached(but: "make_stone_pickaxe")
    func asked(_ more: [String: Int32]) -> String { self.asked(only.merging(more) { $1 }) }
    #expect(asked([:]) == "find_tree")
    #expect(asked(["tree_nearby": 1]) == "collect_from_tree")
    #expect(asked(["wood": 9]) == "place_table", "tools come first, and a table costs less than a way to one")
    #expect(asked(["wood": 9, "wood_pickaxe": 1]) == "find_stone")
    #expect(asked(["wood": 9, "wood_pickaxe": 1, "stone_nearby": 1]) == "collect_from_stone")
    #expect(asked(["wood": 9, "wood_pickaxe": 1, "stone": 1, "table_nearby": 1]) == "make_stone_pickaxe")
  }

  @Test func thePlayerSeesToItselfFirst() {
    #expect(asked(["drink": 3]) == "find_water")
    #expect(asked(["drink": 3, "water_nearby": 1]) == "collect_from_water")
    #expect(asked(["drink": 6, "water_nearby": 1]) == "collect_from_water", "it is to hand")
    #expect(asked(["energy": 7, "daylight": 90, "tired": 1]) == "wake_up")
    #expect(asked(["energy": 7, "daylight": 90, "tired": 1, "wake_up": 3, "collect_drink": 1]) != "wake_up")
    #expect(
      asked(["drink": 1, "wood": 9, "table_nearby": 1]) == "make_wood_pickaxe",
      "what takes no time goes before what is urgent")
    let last = reached(but: "wake_up", "collect_diamond")
    #expect(
      asked(last.merging(["tired": 1]) { $1 }) == "wake_up" && asked(last) != "wake_up",
      "one must be tired first")
    #expect(asked(["drink": 1, "zombie_close": 1]) == "defeat_zombie")
  }

  @Test func afterAFailureAnotherOneIsLookedFor() throws {
    let facts = reached(but: "collect_iron").merging(["iron_nearby": 1, "stone_pickaxe": 1]) { $1 }
    #expect(space.goals[request(facts).goal].name == "collect_from_iron")
    let next = request(facts, after: ("collect_from_iron", .lost))
    #expect(space.goals[next.goal].name == "find_iron" && next.isElsewhere)
    #expect(
      space.goals[request(facts, after: ("collect_from_iron", .interrupted)).goal].name == "collect_from_iron"
    )
  }

  @Test func whatIsLearntIsKept() throws {
    var one = director, other = director
    let facts = [Int32](repeating: 9, count: kind.specification.facts.count)
    one.learn(from: [GoalAttempt(goal: 3, outcome: .late, steps: 120, before: facts, after: nil)])
    #expect(one.save() != director.save())
    let isKept = other.restore(one.save()), isMistaken = other.restore([1, 2, 3])
    #expect(isKept && !isMistaken && other.save() == one.save())
  }
}
