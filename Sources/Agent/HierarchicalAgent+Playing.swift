import KnackEnvironment
import KnackLearning
import KnackNumerics

extension HierarchicalAgent {
  /// Plays episodes side by side, each from its beginning to its end: episode *i* is the first one of a world seeded with `seed` + *i*.
  /// How each attempt on the way ends, ``onOutcome`` is told.
  ///
  /// - Parameters:
  ///   - limit: the world's steps after which an episode is left as it is.
  ///   - ended: called after the last step of each episode, with the place of its world in the batch, while everything is still there to be
  ///     looked at.
  /// - Precondition: the world's episodes end, by themselves or by a limit.
  public func play(
    _ episodes: Range<Int>, seed: UInt64, limit: Int = .max,
    ended: (_ world: Int, _ environment: VectorEnvironment) -> Void
  ) {
    let count = episodes.count
    // An episode's end is still there to be judged after the step that led to it.
    let environment = VectorEnvironment(world, count: count, autoreset: .nextStep)
    environment.reset(seed: seed &+ UInt64(episodes.lowerBound))
    begin(worlds: count)
    let random = CounterRandom(seed: seed, stream: Self.randomStream)
    var playing = [Bool](repeating: true, count: count), remaining = count, step: UInt64 = 0
    var actions = [Int32](repeating: 0, count: count)
    while remaining > 0 {
      act(in: environment, into: &actions) {
        random.uniform(at: step, UInt64(episodes.lowerBound + $0))
      }
      environment.step(actions)
      step += 1
      for world in 0..<count where playing[world] {
        let isOver = environment.terminated[world] || environment.truncated[world]
        guard isOver || environment.worldSteps(world: world) >= limit else { continue }
        ended(world, environment)
        end(world: world, in: environment)
        rest(world: world)
        playing[world] = false
        remaining -= 1
      }
    }
  }

  /// Plays episodes side by side, and says how each ended.
  public func playEpisodes(_ episodes: Range<Int>, seed: UInt64) -> [EpisodeOutcome] {
    var outcomes = [EpisodeOutcome](
      repeating: EpisodeOutcome(return: 0, length: 0, success: false), count: episodes.count)
    play(episodes, seed: seed) { world, environment in
      outcomes[world] = EpisodeOutcome(of: world, in: environment)
      // A move may take several of the world's steps.
      outcomes[world].length = environment.worldSteps(world: world)
    }
    return outcomes
  }

  /// Plays the first episode of a world with a seed, from its beginning to its end.
  public func playEpisode(seed: UInt64) -> EpisodeOutcome { playEpisodes(0..<1, seed: seed)[0] }
}
