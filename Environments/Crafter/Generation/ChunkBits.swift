/// One bit a cell of a chunk: bit 12 x + y for the cell at (x, y) from its first.
struct ChunkBits: BitwiseCopyable {
  private var words = SIMD4<UInt64>.zero

  init() {}

  /// The cells of a chunk that is so many cells wide and high.
  init(width: Int, height: Int) {
    for x in 0..<width { for y in 0..<height { insert(12 * x + y) } }
  }

  private init(_ words: SIMD4<UInt64>) { self.words = words }

  /// Whether there are none.
  @inline(__always)
  var isEmpty: Bool { words == .zero }

  /// The bits of the eight cells from 8 · `group` on.
  @inline(__always)
  subscript(group: Int) -> UInt64 {
    words[group &>> 3] &>> UInt64(truncatingIfNeeded: 8 &* (group & 7)) & 255
  }

  /// Adds some of the eight cells from 8 · `group` on.
  @inline(__always)
  mutating func formUnion(_ bits: UInt64, at group: Int) {
    words[group &>> 3] |= bits &<< UInt64(truncatingIfNeeded: 8 &* (group & 7))
  }

  /// The groups of eight in which there are any, a bit each.
  @inline(__always)
  var groups: UInt32 {
    var groups: UInt32 = 0
    for group in 0..<18 where self[group] != 0 { groups |= 1 &<< UInt32(truncatingIfNeeded: group) }
    return groups
  }

  @inline(__always)
  func contains(_ cell: Int) -> Bool {
    words[cell &>> 6] &>> UInt64(truncatingIfNeeded: cell & 63) & 1 != 0
  }

  @inline(__always)
  mutating func insert(_ cell: Int) { words[cell &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: cell & 63) }

  /// Calls `body` with each cell, lowest first.
  @inline(__always)
  func forEach(_ body: (Int) -> Void) {
    for word in 0..<3 { forEachBit(words[word]) { body(64 &* word &+ $0) } }
  }

  /// The same cells with both axes swapped.
  var swapped: ChunkBits {
    var swapped = ChunkBits()
    forEach { cell in
      let column = (cell &* 171) &>> 11  // cell / 12
      swapped.insert(12 &* (cell &- 12 &* column) &+ column)
    }
    return swapped
  }

  @inline(__always)
  static func & (a: Self, b: Self) -> Self { Self(a.words & b.words) }
  @inline(__always)
  static func | (a: Self, b: Self) -> Self { Self(a.words | b.words) }
  @inline(__always)
  static prefix func ~ (a: Self) -> Self { Self(~a.words) }
}
