import KnackEnvironment
import KnackNetworks
import KnackNumerics

/// Soft actor-critic in a batch of worlds: step all of them once, keep what happened, learn from what was kept.
///
/// ```swift
/// let trainer = try SACTrainer(world: kind, seed: 1, pool: WorkerPool(workers: 2))
/// while trainer.environmentSteps < 100_000 { _ = try trainer.iterate() }
/// ```
///
/// The same seed gives the same weights, bit for bit, for any number of workers.
public final class SACTrainer {
  /// How experience is collected.
  public struct Collection: Sendable, Equatable {
    /// Worlds stepped side by side, and the most transitions that are kept.
    public var worlds = 16, capacity = 100_000
    /// Transitions that are collected, with actions drawn uniformly, before anything is learned from them.
    public var warmUp = 1000
    /// Updates for each step of the batch, that is, for so many transitions as there are worlds.
    public var updates = 1

    /// The defaults.
    public init() {}
  }

  /// Who learns.
  public let learner: DiscreteSAC
  /// What it learns from.
  public private(set) var replay: ReplayBuffer
  /// Environment steps so far.
  public private(set) var environmentSteps = 0
  /// The last hundred episodes that ended.
  public private(set) var recent = EpisodeWindow(capacity: 100)

  private let environment: VectorEnvironment
  private let collection: Collection
  private let actor: PerceptronActor
  private let actionRandom: CounterRandom
  private var replayRandom: RandomStream
  private var actions: [Int32]
  /// What the worlds showed, and allowed, before the step.
  private var observations: [UInt8], masks: [UInt8]

  /// A trainer whose worlds and weights are fresh. World i's random stream starts from `seed << 32 + i`.
  ///
  /// - Throws: ``LearningError/invalidSetting(_:)`` where the world's actions are no list.
  public init(
    world: WorldKind, network: NetworkConfiguration = NetworkConfiguration(),
    settings: SACConfiguration = SACConfiguration(), collection: Collection = Collection(), seed: UInt64,
    pool: WorkerPool
  ) throws(LearningError) {
    let specification = world.specification
    guard !specification.actions.isFactored else {
      throw .invalidSetting(
        "An action of \(specification.id) is one value for each of several factors, and soft actor-critic chooses from a list; "
          + "give the world a list of actions.")
    }
    let size = specification.observation.size,
      maskSize = specification.masksActions ? specification.actions.count : 0
    self.collection = collection
    environment = VectorEnvironment(world, count: collection.worlds)
    environment.reset(seed: seed << 32)
    learner = DiscreteSAC(
      cardinalities: specification.observation.cardinalities, actions: specification.actions.count,
      masks: specification.masksActions, network: network, settings: settings, seed: seed, pool: pool)
    replay = ReplayBuffer(capacity: collection.capacity, observationSize: size, maskSize: maskSize)
    actor = PerceptronActor(learner.network, rows: collection.worlds)
    actionRandom = CounterRandom(seed: seed, stream: RandomPurpose.actions.rawValue)
    replayRandom = RandomStream(seed: seed, stream: RandomPurpose.minibatches.rawValue)
    actions = [Int32](repeating: 0, count: collection.worlds)
    observations = [UInt8](repeating: 0, count: collection.worlds * size)
    masks = [UInt8](repeating: 1, count: collection.worlds * maskSize)
  }

  /// One step of all worlds, and what is learned after it; the last update's losses, nil where none was made yet.
  ///
  /// - Throws: ``LearningError/notANumber(place:update:)``.
  public func iterate() throws(LearningError) -> DiscreteSAC.Losses? {
    choose()
    observations.withUnsafeMutableBufferPointer {
      $0.baseAddress!.update(from: environment.observations, count: $0.count)
    }
    if let allowed = environment.actionMasks {
      masks.withUnsafeMutableBufferPointer { $0.baseAddress!.update(from: allowed, count: $0.count) }
    }
    environment.step(actions)
    for world in 0..<environment.count { keep(world) }
    environmentSteps += environment.count
    guard replay.added >= collection.warmUp else { return nil }
    var losses: DiscreteSAC.Losses?
    for _ in 0..<collection.updates {
      replay.sample(into: learner.batch, random: &replayRandom)
      losses = try learner.update()
    }
    return losses
  }

  /// Draws an action for each world, uniformly as long as it warms up.
  private func choose() {
    let step = UInt64(environmentSteps / environment.count), isWarmingUp = replay.added < collection.warmUp
    func uniform(_ world: Int) -> Float { actionRandom.uniform(at: step, UInt64(world)) }
    guard !isWarmingUp else {
      for world in 0..<environment.count {
        actions[world] = Int32(environment.anyAction(world: world) { _ in uniform(world) })
      }
      return
    }
    actor.act(
      learner.policy.parameters, environment.observations, masks: environment.actionMasks, into: &actions,
      uniform: uniform)
  }

  /// Keeps a world's last step. What followed a limit is learned from what the episode ended with, where all actions are
  /// taken to be allowed.
  private func keep(_ world: Int) {
    let size = replay.observationSize, isOver = environment.terminated[world] || environment.truncated[world]
    let next = isOver ? environment.finalObservations : environment.observations
    observations.withUnsafeBufferPointer { before in
      masks.withUnsafeBufferPointer { allowed in
        let isMasked = replay.maskSize > 0
        let nextMask: UnsafePointer<UInt8>? =
          isMasked && !isOver
          ? environment.actionMasks.map { UnsafePointer($0 + world * replay.maskSize) } : nil
        replay.add(
          before.baseAddress! + world * size, action: actions[world], reward: environment.rewards[world],
          discount: environment.terminated[world] ? 0 : learner.settings.discount, next: next + world * size,
          mask: isMasked ? allowed.baseAddress! + world * replay.maskSize : nil, nextMask: nextMask)
      }
    }
    guard isOver else { return }
    recent.add(
      EpisodeOutcome(of: world, in: environment))
  }
}
