/// Where blocks have changed since their chunks were made.
///
/// What nobody has touched stays as it was made, and leaves look for logs only where some were taken away not long ago: so
/// the blocks that change by themselves cost nothing in most of a world.
struct BlockChanges: BitwiseCopyable, Sendable {
  /// Ticks for which a felling is remembered, at least; at most twice as long. A power of two. Leaves that decay count as
  /// fellings, so a chunk is remembered while they do.
  static let period = 4096
  /// The chunks with changes, and those with fellings in this period and in the last: a bit for each, as in ``ChunkMap``.
  private var touched: UInt64 = 0, felled: UInt64 = 0, felledBefore: UInt64 = 0

  /// Notes that a block has changed; blocks up to four columns away may follow.
  ///
  /// - Parameter isFelling: whether it was a log or leaves.
  mutating func note(_ x: Int, _ z: Int, isFelling: Bool) {
    var chunks: UInt64 = 0
    for corner in 0..<4 {
      let cornerX = corner & 1 == 0 ? x &- 4 : x &+ 4, cornerZ = corner & 2 == 0 ? z &- 4 : z &+ 4
      if BlockGrid.hasColumn(cornerX, cornerZ) { chunks |= Self.bit(cornerX, cornerZ) }
    }
    touched |= chunks
    if isFelling { felled |= chunks }
  }

  /// Whether blocks of a column's chunk have changed.
  @inline(__always)
  func hasTouched(_ x: Int, _ z: Int) -> Bool { touched & Self.bit(x, z) != 0 }

  /// Whether leaves in a column have to look for logs.
  @inline(__always)
  func hasFelled(_ x: Int, _ z: Int) -> Bool { (felled | felledBefore) & Self.bit(x, z) != 0 }

  /// Begins a period.
  mutating func age() {
    felledBefore = felled
    felled = 0
  }

  @inline(__always)
  private static func bit(_ x: Int, _ z: Int) -> UInt64 {
    1 &<< UInt64(truncatingIfNeeded: ChunkMap.count &* (x &>> 4) &+ z &>> 4)
  }
}
