/// Which regions of a world have been visited: 16 × 16 × 16 cubes, and again beyond.
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

  /// Notes a visit; true where it is the first.
  @inlinable
  mutating func insert(_ index: Int) -> Bool {
    let isNew = !self[index]
    bits[index &>> 6] |= 1 &<< UInt64(index & 63)
    return isNew
  }
}
