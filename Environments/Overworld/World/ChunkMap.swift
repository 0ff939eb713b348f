/// Which chunks, of 16 × 16 columns each, have been made.
public struct ChunkMap: BitwiseCopyable, Sendable {
  /// Columns along a chunk's sides, and chunks along the world's.
  static let side = 16, count = BlockGrid.side / side
  /// Bit `8 * (x / 16) + z / 16`.
  var made: UInt64 = 0

  /// Whether the chunk at a place among the chunks has been made.
  @inline(__always)
  subscript(_ chunkX: Int, _ chunkZ: Int) -> Bool {
    get { made &>> UInt64(truncatingIfNeeded: 8 &* chunkX &+ chunkZ) & 1 != 0 }
    set {
      let bit = 1 &<< UInt64(truncatingIfNeeded: 8 &* chunkX &+ chunkZ)
      if newValue { made |= bit } else { made &= ~bit }
    }
  }
}
