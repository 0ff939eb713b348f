import KnackEnvironment
import KnackNetworks
import KnackNumerics

/// Soft actor-critic in a batch of worlds: step all of them once, keep what happened, learn from what was kept.
///
/// ```swift
/// let trainer = try SACTrainer(world: kind, seed: 1, pool: WorkerPool(workers: 2))
/// while trainer.environmentSteps < 100_000 { try trainer.step() }
/// ```
///
/// The same seed gives the same weights, bit for bit, for any number of workers.
public final class SACTrainer: OffPolicyTrainer {
  /// How experience is collected.
  public struct Collection: Sendable, Equatable {
    /// Worlds stepped side by side, and the most transitions that are kept.
    public var worlds = 16, capacity = 100_000
    /// Transitions that are collected, with actions drawn uniformly, before anything is learned from them. A policy that was taught by
    /// demonstrations draws them itself.
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
  /// The episodes that ended.
  public var episodes = EpisodeAccount()
  /// Where the time went, if the clock tells.
  public private(set) var time = TimeBreakdown()

  private let environment: VectorEnvironment
  private let collection: Collection
  private let actor: PerceptronActor
  private let actionRandom: CounterRandom
  private var replayRandom: RandomStream
  private var actions: [Int32]
  /// What the worlds showed, and allowed, before the step.
  private var observations: [UInt8], masks: [UInt8]
  /// Whether the policy was taught by demonstrations.
  private var isTaught = false
  private let clock: @Sendable () -> UInt64

  /// A trainer whose worlds and weights are fresh. World i's random stream starts from `seed << 32 + i`.
  ///
  /// - Parameter clock: nanoseconds, for ``time``; nothing else depends on them.
  /// - Throws: ``LearningError/invalidSetting(_:)`` where the world's actions are no list.
  public init(
    world: WorldKind, network: NetworkConfiguration = NetworkConfiguration(),
    settings: SACConfiguration = SACConfiguration(), collection: Collection = Collection(), seed: UInt64,
    pool: WorkerPool, clock: @escaping @Sendable () -> UInt64 = { 0 }
  ) throws(LearningError) {
    let specification = world.specification
    try specification.checkList()
    let size = specification.observation.size,
      maskSize = specification.masksActions ? specification.actions.count : 0
    self.collection = collection
    self.clock = clock
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

  /// Teaches the policy what was demonstrated, before it plays; −log π(a | s) of the last update's batch, in nats.
  ///
  /// - Throws: ``LearningError``.
  @discardableResult
  public func clone(
    _ demonstrations: DemonstrationSet, updates: Int, settings: BehaviorCloning.Settings, seed: UInt64
  ) throws(LearningError) -> Double {
    let steps = demonstrations.stretches(of: 1), cloning = learner.cloning(settings)
    guard !steps.isEmpty else { throw .invalidSetting("There are no demonstrations to learn from.") }
    var random = RandomStream(seed: seed, stream: Self.cloningStream), loss = 0.0
    for _ in 0..<updates { loss = try cloning.update(demonstrations, steps, random: &random) }
    // What Adam remembers of the demonstrations is no guide to rewards.
    learner.loadPolicy(learner.policyWeights)
    isTaught = true
    return loss
  }

  private static let cloningStream: UInt64 = 0xbc01

  /// One step of all worlds, and what is learned after it; the last update's losses, nothing where none was made yet.
  ///
  /// - Throws: ``LearningError/notANumber(place:update:)``.
  @discardableResult
  public func step() throws(LearningError) -> [Measure] {
    let start = clock()
    choose()
    observations.withUnsafeMutableBufferPointer {
      $0.baseAddress!.update(from: environment.observations, count: $0.count)
    }
    if let allowed = environment.actionMasks {
      masks.withUnsafeMutableBufferPointer { $0.baseAddress!.update(from: allowed, count: $0.count) }
    }
    let chosen = clock()
    environment.step(actions)
    for world in 0..<environment.count { keep(world) }
    environmentSteps += environment.count
    let stepped = clock()
    time.inference += chosen - start
    time.stepping += stepped - chosen
    guard replay.added >= collection.warmUp else { return [] }
    var losses: DiscreteSAC.Losses?
    for _ in 0..<collection.updates {
      replay.sample(into: learner.batch, random: &replayRandom)
      losses = try learner.update()
    }
    time.update += clock() - stepped
    return losses?.measures(prefix: "") ?? []
  }

  /// Draws an action for each world, uniformly as long as it warms up.
  private func choose() {
    let step = UInt64(environmentSteps / environment.count)
    let isUniform = replay.added < collection.warmUp && !isTaught
    func uniform(_ world: Int) -> Float { actionRandom.uniform(at: step, UInt64(world)) }
    guard !isUniform else {
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
    if isOver { episodes.add(EpisodeOutcome(of: world, in: environment)) }
  }

  // MARK: - Saving and restoring

  /// Updates of policy and critics.
  public var gradientSteps: Int { learner.updates }

  /// How what is saved divides into named tensors.
  public var layout: ParameterLayout { networks.layout }

  private var networks: NetworkCollection {
    var collection = NetworkCollection()
    learner.addNetworks(to: &collection)
    return collection
  }

  /// Everything that the run needs in order to go on from here.
  public func state() -> TrainingState {
    TrainingState(
      vectors: networks.vectors,
      blobs: episodes.encoded.merging(
        ["worlds": environment.save(), "replay": replay.save(), "learner": learner.save()]) { $1 },
      counters: [
        "environmentSteps": UInt64(environmentSteps), "replayPosition": replayRandom.position,
        "isTaught": isTaught ? 1 : 0,
      ])
  }

  /// Goes on from a state that ``state()`` gave under the same configuration.
  ///
  /// - Throws: ``LearningError/stateOfAnotherShape(_:)``.
  public func restore(_ state: TrainingState) throws(LearningError) {
    guard let steps = state.counters["environmentSteps"].flatMap(Int.init(exactly:)),
      let position = state.counters["replayPosition"], let episodes = EpisodeAccount(encoded: state.blobs),
      let worlds = state.blobs["worlds"], let kept = state.blobs["replay"],
      let scalars = state.blobs["learner"]
    else { throw .incompleteState }
    do {
      try environment.restore(worlds)
    } catch {
      throw .stateOfAnotherShape("\(error)")
    }
    guard
      replay.restore(
        kept, actions: learner.network.outputs, cardinalities: learner.network.cardinalities),
      learner.restore(scalars), networks.load(state.vectors)
    else {
      throw .incompleteState
    }
    (environmentSteps, self.episodes) = (steps, episodes)
    replayRandom.position = position
    isTaught = state.counters["isTaught"] == 1
  }
}
