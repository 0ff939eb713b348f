import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackSkills

/// What an evaluation found.
public struct EvaluationReport: Sendable {
  /// Who played.
  public enum Player: Sendable, Equatable {
    /// The policy of a run's checkpoint; whether it took the most probable action.
    case checkpoint(String, greedy: Bool)
    /// The hierarchical agent with a checkpoint's policy for its skills.
    case agent(String, greedy: Bool)
    /// One who was not trained, in a world of this id with these values of its options.
    case untrained(UntrainedPlayer, environment: String, options: [WorldSetting])
  }

  /// Who played.
  public var player: Player
  /// The episodes, and the seed of their worlds.
  public var episodes: Int, seed: UInt64
  /// The share of successes with Wilson's interval.
  public var successRate: Statistics.Estimate
  /// Undiscounted return and length in steps, means with bootstrap intervals.
  public var episodeReturn: Statistics.Estimate, episodeLength: Statistics.Estimate
  /// How often each achievement was reached; nil in a world without.
  public var score: AchievementScore?
  /// What the policy was trained on; the defaults for one that was not trained.
  public var configuration: ExperimentConfiguration

  /// A report of outcomes.
  ///
  /// - Parameter achievements: the names of the world's.
  public init(
    _ outcomes: [EpisodeOutcome], of player: Player, seed: UInt64, achievements: [String] = [],
    configuration: ExperimentConfiguration = ExperimentConfiguration()
  ) {
    self.player = player
    self.configuration = configuration
    var summary = EpisodeSummary()
    for outcome in outcomes { summary.add(outcome) }
    score = AchievementScore(
      achievements, counts: summary.achievementCounts(achievements.count), of: outcomes.count)
    episodes = outcomes.count
    self.seed = seed
    successRate = Statistics.proportion(successes: outcomes.count(where: \.success), of: outcomes.count)
    episodeReturn = Statistics.bootstrap(outcomes.map(\.return))
    episodeLength = Statistics.bootstrap(outcomes.map { Double($0.length) })
  }

  /// The report as JSON; each interval stands beside its estimate.
  public var json: JSON {
    func interval(_ estimate: Statistics.Estimate) -> JSON {
      .array([.number(estimate.low), .number(estimate.high)])
    }
    let who: [(String, JSON)] =
      switch player {
      case .checkpoint(let name, let greedy): [("checkpoint", .string(name)), ("greedy", .boolean(greedy))]
      case .agent(let name, let greedy):
        [("checkpoint", .string(name)), ("greedy", .boolean(greedy)), ("agent", .boolean(true))]
      case .untrained(let player, let id, let options):
        [
          ("environment", .string(id)), ("options", .object(options.map { ($0.name, .string($0.value)) })),
          ("policy", .string(player.rawValue)),
        ]
      }
    let found: JSON = .fields([
      "episodes": .integer(episodes), "seed": .integer(Int(clamping: seed)),
      "successRate": .number(successRate.value), "successRateInterval": interval(successRate),
      "episodeReturn": .number(episodeReturn.value), "episodeReturnInterval": interval(episodeReturn),
      "episodeLength": .number(episodeLength.value), "episodeLengthInterval": interval(episodeLength),
    ])
    guard case .object(let fields) = found else { return found }
    let scores: [(String, JSON)] =
      score.map { [("evaluationScore", .number($0.score)), ("evaluationAchievementRates", $0.rates)] } ?? []
    return .object(who + fields + scores)
  }

  /// The report for people.
  public var text: String {
    func row(_ name: String, _ estimate: Statistics.Estimate, _ digits: Int) -> [String] {
      [
        name, fixed(estimate.value, digits),
        "95 % interval \(fixed(estimate.low, digits)) to \(fixed(estimate.high, digits))",
      ]
    }
    let who =
      switch player {
      case .checkpoint(let name, let greedy): "\(greedy ? "greedy" : "drawn") actions, checkpoint \(name)"
      case .agent(let name, let greedy):
        "the hierarchical agent, \(greedy ? "greedy" : "drawn") actions, checkpoint \(name)"
      case .untrained(let player, let id, let options):
        ([id] + options.map { "\($0.name)=\($0.value)" }).joined(separator: " ")
          + ", actions: \(player.rawValue)"
      }
    return "\(episodes) episodes, seed \(seed), \(who)\n"
      + table([
        row("success rate", successRate, 3), row("episode return", episodeReturn, 3),
        row("episode length", episodeLength, 1),
      ]) + scoreText
  }

  /// The achievements for people, beside published results; empty in a world without achievements.
  private var scoreText: String {
    guard let score else { return "" }
    if case .untrained = player {
      return "\n\(score.text)score \(fixed(score.score, 2)) over these episodes\n"
    }
    return "\n" + score.text
      + "score \(fixed(score.score, 2)) over these evaluation episodes; the published protocol counts those of training, "
      + "as `knack train` and `knack report` do\n\n"
      + PublishedScore.table(
        beside: ("evaluation episodes", fixed(score.score, 1), fixed(episodeReturn.value, 1), "-"),
        configuration)
  }
}

