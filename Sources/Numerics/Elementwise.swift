/// Kernels over arrays of floats that vectorise and call no function of the C library per element.
///
/// Each is a plain loop over a branch-free scalar function of multiplications and additions, which the compiler turns
/// into vector code. Nothing is fused or reordered, so the results have the same bits on every processor.
/// Errors are relative to the exact value, measured over the whole stated range.
public enum Elementwise {
  // MARK: Scalar functions

  /// eˣ, clamped to the normal range (x from -87.33 to 88.37); relative error below 2e-7. NaN gives NaN.
  ///
  /// The range reduction and the polynomial of degree 5 are those of Cephes (Moshier 1989).
  @inline(always) @inlinable
  public static func exp(_ x: Float) -> Float {
    var x = x < 88.37 ? x : (x >= 88.37 ? 88.37 : x)
    x = x < -87.33 ? -87.33 : x
    let shifted = x * 1.442_695_04 + 12_582_912  // 1.5 · 2^23: the sum's last bits are the rounded integer
    let k = shifted - 12_582_912
    let r = (x - k * 0.693_359_375) - k * -2.121_944_4e-4
    var p = r * 1.987_569_15e-4 + 1.398_199_95e-3
    p = p * r + 8.333_451_9e-3
    p = p * r + 4.166_579_6e-2
    p = p * r + 1.666_666_55e-1
    p = p * r + 5.000_000_1e-1
    p = p * (r * r) + r + 1
    let exponent = (shifted.bitPattern &- 0x4B40_0000 &+ 127) &<< 23
    return p * Float(bitPattern: exponent)
  }

  /// ln x for positive normal numbers; relative error below 2e-7 (absolute below 1e-7 near 1).
  /// Zero and subnormal numbers count as the least normal one (-87.34); negative numbers and NaN give NaN.
  ///
  /// The polynomial of degree 8 is that of Cephes (Moshier 1989).
  @inline(always) @inlinable
  public static func log(_ x: Float) -> Float {
    let normal = x < 1.175_494_4e-38 ? 1.175_494_4e-38 : x
    let bits = Int32(bitPattern: normal.bitPattern)
    let k = (bits &- 0x3F35_04F3) &>> 23  // so that the mantissa lies between √½ and √2
    let e = Float(k)
    let m = Float(bitPattern: UInt32(bitPattern: bits &- (k &<< 23))) - 1
    var p = m * 7.037_683_629_2e-2 - 1.151_461_031e-1
    p = p * m + 1.167_699_874e-1
    p = p * m - 1.242_014_084_6e-1
    p = p * m + 1.424_932_278_7e-1
    p = p * m - 1.666_805_766_5e-1
    p = p * m + 2.000_071_476_5e-1
    p = p * m - 2.499_999_399_3e-1
    p = p * m + 3.333_333_117_4e-1
    let square = m * m
    let tail = p * m * square + e * -2.121_944_4e-4 - 0.5 * square
    let result = (m + tail) + e * 0.693_359_375
    return x >= 0 ? result : .nan
  }

  /// tanh x; relative error below 4e-7, and never beyond ±1. NaN gives NaN.
  ///
  /// The rational function of degrees 13 and 6 is that of the linear-algebra library Eigen.
  @inline(always) @inlinable
  public static func tanh(_ x: Float) -> Float {
    var x = x > 7.905_311 ? 7.905_311 : x
    x = x < -7.905_311 ? -7.905_311 : x
    let s = x * x
    var p = s * -2.760_768_477_423_55e-16 + 2.000_187_904_824_77e-13
    p = p * s - 8.604_671_522_137_35e-11
    p = p * s + 5.122_297_090_371_14e-08
    p = p * s + 1.485_722_357_179_79e-05
    p = p * s + 6.372_619_288_754_36e-04
    p = p * s + 4.893_524_558_917_86e-03
    var q = s * 1.198_258_394_667_02e-06 + 1.185_347_056_866_54e-04
    q = q * s + 2.268_434_632_439e-03
    q = q * s + 4.893_525_185_543_85e-03
    return x * p / q
  }

