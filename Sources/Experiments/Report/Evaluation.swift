import KnackEnvironment
import KnackLearning

/// What an evaluation of a run found.
public struct EvaluationReport: Sendable {
  /// The checkpoint that was evaluated.
  public var checkpoint: String
  /// The episodes, the seed of their worlds, and whether the most probable action was taken.
  public var episodes: Int, seed: UInt64, greedy: Bool
  /// The share of successes with Wilson's interval.
  public var successRate: Statistics.Estimate
  /// Undiscounted return and length in steps, means with bootstrap intervals.
  public var episodeReturn: Statistics.Estimate, episodeLength: Statistics.Estimate
  /// How often each achievement was reached; nil in a world without.
  public var score: AchievementScore?
  /// What the policy was trained on.
  public var configuration: ExperimentConfiguration

  /// A report of outcomes.
  ///
  /// - Parameter achievements: the names of the world's.
  public init(
    _ outcomes: [EpisodeOutcome], checkpoint: String, seed: UInt64, greedy: Bool, achievements: [String] = [],
    configuration: ExperimentConfiguration = ExperimentConfiguration()
  ) {
    self.checkpoint = checkpoint
    self.configuration = configuration
    var summary = EpisodeSummary()
    for outcome in outcomes { summary.add(outcome) }
    score = AchievementScore(
      achievements, counts: summary.achievementCounts(achievements.count), of: outcomes.count)
    episodes = outcomes.count
    self.seed = seed
    self.greedy = greedy
    successRate = Statistics.proportion(successes: outcomes.count(where: \.success), of: outcomes.count)
    episodeReturn = Statistics.bootstrap(outcomes.map(\.return))
    episodeLength = Statistics.bootstrap(outcomes.map { Double($0.length) })
  }

  /// The report as JSON; each interval stands beside its estimate.
  public var json: JSON {
    func interval(_ estimate: Statistics.Estimate) -> JSON {
      .array([.number(estimate.low), .number(estimate.high)])
    }
    let json: JSON = .fields([
      "checkpoint": .string(checkpoint), "episodes": .integer(episodes),
      "seed": .integer(Int(clamping: seed)),
      "greedy": .boolean(greedy),
      "successRate": .number(successRate.value), "successRateInterval": interval(successRate),
      "episodeReturn": .number(episodeReturn.value), "episodeReturnInterval": interval(episodeReturn),
      "episodeLength": .number(episodeLength.value), "episodeLengthInterval": interval(episodeLength),
    ])
    guard let score, case .object(let fields) = json else { return json }
    return .object(
      fields + [("evaluationScore", .number(score.score)), ("evaluationAchievementRates", score.rates)])
  }

  /// The report for people.
  public var text: String {
    func row(_ name: String, _ estimate: Statistics.Estimate, _ digits: Int) -> [String] {
      [
        name, fixed(estimate.value, digits),
        "95 % interval \(fixed(estimate.low, digits)) to \(fixed(estimate.high, digits))",
      ]
    }
    return
      "\(episodes) episodes, seed \(seed), \(greedy ? "greedy" : "drawn") actions, checkpoint \(checkpoint)\n"
      + table([
        row("success rate", successRate, 3), row("episode return", episodeReturn, 3),
        row("episode length", episodeLength, 1),
      ]) + scoreText
  }

  /// The achievements for people, beside published results; empty in a world without achievements.
  private var scoreText: String {
    guard let score else { return "" }
    return "\n" + score.text
      + "score \(fixed(score.score, 2)) over these evaluation episodes; the published protocol counts those of training, "
      + "as `knack train` and `knack report` do\n\n"
      + PublishedScore.table(
        beside: ("evaluation episodes", fixed(score.score, 1), fixed(episodeReturn.value, 1), "-"),
        configuration)
  }
}

extension RunDirectory {
  /// The policy of a checkpoint, and the kind of world it was trained in.
  ///
  /// - Parameter checkpoint: `latest`, `best`, a milestone's name or a checkpoint's folder.
  /// - Throws: ``ExperimentError`` where there is no such checkpoint, or it is damaged or of another shape.
  public func policy(
    checkpoint: String = "latest", registry: EnvironmentRegistry
  ) throws(ExperimentError) -> (policy: Policy, world: WorldKind) {
    let (configuration, world) = try configuration().resolved(in: registry)
    do {
      var policy = try Policy(world: world.specification, network: configuration.network)
      let store = CheckpointStore(self, configuration, policy.network.layout)
      policy.parameters = try store.weights(checkpoint)
      return (policy, world)
    } catch let error as LearningError {
      throw .mistake(error.description)
    } catch let error as ExperimentError {
      throw error
    } catch {
      throw .failure("\(error)")
    }
  }

  /// Plays episodes with a checkpoint's policy and writes the report to `evaluation.json`. What is nil is taken from
  /// the run's configuration.
  ///
  /// - Throws: ``ExperimentError``.
  public func evaluate(
    checkpoint: String = "latest", episodes: Int? = nil, seed: UInt64? = nil, greedy: Bool? = nil,
    workers: Int = 0, registry: EnvironmentRegistry
  ) throws(ExperimentError) -> EvaluationReport {
    let configuration = try configuration(), settings = configuration.evaluation
    let (policy, world) = try policy(checkpoint: checkpoint, registry: registry)
    let seed = seed ?? settings.seed, greedy = greedy ?? settings.greedy
    let outcomes = KnackLearning.evaluate(
      policy, world: world, episodes: episodes ?? settings.episodes, seed: seed, greedy: greedy,
      pool: try makePool(workers: workers))
    let report = EvaluationReport(
      outcomes, checkpoint: checkpoint, seed: seed, greedy: greedy,
      achievements: world.specification.achievementNames, configuration: configuration)
    try Files.replace(evaluationFile, Array((report.json.text + "\n").utf8))
    return report
  }
}
