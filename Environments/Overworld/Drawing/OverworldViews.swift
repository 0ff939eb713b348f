#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

import KnackEnvironment
import KnackNumerics

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
  /// Those who draw a live picture, each the next band of rows.
  private let pool: WorkerPool
  private static let bands = 12, mostWorkers = 4
  /// The light that each of them has found, and the blocks for which that holds, see ``OverworldScenery/changes``.
  private let light: UnsafeMutablePointer<UInt16>
  private var lightChanges = 0
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
    pool = WorkerPool(
      workers: isLive ? max(1, min(Self.mostWorkers, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) : 1)
    light = .allocate(capacity: pool.workers * BlockGrid.count)
    light.initialize(repeating: 0, count: pool.workers * BlockGrid.count)
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
    if lightChanges != scenery.changes {
      light.update(repeating: 0, count: pool.workers * BlockGrid.count)
      lightChanges = scenery.changes
    }
    drawBands(world)
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

  /// Draws the picture's bands of rows side by side. Every point is what it is for any number of workers, since light that is
  /// found is the same whoever finds it.
  private func drawBands(_ world: UnsafeMutablePointer<OverworldWorld>) {
    nonisolated(unsafe) let world = world, light = light, bytes = bytes
    let camera = camera, samples = samples
    pool.run(Self.bands) { band, worker in
      let height = camera.height
      OverworldPainter.draw(
        world, camera, samples: samples, rows: band * height / Self.bands..<(band + 1) * height / Self.bands,
        found: light + worker * BlockGrid.count, into: bytes)
    }
  }
}
