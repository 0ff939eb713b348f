import Foundation
import KnackEnvironment

/// What a page knows of one run, which may still be going on.
struct RunRecord: Sendable {
  /// Where it lies.
  let directory: RunDirectory
  /// What was run.
  let configuration: ExperimentConfiguration
  /// How far it had come at its latest checkpoint.
  let progress: RunProgress
  /// How it went, up to the latest record.
  let history: MetricsHistory
  /// The latest evaluation, if there was one.
  let evaluation: Evaluation?
  /// The world as it was made; nil where this program does not know it.
  let world: WorldSpecification?
  /// The world with what is not as it comes: `Overworld-v1, task craft_stick`.
  let worldName: String

  /// What `evaluation.json` says.
  struct Evaluation: Decodable, Sendable {
    var checkpoint: String
    var episodes: Int
    var greedy: Bool
    var successRate: Double, successRateInterval: [Double]
    var episodeReturn: Double, episodeReturnInterval: [Double]
    var evaluationAchievementRates: [String: Double]?
  }

  /// Reads a run.
  ///
  /// - Throws: ``ExperimentError`` where it is gone or damaged.
  init(_ directory: RunDirectory, registry: EnvironmentRegistry) throws(ExperimentError) {
    self.directory = directory
    configuration = try directory.configuration()
    progress = try directory.progress()
    history = try MetricsHistory(directory)
    evaluation = try Self.evaluation(directory)
    let environment = configuration.environment
    world = try? registry.kind(
      environment.id, observation: environment.observation, settings: environment.settings
    ).specification
    let options = (try? registry.options(environment.id, settings: environment.settings)) ?? []
    worldName = Self.name(environment, options)
  }

  private static func evaluation(_ directory: RunDirectory) throws(ExperimentError) -> Evaluation? {
    let file = directory.evaluationFile
    guard Files.exists(file) else { return nil }
    let bytes = try Files.read(file, what: "evaluation")
    guard let evaluation = try? JSONDecoder().decode(Evaluation.self, from: Data(bytes)),
      evaluation.successRateInterval.count == 2, evaluation.episodeReturnInterval.count == 2
    else {
      throw .failure("\(file) is damaged; make it anew with knack evaluate \(directory.path), or delete it.")
    }
    return evaluation
  }

  private static func name(
    _ environment: ExperimentConfiguration.Environment, _ options: [WorldOption]
  ) -> String {
    let settings = environment.settings
    let files = [("rules", settings.world), ("map", settings.map)].compactMap { what, file in
      file.map { "\(what) \(Files.name(of: $0.name))" }
    }
    let chosen = settings.options.filter { setting in
      options.first { $0.name == setting.name }?.standard != setting.value
    }
    return ([environment.id] + chosen.map { "\($0.name) \($0.value)" } + files).joined(separator: ", ")
  }

  /// The environment steps of the latest record.
  var steps: Int { max(progress.environmentSteps, Int(history[.steps].last ?? 0)) }
  /// The seconds of training up to the latest record.
  var seconds: Double { max(progress.seconds, history[.seconds].last ?? 0) }
  /// Its seed.
  var seed: UInt64 { configuration.training.seed }

  /// Whether it came to its end, and how.
  var state: String {
    if !progress.isComplete {
      return "unfinished, at \(percent(Double(steps) / Double(configuration.training.steps)))"
    }
    return progress.stepsToSuccess == nil ? "finished" : "reached its goal"
  }
}
