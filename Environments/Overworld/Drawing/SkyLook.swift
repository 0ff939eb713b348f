#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The sky at a time of day: its colours, the sun and the moon.
struct SkyLook: BitwiseCopyable {
  /// The colours overhead and at the horizon, into which what is far away fades.
  let zenith: SIMD3<Float>, horizon: SIMD3<Float>
  /// How much of the day's light there is, 0 … 1, and its colour on what the sky lights.
  let daylight: Float, light: SIMD3<Float>
  /// Where the sun stands: it rises in the east, and the moon is opposite.
  private let sun: SIMD3<Float>

  /// The sky at a time of day in ticks from sunrise.
  init(_ timeOfDay: Int32) {
    let angle = Double(timeOfDay) / Double(Daylight.dayLength) * 2 * .pi
    sun = SIMD3(Float(cos(angle)), Float(sin(angle)), 0)
    daylight = Float(Daylight.sunlight(timeOfDay) - (15 - Daylight.darkest)) / Float(Daylight.darkest)
    zenith = Self.mixed(SIMD3(0.02, 0.03, 0.08), SIMD3(0.40, 0.60, 0.98), daylight)
    let dusk = 4 * daylight * (1 - daylight)
    horizon = Self.mixed(
      Self.mixed(SIMD3(0.05, 0.06, 0.13), SIMD3(0.73, 0.84, 0.98), daylight), SIMD3(0.93, 0.58, 0.36),
      0.45 * dusk)
    light = Self.mixed(SIMD3(0.19, 0.22, 0.36), SIMD3(1, 1, 1), daylight)
  }

  /// The colour of the sky in a direction of length 1.
  func callAsFunction(_ direction: SIMD3<Float>) -> SIMD3<Float> {
    let height = max(0, direction.y)
    var color = Self.mixed(horizon, zenith, min(1, 2.2 * height * (1.6 - height)))
    let along = (direction * sun).sum()
    if abs(along) > 0.5 {
      // Sun and moon are squares in the plane across their direction.
      let across = abs(direction.z / along),
        upwards = abs((sun.x * direction.y - sun.y * direction.x) / along)
      let size = max(across, upwards)
      if along > 0 && size < 0.11 { return SIMD3(1, 0.98, 0.82) }
      if along < 0 && size < 0.075 { return SIMD3(0.82, 0.85, 0.92) }
      if along > 0 { color = Self.mixed(color, SIMD3(1, 0.9, 0.7), max(0, 0.4 - size) * 0.9 * daylight) }
    }
    if daylight < 0.6 && direction.y > 0 {
      let u = Int(direction.x / (1 + height) * 160 + 400), v = Int(direction.z / (1 + height) * 160 + 400)
      let star = TilePattern.noise(u, v, 77)
      if star > 0.994 { color += SIMD3(repeating: (0.6 - daylight) * (star - 0.99) * 90) }
    }
    return color
  }

  /// A colour between two.
  @inline(__always)
  static func mixed(_ a: SIMD3<Float>, _ b: SIMD3<Float>, _ part: Float) -> SIMD3<Float> {
    a + (b - a) * part
  }
}
