/// The light before a side of a block: in the cell in front of it and in the eight about that one.
struct SideLight: BitwiseCopyable {
  private var cells = InlineArray<9, SIMD3<Float>>(repeating: .zero)
  /// The cell in front, and the side's axis as in ``SightHit/side``; at first no place at all.
  private var x = Int.min, y = 0, z = 0, side: UInt8 = 0

  /// Whether it is that of a side, given by the cell in front of it.
  @inline(__always)
  func isBefore(_ x: Int, _ y: Int, _ z: Int, _ side: UInt8) -> Bool {
    self.x == x && self.y == y && self.z == z && self.side == side
  }

  /// Makes it that of another side, whose light is to be set then.
  mutating func begin(_ x: Int, _ y: Int, _ z: Int, _ side: UInt8) {
    (self.x, self.y, self.z, self.side) = (x, y, z, side)
  }

  /// The light of a cell so far across and upwards from the one in front, -1 to 1 each.
  @inline(__always)
  subscript(_ i: Int, _ j: Int) -> SIMD3<Float> {
    get { cells[unchecked: 4 &+ 3 &* i &+ j] }
    set { cells[unchecked: 4 &+ 3 &* i &+ j] = newValue }
  }
}
