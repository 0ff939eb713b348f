import KnackAgent
import KnackEnvironment
import KnackLearning
import KnackStage

/// Who plays in what, to be watched or recorded.
public struct Performance {
  /// The world.
  public let world: WorldKind
  /// What it was made with.
  public let settings: WorldSettings
  /// The seed of episode 0.
  public let seed: UInt64
  /// Who plays.
  public let agent: any ReportingAgent
  /// The run whose latest checkpoint it is, which may be training on.
  public let followed: FollowedRun?

  /// The policy of a run's checkpoint in the episodes that `knack evaluate` plays.
  ///
  /// - Parameter checkpoint: `latest`, which is followed as the run goes on, `best`, a milestone or a folder.
  /// - Throws: ``ExperimentError``.
  public init(
    run folder: String, checkpoint: String? = nil, seed: UInt64? = nil, greedy: Bool? = nil,
    registry: EnvironmentRegistry
  ) throws(ExperimentError) {
    let run = try RunDirectory(folder)
    let configuration = try run.configuration()
    settings = configuration.environment.settings
    self.seed = seed ?? configuration.evaluation.seed
    let isGreedy = greedy ?? configuration.evaluation.greedy
    let following = try FollowedRun(
      run, checkpoint: checkpoint ?? "latest", seed: self.seed, greedy: isGreedy, registry: registry)
    world = following.world
    agent = following.agent
    followed = checkpoint == nil || checkpoint == "latest" ? following : nil
  }

  /// The hierarchical agent with the skills of a run.
  ///
  /// - Parameter task: a task of a suite, for which skills are practised in the run; nil for the run's own world.
  /// - Throws: ``ExperimentError``.
  public init(
    agentOf folder: String, task: String? = nil, checkpoint: String? = nil, seed: UInt64? = nil,
    greedy: Bool? = nil, registry: EnvironmentRegistry
  ) throws(ExperimentError) {
    let run = try RunDirectory(folder)
    let configuration = try run.configuration()
    settings =
      task.map { WorldSettings(options: [WorldSetting("task", $0, place: "--task")]) }
      ?? configuration.environment.settings
    self.seed = seed ?? configuration.evaluation.seed
    let agent = try run.agent(
      task: task, checkpoint: checkpoint ?? "latest", greedy: greedy, registry: registry)
    world = agent.world
    self.agent = ReportingHierarchicalAgent(agent, seed: self.seed, title: "hierarchical agent")
    followed = nil
  }

  /// Somebody who was not trained, or nobody where a person is to play.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where there is no such world, the settings are wrong, or it has no expert.
  public init(
    environment id: String, player: UntrainedPlayer?, settings: WorldSettings = WorldSettings(),
    seed: UInt64? = nil, registry: EnvironmentRegistry
  ) throws(ExperimentError) {
    world = try UntrainedPlayer.world(id, player, settings, registry)
    self.settings = settings
    self.seed = seed ?? ExperimentConfiguration().evaluation.seed
    followed = nil
    agent =
      switch player {
      case .random:
        PlayingAgent(.random, world.specification, seed: self.seed, title: "random actions")
      case .expert: PlayingAgent(.expert, world.specification, seed: self.seed, title: "the world's expert")
      case nil: IdleAgent(title: "a person")
      }
  }

  /// Its first episode from the beginning.
  public func playback(episode: Int = 0) -> Playback {
    Playback(world, agent: agent, seed: seed, episode: episode)
  }
}

/// A run's policy that is kept up to date while the run trains on.
public final class FollowedRun {
  /// The world.
  public let world: WorldKind
  /// The policy at the moment.
  public private(set) var agent: PlayingAgent

  private let run: RunDirectory
  private let seed: UInt64, checkpoint: String
  private let registry: EnvironmentRegistry
  private var target: String?
  private var complaint: String?

  /// - Throws: ``ExperimentError`` where the checkpoint cannot be read.
  init(
    _ run: RunDirectory, checkpoint: String, seed: UInt64, greedy: Bool, registry: EnvironmentRegistry
  ) throws(ExperimentError) {
    self.run = run
    self.checkpoint = checkpoint
    self.seed = seed
    self.registry = registry
    target = Files.target(ofLink: Files.join(run.checkpoints, checkpoint))
    let (player, world) = try run.player(checkpoint: checkpoint, greedy: greedy, registry: registry)
    self.world = world
    agent = PlayingAgent(
      player, world.specification, seed: seed,
      title: Self.title(target ?? checkpoint))
  }

  /// What has become of the run since it was asked last: a newer policy, or that there is no newer one to be had.
  public func news() -> Show.Update? {
    let path = Files.join(run.checkpoints, checkpoint)
    guard let newest = Files.target(ofLink: path) else {
      return complain(
        "There is nothing to follow in '\(run.path)' any more; the last policy that was read plays on.")
    }
    guard newest != target else { return nil }
    do {
      let (player, world) = try run.player(
        checkpoint: checkpoint, greedy: agent.isGreedy ?? false, registry: registry)
      guard world.specification == self.world.specification else {
        target = newest
        return complain("'\(run.path)' is another run now; the last policy that was read plays on.")
      }
      target = newest
      complaint = nil
      agent = PlayingAgent(
        player, world.specification, seed: seed,
        title: Self.title(newest))
      return .agent(agent)
    } catch {
      // It may have been replaced while it was read: the next look will tell.
      return complain("\(error)")
    }
  }

  /// The same thing is said once.
  private func complain(_ words: String) -> Show.Update? {
    guard complaint != words else { return nil }
    complaint = words
    return .notice(words)
  }

  private static func title(_ checkpoint: String) -> String {
    guard checkpoint.hasPrefix("step-"), let step = Int(checkpoint.dropFirst(5)) else {
      return "policy, checkpoint \(checkpoint)"
    }
    return "policy, step \(step)"
  }
}
