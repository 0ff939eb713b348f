#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A sequential stream over ``CounterRandom``, for permutations and initial weights: 24 bytes that can be saved at any
/// moment and go on where they stood.
@frozen
public struct RandomStream: BitwiseCopyable, Sendable, RandomNumberGenerator {
  /// The source.
  public var source: CounterRandom
  /// How many 32-bit words have been drawn: all that a checkpoint needs besides the seed.
  public var position: UInt64

  /// The stream `stream` of `seed`, from `position`.
  @inlinable
  public init(seed: UInt64, stream: UInt64, position: UInt64 = 0) {
    source = CounterRandom(seed: seed, stream: stream)
    self.position = position
  }

  /// The next 32 random bits.
  @inlinable
  public mutating func next32() -> UInt32 {
    defer { position &+= 1 }
    return source.words(at: position >> 2)[Int(position & 3)]
  }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    let low = UInt64(next32())
    return low | UInt64(next32()) << 32
  }

  /// Uniform in [0, 1), a multiple of 2⁻²⁴.
  @inlinable
  public mutating func uniform() -> Float { CounterRandom.uniform(next32()) }

  /// Uniform in `0 ..< count` without bias (Lemire 2019, arXiv:1805.10941). `count` must be positive.
  @inlinable
  public mutating func below(_ count: UInt32) -> UInt32 {
    var product = UInt64(next32()) &* UInt64(count)
    if UInt32(truncatingIfNeeded: product) < count {
      let threshold = (0 &- count) % count
      while UInt32(truncatingIfNeeded: product) < threshold { product = UInt64(next32()) &* UInt64(count) }
    }
    return UInt32(truncatingIfNeeded: product >> 32)
  }

  /// Standard normal, by Marsaglia's polar method.
  public mutating func normal() -> Double {
    while true {
      let x = Double(next() >> 11) * 0x1p-52 - 1, y = Double(next() >> 11) * 0x1p-52 - 1
      let square = x * x + y * y
      if square < 1 && square > 0 { return x * (-2 * log(square) / square).squareRoot() }
    }
  }

  /// A uniform permutation in place (Fisher and Yates). At most 2³² elements.
  @inlinable
  public mutating func shuffle<T>(_ elements: UnsafeMutableBufferPointer<T>) {
    // The numbers of `below`, but each block of four words is made once.
    var block = source.words(at: position >> 2)
    func word() -> UInt32 {
      defer {
        position &+= 1
        if position & 3 == 0 { block = source.words(at: position >> 2) }
      }
      return block[Int(position & 3)]
    }
    var i = elements.count &- 1
    while i > 0 {
      let count = UInt32(truncatingIfNeeded: i &+ 1)
      var product = UInt64(word()) &* UInt64(count)
      if UInt32(truncatingIfNeeded: product) < count {
        let threshold = (0 &- count) % count
        while UInt32(truncatingIfNeeded: product) < threshold { product = UInt64(word()) &* UInt64(count) }
      }
      elements.swapAt(i, Int(product >> 32))
      i &-= 1
    }
  }
}
