/// Where a Crafter world's random numbers come from: the one thing in which `Crafter-v1` and `CrafterFast-v1` differ.
///
/// The rules are written once, over this protocol, and compiled for each of its types.
public protocol CrafterDraws: BitwiseCopyable, Sendable {
  /// A stream that has not been seeded.
  init()

  /// Restarts the stream, at episode 0.
  mutating func seed(_ seed: UInt64)

  /// Moves on to the next episode's stream.
  mutating func beginEpisode()

  /// Uniform in [0, 1).
  mutating func uniform() -> Double

  /// Uniform in `0 ..< count`, which must not be empty.
  mutating func below(_ count: Int) -> Int

  /// 64 random bits.
  mutating func bits() -> UInt64

  /// A random direction and, with a chance of one half, whether to take a step there.
  mutating func stroll() -> (direction: CrafterDirection, isTaken: Bool)

  /// Whether every draw is the package's, in its order. If not, several may be put together, and maps are made chunk by
  /// chunk as the player comes near.
  static var followsPackage: Bool { get }

  /// The key of the episode's noise, from which a map that is made by chunks is made.
  var mapKey: UInt64 { get }

  /// A chunk's own stream in this episode.
  func stream(ofChunk chunk: Int) -> Self

  /// Passes over what the package's renderer draws for a picture at night. Remembers how to draw it if it is `kept`.
  mutating func passOverNightNoise(kept: Bool)

  /// The noise of the picture of the night that was passed over last: 63 × 49 numbers in 32 ..< 127, [x][y].
  func nightNoise(into noise: UnsafeMutablePointer<Double>)
}
