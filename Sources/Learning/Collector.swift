import KnackEnvironment
import KnackNetworks
import KnackNumerics

/// Steps worlds with a policy and writes what happens into a rollout.
///
/// The worlds are split into shards. A shard runs all its steps without waiting for the others: a world needs nobody
/// else's data, so collection has no barrier inside. Which worker runs a shard changes nothing: actions are drawn from a
/// counter-based stream at (step of the run, world).
final class Collector: @unchecked Sendable {  // shards own disjoint worlds
  let environment: VectorEnvironment
  let network: ActorCritic
  let rollout: Rollout
  let shards: Int
  private let discount: Float, lambda: Float
  private let actionRandom: CounterRandom
  private let clock: (@Sendable () -> UInt64)?

  /// The recurrent state of each world, and whether an episode starts with its next step. Saved with a run.
  let states: UnsafeMutablePointer<Float>
  let starting: UnsafeMutablePointer<Bool>

  private let workspaces: [ActorCriticWorkspace]  // one a worker
  private let distribution: Categorical
  private let probabilities, uniforms: UnsafeMutablePointer<Float>  // by world
  private let cutOff: UnsafeMutablePointer<Int32>  // samples whose value is asked for
  private let cutOffStates: UnsafeMutablePointer<Float>
  /// Nanoseconds by shard.
  private let times: UnsafeMutablePointer<TimeBreakdown>

  init(
    _ environment: VectorEnvironment, _ network: ActorCritic, _ rollout: Rollout, _ ppo: PPOConfiguration,
    seed: UInt64, workers: Int, clock: (@Sendable () -> UInt64)?
  ) {
    self.environment = environment
    self.network = network
    self.rollout = rollout
    self.clock = clock
    shards = min(ppo.gradientShards, ppo.worlds)
    discount = Float(ppo.discount)
    lambda = Float(ppo.gaeLambda)
    actionRandom = CounterRandom(seed: seed, stream: RandomPurpose.actions.rawValue)
    let worlds = rollout.worlds, stateSize = network.stateSize
    states = .allocate(capacity: max(1, worlds * stateSize))
    states.initialize(repeating: 0, count: worlds * stateSize)
    starting = .allocate(capacity: worlds)
    starting.initialize(repeating: true, count: worlds)
    distribution = Categorical(actions: rollout.actionCount)
    probabilities = .allocate(capacity: worlds * rollout.actionCount)
    probabilities.initialize(repeating: 0, count: worlds * rollout.actionCount)
    uniforms = .allocate(capacity: worlds)
    uniforms.initialize(repeating: 0, count: worlds)
    cutOff = .allocate(capacity: worlds)
    cutOff.initialize(repeating: 0, count: worlds)
    cutOffStates = .allocate(capacity: max(1, worlds * stateSize))
    cutOffStates.initialize(repeating: 0, count: worlds * stateSize)
    times = .allocate(capacity: shards)
    times.initialize(repeating: TimeBreakdown(), count: shards)
    let rows = (worlds + shards - 1) / shards
    workspaces = (0..<workers).map { _ in ActorCriticWorkspace(network, rows: rows) }
  }

  deinit {
    states.deallocate()
    starting.deallocate()
    probabilities.deallocate()
    uniforms.deallocate()
    cutOff.deallocate()
    cutOffStates.deallocate()
    times.deallocate()
  }

  /// Nanoseconds spent by all shards since the start.
  var time: TimeBreakdown {
    var total = TimeBreakdown()
    for shard in 0..<shards {
      total.stepping += times[shard].stepping
      total.inference += times[shard].inference
    }
    return total
  }

