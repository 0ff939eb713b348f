import KnackEnvironment
import KnackOverworld
import KnackPlanning
import Testing

@Suite struct PlannerTests {
  @Test func plansAreComparedWithExhaustiveSearch() {
    var compared = 0, best = 0, worst = 1.0, proven = 0
    for seed in 1...40 as ClosedRange<UInt64> {
      let random = RandomProblem(seed: seed)
      guard let plan = random.plan(.costOptimal), let anytime = random.plan(.anytime(expansions: 20_000))
      else {
        Issue.record("\(seed): every one of these can be reached")
        continue
      }
      for one in [plan, anytime] {
        let cost = random.cost(of: one)
        #expect(cost != nil && abs(cost! - one.expectedSteps) < 1e-6, "\(seed): the plan can be carried out")
      }
      #expect(anytime.expectedSteps <= plan.expectedSteps + 1e-9)
      guard let least = random.leastCost(below: plan.expectedSteps) else { continue }
      compared += 1
      if plan.expectedSteps <= least + 1e-6 { best += 1 }
      worst = max(worst, plan.expectedSteps / least)
      if anytime.isProvenOptimal {
        proven += 1
        #expect(abs(anytime.expectedSteps - least) < 1e-6, "\(seed): what is proven is true")
      }
    }
    #expect(compared >= 30 && Double(best) >= 0.8 * Double(compared) && worst < 1.6)
    #expect(Double(proven) >= 0.8 * Double(compared))
  }

  private func overworld() throws -> PlanningProblem {
    let specification = try EnvironmentRegistry(Overworld.entries).kind("Overworld-v1").specification
    return PlanningProblem(operators: specification.operators, facts: specification.facts)
  }

  private func counts(_ problem: PlanningProblem, _ have: [String: Int32]) throws -> [Int32] {
    var counts = [Int32](repeating: 0, count: problem.facts.count)
    for (fact, count) in have { counts[try #require(problem.number(of: fact))] = count }
    return counts
  }

  @Test func logsAreCutInOneVisitAndOneTableServes() throws {
    let problem = try overworld()
    let start = try counts(problem, ["stone_pickaxe": 1])
    let plan = try #require(
      problem.plan(
        from: start, goal: [.init("hopper")], costs: { SkillCost.assumed(problem.operators[$0].kind) }))
    let names = plan.steps.map { problem.operators[$0.operator].name }
    #expect(names.count < 40, "Plan4MC's has 176")
    #expect(names.count { $0 == "find_log" } == 1 && names.count { $0 == "craft_crafting_table" } == 1)
    #expect(names.count { $0 == "place_furnace" } == 1)
    #expect(names.count { $0.hasPrefix("mine_cobblestone") } == 8 && names.last == "craft_hopper")
    // Two planks smelt three.
    #expect(names.contains("smelt_iron_ingot with heat"))
    // Everything is gathered before the table is placed.
    let table = try #require(names.firstIndex(of: "place_crafting_table"))
    #expect(names.lastIndex { $0.hasPrefix("find_") || $0.hasPrefix("mine_") }! < table)
  }

  /// Whatever the Overworld's operators obtain can be planned for, or something is said to be missing.
  @Test func everythingInTheOverworldIsPlannedForOrSomethingIsMissing() throws {
    let problem = try overworld()
    let obtained = Set(problem.operators.flatMap { $0.obtains.map(\.fact) }).sorted()
    var planned = 0
    for fact in obtained {
      for have in [[:], ["stone_pickaxe": 1], ["log": 7, "crafting_table_nearby": 1, "coal": 2]]
        as [[String: Int32]]
      {
        let start = try counts(problem, have), goal = [Operator.Amount(fact, 2)]
        guard let plan = problem.plan(from: start, goal: goal) else {
          #expect(!problem.missing(from: start, goal: goal).isEmpty, "\(fact) from \(have)")
          continue
        }
        planned += 1
        #expect(reaches(goal, plan, problem, start), "\(fact) from \(have)")
      }
    }
    #expect(planned > 2 * obtained.count)
  }

  /// Whether a plan can be carried out, everything that is likely to be obtained being obtained, and reaches the goal.
  private func reaches(
    _ goal: [Operator.Amount], _ plan: Plan, _ problem: PlanningProblem, _ start: [Int32]
  ) -> Bool {
    var counts: [String: Int] = [:]
    for (fact, count) in zip(problem.facts, start) { counts[fact] = Int(count) }
    for step in plan.steps {
      let one = problem.operators[step.operator]
      for need in one.consumes + one.requires where counts[need.fact, default: 0] < need.count {
        return false
      }
      for amount in one.consumes { counts[amount.fact]! -= amount.count }
      if one.kind == .find { counts = counts.filter { !Operator.isNearby($0.key) } }
      for amount in one.obtains {
        counts[amount.fact] =
          Operator.isNearby(amount.fact) ? 1 : counts[amount.fact, default: 0] + amount.count
      }
    }
    return goal.allSatisfy { counts[$0.fact, default: 0] >= (Operator.isNearby($0.fact) ? 1 : $0.count) }
  }

  @Test func whatSkillsCostDecidesTheWay() throws {
    let problem = try overworld()
    let start = try counts(problem, ["furnace": 1, "wooden_pickaxe": 1])
    func names(coal steps: Double) throws -> [String] {
      let plan = problem.plan(from: start, goal: [.init("coal")]) { index in
        let one = problem.operators[index]
        return one.name == "find_coal_ore" ? SkillCost(steps: steps) : SkillCost.assumed(one.kind)
      }
      return try #require(plan).steps.map { problem.operators[$0.operator].name }
    }
    #expect(try names(coal: 10) == ["find_coal_ore", "mine_coal_ore with wooden_pickaxe"])
    #expect(try names(coal: 5000).last?.hasPrefix("smelt_coal from log") == true)
  }

  @Test func whatIsThereIsUsed() throws {
    let problem = try overworld()
    let have = ["planks": Int32(3), "stick": 2, "crafting_table_nearby": 1]
    let plan = try #require(problem.plan(from: try counts(problem, have), goal: [.init("wooden_pickaxe")]))
    #expect(plan.steps.map { problem.operators[$0.operator].name } == ["craft_wooden_pickaxe"])
    #expect(
      problem.plan(from: try counts(problem, ["bed": 1]), goal: [.init("bed")])?.steps.isEmpty == true,
      "nothing is to be done")
  }

