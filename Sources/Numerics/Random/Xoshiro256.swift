/// A sequential stream for simulations that draw much: xoshiro256++ (Blackman and Vigna 2021, "Scrambled linear
/// pseudorandom number generators"), 32 bytes and about a nanosecond a draw.
@frozen
public struct Xoshiro256: BitwiseCopyable, Sendable {
  /// The state; never all zero.
  @usableFromInline var state: (UInt64, UInt64, UInt64, UInt64)

  /// An independent stream for each pair of a seed and a number.
  public init(seed: UInt64, stream: UInt64) {
    let source = CounterRandom(seed: seed, stream: stream)
    let low = source.words(at: 0), high = source.words(at: 1)
    func word(_ a: UInt32, _ b: UInt32) -> UInt64 { UInt64(a) << 32 | UInt64(b) }
    state = (word(low.x, low.y), word(low.z, low.w), word(high.x, high.y), word(high.z, high.w) | 1)
  }

  /// The next 64 random bits.
  @inlinable @inline(__always)
  public mutating func next() -> UInt64 {
    func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 { word &<< count | word &>> (64 &- count) }
    let result = rotated(state.0 &+ state.3, 23) &+ state.0
    let shifted = state.1 &<< 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotated(state.3, 45)
    return result
  }

  /// Uniform in [0, 1), a multiple of 2⁻⁵³.
  @inlinable @inline(__always)
  public mutating func uniform() -> Double { Double(next() &>> 11) * 0x1p-53 }

  /// Uniform in `0 ..< count`, which must be positive and below 2³². The bias is below `count` · 2⁻⁶⁴.
  @inlinable @inline(__always)
  public mutating func below(_ count: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(truncatingIfNeeded: count)).high)
  }
}