  /// 1 / (1 + e⁻ˣ) = (1 + tanh(x / 2)) / 2; absolute error below 2e-7, between 0 and 1. NaN gives NaN.
  @inline(always) @inlinable
  public static func sigmoid(_ x: Float) -> Float {
    tanh(x * 0.5) * 0.5 + 0.5
  }

  /// √x for numbers from 0 to 1e38; relative error below 2e-7 for normal ones, absolute below 1e-19 for smaller ones.
  /// NaN gives NaN.
  ///
  /// Newton's iteration for 1/√x from the estimate that halving the exponent gives, then one step for √x itself. The
  /// standard library's square root calls the C library for negative numbers, which keeps a loop from vectorising.
  @inline(always) @inlinable
  public static func squareRoot(_ x: Float) -> Float {
    let half = 0.5 * x
    var y = Float(bitPattern: 0x5F37_5A86 &- (x.bitPattern &>> 1))
    y = y * (1.5 - half * y * y)
    y = y * (1.5 - half * y * y)
    let root = x * y
    return root + 0.5 * y * (x - root * root)
  }

  // MARK: Arrays, in place

  /// Replaces each of `count` numbers by its exponential.
  public static func exp(_ x: UnsafeMutablePointer<Float>, count: Int) {
    for i in 0..<count { x[i] = exp(x[i]) }
  }

  /// Replaces each of `count` numbers by its natural logarithm.
  public static func log(_ x: UnsafeMutablePointer<Float>, count: Int) {
    for i in 0..<count { x[i] = log(x[i]) }
  }

  /// Replaces each of `count` numbers by its hyperbolic tangent.
  public static func tanh(_ x: UnsafeMutablePointer<Float>, count: Int) {
    for i in 0..<count { x[i] = tanh(x[i]) }
  }

  /// Replaces each of `count` numbers by its logistic function.
  public static func sigmoid(_ x: UnsafeMutablePointer<Float>, count: Int) {
    for i in 0..<count { x[i] = sigmoid(x[i]) }
  }

  /// Replaces each negative one of `count` numbers by 0; NaN stays.
  public static func relu(_ x: UnsafeMutablePointer<Float>, count: Int) {
    for i in 0..<count { x[i] = x[i] < 0 ? 0 : x[i] }
  }

  /// Multiplies `gradient`, with respect to y = tanh x, by 1 - y², in place.
  public static func tanhBackward(
    output y: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>, count: Int
  ) {
    for i in 0..<count { gradient[i] *= 1 - y[i] * y[i] }
  }

  /// Clears `gradient`, with respect to y = max(x, 0), where y is 0, in place.
  public static func reluBackward(
    output y: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>, count: Int
  ) {
    for i in 0..<count {
      let g = gradient[i]  // loaded in any case, which is what lets the loop vectorise
      gradient[i] = y[i] > 0 ? g : 0
    }
  }

  // MARK: Rows and sums

  /// Adds `row`, [columns], to each row of `x`, [rows, columns]; rows of `x` are `stride` apart, `columns` by default.
  public static func addRows(
    _ row: UnsafePointer<Float>, to x: UnsafeMutablePointer<Float>, rows: Int, columns: Int,
    stride: Int? = nil
  ) {
    for r in 0..<rows {
      let target = x + r &* (stride ?? columns)
      for j in 0..<columns { target[j] += row[j] }
    }
  }

  /// Writes `row`, [columns], into each row of `x`, [rows, columns]; rows of `x` are `stride` apart, `columns` by
  /// default.
  public static func fillRows(
    _ row: UnsafePointer<Float>, into x: UnsafeMutablePointer<Float>, rows: Int, columns: Int,
    stride: Int? = nil
  ) {
    for r in 0..<rows { (x + r &* (stride ?? columns)).update(from: row, count: columns) }
  }