  /// Collects the transitions of one shard's worlds and estimates their advantages.
  ///
  /// - Parameter firstStep: steps that each world has taken before, in the whole run.
  func collect(shard: Int, worker: Int, parameters: UnsafePointer<Float>, firstStep: Int) {
    let r = rollout, n = r.worlds
    let worlds = n * shard / shards..<n * (shard + 1) / shards
    let workspace = workspaces[worker]
    let actionCount = r.actionCount, observationSize = r.observations.size

    for step in 0..<r.steps {
      let inferenceStart = clock?() ?? 0
      let first = step * n + worlds.lowerBound
      for (k, world) in worlds.enumerated() {
        r.observations.store(environment.observations + world &* observationSize, as: first &+ k)
        r.starts[first &+ k] = starting[world]
        if let masks = r.masks {
          (masks + (first &+ k) &* actionCount).update(
            from: environment.actionMasks! + world &* actionCount, count: actionCount)
        }
      }
      if r.stateSize > 0 && step % r.sequenceLength == 0 {
        let sequence = (step / r.sequenceLength * n + worlds.lowerBound) * r.stateSize
        (r.initialStates + sequence).update(
          from: states + worlds.lowerBound * r.stateSize, count: worlds.count * r.stateSize)
      }
      let output = think(worlds, from: first, starts: r.starts + first, parameters, workspace)
      if let state = output.state {
        (states + worlds.lowerBound * r.stateSize).update(from: state, count: worlds.count * r.stateSize)
      }
      let actions = r.actions + first
      distribution.normalize(
        output.logits, mask: r.masks.map { UnsafePointer($0 + first &* actionCount) }, rows: worlds.count,
        probabilities: probabilities + worlds.lowerBound &* actionCount)
      for world in worlds {
        uniforms[world] = actionRandom.uniform(at: UInt64(firstStep &+ step), UInt64(world))
      }
      distribution.sample(
        probabilities + worlds.lowerBound &* actionCount, uniforms: uniforms + worlds.lowerBound,
        rows: worlds.count, into: actions)
      distribution.logProbability(
        output.logits, of: actions, rows: worlds.count, into: r.logProbabilities + first)
      (r.values + first).update(from: output.values, count: worlds.count)
      let steppingStart = clock?() ?? 0
      environment.step(actions - worlds.lowerBound, in: worlds)
      let steppingEnd = clock?() ?? 0
      record(worlds, first: first, parameters, workspace)
      times[shard].stepping += steppingEnd - steppingStart
      times[shard].inference += steppingStart - inferenceStart + (clock?() ?? 0) - steppingEnd
    }

    let lastStart = clock?() ?? 0
    for world in worlds {
      r.observations.store(environment.observations + world &* observationSize, as: r.lastSample(world))
    }
    let output = think(
      worlds, from: r.lastSample(worlds.lowerBound), starts: starting + worlds.lowerBound,
      parameters, workspace, heads: .value)
    (r.lastValues + worlds.lowerBound).update(from: output.values, count: worlds.count)
    estimateAdvantages(
      worlds: worlds, steps: r.steps, stride: n, discount: discount, lambda: lambda, rewards: r.rewards,
      values: r.values, ended: r.ended, bootstraps: r.bootstraps, lastValues: r.lastValues,
      advantages: r.advantages, returns: r.returns)
    times[shard].inference += (clock?() ?? 0) - lastStart
  }

  /// One forward pass for consecutive worlds from their recurrent states.
  private func think(
    _ worlds: Range<Int>, from sample: Int, starts: UnsafePointer<Bool>,
    _ parameters: UnsafePointer<Float>, _ workspace: ActorCriticWorkspace, heads: ActorCritic.Heads = .both
  ) -> ActorCritic.Output {
    let rows = ActorCritic.Rows(
      rollout.observations.batch(from: sample), sequences: worlds.count, length: 1,
      initialState: states + worlds.lowerBound * rollout.stateSize, starts: starts)
    return network.forward(parameters, rows, workspace, heads: heads)
  }

  /// Writes down what the step led to; where it cut episodes off, values their final observations.
  private func record(
    _ worlds: Range<Int>, first: Int, _ parameters: UnsafePointer<Float>, _ workspace: ActorCriticWorkspace
  ) {
    let r = rollout
    let cutOff = cutOff + worlds.lowerBound
    let cutOffStates = cutOffStates + worlds.lowerBound * r.stateSize
    var cutOffCount = 0
    for (k, world) in worlds.enumerated() {
      let sample = first &+ k
      let terminated = environment.terminated[world]
      let truncated = environment.truncated[world]
      r.rewards[sample] = environment.rewards[world]
      r.ended[sample] = terminated || truncated
      starting[world] = terminated || truncated
      guard terminated || truncated else { continue }
      r.bootstraps[sample] = 0
      r.episodeReturns[sample] = environment.episodeReturns[world]
      r.episodeLengths[sample] = environment.episodeLengths[world]
      r.episodeSuccesses[sample] = environment.episodeSuccesses[world]
      if !terminated {
        let final = r.finalSample(world)
        r.observations.store(environment.finalObservations + world &* r.observations.size, as: final)
        cutOff[cutOffCount] = Int32(truncatingIfNeeded: final)
        (cutOffStates + cutOffCount &* r.stateSize).update(
          from: states + world &* r.stateSize, count: r.stateSize)
        cutOffCount &+= 1
      }
    }
    guard cutOffCount > 0 else { return }
    let output = network.forward(
      parameters,
      ActorCritic.Rows(
        r.observations.batch(cutOff), sequences: cutOffCount, length: 1, initialState: cutOffStates,
        starts: nil),
      workspace, heads: .value)
    for k in 0..<cutOffCount {
      let world = Int(cutOff[k]) &- r.count
      r.bootstraps[first &+ world &- worlds.lowerBound] = output.values[k]
    }
  }
}

/// Which random stream of a run's seed serves which purpose.
enum RandomPurpose: UInt64 {
  case initialization = 0
  case actions = 1
  case minibatches = 2
}
