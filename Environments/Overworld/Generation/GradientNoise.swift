/// Gradient noise in the plane (Perlin 1985, "An image synthesizer", with the fade of Perlin 2002), eight places at a time.
///
/// Values are zero on the corners of a lattice of side `wavelength`, and about half of them lie within ±0.25; few pass ±1.
struct GradientNoise {
  private let key: UInt32
  private let frequency: Float

  /// The noise of a seed and a purpose; `wavelength` in blocks.
  @inline(__always)
  init(_ seed: UInt64, _ purpose: PlacePurpose, octave: Int = 0, wavelength: Float) {
    var random = PlaceRandom(seed, purpose, octave)
    key = UInt32(truncatingIfNeeded: random.next())
    frequency = 1 / wavelength
  }

  /// The values at columns of one x.
  @inline(__always)
  func callAsFunction(_ x: Float, _ z: SIMD8<Float>) -> SIMD8<Float> {
    self(SIMD8(repeating: x), z)
  }

  /// The values at columns.
  @inline(__always)
  func callAsFunction(_ x: SIMD8<Float>, _ z: SIMD8<Float>) -> SIMD8<Float> {
    let x = x * frequency, z = z * frequency
    let (cellX, floorX) = Self.floored(x), (cellZ, floorZ) = Self.floored(z)
    let dx = x - floorX, dz = z - floorZ
    let rowX = cellX &* 0x27D4_EB2D ^ key, rowX1 = (cellX &+ 1) &* 0x27D4_EB2D ^ key
    let rowZ = cellZ &* 0x1656_67B1, rowZ1 = (cellZ &+ 1) &* 0x1656_67B1
    let fadeX = Self.faded(dx), fadeZ = Self.faded(dz)
    let a = Self.slope(rowX ^ rowZ, dx, dz), b = Self.slope(rowX ^ rowZ1, dx, dz - 1)
    let c = Self.slope(rowX1 ^ rowZ, dx - 1, dz), d = Self.slope(rowX1 ^ rowZ1, dx - 1, dz - 1)
    let near = a + (b - a) * fadeZ, far = c + (d - c) * fadeZ
    return (near + (far - near) * fadeX) * 1.8
  }

  /// A corner's gradient, drawn from a square, times the way from the corner.
  @inline(__always)
  private static func slope(_ corner: SIMD8<UInt32>, _ dx: SIMD8<Float>, _ dz: SIMD8<Float>) -> SIMD8<Float> {
    var hash = (corner ^ corner &>> 15) &* 0x85EB_CA6B
    hash = (hash ^ hash &>> 13) &* 0xC2B2_AE35
    // Bits as the fraction of a number from 2 to 4.
    let exponent = SIMD8<UInt32>(repeating: 0x4000_0000)
    let gradientX = unsafeBitCast(hash &>> 9 | exponent, to: SIMD8<Float>.self) - 3
    let gradientZ = unsafeBitCast((hash &* 0x9E37_79B1) &>> 9 | exponent, to: SIMD8<Float>.self) - 3
    return gradientX * dx + gradientZ * dz
  }

  /// The whole number below, as an integer and as it is. The standard library converts lane by lane; adding 1.5 · 2²³
  /// rounds to a whole number and leaves it in the low bits.
  @inline(__always)
  private static func floored(_ value: SIMD8<Float>) -> (SIMD8<UInt32>, SIMD8<Float>) {
    let shifted = value + 0x1.8p23
    let rounded = shifted - 0x1.8p23
    let isAbove = rounded .> value
    let low = rounded.replacing(with: rounded - 1, where: isAbove)
    let bits = unsafeBitCast(shifted, to: SIMD8<UInt32>.self)
    return (bits.replacing(with: bits &- 1, where: isAbove), low)
  }

  @inline(__always)
  private static func faded(_ t: SIMD8<Float>) -> SIMD8<Float> { t * t * t * (t * (t * 6 - 15) + 10) }
}
