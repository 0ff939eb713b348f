import Testing

@testable import KnackOverworld

@Suite struct GrowthTests {
  @Test func saplingsBecomeTreesInLight() {
    for (sapling, log) in [
      (Block.oakSapling, Block.oakLog), (.birchSapling, .birchLog), (.spruceSapling, .spruceLog),
    ] {
      let meadow = Meadow()
      meadow[70, 63, 70] = sapling
      meadow.run(200_000, growth: true) {
        meadow.world.pointee.timeOfDay = 6000
        return meadow[70, 63, 70] == log
      }
      #expect(meadow[70, 63, 70] == log && meadow[70, 66, 70] == log && meadow[70, 62, 70] == .dirt)
      #expect(meadow.world.pointee.lightLevel(71, 63, 70).sky < 15, "its crown gives shade")
    }
    // Not in the dark, and not without room.
    let meadow = Meadow(time: 18_000)
    meadow[70, 63, 70] = .oakSapling
    meadow[60, 63, 60] = .oakSapling
    meadow[60, 64, 60] = .torch
    meadow.fill(59...61, 66...66, 59...61, .stone)
    meadow.run(60_000, growth: true) {
      meadow.world.pointee.timeOfDay = 18_000
      return false
    }
    #expect(meadow[70, 63, 70] == .oakSapling && meadow[60, 63, 60] == .oakSapling)
  }

  @Test func wheatRipensSoonerOnWetFarmland() {
    func ticks(isWet: Bool) -> Int {
      let meadow = Meadow()
      for x in 60...68 {
        meadow.fill(x...x, 62...62, 60...60, .farmland)
        meadow.fill(x...x, 63...63, 60...60, .wheat0)
      }
      if isWet { meadow.fill(64...64, 62...62, 61...61, .water) }
      var ticks = 0
      meadow.run(400_000, growth: true) {
        meadow.world.pointee.timeOfDay = 6000
        ticks += 1
        return (60...68).allSatisfy { meadow[$0, 63, 60] == .wheat7 }
      }
      return ticks
    }
    let wet = ticks(isWet: true), dry = ticks(isWet: false)
    #expect(wet > 5000 && wet < dry && dry < 400_000)
  }

  @Test func farmlandDriesWithoutWater() {
    let meadow = Meadow()
    meadow[60, 62, 60] = .farmland
    meadow[70, 62, 70] = .farmland
    meadow[73, 62, 70] = .water
    meadow.run(100_000, growth: true) { meadow[60, 62, 60] == .dirt }
    #expect(meadow[60, 62, 60] == .dirt && meadow[70, 62, 70] == .farmland)
  }

  @Test func leavesDecayWhenTheirTreeIsFelled() {
    let meadow = Meadow()
    for (x, z) in [(70, 70), (56, 56)] {
      meadow.fill(x...x, 63...67, z...z, .oakLog)
      meadow.fill(x - 2...x + 2, 66...67, z - 2...z + 2, .oakLeaves)
      meadow.fill(x...x, 66...67, z...z, .oakLog)
    }
    func leaves(_ x: Int, _ z: Int) -> Int {
      var count = 0
      for dx in -2...2 {
        for dz in -2...2 { for y in 66...67 where meadow[x + dx, y, z + dz] == .oakLeaves { count += 1 } }
      }
      return count
    }
    meadow.fill(70...70, 63...67, 70...70, .air)
    meadow.run(40_000, growth: true) { leaves(70, 70) == 0 }
    #expect(leaves(70, 70) == 0 && leaves(56, 56) == 48)
    #expect(meadow.world.pointee.isOpenToSky(71, 63, 71))
  }

  @Test func grassSpreadsInLightAndDiesUnderStone() {
    let meadow = Meadow()
    meadow.fill(66...68, 62...62, 66...68, .dirt)
    meadow[60, 63, 60] = .stone
    meadow.run(60_000, growth: true) {
      meadow.world.pointee.timeOfDay = 6000
      return meadow[67, 62, 67] == .grass && meadow[60, 62, 60] == .dirt
    }
    #expect(meadow[67, 62, 67] == .grass && meadow[60, 62, 60] == .dirt)
  }

  @Test func reedsAndCactiGrowThreeHigh() {
    let meadow = Meadow()
    meadow.fill(60...60, 62...62, 60...60, .water)
    meadow[61, 63, 60] = .reeds
    meadow[70, 62, 70] = .sand
    meadow[70, 63, 70] = .cactus
    meadow.run(200_000, growth: true) {
      meadow[61, 65, 60] == .reeds && meadow[70, 65, 70] == .cactus
    }
    #expect(meadow[61, 65, 60] == .reeds && meadow[70, 65, 70] == .cactus)
    meadow.run(60_000, growth: true)
    #expect(meadow[61, 66, 60] == .air && meadow[70, 66, 70] == .air)
  }

  @Test func blocksHaveThreeChancesIn4096ATick() {
    // Grass under stone dies at its first turn: after as many ticks on average as a turn takes.
    let meadow = Meadow()
    var alive = 0
    for x in stride(from: 34, to: 94, by: 2) {
      for z in stride(from: 34, to: 94, by: 2) {
        meadow[x, 63, z] = .stone
        alive += 1
      }
    }
    let all = alive
    meadow.run(1365, growth: true)
    for x in stride(from: 34, to: 94, by: 2) {
      for z in stride(from: 34, to: 94, by: 2) where meadow[x, 62, z] == .dirt { alive -= 1 }
    }
    #expect(abs(Double(alive) / Double(all) - 0.368) < 0.06)
  }

  @Test func untouchedChunksStayAsTheyWereMade() {
    let meadow = Meadow()
    for x in 56..<72 { for z in 56..<72 { meadow.world.pointee.blocks.set(x, 62, z, .dirt) } }
    meadow.run(20_000, growth: true) {
      meadow.world.pointee.timeOfDay = 6000
      return false
    }
    #expect(meadow[63, 62, 56] == .dirt)
    meadow[70, 63, 60] = .torch
    meadow.run(60_000, growth: true) {
      meadow.world.pointee.timeOfDay = 6000
      return meadow[71, 62, 60] == .grass
    }
    #expect(meadow[71, 62, 60] == .grass)
  }
}
