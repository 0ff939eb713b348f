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
  // Places are apart from the rest, so that those near the player are found eight at a time.
  var x = InlineArray<4160, UInt8>(repeating: 0)
  var y = InlineArray<4160, UInt8>(repeating: 0)
  var records = InlineArray<4160, CrafterObject>(repeating: CrafterObject(kind: 0, health: 0))

  /// Of the 64 objects from `first` on, those less than 18 cells away from a place, both axes added: bit *i* for object
  /// `first + i`. Bits beyond ``count`` mean nothing.
  @inline(__always)
  mutating func near(_ x: Int, _ y: Int, from first: Int) -> UInt64 {
    // All words of eight objects alike, so that nothing is guessed wrong on the way.
    var near: UInt64 = 0
    for word in 0..<8 {
      let bits = gathered(nearBytes(x, y, from: first &+ 8 &* word))
      near |= bits &<< UInt64(truncatingIfNeeded: 8 &* word)
    }
    return near
  }

  /// The same of eight objects: bit 7 of byte *i* for object `first + i`.
  @inline(__always)
  private mutating func nearBytes(_ x: Int, _ y: Int, from first: Int) -> UInt64 {
    // Within a diamond is within a band along each diagonal. Along diagonals coordinates are 0 … 126, so that a sum with 128
    // less a band's end, or a difference from 128 more, stays within a byte, and reaches 128 on the right side of it.
    let column = load(&self.x, first), row = load(&self.y, first)
    let u = column &+ row, v = column &+ (bytes(63) &- row)
    func band(_ places: UInt64, _ center: Int) -> UInt64 {
      (places &+ bytes(128 &- max(center &- 17, 0))) & (bytes(128 &+ min(center &+ 17, 126)) &- places)
    }
    return band(u, x &+ y) & band(v, x &+ 63 &- y) & bytes(128)
  }

  /// The living object on a cell, which must hold one. O(*n*).
  mutating func index(_ x: Int, _ y: Int) -> Int {
    var first = 0
    while first < count {
      let difference = (load(&self.x, first) ^ bytes(x)) | (load(&self.y, first) ^ bytes(y))
      var found = ~(difference &+ bytes(127)) & bytes(128)
      while found != 0 {
        let index = first &+ found.trailingZeroBitCount >> 3
        if index < count && records[unchecked: index].isAlive { return index }
        found &= found &- 1
      }
      first &+= 8
    }
    preconditionFailure("no object stands on this cell")
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
private func load(_ bytes: inout InlineArray<4160, UInt8>, _ first: Int) -> UInt64 {
  withUnsafePointer(to: &bytes) { (UnsafeRawPointer($0) + first).loadUnaligned(as: UInt64.self) }
}

/// Eight times the same byte.
@inline(__always)
private func bytes(_ value: Int) -> UInt64 {
  UInt64(truncatingIfNeeded: value) &* 0x0101_0101_0101_0101
}
