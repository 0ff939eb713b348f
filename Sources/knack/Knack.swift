import ArgumentParser
import KnackCrafter
import KnackEnvironment
import KnackExperiments
import KnackGridworld
import KnackOverworld
import KnackStage
import KnackViewer

/// The command line: each verb reads its arguments, calls one function of a library and prints what came back.
@main
struct Knack: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "knack",
    abstract: "Trains agents in fast simulated worlds, and measures them.",
    subcommands: [
      Train.self, Evaluate.self, Refine.self, Report.self, Watch.self, Play.self, Record.self,
      Demonstrate.self, Environments.self, Plan.self, Skills.self, Trace.self, Benchmark.self,
    ])

  /// The worlds that this program links.
  static let registry = EnvironmentRegistry(
    Gridworld.entries + Crafter.entries + Overworld.entries,
    ruleBooks: ["Overworld-v1": MinecraftRules.ruleBook])

  /// Exit codes: 0 for success, 1 for a failure, 2 for a mistake of the caller's, 130 after an interruption.
  static func main() {
    MatrixKernel.choose()
    Interrupt.ignoreFileSizeSignal()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as ExperimentError {
      printError("Error: \(error)")
      exit(withCode: error.exitCode)
    } catch let error as EnvironmentError {
      printError("Error: \(error)")
      exit(withCode: 2)
    } catch let error as StageError {
      printError("Error: \(error)")
      exit(withCode: 2)
    } catch let error as ViewerError {
      printError("Error: \(error)")
      exit(withCode: 1)
    } catch {
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      if code.isSuccess {
        print(message)
      } else if !message.isEmpty {
        printError(message)
      }
      exit(withCode: code == .validationFailure ? 2 : code.rawValue)
    }
  }

  private static func exit(withCode code: Int32) -> Never {
    exit(withError: ExitCode(code))
  }
}

/// `--world`, `--map` and `--option`.
struct WorldOptions: ParsableArguments {
  @Option(help: "A file with rules, or whatever else the world takes, in the place of its own.")
  var world: String?

  @Option(help: "A file with the map of every episode.")
  var map: String?

  @Option(
    name: .customLong("option"),
    help: ArgumentHelp(
      "An option of the world, which `knack environments show ID` explains. May be given several times.",
      valueName: "name=value"))
  var options: [String] = []

  /// Whether nothing is given.
  var isEmpty: Bool { world == nil && map == nil && options.isEmpty }

  func read() throws -> WorldSettings { try WorldSettings(world: world, map: map, options: options) }
}

/// `--json`.
struct JSONOption: ParsableArguments {
  @Flag(name: .customLong("json"), help: "Print JSON.")
  var isOn = false
}
