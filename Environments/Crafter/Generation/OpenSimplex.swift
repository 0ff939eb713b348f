/// OpenSimplex noise in three dimensions, the 2014 variant, as the Python package `opensimplex` computes it: the same
/// double for the same seed and place.
struct OpenSimplex: BitwiseCopyable {
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

  /// The noise at a place, about −0.87…0.87.
  func noise(_ x: Double, _ y: Double, _ z: Double) -> Double {
    let place = SIMD3(x, y, z)
    let stretched = place + (x + y + z) * SimplexLattice.stretch
    let cell = stretched.rounded(.down)
    let distance = place - (cell + (cell.x + cell.y + cell.z) * SimplexLattice.squish)
    let origin = SIMD3(Int(cell.x), Int(cell.y), Int(cell.z))
    var sum = 0.0
    for point in SimplexLattice.cases[SimplexLattice.index(of: stretched - cell)] {
      let offset = point.early &+ point.late
      let squish = Double(offset.x + offset.y + offset.z) * SimplexLattice.squish
      let d = ((distance - SIMD3<Double>(point.early)) - squish) - SIMD3<Double>(point.late)
      var attenuation = 2 - d.x * d.x - d.y * d.y - d.z * d.z
      guard attenuation > 0 else { continue }
      attenuation *= attenuation
      let g = gradient(origin &+ offset)
      sum += attenuation * attenuation * (Double(g.x) * d.x + Double(g.y) * d.y + Double(g.z) * d.z)
    }
    return sum / 103
  }

  /// The direction in which the noise rises at a lattice point: one of 24 towards the vertices of a rhombicuboctahedron,
  /// each a choice of signs and of the longest axis.
  func gradient(_ point: SIMD3<Int>) -> SIMD3<Float> {
    withUnsafePointer(to: self) { Self.gradient($0, point) }
  }

  /// The same for noise at an address, so that its half kilobyte is not copied.
  @inline(__always)
  static func gradient(_ simplex: UnsafePointer<OpenSimplex>, _ point: SIMD3<Int>) -> SIMD3<Float> {
    // Both arrays of the structure, one after the other.
    let bytes = UnsafeRawPointer(simplex).assumingMemoryBound(to: UInt8.self)
    let plane = Int(bytes[point.x & 255])
    let row = Int(bytes[(plane &+ point.y) & 255])
    return simplexDirections[unchecked: Int(bytes[256 &+ (row &+ point.z) & 255])]
  }
}

/// Of the eight pairs of signs, that of x alternates fastest, those of y and z next.
let simplexDirections: InlineArray<24, SIMD3<Float>> = InlineArray { index in
  let signs = index / 3, longest = index % 3
  func length(_ axis: Int) -> Float { axis == longest ? 11 : 4 }
  return SIMD3(
    signs & 1 == 0 ? -length(0) : length(0), signs & 2 == 0 ? length(1) : -length(1),
    signs & 4 == 0 ? length(2) : -length(2))
}

extension SimplexLattice {
  /// The index in ``cases`` for a place within its cell.
  fileprivate static func index(of place: SIMD3<Double>) -> Int {
    let (x, y, z) = (place.x, place.y, place.z)
    let sum = x + y + z
    if sum <= 1 { return tetrahedron(x, y, z, 1 - sum) }
    // The upper one is the lower one with every distance negated and every code complemented.
    if sum >= 2 { return 8 + tetrahedron(-x, -y, -z, sum - 3) }

    // Three pairs of opposite points compete; of each pair, the one on the place's side of the middle. The two nearest
    // win, the first pair keeping its place in a draw.
    func nearest(_ sum: Double, far: Int) -> (score: Double, code: Int, isFar: Bool) {
      sum > 1 ? (sum - 1, far, true) : (1 - sum, 7 - far, false)
    }
    var a = nearest(x + y, far: 3), b = nearest(x + z, far: 5)
    let c = nearest(y + z, far: 6)
    if a.score <= b.score && a.score < c.score {
      a = c
    } else if a.score > b.score && b.score < c.score {
      b = c
    }
    if a.isFar == b.isFar { return 16 + (a.isFar ? a.code & b.code : a.code | b.code) }
    let (far, near) = a.isFar ? (a.code, b.code) : (b.code, a.code)
    // Single bits 1, 2, 4 become 0, 1, 2.
    return 24 + 3 * ((7 - far) >> 1) + near >> 1
  }

  /// The code within a tetrahedron: of the point on the axis that is nearest if the origin is among the nearest two, or
  /// else of both.
  private static func tetrahedron(_ x: Double, _ y: Double, _ z: Double, _ origin: Double) -> Int {
    var a = (score: x, code: 1), b = (score: y, code: 2)
    if x >= y && z > y {
      b = (z, 4)
    } else if x < y && z > x {
      a = (z, 4)
    }
    guard origin > a.score || origin > b.score else { return a.code | b.code }
    return b.score > a.score ? b.code : a.code
  }
}
