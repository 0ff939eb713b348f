/// A layer of OpenSimplex noise over the whole map, in single precision and fast.
///
/// The noise at a place adds up what the lattice points within a distance of √2 contribute. Rather than looking for the
/// points of each cell, this goes through the points and adds what each contributes to the cells about it, eight at a
/// time. The published algorithm leaves out a point here and there whose contribution is tiny: the two differ by less than
/// ``error``.
struct NoiseLayer {
  /// The values, x-major, in memory that the layer does not own.
  let values: UnsafeMutablePointer<Float>

  /// More than what separates a value of noise, or a sum in which its weights add up to less than four, from the exact one.
  /// (Found by trying: the largest difference of noise itself among 1.3 million places was 1.2 · 10⁻⁴.)
  static let error: Float = 6e-4

  /// Takes all noise away.
  func clear() { values.update(repeating: 0, count: 4096) }

  /// Adds `weight` times the noise at (`x` · `step.x`, `y` · `step.y`, `z`) to the cells in question, and leaves others
  /// in an unspecified state. Where noise varies faster along y than along x, this is faster with both axes `swapped` in
  /// steps, cells and values.
  func add(
    _ simplex: UnsafePointer<OpenSimplex>, step: (x: Double, y: Double), z: Int, weight: Float = 1,
    at cells: MapBits, swapped: Bool = false
  ) {
    let reach = 2.0.squareRoot(), height = Double(z)
    let width = 63 * step.x, length = 63 * step.y, scale = (x: 1 / step.x, y: 1 / step.y)
    // With n = a + b + c, the lattice point (a, b, c) lies at (a + n/3, b + n/3, c + n/3), which adds up to 2n.
    let first = Int(((height - 3 * reach) / 2).rounded(.up))
    let last = Int(((width + length + height + 3 * reach) / 2).rounded(.down))
    for n in first...last {
      let shift = Double(n) / 3
      for c in Int((height - reach - shift).rounded(.up))...Int((height + reach - shift).rounded(.down)) {
        let dz = height - Double(c) - shift
        let square = 2 - dz * dz
        guard square > 0 else { continue }
        let reach = square.squareRoot()
        let lowest = max(-reach - shift, Double(n - c) + shift - length - reach)
        let highest = min(width + reach - shift, Double(n - c) + shift + reach)
        guard lowest <= highest else { continue }
        var a = Int(lowest.rounded(.up))
        let end = Int(highest.rounded(.down))
        while a <= end {
          let b = n &- a &- c
          let gradient = OpenSimplex.gradient(simplex, swapped ? SIMD3(b, a, c) : SIMD3(a, b, c))
          let kernel = NoiseKernel(
            x: Double(a) + shift, y: Double(b) + shift, square: Float(square), reach: reach,
            constant: gradient.z * Float(dz) * (weight / 103),
            slope: (swapped ? SIMD2(gradient.y, gradient.x) : SIMD2(gradient.x, gradient.y)) * (weight / 103))
          kernel.add(to: values, step, scale, cells.columns)
          a &+= 1
        }
      }
    }
  }

  /// Finds those of `cells` whose value is above a threshold; and adds those where the error may decide to `doubtful`.
  @inline(__always)
  func above(_ threshold: Float, at cells: MapBits, into result: MapBits, doubtful: MapBits) {
    for x in 0..<64 {
      let asked = cells[x]
      guard asked != 0 else {
        result[x] = 0
        continue
      }
      var above: UInt64 = 0, near: UInt64 = 0
      for group in 0..<8 {
        let value = self[x, group]
        let low = signBits((threshold - Self.error) - value),
          high = signBits((threshold + Self.error) - value)
        above |= signBits(threshold - value) &<< UInt64(8 &* group)
        near |= (low ^ high) &<< UInt64(8 &* group)
      }
      result[x] = above & asked
      doubtful[x] |= near & asked
    }
  }

  /// Eight values of a column.
  @inline(__always)
  subscript(x: Int, group: Int) -> SIMD8<Float> {
    get { UnsafeRawPointer(values + (64 &* x &+ 8 &* group)).loadUnaligned(as: SIMD8<Float>.self) }
    nonmutating set {
      UnsafeMutableRawPointer(values + (64 &* x &+ 8 &* group)).storeBytes(
        of: newValue, as: SIMD8<Float>.self)
    }
  }
}

/// A lattice point and what it contributes: `(square - dx² - dy²)⁴ (constant + slope · (dx, dy))` where the first is
/// positive.
private struct NoiseKernel {
  var x: Double, y: Double
  /// How near it is to the layer, and what its contribution begins with there.
  var square: Float, reach: Double
  var constant: Float, slope: SIMD2<Float>

  /// Adds the point's contribution to the cells about it.
  @inline(__always)
  func add(
    to values: UnsafeMutablePointer<Float>, _ step: (x: Double, y: Double),
    _ scale: (x: Double, y: Double), _ cells: UnsafePointer<UInt64>
  ) {
    let left = max(0, Int(((x - reach) * scale.x).rounded(.up)))
    let right = min(63, Int(((x + reach) * scale.x).rounded(.down)))
    let top = max(0, Int(((y - reach) * scale.y).rounded(.up)))
    let bottom = min(63, Int(((y + reach) * scale.y).rounded(.down)))
    guard left <= right && top <= bottom else { return }
    let rows: UInt64 = (.max &<< UInt64(top)) & (.max &>> UInt64(63 &- bottom))
    var needed: UInt64 = 0
    for column in left...right { needed |= cells[column] }
    guard needed & rows != 0 else { return }

    // What depends on the rows alone, eight rows at a time.
    let first = top >> 3, count = bottom >> 3 &- first &+ 1
    var squares = InlineArray<8, SIMD8<Float>>(repeating: .zero)
    var slopes = InlineArray<8, SIMD8<Float>>(repeating: .zero)
    let rises = SIMD8<Float>(0, 1, 2, 3, 4, 5, 6, 7) * Float(step.y)
    for group in 0..<count {
      let dy = rises + Float(Double(8 &* (first &+ group)) * step.y - y)
      squares[unchecked: group] = square - dy * dy
      slopes[unchecked: group] = constant + slope.y * dy
    }
    let stepX = Float(step.x)
    var dx = Float(Double(left) * step.x - x)
    var column = values + (64 &* left &+ 8 &* first)
    for x in left...right {
      if cells[x] & rows != 0 && square > dx * dx {
        let nearer = dx * dx, rise = slope.x * dx
        for group in 0..<count {
          var attenuation = positivePart(squares[unchecked: group] - nearer)
          attenuation *= attenuation
          let place = UnsafeMutableRawPointer(column + 8 &* group)
          place.storeBytes(
            of: place.loadUnaligned(as: SIMD8<Float>.self)
              + attenuation * attenuation * (slopes[unchecked: group] + rise), as: SIMD8<Float>.self)
        }
      }
      dx += stepX
      column += 64
    }
  }
}

/// Each number if it is positive, otherwise zero.
@inline(__always)
func positivePart(_ x: SIMD8<Float>) -> SIMD8<Float> {
  let bits = unsafeBitCast(x, to: SIMD8<Int32>.self)
  return unsafeBitCast(bits & ~(bits &>> 31), to: SIMD8<Float>.self)
}

/// One bit a lane: whether it is negative.
@inline(__always)
func signBits(_ x: SIMD8<Float>) -> UInt64 {
  let bits = unsafeBitCast(x, to: SIMD8<UInt32>.self) &>> 31
  return UInt64((bits &<< SIMD8<UInt32>(0, 1, 2, 3, 4, 5, 6, 7)).wrappedSum())
}
