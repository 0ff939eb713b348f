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
  /// The world's own steps since then, where goals are practised and a move may take several; 0 elsewhere.
  var worldSteps: Int { get }
  /// How the flat vectors of ``state()`` divide into named tensors.
  var layout: ParameterLayout { get }
  /// Collects once and learns from it.
  func iterate() throws(LearningError) -> IterationStatistics
  /// Multiply-adds of the last iteration.
  var multiplyAddsOfIteration: Double { get }
  /// Everything needed to go on.
  func state() -> TrainingState
  /// Goes on from a state that ``state()`` made.
  func restore(_ state: TrainingState) throws(LearningError)
}

extension PPOTrainer: Trainer {
  /// How the weights divide into named tensors.
  public var layout: ParameterLayout { network.layout }
}

extension ExperimentConfiguration {
  /// The algorithm's trainer for a resolved configuration.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where settings contradict each other.
  func makeTrainer(world: WorldKind, pool: WorkerPool) throws(ExperimentError) -> any Trainer {
    do {
      switch algorithm {
      case .ppo:
        return try PPOTrainer(
          world: world, network: network, ppo: ppo, totalSteps: training.steps, seed: training.seed,
          pool: pool,
          clock: monotonicNanoseconds)
      }
    } catch {
      throw .mistake(error.description)
    }
  }
}

/// A pool of workers, 0 for one a core, once the matrix library is known to multiply rightly.
///
/// - Throws: ``ExperimentError/failure(_:)`` where it does not on this processor.
func makePool(workers: Int) throws(ExperimentError) -> WorkerPool {
  do {
    try BLAS.prepare()
  } catch {
    throw .failure(error.description)
  }
  guard workers <= 4096 else { throw .mistake("training.workers must be at most 4096.") }
  return WorkerPool(workers: workers > 0 ? workers : Machine.cores)
}
