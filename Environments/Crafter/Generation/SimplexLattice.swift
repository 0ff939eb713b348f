// Which lattice points OpenSimplex noise adds up at a place, and in which order.
//
// The 2014 variant of OpenSimplex (Kurt Spencer) divides each stretched cube of its lattice into two tetrahedra and an
// octahedron between them. A place takes part in the points of its own solid and in two extra ones beyond, chosen by
// which points are nearest. That makes 27 cases; here they are rows of a table, so that finding a case needs no branches
// and adding up its points is the same vector code for all.

/// The lattice points of one case: eight lanes, in the order in which they are added.
///
/// The distance to a point is `((d - early) - squish) - late` in each coordinate, `d` being the distance to the cell's
/// origin. All three subtractions are kept apart because their rounding is part of the noise's value.
struct LatticePoints {
  var earlyX = SIMD8<Double>(repeating: LatticePoints.far)
  var earlyY = SIMD8<Double>(repeating: LatticePoints.far)
  var earlyZ = SIMD8<Double>(repeating: LatticePoints.far)
  var squish = SIMD8<Double>()
  var lateX = SIMD8<Double>()
  var lateY = SIMD8<Double>()
  var lateZ = SIMD8<Double>()
  /// The points' offsets from the cell's origin, in units of the lattice.
  var i = SIMD8<Int32>(), j = SIMD8<Int32>(), k = SIMD8<Int32>()

  /// So far away that a lane without a point adds nothing.
  private static let far = 64.0

  /// Puts the point at (`i`, `j`, `k`) into a lane; a `late` one's offset is subtracted last.
  fileprivate mutating func set(_ lane: Int, _ point: Offset, late: Offset = Offset(0, 0, 0)) {
    earlyX[lane] = Double(point.i)
    earlyY[lane] = Double(point.j)
    earlyZ[lane] = Double(point.k)
    lateX[lane] = Double(late.i)
    lateY[lane] = Double(late.j)
    lateZ[lane] = Double(late.k)
    i[lane] = point.i + late.i
    j[lane] = point.j + late.j
    k[lane] = point.k + late.k
    squish[lane] = Double(i[lane] + j[lane] + k[lane]) * SimplexLattice.squish
  }
}

private struct Offset {
  var i: Int32, j: Int32, k: Int32
  init(_ i: Int32, _ j: Int32, _ k: Int32) { (self.i, self.j, self.k) = (i, j, k) }

  /// The offset of length `length` along the axis of a code's single bit.
  init(axis code: Int, length: Int32 = 1) {
    self.init(code == 1 ? length : 0, code == 2 ? length : 0, code == 4 ? length : 0)
  }

  /// `inside` on the axes of a code's bits, `outside` on the others.
  init(axes code: Int, inside: Int32, outside: Int32) {
    self.init(
      code & 1 != 0 ? inside : outside, code & 2 != 0 ? inside : outside, code & 4 != 0 ? inside : outside)
  }
}

enum SimplexLattice {
  /// What makes the stretched lattice regular, and what undoes it.
  static let stretch = -1.0 / 6, squish = 1.0 / 3

  /// The cases. Codes have one bit an axis, x lowest.
  ///
  /// | index | solid | code |
  /// |---|---|---|
  /// | 0 + c | tetrahedron at the origin | c: nearest point, or the nearest two joined |
  /// | 8 + c | tetrahedron at (1, 1, 1) | c: complement of the same |
  /// | 16 + c | octahedron, both nearest points on one side | c: one bit on the far side, two on the near one |
  /// | 24 + 3f + n | octahedron, one on each side | f, n: the axis that the far point lacks, that the near one has |
  static let cases: [LatticePoints] = {
    var cases = [LatticePoints](repeating: LatticePoints(), count: 33)
    let units = [Offset(1, 0, 0), Offset(0, 1, 0), Offset(0, 0, 1)]
    let pairs = [Offset(1, 1, 0), Offset(1, 0, 1), Offset(0, 1, 1)]

    for code in 1...6 {
      let isSingle = code.nonzeroBitCount == 1
      // The tetrahedron at the origin.
      for (lane, point) in ([Offset(0, 0, 0)] + units).enumerated() { cases[code].set(lane, point) }
      if isSingle {
        // Beyond the nearest point, one step back along each of the other two axes.
        let others = [1, 2, 4].filter { $0 != code }
        for (extra, other) in others.enumerated() {
          var point = Offset(axis: code)
          let back = Offset(axis: other, length: -1)
          point = Offset(point.i + back.i, point.j + back.j, point.k + back.k)
          cases[code].set(6 + extra, point)
        }
      } else {
        cases[code].set(6, Offset(axes: code, inside: 1, outside: 0))
        cases[code].set(7, Offset(axes: code, inside: 1, outside: -1))
      }
      // The tetrahedron at (1, 1, 1), its codes complemented.
      let opposite = 8 + (7 - code)
      for (lane, point) in (pairs + [Offset(1, 1, 1)]).enumerated() { cases[opposite].set(lane, point) }
      if isSingle {
        cases[opposite].set(6, Offset(axes: code, inside: 1, outside: 0))
        cases[opposite].set(7, Offset(axes: code, inside: 2, outside: 0))
      } else {
        // From the nearest point, one step further along each of its two axes. A second step along y comes late.
        let axes = [1, 2, 4].filter { code & $0 != 0 }
        for (extra, axis) in axes.enumerated() {
          let near = Offset(axes: code, inside: 1, outside: 0), step = Offset(axis: axis)
          if axis == 2 {
            cases[opposite].set(6 + extra, near, late: step)
          } else {
            cases[opposite].set(6 + extra, Offset(near.i + step.i, near.j + step.j, near.k + step.k))
          }
        }
      }
      // The octahedron, both nearest points on the far side (one bit) or on the near side (two bits).
      for (lane, point) in (units + pairs).enumerated() { cases[16 + code].set(lane, point) }
      cases[16 + code].set(6, isSingle ? Offset(1, 1, 1) : Offset(0, 0, 0))
      cases[16 + code].set(
        7, isSingle ? Offset(axis: code, length: 2) : Offset(axes: code, inside: 1, outside: -1))
    }
    // The octahedron, one nearest point on each side.
    for far in 0..<3 {
      for near in 0..<3 {
        let index = 24 + 3 * far + near
        for (lane, point) in (units + pairs).enumerated() { cases[index].set(lane, point) }
        cases[index].set(6, Offset(axes: 7 - 1 << far, inside: 1, outside: -1))
        cases[index].set(7, Offset(0, 0, 0), late: Offset(axis: 1 << near, length: 2))
      }
    }
    return cases
  }()
}
