/// The blocks of a world: 128 × 128 columns of 88 levels, a byte each.
///
/// x grows to the east, z to the south, y upwards; sea level and ore levels are Minecraft's. A column lies in one piece, from
/// bedrock up, and columns of a row along z follow one another, so that what a player sees is near in memory too.
///
/// Blocks are made chunk by chunk when something comes near (``ChunkMap``); before that they are air.
public struct BlockGrid: BitwiseCopyable, Sendable {
  /// Columns along x and along z.
  public static let side = 128
  /// Levels.
  public static let height = 88
  /// Blocks.
  static let count = side * side * height

  /// Codes of ``Block``.
  var codes = InlineArray<1_441_792, UInt8>(repeating: 0)
  /// Where there may be blocks, so that what looks far need not look at air: a word for each 4 × 4 columns,
  /// [x / 4][z / 4], with a bit for each level from ``lowestOpenLevel`` on; the lowest bit stands for the levels below, too.
  /// Where a bit is not set all is air; it stays set where blocks go.
  var occupied = InlineArray<1024, UInt64>(repeating: 0)

  /// How many crafting tables and furnaces there are. Chunks are made without any, and most worlds stay so: then nobody need
  /// look for them.
  var stationCount: Int32 = 0

  /// The index of a block inside the grid.
  @inline(__always)
  static func index(_ x: Int, _ y: Int, _ z: Int) -> Int { (x &* side &+ z) &* height &+ y }

  /// Whether there is a column at (`x`, `z`).
  @inline(__always)
  static func hasColumn(_ x: Int, _ z: Int) -> Bool { (x | z) & ~(side &- 1) == 0 }

  /// Whether there are 4 × 4 columns at a place among those.
  @inline(__always)
  static func hasPatch(_ x: Int, _ z: Int) -> Bool { (x | z) & ~(side / 4 &- 1) == 0 }

  /// The block at a place. Beyond the edge and below the ground there is ``Block/bedrock``, above the top ``Block/air``.
  @inline(__always)
  subscript(_ x: Int, _ y: Int, _ z: Int) -> Block {
    guard Self.hasColumn(x, z), y >= 0 else { return .bedrock }
    guard y < Self.height else { return .air }
    return Block(stored: codes[unchecked: Self.index(x, y, z)])
  }

  /// Puts a block at a place, which must lie inside the grid.
  @inline(__always)
  mutating func set(_ x: Int, _ y: Int, _ z: Int, _ block: Block) {
    let index = Self.index(x, y, z)
    if Block(stored: codes[index]).isStation { stationCount &-= 1 }
    if block.isStation { stationCount &+= 1 }
    codes[index] = block.rawValue
    if block != .air { occupied[Self.patch(x, z)] |= 1 &<< Self.occupancyBit(y) }
  }

  /// The level that the lowest bit of ``occupied`` stands for, together with those below it.
  static let lowestOpenLevel = 24

  /// The bit of a level, of the nearest one inside the grid.
  @inline(__always)
  static func occupancyBit(_ y: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: max(0, min(63, y &- lowestOpenLevel)))
  }

  /// The index of the 4 × 4 columns that one inside the grid is of.
  @inline(__always)
  static func patch(_ x: Int, _ z: Int) -> Int { (x &>> 2) &* (side / 4) &+ z &>> 2 }

  /// Writes down where there are blocks in a chunk, after they have been written without ``set(_:_:_:_:)``.
  mutating func findOccupied(_ chunkX: Int, _ chunkZ: Int) {
    let firstX = ChunkMap.side &* chunkX, firstZ = ChunkMap.side &* chunkZ
    withUnsafePointer(to: &codes) { codes in
      let codes = UnsafeRawPointer(codes)
      for x in stride(from: firstX, to: firstX &+ ChunkMap.side, by: 4) {
        for z in stride(from: firstZ, to: firstZ &+ ChunkMap.side, by: 4) {
          var word: UInt64 = 0
          for level in stride(from: 0, to: Self.height, by: 8) {
            var bytes: UInt64 = 0
            for column in 0..<4 {
              let place = codes + Self.index(x &+ column, level, z)
              for row in 0..<4 {
                bytes |= place.loadUnaligned(fromByteOffset: row &* Self.height, as: UInt64.self)
              }
            }
            // A bit for each byte that is not zero: its upper bit, then all eight next to each other.
            let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
            let filled = (((bytes & low) &+ low) | bytes) &>> 7 & 0x0101_0101_0101_0101
            let bits = (filled &* 0x0102_0408_1020_4080) &>> 56
            if level < Self.lowestOpenLevel {
              word |= bits == 0 ? 0 : 1
            } else {
              word |= bits &<< UInt64(truncatingIfNeeded: level &- Self.lowestOpenLevel)
            }
          }
          occupied[unchecked: Self.patch(x, z)] = word
        }
      }
    }
  }
}

extension Block {
  /// Whether something is made at it.
  @inline(__always)
  var isStation: Bool { rawValue >= Block.craftingTable.rawValue && rawValue <= Block.litFurnace.rawValue }
}
