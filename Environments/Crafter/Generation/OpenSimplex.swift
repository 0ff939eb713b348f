/// OpenSimplex noise in three dimensions, the 2014 variant, as the Python package `opensimplex` computes it: the same
/// double for the same seed and place.
struct OpenSimplex {
  /// The seed's permutation of 0…255, and for each value of it one of 24 gradients.
  private var permutation = InlineArray<256, UInt8>(repeating: 0)
  private var gradients = InlineArray<256, UInt8>(repeating: 0)

  /// Noise under a seed.
  init(seed: Int64) {
    var source = InlineArray<256, UInt8> { UInt8($0) }
    var state = seed
    func advance() { state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407 }
    for _ in 0..<3 { advance() }
    for i in stride(from: 255, through: 0, by: -1) {
      advance()
      let count = Int64(i) + 1
      var choice = Int((state % count + 31) % count)
      if choice < 0 { choice += Int(count) }
      permutation[i] = source[choice]
      gradients[i] = source[choice] % 24
      source[choice] = source[i]
    }
  }

  /// Noise, about −0.87…0.87, at `count` places (`x[i]`, `y[i]`, `z`).
  ///
  /// All three arrays must have room for `count` rounded up to a multiple of eight.
  func noise(
    _ count: Int, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ z: Double,
    into result: UnsafeMutablePointer<Double>
  ) {
    SimplexLattice.cases.withUnsafeBufferPointer { cases in
      withUnsafePointer(to: self) { simplex in
        var first = 0
        while first < count {
          let place = SimplexPlace(
            UnsafeRawPointer(x + first).loadUnaligned(as: SIMD8<Double>.self),
            UnsafeRawPointer(y + first).loadUnaligned(as: SIMD8<Double>.self), z)
          for lane in 0..<min(8, count &- first) {
            result[first &+ lane] = simplex.pointee.sum(
              cases[Int(truncatingIfNeeded: place.code[lane])], place, lane)
          }
          first &+= 8
        }
      }
    }
  }

  /// Adds up what the lattice points of a case contribute to one of the places.
  @inline(__always)
  private func sum(_ points: LatticePoints, _ place: SimplexPlace, _ lane: Int) -> Double {
    let x = ((place.dx[lane] - points.earlyX) - points.squish) - points.lateX
    let y = ((place.dy[lane] - points.earlyY) - points.squish) - points.lateY
    let z = ((place.dz[lane] - points.earlyZ) - points.squish) - points.lateZ
    var attenuation = 2 - x * x - y * y - z * z
    attenuation.replace(with: 0, where: attenuation .< 0)
    attenuation *= attenuation
    let i = points.i &+ place.i[lane], j = points.j &+ place.j[lane], k = points.k &+ place.k[lane]
    var gx = SIMD8<Double>(), gy = SIMD8<Double>(), gz = SIMD8<Double>()
    for point in 0..<8 {
      let plane = permutation[unchecked: Int(i[point] & 255)]
      let row = permutation[unchecked: Int((Int32(plane) &+ j[point]) & 255)]
      let gradient = gradients[unchecked: Int((Int32(row) &+ k[point]) & 255)]
      let direction = simplexGradients[unchecked: Int(gradient)]
      gx[point] = direction.x
      gy[point] = direction.y
      gz[point] = direction.z
    }
    let contributions = (attenuation * attenuation) * (gx * x + gy * y + gz * z)
    var sum = 0.0
    for point in 0..<8 { sum += contributions[point] }
    return sum / 103
  }
}

/// Twenty-four directions towards the vertices of a rhombicuboctahedron: every choice of signs, and of the axis that
/// is the longest.
private let simplexGradients: InlineArray<24, SIMD4<Double>> = InlineArray { index in
  let signs = [
    (-1, 1, 1), (1, 1, 1), (-1, -1, 1), (1, -1, 1), (-1, 1, -1), (1, 1, -1), (-1, -1, -1), (1, -1, -1),
  ]
  let (x, y, z) = signs[index / 3]
  func length(_ axis: Int) -> Double { index % 3 == axis ? 11 : 4 }
  return SIMD4(Double(x) * length(0), Double(y) * length(1), Double(z) * length(2), 0)
}

/// Where eight places lie in the lattice: the origin of their cell, their distance from it, and their case.
private struct SimplexPlace {
  var i: SIMD8<Int32>, j: SIMD8<Int32>, k: SIMD8<Int32>
  var dx: SIMD8<Double>, dy: SIMD8<Double>, dz: SIMD8<Double>
  var code: SIMD8<Int64>

