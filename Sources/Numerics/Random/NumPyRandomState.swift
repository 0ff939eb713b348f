/// NumPy's legacy `RandomState(seed)`, draw for draw: the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998).
///
/// NumPy has frozen this stream, methods included. The state is 2.5 kB, inline.
@frozen
public struct NumPyRandomState: NumPyShuffling, BitwiseCopyable, Sendable {
  @usableFromInline var words: InlineArray<624, UInt32>
  /// The next word of the block; 624 where a new block is due.
  @usableFromInline var position: Int

  /// The generator of `numpy.random.RandomState(seed)` (MT19937's `init_genrand`).
  public init(seed: UInt32) {
    words = InlineArray(repeating: 0)
    var word = seed
    for i in 0..<624 {
      words[i] = word
      word = 1_812_433_253 &* (word ^ (word >> 30)) &+ UInt32(i) &+ 1
    }
    position = 624
  }

  /// Whether a state that comes from a file is one of a generator.
  public var isValid: Bool { (0...624).contains(position) }

  /// Makes the next block of 624 words.
  @usableFromInline
  mutating func refill() {
    withUnsafeMutablePointer(to: &words) { block in
      // Through a pointer, the first two loops become vector instructions: no word depends on its near neighbours.
      let words = UnsafeMutableRawPointer(block).assumingMemoryBound(to: UInt32.self)
      @inline(__always)
      func twisted(_ upper: UInt32, _ lower: UInt32) -> UInt32 {
        let joined = (upper & 0x8000_0000) | (lower & 0x7fff_ffff)
        return joined >> 1 ^ (0 &- (lower & 1)) & 0x9908_b0df
      }
      for i in 0..<227 { words[i] = words[i &+ 397] ^ twisted(words[i], words[i &+ 1]) }
      for i in 227..<623 { words[i] = words[i &- 227] ^ twisted(words[i], words[i &+ 1]) }
      words[623] = words[396] ^ twisted(words[623], words[0])
    }
    position = 0
  }

  /// Passes over the next `count` words of 32 bits as if they had been drawn. A seventh of the work of drawing them.
  public mutating func skip(_ count: Int) {
    var rest = count
    while position &+ rest > 624 {
      rest &-= 624 &- position
      refill()
    }
    position &+= rest
  }

  /// The next 32 raw bits.
  @inlinable @inline(__always)
  public mutating func next32() -> UInt32 {
    if position == 624 { refill() }
    let word = words[unchecked: position]
    position &+= 1
    return Self.tempered(word)
  }

  /// What is drawn for a word of the block.
  @inlinable @inline(__always)
  static func tempered(_ word: UInt32) -> UInt32 {
    var word = word ^ (word >> 11)
    word ^= (word << 7) & 0x9d2c_5680
    word ^= (word << 15) & 0xefc6_0000
    return word ^ (word >> 18)
  }

  /// The next 64 raw bits, the high half drawn first.
  @inlinable
  public mutating func next64() -> UInt64 {
    let high = UInt64(next32())
    return high << 32 | UInt64(next32())
  }

  /// `random_sample()`: uniform in [0, 1), a multiple of 2⁻⁵³.
  @inlinable @inline(__always)
  public mutating func randomSample() -> Double {
    let high = Double(next32() >> 5), low = Double(next32() >> 6)
    return (high * 67_108_864 + low) / 9_007_199_254_740_992
  }

  /// `uniform(low, high)`.
  @inlinable
  public mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * randomSample()
  }

  /// `uniform(low, high, count)`: the same numbers as one by one, several times as fast.
  public mutating func uniform(
    _ low: Double, _ high: Double, into numbers: UnsafeMutablePointer<Double>, count: Int
  ) {
    var words = InlineArray<512, UInt32>(repeating: 0)
    withUnsafeMutablePointer(to: &words) {
      let words = UnsafeMutableRawPointer($0).assumingMemoryBound(to: UInt32.self), range = high - low
      for first in stride(from: 0, to: count, by: 256) {
        let run = min(256, count - first)
        draw(into: words, count: 2 * run)
        for i in 0..<run {
          let leading = Int32(truncatingIfNeeded: words[2 &* i] >> 5)
          let rest = Int32(truncatingIfNeeded: words[2 &* i &+ 1] >> 6)
          numbers[first &+ i] = low + range * ((Double(leading) * 67_108_864 + Double(rest)) * 0x1p-53)
        }
      }
    }
  }

  /// The next `count` words of 32 bits.
  private mutating func draw(into target: UnsafeMutablePointer<UInt32>, count: Int) {
    var done = 0
    while done < count {
      if position == 624 { refill() }
      let run = min(624 - position, count - done), start = position
      withUnsafeMutablePointer(to: &words) { block in
        // Through pointers, the loop becomes vector instructions.
        let source = UnsafeMutableRawPointer(block).assumingMemoryBound(to: UInt32.self) + start
        for i in 0..<run { target[done &+ i] = Self.tempered(source[i]) }
      }
      position &+= run
      done &+= run
    }
  }

  /// `randint(low, high)`: uniform in `low ..< high`, which must not be empty, by masked rejection.
  @inlinable
  public mutating func randint(_ low: Int, _ high: Int) -> Int { low &+ interval(high &- 1 &- low) }

  /// `choice(count)`: an index below `count`.
  @inlinable
  public mutating func choice(_ count: Int) -> Int { randint(0, count) }

  /// `choice(len(p), p=p)`: an index, each with its probability. O(*n*).
  public mutating func choice(probabilities: [Double]) -> Int {
    index(of: randomSample(), inCumulative: probabilities)
  }

  /// Uniform in `0 ... last`: masked bits, rejected until they fit.
  @inlinable
  public mutating func interval(_ last: Int) -> Int {
    maskedInterval(UInt64(truncatingIfNeeded: last), short: { $0.next32() }, long: { $0.next64() }, &self)
  }
}
