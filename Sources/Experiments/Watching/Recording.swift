import KnackEnvironment
import KnackStage

/// How a recording is made.
public struct RecordingOptions {
  /// Points across and down.
  public var width = 1280, height = 720
  /// Frames a second of a film.
  public var rate = 8.0
  /// The first episode, and how many are recorded.
  public var episode = 0, episodes = 1
  /// The most steps of an episode; nil for all of them.
  public var steps: Int?
  /// The step that a single picture shows.
  public var step = 0
  /// The name of the world's view; nil for its first.
  public var view: String?
  /// Whether the world alone is drawn, without what the agent has in mind.
  public var bare = false

  /// The usual recording: one episode.
  public init() {}
}

extension Performance {
  /// Records episodes without a display: a film (`.gif`, `.mp4`), a single picture (`.png`), or a folder of pictures (a name
  /// that ends in `/`). Returns where it is.
  ///
  /// - Throws: ``ExperimentError``, or a `StageError` where the world cannot be drawn.
  public func record(to path: String, _ options: RecordingOptions) throws -> String {
    let stage = try RecordingStage(world, options)
    if path.lowercased().hasSuffix(".png") {
      let playback = playback(episode: options.episode)
      while playback.position < options.step && !playback.isOver { playback.advance() }
      stage.draw(playback)
      try stage.canvas.picture.writePNG(to: path)
      return path
    }
    let writer = try Self.writer(to: path, options.width, options.height, rate: options.rate)
    let playback = playback(episode: options.episode)
    for number in 0..<options.episodes {
      if number > 0 { playback.begin(options.episode + number) }
      stage.draw(playback)
      try writer.write(stage.canvas)
      while !playback.isOver && playback.position < options.steps ?? .max {
        playback.advance()
        stage.draw(playback)
        try writer.write(stage.canvas)
      }
      // The end can be read before the film begins anew.
      for _ in 0..<Int(options.rate) where writer is FFmpegWriter { try writer.write(stage.canvas) }
    }
    return try writer.finish()
  }

  /// What takes frames and makes of them what the name asks for.
  ///
  /// - Throws: ``ExperimentError``.
  public static func writer(
    to path: String, _ width: Int, _ height: Int, rate: Double
  ) throws(ExperimentError) -> any FrameWriter {
    if path.hasSuffix("/") { return try PictureFolderWriter(path) }
    let name = path.lowercased()
    guard name.hasSuffix(".gif") || name.hasSuffix(".mp4") else {
      throw .mistake(
        "'\(path)' is no recording's name: end it in .gif, .mp4, .png, or in / for a folder of frames.")
    }
    return try FFmpegWriter(path, width: width, height: height, rate: rate)
  }
}

/// Draws frames that nobody sees yet.
struct RecordingStage {
  let canvas: Canvas
  /// The number of the world's view.
  let view: Int
  private let frame: FramePainter?
  private let bare: WorldPainter?
  private let bareArea: PixelArea

  /// - Throws: ``ExperimentError/mistake(_:)`` where there is no such view, a `StageError` where there is none at all or no
  ///   font.
  init(_ world: WorldKind, _ options: RecordingOptions) throws {
    let views = world.views
    guard !views.isEmpty else { throw StageError.noView(environment: world.specification.id) }
    guard let view = options.view == nil ? 0 : views.firstIndex(where: { $0.name == options.view }) else {
      throw ExperimentError.mistake(
        "\(world.specification.id) has no view '\(options.view ?? "")'; choose one of: "
          + "\(views.map(\.name).joined(separator: ", ")).")
    }
    self.view = view
    canvas = Canvas(width: options.width, height: options.height)
    bareArea = views[view].aspect.map(canvas.bounds.fitted) ?? canvas.bounds
    if options.bare {
      frame = nil
      bare = views[view].painter(width: bareArea.width, height: bareArea.height)
    } else {
      frame = try FramePainter(world, text: try Typeface(), width: options.width, height: options.height)
      bare = nil
    }
  }

  /// Draws what is shown now; returns how many seconds that took, apart from finding out what there is to be said.
  @discardableResult
  func draw(_ playback: Playback) -> Double {
    var scene = Scene()
    if bare == nil { scene = playback.scene }
    scene.view = view
    let start = monotonicSeconds()
    if let bare {
      playback.environment.draw(world: 0, with: bare, on: canvas.part(bareArea))
    } else {
      frame?.draw(scene, playback.environment, on: canvas)
    }
    return monotonicSeconds() - start
  }
}
