import ArgumentParser
import KnackExperiments

/// Who plays, in what: of `evaluate`, `watch` and `record`.
struct PlayerOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The folder of a run.", valueName: "run"))
  var folder: String?

  @Option(help: "In the place of a run: a world's id.")
  var environment: String?

  @Option(help: "With --environment, who plays: random, expert, or, in a window, keyboard (default: random).")
  var policy: WatchedPlayer?

  @Option(help: "The seed of episode 0 (default: evaluation.seed).")
  var seed: UInt64?

  @Flag(inversion: .prefixedNo, help: "Take the most probable action (default: evaluation.greedy).")
  var greedy: Bool?

  @Flag(help: "Let the hierarchical agent play, whose skills a run with a director has trained.")
  var agent = false

  @Option(help: "latest, best, a milestone or a checkpoint's folder (default: latest).")
  var checkpoint: String?

  @OptionGroup var world: WorldOptions

  /// The untrained player; nil for a person.
  var untrained: UntrainedPlayer? { policy.map { UntrainedPlayer(rawValue: $0.rawValue) } ?? .random }

  /// - Parameter inWindow: whether there is a window, and so a keyboard.
  func check(inWindow: Bool) throws {
    guard inWindow || policy != .keyboard else {
      throw ValidationError("A person plays in a window: use `knack play` or `knack watch`.")
    }
    guard (folder == nil) != (environment == nil) else {
      throw ValidationError("Give the folder of a run, or a world with --environment.")
    }
    guard folder != nil || !agent else {
      throw ValidationError("--agent is for the skills of a run; give its folder.")
    }
    guard folder == nil || (policy == nil && world.isEmpty) else {
      throw ValidationError(
        "A run has its own policy and world; leave out --policy, --world, --map and --option.")
    }
    guard environment == nil || (greedy == nil && checkpoint == nil) else {
      throw ValidationError("--greedy and --checkpoint are for the policy of a run; leave them out.")
    }
  }

  /// - Parameter task: a task that the hierarchical agent plays with the skills of the run; nil for the run's own world.
  func performance(task: String? = nil) throws -> Performance {
    if task != nil || agent {
      guard let folder else { throw ValidationError("--task is for the skills of a run; give its folder.") }
      return try Performance(
        agentOf: folder, task: task, checkpoint: checkpoint, seed: seed, greedy: greedy,
        registry: Knack.registry)
    }
    if let folder {
      return try Performance(
        run: folder, checkpoint: checkpoint, seed: seed, greedy: greedy, registry: Knack.registry)
    }
    return try Performance(
      environment: environment ?? "", player: untrained, settings: try world.read(), seed: seed,
      registry: Knack.registry)
  }
}

/// Who can be watched that was not trained.
enum WatchedPlayer: String, ExpressibleByArgument, CaseIterable {
  case random, expert, keyboard
}
