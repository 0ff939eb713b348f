/// NumPy's `SeedSequence`: turns a seed of any quality into as many well-mixed words as a generator needs.
///
/// The pool holds four 32-bit words, NumPy's default. Source: NumPy's `bit_generator.pyx`, after O'Neill's
/// `seed_seq_fe` (2015).
@frozen
public struct SeedSequence: BitwiseCopyable, Sendable {
  @usableFromInline var pool: SIMD4<UInt32>

  /// The sequence of `numpy.random.SeedSequence(seed)`.
  @inlinable
  public init(_ seed: UInt64) {
    self.init(SIMD4(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32), 0, 0), more: [])
  }

  /// The sequence of `numpy.random.SeedSequence(entropy)` for an integer of any size, given as its 32-bit words, the
  /// least significant first.
  public init(words: [UInt32]) {
    var first = SIMD4<UInt32>()
    for i in 0..<min(4, words.count) { first[i] = words[i] }
    self.init(first, more: words.dropFirst(4))
  }

  @inlinable
  init(_ first: SIMD4<UInt32>, more: ArraySlice<UInt32>) {
    var constant: UInt32 = 0x43b0_d7e5
    func scrambled(_ word: UInt32) -> UInt32 {
      var value = word ^ constant
      constant = constant &* 0x931e_8875
      value = value &* constant
      return value ^ (value >> 16)
    }
    func mixed(_ x: UInt32, _ y: UInt32) -> UInt32 {
      let value = x &* 0xca01_f9dd &- y &* 0x4973_f715
      return value ^ (value >> 16)
    }
    pool = SIMD4()
    for i in 0..<4 { pool[i] = scrambled(first[i]) }
    for source in 0..<4 {
      for target in 0..<4 where source != target {
        pool[target] = mixed(pool[target], scrambled(pool[source]))
      }
    }
    for word in more {
      for target in 0..<4 { pool[target] = mixed(pool[target], scrambled(word)) }
    }
  }

  /// The first eight words of `generate_state(8)`.
  @inlinable
  public var state: SIMD8<UInt32> {
    var constant: UInt32 = 0x8b51_f9dd
    var words = SIMD8<UInt32>()
    for i in 0..<8 {
      var value = pool[i & 3] ^ constant
      constant = constant &* 0x58f3_8ded
      value = value &* constant
      words[i] = value ^ (value >> 16)
    }
    return words
  }
}
