import KnackEnvironment
import KnackNetworks

/// What several runs of one configuration with different seeds came to.
public struct SeedReport: Sendable {
  /// One run.
  public struct Run: Sendable {
    /// Its folder and its seed.
    public let directory: RunDirectory, seed: UInt64
    /// How far it came.
    public let progress: RunProgress
  }

  /// What was run, but for the seed.
  public let configuration: ExperimentConfiguration
  /// The runs in the order of their seeds.
  public let runs: [Run]

  /// The report of the runs in the given folders, each that of a run or one that holds runs.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where a folder holds no run, a run is not finished, two have the same seed
  ///   or their configurations differ in anything else that touches the result.
  public init(_ folders: [String]) throws(ExperimentError) {
    var runs: [Run] = []
    var configurations: [ExperimentConfiguration] = []
    for folder in folders {
      for directory in try RunDirectory.all(in: folder) {
        var configuration = try directory.configuration()
        let progress = try directory.progress()
        guard progress.isComplete else {
          throw .mistake(
            "'\(directory.path)' is at step \(progress.environmentSteps) of \(configuration.training.steps); finish it "
              + "with knack train --resume \(directory.path).")
        }
        let seed = configuration.training.seed
        if let other = runs.first(where: { $0.seed == seed }) {
          throw .mistake(
            "'\(other.directory.path)' and '\(directory.path)' have the same seed; leave one of them out.")
        }
        runs.append(Run(directory: directory, seed: seed, progress: progress))
        configuration.training.seed = configurations.first?.training.seed ?? seed
        configurations.append(configuration)
        if let key = configuration.firstDifference(from: configurations[0]) {
          throw .mistake(
            "'\(directory.path)' has \(key.path) \(key.value(in: configuration).yaml) where "
              + "'\(runs[0].directory.path)' has \(key.value(in: configurations[0]).yaml); only runs that differ in "
              + "nothing but their seeds make one result.")
        }
      }
    }
    guard let first = configurations.first else { throw .mistake("Name at least one run.") }
    configuration = first
    self.runs = runs.sorted { $0.seed < $1.seed }
  }

  /// What is compared over the seeds.
  var measures: [SeedMeasure] { SeedMeasure.all(of: runs.map(\.progress)) }

  /// For each achievement, the mean over the runs of the percentage of training episodes that reached it.
  var score: (names: [String], percentages: [Double])? {
    let scores = runs.compactMap { $0.progress.score }
    guard scores.count == runs.count, let names = scores.first?.names else { return nil }
    return (names, names.indices.map { i in Statistics.mean(scores.map { $0.percentages[i] }) })
  }

  /// The report for people.
  public var text: String {
    let measures = measures
    func row(_ name: String, _ value: (SeedMeasure) -> String) -> [String] { [name] + measures.map(value) }
    func interval(_ statistic: @escaping ([Double]) -> Double) -> (SeedMeasure) -> String {
      { measure in
        let estimate = Statistics.bootstrap(measure.values, statistic)
        return "\(fixed(estimate.low, measure.digits)) to \(fixed(estimate.high, measure.digits))"
      }
    }
    var rows = [row("seed") { $0.name }]
    for (i, run) in runs.enumerated() { rows.append(row("\(run.seed)") { fixed($0.values[i], $0.digits) }) }
    rows += [
      row("mean") { fixed(Statistics.mean($0.values), $0.digits) },
      row("standard deviation") { fixed(Statistics.standardDeviation($0.values), $0.digits) },
      row("95 % interval of the mean", interval(Statistics.mean)),
      row("interquartile mean") { fixed(Statistics.interquartileMean($0.values), $0.digits) },
      row("its 95 % interval", interval(Statistics.interquartileMean)),
    ]
    let steps = grouped(configuration.training.steps)
    return
      "\(configuration.environment.id), observations: \(configuration.environment.shown), \(runs.count) "
      + "seeds, \(steps) environment steps\n\n" + table(rows) + scoreText(steps)
  }

