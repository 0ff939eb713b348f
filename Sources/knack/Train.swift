import ArgumentParser
import KnackEnvironment
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
    let calibrationSteps =
      run.practisesGoals ? try run.directory.keepLibrary(workers: workers ?? 0, registry: Knack.registry) : 0
    let tasks = try evaluateSkills(run)
    if json.isOn {
      guard case .object(let fields) = run.result else { return }
      let calibration: [(name: String, value: JSON)] =
        run.practisesGoals ? [("calibrationSteps", .integer(calibrationSteps))] : []
      print(JSON.object(fields + calibration + (tasks.map { [("tasks", $0.json)] } ?? [])).text)
    } else {
      print(run.summary + (tasks.map { "\n" + $0.text } ?? ""), terminator: "")
    }
  }

  /// Lets a planning agent play tasks with the skills that were practised, where the configuration says so.
  private func evaluateSkills(_ run: TrainingRun) throws -> TaskReport? {
    guard run.practisesGoals else { return nil }
    let configuration = run.configuration, workers = workers ?? configuration.training.workers
    guard !configuration.agent.tasks.isEmpty else { return nil }
    return try run.directory.evaluateTasks(
      { evaluation throws(ExperimentError) in
        var evaluation = evaluation
        evaluation.worlds = configuration.agent.worlds
        evaluation.seed = configuration.evaluation.seed
        return evaluation
      }, suite: configuration.agent.tasks, workers: workers, registry: Knack.registry)
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
