/// The map: 64 × 64 cells, a byte each for what a cell is made of and for what stands on it.
///
/// Both layers are stored x-major with a margin of four empty cells, so that a view, a neighbour or a target beyond the
/// edge is read like any other: it is of ``CrafterMaterial/nothing``, on which nothing can stand.
public struct CrafterMap: BitwiseCopyable, Sendable {
  /// Cells along each side.
  public static let side = 64
  /// Empty cells beyond each edge.
  static let margin = 4
  /// The distance in memory from a cell to its right neighbour.
  static let stride = side + 2 * margin

  /// The codes of ``CrafterMaterial``.
  var materials = InlineArray<5184, UInt8>(repeating: 0)
  /// The codes of ``CrafterOccupant``.
  var occupants = InlineArray<5184, UInt8>(repeating: 0)

  /// The index of the cell at (`x`, `y`); coordinates may reach into the margin.
  @inline(__always)
  static func cell(_ x: Int, _ y: Int) -> Int { (x &+ margin) &* stride &+ y &+ margin }

  /// Chunks of 12 × 12 cells, six each way; those of the last column and row are cut off after four cells.
  static let chunks = 36

  /// The number of the chunk of 12 × 12 cells in which a cell lies, in 0 ..< 36.
  @inline(__always)
  static func chunk(_ x: Int, _ y: Int) -> Int { (x &* 43) >> 9 &* 6 &+ (y &* 43) >> 9 }

  /// The cells of a chunk along one axis, given its place along that axis.
  @inline(__always)
  static func chunkCells(_ place: Int) -> Range<Int> { 12 &* place..<min(side, 12 &* place &+ 12) }

  /// The chunks with cells within a distance of a place, both axes added: bit *i* for chunk *i*.
  static func chunks(within reach: Int, of place: (x: Int, y: Int)) -> UInt64 {
    func distance(_ place: Int, _ cells: Range<Int>) -> Int {
      max(0, cells.lowerBound - place, place - (cells.upperBound - 1))
    }
    return (0..<chunks).reduce(0) { near, chunk in
      let distance =
        distance(place.x, chunkCells(chunk / 6)) + distance(place.y, chunkCells(chunk % 6))
      return distance <= reach ? near | 1 << UInt64(chunk) : near
    }
  }

  /// Which of up to twelve cells of a column are of a material: bit *i* for the *i*-th. Mutating only so that the map is
  /// handed over by its address.
  @inline(__always)
  mutating func cells(of material: UInt8, _ x: Int, _ rows: Range<Int>) -> UInt32 {
    let first = Self.cell(x, rows.lowerBound)
    return withUnsafePointer(to: &materials) { materials in
      let place = UnsafeRawPointer(materials) + first
      let low = place.loadUnaligned(as: UInt64.self)
      let high = UInt64((place + 8).loadUnaligned(as: UInt32.self))
      func bits(_ codes: UInt64) -> UInt64 {
        // Codes are below 128, so that 127 more reach the highest bit unless they are equal.
        let others = codes ^ 0x0101_0101_0101_0101 &* UInt64(material)
        return gathered(~(others &+ 0x7f7f_7f7f_7f7f_7f7f) & 0x8080_8080_8080_8080)
      }
      let cells = UInt32(truncatingIfNeeded: bits(low) | bits(high) &<< 8)
      return cells & (1 &<< UInt32(truncatingIfNeeded: rows.count) &- 1)
    }
  }

  /// What a cell is made of.
  public func material(_ x: Int, _ y: Int) -> CrafterMaterial {
    CrafterMaterial(rawValue: materials[Self.cell(x, y)])!
  }
}

/// What stands on a cell, as observations show it.
public enum CrafterOccupant: UInt8, Sendable, CaseIterable {
  case nothing
  case cow, zombie, skeleton
  case arrowLeft, arrowRight, arrowUp, arrowDown
  case sapling, ripePlant
  /// Never shown: the view is centred on the player.
  case player

  /// The kind of thing; nil for nothing.
  public var kind: CrafterKind? {
    switch self {
    case .nothing: nil
    case .cow: .cow
    case .zombie: .zombie
    case .skeleton: .skeleton
    case .arrowLeft, .arrowRight, .arrowUp, .arrowDown: .arrow
    case .sapling, .ripePlant: .plant
    case .player: .player
    }
  }
}
