import ArgumentParser
import KnackExperiments

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Plays episodes with a trained policy and writes evaluation.json into its run.")

  @Argument(help: ArgumentHelp("The folder of a run.", valueName: "run"))
  var folder: String

  @Option(help: "Episodes to play (default: the configuration's evaluation.episodes).")
  var episodes: Int?

  @Option(help: "The seed of the worlds (default: evaluation.seed).")
  var seed: UInt64?

  @Flag(inversion: .prefixedNo, help: "Take the most probable action (default: evaluation.greedy).")
  var greedy: Bool?

  @Option(help: "latest, best, a milestone or a checkpoint's folder.")
  var checkpoint = "latest"

  @Option(help: "Threads; 0 for one a core. The result does not depend on it.")
  var workers = 0

  @OptionGroup var json: JSONOption

  func validate() throws {
    guard (episodes ?? 1) >= 1 else { throw ValidationError("--episodes must be at least 1.") }
    guard workers >= 0 else { throw ValidationError("--workers must be at least 0.") }
  }

  func run() throws {
    let report = try RunDirectory(folder).evaluate(
      checkpoint: checkpoint, episodes: episodes, seed: seed, greedy: greedy, workers: workers,
      registry: Knack.registry)
    print(json.isOn ? report.json.text : report.text, terminator: json.isOn ? "\n" : "")
  }
}
