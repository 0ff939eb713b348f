import KnackNetworks
import KnackNumerics

/// What soft actor-critics have alike, whatever it is that they choose: a policy, two critics (Fujimoto et al. 2018, arXiv:1802.09477),
/// slowly following copies of those, and a temperature.
public class TwinCriticLearner: @unchecked Sendable {  // tasks write disjoint memory
  /// What an update was like, as means over the batch.
  public struct Losses: Sendable, Equatable {
    /// ½ (Q(s, a) − y)², of both critics together; −V; KL(π ‖ ρ) in nats, or minus the entropy where that takes its place; α after the
    /// update.
    public var critic = 0.0, policy = 0.0, divergence = 0.0, temperature = 0.0
  }

  /// The settings.
  public let settings: SACConfiguration
  /// What the next update learns from.
  public let batch: TransitionBatch
  /// Updates so far.
  public internal(set) var updates = 0

  let policy: TrainedNetwork, critics: [TrainedNetwork]
  /// The weights of the critics' slow copies.
  let targets: [UnsafeMutablePointer<Float>]
  var temperature: Temperature
  let adam: Adam
  let pool: WorkerPool
  /// What the update at hand is like so far.
  var losses = Losses()

  /// A learner whose critics' copies are as the critics.
  init(
    _ policy: TrainedNetwork, critics: [TrainedNetwork], batch: TransitionBatch, settings: SACConfiguration,
    pool: WorkerPool
  ) {
    (self.policy, self.critics, self.batch, self.settings, self.pool) = (
      policy, critics, batch, settings, pool
    )
    targets = critics.map { critic in
      let target = UnsafeMutableRawPointer.allocate(byteCount: critic.count * 4, alignment: 64)
        .bindMemory(to: Float.self, capacity: critic.count)
      target.initialize(from: critic.parameters, count: critic.count)
      return target
    }
    adam = Adam(epsilon: settings.adamEpsilon)
    temperature = Temperature(settings)
  }

  deinit { for target in targets { target.deallocate() } }

  // MARK: - The policy

  /// The policy's network.
  public var network: Perceptron { policy.network }
  /// Its weights.
  public var policyWeights: [Float] { policy.weights }
  /// The same where they lie.
  public var policyParameters: UnsafePointer<Float> { UnsafePointer(policy.parameters) }

  /// Lets the policy begin with these weights.
  public func loadPolicy(_ weights: [Float]) { policy.load(weights) }

  // MARK: - The end of an update

  /// Counts the update, and adapts the temperature if the policy has learned.
  public func finish(trainsPolicy: Bool) -> Losses {
    updates += 1
    if trainsPolicy { temperature.heat(losses.divergence, settings, adam, step: updates) }
    losses.temperature = Double(temperature.value)
    return losses
  }

  // MARK: - Saving

  /// Adds its networks to a collection: `policy`, `critic.1`, `critic.2` and their slow copies `target.1`, `target.2`.
  public func addNetworks(to collection: inout NetworkCollection, prefix: String = "") {
    for network in [policy] + critics { collection.add(network, prefix: prefix) }
    for (target, critic) in zip(targets, critics) {
      collection.add(target, like: critic.network.layout, prefix: prefix + "target.", owner: self)
    }
  }

  /// What else it needs to go on, but for its reference: temperature, its moments, and how many steps each network has taken.
  public func save() -> [UInt8] {
    let steps = ([policy] + critics).map(\.steps)
    return (temperature.bits + ([updates] + steps).map(UInt64.init)).withUnsafeBytes(Array.init)
  }

  /// Takes on what ``save()`` gave; false, with nothing changed, where the bytes are not that.
  public func restore(_ bytes: [UInt8]) -> Bool {
    let networks = [policy] + critics, count = 4 + networks.count
    guard bytes.count == 8 * count else { return false }
    let words = bytes.withUnsafeBytes { bytes in
      (0..<count).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self) }
    }
    guard words[3...].allSatisfy({ $0 < UInt64(Int32.max) }), temperature.restore(words[..<3]) else {
      return false
    }
    updates = Int(words[3])
    for (network, steps) in zip(networks, words[4...]) { network.steps = Int(steps) }
    return true
  }
}
