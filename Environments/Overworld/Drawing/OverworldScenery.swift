#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A world to be looked at: a live one with the terrain beyond its edge of made chunks, which does not exist for its agent.
///
/// To make those chunks in the live world would change its episode, since animals come with them. So they are made in a copy,
/// once an episode, and what the live world has made is copied over them for every picture.
final class OverworldScenery {
  private let rules: OverworldRules
  private let whole: UnsafeMutablePointer<OverworldWorld>
  private var hasTerrain = false
  /// How often blocks were found to be others than the time before; what follows from blocks alone holds until it changes.
  private(set) var changes = 0

  init(_ rules: OverworldRules) {
    self.rules = rules
    whole = .allocate(capacity: 1)
    OverworldWorld.initialize(whole, rules)
  }

  deinit { whole.deallocate() }

  /// The world as it is, with all of its terrain; valid until the next call.
  ///
  /// - Complexity: O(blocks) bytes compared; the first time in an episode all terrain is made, some milliseconds.
  func around(_ live: UnsafeMutablePointer<OverworldWorld>) -> UnsafeMutablePointer<OverworldWorld> {
    guard hasTerrain && whole.pointee.episodeSeed == live.pointee.episodeSeed else {
      whole.update(from: live, count: 1)
      whole.pointee.makeWhole(rules)
      copyState(live)
      hasTerrain = true
      changes += 1
      return whole
    }
    copyState(live)
    copyChunks(live)
    return whole
  }

  /// Copies all but the terrain: creatures, items, the player, the time.
  private func copyState(_ live: UnsafeMutablePointer<OverworldWorld>) {
    // Terrain is the last that a world holds.
    let state = MemoryLayout<OverworldWorld>.offset(of: \.skyline)!
    let made = whole.pointee.chunks
    UnsafeMutableRawPointer(whole).copyMemory(from: live, byteCount: state)
    whole.pointee.chunks = made
  }

  /// Copies the chunks that the live world has made.
  private func copyChunks(_ live: UnsafeMutablePointer<OverworldWorld>) {
    let made = live.pointee.chunks
    let source = UnsafeRawPointer(live), target = UnsafeMutableRawPointer(whole)
    var isSame = true
    func copy(_ field: Int, _ first: Int, _ count: Int) {
      guard memcmp(target + field + first, source + field + first, count) != 0 else { return }
      isSame = false
      (target + field + first).copyMemory(from: source + field + first, byteCount: count)
    }
    let blocks = MemoryLayout<OverworldWorld>.offset(of: \.blocks.codes)!
    let occupied = MemoryLayout<OverworldWorld>.offset(of: \.blocks.occupied)!
    let skyline = MemoryLayout<OverworldWorld>.offset(of: \.skyline)!
    let biomes = MemoryLayout<OverworldWorld>.offset(of: \.biomes)!
    let side = ChunkMap.side
    for chunkX in 0..<ChunkMap.count {
      for chunkZ in 0..<ChunkMap.count where made[chunkX, chunkZ] {
        for x in side * chunkX..<side * (chunkX + 1) {
          copy(blocks, BlockGrid.index(x, 0, side * chunkZ), side * BlockGrid.height)
          copy(skyline, x * BlockGrid.side + side * chunkZ, side)
        }
        for x in stride(from: side * chunkX, to: side * (chunkX + 1), by: 4) {
          copy(biomes, BlockGrid.patch(x, side * chunkZ), side / 4)
          copy(occupied, 8 * BlockGrid.patch(x, side * chunkZ), 8 * side / 4)
        }
      }
    }
    if !isSame { changes += 1 }
  }
}
