import ArgumentParser
import KnackExperiments

struct Trace: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Replays actions in a world and prints one JSON object a reset or step.")

  @Option(help: "The world's id.")
  var environment: String?

  @Option(help: "The seed of the first reset.")
  var seed: UInt64 = 0

  @Option(
    parsing: .unconditional,
    help: "Actions between commas, or - to read them from standard input; -1 resets without a seed.")
  var actions: String?

  @Option(
    help:
      "A file of requests, one JSON object with environment, seed and actions a line; - for standard input.")
  var batch: String?

  @OptionGroup var world: WorldOptions

  @Flag(name: .customLong("json"), help: "Does nothing: a trace is JSON already.")
  var json = false

  func validate() throws {
    guard (environment == nil) != (batch == nil) else {
      throw ValidationError(
        "Give --environment with --seed and --actions, or --batch with a file of requests.")
    }
  }

  func run() throws {
    let requests: [TraceRequest]
    if let batch {
      requests = try TraceRequest.read(batch)
    } else {
      let text = actions ?? ""
      requests = [
        TraceRequest(
          environment: environment ?? "", seed: seed,
          actions: text == "-" ? try TraceRequest.actionsFromStandardInput() : try TraceRequest.actions(text))
      ]
    }
    let output = BufferedOutput()
    defer { try? output.flush() }
    try Knack.registry.replay(requests, settings: world.read(), output.print)
    try output.flush()
  }
}
