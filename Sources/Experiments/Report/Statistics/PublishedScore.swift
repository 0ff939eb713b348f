import KnackEnvironment

/// A score that others published for a world whose protocol we follow.
public struct PublishedScore: Sendable {
  /// The method.
  public let method: String
  /// The score and the undiscounted return, each with its standard deviation over seeds; nil where none is given. The
  /// return is no part of the protocol: the table of Crafter's repository takes one episode a seed, a tenth of the budget
  /// before its end (`analysis/print_reward.py`).
  public let score: Spread, episodeReturn: Spread?
  /// Environment steps of training; nil where the method does not train in the world.
  public let steps: Int?
  /// What the method sees, and what it is told besides.
  public let observations: String
  /// The paper of the method.
  public let source: String

  /// A mean with its standard deviation.
  public struct Spread: Sendable {
    /// Both.
    public let mean: Double, deviation: Double

    init(_ mean: Double, _ deviation: Double) {
      self.mean = mean
      self.deviation = deviation
    }

    /// For people.
    var text: String { "\(fixed(mean, 1)) ± \(fixed(deviation, 1))" }
    var json: JSON { .fields(["mean": .number(mean), "standardDeviation": .number(deviation)]) }
  }

  private init(
    _ method: String, _ score: Spread, _ episodeReturn: Spread?, steps: Int?,
    seeing observations: String = "pixels",
    _ source: String
  ) {
    self.method = method
    self.score = score
    self.episodeReturn = episodeReturn
    self.steps = steps
    self.observations = observations
    self.source = source
  }

  /// The rows of a world, highest first; empty where there are none.
  public static func rows(environment id: String) -> [PublishedScore] { id == "Crafter-v1" ? crafter : [] }

  /// The rows of the world of an experiment; none for one that was made otherwise than it comes.
  static func rows(_ configuration: ExperimentConfiguration) -> [PublishedScore] {
    configuration.environment.settings.isEmpty ? rows(environment: configuration.environment.id) : []
  }

  /// Where all rows stand together.
  public static let collection = "https://github.com/danijar/crafter (README, scoreboards)"

  /// The scoreboards of Crafter's own repository as of December 2023. A figure enters this list only from there or from
  /// the method's own paper, never from another paper's table.
  private static let crafter = [
    PublishedScore(
      "Human experts", Spread(50.5, 6.8), Spread(14.3, 2.3), steps: nil, seeing: "pixels, life experience",
      "arXiv:2109.06780"),
    PublishedScore(
      "SPRING (GPT-4)", Spread(27.3, 1.2), Spread(12.3, 0.7), steps: nil, seeing: "text, Crafter's paper",
      "arXiv:2305.15486"),
    PublishedScore(
      "Achievement Distillation", Spread(21.8, 1.4), Spread(12.6, 0.3), steps: 1_000_000,
      seeing: "pixels, reward structure", "arXiv:2307.03486"),
    PublishedScore("Curious Replay", Spread(19.4, 1.6), nil, steps: 1_000_000, "arXiv:2306.15934"),
    PublishedScore(
      "PPO (ResNet)", Spread(15.6, 1.6), Spread(10.3, 0.5), steps: 1_000_000, "arXiv:2307.03486"),
    PublishedScore("DreamerV3", Spread(14.5, 1.6), Spread(11.7, 1.9), steps: 1_000_000, "arXiv:2301.04104"),
    PublishedScore("LSTM-SPCNN", Spread(12.1, 0.8), nil, steps: 1_000_000, "arXiv:2208.03374"),
    PublishedScore("EDE", Spread(11.7, 1.0), nil, steps: 1_000_000, "openreview.net/forum?id=GZDsKahGY-2"),
    PublishedScore("OC-SA", Spread(11.1, 0.7), nil, steps: 1_000_000, "arXiv:2208.03374"),
    PublishedScore("DreamerV2", Spread(10.0, 1.2), Spread(9.0, 1.7), steps: 1_000_000, "arXiv:2109.06780"),
    PublishedScore("PPO", Spread(4.6, 0.3), Spread(4.2, 1.2), steps: 1_000_000, "arXiv:2109.06780"),
    PublishedScore("Rainbow", Spread(4.3, 0.2), Spread(6.0, 1.3), steps: 1_000_000, "arXiv:2109.06780"),
    PublishedScore(
      "Plan2Explore, no rewards", Spread(2.1, 0.1), Spread(2.1, 1.5), steps: 1_000_000, "arXiv:2109.06780"),
    PublishedScore(
      "RND, no rewards", Spread(2.0, 0.1), Spread(0.7, 1.3), steps: 1_000_000, "arXiv:2109.06780"),
    PublishedScore(
      "Random", Spread(1.6, 0.0), Spread(2.1, 1.3), steps: 1_000_000, seeing: "none", "arXiv:2109.06780"),
  ]

  /// The row as JSON.
  public var json: JSON {
    .fields([
      "method": .string(method), "score": score.json, "episodeReturn": episodeReturn?.json ?? .null,
      "environmentSteps": steps.map(JSON.integer) ?? .null, "observations": .string(observations),
      "source": .string(source),
    ])
  }

  /// One's own results above the published ones, with a sentence on what does not compare; empty where nothing is
  /// published for the world.
  ///
  /// - Parameters:
  ///   - own: what to call one's own results, the score, the mean return, and the environment steps they cover.
  ///   - configuration: what was run, which says the world and what the agent sees.
  static func table(
    beside own: (name: String, score: String, episodeReturn: String, steps: String),
    _ configuration: ExperimentConfiguration
  ) -> String {
    let rows = rows(configuration)
    guard !rows.isEmpty else { return "" }
    let observation = configuration.environment.shown
    let cells =
      [
        ["method", "score", "return", "steps", "observations", "source"],
        [own.name, own.score, own.episodeReturn, own.steps, observation, ""],
      ]
      + rows.map { row in
        [
          row.method, row.score.text, row.episodeReturn?.text ?? "-", row.steps.map(grouped) ?? "-",
          row.observations, row.source,
        ]
      }
    return KnackExperiments.table(cells) + caution([observation]) + "\n" + protocolNote + "\n"
  }

  /// What does not compare between observations of ours and those of the published rows.
  static func caution(_ observations: [String]) -> String {
    let others = observations.filter { $0 != "pixels" }
    return others.isEmpty
      ? "Pixels here are drawn with tiles of Knack's own; those of the published rows are the package's."
      : "Observations here are \(others.joined(separator: " and ")), not pixels: an easier task of seeing than that of "
        + "the published rows."
  }

  /// What the numbers are over, and where they stand together.
  static let protocolNote =
    "Scores are over all training episodes on both sides; published returns are mostly those of late training.\n"
    + "Published rows as in \(collection)."
}
