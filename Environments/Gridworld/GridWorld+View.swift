import KnackEnvironment

// The agent sees the 7 × 7 cells before it. The view is handled as seven columns, left to right, of one 64-bit word
// each: byte y of column x is the code of the cell at [x][y], y counted from the far side, so that the agent stands at
// [3][6]. The eighth byte of a word means nothing. With this, gathering is seven loads, opacity is an addition, and
// seeing is a few shifts a row.

/// The columns of a view, left to right.
typealias ViewColumns = InlineArray<7, UInt64>

extension GridWorld {
  /// Writes the view, as codes or as MiniGrid's image, then the direction, then the mission's five tokens.
  @inline(__always)
  public mutating func observe(_ rules: GridRules, into observation: UnsafeMutablePointer<UInt8>) {
    let view = view(throughWalls: rules.seesThroughWalls)
    let rest: UnsafeMutablePointer<UInt8>
    if rules.writesImage {
      writeImage(view, rules, into: observation)
      rest = observation + 147
    } else {
      // Each store's eighth byte is overwritten by the next.
      let bytes = UnsafeMutableRawPointer(observation)
      for x in 0..<7 {
        bytes.storeBytes(of: view[unchecked: x].littleEndian, toByteOffset: 7 &* x, as: UInt64.self)
      }
      rest = observation + 49
    }
    rest[0] = direction.rawValue
    rest[1] = mission.wording
    rest[2] = mission.color
    rest[3] = mission.kind
    rest[4] = mission.secondColor
    rest[5] = mission.secondKind
  }

  /// Writes MiniGrid's image: 147 bytes, and one more that the caller overwrites.
  @inline(__always)
  func writeImage(_ view: ViewColumns, _ rules: GridRules, into image: UnsafeMutablePointer<UInt8>) {
    let bytes = UnsafeMutableRawPointer(image)
    for x in 0..<7 {
      var column = view[unchecked: x]
      for y in 0..<7 {
        let triple = rules.triples[unchecked: Int(column & 63)]
        bytes.storeBytes(of: triple.littleEndian, toByteOffset: 21 &* x &+ 3 &* y, as: UInt32.self)
        column >>= 8
      }
    }
  }

  /// What the agent sees, its own cell showing what it carries.
  @inline(__always)
  mutating func view(throughWalls: Bool) -> ViewColumns {
    var columns = surroundings
    if !throughWalls { hideUnseen(&columns) }
    columns[unchecked: 3] = columns[unchecked: 3] & ~(0xff << 48) | UInt64(carrying.rawValue) << 48
    return columns
  }

  /// The 7 × 7 cells before the agent, turned so that it faces up.
  ///
  /// Each line of the map, as it runs in memory, is a column of the view when the agent faces left or right, and a row
  /// when it faces up or down; facing right or down, it runs the wrong way.
  @inline(__always)
  var surroundings: ViewColumns {
    mutating get {
      let map = cells.span.bytes, here = Int(agent.index)
      return switch direction {
      case .right: lines(of: map, from: here - 3 * 32 - 1, step: 32, reversed: true)
      case .down: transposedBytes(lines(of: map, from: here + 6 * 32 - 4, step: -32, reversed: true))
      case .left: lines(of: map, from: here + 3 * 32 - 6, step: -32, reversed: false)
      case .up: transposedBytes(lines(of: map, from: here - 6 * 32 - 3, step: 32, reversed: false))
      }
    }
  }
}

/// Seven lines of eight cells each, `step` cells apart.
@inline(__always)
private func lines(of map: RawSpan, from start: Int, step: Int, reversed: Bool) -> ViewColumns {
  var lines = ViewColumns(repeating: 0)
  for i in 0..<7 {
    // No view leaves the map's margin: see Position.
    let line = map.unsafeLoadUnaligned(fromUncheckedByteOffset: start &+ i &* step, as: UInt64.self)
    lines[unchecked: i] = reversed ? line.bigEndian : line.littleEndian
  }
  return lines
}

