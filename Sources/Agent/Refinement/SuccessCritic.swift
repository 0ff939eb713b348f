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

  /// An attempt at a skill: the context that it began in, and how it ended.
  public struct Attempt {
    /// Where the context is kept, and its place there.
    public var contexts: SkillContexts, place: Int
    /// Whether it succeeded.
    public var succeeded: Bool

    /// An attempt.
    public init(_ contexts: SkillContexts, _ place: Int, succeeded: Bool) {
      (self.contexts, self.place, self.succeeded) = (contexts, place, succeeded)
    }

    /// What was seen at its beginning.
    var observation: UnsafePointer<UInt8> {
      UnsafePointer(contexts.gallery.observations) + place * contexts.world.specification.observation.size
    }
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

  /// Learns how attempts ended.
  ///
  /// - Throws: ``LearningError/notANumber(place:update:)``.
  public func learn(from attempts: [Attempt], seed: UInt64) throws(LearningError) {
    guard !attempts.isEmpty else { return }
    let count = settings.batchSize
    let adam = Adam(epsilon: 1e-8), scale = 1 / Float(count)
    var random = RandomStream(seed: seed, stream: 0x5cc2), succeeded = [Bool](repeating: false, count: count)
    for update in 0..<settings.updates {
      for row in 0..<count {
        let attempt = attempts[Int(random.below(UInt32(attempts.count)))]
        rows.store(attempt.observation, as: row)
        succeeded[row] = attempt.succeeded
      }
      let logits = network.network.forward(network.parameters, rows.batch(from: 0), rows: count, workspace)
      var loss: Float = 0
      for row in 0..<count {
        let probability = Self.probability(logits[row])
        loss -= Elementwise.log(max(1e-6, succeeded[row] ? probability : 1 - probability))
        dLogits[row] = scale * (probability - (succeeded[row] ? 1 : 0))
      }
      guard loss.isFinite else { throw .notANumber(place: "success critic's loss", update: update) }
      network.descend(
        rows.batch(from: 0), rows: count, workspace, dOutputs: dLogits, adam,
        learningRate: settings.learningRate)
    }
  }

  /// How well it foretells attempts, as the mean cross-entropy in nats; 0 for none.
  public func crossEntropy(of attempts: [Attempt]) -> Double {
    let sum = attempts.reduce(0.0) { sum, attempt in
      let probability = self.probability(attempt.observation)
      let likelihood = attempt.succeeded ? probability : 1 - probability
      return sum - Double(Elementwise.log(Float(max(1e-6, likelihood))))
    }
    return sum / Double(max(1, attempts.count))
  }

  /// The probability that the skill succeeds which an observation is in view of.
  public func probability(_ observation: UnsafePointer<UInt8>) -> Double {
    rows.store(observation, as: 0)
    let logits = network.network.forward(network.parameters, rows.batch(from: 0), rows: 1, workspace)
    return Double(Self.probability(logits[0]))
  }

  private static func probability(_ logit: Float) -> Float { 1 / (1 + Elementwise.exp(-logit)) }
}
