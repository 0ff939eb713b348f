/// Knack's own randomness: Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as
/// 1, 2, 3"), a pure function from a key and a counter to 128 random bits.
///
/// Since nothing is carried from draw to draw, the number drawn for (iteration, world, step) does not depend on which
/// worker draws it, nor on what was drawn before: name the place, get the number.
///
/// ```swift
/// let random = CounterRandom(seed: 1, stream: 3)
/// random.uniform(at: step, world)   // the same for any order of calls
/// ```
@frozen
public struct CounterRandom: BitwiseCopyable, Sendable {
  /// The key: 64 bits.
  public var key: SIMD2<UInt32>

  /// The generator under the 64-bit `key`.
  @inlinable
  public init(key: UInt64) {
    self.key = SIMD2(UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32))
  }

  /// An independent generator for each pair of a seed and a stream's number: give every purpose its own stream.
  @inlinable
  public init(seed: UInt64, stream: UInt64) {
    let words = CounterRandom(key: seed).words(at: stream, .max)
    key = SIMD2(words.x, words.y)
  }

  /// Philox4x32-10 itself: four random words for a counter of four words.
  @inlinable @inline(__always)
  public func words(counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
    var c = counter, k = key
    for _ in 0..<10 {
      let p = UInt64(c.x) &* 0xd251_1f53, q = UInt64(c.z) &* 0xcd9e_8d57
      c = SIMD4(
        UInt32(truncatingIfNeeded: q >> 32) ^ c.y ^ k.x, UInt32(truncatingIfNeeded: q),
        UInt32(truncatingIfNeeded: p >> 32) ^ c.w ^ k.y, UInt32(truncatingIfNeeded: p))
      k = k &+ SIMD2(0x9e37_79b9, 0xbb67_ae85)
    }
    return c
  }

  /// Four random words for the place (`i`, `j`).
  @inlinable @inline(__always)
  public func words(at i: UInt64, _ j: UInt64 = 0) -> SIMD4<UInt32> {
    words(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: i), UInt32(truncatingIfNeeded: i >> 32), UInt32(truncatingIfNeeded: j),
        UInt32(truncatingIfNeeded: j >> 32)))
  }

  /// A number uniform in [0, 1), a multiple of 2⁻²⁴, for the place (`i`, `j`).
  @inlinable @inline(__always)
  public func uniform(at i: UInt64, _ j: UInt64 = 0) -> Float { Self.uniform(words(at: i, j).x) }

  /// The number in [0, 1) that 32 random bits stand for: a multiple of 2⁻²⁴.
  @inlinable @inline(__always)
  public static func uniform(_ bits: UInt32) -> Float { Float(bits >> 8) * 0x1p-24 }

  /// The numbers in [0, 1) that random words stand for.
  @inlinable @inline(__always)
  public static func uniform(_ bits: SIMD4<UInt32>) -> SIMD4<Float> { SIMD4<Float>(bits &>> 8) * 0x1p-24 }
}
