import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackNumerics

/// What a run needs of a learning algorithm: iterations, and a state to save between them.
///
/// A call is one whole iteration, so the indirection costs nothing.
public protocol Trainer: AnyObject {
  /// Environment steps since the start of the run.
  var environmentSteps: Int { get }
  /// How the flat vectors of ``state()`` divide into named tensors.
  var layout: ParameterLayout { get }
  /// Collects once and learns from it.
  func iterate() throws(LearningError) -> IterationStatistics
  /// Everything needed to go on.
  func state() -> TrainingState
  /// Goes on from a state that ``state()`` made.
  func restore(_ state: TrainingState) throws(LearningError)
}
