import KnackEnvironment
import KnackPlanning

/// What `knack plan` is asked.
public struct PlanRequest: Sendable {
  /// The goal and what there is, as written on the command line (`bed=1`).
  public var goal: [String], have: [String]
  /// How it is planned.
  public var planner: Planner
  /// The episode whose beginning is planned from, where no goal is given.
  public var seed: UInt64

  /// A request. Without a goal, that of the world's task is planned for, from how the seed's first episode begins.
  public init(goal: [String] = [], have: [String] = [], planner: Planner = .costOptimal, seed: UInt64 = 0) {
    self.goal = goal
    self.have = have
    self.planner = planner
    self.seed = seed
  }
}

/// A plan with its reasons, for people and as JSON.
public struct PlanReport: Sendable {
  /// Equal steps in a row.
  private struct Group {
    var `operator`: Int
    var steps: Range<Int>
    var expectedSteps: Double
  }

  private let source: OperatorSource, request: PlanRequest
  private let problem: PlanningProblem
  private let goal: [Operator.Amount], have: [Operator.Amount]
  private let plan: Plan
  private let seconds: Double
  private let groups: [Group]
  private let reasons: [[Reason]]

  /// What later steps need of what a group obtains.
  private struct Reason {
    /// The group that needs it; nil for the goal.
    var group: Int?
    var fact: String
    var count: Int
    var isConsumed: Bool
  }

  /// Plans.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where nothing is asked or it is written wrongly, and where there is no plan,
  ///   with what is missing.
  public init(_ request: PlanRequest, _ source: OperatorSource) throws(ExperimentError) {
    self.source = source
    self.request = request
    let specification = source.kind.specification
    let problem = PlanningProblem(operators: source.operators, facts: specification.facts)
    var counts = [Int32](repeating: 0, count: problem.facts.count)
    if request.goal.isEmpty {
      guard let goal = specification.goal else {
        throw .mistake(
          "Say what to plan for with --goal fact=count; the world's task has no goal over its facts.")
      }
      self.goal = goal
      let environment = VectorEnvironment(source.kind, count: 1, facts: true)
      environment.reset(seed: request.seed)
      if let facts = environment.facts {
        for fact in specification.facts.indices { counts[fact] = facts[fact] }
      }
    } else {
      goal = try source.amounts(request.goal, of: "--goal")
    }
    let given = try source.amounts(request.have, of: "--have")
    for amount in given { counts[problem.number(of: amount.fact)!] += Int32(amount.count) }
    // Of what there is only what operators speak of says anything.
    let spoken = Set(source.operators.flatMap { ($0.consumes + $0.requires + $0.obtains).map(\.fact) })
    have = counts.indices.filter { counts[$0] > 0 && spoken.contains(problem.facts[$0]) }
      .map { Operator.Amount(problem.facts[$0], Int(counts[$0])) }
    let cost = { (one: Int) in SkillCost.assumed(problem.operators[one].kind) }
    let start = monotonicSeconds()
    let plan = problem.plan(from: counts, goal: goal, costs: cost, planner: request.planner)
    seconds = monotonicSeconds() - start
    guard let plan else {
      let missing = problem.missing(from: counts, goal: goal, costs: cost)
      throw .mistake(
        "No plan reaches \(Operator.words(goal)): "
          + (missing.isEmpty
            ? "this planner finds none; try --planner cost-optimal."
            : "nothing obtains \(missing.joined(separator: " or ")), and there are too few; say with --have what there is.")
      )
    }
    self.plan = plan
    self.problem = problem
    var groups: [Group] = [], groupOf: [Int] = []
    for (index, step) in plan.steps.enumerated() {
      if let last = groups.last, last.operator == step.operator {
        groups[groups.count - 1].steps = last.steps.lowerBound..<index + 1
        groups[groups.count - 1].expectedSteps += step.expectedSteps
      } else {
        groups.append(
          Group(operator: step.operator, steps: index..<index + 1, expectedSteps: step.expectedSteps))
      }
      groupOf.append(groups.count - 1)
    }
    self.groups = groups
    let links = problem.links(of: plan, from: counts, goal: goal)
    reasons = groups.map { group in
      var reasons: [Reason] = []
      for link in links[group.steps].joined() {
        let target = link.step.map { groupOf[$0] }
        let place = reasons.firstIndex {
          $0.group == target && $0.fact == problem.facts[link.fact] && $0.isConsumed == link.isConsumed
        }
        if let place {
          if link.isConsumed || link.step == nil { reasons[place].count += link.count }
        } else {
          reasons.append(
            Reason(
              group: target, fact: problem.facts[link.fact], count: link.count, isConsumed: link.isConsumed))
        }
      }
      return reasons
    }
  }

