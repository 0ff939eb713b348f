// Which lattice points OpenSimplex noise adds up at a place, and in which order.
//
// The 2014 variant of OpenSimplex (Kurt Spencer) divides each stretched cube of its lattice into two tetrahedra and an
// octahedron between them. A place takes part in the points of its own solid and in two extra ones beyond, chosen by
// which points are nearest. That makes 27 cases; here they are rows of a table, so that adding up
// its points is the same code for all.

/// A lattice point as seen from the origin of a cell.
///
/// The distance to it is `((d - early) - squish) - late` in each coordinate, `d` being the distance to the origin. All three
/// subtractions are kept apart because their rounding is part of the noise's value.
struct LatticePoint {
  /// The point's offset from the origin in units of the lattice: what is subtracted first, and last.
  var early: SIMD3<Int>, late: SIMD3<Int>

  init(_ early: SIMD3<Int>, late: SIMD3<Int> = .zero) {
    self.early = early
    self.late = late
  }
}

extension SIMD3<Int> {
  /// `length` along the axis of a code's single bit.
  fileprivate static func axis(_ code: Int, _ length: Int = 1) -> SIMD3<Int> {
    axes(code, inside: length, outside: 0)
  }

  /// `inside` on the axes of a code's bits, `outside` on the others.
  fileprivate static func axes(_ code: Int, inside: Int, outside: Int) -> SIMD3<Int> {
    SIMD3(
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
  static let cases: [[LatticePoint]] = {
    var cases = [[LatticePoint]](repeating: [], count: 33)
    let units = [1, 2, 4].map { LatticePoint(.axis($0)) }
    let pairs = [3, 5, 6].map { LatticePoint(.axis($0 & 1) &+ .axis($0 & 2) &+ .axis($0 & 4)) }
    let origin = LatticePoint(.zero), corner = LatticePoint(.one)

    for code in 1...6 {
      let axes = [1, 2, 4].filter { code & $0 != 0 }, others = [1, 2, 4].filter { code & $0 == 0 }
      let isSingle = axes.count == 1
      let nearest = SIMD3<Int>.axes(code, inside: 1, outside: 0)
      // In the tetrahedron at the origin: beyond the nearest point, one step back along each of the other two axes; or
      // beyond the nearest two.
      cases[code] =
        [origin] + units
        + (isSingle
          ? others.map { LatticePoint(nearest &- .axis($0)) }
          : [LatticePoint(nearest), LatticePoint(.axes(code, inside: 1, outside: -1))])
      // In the tetrahedron at (1, 1, 1), whose codes are complemented: likewise, one step further along each of the
      // nearest point's two axes, the step along y coming late.
      cases[8 + (7 - code)] =
        pairs + [corner]
        + (isSingle
          ? [LatticePoint(nearest), LatticePoint(.axis(code, 2))]
          : axes.map {
            $0 == 2 ? LatticePoint(nearest, late: .axis($0)) : LatticePoint(nearest &+ .axis($0))
          })
      // In the octahedron, both nearest points on the far side (one bit) or on the near side (two bits).
      cases[16 + code] =
        units + pairs
        + (isSingle
          ? [corner, LatticePoint(.axis(code, 2))]
          : [origin, LatticePoint(.axes(code, inside: 1, outside: -1))])
    }
    // In the octahedron, one nearest point on each side.
    for far in 0..<3 {
      for near in 0..<3 {
        cases[24 + 3 * far + near] =
          units + pairs + [
            LatticePoint(.axes(7 - 1 << far, inside: 1, outside: -1)),
            LatticePoint(.zero, late: .axis(1 << near, 2)),
          ]
      }
    }
    return cases
  }()
}
