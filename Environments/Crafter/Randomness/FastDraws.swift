import KnackNumerics

/// Knack's own random numbers: a stream for each seed and episode. Maps are made by chunks, each
/// from a stream of its own, and nothing is drawn for pictures.
public struct FastDraws: CrafterDraws {
  private var seed: UInt64 = 0
  private var episode: UInt64 = 0
  private var random = Xoshiro256(seed: 0, stream: 0)
  /// The key of the episode's map.
  public private(set) var mapKey: UInt64 = 0

  /// A stream that has not been seeded.
  public init() {}

  /// Restarts the stream.
  public mutating func seed(_ seed: UInt64) {
    self.seed = seed
    episode = 0
  }

  /// Moves on to the next episode's stream.
  public mutating func beginEpisode() {
    episode &+= 1
    random = Xoshiro256(seed: seed, stream: episode)
    mapKey = random.next()
  }

  /// Uniform in [0, 1).
  @inline(__always)
  public mutating func uniform() -> Double { random.uniform() }

  /// Uniform in `0 ..< count`.
  @inline(__always)
  public mutating func below(_ count: Int) -> Int { random.below(count) }

  /// 64 raw bits.
  @inline(__always)
  public mutating func bits() -> UInt64 { random.next() }

  /// A draw's three highest bits.
  @inline(__always)
  public mutating func stroll() -> (direction: CrafterDirection, isTaken: Bool) {
    let bits = UInt8(truncatingIfNeeded: random.next() &>> 61)
    return (CrafterDirection(rawValue: bits & 3)!, bits & 4 != 0)
  }

  /// Draws are in no order but our own.
  public static var followsPackage: Bool { false }

  /// The stream of a chunk in this episode.
  public func stream(ofChunk chunk: Int) -> Self {
    var draws = self
    draws.random = Xoshiro256(seed: mapKey, stream: UInt64(truncatingIfNeeded: chunk))
    return draws
  }

  /// Nothing is drawn.
  @inline(__always)
  public mutating func passOverNightNoise(kept: Bool) {}

  /// Noise that depends on where the stream stands, and leaves it there.
  public func nightNoise(into noise: UnsafeMutablePointer<Double>) {
    var random = random
    let start = UInt32(truncatingIfNeeded: random.next())
    for i in 0..<63 * 49 {
      // Mixed by multiplications and shifts; the loop becomes vector instructions.
      var word = (UInt32(truncatingIfNeeded: i) &+ 1) &* 0x9e37_79b9 &+ start
      word = (word ^ word &>> 16) &* 0x7feb_352d
      word = (word ^ word &>> 15) &* 0x846c_a68b
      word ^= word &>> 16
      noise[i] = 32 + (95 * 0x1p-24) * Double(Int32(truncatingIfNeeded: word &>> 8))
    }
  }
}
