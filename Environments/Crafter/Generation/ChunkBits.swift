/// One bit a cell of a chunk: bit 12 x + y for the cell at (x, y) from its first.
struct ChunkBits: BitwiseCopyable {
  private var words = SIMD4<UInt64>.zero

  init() {}

  /// The cells of a chunk that are as asked for.
  init(_ isIn: (_ x: Int, _ y: Int) -> Bool) {
    for x in 0..<12 { for y in 0..<12 where isIn(x, y) { insert(12 * x + y) } }
  }

  /// The cells 8 g + l for which bit g of lane l is set.
  @inline(__always)
  init(lanes: SIMD8<UInt32>) {
    for word in 0..<3 {
      // Eight rows of eight bits change places with the columns (Warren 2013, "Hacker's Delight", 7-3).
      let rows = SIMD8<UInt8>(truncatingIfNeeded: lanes &>> UInt32(truncatingIfNeeded: 8 &* word))
      var bits = unsafeBitCast(rows, to: UInt64.self)
      func swap(_ shift: UInt64, _ mask: UInt64) {
        let swap = (bits ^ bits &>> shift) & mask
        bits ^= swap ^ swap &<< shift
      }
      swap(7, 0x00aa_00aa_00aa_00aa)
      swap(14, 0x0000_cccc_0000_cccc)
      swap(28, 0x0000_0000_f0f0_f0f0)
      words[word] = bits
    }
  }

  private init(_ words: SIMD4<UInt64>) { self.words = words }

  /// Whether there are none.
  @inline(__always)
  var isEmpty: Bool { words == .zero }

  /// How many there are.
  @inline(__always)
  var count: Int { words[0].nonzeroBitCount &+ words[1].nonzeroBitCount &+ words[2].nonzeroBitCount }

  /// The bits of the twelve cells of a column.
  @inline(__always)
  func column(_ x: Int) -> UInt64 {
    let first = 12 &* x, word = first &>> 6, shift = UInt64(truncatingIfNeeded: first & 63)
    // The last word is empty, and a shift by 64 leaves nothing.
    return (words[word] &>> shift | words[word &+ 1] << (64 &- shift)) & 0xfff
  }

  /// The groups of eight in which there are any, a bit each.
  @inline(__always)
  var groups: UInt32 {
    let highest: UInt64 = 0x8080_8080_8080_8080
    var groups: UInt32 = 0
    for word in 0..<3 {
      // The highest bit of each byte that is not zero.
      let bits = ((words[word] & ~highest) &+ ~highest | words[word]) & highest
      groups |= UInt32(truncatingIfNeeded: gathered(bits)) &<< UInt32(truncatingIfNeeded: 8 &* word)
    }
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

  /// Those of the cells that chance picks, each independently of the others.
  ///
  /// A cell is picked if a random number of 32 bits is below the chance. The numbers of up to 64 cells are drawn at once,
  /// their highest bits first, and no further than until the last of them differs from the chance: about eight draws.
  @inline(__always)
  func picked<Draws: CrafterDraws>(_ chance: CrafterChance, _ draws: inout Draws) -> ChunkBits {
    guard !chance.isCertain else { return self }
    var picked = ChunkBits()
    for word in 0..<3 {
      var undecided = words[word], bits = chance.bits
      while undecided != 0 && bits != 0 {
        // A bit that differs decides; it is below the chance's if that is set.
        let differs = draws.bits() & undecided
        if bits &>> 31 != 0 { picked.words[word] |= differs }
        undecided ^= differs
        bits = bits &<< 1 & 0xffff_ffff
      }
    }
    return picked
  }

  @inline(__always)
  static func & (a: Self, b: Self) -> Self { Self(a.words & b.words) }
  @inline(__always)
  static func | (a: Self, b: Self) -> Self { Self(a.words | b.words) }
  @inline(__always)
  static prefix func ~ (a: Self) -> Self { Self(~a.words) }
}

/// A chance in units of 2⁻³².
struct CrafterChance: BitwiseCopyable {
  fileprivate let bits: UInt64

  /// The chance that is nearest to a number in 0 … 1.
  init(_ chance: Double) { bits = UInt64((chance * 0x1p32).rounded()) }

  fileprivate var isCertain: Bool { bits >= 1 << 32 }
}
