import KnackEnvironment
import KnackPlanning
import Testing

/// Plan4MC's search on Plan4MC's graph.
@Suite struct Plan4MCTests {
  /// The forty tasks: target, what is there at the start, and the skills of the plan, in all and by kind (find, manipulate,
  /// craft), as Plan4MC's own search gives them for its task file.
  private static let tasks = """
    stick |  | 4 1 1 2
    crafting_table_nearby |  | 5 1 2 2
    bowl |  | 9 2 3 4
    chest |  | 12 3 4 5
    trapdoor |  | 12 3 4 5
    sign |  | 13 3 4 6
    wooden_pickaxe |  | 13 3 4 6
    wooden_axe |  | 13 3 4 6
    wooden_sword |  | 10 2 3 5
    wooden_shovel |  | 10 2 3 5
    furnace_nearby | log 10 | 28 8 11 9
    stone_stairs | log 10 | 23 6 8 9
    stone_slab | log 10 | 17 3 5 9
    cobblestone_wall | log 10 | 23 6 8 9
    torch | log 10 | 30 8 11 11
    lever | wooden_pickaxe 1 | 7 2 2 3
    stone_pickaxe | wooden_pickaxe 1 | 16 5 6 5
    stone_axe | wooden_pickaxe 1 | 16 5 6 5
    stone_sword | wooden_pickaxe 1 | 14 4 5 5
    stone_shovel | wooden_pickaxe 1 | 12 3 4 5
    milk_bucket | crafting_table 1 iron_ingot 3 | 4 1 2 1
    wool | crafting_table 1 iron_ingot 2 | 3 1 1 1
    bed | crafting_table 1 shears 1 | 11 4 5 2
    painting | crafting_table 1 shears 1 | 9 2 3 4
    carpet | shears 1 | 5 2 2 1
    item_frame | crafting_table 1 diamond_sword 1 | 9 2 3 4
    beef | diamond_sword 1 | 2 1 1 0
    cooked_beef | furnace 1 diamond_sword 1 | 7 2 3 2
    mutton | diamond_sword 1 | 2 1 1 0
    cooked_mutton | furnace 1 diamond_sword 1 | 7 2 3 2
    iron_ingot | stone_pickaxe 1 | 43 14 18 11
    shears | stone_pickaxe 1 | 74 25 32 17
    bucket | stone_pickaxe 1 | 104 36 46 22
    iron_pickaxe | stone_pickaxe 1 | 104 36 46 22
    iron_sword | stone_pickaxe 1 | 74 25 32 17
    tripwire_hook | stone_pickaxe 1 | 44 14 18 12
    heavy_weighted_pressure_plate | stone_pickaxe 1 | 74 25 32 17
    minecart | stone_pickaxe 1 | 164 58 74 32
    hopper | stone_pickaxe 1 | 176 61 78 37
    diamond | stone_pickaxe 1 | 105 36 47 22
    """

  private func graph() throws -> PlanningProblem {
    let file = try #require(OperatorFile.builtIn.first { $0.name == "plan4mc" })
    return PlanningProblem(operators: try OperatorFile.operators(yaml: file.text, file: file.name), facts: [])
  }

  @Test func thePublishedSearchGivesThePublishedPlans() throws {
    let problem = try graph()
    #expect(problem.operators.count == 52)
    var used: Set<Int> = []
    for line in Self.tasks.split(separator: "\n") {
      let parts = line.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.split(separator: " ")
      }
      var counts = [Int32](repeating: 0, count: problem.facts.count)
      for pair in stride(from: 0, to: parts[1].count, by: 2) {
        counts[try #require(problem.number(of: String(parts[1][pair])))] = try #require(
          Int32(parts[1][pair + 1]))
      }
      let plan = try #require(
        problem.plan(from: counts, goal: [.init(String(parts[0][0]))], planner: .depthFirst), "\(line)")
      let kinds = plan.steps.map { problem.operators[$0.operator].kind }
      let lengths = [plan.steps.count] + Operator.Kind.allCases.map { kind in kinds.count { $0 == kind } }
      #expect(lengths == parts[2].map { Int($0)! }, "\(line)")
      used.formUnion(plan.steps.map(\.operator))
    }
    #expect(used.count == 52, "the forty plans use every skill")
  }
}