/// Sets the cells that the agent cannot see to ``Cell/unseen``.
///
/// MiniGrid's rule goes from the agent's row away from it. In a row, light fills each run of see-through cells that it
/// touches; the run and the cells at its two ends are seen, and the three cells before each cell of the run are lit.
@inline(__always)
private func hideUnseen(_ columns: inout ViewColumns) {
  // One bit a cell: set where the cell is opaque. A code of at least 28 carries into its byte's top bit.
  var opaque: UInt64 = 0
  for x in 0..<7 {
    let tops =
      (columns[unchecked: x] &+ 0x0101_0101_0101_0101 &* UInt64(128 - Cell.firstOpaque))
      & 0x8080_8080_8080_8080
    opaque |= ((tops &* 0x0002_0408_1020_4081) >> 56) << UInt64(8 &* x)
  }
  let clear = ~transposedBits(opaque)

  var seen: UInt64 = 0, lit: UInt64 = 1 << 3
  for y in (0..<7).reversed() {
    let open = clear >> UInt64(8 &* y) & 0x7f
    // The runs that light touches: to the right by a carry that ripples through, to the left by doubling.
    let touched = lit & open
    let rightwards = open & (((open &+ touched) ^ open) | touched)
    let two = open & open >> 1, four = two & two >> 2
    var leftwards = touched | open & touched >> 1
    leftwards |= two & leftwards >> 2
    leftwards |= four & leftwards >> 4
    let run = rightwards | leftwards
    let spread = (run | run << 1 | run >> 1) & 0x7f
    seen |= (lit | spread) << UInt64(8 &* y)
    lit = spread
  }

  seen = transposedBits(seen)
  for x in 0..<7 {
    // Eight bits to eight bytes: spread them out, one to a byte, and stretch each to a full byte.
    let bits = (seen >> UInt64(8 &* x) & 0xff) &* 0x0101_0101_0101_0101 & 0x8040_2010_0804_0201
    let tops = (bits &+ 0x7f7f_7f7f_7f7f_7f7f) & 0x8080_8080_8080_8080
    columns[unchecked: x] &= (tops >> 7) &* 0xff
  }
}

/// The transpose of an 8 × 8 matrix of bits, bit 8 r + c being row r, column c.
///
/// Swaps the off-diagonal blocks of one, two and four bits (Warren, Hacker's Delight, section 7-3).
@inline(__always)
private func transposedBits(_ matrix: UInt64) -> UInt64 {
  var m = matrix
  var t = (m ^ m >> 7) & 0x00aa_00aa_00aa_00aa
  m ^= t ^ t << 7
  t = (m ^ m >> 14) & 0x0000_cccc_0000_cccc
  m ^= t ^ t << 14
  t = (m ^ m >> 28) & 0x0000_0000_f0f0_f0f0
  return m ^ t ^ t << 28
}

/// Turns seven rows of bytes into seven columns, by the same swaps with bytes for bits.
@inline(__always)
private func transposedBytes(_ rows: ViewColumns) -> ViewColumns {
  var words = InlineArray<8, UInt64>(repeating: 0), columns = ViewColumns(repeating: 0)
  for i in 0..<7 { words[unchecked: i] = rows[unchecked: i] }
  for i in 0..<4 { swapBlocks(&words, i, i &+ 4, 32, 0x0000_0000_ffff_ffff) }
  for i in 0..<4 { swapBlocks(&words, i &+ (i & 2), i &+ (i & 2) &+ 2, 16, 0x0000_ffff_0000_ffff) }
  for i in 0..<4 { swapBlocks(&words, 2 &* i, 2 &* i &+ 1, 8, 0x00ff_00ff_00ff_00ff) }
  for i in 0..<7 { columns[unchecked: i] = words[unchecked: i] }
  return columns
}

/// Swaps the masked low blocks of word `b` with the blocks of word `a` that are `shift` bits higher.
@inline(__always)
private func swapBlocks(
  _ words: inout InlineArray<8, UInt64>, _ a: Int, _ b: Int, _ shift: UInt64, _ mask: UInt64
) {
  let difference = (words[unchecked: a] >> shift ^ words[unchecked: b]) & mask
  words[unchecked: b] ^= difference
  words[unchecked: a] ^= difference << shift
}
