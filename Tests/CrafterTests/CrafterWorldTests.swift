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
    func noise(_ seed: Int64) -> Double {
      let x = [Double](repeating: 0.5, count: 8), y = [Double](repeating: 1.25, count: 8)
      var result = [Double](repeating: 0, count: 8)
      OpenSimplex(seed: seed).noise(1, x, y, 7, into: &result)
      return result[0]
    }
    #expect(noise(0) == -0.109_204_264_063_208_17)
    #expect(noise(42) == -0.27025390034254604)
  }
}
