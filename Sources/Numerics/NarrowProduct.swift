/// Matrix products in which one side is only a few numbers wide, such as a policy's 7 logits or a value: BLAS, whose
/// kernels pad to 16, reaches a tenth to a third of its speed there.
///
/// Two kernels do the work: four dot products with a common vector, and the sum of four scaled vectors. All matrices
/// are row-major and dense; sums have a fixed order.
public enum NarrowProduct {
  /// Below this width these products are faster than BLAS's.
  public static let limit = 16

  /// `c = a · bᵀ + row`, with `a` [m, k], a narrow `b` [n, k], `row` [n] added to each row, and `c` [m, n].
  public static func multiply(
    _ a: UnsafePointer<Float>, transposed b: UnsafePointer<Float>, adding row: UnsafePointer<Float>, m: Int,
    n: Int,
    k: Int, into c: UnsafeMutablePointer<Float>
  ) {
    let left = n % 4
    for i in 0..<m {
      let (vector, out) = (a + i &* k, c + i &* n)
      var j = 0
      while j &+ 4 <= n {
        let sums = dots(vector, b + j &* k, k, k &+ k, k &+ k &+ k, count: k)
        for lane in 0..<4 { out[j &+ lane] = row[j &+ lane] + sums[lane] }
        j &+= 4
      }
      if left > 1 {
        let sums = dots(vector, b + j &* k, k, min(2, left &- 1) &* k, 0, count: k)
        for lane in 0..<left { out[j &+ lane] = row[j &+ lane] + sums[lane] }
      }
    }
    guard left == 1 else { return }
    // One output is left: the rows of `a` are the four vectors.
    let (j, vector) = (n - 1, b + (n - 1) * k)
    var i = 0
    while i < m {
      let rows = min(4, m &- i)
      let last = (rows &- 1) &* k  // fewer than four repeat the last one, whose sums are not used
      let sums = dots(vector, a + i &* k, min(k, last), min(k &+ k, last), last, count: k)
      for lane in 0..<rows { c[(i &+ lane) &* n &+ j] = row[j] + sums[lane] }
      i &+= 4
    }
  }

  /// `c += aᵀ · b`, with a narrow `a` [k, m], `b` [k, n] and `c` [m, n].
  public static func addProduct(
    transposed a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, m: Int, n: Int, k: Int,
    into c: UnsafeMutablePointer<Float>
  ) {
    var l = 0
    while l &+ 4 <= k {
      let (coefficients, vectors) = (a + l &* m, b + l &* n)
      for i in 0..<m {
        let scales = SIMD4(
          coefficients[i], coefficients[m &+ i], coefficients[m &+ m &+ i], coefficients[m &+ m &+ m &+ i])
        combine(scales, vectors, n, n &+ n, n &+ n &+ n, count: n, into: c + i &* n, adding: true)
      }
      l &+= 4
    }
    while l < k {
      for i in 0..<m { scale(a[l &* m &+ i], b + l &* n, count: n, into: c + i &* n, adding: true) }
      l &+= 1
    }
  }

  /// `c = a · b`, with a narrow `a` [m, k], `b` [k, n] and `c` [m, n].
  public static func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, m: Int, n: Int, k: Int,
    into c: UnsafeMutablePointer<Float>
  ) {
    for i in 0..<m {
      let (coefficients, out) = (a + i &* k, c + i &* n)
      var l = 0
      while l &+ 4 <= k {
        let scales = UnsafeRawPointer(coefficients + l).loadUnaligned(as: SIMD4<Float>.self)
        combine(scales, b + l &* n, n, n &+ n, n &+ n &+ n, count: n, into: out, adding: l > 0)
        l &+= 4
      }
      while l < k {
        scale(coefficients[l], b + l &* n, count: n, into: out, adding: l > 0)
        l &+= 1
      }
    }
  }

  // MARK: Kernels

  /// The dot products of `vector` with the four vectors at `base` and at three offsets from it.
  @inline(always)
  private static func dots(
    _ vector: UnsafePointer<Float>, _ base: UnsafePointer<Float>, _ second: Int, _ third: Int, _ fourth: Int,
    count: Int
  ) -> SIMD4<Float> {
    let (b, c, d) = (base + second, base + third, base + fourth)
    var sums = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero)
    var i = 0
    while i &+ 8 <= count {
      let v = load(vector + i)
      sums.0 += v * load(base + i)
      sums.1 += v * load(b + i)
      sums.2 += v * load(c + i)
      sums.3 += v * load(d + i)
      i &+= 8
    }
    var total = pairs(pairs(halves(sums.0), halves(sums.1)), pairs(halves(sums.2), halves(sums.3)))
    while i < count {
      total += SIMD4(base[i], b[i], c[i], d[i]) * vector[i]
      i &+= 1
    }
    return total
  }

  /// `out = scales · (the four vectors at base and at three offsets)`, or added to what `out` holds.
  @inline(always)
  private static func combine(
    _ scales: SIMD4<Float>, _ base: UnsafePointer<Float>, _ second: Int, _ third: Int, _ fourth: Int,
    count: Int,
    into out: UnsafeMutablePointer<Float>, adding: Bool
  ) {
    let (b, c, d) = (base + second, base + third, base + fourth)
    var i = 0
    while i &+ 8 <= count {
      let sum =
        (load(base + i) * scales[0] + load(b + i) * scales[1])
        + (load(c + i) * scales[2] + load(d + i) * scales[3])
      store(adding ? load(out + i) + sum : sum, out + i)
      i &+= 8
    }
    while i < count {
      let sum = (base[i] * scales[0] + b[i] * scales[1]) + (c[i] * scales[2] + d[i] * scales[3])
      out[i] = adding ? out[i] + sum : sum
      i &+= 1
    }
  }

  /// `out = scale · vector`, or added to what `out` holds.
  @inline(always)
  private static func scale(
    _ scale: Float, _ vector: UnsafePointer<Float>, count: Int, into out: UnsafeMutablePointer<Float>,
    adding: Bool
  ) {
    var i = 0
    while i &+ 8 <= count {
      let product = load(vector + i) * scale
      store(adding ? load(out + i) + product : product, out + i)
      i &+= 8
    }
    while i < count {
      out[i] = adding ? out[i] + vector[i] * scale : vector[i] * scale
      i &+= 1
    }
  }

  @inline(always)
  private static func load(_ pointer: UnsafePointer<Float>) -> SIMD8<Float> {
    UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Float>.self)
  }

  @inline(always)
  private static func store(_ value: SIMD8<Float>, _ pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: value, as: SIMD8<Float>.self)
  }

  @inline(always)
  private static func halves(_ x: SIMD8<Float>) -> SIMD4<Float> { x.lowHalf + x.highHalf }

  /// Sums of neighbours: (a₀ + a₁, a₂ + a₃, b₀ + b₁, b₂ + b₃).
  @inline(always)
  private static func pairs(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> SIMD4<Float> {
    let both = SIMD8(lowHalf: a, highHalf: b)
    return both.evenHalf + both.oddHalf
  }
}
