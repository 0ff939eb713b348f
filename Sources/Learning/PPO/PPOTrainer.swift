import KnackEnvironment
import KnackNetworks
import KnackNumerics

/// Proximal policy optimisation (Schulman et al. 2017, arXiv:1707.06347): collect, then learn from it, again and again.
///
/// ```swift
/// let trainer = try PPOTrainer(
///   world: kind, network: NetworkConfiguration(), ppo: PPOConfiguration(), totalSteps: 1_000_000, seed: 1,
///   pool: WorkerPool(workers: 2))
/// while trainer.environmentSteps < 1_000_000 {
///   let statistics = try trainer.iterate()
/// }
/// ```
///
/// The same seed gives the same weights, bit for bit, for any number of workers, and after ``restore(_:)``. After the
/// first iteration nothing is allocated.
public final class PPOTrainer {
  /// The network being trained.
  public let network: ActorCritic
  /// The settings.
  public let ppo: PPOConfiguration
  /// Environment steps in one iteration.
  public var stepsPerIteration: Int { rollout.count }
  /// Environment steps so far.
  public var environmentSteps: Int { iterations * rollout.count }
  /// The last hundred episodes that ended, over all iterations. Where an episode is judged by its success, those that ended
  /// within the world's step limit of the run's start do not count: by then only short episodes can have ended, and short
  /// ones are the successful ones. Where it is judged by its achievements, all count.
  public private(set) var recent: EpisodeWindow
  /// All episodes of the run that ended within its budget of environment steps, as protocols that count training
  /// episodes ask for. The worlds of a batch step in the order of their numbers: an episode that ends with step t of
  /// world w (both from 0) out of W ends at environment step t * W + w + 1. What the last iteration collects beyond the
  /// budget does not count.
  public private(set) var total = EpisodeSummary()

  /// The world's own steps so far, where goals are practised: a move may take several. 0 elsewhere.
  public var worldSteps: Int { Int(environment.stepsTaken) }

  private let world: WorldSpecification
  private let totalSteps: Int
  private let seed: UInt64
  private let pool: WorkerPool
  private let clock: (@Sendable () -> UInt64)?
  private let environment: VectorEnvironment
  private let rollout: Rollout
  private let collector: Collector
  private let update: PPOUpdate
  private var iterations = 0
  private var updateTime: UInt64 = 0
  private let firstStep: UnsafeMutablePointer<Int>
  private let collectTask: @Sendable (Int, Int) -> Void

  /// A trainer whose worlds and weights are fresh. World i's random stream starts from `seed << 32 + i`, so that runs of
  /// different seeds never see each other's worlds.
  ///
  /// - Parameters:
  ///   - totalSteps: the budget in environment steps, over which the learning rate falls.
  ///   - director: who asks for goals in worlds that take commands; what is learnt is then to reach them.
  ///   - clock: nanoseconds since whenever, for the time breakdown; nil leaves that at zero.
  /// - Throws: ``LearningError/invalidSetting(_:)`` where the settings contradict each other.
  public init(
    world: WorldKind, network configuration: NetworkConfiguration, ppo: PPOConfiguration, totalSteps: Int,
    seed: UInt64, pool: WorkerPool, director: (any GoalDirector)? = nil,
    clock: (@Sendable () -> UInt64)? = nil
  ) throws(LearningError) {
    try ppo.validate(playing: world.specification, recurrent: configuration.memory > 0)
    let network = try ActorCritic(playing: world.specification, configuration)
    self.network = network
    self.ppo = ppo
    self.world = world.specification
    self.totalSteps = totalSteps
    self.seed = seed
    self.pool = pool
    self.clock = clock
    recent = EpisodeWindow(capacity: 100)
    let environment = VectorEnvironment(world, count: ppo.worlds)
    self.environment = environment
    environment.reset(seed: seed << 32)
    let rollout = Rollout(
      network, world.specification, steps: ppo.rolloutSteps, worlds: ppo.worlds,
      sequenceLength: configuration.memory > 0 ? ppo.sequenceLength : 1)
    self.rollout = rollout
    let direction = director.map { Direction($0, environment, isLearning: true) }
    for i in 0..<ppo.worlds { direction?.begin(i) }
    let collector = Collector(
      environment, network, rollout, ppo, direction: direction, seed: seed, workers: pool.workers,
      clock: clock)
    self.collector = collector
    let update = PPOUpdate(
      PPOGradient(network, rollout, ppo, workers: pool.workers), ppo, seed: seed,
      pool: pool)
    self.update = update
    var random = RandomStream(seed: seed, stream: RandomPurpose.initialization.rawValue)
    network.initialize(update.parameters, random: &random)
    let firstStep = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    firstStep.initialize(to: 0)
    self.firstStep = firstStep
    nonisolated(unsafe) let step = firstStep
    collectTask = { shard, worker in
      collector.collect(shard: shard, worker: worker, parameters: update.parameters, firstStep: step.pointee)
    }
  }

