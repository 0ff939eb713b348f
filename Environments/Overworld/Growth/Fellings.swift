/// The chunks in which a log or leaves were taken away not long ago: only there do leaves have to look for logs.
///
/// A chunk is remembered for one to two periods. Leaves that decay are taken away too, so it stays remembered while they do.
struct Fellings: BitwiseCopyable, Sendable {
  /// Ticks in a period, a power of two.
  static let period = 4096
  /// A bit for each chunk, as in ``ChunkMap``: this period's, and the last one's.
  private var recent: UInt64 = 0, earlier: UInt64 = 0

  /// Notes that a log or leaves at a place are gone; leaves up to four columns away may hang on it.
  mutating func note(_ x: Int, _ z: Int) {
    for corner in 0..<4 {
      let cornerX = corner & 1 == 0 ? x &- 4 : x &+ 4, cornerZ = corner & 2 == 0 ? z &- 4 : z &+ 4
      if BlockGrid.hasColumn(cornerX, cornerZ) { recent |= Self.bit(cornerX, cornerZ) }
    }
  }

  /// Whether leaves in a column have to look for logs.
  @inline(__always)
  func includes(_ x: Int, _ z: Int) -> Bool { (recent | earlier) & Self.bit(x, z) != 0 }

  /// Begins a period.
  mutating func age() {
    earlier = recent
    recent = 0
  }

  @inline(__always)
  private static func bit(_ x: Int, _ z: Int) -> UInt64 {
    1 &<< UInt64(truncatingIfNeeded: ChunkMap.count &* (x &>> 4) &+ z &>> 4)
  }
}
