import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackNumerics

extension SkillLibrary {
  /// Practises what can be asked for in a world, and keeps it as skills: one policy for all goals, trained by PPO.
  ///
  /// It is the short way, with nothing written down before the end; whoever wants to watch, stop or go on later has a
  /// ``PPOTrainer``, or an experiment.
  ///
  /// - Parameters:
  ///   - grounds: where episodes begin, and what is asked for there. What a goal works on is looked for first where it is not near,
  ///     so finds need not be asked for themselves.
  ///   - steps: how many choices the policy makes in all, of moves and of headings. The last iteration is finished.
  ///   - seed: for worlds, weights and choices: the same seed gives the same library, whatever the number of workers.
  ///   - ppo: how it is trained.
  ///   - workers: threads that compute.
  /// - Throws: ``LearningError`` where the settings contradict each other, or where training leaves the numbers.
  @inlinable
  public init<World: GoalWorld>(
    practising world: World.Type, on grounds: [TrainingGround<World.Rules>], steps: Int, seed: UInt64,
    network: NetworkConfiguration = NetworkConfiguration(), ppo: PPOConfiguration = .practice,
    workers: Int = 1
  ) throws(LearningError) {
    precondition(!grounds.isEmpty, "a training ground at least")
    // Made here, where the world's type is known, its steps are compiled for it.
    let rules = GoalRules<World>(id: grounds[0].rules.specification.id, grounds: grounds)
    try self.init(
      practising: WorldKind(practising: rules), steps: steps, seed: seed, network: network, ppo: ppo,
      workers: workers)
  }

  /// The same in worlds of a kind in which goals are practised.
  public init(
    practising kind: WorldKind, steps: Int, seed: UInt64, network: NetworkConfiguration,
    ppo: PPOConfiguration, workers: Int
  ) throws(LearningError) {
    guard let practice = kind.practice else {
      preconditionFailure("no goals are practised in \(kind.specification.id)")
    }
    let trainer = try PPOTrainer(
      world: kind, network: network, ppo: ppo, totalSteps: steps, seed: seed,
      pool: WorkerPool(workers: workers))
    while trainer.environmentSteps < steps { _ = try trainer.iterate() }
    self.init(of: practice.space.goals, in: practice.world, PolicyEntry(trainer.policy, network))
  }
}

extension PPOConfiguration {
  /// What skills are practised with that end within some dozens of steps: they need no far horizon, and bear larger steps.
  public static var practice: PPOConfiguration {
    var ppo = PPOConfiguration()
    (ppo.worlds, ppo.rolloutSteps, ppo.minibatchSize) = (32, 128, 1024)
    (ppo.learningRate, ppo.discount, ppo.gaeLambda) = (1e-3, 0.97, 0.9)
    return ppo
  }
}