  /// The plan for people: a line for each group of equal steps.
  public var text: String {
    let name =
      switch request.planner {
      case .depthFirst: "depth-first"
      case .costOptimal: "cost-optimal"
      case .anytime: "anytime"
      case .additive: "additive"
      }
    let count = plan.steps.count
    let head =
      "\(Operator.words(goal)) in \(source.kind.specification.id)"
      + (have.isEmpty ? "" : " with \(Operator.words(have))")
      + ": \(count) \(count == 1 ? "skill" : "skills"), \(Int(plan.expectedSteps.rounded())) environment steps expected\n"
      + "operators: \(source.name); planner: \(name)\(plan.isProvenOptimal ? ", proven to be optimal" : "")"
      + ", in \(Int((seconds * 1e6).rounded())) microseconds\n\n"
    let rows = zip(groups, reasons).enumerated().map { number, pair -> [String] in
      let (group, reasons) = pair, one = problem.operators[group.operator]
      return [
        "\(number + 1)", one.name + (group.steps.count > 1 ? " × \(group.steps.count)" : ""), one.skill,
        "\(Int(group.expectedSteps.rounded()))",
        words(reasons),
      ]
    }
    return head + table([["", "operator", "skill", "expected", "why"]] + rows)
  }

  /// `4 planks for 4, crafting_table_nearby for 9 and 12`.
  private func words(_ reasons: [Reason]) -> String {
    var parts: [(amount: String, targets: [String])] = []
    for reason in reasons {
      let amount = Operator.words([Operator.Amount(reason.fact, reason.count)])
      let target = reason.group.map { "\($0 + 1)" } ?? "the goal"
      if !reason.isConsumed, let place = parts.firstIndex(where: { $0.amount == amount }) {
        parts[place].targets.append(target)
      } else {
        parts.append((amount, [target]))
      }
    }
    return parts.map { "\($0.amount) for \($0.targets.joined(separator: " and "))" }.joined(separator: ", ")
  }

  /// The plan as JSON; `step` counts from 0 and is null for the goal.
  public var json: JSON {
    .fields([
      "environment": .string(source.kind.specification.id), "operators": .string(source.name),
      "goal": Operator.json(goal), "have": Operator.json(have),
      "steps": .array(
        zip(groups, reasons).map { group, reasons in
          let one = problem.operators[group.operator]
          return .fields([
            "operator": .string(one.name), "kind": .string(one.kind.rawValue), "skill": .string(one.skill),
            "equips": .array(one.equips.map(JSON.string)), "times": .integer(group.steps.count),
            "expectedSteps": .number(group.expectedSteps),
            "why": .array(
              reasons.map { reason in
                .fields([
                  "fact": .string(reason.fact), "count": .integer(reason.count),
                  "step": reason.group.map { .integer($0) } ?? .null, "consumed": .boolean(reason.isConsumed),
                ])
              }),
          ])
        }),
      "skills": .integer(plan.steps.count), "expectedSteps": .number(plan.expectedSteps),
      "provenOptimal": .boolean(plan.isProvenOptimal), "seconds": .number(seconds),
    ])
  }

  /// The graph of the plan's operators.
  public var operators: [Operator] {
    let used = Set(plan.steps.map(\.operator))
    return problem.operators.indices.filter(used.contains).map { problem.operators[$0] }
  }
}
