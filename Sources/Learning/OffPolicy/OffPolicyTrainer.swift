import KnackEnvironment
import KnackNetworks

/// Whoever learns from what it keeps of the steps of a batch of worlds.
public protocol OffPolicyTrainer: AnyObject {
  /// Environment steps, and updates, so far.
  var environmentSteps: Int { get }
  var gradientSteps: Int { get }
  /// The episodes that ended.
  var episodes: EpisodeAccount { get set }
  /// Where the time went, since the trainer was made.
  var time: TimeBreakdown { get }
  /// How the flat vectors of ``state()`` divide into named tensors.
  var layout: ParameterLayout { get }
  /// One step of all worlds, and what is learned after it; what the last update was like, nothing where none was made yet.
  func step() throws(LearningError) -> [Measure]
  /// Everything needed to go on.
  func state() -> TrainingState
  /// Goes on from a state that ``state()`` made.
  func restore(_ state: TrainingState) throws(LearningError)
}

extension TwinCriticLearner.Losses {
  /// The numbers under the names of metrics.
  ///
  /// - Parameter prefix: who they are about, such as `low_level_`; empty where there is one learner.
  public func measures(prefix: String) -> [Measure] {
    [
      Measure("losses/\(prefix)critic_loss", critic), Measure("losses/\(prefix)policy_loss", policy),
      Measure("losses/\(prefix)divergence", divergence), Measure("losses/\(prefix)temperature", temperature),
    ]
  }
}

extension WorldSpecification {
  /// Checks that actions are a list.
  ///
  /// - Throws: ``LearningError/invalidSetting(_:)`` where they are not.
  public func checkList() throws(LearningError) {
    guard actions.isFactored else { return }
    throw .invalidSetting(
      "An action of \(id) is one value for each of several factors, and soft actor-critic chooses from a list; give the world a list of "
        + "actions.")
  }
}

extension LearningError {
  /// A checkpoint lacks something, or is of another configuration.
  public static let incompleteState = LearningError.stateOfAnotherShape(
    "The checkpoint does not hold what this trainer needs to go on; resume with the configuration that made it."
  )
}
