/// Which regions of a world have been visited, of the 16 × 16 × 16 cubes about the last one.
@frozen
public struct RegionSet: BitwiseCopyable, Sendable {
  @usableFromInline var bits = InlineArray<64, UInt64>(repeating: 0)

  @inlinable init() {}

  /// The region of a place, or one some steps from it; `side` is that of a region in cells.
  @inlinable
  static func index(_ pose: Pose, side: Float, _ dx: Int = 0, _ dy: Int = 0, _ dz: Int = 0) -> Int {
    let x = Int((pose.x / side).rounded(.down)) &+ dx, y = Int((pose.y / side).rounded(.down)) &+ dy
    let z = Int((pose.z / side).rounded(.down)) &+ dz
    return (x & 15) &* 256 &+ (y & 15) &* 16 &+ z & 15
  }

  /// Whether a region has been visited.
  @inlinable
  subscript(index: Int) -> Bool { bits[index &>> 6] &>> UInt64(index & 63) & 1 != 0 }

  /// Notes a visit to a region and forgets those that lie eight regions away from it: their places are taken by new ones on the other
  /// side. True where the region had not been visited.
  @inlinable
  mutating func insert(_ index: Int) -> Bool {
    guard !self[index] else { return false }
    let x = (index &>> 8) ^ 8, y = (index &>> 4 & 15) ^ 8, z = (index & 15) ^ 8
    // A word holds four lines of 16 regions along z: those of one x and of four y.
    let line = ~(0xffff as UInt64 &<< UInt64((y & 3) &* 16)),
      column = ~(0x0001_0001_0001_0001 as UInt64 &<< UInt64(z))
    for word in bits.indices {
      bits[word] &= word &>> 2 == x ? 0 : word & 3 == y &>> 2 ? line & column : column
    }
    bits[index &>> 6] |= 1 &<< UInt64(index & 63)
    return true
  }
}
