import KnackEnvironment
import KnackLearning

/// One run of an experiment, from its first step or from its latest checkpoint to its end.
///
/// ```swift
/// let run = try TrainingRun(configuration, registry: registry, path: "runs/trial")
/// let result = try run.train()
/// ```
///
/// The same configuration and seed lead to the same bytes of weights, whatever the number of workers, and however
/// often the process was killed and the run opened again.
public final class TrainingRun {
  /// Where the run lies.
  public let directory: RunDirectory
  /// What is run, as resolved.
  public let configuration: ExperimentConfiguration
  /// How far it has come.
  public private(set) var progress: RunProgress
  /// Whether goals are practised in its world, so that there are skills to keep.
  public let practisesGoals: Bool
  /// The steps at which this process took it up; 0 for a new run.
  public let stepsAtStart: Int

  private let trainer: any Trainer
  /// What can be brought about by the rules of its world.
  private let operators: [Operator]
  private let workers: Int
  private let checkpoints: CheckpointStore
  private let metrics: MetricsWriter
  private let lock: RunLock

  /// The operators that it has learnt, beside those of the rules; nil where it learns none.
  var learnedGraph: LearnedGraph? {
    let learned = trainer.learnedOperators
    return learned.isEmpty ? nil : LearnedGraph(learned, truth: operators)
  }

  /// Why training came back.
  public enum Outcome: Sendable, Equatable {
    /// The budget is used up, or the success that was asked for is reached.
    case completed
    /// The caller wanted it to stop; the state is saved.
    case interrupted
  }

  /// Opens the run at `path`, or makes it where there is none. A run of the same configuration goes on; one of another
  /// is refused.
  ///
  /// - Parameter command: the command line, for the record.
  /// - Throws: ``ExperimentError``; nothing is left behind where a new run could not be made whole.
  public convenience init(
    _ configuration: ExperimentConfiguration, registry: EnvironmentRegistry, path: String,
    command: [String] = []
  ) throws(ExperimentError) {
    let (resolved, world) = try configuration.resolved(in: registry)
    let isRun = try RunDirectory.isRun(path)
    if isRun { try Self.check(resolved, against: try RunDirectory(path)) }
    let pool = try makePool(workers: resolved.training.workers)
    let trainer = try resolved.makeTrainer(
      world: world,
      demonstrated: resolved.algorithm == .ppo
        ? nil : try resolved.demonstratedWorld(for: world.specification, in: registry),
      pool: pool)
    try self.init(
      resolved, trainer, achievements: world.specification.achievementNames, isRun: isRun, path: path,
      command: command, workers: pool.workers, practisesGoals: world.practice != nil,
      operators: world.specification.operators)
  }

  /// Opens the run at `path` with the settings that it was begun with.
  ///
  /// - Parameter workers: threads, where the run's own number is not wanted.
  /// - Throws: ``ExperimentError``; ``ExperimentError/mistake(_:)`` where there is no run.
  public convenience init(
    resuming path: String, workers: Int? = nil, registry: EnvironmentRegistry
  ) throws(ExperimentError) {
    var configuration = try RunDirectory(path).configuration()
    if let workers { try configuration.set("training.workers=\(workers)") }
    try self.init(configuration, registry: registry, path: path)
  }

  /// Opens or makes a run with a trainer that has not done anything yet.
  init(
    _ configuration: ExperimentConfiguration, _ trainer: any Trainer, achievements: [String], isRun: Bool,
    path: String,
    command: [String], workers: Int, practisesGoals: Bool = false, operators: [Operator] = []
  ) throws(ExperimentError) {
    self.operators = operators
    self.configuration = configuration
    self.practisesGoals = practisesGoals
    self.trainer = trainer
    self.workers = workers
    directory =
      isRun
      ? try RunDirectory(path)
      : try RunDirectory.create(path, configuration, command: command) {
        (draft, eventsBytes) throws(ExperimentError) in
        var progress = RunProgress()
        progress.eventsBytes = eventsBytes
        progress.achievements = achievements
        try CheckpointStore(draft, configuration, trainer.layout).commit(trainer.state(), progress)
      }
    lock = try RunLock(directory)
    checkpoints = CheckpointStore(directory, configuration, trainer.layout)
    progress = try checkpoints.progress("latest")
    stepsAtStart = progress.environmentSteps
    let state = try checkpoints.state("latest")
    do {
      try trainer.restore(state)
    } catch {
      throw .failure(error.description)
    }
    try checkpoints.rewind(to: progress)
    metrics = try MetricsWriter(directory, progress)
  }

  private static func check(
    _ configuration: ExperimentConfiguration, against run: RunDirectory
  ) throws(ExperimentError) {
    let stored = try run.configuration()
    guard let key = configuration.firstDifference(from: stored) else { return }
    let difference =
      key.file == nil
      ? "\(key.path) is \(key.value(in: stored).yaml) there and \(key.value(in: configuration).yaml) here"
      : "the file of \(key.path) says something else there"
    throw .mistake(
      "'\(run.path)' holds a run of another configuration (\(difference)); choose another --run-dir.")
  }

