import ArgumentParser
import KnackExperiments
import KnackPlanning

/// Whose operators are taken: of `plan` and `skills graph`.
struct OperatorOptions: ParsableArguments {
  @Option(help: "The world's id.")
  var environment: String

  @Option(help: "Whose operators: world for the world's own rules, plan4mc for Plan4MC's graph, or a file.")
  var operators = "world"

  @Option(
    help: ArgumentHelp(
      "What is wanted, by a fact of the world (default: the goal of its task). May be given several times.",
      valueName: "fact=count"))
  var goal: [String] = []

  @Option(
    help: ArgumentHelp("What there is at the start. May be given several times.", valueName: "fact=count"))
  var have: [String] = []

  @OptionGroup var world: WorldOptions

  func source() throws -> OperatorSource {
    try OperatorSource(operators, environment: environment, settings: try world.read(), in: Knack.registry)
  }
}

/// The planners by name.
enum PlannerName: String, ExpressibleByArgument, CaseIterable {
  case depthFirst = "depth-first"
  case costOptimal = "cost-optimal"
  case anytime, additive

  func planner(expansions: Int) -> Planner {
    switch self {
    case .depthFirst: .depthFirst
    case .costOptimal: .costOptimal
    case .anytime: .anytime(expansions: expansions)
    case .additive: .additive
    }
  }
}

struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Plans over a world's facts: which skills lead to a goal, why each, and what they cost.",
    discussion: """
      With --goal a plan begins with what --have says, and nothing else. Without it the plan is for the goal of the world's \
      task, from how an episode begins. The costs are those that are assumed of skills of which nothing is known yet.
      """)

  @OptionGroup var operators: OperatorOptions

  @Option(
    help:
      "depth-first is Plan4MC's; anytime goes on from cost-optimal; additive gets one thing after the other.")
  var planner = PlannerName.costOptimal

  @Option(help: "States that the anytime planner expands.")
  var expansions = 200

  @Option(help: "The seed of the episode, where no goal is given.")
  var seed: UInt64 = 0

  @OptionGroup var json: JSONOption

  func validate() throws {
    guard expansions >= 1 else { throw ValidationError("--expansions must be at least 1.") }
  }

  func run() throws {
    let request = PlanRequest(
      goal: operators.goal, have: operators.have, planner: planner.planner(expansions: expansions), seed: seed
    )
    let report = try PlanReport(request, try operators.source())
    print(json.isOn ? report.json.text : report.text, terminator: json.isOn ? "\n" : "")
  }
}
