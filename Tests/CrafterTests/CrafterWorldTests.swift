import KnackEnvironment
import Testing

@testable import KnackCrafter

@Suite struct CrafterWorldTests {
  @Test func episodeSeedsArePythonsHashesOfPairs() {
    let known: [(UInt64, UInt64, UInt32)] = [
      (0, 1, 1_256_191_933), (0, 2, 744_553_801), (1, 1, 535_231_920), (42, 1, 550_904_604),
      (2_147_483_646, 3, 616_870_400),
    ]
    for (seed, episode, expected) in known { #expect(episodeSeed(seed: seed, episode: episode) == expected) }
  }

  @Test func noiseIsThePackages() {
    #expect(OpenSimplex(seed: 487_388_145).noise(0.5, 1.25, 7) == -0.109_204_264_063_208_17)
    #expect(OpenSimplex(seed: 241_979_922).noise(0.5, 1.25, 7) == -0.270_253_900_342_546_04)
  }

  /// An episode is cut off at the 10,000th step; health and steps go on being what they are.
  @Test func episodesAreTruncated() {
    let rules = CrafterRules(.crafter, id: "Crafter-v1", observation: .symbolic)
    var world = CrafterWorld<PackageDraws>(rules)
    world.seed(0, rules)
    world.reset(rules)
    for step in 1...10_000 {
      world.player.health = 9
      let outcome = world.step(0, rules)
      if outcome.truncated != (step == 10_000) { Issue.record("truncated: \(outcome.truncated) at \(step)") }
    }
  }
}
