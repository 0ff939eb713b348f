import KnackEnvironment
import Testing

@testable import KnackCrafter

/// The scripted expert plays any world of Crafter by that world's rules.
@Suite struct ExpertTests {
  private func rules(_ file: CrafterWorldFile) -> CrafterRules {
    CrafterRules(file.description, id: file.id, observation: .symbolic)
  }

  @Test func mostAchievementsAreReached() {
    let play = ExpertPlay(FastDraws.self, rules(.fast), seeds: 0..<12, steps: 1000)
    #expect(play.meanReached >= 18)
    func rate(_ achievement: CrafterAchievement) -> Double { Double(play.reached[achievement.rawValue]) / 12 }
    #expect(rate(.makeIronPickaxe) >= 0.5 && rate(.collectDiamond) >= 0.4 && rate(.wakeUp) >= 0.8)
  }

  /// Recipes are read, not known: stones give diamonds in one of these worlds, and in another one starts on diamonds.
  @Test(arguments: CrafterWorldFile.all.filter { $0.name != "crafter" }.map(\.name))
  func marsIsPlayedByItsOwnRules(_ name: String) throws {
    let file = try #require(CrafterWorldFile.all.first { $0.name == name })
    let play = ExpertPlay(PackageDraws.self, rules(file), seeds: 0..<3, steps: 400)
    #expect(play.meanReached >= 10, "\(play.reached)")
  }

  /// In the dark it digs itself into the rock, closes the hole and sleeps where nothing can come.
  @Test func nightsAreSpentBehindWalls() throws {
    let meadow = String(repeating: ".", count: 21), rock = String(repeating: "^", count: 21)
    let rows = (0..<21).map { $0 > 12 ? rock : $0 == 10 ? "..........@.........." : meadow }
    var scene = try Scene("crafter", rows.joined(separator: "\n"), having: [.woodPickaxe: 1, .woodSword: 1])
    scene.wait(140)
    var steps = 0
    while !scene.world.player.isSleeping && steps < 100 {
      scene.actAsExpert()
      steps += 1
    }
    #expect(scene.world.player.isSleeping)
    #expect(scene.room <= 4, "closed after \(steps) steps")
  }

  /// Nothing is to eat the sapling while it grows.
  @Test func saplingsAreFenced() throws {
    let meadow = ".........^^^\n.........^^^\n.........^^^\n"
    var scene = try Scene("crafter", meadow + "...@P....^^^\n" + meadow, having: [.woodPickaxe: 1])
    #expect(scene.gapsAboutSaplings == 4)
    for _ in 0..<120 where scene.gapsAboutSaplings > 0 { scene.actAsExpert() }
    #expect(scene.gapsAboutSaplings == 0)
    #expect(scene.saplings > 0)
  }

  @Test func lookingOnChangesNothing() throws {
    let kind = try EnvironmentRegistry(Crafter.entries).kind("CrafterFast-v1")
    #expect(kind.hasExpert)
    let batch = VectorEnvironment(kind, count: 3)
    batch.reset(seed: 1)
    var actions: [Int32] = [-1, -1, -1]
    for _ in 0..<50 {
      let state = batch.save()
      batch.expertActions(into: &actions)
      let first = actions
      batch.expertActions(into: &actions, in: 1..<2)
      #expect(actions == first && batch.save() == state)
      batch.step(actions)
    }
  }
}
