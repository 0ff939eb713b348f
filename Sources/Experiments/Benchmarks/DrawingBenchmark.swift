import KnackEnvironment
import KnackLearning
import KnackStage

/// How fast frames are drawn, whole ones as windows and recordings show them, or the world alone.
///
/// A view may use several cores.
///
/// Every frame shows another state: an episode of random actions is played on between them, which is not timed.
public struct DrawingBenchmark: Sendable {
  /// The world's id.
  public var environment: String
  /// What the world is made from.
  public var settings: WorldSettings
  /// Points across and down.
  public var width: Int, height: Int
  /// The name of the view; nil for the world's first.
  public var view: String?
  /// Whether the world alone is drawn.
  public var bare: Bool
  /// The seconds that each repetition lasts, counting the drawing alone.
  public var seconds: Double
  /// Measurements, of which the median counts.
  public var repetitions = 5

  /// A benchmark.
  public init(
    environment: String, settings: WorldSettings = WorldSettings(), width: Int, height: Int,
    view: String? = nil,
    bare: Bool = false, seconds: Double = 1
  ) {
    self.environment = environment
    self.settings = settings
    self.width = width
    self.height = height
    self.view = view
    self.bare = bare
    self.seconds = seconds
  }

  /// Measures.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` for an unknown world, a wrong view or wrong settings; a `StageError` where
  ///   nothing can be drawn.
  public func run(_ registry: EnvironmentRegistry) throws -> JSON {
    let performance = try Performance(
      environment: environment, player: .random, settings: settings, seed: 1, registry: registry)
    var options = RecordingOptions()
    options.width = width
    options.height = height
    options.view = view
    options.bare = bare
    let stage = try RecordingStage(performance.world, options)
    let playback = performance.playback()
    stage.draw(playback)
    let rates = (0..<repetitions).map { _ in
      var count = 0, time = 0.0
      repeat {
        if playback.isOver { playback.begin(playback.episode + 1) } else { playback.advance() }
        time += stage.draw(playback)
        count += 1
      } while time < seconds
      return Double(count) / time
    }
    return .fields([
      "environment": .string(environment),
      "options": .object(settings.options.map { ($0.name, .string($0.value)) }),
      "view": .string(performance.world.views[stage.view].name), "width": .integer(width),
      "height": .integer(height), "bare": .boolean(bare),
      "framesPerSecond": .number(Statistics.median(rates)), "machine": .string(Machine.description),
    ])
  }
}
