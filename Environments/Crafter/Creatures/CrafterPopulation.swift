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
  mutating func countGround(_ map: CrafterMap, _ rules: CrafterRules) {
    let wanted = SIMD4(rules.balance[0].ground, rules.balance[1].ground, rules.balance[2].ground, .max)
    for x in 0..<CrafterMap.side {
      for y in 0..<CrafterMap.side {
        let isGround = wanted .== map.materials[unchecked: CrafterMap.cell(x, y)]
        grounds[unchecked: CrafterMap.chunk(x, y)] &+= SIMD4<UInt8>.zero.replacing(with: 1, where: isGround)
      }
    }
  }
}
