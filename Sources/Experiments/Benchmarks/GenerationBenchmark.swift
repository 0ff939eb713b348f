import KnackEnvironment
import KnackLearning
import KnackNumerics

/// How fast worlds are made, on one core: as much of them as an episode begins with, its first observation included; and
/// whole ones, which some worlds never become in an episode.
public struct GenerationBenchmark: Sendable {
  /// The world's id.
  public var environment: String
  /// What the world is made from.
  public var settings: WorldSettings
  /// The seconds that each repetition lasts.
  public var seconds: Double
  /// Measurements, of which the median counts.
  public var repetitions = 5

  /// A benchmark.
  public init(environment: String, settings: WorldSettings = WorldSettings(), seconds: Double = 1) {
    self.environment = environment
    self.settings = settings
    self.seconds = seconds
  }

  /// Measures.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` for an unknown world or wrong settings.
  public func run(_ registry: EnvironmentRegistry) throws(ExperimentError) -> JSON {
    let kind: WorldKind
    do {
      let observation = try registry.entry(environment).observations[0]
      kind = try registry.kind(environment, observation: observation, settings: settings)
    } catch {
      throw .mistake("\(error)")
    }
    let world = VectorEnvironment(kind, count: 1)
    world.reset(seed: 1)
    let resets = rate { world.reset(in: 0..<1) }
    let whole = rate {
      world.reset(in: 0..<1)
      world.makeWhole(in: 0..<1)
    }
    return .fields([
      "environment": .string(environment),
      "options": .object(settings.options.map { ($0.name, .string($0.value)) }),
      "bytesPerWorld": .integer(kind.stride), "resetsPerSecond": .number(resets),
      "wholeWorldsPerSecond": .number(whole), "machine": .string(Machine.description),
    ])
  }

  /// How often a second something can be done.
  private func rate(_ body: () -> Void) -> Double {
    Statistics.median(
      (0..<repetitions).map { _ in
        let start = monotonicSeconds()
        var count = 0, time = 0.0
        repeat {
          body()
          count += 1
          time = monotonicSeconds() - start
        } while time < seconds
        return Double(count) / time
      })
  }
}
