import KnackNumerics

/// Knack's own random numbers: a stream for each seed and episode. Nothing is drawn for pictures, and noise is taken in
/// single precision.
public struct FastDraws: CrafterDraws {
  private var seed: UInt64 = 0
  private var episode: UInt64 = 0
  private var random = Xoshiro256(seed: 0, stream: 0)

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
  }

  /// Uniform in [0, 1).
  @inline(__always)
  public mutating func uniform() -> Double { random.uniform() }

  /// Uniform in `0 ..< count`.
  @inline(__always)
  public mutating func below(_ count: Int) -> Int { random.below(count) }

  /// The terrain may differ where noise is within its rounding of a threshold.
  public static var needsExactTerrain: Bool { false }

  /// Nothing is drawn.
  @inline(__always)
  public mutating func passOverNightNoise(kept: Bool) {}

  /// Noise that depends on where the stream stands, and leaves it there.
  public func nightNoise(into noise: UnsafeMutablePointer<Double>) {
    var random = random
    var own = Xoshiro256(seed: random.next(), stream: 0)
    for i in 0..<63 * 49 { noise[i] = 32 + 95 * own.uniform() }
  }
}
