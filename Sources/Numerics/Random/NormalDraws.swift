/// Standard normal numbers from uniform ones, one for one, with the same bits on every machine.
extension CounterRandom {
  /// The standard normal number that 32 random bits stand for: the quantile of the middle of one of 2²⁴ equal steps, so at most 5.4 from 0.
  ///
  /// The inverse error function by the two polynomials of Giles 2010 ("Approximating the erfinv function"), whose relative error is
  /// that of single precision.
  @inlinable
  public static func normal(_ bits: UInt32) -> Float {
    let x = Float(2 * Int32(bits >> 8) + 1 - (1 << 24)) * 0x1p-24  // exact: an odd number of at most 24 bits
    var w = -Elementwise.log((1 - x) * (1 + x))
    var p: Float
    if w < 5 {
      w -= 2.5
      p = 2.810_226_36e-08
      p = p * w + 3.432_739_39e-07
      p = p * w - 3.523_387_7e-06
      p = p * w - 4.391_506_54e-06
      p = p * w + 0.000_218_580_87
      p = p * w - 0.001_253_725_03
      p = p * w - 0.004_177_681_64
      p = p * w + 0.246_640_727
      p = p * w + 1.501_409_41
    } else {
      w = Elementwise.squareRoot(w) - 3
      p = -0.000_200_214_257
      p = p * w + 0.000_100_950_558
      p = p * w + 0.001_349_343_22
      p = p * w - 0.003_673_428_44
      p = p * w + 0.005_739_507_73
      p = p * w - 0.007_622_461_3
      p = p * w + 0.009_438_870_47
      p = p * w + 1.001_674_06
      p = p * w + 2.832_976_82
    }
    return 1.414_213_56 * p * x
  }

  /// A standard normal number for the place (`i`, `j`).
  @inlinable
  public func normal(at i: UInt64, _ j: UInt64 = 0) -> Float { Self.normal(words(at: i, j).x) }
}

extension RandomStream {
  /// Fills `values` with standard normal numbers, see ``CounterRandom/normal(_:)``.
  @inlinable
  public mutating func fillNormal(_ values: UnsafeMutablePointer<Float>, count: Int) {
    for i in 0..<count { values[i] = CounterRandom.normal(next32()) }
  }
}
