import KnackEnvironment
import KnackNetworks
import KnackNumerics

/// Who chooses actions.
public enum Player: Sendable {
  /// A policy, which draws its actions, or takes the most probable ones if `greedy`. One that reaches goals plays in worlds that
  /// take commands, and a director asks for them.
  case policy(Policy, greedy: Bool, director: (any GoalDirector)? = nil)
  /// Whoever a policy of another shape makes; draws actions, or takes the most probable ones if `greedy`.
  case acting(any ActingPolicy, greedy: Bool)
  /// Nobody: any action that may be taken, with equal probability.
  case random
  /// The expert that the world brings along; it must have one.
  case expert
}

/// Plays episodes and says how each ended.
///
/// Episode i is the first one of a world seeded with `seed + i`, so short episodes are not over-represented, and the
/// result depends on nothing but player, world, number and seed.
///
/// - Parameters:
///   - episodes: how many to play.
///   - pool: who computes; the number of workers does not change the result.
/// - Complexity: O(`episodes` × steps of the longest one) choices of an action; memory for 32 worlds a worker.
public func evaluate(
  _ player: Player, world: WorldKind, episodes: Int, seed: UInt64, pool: WorkerPool
) -> [EpisodeOutcome] {
  // A policy is asked for many worlds at once; the others are not, and episodes may be of very different lengths.
  let groupSize =
    switch player {
    case .policy, .acting: 32
    case .random, .expert: 1
    }
  let groups = (episodes + groupSize - 1) / groupSize
  var outcomes = [EpisodeOutcome](
    repeating: EpisodeOutcome(return: 0, length: 0, success: false), count: episodes)
  outcomes.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let results = buffer.baseAddress!
    pool.run(groups) { group, _ in
      let range = group * groupSize..<min(episodes, (group + 1) * groupSize)
      playGroup(player, world, range, seed: seed, into: results)
    }
  }
  return outcomes
}

/// Plays episodes with a policy that draws its actions, or takes the most probable ones if `greedy`.
public func evaluate(
  _ policy: Policy, world: WorldKind, episodes: Int, seed: UInt64, greedy: Bool = false, pool: WorkerPool
) -> [EpisodeOutcome] {
  evaluate(.policy(policy, greedy: greedy), world: world, episodes: episodes, seed: seed, pool: pool)
}

private func playGroup(
  _ player: Player, _ world: WorldKind, _ episodes: Range<Int>, seed: UInt64,
  into outcomes: UnsafeMutablePointer<EpisodeOutcome>
) {
  let count = episodes.count
  let environment = VectorEnvironment(world, count: count)
  environment.reset(seed: seed &+ UInt64(episodes.lowerBound))
  var actor: Actor?, direction: Direction?, other: (any BatchActor)?
  if case .acting(let policy, _) = player { other = policy.actor(worlds: count) }
  if case .policy(let policy, _, let director) = player {
    actor = Actor(policy, world.specification, worlds: count)
    direction = director.map { Direction($0, environment, isLearning: false) }
  }
  for i in 0..<count { direction?.begin(i) }
  let random = CounterRandom(seed: seed, stream: RandomPurpose.actions.rawValue)
  var playing = [Bool](repeating: true, count: count)
  var actions = [Int32](repeating: 0, count: count)
  var remaining = count
  var step: UInt64 = 0
  while remaining > 0 {
    func uniform(_ world: Int) -> Float { random.uniform(at: step, UInt64(episodes.lowerBound + world)) }
    switch player {
    case .policy(_, let greedy, _): actor?.act(environment, greedy: greedy, into: &actions, uniform: uniform)
    case .acting(_, let greedy):
      other?.act(environment, greedy: greedy, into: &actions) { world, draw in
        random.uniform(at: step, UInt64(episodes.lowerBound + world) | UInt64(draw) << 32)
      }
    case .random:
      for i in 0..<count {
        actions[i] = environment.anyAction(world: i) { choice in
          random.uniform(at: step, UInt64(episodes.lowerBound + i) | UInt64(choice) << 32)
        }
      }
    case .expert: environment.expertActions(into: &actions)
    }
    environment.step(actions)
    step += 1
    for i in 0..<count {
      let isOver = environment.terminated[i] || environment.truncated[i]
      direction?.goOn(i, isOver: isOver)
      guard isOver else { continue }
      actor?.forget(world: i)
      other?.forget(world: i)
      guard playing[i] else { continue }
      playing[i] = false
      remaining -= 1
      outcomes[episodes.lowerBound + i] = EpisodeOutcome(of: i, in: environment)
    }
  }
}

extension VectorEnvironment {
  /// An action of a world, all that may be taken being equally probable; of factors, each value that some part of the mask
  /// allows.
  ///
  /// - Parameter uniform: a number in [0, 1) for each choice to draw with: one for a list, one a factor.
  public func anyAction(world: Int, _ uniform: (Int) -> Float) -> Int32 {
    let actions = specification.actions
    let mask = actionMasks.map { $0 + world * actions.maskSize }
    func choice(_ number: Int, _ allowed: [Int]) -> Int {
      allowed[Int(uniform(number) * Float(allowed.count))]
    }
    guard actions.isFactored else {
      return Int32(choice(0, (0..<actions.count).filter { mask == nil || mask?[$0] != 0 }))
    }
    var code = 0
    for (number, factor) in actions.factors.enumerated() {
      var allowed = Set<Int>(), first = 0
      for part in actions.masks {
        if part.factor == factor.name {
          for value in 0..<part.count where mask?[first + value] != 0 { allowed.insert(value) }
        }
        first += part.count
      }
      code = code * factor.values.count + choice(number, allowed.isEmpty ? [0] : allowed.sorted())
    }
    return Int32(code)
  }
}
