import KnackEnvironment
import KnackLearning
import KnackStage

/// How episodes are played to be learned from.
public struct DemonstrationOptions: Sendable, Equatable {
  /// Episodes to keep.
  public var episodes = 100
  /// With what probability an action is any that may be taken, in the place of the player's, see ``Slips``.
  public var noise = 0.0
  /// In how many different worlds they are played, over and over; nil for a new one each. Few make narrow data.
  public var worlds: Int?
  /// Whether episodes that do not succeed are left out, and others played in their place.
  public var successesOnly = false
  /// The most steps of each; nil for as many as it takes.
  public var steps: Int?

  /// The defaults.
  public init() {}
}

/// What was demonstrated.
public struct DemonstrationReport: Sendable, Equatable {
  /// The folder, episodes in it and their steps, how many of them succeeded, and how many were played for them.
  public var folder: String, episodes: Int, steps: Int, successes: Int, played: Int

  /// The report as JSON.
  public var json: JSON {
    .fields([
      "folder": .string(folder), "episodes": .integer(episodes), "steps": .integer(steps),
      "successes": .integer(successes), "played": .integer(played),
    ])
  }

  /// The report as a line.
  public var text: String {
    "\(episodes) of \(played) episodes, \(steps) steps, \(successes) successes: \(folder)"
  }
}

extension Performance {
  /// Plays episodes and keeps them as data to learn from, see ``DemonstrationWriter``.
  ///
  /// The same player, world, seed and options give the same bytes.
  ///
  /// - Throws: ``ExperimentError``; ``ExperimentError/mistake(_:)`` where too few episodes succeed.
  public func demonstrate(
    to folder: String, _ options: DemonstrationOptions
  ) throws(ExperimentError) -> DemonstrationReport {
    let player = agent.title + (options.noise > 0 ? ", noise \(options.noise)" : "")
    let writer = try DemonstrationWriter(folder, world: world, settings: settings, player: player)
    // Nobody goes back in these episodes.
    let playback = Playback(world, agent: agent, seed: seed, memory: 0)
    let slips = Slips(probability: options.noise, seed: seed)
    var played = 0, successes = 0
    while writer.count.episodes < options.episodes {
      guard played < 100 + 20 * options.episodes else {
        try writer.finish()
        throw .mistake(
          "Of \(played) episodes only \(successes) succeeded; ask for fewer with --episodes, or leave out --successes."
        )
      }
      playback.begin(options.worlds.map { played % $0 } ?? played)
      while !playback.isOver && playback.position < options.steps ?? .max {
        let slip = slips.action(
          in: playback.environment, episode: UInt64(played), step: UInt64(playback.position))
        playback.advance(by: slip.map(Int.init))
      }
      played += 1
      let isSuccess = playback.isOver && playback.environment.episodeSuccesses[0]
      successes += isSuccess ? 1 : 0
      if isSuccess || !options.successesOnly { try writer.write(playback, named: false) }
    }
    try writer.finish()
    let (episodes, steps) = writer.count
    return DemonstrationReport(
      folder: writer.folder, episodes: episodes, steps: steps, successes: successes, played: played)
  }
}