extension RunDirectory {
  /// The policy of a checkpoint, the kind of world it was trained in, and, where it learnt to reach goals, who asks for them.
  ///
  /// - Parameter checkpoint: `latest`, `best`, a milestone's name or a checkpoint's folder.
  /// - Throws: ``ExperimentError`` where there is no such checkpoint, or it is damaged or of another shape.
  public func policy(
    checkpoint: String = "latest", registry: EnvironmentRegistry
  ) throws(ExperimentError) -> (policy: Policy, world: WorldKind, director: (any GoalDirector)?) {
    let (configuration, world) = try configuration().resolved(in: registry)
    guard configuration.algorithm == .ppo else {
      throw .mistake(
        "'\(path)' is a run of \(configuration.algorithm.rawValue), whose policy is no actor-critic; choose one of ppo."
      )
    }
    do {
      var policy = try Policy(world: world.specification, network: configuration.network)
      let store = CheckpointStore(self, configuration, policy.network.layout)
      policy.parameters = try store.weights(checkpoint)
      var director = try configuration.makeDirector(for: world)
      if director?.restore(try store.blobs(checkpoint)["director"] ?? []) == false {
        throw ExperimentError.failure(
          "The checkpoint '\(checkpoint)' of '\(path)' does not say what was learnt about goals; train the run anew."
        )
      }
      return (policy, world, director)
    } catch let error as LearningError {
      throw .mistake(error.description)
    } catch let error as ExperimentError {
      throw error
    } catch {
      throw .failure("\(error)")
    }
  }

  /// Whoever a checkpoint's policy plays as, and the kind of world that it was trained in.
  ///
  /// - Throws: ``ExperimentError`` as ``policy(checkpoint:registry:)``.
  public func player(
    checkpoint: String = "latest", greedy: Bool, registry: EnvironmentRegistry
  ) throws(ExperimentError) -> (player: KnackLearning.Player, world: WorldKind) {
    let (configuration, world) = try configuration().resolved(in: registry)
    let cardinalities = world.specification.observation.cardinalities
    func perceptron(
      _ prefix: String, _ cardinalities: [Int], features: Int = 0, _ outputs: Int
    ) throws(ExperimentError) -> PerceptronPolicy {
      let network = Perceptron(
        "policy", cardinalities: cardinalities, features: features, outputs: outputs, configuration.network)
      let store = CheckpointStore(self, configuration, network.layout)
      return PerceptronPolicy(
        network, parameters: try store.weights(checkpoint, of: network.layout, prefix: prefix))
    }
    let actions = world.specification.actions.count
    switch configuration.algorithm {
    case .ppo:
      let (policy, world, director) = try policy(checkpoint: checkpoint, registry: registry)
      return (.policy(policy, greedy: greedy, director: director), world)
    case .sac: return (.acting(try perceptron("", cardinalities, actions), greedy: greedy), world)
    case .skillCritic:
      let settings = configuration.skillCritic, length = settings.embedding.length
      let highLevel: SkillPolicy.HighLevel, codes: Int, dimensions: Int
      switch settings.kind {
      case .codebook:
        (codes, dimensions) = (settings.embedding.skills, 0)
        highLevel = .codes(try perceptron("high-level.", cardinalities, codes))
      case .points:
        (codes, dimensions) = (1, settings.points.dimensions)
        let gaussian = DiagonalGaussian(
          dimensions: dimensions, logDeviations: settings.points.logDeviations)
        highLevel = .points(try perceptron("high-level.", cardinalities, gaussian.parameters), gaussian)
      }
      let policy = SkillPolicy(
        highLevel: highLevel,
        lowLevel: try perceptron(
          "low-level.", cardinalities + [codes, length], features: dimensions, actions), length: length)
      return (.acting(policy, greedy: greedy), world)
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
    let seed = seed ?? settings.seed, greedy = greedy ?? settings.greedy
    let (player, world) = try player(checkpoint: checkpoint, greedy: greedy, registry: registry)
    let outcomes = KnackLearning.evaluate(
      player, world: world,
      episodes: episodes ?? settings.episodes, seed: seed,
      pool: try makePool(workers: workers))
    let report = EvaluationReport(
      outcomes, of: .checkpoint(checkpoint, greedy: greedy), seed: seed,
      achievements: world.specification.achievementNames, configuration: configuration)
    try Files.replace(evaluationFile, Array((report.json.text + "\n").utf8))
    return report
  }
}

/// One who plays without having been trained.
public enum UntrainedPlayer: String, Sendable, CaseIterable {
  /// Any action with equal probability.
  case random
  /// The expert that the world brings along.
  case expert

  /// Plays episodes in a world, which is made as settings want it.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where there is no such world, the settings are wrong, or it has no expert.
  public func evaluate(
    _ id: String, settings: WorldSettings = WorldSettings(), episodes: Int? = nil, seed: UInt64? = nil,
    workers: Int = 0,
    registry: EnvironmentRegistry
  ) throws(ExperimentError) -> EvaluationReport {
    let world = try Self.world(id, self, settings, registry)
    let defaults = ExperimentConfiguration().evaluation
    let seed = seed ?? defaults.seed
    let outcomes = KnackLearning.evaluate(
      self == .expert ? .expert : .random, world: world, episodes: episodes ?? defaults.episodes, seed: seed,
      pool: try makePool(workers: workers))
    return EvaluationReport(
      outcomes, of: .untrained(self, environment: id, options: settings.options), seed: seed,
      achievements: world.specification.achievementNames)
  }

  /// The world that a player plays in; nil stands for a person.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where there is no such world, the settings are wrong, or it has no expert.
  static func world(
    _ id: String, _ player: UntrainedPlayer?, _ settings: WorldSettings, _ registry: EnvironmentRegistry
  ) throws(ExperimentError) -> WorldKind {
    let world: WorldKind
    do {
      world = try registry.kind(id, settings: settings)
    } catch {
      throw .mistake(error.description)
    }
    guard player != .expert || world.hasExpert else {
      let others = registry.entries.filter { $0.kind($0.observations[0]).hasExpert }.map(\.id)
      let named = others.count > 6 ? others.prefix(5) + ["\(others.count - 5) others"] : others[...]
      throw .mistake(
        "\(id) has no expert; choose --policy random, or one of: \(named.joined(separator: ", ")).")
    }
    return world
  }
}
