#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A step of the day, which has 300: how light it is and what depends on it.
///
/// The package computes these from the number of all steps, which differs in the last bit from day to day. None of the
/// thresholds below is nearer than 0.02 to a value, so one day stands for all.
struct DayPhase: BitwiseCopyable {
  /// 0 in darkness, 1 in full daylight.
  var daylight: Double
  /// The same in sixteen steps, 0 … 15.
  var level: UInt8
  /// Whether the picture is noisy, for which the renderer draws random numbers.
  var isDark: Bool
  /// The fewest and the most creatures that a chunk should have, by lane of ``CrafterPopulation``.
  var fewest = SIMD4<Int32>.zero, most = SIMD4<Int32>.zero

  /// The phase at a step of the day under a world's rules.
  init(step: Int, _ balanced: InlineArray<3, CreatureTable>) {
    daylight = 1 - pow(abs(cos(Double.pi * (Double(step) / 300 + 0.3))), 3)
    level = UInt8(min(15, daylight * 16))
    isDark = daylight < 0.5
    for lane in 0..<3 {
      let table = balanced[lane]
      fewest[lane] = Int32(table.fewest + table.fewestLight * daylight)
      most[lane] = Int32(table.most + table.mostLight * daylight)
    }
  }
}

/// How the numbers of a kind of creature are balanced, see ``CreatureTable``.
struct BalanceTable: BitwiseCopyable {
  var ground: UInt8
  var space: Int32, birthDistance: Int32, deathDistance: Int32
  var birthChance: Double, deathChance: Double

  init(_ table: CreatureTable) {
    ground = table.ground
    (space, birthDistance, deathDistance) = (table.space, table.birthDistance, table.deathDistance)
    (birthChance, deathChance) = (table.birthChance, table.deathChance)
  }
}

/// How the numbers of all kinds are balanced, by lane of ``CrafterPopulation``. Chances are what a number of 21 bits must be
/// below; in the last lane there is none.
struct BalanceChances: BitwiseCopyable {
  var space = SIMD4<Int32>.zero, birth = SIMD4<Int32>.zero, death = SIMD4<Int32>.zero

  init(_ balanced: InlineArray<3, CreatureTable>) {
    for lane in 0..<3 {
      space[lane] = balanced[lane].space
      birth[lane] = Int32((balanced[lane].birthChance * 0x1p21).rounded())
      death[lane] = Int32((balanced[lane].deathChance * 0x1p21).rounded())
    }
  }
}
