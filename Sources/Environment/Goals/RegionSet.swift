/// Which regions of a world have been visited: 16 × 16 × 16 of some cells' side, and again beyond.
@frozen
public struct RegionSet: BitwiseCopyable, Sendable {
  @usableFromInline var bits = InlineArray<64, UInt64>(repeating: 0)

  /// The side of a region in cells.
  @usableFromInline static var side: Float { 8 }

  @inlinable init() {}

  @inlinable
  static func index(_ x: Float, _ y: Float, _ z: Float, _ dx: Int = 0, _ dy: Int = 0, _ dz: Int = 0) -> Int {
    let x = Int((x / side).rounded(.down)) &+ dx, y = Int((y / side).rounded(.down)) &+ dy
    let z = Int((z / side).rounded(.down)) &+ dz
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
