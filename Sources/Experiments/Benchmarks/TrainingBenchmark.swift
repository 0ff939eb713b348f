import KnackEnvironment
import KnackLearning
import KnackNumerics

/// How fast a configuration trains, everything included but files.
public struct TrainingBenchmark: Sendable {
  /// What is trained.
  public var configuration: ExperimentConfiguration
  /// The seconds that each repetition lasts, or the iterations that it takes if that is given.
  public var seconds: Double, iterations: Int?
  /// Measurements, of which the median counts.
  public var repetitions = 5

  /// A benchmark.
  public init(_ configuration: ExperimentConfiguration, seconds: Double = 2, iterations: Int? = nil) {
    self.configuration = configuration
    self.seconds = seconds
    self.iterations = iterations
    if iterations != nil { repetitions = 1 }
  }

  /// Measures. With `iterations`, nothing else is done, so that allocations can be counted.
  ///
  /// `gemmFraction` is the multiply-adds done a second over those that the machine's fastest sgemm could do, measured on
  /// the same workers before and after each repetition, since a machine's speed drifts.
  ///
  /// - Throws: ``ExperimentError`` where the configuration cannot be trained.
  public func run(_ registry: EnvironmentRegistry) throws(ExperimentError) -> JSON {
    let (resolved, world) = try configuration.resolved(in: registry)
    let pool = try makePool(workers: resolved.training.workers)
    let trainer = try resolved.makeTrainer(world: world, pool: pool)
    func gflops() -> Double {
      iterations == nil ? GEMMBenchmark.run(pool: pool).map(\.gflops).max() ?? .nan : .nan
    }

    var progress = RunProgress()
    // What is made once, and what is learned before playing, comes before the clock starts.
    repeat { try iterate(trainer, &progress) } while resolved.algorithm != .ppo && progress.gradientSteps == 0
    let gradientSteps = progress.gradientSteps
    progress = RunProgress()
    var stepRates: [Double] = [], fractions: [Double] = [], limits = [gflops()]
    for _ in 0..<repetitions {
      let start = monotonicNanoseconds(), steps = trainer.environmentSteps
      var taken = 0, multiplyAdds = 0.0
      repeat {
        try iterate(trainer, &progress)
        taken += 1
        multiplyAdds += trainer.multiplyAddsOfIteration
      } while iterations.map { taken < $0 } ?? (Double(monotonicNanoseconds() - start) * 1e-9 < seconds)
      let elapsed = monotonicNanoseconds() - start
      progress.available += elapsed * UInt64(pool.workers)
      stepRates.append(Double(trainer.environmentSteps - steps) / (Double(elapsed) * 1e-9))
      limits.append(gflops())
      let limit = (limits[limits.count - 2] + limits[limits.count - 1]) / 2
      fractions.append(2 * multiplyAdds / Double(elapsed) / limit)
    }
    // Off-policy learners take their updates one after the other, on all workers; here they are counted by their own time.
    let updates: [(String, JSON)] =
      resolved.algorithm == .ppo || progress.update == 0
      ? []
      : [
        (
          "gradientStepsPerSecond",
          .number(Double(progress.gradientSteps - gradientSteps) / (Double(progress.update) * 1e-9))
        )
      ]
    guard
      case .object(let common) = JSON.fields([
        "environment": .string(resolved.environment.id),
        "observation": .string(resolved.environment.observation),
        "workers": .integer(pool.workers),
        "stepsPerSecond": .number(Statistics.median(stepRates)),
        "gemmFraction": .number(Statistics.median(fractions)),
        "sgemmGFLOPS": .number(Statistics.median(limits)),
        "time": .object(progress.timeShares.map { ($0.activity, .number($0.share)) }),
        "machine": .string(Machine.description),
      ])
    else { return .null }
    return .object(common + updates)
  }

  private func iterate(_ trainer: any Trainer, _ progress: inout RunProgress) throws(ExperimentError) {
    do {
      progress.add(try trainer.iterate())
    } catch {
      throw .failure(error.description)
    }
  }
}
