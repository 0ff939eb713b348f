import KnackEnvironment
import KnackLearning

/// The two files in which a run's metrics lie: `metrics.jsonl`, and an event file for TensorBoard. Both hold the same
/// numbers under the same names.
final class MetricsWriter {
  private let metrics: AppendFile
  private let events: AppendFile
  private var lastFlush = monotonicSeconds()

  /// Opens both files of a run where `progress` left them.
  init(_ run: RunDirectory, _ progress: RunProgress) throws(ExperimentError) {
    metrics = try AppendFile(run.metricsFile, keeping: progress.metricsBytes)
    events = try AppendFile(run.eventsFile(), keeping: progress.eventsBytes)
  }

  /// The lengths of both files.
  var byteCounts: (metrics: Int, events: Int) { (metrics.count, events.count) }

  /// Adds a record; at most a second later it is in the files.
  func write(_ statistics: IterationStatistics, _ progress: RunProgress) throws(ExperimentError) {
    let values = scalars(statistics, progress)
    metrics.append(
      JSON.object(
        [
          (name: "environment_steps", value: .integer(progress.environmentSteps)),
          (name: "gradient_steps", value: .integer(progress.gradientSteps)),
          (name: "seconds", value: .number(progress.seconds)),
        ] + values.map { (name: $0.name, value: .number($0.value)) }
      ).text.utf8)
    metrics.append(CollectionOfOne(UInt8(ascii: "\n")))
    events.append(TensorBoard.scalars(values, step: progress.environmentSteps, wallTime: wallClockSeconds()))
    let now = monotonicSeconds()
    if now - lastFlush >= 1 {
      try metrics.flush()
      try events.flush()
      lastFlush = now
    }
  }

  /// Waits until both files are on the disk.
  func sync() throws(ExperimentError) {
    try metrics.sync()
    try events.sync()
  }

  /// The numbers of a record under CleanRL's names. Episodes are the latest hundred, of which `achievements/` gives
  /// percentages, but for the score, which is over all training episodes within the budget. Numbers that do not exist,
  /// such as a mean over no episodes, are left out.
  private func scalars(
    _ statistics: IterationStatistics, _ progress: RunProgress
  ) -> [(name: String, value: Double)] {
    let recent = progress.recent
    let all: [(name: String, value: Double?)] = [
      ("charts/episodic_return", recent.episodeReturn), ("charts/episodic_length", recent.episodeLength),
      ("charts/success_rate", recent.successRate), ("charts/episodes", Double(statistics.episodes.count)),
      ("charts/SPS", progress.stepsPerSecond), ("charts/learning_rate", statistics.learningRate),
      ("losses/policy_loss", statistics.policyLoss), ("losses/value_loss", statistics.valueLoss),
      ("losses/entropy", statistics.entropy), ("losses/approx_kl", statistics.approximateKL),
      ("losses/old_approx_kl", statistics.oldApproximateKL), ("losses/clipfrac", statistics.clipFraction),
      ("losses/explained_variance", statistics.explainedVariance),
      ("losses/gradient_norm", statistics.gradientNorm),
      ("charts/score", progress.score?.score),
    ]
    let achievements = AchievementScore(
      progress.achievements, counts: recent.achievements, of: recent.count)
    let rates = achievements.map { Array(zip($0.names.map { "achievements/" + $0 }, $0.percentages)) } ?? []
    let measures = statistics.measures.map { (name: $0.name, value: Optional($0.value)) }
    return (all + measures + rates).compactMap { name, value in
      value.flatMap { $0.isFinite ? (name, $0) : nil }
    }
  }
}
