import KnackNetworks
import KnackNumerics

/// Behaviour cloning: a policy is taught to do what was demonstrated, by the cross-entropy of the demonstrated actions
/// (Pomerleau 1989).
public final class BehaviorCloning {
  /// How it is learned.
  public struct Settings: Sendable, Equatable {
    /// Demonstrated steps of an update.
    public var batchSize = 256
    /// Adam's step size.
    public var learningRate: Float = 1e-3

    /// The defaults.
    public init() {}
  }

  private let policy: TrainedNetwork
  private let settings: Settings
  private let adam = Adam(epsilon: 1e-8)
  private let rows: ObservationStore
  private let workspace: PerceptronWorkspace
  private let actions: Categorical
  private let shares: UnsafeMutablePointer<Float>
  private let done: UnsafeMutablePointer<Int32>

  /// Cloning into a policy, whose outputs are a logit for each action.
  public init(_ policy: TrainedNetwork, settings: Settings = Settings()) {
    self.policy = policy
    self.settings = settings
    rows = ObservationStore(policy.network, capacity: settings.batchSize)
    workspace = PerceptronWorkspace(policy.network, rows: settings.batchSize)
    actions = Categorical(actions: policy.network.outputs)
    shares = .allocate(capacity: settings.batchSize * policy.network.outputs)
    shares.initialize(repeating: 0, count: settings.batchSize * policy.network.outputs)
    done = .allocate(capacity: settings.batchSize)
    done.initialize(repeating: 0, count: settings.batchSize)
  }

  deinit {
    shares.deallocate()
    done.deallocate()
  }

  /// Learns from steps drawn uniformly from those that there are; −log π(a | s) on average, in nats.
  ///
  /// - Parameter steps: ``DemonstrationSet/stretches(of:)`` of length 1; not empty.
  /// - Throws: ``LearningError/notANumber(place:update:)``; then nothing has been learned.
  @discardableResult
  public func update(
    _ demonstrations: DemonstrationSet, _ steps: [(episode: Int, step: Int)], random: inout RandomStream
  ) throws(LearningError) -> Double {
    let count = settings.batchSize, scale = 1 / Float(count)
    for row in 0..<count {
      let step = steps[Int(random.below(UInt32(steps.count)))]
      done[row] = demonstrations.read(step.episode, step.step) { rows.store($0, as: row) }
    }
    let logarithms = policy.network.forward(policy.parameters, rows.batch(from: 0), rows: count, workspace)
    actions.normalize(logarithms, rows: count, probabilities: shares)
    var loss = 0.0
    for row in 0..<count {
      let place = row * actions.actions, chosen = place + Int(done[row])
      loss -= Double(logarithms[chosen])
      shares[chosen] -= 1
      for a in place..<place + actions.actions { shares[a] *= scale }
    }
    guard loss.isFinite else { throw .notANumber(place: "cloning loss", update: policy.steps) }
    policy.descend(
      rows.batch(from: 0), rows: count, workspace, dOutputs: shares, adam, learningRate: settings.learningRate
    )
    return loss / Double(count)
  }
}
