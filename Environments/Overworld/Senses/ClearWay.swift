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
  /// The axis, 1 x, 2 y, 3 z, and whether the beam goes against it.
  private let axis: UInt8, isBackward: Bool
  /// How far the lines go along each axis for each block along that one.
  private let slantX: Slant, slantY: Slant, slantZ: Slant

  /// The beam between four lines, of any length; nil where it is so wide that it would not get far.
  @inline(__always)
  init?(_ a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>, _ d: SIMD3<Float>) {
    let sum = a + b + c + d
    let (x, y, z) = (abs(sum.x), abs(sum.y), abs(sum.z))
    axis = x >= y && x >= z ? 1 : y >= z ? 2 : 3
    let index = Int(axis) &- 1
    isBackward = sum[index] < 0
    let ways = SIMD4(a[index], b[index], c[index], d[index]) * (isBackward ? -1 : 1)
    guard min(min(ways.x, ways.y), min(ways.z, ways.w)) > 0 else { return nil }
    let slants = (a / ways.x, b / ways.y, c / ways.z, d / ways.w)
    slantX = Slant(slants.0.x, slants.1.x, slants.2.x, slants.3.x)
    slantY = Slant(slants.0.y, slants.1.y, slants.2.y, slants.3.y)
    slantZ = Slant(slants.0.z, slants.1.z, slants.2.z, slants.3.z)
    guard slantX.isNarrow && slantY.isNarrow && slantZ.isNarrow else { return nil }
  }

  /// Up to where none of the lines can meet a block.
  ///
  /// - Complexity: O(the outlook's range), 5 to 20 nanoseconds a block.
  func clearWay(_ outlook: Outlook) -> ClearWay {
    let origin = axis == 1 ? outlook.x : axis == 2 ? outlook.y : outlook.z
    let step = isBackward ? -1 : 1
    var cell = BlockView.floor(origin)
    var layer = Layer(near: 0, far: isBackward ? origin - Double(cell) : Double(cell &+ 1) - origin)
    while layer.near < outlook.maximum {
      // Above everything nothing but the world's sides are left.
      if outlook.hidesSides, slantY.low >= 0, slantY.low(in: layer, from: outlook.y) >= outlook.ceiling {
        break
      }
      // Four layers at once, where they are those of 4 × 4 columns.
      let four = Layer(near: layer.near, far: layer.far + 3)
      if axis != 2, cell & 3 == (isBackward ? 3 : 0), outlook.view.isOpen(box(four, cell, outlook)) {
        cell &+= 4 &* step
        layer = Layer(near: four.far, far: four.far + 1)
        continue
      }
      guard outlook.view.isAir(box(layer, cell, outlook)) else {
        return layer.near == 0 ? .none : ClearWay(axis: axis, cell: cell)
      }
      cell &+= step
      layer = Layer(near: layer.far, far: layer.far + 1)
    }
    return ClearWay(axis: axis, cell: cell, isEndless: true)
  }

  /// The cells that the beam may touch in a layer, of which the first is at `cell`; along its axis only that one.
  @inline(__always)
  private func box(_ layer: Layer, _ cell: Int, _ outlook: Outlook) -> CellBox {
    var box = CellBox(
      minX: BlockView.floor(slantX.low(in: layer, from: outlook.x)),
      maxX: BlockView.floor(slantX.high(in: layer, from: outlook.x)),
      minY: BlockView.floor(slantY.low(in: layer, from: outlook.y)),
      maxY: BlockView.floor(slantY.high(in: layer, from: outlook.y)),
      minZ: BlockView.floor(slantZ.low(in: layer, from: outlook.z)),
      maxZ: BlockView.floor(slantZ.high(in: layer, from: outlook.z)))
    switch axis {
    case 1: (box.minX, box.maxX) = (cell, cell)
    case 2: (box.minY, box.maxY) = (cell, cell)
    default: (box.minZ, box.maxZ) = (cell, cell)
    }
    return box
  }

  /// A layer of cells, or several: how far along the axis it begins and ends.
  private struct Layer {
    let near: Double, far: Double
  }

  /// How far the lines go along another axis for each block along the beam's, at least and at most.
  private struct Slant {
    let low: Double, high: Double

    @inline(__always)
    init(_ a: Float, _ b: Float, _ c: Float, _ d: Float) {
      // A little more than they do, which is more than rounding makes of narrow beams.
      low = Double(min(min(a, b), min(c, d))) - 1e-5
      high = Double(max(max(a, b), max(c, d))) + 1e-5
    }

    @inline(__always)
    var isNarrow: Bool { low > -4 && high < 4 }

    /// Where the lines begin and end in a layer.
    @inline(__always)
    func low(in layer: Layer, from origin: Double) -> Double {
      origin + low * (low < 0 ? layer.far : layer.near)
    }

    @inline(__always)
    func high(in layer: Layer, from origin: Double) -> Double {
      origin + high * (high > 0 ? layer.far : layer.near)
    }
  }
}
