import KnackEnvironment
import KnackNetworks

/// The transitions that one iteration collects and learns from: `steps` steps of `worlds` worlds, step by step (sample =
/// step * worlds + world). Made once; nothing is allocated while it is filled.
///
/// After the transitions come two spare samples a world, for observations of which only the value counts: the final
/// observation of an episode that was cut off, and the observation after the last step.
final class Rollout: @unchecked Sendable {  // workers write disjoint worlds
  let steps: Int, worlds: Int, sequenceLength: Int
  /// Transitions in all.
  let count: Int

  let observations: ObservationStore
  let masks: UnsafeMutablePointer<UInt8>?
  let actionCount: Int

  let actions: UnsafeMutablePointer<Int32>
  let logProbabilities, values, rewards: UnsafeMutablePointer<Float>
  /// Whether an episode starts at the sample, and whether one ends with it.
  let starts, ended: UnsafeMutablePointer<Bool>
  /// The value of the final observation where an episode was truncated, else zero.
  let bootstraps: UnsafeMutablePointer<Float>
  /// The value of the observation after the last step, shape (worlds).
  let lastValues: UnsafeMutablePointer<Float>
  let advantages, returns: UnsafeMutablePointer<Float>
  /// The recurrent state at the start of each sequence, shape (steps / sequenceLength, worlds, stateSize).
  let initialStates: UnsafeMutablePointer<Float>
  let stateSize: Int

  /// Where `ended`: the episode's return, length and success.
  let episodeReturns: UnsafeMutablePointer<Double>
  let episodeLengths: UnsafeMutablePointer<Int32>
  let episodeSuccesses: UnsafeMutablePointer<Bool>

  private var owned: [UnsafeMutableRawPointer] = []

  init(_ network: ActorCritic, _ world: WorldSpecification, steps: Int, worlds: Int, sequenceLength: Int) {
    self.steps = steps
    self.worlds = worlds
    self.sequenceLength = sequenceLength
    count = steps * worlds
    var owned: [UnsafeMutableRawPointer] = []
    func make<T: BitwiseCopyable>(_ count: Int, _ zero: T) -> UnsafeMutablePointer<T> {
      let raw = UnsafeMutableRawPointer.allocate(
        byteCount: max(64, count * MemoryLayout<T>.stride), alignment: 64)
      owned.append(raw)
      return raw.initializeMemory(as: T.self, repeating: zero, count: count)
    }
    observations = ObservationStore(network, size: world.observation.size, capacity: count + 2 * worlds)
    actionCount = world.actions.count
    masks = world.masksActions ? make(count * actionCount, UInt8(1)) : nil
    actions = make(count, Int32(0))
    logProbabilities = make(count, Float(0))
    values = make(count, Float(0))
    rewards = make(count, Float(0))
    starts = make(count, false)
    ended = make(count, false)
    bootstraps = make(count, Float(0))
    lastValues = make(worlds, Float(0))
    advantages = make(count, Float(0))
    returns = make(count, Float(0))
    stateSize = network.stateSize
    initialStates = make(steps / sequenceLength * worlds * stateSize, Float(0))
    episodeReturns = make(count, 0.0)
    episodeLengths = make(count, Int32(0))
    episodeSuccesses = make(count, false)
    self.owned = owned
  }

  deinit { owned.forEach { $0.deallocate() } }

  /// The spare sample for the final observation of a world's episode.
  func finalSample(_ world: Int) -> Int { count &+ world }
  /// The spare sample for a world's observation after the last step.
  func lastSample(_ world: Int) -> Int { count &+ worlds &+ world }
}