  deinit { firstStep.deallocate() }

  /// The operators that whoever asks for goals has learnt.
  public var learnedOperators: [Operator] { collector.direction?.director.learnedOperators ?? [] }

  /// Collects `ppo.worlds * ppo.rolloutSteps` transitions and learns from them.
  ///
  /// - Throws: ``LearningError/notANumber(place:update:)``; the weights are then those before the step that failed.
  public func iterate() throws(LearningError) -> IterationStatistics {
    var statistics = IterationStatistics()
    let timeBefore = collector.time

    firstStep.pointee = iterations * ppo.rolloutSteps
    collector.rarity.weigh(by: total)
    pool.run(collector.shards, collectTask)
    iterations += 1
    collector.direction?.learn()
    summarizeEpisodes(&statistics)
    statistics.explainedVariance = explainedVariance()

    let start = clock?() ?? 0
    let progress = Double(environmentSteps - rollout.count) / Double(max(1, totalSteps))
    let fraction = ppo.annealLearningRate ? max(0, 1 - progress) : 1
    try update.run(learningRate: ppo.learningRate * fraction, update: iterations, &statistics)

    statistics.environmentSteps = environmentSteps
    let time = collector.time
    statistics.time.stepping = time.stepping - timeBefore.stepping
    statistics.time.inference = time.inference - timeBefore.inference
    statistics.time.update = ((clock?() ?? 0) - start) * UInt64(pool.workers)
    return statistics
  }

  private func summarizeEpisodes(_ statistics: inout IterationStatistics) {
    let settling = world.achievements.isEmpty ? world.stepLimit ?? 0 : 0
    for step in 0..<rollout.steps {  // in the order in which they ended
      for column in 0..<rollout.worlds {
        let i = column * rollout.steps + step
        guard rollout.samples[i].endsEpisode else { continue }
        statistics.episodes.add(rollout.episodes[i])
        let worldStep = firstStep.pointee + step
        if worldStep >= settling { recent.add(rollout.episodes[i]) }
        if worldStep * rollout.worlds + column < totalSteps { total.add(rollout.episodes[i]) }
      }
    }
    statistics.recent = recent.summary
    statistics.total = total
  }

  /// 1 - Var(R - V) / Var(R) over the rollout.
  private func explainedVariance() -> Double {
    var sum = 0.0, squares = 0.0, errorSum = 0.0, errorSquares = 0.0
    for i in 0..<rollout.count {
      let target = Double(rollout.samples[i].return), error = target - Double(rollout.samples[i].value)
      sum += target
      squares += target * target
      errorSum += error
      errorSquares += error * error
    }
    let count = Double(rollout.count)
    let variance = squares / count - (sum / count) * (sum / count)
    let errorVariance = errorSquares / count - (errorSum / count) * (errorSum / count)
    return variance > 0 ? 1 - errorVariance / variance : .nan
  }

  /// Multiply-adds done in the last iteration, gathered rows counted as the additions they are: a forward pass over
  /// every transition while collecting, and a forward and a backward pass over the rows that the update ran the network
  /// on, which are fewer than the samples where observations are equal.
  public var multiplyAddsOfIteration: Double {
    var gatheredRows = 0
    for i in 0..<rollout.count { gatheredRows += rollout.observations.rowCount(of: i) }
    let dense = Double(network.denseMultiplyAdds), width = Double(network.gatherWidth)
    let work = update.work
    return dense * Double(rollout.count) + width * Double(gatheredRows)
      + 3 * dense * Double(work.rows) + 2 * width * Double(work.gatheredRows)
  }

  /// The policy as it is now; a copy.
  public var policy: Policy {
    Policy(
      network: network,
      parameters: Array(UnsafeBufferPointer(start: update.parameters, count: network.layout.count)))
  }
}

