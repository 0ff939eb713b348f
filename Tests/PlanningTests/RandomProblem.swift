import KnackEnvironment
import KnackPlanning

/// A small problem drawn from a seed, in the manner of a world with resources, tools and a table; and its exhaustive solution.
struct RandomProblem {
  let operators: [Operator]
  let costs: [SkillCost]
  let goal: [Operator.Amount]
  let problem: PlanningProblem

  init(seed: UInt64) {
    var random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func draw(_ count: Int) -> Int {
      random ^= random << 13
      random ^= random >> 7
      random ^= random << 17
      return Int(random >> 33) % count
    }
    var operators = [
      Operator("find_tree", .find, obtains: [.init("tree_nearby")]),
      Operator("find_rock", .find, obtains: [.init("rock_nearby")]),
      Operator("mine_tree", requires: [.init("tree_nearby")], obtains: [.init("log", 1 + draw(2))]),
      Operator(
        "mine_rock", requires: [.init("rock_nearby")] + (draw(2) == 0 ? [.init("pick")] : []),
        obtains: [.init("stone")]),
      Operator("craft_plank", .craft, consumes: [.init("log")], obtains: [.init("plank", 1 + draw(3))]),
      Operator("craft_table", .craft, consumes: [.init("plank", 1 + draw(3))], obtains: [.init("table")]),
      Operator("place_table", consumes: [.init("table")], obtains: [.init("table_nearby")]),
    ]
    if draw(2) == 0 {
      operators.append(
        Operator("mine_table", consumes: [.init("table_nearby")], obtains: [.init("table")]))
    }
    let table = Operator.Amount("table_nearby")
    operators.append(
      Operator(
        "craft_pick", .craft, consumes: [.init("plank", 1 + draw(2))], requires: draw(2) == 0 ? [table] : [],
        obtains: [.init("pick")]))
    // Two ways to the prize's parts, and one or two to the prize.
    let materials = ["log", "plank", "stone"]
    for (number, part) in ["part", "part", "gem"].enumerated() {
      operators.append(
        Operator(
          "craft_\(part)_\(number)", .craft, consumes: [.init(materials[draw(3)], 1 + draw(2))],
          requires: draw(2) == 0 ? [table] : [], obtains: [.init(part, 1 + draw(2))]))
    }
    operators.append(
      Operator(
        "craft_prize", .craft, consumes: [.init("part", 1 + draw(2)), .init("gem")],
        requires: draw(2) == 0 ? [table] : [], obtains: [.init("prize")]))
    self.operators = operators
    costs = operators.map { one in
      switch one.kind {
      case .find: SkillCost(steps: Double(20 + draw(80)))
      case .manipulate: SkillCost(steps: Double(5 + draw(20)), loss: Double(draw(3)) / 4)
      case .craft: SkillCost()
      }
    }
    goal = [.init("prize")]
    problem = PlanningProblem(operators: operators, facts: [])
  }

  func plan(_ planner: Planner) -> Plan? {
    problem.plan(from: [], goal: goal, costs: { costs[$0] }, planner: planner)
  }

  // MARK: The model, written out once more

  /// What there is, and whether something has been gathered since the last find.
  struct State: Hashable {
    var counts: [String: Int] = [:]
    var hasGathered = false
  }

  private func isFound(_ fact: String) -> Bool {
    operators.contains { $0.kind == .find && $0.obtains.contains { $0.fact == fact } }
  }

  /// The state after an operator, and what it costs; nil where something is not there for it.
  func carryOut(_ index: Int, in state: State) -> (State, cost: Double)? {
    let one = operators[index]
    guard (one.consumes + one.requires).allSatisfy({ state.counts[$0.fact, default: 0] >= $0.count }) else {
      return nil
    }
    var next = state, cost = costs[index].expectedSteps
    for amount in one.consumes { next.counts[amount.fact]! -= amount.count }
    if one.kind == .find {
      next.counts = next.counts.filter { !Operator.isNearby($0.key) }
      next.hasGathered = false
    } else if let place = one.requires.first(where: { isFound($0.fact) }) {
      if state.hasGathered {
        let find = operators.firstIndex { $0.kind == .find && $0.obtains[0].fact == place.fact }!
        cost += costs[index].loss * costs[find].steps
      }
      next.hasGathered = true
    }
    for amount in one.obtains {
      next.counts[amount.fact] =
        Operator.isNearby(amount.fact) ? 1 : next.counts[amount.fact, default: 0] + amount.count
    }
    next.counts = next.counts.filter { $0.value > 0 }
    return (next, cost)
  }

  /// The cost of a plan, step by step; nil where it cannot be carried out or does not reach the goal.
  func cost(of plan: Plan) -> Double? {
    var state = State(), sum = 0.0
    for step in plan.steps {
      guard let (next, cost) = carryOut(step.operator, in: state) else { return nil }
      state = next
      sum += cost
    }
    return goal.allSatisfy { state.counts[$0.fact, default: 0] >= $0.count } ? sum : nil
  }

  /// The least cost of any plan below a limit, by uniform-cost search; nil where too many states would have to be seen.
  func leastCost(below limit: Double) -> Double? {
    var best: [State: Double] = [State(): 0], open: [Int: [(State, Double)]] = [0: [(State(), 0)]], rank = 0
    var seen = 0
    // Buckets of whole costs: within one, the order does not matter, because the best of the last bucket is taken.
    while rank <= Int(limit) + 1 {
      var found: Double?
      while let (state, cost) = open[rank]?.popLast() {
        guard best[state] == cost else { continue }
        seen += 1
        if seen > 60_000 { return nil }
        if goal.allSatisfy({ state.counts[$0.fact, default: 0] >= $0.count }) {
          found = min(found ?? cost, cost)
          continue
        }
        for index in operators.indices {
          guard let (next, step) = carryOut(index, in: state), cost + step <= limit + 1e-9 else { continue }
          if cost + step < best[next, default: .infinity] {
            best[next] = cost + step
            open[Int(cost + step), default: []].append((next, cost + step))
          }
        }
      }
      if let found { return found }
      rank += 1
    }
    return limit
  }
}
