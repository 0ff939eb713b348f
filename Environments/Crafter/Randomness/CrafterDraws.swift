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

  /// Whether the terrain has to be the package's to the last cell, or may differ where noise is within its rounding of a
  /// threshold.
  static var needsExactTerrain: Bool { get }

  /// Passes over what the package's renderer draws for a picture at night. Remembers how to draw it if it is `kept`.
  mutating func passOverNightNoise(kept: Bool)

  /// The noise of the picture of the night that was passed over last: 63 × 49 numbers in 32 ..< 127, [x][y].
  func nightNoise(into noise: UnsafeMutablePointer<Double>)
}
