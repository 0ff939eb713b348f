@testable import KnackOverworld

/// A world on the heap: the threads of the test runner have small stacks.
final class TestWorld {
  let rules: OverworldRules
  let place = UnsafeMutablePointer<OverworldWorld>.allocate(capacity: 1)

  /// The world of a seed's first episode, without any chunk.
  init(seed: UInt64, biome: Biome? = nil) {
    rules = OverworldRules(task: OverworldTask(name: "test", summary: "", biome: biome))
    OverworldWorld.initialize(place, rules)
    place.pointee.seed(seed, rules)
    place.pointee.beginEpisode(rules)
  }

  deinit { place.deallocate() }

  /// The same with all chunks made.
  static func whole(seed: UInt64, biome: Biome? = nil) -> TestWorld {
    let world = TestWorld(seed: seed, biome: biome)
    world.place.pointee.makeWhole(world.rules)
    return world
  }

  /// Begins the seed's next episode and makes all its chunks.
  func renew() {
    place.pointee.beginEpisode(rules)
    place.pointee.makeWhole(rules)
  }

  /// The block at a place.
  subscript(_ x: Int, _ y: Int, _ z: Int) -> Block { place.pointee.blocks[x, y, z] }

  /// Calls `body` for every block.
  func forEachBlock(_ body: (_ x: Int, _ y: Int, _ z: Int, Block) -> Void) {
    for x in 0..<BlockGrid.side {
      for z in 0..<BlockGrid.side {
        for y in 0..<BlockGrid.height { body(x, y, z, self[x, y, z]) }
      }
    }
  }

  /// A number that is another for other blocks, skyline, biomes or creatures (FNV-1a).
  var digest: UInt64 {
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    func add<Value>(_ path: KeyPath<OverworldWorld, Value>) {
      let offset = MemoryLayout<OverworldWorld>.offset(of: path)!
      for byte in UnsafeRawBufferPointer(
        start: UnsafeRawPointer(place) + offset, count: MemoryLayout<Value>.size)
      {
        digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3
      }
    }
    add(\.blocks)
    add(\.skyline)
    add(\.biomes)
    add(\.creatures)
    return digest
  }

  /// Whether blocks, skyline and biomes are equal to another world's, byte for byte.
  func hasTerrain(of other: TestWorld) -> Bool {
    func bytes<Value>(_ path: KeyPath<OverworldWorld, Value>) -> Bool {
      let offset = MemoryLayout<OverworldWorld>.offset(of: path)!, count = MemoryLayout<Value>.size
      let first = UnsafeRawBufferPointer(start: UnsafeRawPointer(place) + offset, count: count)
      return first.elementsEqual(
        UnsafeRawBufferPointer(start: UnsafeRawPointer(other.place) + offset, count: count))
    }
    return bytes(\.blocks.codes) && bytes(\.skyline) && bytes(\.biomes)
  }
}
