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

  /// Whether maps are made chunk by chunk as the player comes near, or all at once from the one stream.
  static var makesChunks: Bool { get }

  /// The key of the episode's noise, from which a map that is made by chunks is made.
  var mapKey: UInt64 { get }

  /// A chunk's own stream in this episode.
  func stream(ofChunk chunk: Int) -> Self

  /// Passes over what the package's renderer draws for a picture at night. Remembers how to draw it if it is `kept`.
  mutating func passOverNightNoise(kept: Bool)

  /// The noise of the picture of the night that was passed over last: 63 × 49 numbers in 32 ..< 127, [x][y].
  func nightNoise(into noise: UnsafeMutablePointer<Double>)
}

extension CrafterDraws {
  /// Three independent numbers of 21 bits.
  @inline(__always)
  mutating func three() -> SIMD3<UInt32> {
    let bits = bits(), mask: UInt64 = 1 << 21 - 1
    return SIMD3(
      UInt32(truncatingIfNeeded: bits &>> 43), UInt32(truncatingIfNeeded: bits &>> 22 & mask),
      UInt32(truncatingIfNeeded: bits &>> 1 & mask))
  }

  /// The number below which ``three()``'s are with a chance, to within 2⁻²².
  static func limit(_ chance: Double) -> UInt32 { UInt32((chance * 0x1p21).rounded()) }
}