// MARK: - Saving and restoring

extension PPOTrainer {
  /// Everything that the run needs in order to go on from here.
  public func state() -> TrainingState {
    func vector(_ start: UnsafePointer<Float>, _ count: Int) -> [Float] {
      Array(UnsafeBufferPointer(start: start, count: count))
    }
    let count = network.layout.count
    return TrainingState(
      vectors: [
        "weights": vector(update.parameters, count), "adam.first": vector(update.first, count),
        "adam.second": vector(update.second, count),
      ],
      blobs: [
        "worlds": environment.save(),
        "memory": bytes(UnsafeBufferPointer(start: collector.states, count: ppo.worlds * network.stateSize)),
        "starting": bytes(UnsafeBufferPointer(start: collector.starting, count: ppo.worlds)),
        "recent": recent.encoded, "total": total.encoded, "direction": collector.direction?.save() ?? [],
        "director": collector.direction?.director.save() ?? [],
      ],
      counters: [
        "iterations": UInt64(iterations), "gradientSteps": UInt64(update.gradientSteps),
        "shufflePosition": update.minibatches.shuffles.position, "seed": seed,
        "environmentSteps": UInt64(environmentSteps),
      ])
  }

  /// Goes on from a state that ``state()`` gave under the same configuration.
  ///
  /// - Throws: ``LearningError/stateOfAnotherShape(_:)``; the trainer is then as it was.
  public func restore(_ state: TrainingState) throws(LearningError) {
    let count = network.layout.count
    for name in ["weights", "adam.first", "adam.second"] {
      guard let found = state.vectors[name]?.count, found == count else {
        throw .stateOfAnotherShape(
          "The checkpoint's \(name) has \(state.vectors[name]?.count ?? 0) numbers where this network needs \(count); "
            + "resume with the configuration that made it.")
      }
    }
    guard let memory = state.blobs["memory"], memory.count == ppo.worlds * network.stateSize * 4,
      let starting = state.blobs["starting"], starting.count == ppo.worlds,
      starting.allSatisfy({ $0 <= 1 }), let worlds = state.blobs["worlds"],
      let recent = state.blobs["recent"].flatMap(EpisodeWindow.init(encoded:)),
      let total = state.blobs["total"].flatMap(EpisodeSummary.init(encoded:))
    else {
      throw .stateOfAnotherShape(
        "The checkpoint's worlds are not \(ppo.worlds) of this kind; resume with the configuration that made it."
      )
    }
    guard state.counters["seed"] == seed else {
      throw .stateOfAnotherShape(
        "The checkpoint was made with seed \(state.counters["seed"] ?? 0), not \(seed); resume with its seed."
      )
    }
    guard let iterations = state.counters["iterations"], iterations < UInt64(Int32.max),
      let gradientSteps = state.counters["gradientSteps"], gradientSteps < UInt64(Int64.max),
      let position = state.counters["shufflePosition"]
    else { throw .stateOfAnotherShape("The checkpoint lacks its counters; resume from an earlier one.") }
    if let direction = collector.direction,
      !direction.restore(state.blobs["direction"] ?? [], director: state.blobs["director"] ?? [])
    {
      throw .stateOfAnotherShape(
        "The checkpoint does not say what was learnt about goals; resume with the configuration that made it."
      )
    }
    do {
      try environment.restore(worlds)
    } catch {
      throw .stateOfAnotherShape("\(error)")
    }
    update.parameters.update(from: state.vectors["weights"]!, count: count)
    update.first.update(from: state.vectors["adam.first"]!, count: count)
    update.second.update(from: state.vectors["adam.second"]!, count: count)
    memory.withUnsafeBytes {
      UnsafeMutableRawPointer(collector.states).copyMemory(from: $0.baseAddress!, byteCount: $0.count)
    }
    for (i, byte) in starting.enumerated() { collector.starting[i] = byte == 1 }
    self.recent = recent
    self.total = total
    self.iterations = Int(iterations)
    update.gradientSteps = Int(gradientSteps)
    update.minibatches.shuffles.position = position
  }

  private func bytes<T: BitwiseCopyable>(_ values: UnsafeBufferPointer<T>) -> [UInt8] {
    [UInt8](UnsafeRawBufferPointer(values))
  }
}
