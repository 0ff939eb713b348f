/// How many creatures live in each chunk of 12 × 12 cells, and on how much ground.
///
/// Counted as things change, so that the balance of all chunks, every ten steps, is a few comparisons.
struct CrafterPopulation: BitwiseCopyable {
  /// Creatures of each balanced kind (see ``balancedKinds``), then cells of its ground; by chunk.
  var counts = InlineArray<36, SIMD4<UInt8>>(repeating: .zero)
  var grounds = InlineArray<36, SIMD4<UInt8>>(repeating: .zero)
  /// The chunks that an object ever entered in this episode, in the order in which the first one did. The package knows
  /// no others, and balances none but them.
  var order = InlineArray<36, UInt8>(repeating: 0)
  var known = 0
  /// Bit *i* for chunk *i*.
  private var isKnown: UInt64 = 0

  /// Whether an object ever entered a chunk.
  @inline(__always)
  func knows(_ chunk: Int) -> Bool { isKnown &>> UInt64(truncatingIfNeeded: chunk) & 1 != 0 }

  /// The kinds whose numbers are balanced, in the order in which a chunk's are.
  static let balancedKinds: InlineArray<3, CrafterKind> = [.zombie, .skeleton, .cow]

  /// The lane of a kind in ``counts``; the last, which nobody reads, for kinds that are not balanced.
  @inline(__always)
  private static func lane(_ kind: UInt8) -> Int {
    switch kind {
    case CrafterKind.zombie.rawValue: 0
    case CrafterKind.skeleton.rawValue: 1
    case CrafterKind.cow.rawValue: 2
    default: 3
    }
  }

  /// Counts an object that came to a chunk.
  @inline(__always)
  mutating func enter(_ chunk: Int, _ kind: UInt8) {
    if isKnown &>> UInt64(chunk) & 1 == 0 {
      isKnown |= 1 &<< UInt64(chunk)
      order[unchecked: known] = UInt8(truncatingIfNeeded: chunk)
      known &+= 1
    }
    counts[unchecked: chunk][Self.lane(kind)] &+= 1
  }

  /// Counts an object that left a chunk.
  @inline(__always)
  mutating func leave(_ chunk: Int, _ kind: UInt8) { counts[unchecked: chunk][Self.lane(kind)] &-= 1 }

  /// Counts a cell that changed.
  mutating func ground(_ chunk: Int, from old: UInt8, to new: UInt8, _ rules: CrafterRules) {
    for lane in 0..<3 {
      let ground = rules.balance[lane].ground
      if old == ground { grounds[chunk][lane] &-= 1 }
      if new == ground { grounds[chunk][lane] &+= 1 }
    }
  }

  /// Counts all cells.
  mutating func countGround(_ map: inout CrafterMap, _ rules: CrafterRules) {
    for x in 0..<CrafterMap.side {
      for place in 0..<6 {
        let rows = CrafterMap.chunkCells(place), chunk = CrafterMap.chunk(x, rows.lowerBound)
        for lane in 0..<3 {
          let cells = map.cells(of: rules.balance[unchecked: lane].ground, x, rows)
          grounds[unchecked: chunk][lane] &+= UInt8(truncatingIfNeeded: cells.nonzeroBitCount)
        }
      }
    }
  }
}
