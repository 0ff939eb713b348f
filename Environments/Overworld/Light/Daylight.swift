#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The sun's part in the light (the sun's angle: TrueCraft's wiki, "Sky", and Minosoft, `WorldTime.kt`).
enum Daylight {
  /// Ticks in a day.
  static let dayLength: Int32 = 24_000
  /// How much of the light under the open sky midnight takes away.
  static let darkest = 11

  /// The light under the open sky, 15 by day and 4 by night, at a time of day in ticks from sunrise.
  ///
  /// The sun's angle runs ahead of the time around sunrise and lags behind it around sunset, so that days are longer than
  /// nights; the light falls with the cosine of the angle.
  static func sunlight(_ timeOfDay: Int32) -> Int {
    var turn = Double(timeOfDay) / Double(dayLength) - 0.25
    if turn < 0 { turn += 1 }
    turn += ((1 - cos(turn * .pi)) / 2 - turn) / 3
    let dark = min(1, max(0, 0.5 - 2 * cos(2 * turn * .pi)))
    return 15 - Int(dark * Double(darkest))
  }

  /// The same for every tick of a day, for what asks in every step.
  static let levels = ConstantTable((0..<dayLength).map { UInt8(sunlight($0)) })
}

extension OverworldWorld {
  /// The light that the sky gives an open place at a time of day, 4 to 15, in ticks from sunrise.
  public func sunlight(_ timeOfDay: Int32) -> Int { Daylight.sunlight(timeOfDay) }

  /// Whether the sun is up: skeletons and zombies burn under it, spiders leave the player alone.
  var isDaytime: Bool { Daylight.sunlight(timeOfDay) >= 12 }
}
