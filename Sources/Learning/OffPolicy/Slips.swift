import KnackEnvironment
import KnackNumerics

/// The slips of one who demonstrates: now and then an action is any that may be taken. Data without slips says nothing of how to get back
/// from them (Ross et al. 2011, arXiv:1011.0686).
public struct Slips: Sendable {
  private let probability: Double, random: CounterRandom

  /// Slips of a seed, which the same places always have.
  public init(probability: Double, seed: UInt64) {
    self.probability = probability
    random = CounterRandom(seed: seed, stream: 0xde30)
  }

  /// What the only world of a batch does at a step of an episode whatever was chosen; nil where nothing slips.
  public func action(in environment: VectorEnvironment, episode: UInt64, step: UInt64) -> Int32? {
    let place = episode << 8
    guard Double(random.uniform(at: step, place)) < probability else { return nil }
    return environment.anyAction(world: 0) { random.uniform(at: step, place + UInt64($0) + 1) }
  }
}
