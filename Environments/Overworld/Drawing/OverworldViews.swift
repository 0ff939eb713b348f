import KnackEnvironment

extension Overworld {
  /// The views of worlds under rules: what the player sees, and a map.
  static func views(_ rules: OverworldRules) -> [WorldView] {
    [
      WorldView(
        name: "first-person", summary: "what the player sees, in colours, with a map in the corner",
        aspect: 16.0 / 9, of: OverworldWorld.self
      ) { width, height, purpose in
        let painter = FirstPersonPainter(width: width, height: height, purpose, rules)
        return { painter.draw($0, on: $1) }
      },
      WorldView(
        name: "map",
        summary:
          "the whole world from above, north at the top, with creatures as dots and the player as an arrow",
        aspect: 1, of: OverworldWorld.self
      ) { width, height, _ in
        let scenery = OverworldScenery(rules)
        return { world, canvas in
          canvas.copy(OverworldMapPainter(scenery.around(world), width: width, height: height).draw())
        }
      },
    ]
  }
}

/// Draws what the player sees, beyond the chunks that have been made as well.
private final class FirstPersonPainter {
  /// Points of a live picture, which is drawn smaller than it is shown where that is more.
  private static let livePoints = 640 * 360

  private let scenery: OverworldScenery
  private let camera: Camera
  private let samples: Int
  /// Where a live picture has a map; a still one has a view of its own for that.
  private let inset: PixelArea?
  private let light: UnsafeMutablePointer<UInt16>
  private let bytes: UnsafeMutablePointer<UInt8>
  private let small: Canvas
  /// The map of a moment; it changes slowly and is not made for every picture.
  private var map: Picture?, mapAge = 0

  init(width: Int, height: Int, _ purpose: WorldView.Purpose, _ rules: OverworldRules) {
    let isLive = purpose == .live
    let shrink = isLive ? max(1, (Double(width * height) / Double(Self.livePoints)).squareRoot()) : 1
    let width = max(1, Int(Double(width) / shrink)), height = max(1, Int(Double(height) / shrink))
    scenery = OverworldScenery(rules)
    camera = Camera(width: width, height: height, range: BlockGrid.side / 2)
    samples = isLive ? 1 : 2
    light = .allocate(capacity: BlockGrid.count)
    light.initialize(repeating: 0, count: BlockGrid.count)
    bytes = .allocate(capacity: 3 * width * height)
    bytes.initialize(repeating: 0, count: 3 * width * height)
    small = Canvas(width: width, height: height)
    let side = height / 3
    inset =
      isLive && side >= 32
      ? PixelArea(x: width - side - side / 12, y: side / 12, width: side, height: side) : nil
  }

  deinit {
    light.deallocate()
    bytes.deallocate()
  }

  func draw(_ world: UnsafeMutablePointer<OverworldWorld>, on canvas: Canvas) {
    let world = scenery.around(world)
    light.update(repeating: 0, count: BlockGrid.count)
    OverworldPainter.draw(world, camera, samples: samples, found: light, into: bytes)
    small.copy(rgb: bytes)
    if let inset {
      if map == nil || mapAge >= 5 {
        map = OverworldMapPainter(world, width: inset.width, height: inset.height).draw()
        mapAge = 0
      }
      mapAge += 1
      let frame = PixelArea(
        x: inset.x - 1, y: inset.y - 1, width: inset.width + 2, height: inset.height + 2)
      small.fill(frame, with: 0x101010)
      if let map { small.part(inset).copy(map) }
    }
    canvas.copyScaled(small)
  }
}
