import KnackEnvironment
import KnackLearning
import KnackNumerics

extension HierarchicalAgent {
  /// Plays the first episode of a world with a seed, from its beginning to its end. How each attempt on the way ends,
  /// ``onOutcome`` is told.
  ///
  /// - Precondition: the world's episodes end, by themselves or by a limit.
  public func playEpisode(seed: UInt64) -> EpisodeOutcome {
    // An episode's end is still there to be judged after the step that led to it.
    let environment = VectorEnvironment(world, count: 1, autoreset: .nextStep)
    environment.reset(seed: seed)
    begin(worlds: 1)
    let random = CounterRandom(seed: seed, stream: Self.randomStream)
    var actions: [Int32] = [0], step: UInt64 = 0
    repeat {
      act(in: environment, into: &actions) { random.uniform(at: step, UInt64($0)) }
      environment.step(actions)
      step += 1
    } while !environment.terminated[0] && !environment.truncated[0]
    end(world: 0, in: environment)
    return EpisodeOutcome(
      return: environment.episodeReturns[0], length: environment.worldSteps(world: 0),
      success: environment.episodeSuccesses[0], achievements: environment.episodeAchievements?[0] ?? 0)
  }
}
