import ArgumentParser
import KnackEnvironment
import KnackExperiments

/// How a hierarchical agent plays the tasks of a suite.
struct TaskOptions: ParsableArguments {
  @Option(
    help:
      "A suite of the world's tasks, such as plan4mc, to be played by a planning agent with the run's skills."
  )
  var tasks: String?

  @Option(help: "With --tasks, worlds a task.")
  var worlds = 30

  @Option(help: "With --tasks, play this task alone. May be given several times.")
  var task: [String] = []

  @Option(help: "With --tasks, the share of each task's steps that the agent has.")
  var budget = 1.0

  @Flag(inversion: .prefixedNo, help: "With --tasks, whether the agent plans again after every skill.")
  var replan = true

  @Flag(inversion: .prefixedNo, help: "With --tasks, whether the agent looks for what is not near.")
  var find = true

  @Option(
    help:
      "With --tasks, whose operators: world for the world's own rules, plan4mc for Plan4MC's graph, or a file."
  )
  var operators = "world"

  @Option(help: "With --tasks, how plans are looked for; depth-first is Plan4MC's search.")
  var planner = PlannerName.costOptimal

  @Flag(
    help:
      "With --tasks, plan with what the library's success critic, which `knack refine` made, says of skills where the player stands."
  )
  var successCritic = false

  func check() throws {
    guard worlds >= 1 && worlds <= 1000 else { throw ValidationError("--worlds must be from 1 to 1000.") }
    guard budget > 0 && budget <= 100 else {
      throw ValidationError("--budget must be above 0, and at most 100.")
    }
    guard tasks != nil || task.isEmpty else {
      throw ValidationError("--task is one of a suite's; name the suite with --tasks.")
    }
  }

  func report(_ folder: String, suite: String, seed: UInt64?, workers: Int) throws -> TaskReport {
    try RunDirectory(folder).evaluateTasks(
      { evaluation throws(ExperimentError) in
        var evaluation = evaluation
        evaluation.worlds = worlds
        if let seed { evaluation.seed = seed }
        evaluation.budget = budget
        if successCritic { evaluation.criticFolder = try RunDirectory(folder).libraryFolder }
        evaluation.settings.replans = replan
        evaluation.settings.finds = find
        evaluation.settings.planner = planner.planner(expansions: 200)
        if operators != "world" {
          evaluation.operators = try OperatorSource(
            operators, environment: evaluation.environment, settings: WorldSettings(), in: Knack.registry
          ).operators
        }
        if let unknown = task.first(where: { !evaluation.suite.tasks.contains($0) }) {
          throw .mistake("The suite \(suite) has no task '\(unknown)'.")
        }
        if !task.isEmpty { evaluation.only = task }
        return evaluation
      }, suite: suite, workers: workers, registry: Knack.registry)
  }
}