  @Test func chancesAndFailuresAreInTheExpectedSteps() throws {
    let problem = PlanningProblem(
      operators: [
        Operator("find_cow", .find, obtains: [.init("cow_nearby")]),
        Operator(
          "hunt_cow", consumes: [.init("cow_nearby")],
          obtains: [.init("beef"), .init("leather", chance: 0.5)]),
      ], facts: [])
    func expected(_ fact: String) throws -> Double {
      let plan = problem.plan(from: [], goal: [.init(fact)]) { index in
        index == 0 ? SkillCost(steps: 100) : SkillCost(probability: 0.5, steps: 10, failureSteps: 30)
      }
      return try #require(plan).expectedSteps
    }
    // 100 to find it, 10 for the success and 30 for the failure before it.
    #expect(try expected("beef") == 140)
    // Leather takes two cows.
    #expect(try expected("leather") == 280)
  }

  @Test func whatIsMissingIsNamed() throws {
    let problem = try overworld()
    #expect(problem.plan(from: [], goal: [.init("saddle")]) == nil)
    #expect(problem.missing(from: [], goal: [.init("saddle")]) == ["saddle"])
    // Without a way to find iron there are no shears.
    let costs = { (index: Int) in
      ["find_iron_ore", "hunt_zombie"].contains(problem.operators[index].name)
        ? SkillCost(probability: 0) : SkillCost()
    }
    #expect(problem.plan(from: [], goal: [.init("shears")], costs: costs) == nil)
    let missing = problem.missing(from: [], goal: [.init("shears")], costs: costs)
    #expect(missing == ["iron_ore_nearby"], "\(missing)")
    #expect(problem.missing(from: [], goal: [.init("bed")]).isEmpty)
  }

  @Test func everyStepHasAReason() throws {
    let problem = try overworld()
    let start = try counts(problem, ["crafting_table": 1, "shears": 1]), goal = [Operator.Amount("bed")]
    let plan = try #require(problem.plan(from: start, goal: goal))
    let links = problem.links(of: plan, from: start, goal: goal)
    #expect(links.count == plan.steps.count && links.allSatisfy { !$0.isEmpty })
    for (step, links) in links.enumerated() { #expect(links.allSatisfy { $0.step ?? .max > step }) }
    let wool = try #require(problem.number(of: "wool"))
    #expect(links.joined().filter { $0.fact == wool }.reduce(0) { $0 + $1.count } == 3)
    #expect(links.last?.contains { $0.step == nil } == true)
  }
}
