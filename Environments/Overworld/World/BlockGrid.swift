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

  /// Codes of ``Block``.
  var codes = InlineArray<1_441_792, UInt8>(repeating: 0)

  /// The index of a block inside the grid.
  @inline(__always)
  static func index(_ x: Int, _ y: Int, _ z: Int) -> Int { (x &* side &+ z) &* height &+ y }

  /// Whether there is a column at (`x`, `z`).
  @inline(__always)
  static func hasColumn(_ x: Int, _ z: Int) -> Bool { (x | z) & ~(side &- 1) == 0 }

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
    codes[Self.index(x, y, z)] = block.rawValue
  }
}
