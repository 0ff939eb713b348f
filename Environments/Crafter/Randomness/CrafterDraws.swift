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

  /// Draws the terrain of an episode into a map that is empty.
  mutating func drawTerrain(_ rules: CrafterRules, into map: inout CrafterMap) -> CrafterTunnels

  /// Passes over what the package's renderer draws for a picture at night.
  mutating func passOverNightNoise()

  /// The noise of the picture of the night that was passed over last: 63 × 49 numbers in 32 ..< 127, [x][y].
  func nightNoise(into noise: UnsafeMutablePointer<Double>)
}
