import KnackAgent
import KnackEnvironment
import KnackSkills

extension RunDirectory {
  /// Lets a hierarchical agent with the run's skills play a suite of tasks, and writes the report to `tasks.json`.
  ///
  /// - Throws: ``ExperimentError``.
  public func evaluateTasks(
    _ evaluation: (TaskEvaluation) throws(ExperimentError) -> TaskEvaluation = { $0 }, suite: String,
    workers: Int = 0,
    registry: EnvironmentRegistry
  ) throws(ExperimentError) -> TaskReport {
    let library = try library(registry: registry)
    let evaluation = try evaluation(TaskEvaluation(suite: suite, of: library.world, registry: registry))
    let start = monotonicNanoseconds()
    let outcomes = try evaluation.run(library, pool: try makePool(workers: workers))
    let report = TaskReport(
      suite: evaluation.suite, environment: evaluation.environment, seed: evaluation.seed,
      worlds: evaluation.worlds,
      outcomes: outcomes, seconds: Double(monotonicNanoseconds() - start) * 1e-9)
    try Files.replace(path + "/tasks.json", Array((report.json.text + "\n").utf8))
    return report
  }
}
