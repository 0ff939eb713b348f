/// What numbers of a place are for: each purpose has a stream of its own, so that none depends on what others drew.
enum PlacePurpose: UInt64 {
  case biomeSites = 1, border, rolling, crags, rivers, lakes, ground, bed
  case pool, tunnels, veins, trees, cover, bedrock, patches
}

/// Random numbers of a place: a function of the episode's seed, a purpose, and two integers.
///
/// Chunks are made in the order in which a player comes near them, and must not depend on it; so nothing is drawn from a
/// stream that other chunks draw from too. SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
/// generators").
struct PlaceRandom {
  private var state: UInt64

  /// The stream of a place.
  @inline(__always)
  init(_ seed: UInt64, _ purpose: PlacePurpose, _ x: Int = 0, _ z: Int = 0) {
    let place = UInt64(UInt32(truncatingIfNeeded: x)) &<< 32 | UInt64(UInt32(truncatingIfNeeded: z))
    state = Self.mixed(Self.mixed(seed &+ purpose.rawValue &* 0x9E37_79B9_7F4A_7C15) ^ place)
  }

  /// The stream that belongs to a drawn number.
  @inline(__always)
  init(_ number: UInt64) { state = number }

  @inline(__always)
  private static func mixed(_ word: UInt64) -> UInt64 {
    var word = word
    word = (word ^ word &>> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word &>> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word &>> 31
  }

  /// The next 64 random bits.
  @inline(__always)
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// Uniform in `0 ..< count`, which must be positive and small; the bias is below `count` · 2⁻³².
  @inline(__always)
  mutating func below(_ count: Int) -> Int { (Int(truncatingIfNeeded: next() &>> 32) &* count) &>> 32 }

  /// Uniform in [0, 1).
  @inline(__always)
  mutating func uniform() -> Float { Float(next() &>> 40) * 0x1p-24 }
}
