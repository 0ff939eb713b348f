import KnackNumerics

/// The Python package's own random numbers: one MT19937 stream an episode, shared by the map, the creatures and, at
/// night, the renderer.
public struct PackageDraws: CrafterDraws {
  private var seed: UInt64 = 0
  private var episode: UInt64 = 0
  private var random = NumPyRandomState(seed: 0)
  /// The stream as it stood before the last picture of a night.
  private var beforeNight = NumPyRandomState(seed: 0)

  /// A stream that has not been seeded.
  public init() {}

  /// What `crafter.Env(seed=seed)` starts with.
  public mutating func seed(_ seed: UInt64) {
    self.seed = seed
    episode = 0
  }

  /// What `reset()` does: the next episode's stream depends on the seed and the episode's number alone.
  public mutating func beginEpisode() {
    episode &+= 1
    random = NumPyRandomState(seed: episodeSeed(seed: seed, episode: episode))
  }

  /// `uniform()`.
  @inline(__always)
  public mutating func uniform() -> Double { random.randomSample() }

  /// `randint(0, count)`.
  @inline(__always)
  public mutating func below(_ count: Int) -> Int { random.randint(0, count) }

  /// 64 raw bits.
  @inline(__always)
  public mutating func bits() -> UInt64 { random.next64() }

  /// The direction is drawn only for a step that is taken.
  @inline(__always)
  public mutating func stroll() -> (direction: CrafterDirection, isTaken: Bool) {
    guard uniform() < 0.5 else { return (.left, false) }
    return (CrafterDirection(rawValue: UInt8(truncatingIfNeeded: below(4)))!, true)
  }

  /// They are the package's.
  public static var followsPackage: Bool { true }

  /// Not used, since maps are not made by chunks.
  public var mapKey: UInt64 { 0 }
  /// Not used either.
  public func stream(ofChunk chunk: Int) -> Self { self }

  /// Passes over the 63 × 49 doubles of a night's noise.
  @inline(__always)
  public mutating func passOverNightNoise(kept: Bool) {
    if kept { beforeNight = random }
    random.skip(2 * 63 * 49)
  }

  /// The very noise that was passed over.
  public func nightNoise(into noise: UnsafeMutablePointer<Double>) {
    var random = beforeNight
    random.uniform(32, 127, into: noise, count: 63 * 49)
  }
}