  @inline(__always)
  init(_ x: SIMD8<Double>, _ y: SIMD8<Double>, _ z: Double) {
    let stretch = (x + y + z) * SimplexLattice.stretch
    let xs = x + stretch, ys = y + stretch, zs = z + stretch
    let xb = xs.rounded(.down), yb = ys.rounded(.down), zb = zs.rounded(.down)
    let squish = (xb + yb + zb) * SimplexLattice.squish
    dx = x - (xb + squish)
    dy = y - (yb + squish)
    dz = z - (zb + squish)
    i = SIMD8<Int32>(truncatingIfNeeded: SIMD8<Int64>(xb))
    j = SIMD8<Int32>(truncatingIfNeeded: SIMD8<Int64>(yb))
    k = SIMD8<Int32>(truncatingIfNeeded: SIMD8<Int64>(zb))
    code = Self.code(xs - xb, ys - yb, zs - zb)
  }

  /// The index in ``SimplexLattice/cases`` for places within their cells.
  @inline(__always)
  private static func code(_ x: SIMD8<Double>, _ y: SIMD8<Double>, _ z: SIMD8<Double>) -> SIMD8<Int64> {
    typealias Codes = SIMD8<Int64>
    let sum = x + y + z
    let isUpper = sum .>= 2

    // The tetrahedra. The upper one is the lower one with every distance negated and every code complemented.
    let sign = SIMD8<Double>(repeating: 1).replacing(with: -1, where: isUpper)
    let u = sign * x, v = sign * y, w = sign * z
    let third = (1 - sum).replacing(with: sum - 3, where: isUpper)
    let takesFirst = (u .< v) .& (w .> u), takesSecond = (u .>= v) .& (w .> v)
    let a = u.replacing(with: w, where: takesFirst), b = v.replacing(with: w, where: takesSecond)
    let first = Codes(repeating: 1).replacing(with: 4, where: takesFirst)
    let second = Codes(repeating: 2).replacing(with: 4, where: takesSecond)
    let nearest = first.replacing(with: second, where: b .> a)
    var tetrahedron = (first | second).replacing(with: nearest, where: (third .> a) .| (third .> b))
    tetrahedron.replace(with: tetrahedron | 8, where: isUpper)

    // The octahedron: of (x + y, x + z, y + z), the two furthest from one, each with its side.
    let p = x + y - 1, q = x + z - 1, r = y + z - 1
    let zero = SIMD8<Double>()
    // A difference of doubles near one is exact, so these comparisons are those of the sums with one.
    var aIsFar = p .> zero, bIsFar = q .> zero
    let rIsFar = r .> zero
    let scoreA = p.replacing(with: -p, where: .!aIsFar), scoreB = q.replacing(with: -q, where: .!bIsFar)
    let scoreR = r.replacing(with: -r, where: .!rIsFar)
    var pointA = Codes(repeating: 4).replacing(with: 3, where: aIsFar)
    var pointB = Codes(repeating: 2).replacing(with: 5, where: bIsFar)
    let pointR = Codes(repeating: 1).replacing(with: 6, where: rIsFar)
    let replacesA = (scoreA .<= scoreB) .& (scoreA .< scoreR)
    let replacesB = (scoreA .> scoreB) .& (scoreB .< scoreR)
    pointA.replace(with: pointR, where: replacesA)
    pointB.replace(with: pointR, where: replacesB)
    aIsFar = (aIsFar .& .!replacesA) .| (rIsFar .& replacesA)
    bIsFar = (bIsFar .& .!replacesB) .| (rIsFar .& replacesB)
    let sameSide = (pointA | pointB).replacing(with: pointA & pointB, where: aIsFar) | 16
    let farPoint = pointB.replacing(with: pointA, where: aIsFar)
    let nearPoint = pointA.replacing(with: pointB, where: aIsFar)
    // Single bits 1, 2, 4 become 0, 1, 2.
    let mixed = 24 &+ ((7 &- farPoint) &>> 1) &* 3 &+ (nearPoint &>> 1)
    let octahedron = mixed.replacing(with: sameSide, where: .!(aIsFar .^ bIsFar))

    return octahedron.replacing(with: tetrahedron, where: isUpper .| (sum .<= 1))
  }
}
