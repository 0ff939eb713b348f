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

  /// Of the 32 objects from `first` on, those less than `distance` away from a place, the sum of both axes counting: bit
  /// *i* for object `first + i`. Bits beyond ``count`` mean nothing.
  @inline(__always)
  mutating func near(_ x: Int, _ y: Int, within distance: UInt8, from first: Int) -> UInt32 {
    func distances(_ places: inout InlineArray<4128, UInt8>, _ place: Int) -> SIMD32<UInt8> {
      let there = withUnsafePointer(to: &places) {
        (UnsafeRawPointer($0) + first).loadUnaligned(as: SIMD32<UInt8>.self)
      }
      let here = SIMD32<UInt8>(repeating: UInt8(truncatingIfNeeded: place))
      return pointwiseMax(there, here) &- pointwiseMin(there, here)
    }
    let sum = distances(&self.x, x) &+ distances(&self.y, y)
    return bits(sum .< SIMD32(repeating: distance))
  }

  /// The living object on a cell, which must hold one. O(*n*).
  mutating func index(_ x: Int, _ y: Int) -> Int {
    var first = 0
    while true {
      var found = near(x, y, within: 1, from: first)
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

/// One bit a lane.
@inline(__always)
private func bits(_ mask: SIMDMask<SIMD32<Int8>>) -> UInt32 {
  // Lane i keeps bit i % 8 of its byte; adding the eight lanes of each byte of the result puts them side by side.
  let weights = unsafeBitCast(SIMD4<UInt64>(repeating: 0x8040_2010_0804_0201), to: SIMD32<UInt8>.self)
  let kept = SIMD32<UInt8>(repeating: 0).replacing(with: weights, where: mask)
  var result: UInt32 = 0
  let words = unsafeBitCast(kept, to: SIMD4<UInt64>.self)
  for i in 0..<4 {
    // The product's highest byte is the sum of the word's bytes.
    result |= UInt32(truncatingIfNeeded: (words[i] &* 0x0101_0101_0101_0101) >> 56) << UInt32(8 * i)
  }
  return result
}
