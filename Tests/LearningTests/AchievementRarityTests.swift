import KnackEnvironment
import KnackNetworks
import KnackNumerics
import Testing

@testable import KnackLearning

struct AchievementRarityTests {
  /// Of three achievements, one is reached always, one in a quarter of the episodes, one never.
  private var episodes: EpisodeSummary {
    var summary = EpisodeSummary()
    for i in 0..<100 {
      summary.add(
        EpisodeOutcome(return: 1, length: 1, success: true, achievements: i % 4 == 0 ? 0b011 : 0b001))
    }
    return summary
  }

  @Test(arguments: [0.5, 1]) func rareAchievementsAreWorthMore(exponent: Double) {
    var rarity = AchievementRarity(exponent: exponent)
    rarity.weigh(by: episodes)
    func worth(_ percent: Float) -> Float {
      let gradient = 101 / (1 + percent)
      return exponent == 1 ? gradient : gradient.squareRoot()
    }
    #expect(abs(1 + rarity.bonus(for: 0b001) - worth(100)) < 1e-3)
    #expect(abs(1 + rarity.bonus(for: 0b010) - worth(25)) < 1e-3)
    #expect(abs(1 + rarity.bonus(for: 0b100) - worth(0)) < 1e-3)
    #expect(abs(rarity.bonus(for: 0b110) - rarity.bonus(for: 0b010) - rarity.bonus(for: 0b100)) < 1e-4)
  }

  @Test func withoutAnExponentRewardsAreTheWorlds() {
    var rarity = AchievementRarity(exponent: 0)
    rarity.weigh(by: episodes)
    #expect(rarity.bonus(for: 0b111) == 0)
  }

  @Test func aWorldWithoutAchievementsHasNoneToWeigh() {
    var ppo = PPOConfiguration()
    ppo.rarityExponent = 0.5
    #expect(
      throws: LearningError.invalidSetting(
        "ppo.rarity-exponent weighs achievements, of which Spot has none; set it to 0.")
    ) { try ppo.validate(playing: SpotWorld.Rules().specification, recurrent: false) }
  }
}
