import KnackEnvironment
import KnackLearning
import KnackNetworks

/// A trainer that takes one step of its worlds at a time, in iterations of a length that is worth a line of metrics; before the first
/// of them it learns from demonstrations.
final class OffPolicyRun: Trainer {
  private let trainer: any OffPolicyTrainer
  /// Steps of all worlds in an iteration.
  private let steps: Int
  /// Learns from demonstrations; what is to be said of that.
  private let prepare: () throws(LearningError) -> [Measure]
  private var isPrepared = false

  init(
    _ trainer: any OffPolicyTrainer, steps: Int = 128,
    prepare: @escaping () throws(LearningError) -> [Measure]
  ) {
    self.trainer = trainer
    self.steps = steps
    self.prepare = prepare
  }

  var environmentSteps: Int { trainer.environmentSteps }
  var worldSteps: Int { 0 }
  var layout: ParameterLayout { trainer.layout }
  var learnedOperators: [Operator] { [] }
  /// Not counted: updates draw on what was kept, not on what was collected.
  var multiplyAddsOfIteration: Double { 0 }

  private static let others: [WritableKeyPath<IterationStatistics, Double> & Sendable] = [
    \.policyLoss, \.valueLoss, \.entropy, \.approximateKL, \.oldApproximateKL, \.clipFraction,
    \.explainedVariance,
    \.learningRate, \.gradientNorm,
  ]

  func iterate() throws(LearningError) -> IterationStatistics {
    var statistics = IterationStatistics(), sums: [Measure] = [], updates = 0.0
    let before = trainer.time
    if !isPrepared {
      statistics.measures = try prepare()
      isPrepared = true
    }
    // What is said of other algorithms does not exist here.
    for path in Self.others { statistics[keyPath: path] = .nan }
    for _ in 0..<steps {
      let measures = try trainer.step()
      guard !measures.isEmpty else { continue }
      updates += 1
      if sums.isEmpty {
        sums = measures
      } else {
        for i in sums.indices { sums[i].value += measures[i].value }
      }
    }
    statistics.measures += sums.map { Measure($0.name, $0.value / updates) }
    statistics.environmentSteps = trainer.environmentSteps
    statistics.gradientSteps = trainer.gradientSteps
    statistics.episodes = trainer.episodes.takeNews()
    statistics.recent = trainer.episodes.recent.summary
    statistics.total = trainer.episodes.total
    statistics.time.stepping = trainer.time.stepping - before.stepping
    statistics.time.inference = trainer.time.inference - before.inference
    statistics.time.update = trainer.time.update - before.update
    return statistics
  }

  func state() -> TrainingState {
    var state = trainer.state()
    state.counters["isPrepared"] = isPrepared ? 1 : 0
    return state
  }

  func restore(_ state: TrainingState) throws(LearningError) {
    try trainer.restore(state)
    isPrepared = state.counters["isPrepared"] == 1
  }
}
