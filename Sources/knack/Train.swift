import ArgumentParser
import KnackExperiments

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains what a configuration describes.",
    discussion: """
      A run lies in runs/<configuration>/seed-<n> unless --run-dir says otherwise. Where that folder holds a run of the \
      same configuration, the run goes on at its latest checkpoint, to the same result as if it had never stopped; \
      a run of another configuration is left alone. Ctrl-C saves and ends.
      """)

  @Argument(help: "The configuration, a YAML file.")
  var config: String?

  @Option(help: "Go on with the run in this folder.")
  var resume: String?

  @Option(help: "The seed; the same as --set training.seed=N.")
  var seed: UInt64?

  @Option(help: "Threads; the same as --set training.workers=N. The result does not depend on it.")
  var workers: Int?

  @Option(help: "Where the run lies.")
  var runDir: String?

  @Option(name: .customLong("set"), help: "Overrides a setting: key=value. May be given several times.")
  var overrides: [String] = []

  @Flag(help: "Print every setting with its type, default and meaning.")
  var explain = false

  @OptionGroup var json: JSONOption

  func validate() throws {
    guard explain || (config == nil) != (resume == nil) else {
      throw ValidationError("Give a configuration to train, or --resume with the folder of a run.")
    }
    guard resume == nil || (runDir == nil && seed == nil && overrides.isEmpty) else {
      throw ValidationError("A run is resumed with its own settings; leave out --run-dir, --seed and --set.")
    }
  }

  func run() throws {
    if explain {
      print(json.isOn ? ConfigurationKey.explanationAsJSON.text : ConfigurationKey.explanation)
      return
    }
    let run = try open()
    if !json.isOn { print("run: \(run.directory.path)") }
    if run.progress.isComplete {
      printError("This run is complete already.")
    } else if run.stepsAtStart > 0 {
      printError("Going on at step \(run.stepsAtStart).")
    }
    Interrupt.install()
    let reporter = ProgressReporter()
    let outcome = try run.train(observe: reporter.show, shouldStop: { Interrupt.isRequested })
    reporter.finish(run)
    if outcome == .interrupted {
      printError(
        "Saved at step \(run.progress.environmentSteps). Go on with: knack train --resume \(run.directory.path)"
      )
      throw ExitCode(130)
    }
    print(json.isOn ? run.result.text : run.summary, terminator: json.isOn ? "\n" : "")
  }

  private func open() throws -> TrainingRun {
    if let resume {
      return try TrainingRun(resuming: resume, workers: workers, registry: Knack.registry)
    }
    let file = config ?? ""
    var configuration = try ExperimentConfiguration(file: file, overrides: overrides)
    if let seed { try configuration.set("training.seed=\(seed)") }
    if let workers { try configuration.set("training.workers=\(workers)") }
    let path =
      runDir ?? RunDirectory.defaultPath(configurationFile: file, seed: configuration.training.seed)
    return try TrainingRun(
      configuration, registry: Knack.registry, path: path, command: CommandLine.arguments)
  }
}
