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
  /// What the learner adds to the worlds' rewards. Set before each iteration.
  var rarity: AchievementRarity
  /// Who asks for goals; nil where none are asked for, and the world's own rewards count.
  let direction: Direction?
  private let discount: Float, lambda: Float
  private let actionRandom: CounterRandom
  private let clock: (@Sendable () -> UInt64)?

  /// The recurrent state of each world, and whether an episode starts with its next step. Saved with a run.
  let states: UnsafeMutablePointer<Float>
  let starting: UnsafeMutablePointer<Bool>

  private let workspaces: [ActorCriticWorkspace]  // one a worker
  private let distribution: Categorical
  // By world: what is drawn from, the actions drawn, and which observation the network is asked about.
  private let probabilities, uniforms: UnsafeMutablePointer<Float>
  private let actions, names: UnsafeMutablePointer<Int32>
  private let cutOffStates: UnsafeMutablePointer<Float>
  /// Nanoseconds by shard.
  private let times: UnsafeMutablePointer<TimeBreakdown>

  init(
    _ environment: VectorEnvironment, _ network: ActorCritic, _ rollout: Rollout, _ ppo: PPOConfiguration,
    direction: Direction?, seed: UInt64, workers: Int, clock: (@Sendable () -> UInt64)?
  ) {
    self.environment = environment
    self.direction = direction
    self.network = network
    self.rollout = rollout
    self.clock = clock
    rarity = AchievementRarity(exponent: ppo.rarityExponent)
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
    actions = .allocate(capacity: worlds)
    actions.initialize(repeating: 0, count: worlds)
    names = .allocate(capacity: worlds)
    names.initialize(repeating: 0, count: worlds)
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
    actions.deallocate()
    names.deallocate()
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
    let worlds = rollout.worlds * shard / shards..<rollout.worlds * (shard + 1) / shards
    let workspace = workspaces[worker]
    for world in worlds { direction?.attend(world) }
    for step in 0..<rollout.steps {
      let start = clock?() ?? 0
      observe(worlds, step)
      act(worlds, step, parameters, workspace, randomStep: firstStep + step)
      let steppingStart = clock?() ?? 0
      environment.step(actions, in: worlds)
      let steppingEnd = clock?() ?? 0
      record(worlds, step, parameters, workspace)
      times[shard].stepping += steppingEnd - steppingStart
      times[shard].inference += steppingStart - start + (clock?() ?? 0) - steppingEnd
    }
    let start = clock?() ?? 0
    estimate(worlds, parameters, workspace)
    times[shard].inference += (clock?() ?? 0) - start
  }

  /// Notes what the worlds show before a step.
  private func observe(_ worlds: Range<Int>, _ step: Int) {
    let r = rollout
    for world in worlds {
      let sample = world &* r.steps &+ step
      r.observations.store(environment.observations + world &* r.observations.size, as: sample)
      names[world] = Int32(truncatingIfNeeded: sample)
      r.samples[sample].starts = starting[world]
      if let masks = r.masks {
        (masks + sample &* r.actionCount).update(
          from: environment.actionMasks! + world &* r.actionCount, count: r.actionCount)
      }
      if step % r.sequenceLength == 0 {
        (r.initialStates + sample / r.sequenceLength * r.stateSize).update(
          from: states + world &* r.stateSize, count: r.stateSize)
      }
    }
  }

  /// Draws the worlds' actions from the policy.
  private func act(
    _ worlds: Range<Int>, _ step: Int, _ parameters: UnsafePointer<Float>,
    _ workspace: ActorCriticWorkspace, randomStep: Int
  ) {
    let r = rollout, first = worlds.lowerBound
    let output = think(worlds, parameters, workspace)
    if let state = output.state {
      (states + first * r.stateSize).update(from: state, count: worlds.count * r.stateSize)
    }
    for world in worlds {
      uniforms[world] = actionRandom.uniform(at: UInt64(randomStep), UInt64(world))
    }
    let probabilities = probabilities + first * r.actionCount
    distribution.normalize(
      output.logits, mask: environment.actionMasks.map { UnsafePointer($0 + first * r.actionCount) },
      rows: worlds.count, probabilities: probabilities)
    distribution.sample(
      probabilities, uniforms: uniforms + first, rows: worlds.count, into: actions + first)
    for world in worlds {
      let sample = r.samples + (world &* r.steps &+ step), row = world &- first
      sample.pointee.action = actions[world]
      sample.pointee.logProbability = output.logits[row &* r.actionCount &+ Int(actions[world])]
      sample.pointee.value = output.values[row]
    }
  }

  /// Notes what the step led to; where it cut episodes off, values their final observations.
  private func record(
    _ worlds: Range<Int>, _ step: Int, _ parameters: UnsafePointer<Float>, _ workspace: ActorCriticWorkspace
  ) {
    let r = rollout
    let cutOff = names + worlds.lowerBound
    let cutOffStates = cutOffStates + worlds.lowerBound * r.stateSize
    var cutOffCount = 0
    for world in worlds {
      let index = world &* r.steps &+ step
      let terminated = environment.terminated[world]
      let endsEpisode = terminated || environment.truncated[world]
      var ended = endsEpisode, hasValue = !terminated
      var final = environment.finalObservations
      if direction != nil {
        let report = environment.goalReport(world: world)
        r.samples[index].reward = report.reward
        if !endsEpisode {
          ended = report.isTerminated || report.isTruncated
          hasValue = !report.isTerminated
          final = environment.observations
        }
      } else {
        r.samples[index].reward = environment.rewards[world]
        if let new = environment.newAchievements?[world], new != 0 {
          r.samples[index].reward += rarity.bonus(for: new)
        }
      }
      r.samples[index].ended = ended
      r.samples[index].endsEpisode = endsEpisode
      r.samples[index].bootstrap = 0
      starting[world] = ended
      direction?.watch(world, action: Int(actions[world]), isOver: endsEpisode)
      guard ended else { continue }
      if endsEpisode {
        r.episodes[index] = EpisodeOutcome(of: world, in: environment)
      }
      if hasValue {
        r.observations.store(final + world &* r.observations.size, as: r.finalObservation(world))
        cutOff[cutOffCount] = Int32(truncatingIfNeeded: r.finalObservation(world))
        (cutOffStates + cutOffCount &* r.stateSize).update(
          from: states + world &* r.stateSize, count: r.stateSize)
        cutOffCount &+= 1
      }
      // What a world shows from here on is in view of its next goal, if this one has ended.
      direction?.goOn(world, isOver: endsEpisode)
    }
    guard cutOffCount > 0 else { return }
    let rows = ActorCritic.Rows(
      r.observations.batch(cutOff), sequences: cutOffCount, length: 1, initialState: cutOffStates, starts: nil
    )
    let output = network.forward(parameters, rows, workspace, heads: .value)
    for k in 0..<cutOffCount {
      let world = Int(cutOff[k]) &- r.count
      r.samples[world &* r.steps &+ step].bootstrap = output.values[k]
    }
  }

  /// Values what the worlds show after the last step, and estimates all advantages.
  private func estimate(
    _ worlds: Range<Int>, _ parameters: UnsafePointer<Float>, _ workspace: ActorCriticWorkspace
  ) {
    let r = rollout
    for world in worlds {
      let last = r.lastObservation(world)
      r.observations.store(environment.observations + world &* r.observations.size, as: last)
      names[world] = Int32(truncatingIfNeeded: last)
    }
    let output = think(worlds, parameters, workspace, heads: .value)
    for world in worlds {
      estimateAdvantages(
        UnsafeMutableBufferPointer(start: r.samples + world * r.steps, count: r.steps),
        lastValue: output.values[world - worlds.lowerBound], discount: discount, lambda: lambda)
    }
  }

  /// One forward pass over the observations that ``names`` says, from the worlds' recurrent states.
  private func think(
    _ worlds: Range<Int>, _ parameters: UnsafePointer<Float>, _ workspace: ActorCriticWorkspace,
    heads: ActorCritic.Heads = .both
  ) -> ActorCritic.Output {
    let first = worlds.lowerBound
    let rows = ActorCritic.Rows(
      rollout.observations.batch(names + first), sequences: worlds.count, length: 1,
      initialState: states + first * rollout.stateSize, starts: starting + first)
    return network.forward(parameters, rows, workspace, heads: heads)
  }
}

/// Which random stream of a run's seed serves which purpose.
enum RandomPurpose: UInt64 {
  case initialization = 0
  case actions = 1
  case minibatches = 2
}