  private func scoreText(_ steps: String) -> String {
    guard let score else { return "" }
    let values = runs.compactMap { $0.progress.score?.score }
    let returns = runs.compactMap { $0.progress.total.episodeReturn }
    func spread(_ values: [Double]) -> String {
      PublishedScore.Spread(Statistics.mean(values), Statistics.standardDeviation(values)).text
    }
    return "\nachievements, mean over seeds\n"
      + table(zip(score.names, score.percentages).map { [$0, fixed($1, $1 < 10 ? 2 : 1) + " %"] }) + "\n"
      + PublishedScore.table(
        beside: ("these \(runs.count) seeds", spread(values), spread(returns), steps), configuration)
  }

  /// The report as JSON, which says all that is needed to run it again: fit to be kept beside the configuration.
  public var json: JSON {
    var fields: [(name: String, value: JSON)] = [
      ("environment", .string(configuration.environment.id)),
      ("observation", .string(configuration.environment.shown)),
      ("environmentSteps", .integer(configuration.training.steps)),
    ]
    for measure in measures { fields.append((measure.key, aggregate(measure.values))) }
    if let score {
      fields.append(
        ("achievementRates", .object(zip(score.names, score.percentages).map { ($0, .number($1)) })))
    }
    fields.append(("runs", .array(runs.map(describe))))
    let rows = PublishedScore.rows(configuration)
    if !rows.isEmpty { fields.append(("published", .array(rows.map(\.json)))) }
    let keys = ConfigurationKey.all.filter { $0.changesResult && $0.path != "training.seed" }
    fields.append(("configuration", .object(keys.map { ($0.path, $0.value(in: configuration).json) })))
    return .object(fields)
  }

  private func aggregate(_ values: [Double]) -> JSON {
    func interval(_ statistic: ([Double]) -> Double) -> JSON {
      let estimate = Statistics.bootstrap(values, statistic)
      return .array([.number(estimate.low), .number(estimate.high)])
    }
    return .fields([
      "mean": .number(Statistics.mean(values)),
      "standardDeviation": .number(Statistics.standardDeviation(values)),
      "meanInterval": interval(Statistics.mean),
      "interquartileMean": .number(Statistics.interquartileMean(values)),
      "interquartileMeanInterval": interval(Statistics.interquartileMean),
    ])
  }

  private func describe(_ run: Run) -> JSON {
    let progress = run.progress
    var fields: [(name: String, value: JSON)] = [("seed", .integer(Int(clamping: run.seed)))]
    if let score = progress.score {
      fields += [
        ("crafterScore", .number(score.score)), ("achievementRates", score.rates),
        ("trainingEpisodes", progress.total.json),
      ]
    } else {
      fields += [
        ("successRate", .number(progress.recent.successRate ?? .nan)),
        ("episodeReturn", .number(progress.recent.episodeReturn ?? .nan)),
      ]
    }
    return .object(
      fields + [
        ("environmentSteps", .integer(progress.environmentSteps)),
        ("gradientSteps", .integer(progress.gradientSteps)), ("seconds", .number(progress.seconds)),
        ("machine", .string(progress.machine)),
      ])
  }

  /// Writes the JSON to a file that is easy to read and to compare, making its folder where there is none.
  public func write(to file: String) throws(ExperimentError) {
    try Files.makeFolder(Files.folder(of: file))
    try Files.replace(file, Array((json.document() + "\n").utf8))
  }
}

extension RunDirectory {
  /// The run in a folder, or the runs in its folders, in the order of their names.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where there is none.
  static func all(in folder: String) throws(ExperimentError) -> [RunDirectory] {
    guard Files.isFolder(folder), !Files.exists(Files.join(folder, "config.yaml")) else {
      return [try RunDirectory(folder)]
    }
    var runs: [RunDirectory] = []
    for name in Files.names(in: folder).sorted() where !name.hasPrefix(".") {
      let path = Files.join(folder, name)
      if Files.exists(Files.join(path, "config.yaml")) { runs.append(try RunDirectory(path)) }
    }
    guard !runs.isEmpty else {
      throw .mistake(
        "'\(folder)' is no run and holds none; give folders that `knack train` made, or one that holds them.")
    }
    return runs
  }

  /// How far the run has come.
  ///
  /// - Throws: ``ExperimentError/failure(_:)`` where its latest checkpoint is damaged.
  func progress() throws(ExperimentError) -> RunProgress {
    let configuration = try configuration()
    return try CheckpointStore(self, configuration, ParameterLayout()).progress("latest")
  }
}
