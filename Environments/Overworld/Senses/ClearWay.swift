/// How far lines of sight are known to meet nothing: up to the border at which they come into a layer of cells.
struct ClearWay: BitwiseCopyable {
  /// The axis across which the border lies, 1 x, 2 y, 3 z; 0 where nothing is known.
  var axis: UInt8 = 0
  /// Which of the layers along the axis begins there.
  var cell = 0
  /// Whether they meet nothing at all.
  var isEndless = false

  /// Nothing is known.
  static let none = ClearWay()
}

/// Lines of sight beside each other: all that lie between four of them, so that what is shown of those holds for all (Laine
/// and Karras 2010, "Efficient sparse voxel octrees").
///
/// A beam goes through the world in layers of cells, one after the other along the axis along which it goes farthest. In each
/// layer it is taken to be as wide as its box there.
struct SightBeam {
  /// The corners, of any length.
  let corners: (SIMD3<Float>, SIMD3<Float>, SIMD3<Float>, SIMD3<Float>)

  /// Up to where none of the lines can meet a block.
  ///
  /// - Complexity: O(the outlook's range), 15 nanoseconds a block.
  func clearWay(_ outlook: Outlook) -> ClearWay {
    let sum = corners.0 + corners.1 + corners.2 + corners.3
    let (x, y, z) = (abs(sum.x), abs(sum.y), abs(sum.z))
    let axis: UInt8 = x >= y && x >= z ? 1 : y >= z ? 2 : 3
    let index = Int(axis) &- 1
    let isBackward = sum[index] < 0
    let sign: Float = isBackward ? -1 : 1
    let ways = SIMD4(corners.0[index], corners.1[index], corners.2[index], corners.3[index]) * sign
    guard min(min(ways.x, ways.y), min(ways.z, ways.w)) > 0 else { return .none }
    // How far the lines go aside, at least and at most, for each block along the axis.
    let slants = (
      corners.0 / ways.x, corners.1 / ways.y, corners.2 / ways.z, corners.3 / ways.w
    )
    @inline(__always)
    func extent(_ axis: Int) -> (low: Double, high: Double) {
      let a = slants.0[axis], b = slants.1[axis], c = slants.2[axis], d = slants.3[axis]
      // A little more than they do, which is more than rounding makes of slants up to four.
      return (Double(min(min(a, b), min(c, d))) - 1e-5, Double(max(max(a, b), max(c, d))) + 1e-5)
    }
    let slantX = extent(0), slantY = extent(1), slantZ = extent(2)
    // Beams wider than that would not get far.
    guard min(slantX.low, slantY.low, slantZ.low) > -4, max(slantX.high, slantY.high, slantZ.high) < 4 else {
      return .none
    }
    let origin = axis == 1 ? outlook.x : axis == 2 ? outlook.y : outlook.z
    var cell = BlockView.floor(origin)
    var layer = Layer(near: 0, far: isBackward ? origin - Double(cell) : Double(cell &+ 1) - origin)
    while layer.near < outlook.maximum {
      let bottom = layer.low(outlook.y, slantY.low), top = layer.high(outlook.y, slantY.high)
      // Above everything nothing but the world's sides are left.
      if slantY.low >= 0 && bottom >= outlook.ceiling && outlook.hidesSides { break }
      let isClear: Bool
      let minX = BlockView.floor(layer.low(outlook.x, slantX.low)),
        maxX = BlockView.floor(layer.high(outlook.x, slantX.high))
      let minZ = BlockView.floor(layer.low(outlook.z, slantZ.low)),
        maxZ = BlockView.floor(layer.high(outlook.z, slantZ.high))
      let minY = BlockView.floor(bottom), maxY = BlockView.floor(top)
      switch axis {
      case 1: isClear = outlook.view.isAir(cell, cell, minY, maxY, minZ, maxZ)
      case 2: isClear = outlook.view.isAir(minX, maxX, cell, cell, minZ, maxZ)
      default: isClear = outlook.view.isAir(minX, maxX, minY, maxY, cell, cell)
      }
      guard isClear else { return layer.near == 0 ? .none : ClearWay(axis: axis, cell: cell) }
      cell &+= isBackward ? -1 : 1
      layer = Layer(near: layer.far, far: layer.far + 1)
    }
    return ClearWay(axis: axis, cell: cell, isEndless: true)
  }

  /// A layer of cells, how far along the axis it begins and ends.
  private struct Layer {
    let near: Double, far: Double

    /// Where a beam of a slant begins and ends in it along another axis.
    @inline(__always)
    func low(_ origin: Double, _ slant: Double) -> Double { origin + slant * (slant < 0 ? far : near) }

    @inline(__always)
    func high(_ origin: Double, _ slant: Double) -> Double { origin + slant * (slant > 0 ? far : near) }
  }
}
