/// One bit a cell of the map: bit *y* of word *x*. A view of memory that it does not own, so that half a kilobyte is never
/// handed about by value.
struct MapBits {
  /// The 64 columns.
  let columns: UnsafeMutablePointer<UInt64>

  /// A column.
  @inline(__always)
  subscript(x: Int) -> UInt64 {
    get { columns[x] }
    nonmutating set { columns[x] = newValue }
  }

  /// Whether a cell is among them.
  @inline(__always)
  subscript(x: Int, y: Int) -> Bool {
    get { columns[x] &>> UInt64(truncatingIfNeeded: y) & 1 != 0 }
    nonmutating set {
      let bit = 1 &<< UInt64(truncatingIfNeeded: y) as UInt64
      columns[x] = newValue ? columns[x] | bit : columns[x] & ~bit
    }
  }

  /// Swaps both axes, in place.
  func transpose() {
    var width = 32, mask: UInt64 = 0xffff_ffff
    while width > 0 {
      // Of each square of 2 · width cells, the upper right and the lower left quarter change places.
      var x = 0
      while x < 64 {
        let swap = (columns[x] &>> UInt64(width) ^ columns[x &+ width]) & mask
        columns[x] ^= swap &<< UInt64(width)
        columns[x &+ width] ^= swap
        x = (x &+ width &+ 1) & ~width
      }
      width >>= 1
      mask ^= mask &<< UInt64(width)
    }
  }

  /// Sets every column from its number.
  @inline(__always)
  func fill(_ column: (Int) -> UInt64) {
    for x in 0..<64 { columns[x] = column(x) }
  }
}

/// Calls `body` with the place of each bit that is set, lowest first.
@inline(__always)
func forEachBit(_ word: UInt64, _ body: (Int) -> Void) {
  var rest = word
  while rest != 0 {
    body(rest.trailingZeroBitCount)
    rest &= rest &- 1
  }
}

/// Eight bits as eight bytes, 255 where a bit is set.
@inline(__always)
func spread(_ bits: UInt64) -> UInt64 {
  let kept = ((bits & 255) &* 0x0101_0101_0101_0101) & 0x8040_2010_0804_0201
  return ((kept &+ 0x7f7f_7f7f_7f7f_7f7f) &>> 7 & 0x0101_0101_0101_0101) &* 255
}

/// The highest bits of eight bytes as eight bits; the bytes' other bits must not be set.
@inline(__always)
func gathered(_ bytes: UInt64) -> UInt64 { ((bytes &>> 7) &* 0x0102_0408_1020_4080) &>> 56 }
