/// One thing that stands on the map and lives: the player, a creature, an arrow or a plant. Its place is kept apart, see
/// ``CrafterObjects``.
struct CrafterObject: BitwiseCopyable {
  /// The code of its ``CrafterKind``; 0 for one that was removed in this step.
  var kind: UInt8
  var health: Int8
  /// Updates beside the player before its next attack.
  var cooldown: UInt8 = 0
  /// Updates before its next shot.
  var reload: UInt8 = 0
  /// Where an arrow flies; the code of a ``CrafterDirection``.
  var direction: UInt8 = 0
  /// What an arrow takes from the player.
  var damage: Int8 = 0
  /// How often a plant was updated since it was planted or eaten.
  var grown: UInt16 = 0

  @inline(__always)
  var isAlive: Bool { kind != 0 }
}

/// All objects in the order of their creation, the player first: the order in which they act.
///
/// No two stand on one cell, so there are never more than cells.
struct CrafterObjects: BitwiseCopyable {
  /// Objects in use, those removed in this step included.
  var count = 0
  /// Whether some were removed.
  var hasGaps = false
  // Places are apart from the rest, for a vector instruction to find those near the player.
  var x = InlineArray<4128, UInt8>(repeating: 0)
  var y = InlineArray<4128, UInt8>(repeating: 0)
  var records = InlineArray<4128, CrafterObject>(repeating: CrafterObject(kind: 0, health: 0))

  /// Of the 32 objects from `first` on, those less than 18 cells away from a place, both axes added: bit *i* for object
  /// `first + i`. Bits beyond ``count`` mean nothing.
  @inline(__always)
  mutating func near(_ x: Int, _ y: Int, from first: Int) -> UInt32 {
    let there = (x: load(&self.x, first), y: load(&self.y, first))
    let u = there.x &+ there.y, v = there.x &- there.y
    // Within a diamond is within a band along each diagonal. Coordinates along diagonals are −63 … 126; the bands' ends are
    // kept within that, so that no difference leaves the range of a signed byte: bit 7 says that one is negative.
    func end(_ place: Int) -> SIMD32<UInt8> { SIMD32(repeating: UInt8(truncatingIfNeeded: place)) }
    let outside =
      (u &- end(max(x &+ y &- 17, 0))) | (end(min(x &+ y &+ 17, 126)) &- u)
      | (v &- end(max(x &- y &- 17, -63))) | (end(min(x &- y &+ 17, 63)) &- v)
    return ~highBits(outside)
  }

  /// The living object on a cell, which must hold one. O(*n*).
  mutating func index(_ x: Int, _ y: Int) -> Int {
    let column = SIMD32(repeating: UInt8(truncatingIfNeeded: x))
    let row = SIMD32(repeating: UInt8(truncatingIfNeeded: y))
    var first = 0
    while true {
      let difference = (load(&self.x, first) ^ column) | (load(&self.y, first) ^ row)
      var found = ~highBits(difference &+ SIMD32(repeating: 127))
      while found != 0 {
        let index = first &+ found.trailingZeroBitCount
        if records[unchecked: index].isAlive { return index }
        found &= found &- 1
      }
      first &+= 32
      precondition(first < 4096, "no object stands on this cell")
    }
  }

  /// Closes the gaps that removed objects left.
  mutating func compact() {
    var kept = 0
    for i in 0..<count where records[unchecked: i].isAlive {
      x[unchecked: kept] = x[unchecked: i]
      y[unchecked: kept] = y[unchecked: i]
      records[unchecked: kept] = records[unchecked: i]
      kept &+= 1
    }
    count = kept
    hasGaps = false
  }
}

@inline(__always)
private func load(_ bytes: inout InlineArray<4128, UInt8>, _ first: Int) -> SIMD32<UInt8> {
  withUnsafePointer(to: &bytes) { (UnsafeRawPointer($0) + first).loadUnaligned(as: SIMD32<UInt8>.self) }
}

/// Bit 7 of each lane.
@inline(__always)
private func highBits(_ lanes: SIMD32<UInt8>) -> UInt32 {
  let words = unsafeBitCast(lanes, to: SIMD4<UInt64>.self)
  func eight(_ word: UInt64) -> UInt32 {
    // One bit a byte; the product's highest byte has them side by side.
    UInt32(truncatingIfNeeded: ((word &>> 7 & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) &>> 56)
  }
  return eight(words[0]) | eight(words[1]) &<< 8 | eight(words[2]) &<< 16 | eight(words[3]) &<< 24
}
