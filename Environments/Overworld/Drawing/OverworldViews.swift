import KnackEnvironment

extension Overworld {
  /// The views of worlds under rules: what the player sees, and a map.
  static func views(_ rules: OverworldRules) -> [WorldView] {
    [
      WorldView(name: "first-person", summary: "what the player sees, in colours") { seed, width, height in
        withWorld(seed, rules) { firstPerson($0, width: width, height: height) }
      },
      WorldView(
        name: "map",
        summary:
          "the whole world from above, north at the top, with creatures as dots and the player as an arrow"
      ) { seed, width, height in
        withWorld(seed, rules) { OverworldMapPainter($0, width: width, height: height).draw() }
      },
    ]
  }

  /// What the player sees: each point is the mean of four.
  static func firstPerson(
    _ world: UnsafeMutablePointer<OverworldWorld>, width: Int, height: Int
  ) -> Picture {
    let light = UnsafeMutablePointer<UInt16>.allocate(capacity: BlockGrid.count)
    light.initialize(repeating: 0, count: BlockGrid.count)
    defer { light.deallocate() }
    let camera = Camera(width: width, height: height, range: BlockGrid.side / 2)
    var bytes = [UInt8](repeating: 0, count: 3 * width * height)
    bytes.withUnsafeMutableBufferPointer {
      OverworldPainter.draw(world, camera, samples: 2, found: light, into: $0.baseAddress!)
    }
    return Picture(width: width, height: height, bytes: bytes)
  }

  /// Calls `body` with the world in which a seed's first episode begins, all of its chunks made.
  private static func withWorld<Result>(
    _ seed: UInt64, _ rules: OverworldRules, _ body: (UnsafeMutablePointer<OverworldWorld>) -> Result
  ) -> Result {
    let world = UnsafeMutablePointer<OverworldWorld>.allocate(capacity: 1)
    defer { world.deallocate() }
    OverworldWorld.initialize(world, rules)
    world.pointee.seed(seed, rules)
    world.pointee.reset(rules)
    world.pointee.makeWhole(rules)
    return body(world)
  }
}
