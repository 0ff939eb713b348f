import ArgumentParser
import KnackExperiments

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Plays episodes and says how they went.",
    discussion: """
      With the folder of a run its policy plays, and evaluation.json is written there. With --environment one who was not \
      trained plays: at random, or the expert that some worlds bring along.
      """)

  @Argument(help: ArgumentHelp("The folder of a run.", valueName: "run"))
  var folder: String?

  @Option(help: "In the place of a run: a world's id.")
  var environment: String?

  @Option(help: "With --environment, who plays: random or expert (default: random).")
  var policy: UntrainedPlayer?

  @Option(help: "Episodes to play (default: the configuration's evaluation.episodes).")
  var episodes: Int?

  @Option(help: "The seed of the worlds (default: evaluation.seed).")
  var seed: UInt64?

  @Flag(inversion: .prefixedNo, help: "Take the most probable action (default: evaluation.greedy).")
  var greedy: Bool?

  @Option(help: "latest, best, a milestone or a checkpoint's folder (default: latest).")
  var checkpoint: String?

  @Option(help: "Threads; 0 for one a core. The result does not depend on it.")
  var workers = 0

  @OptionGroup var world: WorldOptions
  @OptionGroup var json: JSONOption

  func validate() throws {
    guard (folder == nil) != (environment == nil) else {
      throw ValidationError("Give the folder of a run, or a world with --environment.")
    }
    guard folder == nil || (policy == nil && world.isEmpty) else {
      throw ValidationError(
        "A run has its own policy and world; leave out --policy, --world, --map and --option.")
    }
    guard environment == nil || (greedy == nil && checkpoint == nil) else {
      throw ValidationError("--greedy and --checkpoint are for the policy of a run; leave them out.")
    }
    guard (episodes ?? 1) >= 1 else { throw ValidationError("--episodes must be at least 1.") }
    guard workers >= 0 else { throw ValidationError("--workers must be at least 0.") }
  }

  func run() throws {
    let report = try evaluate()
    print(json.isOn ? report.json.text : report.text, terminator: json.isOn ? "\n" : "")
  }

  private func evaluate() throws -> EvaluationReport {
    if let folder {
      return try RunDirectory(folder).evaluate(
        checkpoint: checkpoint ?? "latest", episodes: episodes, seed: seed, greedy: greedy, workers: workers,
        registry: Knack.registry)
    }
    return try (policy ?? .random).evaluate(
      environment ?? "", settings: world.read(), episodes: episodes, seed: seed, workers: workers,
      registry: Knack.registry)
  }
}

extension UntrainedPlayer: ExpressibleByArgument {}