  /// Trains to the end of the run.
  ///
  /// - Parameters:
  ///   - observe: called after every iteration.
  ///   - shouldStop: asked after every iteration; once true, the state is saved and training comes back.
  /// - Throws: ``ExperimentError/failure(_:)``; the latest checkpoint stays whole.
  public func train(
    observe: (TrainingRun) -> Void = { _ in }, shouldStop: () -> Bool = { false }
  ) throws(ExperimentError) -> Outcome {
    progress.machine = Machine.description
    let secondsBefore = progress.seconds, availableBefore = progress.available
    let start = monotonicNanoseconds()
    while !progress.isComplete {
      let steps = progress.environmentSteps
      let statistics: IterationStatistics
      do {
        statistics = try trainer.iterate()
      } catch {
        try metrics.sync()
        throw .failure(error.description)
      }
      let elapsed = monotonicNanoseconds() - start
      progress.add(statistics)
      progress.seconds = secondsBefore + Double(elapsed) * 1e-9
      progress.available = availableBefore + elapsed * UInt64(workers)
      judge()
      try metrics.write(statistics, progress)
      let isInterrupted = shouldStop() && !progress.isComplete
      if progress.isComplete || crosses(configuration.training.checkpointEvery, from: steps) {
        rate()
        try save(from: steps)
      } else if isInterrupted || crosses(configuration.training.milestoneEvery, from: steps) {
        try save(from: steps)
      }
      observe(self)
      if isInterrupted { return .interrupted }
    }
    return .completed
  }

  /// Decides whether the run has come to its end.
  private func judge() {
    let goal = configuration.training.stopAtSuccess
    if goal > 0, progress.hasEnoughEpisodes, let rate = progress.recent.successRate, rate >= goal {
      progress.stepsToSuccess = progress.environmentSteps
      progress.isComplete = true
    }
    if progress.environmentSteps >= configuration.training.steps { progress.isComplete = true }
  }

  /// Makes this the best checkpoint if its success rate, or else its return, is higher. Only checkpoints that every run
  /// of the configuration makes are compared, so that an interruption does not change which is the best.
  ///
  /// Where achievements are scored, episodes neither succeed nor fail, and the return alone decides.
  private func rate() {
    guard let rate = progress.recent.successRate, let value = progress.recent.episodeReturn else { return }
    let success = progress.achievements.isEmpty ? rate : 0
    if let best = progress.best, (success, value) <= (best.successRate, best.episodeReturn) { return }
    progress.best = RunProgress.Best(
      checkpoint: CheckpointStore.name(atStep: progress.environmentSteps), successRate: success,
      episodeReturn: value)
  }

  private func crosses(_ interval: Int, from steps: Int) -> Bool {
    interval > 0 && progress.environmentSteps / interval > steps / interval
  }

  private func save(from steps: Int) throws(ExperimentError) {
    try metrics.sync()
    (progress.metricsBytes, progress.eventsBytes) = metrics.byteCounts
    try checkpoints.commit(
      trainer.state(), progress, isMilestone: crosses(configuration.training.milestoneEvery, from: steps))
  }

  /// The result, for `--json`.
  public var result: JSON {
    let recent = progress.recent
    var fields: [(name: String, value: JSON)] = [
      ("runDirectory", .string(directory.path)),
      ("environmentSteps", .integer(progress.environmentSteps)),
      ("gradientSteps", .integer(progress.gradientSteps)),
      ("seconds", .number(progress.seconds)),
      ("stepsPerSecond", .number(progress.stepsPerSecond)),
      ("successRate", .number(recent.successRate ?? .nan)),
      ("episodeReturn", .number(recent.episodeReturn ?? .nan)),
      ("episodeLength", .number(recent.episodeLength ?? .nan)),
    ]
    if let score = progress.score {
      fields.append(("crafterScore", .number(score.score)))
      fields.append(("achievementRates", score.rates))
      fields.append(("trainingEpisodes", progress.total.json))
    }
    if let graph = learnedGraph { fields.append(("learnedGraph", graph.json)) }
    if practisesGoals { fields.append(("worldSteps", .integer(trainer.worldSteps))) }
    if let steps = progress.stepsToSuccess { fields.append(("stepsToSuccess", .integer(steps))) }
    fields.append(("time", .object(progress.timeShares.map { ($0.activity, .number($0.share)) })))
    return .object(fields)
  }

  /// The result for people.
  public var summary: String {
    let recent = progress.recent
    let success = progress.achievements.isEmpty ? "success \(recent.successRate.map(percent) ?? "-"), " : ""
    let value = recent.episodeReturn.map { fixed($0, 3) } ?? "-"
    let steps =
      practisesGoals
      ? "\(grouped(progress.environmentSteps)) moves, \(grouped(trainer.worldSteps)) steps of the world"
      : "\(progress.environmentSteps) environment steps"
    return "\(steps), \(progress.gradientSteps) gradient steps in "
      + "\(fixed(progress.seconds, 1)) s (\(short(progress.stepsPerSecond)) steps/s); "
      + "last \(recent.count) training episodes: \(success)return \(value)"
      + (progress.stepsToSuccess.map { "; success reached after \($0) steps" } ?? "") + "\n" + scoreText
      + (learnedGraph?.text ?? "")
  }

  /// The achievements for people, beside published results; empty in a world without achievements.
  private var scoreText: String {
    guard let score = progress.score else { return "" }
    let total = progress.total
    let steps = grouped(min(progress.environmentSteps, configuration.training.steps))
    let value = total.episodeReturn.map { fixed($0, 2) } ?? "-"
    return "\n" + score.text
      + "score \(fixed(score.score, 2)) over the \(grouped(total.count)) training episodes that ended within \(steps) "
      + "environment steps: return \(value), length \(total.episodeLength.map { fixed($0, 1) } ?? "-")\n\n"
      + PublishedScore.table(
        beside: ("this run", fixed(score.score, 1), value, steps), configuration)
  }
}
