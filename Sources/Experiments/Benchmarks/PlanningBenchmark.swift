import KnackEnvironment
import KnackPlanning

/// How long planning takes, and how plans compare with those of Plan4MC's graph and search: for one goal.
///
/// All plans are priced with the same costs, those that are assumed of skills of which nothing is known.
public struct PlanningBenchmark: Sendable {
  /// The world, the goal and what there is.
  public var environment: String, goal: [String], have: [String]
  /// The seconds that each measurement lasts.
  public var seconds: Double
  /// Measurements, of which the median counts.
  public var repetitions = 5

  /// A benchmark.
  public init(environment: String, goal: [String], have: [String], seconds: Double = 0.2) {
    self.environment = environment
    self.goal = goal
    self.have = have
    self.seconds = seconds
  }

  /// Measures.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` for an unknown world or goal.
  public func run(_ registry: EnvironmentRegistry) throws(ExperimentError) -> JSON {
    var plans: [(name: String, value: JSON)] = []
    for (name, graph, planner) in [
      ("Plan4MC's graph, Plan4MC's search", "plan4mc", Planner.depthFirst),
      ("Plan4MC's graph, cost-optimal", "plan4mc", .costOptimal),
      ("the world's graph, cost-optimal", "world", .costOptimal),
      ("the world's graph, anytime", "world", .anytime(expansions: 100)),
    ] {
      let source = try OperatorSource(graph, environment: environment, in: registry)
      let problem = PlanningProblem(operators: source.operators, facts: source.kind.specification.facts)
      let goal = try source.amounts(self.goal, of: "--goal")
      var counts = [Int32](repeating: 0, count: problem.facts.count)
      for amount in try source.amounts(have, of: "--have") {
        counts[problem.number(of: amount.fact)!] += Int32(amount.count)
      }
      func plan() -> Plan? {
        problem.plan(
          from: counts, goal: goal, costs: { SkillCost.assumed(problem.operators[$0].kind) }, planner: planner
        )
      }
      guard let found = plan() else {
        throw .mistake("\(name) has no plan for \(self.goal.joined(separator: " ")); choose another goal.")
      }
      let times = (0..<repetitions).map { _ -> Double in
        let start = monotonicSeconds()
        var count = 0.0, time = 0.0
        repeat {
          _ = plan()
          count += 1
          time = monotonicSeconds() - start
        } while time < seconds
        return time / count
      }
      plans.append(
        (
          name,
          .fields([
            "operators": .integer(problem.operators.count), "skills": .integer(found.steps.count),
            "expectedSteps": .number(found.expectedSteps.rounded()),
            "milliseconds": .number((Statistics.median(times) * 1e6).rounded() / 1e3),
          ])
        ))
    }
    let asked: [(name: String, value: JSON)] = [
      ("environment", .string(environment)), ("goal", .array(goal.map(JSON.string))),
      ("have", .array(have.map(JSON.string))),
    ]
    return .object(asked + plans + [("machine", .string(Machine.description))])
  }
}