  /// Adds the sum of the rows of `x`, [rows, columns], to `total`, [columns], four rows at a time; rows of `x` are
  /// `stride` apart, `columns` by default.
  public static func sumRows(
    _ x: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int? = nil,
    into total: UnsafeMutablePointer<Float>
  ) {
    let step = stride ?? columns
    var r = 0
    while r &+ 4 <= rows {
      let row = x + r &* step
      let (b, c, d) = (row + step, row + 2 &* step, row + 3 &* step)
      for j in 0..<columns { total[j] += (row[j] + b[j]) + (c[j] + d[j]) }
      r &+= 4
    }
    while r < rows {
      let row = x + r &* step
      for j in 0..<columns { total[j] += row[j] }
      r &+= 1
    }
  }

  /// The sum of `count` numbers, in a fixed order of eight lanes.
  @inlinable
  public static func sum(_ x: UnsafePointer<Float>, count: Int) -> Float {
    let raw = UnsafeRawPointer(x)
    let whole = count & ~7
    var lanes = SIMD8<Float>.zero
    var i = 0
    while i < whole {
      lanes += raw.loadUnaligned(fromByteOffset: i &* 4, as: SIMD8<Float>.self)
      i &+= 8
    }
    var total = reduce(lanes)
    while i < count {
      total += x[i]
      i &+= 1
    }
    return total
  }

  /// The sum of the products of `count` pairs, in a fixed order of eight lanes.
  @inlinable
  public static func dot(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int) -> Float {
    let (rawX, rawY) = (UnsafeRawPointer(x), UnsafeRawPointer(y))
    let whole = count & ~7
    var lanes = SIMD8<Float>.zero
    var i = 0
    while i < whole {
      lanes +=
        rawX.loadUnaligned(fromByteOffset: i &* 4, as: SIMD8<Float>.self)
        * rawY.loadUnaligned(fromByteOffset: i &* 4, as: SIMD8<Float>.self)
      i &+= 8
    }
    var total = reduce(lanes)
    while i < count {
      total += x[i] * y[i]
      i &+= 1
    }
    return total
  }

  /// The sum of eight lanes, halves first.
  @inline(always) @inlinable
  static func reduce(_ lanes: SIMD8<Float>) -> Float {
    let four = lanes.lowHalf + lanes.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }

  /// `y += scale * x`, over `count` numbers.
  public static func addScaled(
    _ x: UnsafePointer<Float>, scale: Float, to y: UnsafeMutablePointer<Float>, count: Int
  ) {
    for i in 0..<count { y[i] += scale * x[i] }
  }

  /// The sum of the squares of `count` numbers, accumulated in double precision in a fixed order.
  public static func squaredNorm(_ x: UnsafePointer<Float>, count: Int) -> Double {
    var lanes = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    let raw = UnsafeRawPointer(x)
    let whole = count & ~15
    var i = 0
    while i < whole {
      let a = SIMD8<Double>(raw.loadUnaligned(fromByteOffset: i &* 4, as: SIMD8<Float>.self))
      let b = SIMD8<Double>(raw.loadUnaligned(fromByteOffset: (i &+ 8) &* 4, as: SIMD8<Float>.self))
      lanes.0 += a * a
      lanes.1 += b * b
      i &+= 16
    }
    let eight = lanes.0 + lanes.1
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    var total = two[0] + two[1]
    while i < count {
      total += Double(x[i]) * Double(x[i])
      i &+= 1
    }
    return total
  }

  /// Whether none of `count` numbers is infinite or NaN.
  public static func isFinite(_ x: UnsafePointer<Float>, count: Int) -> Bool {
    var largest: UInt32 = 0
    for i in 0..<count { largest = max(largest, x[i].bitPattern & 0x7F80_0000) }
    return largest < 0x7F80_0000
  }
}
