import ArgumentParser
import KnackExperiments

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Plays episodes and says how they went.",
    discussion: """
      With the folder of a run its policy plays, or with --agent the hierarchical agent whose skills it is, and evaluation.json is \
      written there. With --environment one who was not \
      trained plays: at random, or the expert that some worlds bring along. With --tasks an agent that plans plays the world's \
      tasks with the skills of a run in which goals were practised, and tasks.json is written.
      """)

  @OptionGroup var player: PlayerOptions

  @Option(help: "Episodes to play (default: the configuration's evaluation.episodes).")
  var episodes: Int?

  @Option(help: "Threads; 0 for one a core. The result does not depend on it.")
  var workers = 0

  @OptionGroup var tasks: TaskOptions

  @OptionGroup var json: JSONOption

  func validate() throws {
    try player.check(inWindow: false)
    try tasks.check()
    guard tasks.tasks == nil || player.folder != nil else {
      throw ValidationError("--tasks is for the skills of a run; give its folder.")
    }
    guard (episodes ?? 1) >= 1 else { throw ValidationError("--episodes must be at least 1.") }
    guard workers >= 0 else { throw ValidationError("--workers must be at least 0.") }
  }

  func run() throws {
    if let suite = tasks.tasks, let folder = player.folder {
      let report = try tasks.report(folder, suite: suite, seed: player.seed, workers: workers)
      return print(json.isOn ? report.json.text : report.text, terminator: json.isOn ? "\n" : "")
    }
    let report = try evaluate()
    print(json.isOn ? report.json.text : report.text, terminator: json.isOn ? "\n" : "")
  }

  private func evaluate() throws -> EvaluationReport {
    if let folder = player.folder, player.agent {
      return try RunDirectory(folder).evaluateAgent(
        checkpoint: player.checkpoint ?? "latest", episodes: episodes, seed: player.seed,
        greedy: player.greedy, workers: workers, registry: Knack.registry)
    }
    if let folder = player.folder {
      return try RunDirectory(folder).evaluate(
        checkpoint: player.checkpoint ?? "latest", episodes: episodes, seed: player.seed,
        greedy: player.greedy,
        workers: workers, registry: Knack.registry)
    }
    return try (player.untrained ?? .random).evaluate(
      player.environment ?? "", settings: player.world.read(), episodes: episodes, seed: player.seed,
      workers: workers, registry: Knack.registry)
  }
}
