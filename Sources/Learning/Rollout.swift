import KnackEnvironment
import KnackNetworks

/// The transitions that one iteration collects and learns from: `steps` steps of `worlds` worlds, world by world
/// (sample = world * steps + step). Made once; nothing is allocated while it is filled.
///
/// World by world, because that is how they are read: advantages are estimated along a world's steps, a recurrent
/// network runs along them, and samples of one world look alike, so that their rows of weights stay in the cache.
///
/// After the transitions come two spare observations a world, of which only the value counts: the final observation of
/// an episode that was cut off, and the observation after the last step.
final class Rollout: @unchecked Sendable {  // workers write disjoint worlds
  /// What is noted of one transition.
  struct Sample: BitwiseCopyable {
    var action: Int32 = 0
    /// The log-probability and the value that the policy gave when it acted.
    var logProbability: Float = 0, value: Float = 0
    var reward: Float = 0
    /// The value of the final observation where an episode was truncated, else zero.
    var bootstrap: Float = 0
    var advantage: Float = 0
    /// Whether an episode starts here, and whether one ends with this transition. Where goals are asked for, each is an
    /// episode of its own to the learner.
    var starts = false, ended = false
    /// Whether an episode of the world ends with this transition.
    var endsEpisode = false

    /// What the value is to become: advantage plus value.
    var `return`: Float { advantage + value }
  }

  let steps: Int, worlds: Int
  /// Transitions in all.
  let count: Int
  let samples: UnsafeMutablePointer<Sample>
  let observations: ObservationStore
  /// Shape (count, actions); nil where the world masks nothing.
  let masks: UnsafeMutablePointer<UInt8>?
  let actionCount: Int
  /// Where a sample `endsEpisode`: how the episode did.
  let episodes: UnsafeMutablePointer<EpisodeOutcome>

  /// Steps that a recurrent network is run through at a time; 1 for others. Sequence q is made of the samples from
  /// `q * sequenceLength` on.
  let sequenceLength: Int
  /// The recurrent state at the start of each sequence, shape (count / sequenceLength, stateSize).
  let initialStates: UnsafeMutablePointer<Float>
  let stateSize: Int

  init(_ network: ActorCritic, _ world: WorldSpecification, steps: Int, worlds: Int, sequenceLength: Int) {
    func make<T>(_ count: Int, _ zero: T) -> UnsafeMutablePointer<T> {
      let memory = UnsafeMutablePointer<T>.allocate(capacity: max(1, count))
      memory.initialize(repeating: zero, count: count)
      return memory
    }
    self.steps = steps
    self.worlds = worlds
    self.sequenceLength = sequenceLength
    count = steps * worlds
    samples = make(count, Sample())
    observations = ObservationStore(network, size: world.observation.size, capacity: count + 2 * worlds)
    actionCount = world.actions.count
    masks = world.masksActions ? make(count * actionCount, 1) : nil
    episodes = make(count, EpisodeOutcome(return: 0, length: 0, success: false))
    stateSize = network.stateSize
    initialStates = make(count / sequenceLength * stateSize, 0)
  }

  deinit {
    samples.deallocate()
    masks?.deallocate()
    episodes.deallocate()
    initialStates.deallocate()
  }

  /// Whether two samples have equal observations and allow the same actions.
  func showsTheSame(_ a: Int, _ b: Int) -> Bool {
    guard observations.areEqual(a, b) else { return false }
    guard let masks else { return true }
    for i in 0..<actionCount where masks[a &* actionCount &+ i] != masks[b &* actionCount &+ i] {
      return false
    }
    return true
  }

  /// The spare observation for the end of a world's episode.
  func finalObservation(_ world: Int) -> Int { count &+ world }
  /// The spare observation for what a world shows after the last step.
  func lastObservation(_ world: Int) -> Int { count &+ worlds &+ world }
}
