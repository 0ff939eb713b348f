import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackNumerics

/// How likely a skill is to succeed where one stands: what choosing it there is worth to the high level, undiscounted and rewarded with 1 for
/// success.
///
/// It is the high level's critic of Skill-Critic with the planner in the policy's place: Q(s, z) for the skill z that an observation is in
/// view of. Since nothing after the skill counts, its target is how attempts ended, and what is made small is their cross-entropy.
public final class SuccessCritic {
  /// How it learns.
  public struct Settings: Sendable, Equatable {
    /// Attempts of an update, updates, and Adam's step size.
    public var batchSize = 64, updates = 1500, learningRate: Float = 3e-4
    /// Hidden layers.
    public var network = NetworkConfiguration()

    /// Small, since attempts are few.
    public init() { network.hidden = [64] }
  }

  /// The network, whose only output is the logit of success.
  public let network: TrainedNetwork
  private let settings: Settings
  private let workspace: PerceptronWorkspace
  private let rows: ObservationStore
  private let dLogits: UnsafeMutablePointer<Float>

  /// A critic that says one half.
  ///
  /// - Parameter cardinalities: those of what policies see in view of a goal.
  public init(cardinalities: [Int], settings: Settings = Settings(), seed: UInt64) {
    self.settings = settings
    var random = RandomStream(seed: seed, stream: 0x5cc1)
    network = TrainedNetwork(
      Perceptron("success", cardinalities: cardinalities, outputs: 1, settings.network), headGain: 0,
      random: &random)
    workspace = PerceptronWorkspace(network.network, rows: settings.batchSize)
    rows = ObservationStore(network.network, capacity: settings.batchSize)
    dLogits = .allocate(capacity: settings.batchSize)
    dLogits.initialize(repeating: 0, count: settings.batchSize)
  }

  deinit { dLogits.deallocate() }

  /// Learns how attempts ended that began in contexts; the mean cross-entropy of the last tenth of the updates, in nats.
  ///
  /// - Throws: ``LearningError/notANumber(place:update:)``.
  @discardableResult
  public func learn(from contexts: [SkillContexts], seed: UInt64) throws(LearningError) -> Double {
    let places = contexts.flatMap { one in (0..<one.count).map { (one, $0) } }
    guard !places.isEmpty else { return 0 }
    let size = contexts[0].world.specification.observation.size, count = settings.batchSize
    let adam = Adam(epsilon: 1e-8), scale = 1 / Float(count)
    var random = RandomStream(seed: seed, stream: 0x5cc2), ended = [Bool](repeating: false, count: count)
    var sum = 0.0, counted = 0
    for update in 0..<settings.updates {
      for row in 0..<count {
        let (one, place) = places[Int(random.below(UInt32(places.count)))]
        rows.store(one.gallery.observations + place * size, as: row)
        ended[row] = !one.failed[place]
      }
      let logits = network.network.forward(network.parameters, rows.batch(from: 0), rows: count, workspace)
      var loss: Float = 0
      for row in 0..<count {
        let probability = Self.probability(logits[row])
        loss -= Elementwise.log(max(1e-6, ended[row] ? probability : 1 - probability))
        dLogits[row] = scale * (probability - (ended[row] ? 1 : 0))
      }
      guard loss.isFinite else { throw .notANumber(place: "success critic's loss", update: update) }
      network.descend(
        rows.batch(from: 0), rows: count, workspace, dOutputs: dLogits, adam,
        learningRate: settings.learningRate)
      if update >= settings.updates * 9 / 10 {
        sum += Double(loss * scale)
        counted += 1
      }
    }
    return sum / Double(max(1, counted))
  }

  /// The probability that the skill succeeds which an observation is in view of.
  public func probability(_ observation: UnsafePointer<UInt8>) -> Double {
    rows.store(observation, as: 0)
    let logits = network.network.forward(network.parameters, rows.batch(from: 0), rows: 1, workspace)
    return Double(Self.probability(logits[0]))
  }

  private static func probability(_ logit: Float) -> Float { 1 / (1 + Elementwise.exp(-logit)) }
}
