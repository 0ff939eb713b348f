/// NumPy's `Generator(PCG64(SeedSequence(seed)))`, draw for draw: what `numpy.random.default_rng(seed)` and
/// Gymnasium's `env.np_random` are.
///
/// ```swift
/// var random = NumPyGenerator(seed: 7)
/// random.integers(0, 6)   // == numpy.random.default_rng(7).integers(0, 6)
/// ```
///
/// The raw stream is PCG XSL-RR 128/64 (O'Neill 2014). 32-bit draws use both halves of a 64-bit one, the low half
/// first; 64-bit draws leave a waiting half alone. NumPy promises the raw stream for ever and the methods for a
/// release: these are NumPy 2.4's, unchanged since 1.17 for those offered here.
@frozen
public struct NumPyGenerator: NumPyShuffling, BitwiseCopyable, Sendable {
  /// PCG64's state and its increment.
  public var state: UInt128, increment: UInt128
  /// The high half of a 64-bit draw whose low half was used.
  public var bufferedHalf: UInt32
  /// Whether ``bufferedHalf`` is the next 32-bit draw.
  public var hasBufferedHalf: Bool

  /// The generator of `numpy.random.default_rng(seed)`.
  @inlinable
  public init(seed: UInt64) { self.init(SeedSequence(seed)) }

  /// The generator of `numpy.random.Generator(numpy.random.PCG64(sequence))`.
  @inlinable
  public init(_ sequence: SeedSequence) {
    let words = sequence.state
    func word(_ i: Int) -> UInt128 { UInt128(words[2 * i]) | UInt128(words[2 * i + 1]) << 32 }
    increment = (word(2) << 64 | word(3)) << 1 | 1
    state = 0
    bufferedHalf = 0
    hasBufferedHalf = false
    advance()
    state &+= word(0) << 64 | word(1)
    advance()
  }

  @inlinable @inline(__always)
  mutating func advance() {
    state = state &* 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645 &+ increment
  }

  /// The next 64 raw bits.
  @inlinable @inline(__always)
  public mutating func next64() -> UInt64 {
    advance()
    let high = UInt64(truncatingIfNeeded: state >> 64), low = UInt64(truncatingIfNeeded: state)
    let folded = high ^ low, rotation = high >> 58
    return folded &>> rotation | folded &<< (0 &- rotation)
  }

  /// The next 32 raw bits.
  @inlinable @inline(__always)
  public mutating func next32() -> UInt32 {
    if hasBufferedHalf {
      hasBufferedHalf = false
      return bufferedHalf
    }
    let bits = next64()
    bufferedHalf = UInt32(truncatingIfNeeded: bits >> 32)
    hasBufferedHalf = true
    return UInt32(truncatingIfNeeded: bits)
  }

  /// `integers(low, high)`: uniform in `low ..< high`, which must not be empty. Draws nothing if it holds one number.
  ///
  /// Lemire's multiplication with rejection (2019, arXiv:1805.10941), in 32 bits where the range allows.
  @inlinable @inline(__always)
  public mutating func integers(_ low: Int, _ high: Int) -> Int {
    low &+ Int(truncatingIfNeeded: upTo(UInt64(truncatingIfNeeded: high &- 1 &- low)))
  }

  /// Uniform in `0 ... last`, as `integers` draws it.
  @inlinable @inline(__always)
  mutating func upTo(_ last: UInt64) -> UInt64 {
    last < 0xffff_ffff ? UInt64(shortUpTo(UInt32(truncatingIfNeeded: last))) : longUpTo(last)
  }

  @inlinable @inline(__always)
  mutating func shortUpTo(_ last: UInt32) -> UInt32 {
    if last == 0 { return 0 }
    let count = last &+ 1
    var product = UInt64(next32()) &* UInt64(count)
    if UInt32(truncatingIfNeeded: product) < count {
      let threshold = (0 &- count) % count
      while UInt32(truncatingIfNeeded: product) < threshold { product = UInt64(next32()) &* UInt64(count) }
    }
    return UInt32(truncatingIfNeeded: product >> 32)
  }

  @inlinable
  mutating func longUpTo(_ last: UInt64) -> UInt64 {
    if last == 0xffff_ffff { return UInt64(next32()) }
    if last == .max { return next64() }
    let count = last &+ 1
    var product = count.multipliedFullWidth(by: next64())
    if product.low < count {
      let threshold = (0 &- count) % count
      while product.low < threshold { product = count.multipliedFullWidth(by: next64()) }
    }
    return product.high
  }

  /// `random()`: uniform in [0, 1), a multiple of 2⁻⁵³.
  @inlinable @inline(__always)
  public mutating func random() -> Double { Double(next64() >> 11) * 0x1p-53 }

  /// `uniform(low, high)`.
  @inlinable @inline(__always)
  public mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * random() }

  /// `choice(count)`: an index below `count`.
  @inlinable @inline(__always)
  public mutating func choice(_ count: Int) -> Int { integers(0, count) }

  /// `choice(len(p), p=p)`: an index, each with its probability. O(*n*).
  public mutating func choice(probabilities: [Double]) -> Int {
    index(of: random(), inCumulative: probabilities)
  }

  /// Uniform in `0 ... last` as NumPy's shuffles draw it: masked bits, rejected until they fit.
  @inlinable @inline(__always)
  public mutating func interval(_ last: Int) -> Int {
    maskedInterval(UInt64(truncatingIfNeeded: last), short: { $0.next32() }, long: { $0.next64() }, &self)
  }
}

/// NumPy's `random_interval`: uniform in `0 ... last` from masked bits, rejected until they fit.
@inlinable @inline(__always)
func maskedInterval<Source>(
  _ last: UInt64, short: (inout Source) -> UInt32, long: (inout Source) -> UInt64, _ source: inout Source
) -> Int {
  if last == 0 { return 0 }
  let mask = UInt64.max >> UInt64(last.leadingZeroBitCount)
  while true {
    let bits = (last <= 0xffff_ffff ? UInt64(short(&source)) : long(&source)) & mask
    if bits <= last { return Int(truncatingIfNeeded: bits) }
  }
}

/// Where `uniform` falls among the cumulated, normalised probabilities: `cdf.searchsorted(uniform, side='right')`.
func index(of uniform: Double, inCumulative probabilities: [Double]) -> Int {
  let total = probabilities.reduce(0, +)
  var sum = 0.0
  for (i, probability) in probabilities.enumerated() {
    sum += probability
    if sum / total > uniform { return i }
  }
  return probabilities.count - 1
}
