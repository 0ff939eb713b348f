import Testing

@testable import KnackOverworld

@Suite struct MonsterTests {
  @Test func aZombieReachesAndHitsThePlayer() {
    let meadow = Meadow(time: 18_000)
    let zombie = meadow.spawn(.zombie, east: 12)
    meadow.run(300) { meadow.world.pointee.player.health < 20 }
    #expect(meadow.world.pointee.player.health == 17)
    #expect(meadow.distance(zombie) < 2)
    meadow.run(400) { meadow.world.pointee.isPlayerDead }
    #expect(meadow.world.pointee.isPlayerDead)
  }

  @Test func aZombieFindsItsWayAroundAWall() {
    let meadow = Meadow(time: 18_000)
    // A wall with a window: seen through it, walked around.
    meadow.fill(68...68, 63...65, 58...70, .cobblestone)
    meadow.fill(68...68, 64...64, 58...70, .air)
    meadow.spawn(.zombie, east: 8)
    meadow.run(600) { meadow.world.pointee.player.health < 20 }
    #expect(meadow.world.pointee.player.health < 20)
  }

  @Test func aShutRoomIsSafe() {
    let meadow = Meadow(time: 15_000)
    meadow.fill(62...66, 63...66, 62...66, .cobblestone)
    meadow.fill(63...65, 63...65, 63...65, .air)
    for east in [5.0, 7, 9] { meadow.spawn(.zombie, east: east) }
    meadow.spawn(.spider, east: -6)
    meadow.run(2000)
    #expect(meadow.world.pointee.player.health == 20)
  }

  @Test func theUndeadBurnAtSunrise() {
    for kind in [CreatureKind.zombie, .skeleton] {
      let meadow = Meadow(time: 22_000)
      // The player sits between walls.
      meadow.fill(62...66, 63...66, 62...66, .cobblestone)
      meadow.fill(64...64, 63...65, 64...64, .air)
      let index = meadow.spawn(kind, east: 25)
      meadow.run(1300)
      #expect(meadow.creature(index).health == 20, "it is still dark")
      meadow.run(1400) { meadow.world.pointee.creatureCount == 0 }
      #expect(meadow.world.pointee.creatureCount == 0)
    }
    // Under a roof, and spiders and creepers anywhere, they do not burn.
    let meadow = Meadow(time: 6000)
    meadow.fill(50...70, 68...68, 10...30, .stone)
    meadow.placePlayer(20.5, 63, 20.5)
    let zombie = meadow.world.pointee.spawn(.zombie, x: 60.5, y: 63, z: 20.5) ?? -1
    let creeper = meadow.world.pointee.spawn(.creeper, x: 45.5, y: 63, z: 25.5) ?? -1
    meadow.run(150)
    #expect(meadow.creature(zombie).fireTicks == 0 && meadow.creature(creeper).health == 20)
  }

  @Test func aCreeperExplodesBesideThePlayer() {
    let meadow = Meadow()
    meadow.spawn(.creeper, east: 6)
    meadow.run(300) { meadow.world.pointee.creatureCount == 0 }
    #expect(meadow.world.pointee.creatureCount == 0)
    #expect(meadow.world.pointee.player.health < 10, "normal difficulty: up to 43")
    var broken = 0
    for x in 58...72 { for z in 58...72 { for y in 58...62 where meadow[x, y, z] == .air { broken += 1 } } }
    #expect(broken > 5 && broken < 120)
    #expect(meadow[64, 50, 64] == .stone)
  }

  @Test func aCreepersFuseGoesOutWhenThePlayerLeaves() {
    let meadow = Meadow()
    let creeper = meadow.spawn(.creeper, east: 2)
    meadow.run(25)
    #expect(meadow.creature(creeper).fuseTicks > 5)
    meadow.placePlayer(84.5, 63, 64.5)
    meadow.run(60)
    #expect(meadow.world.pointee.creatureCount == 1 && meadow.creature(creeper).fuseTicks == 0)
  }

  @Test func obsidianOutlastsAnExplosionAndWallsShield() {
    let open = Meadow(), walled = Meadow()
    walled.fill(66...66, 63...66, 60...68, .obsidian)
    for meadow in [open, walled] {
      var creeper = Creature()
      creeper.kind = .creeper
      (creeper.x, creeper.y, creeper.z) = (68.5, 63, 64.5)
      meadow.world.pointee.explode(creeper, meadow.rules)
    }
    #expect(walled[66, 64, 64] == .obsidian)
    #expect(open.world.pointee.player.health < walled.world.pointee.player.health)
  }

  @Test func aSkeletonShootsFromAfar() {
    let meadow = Meadow(time: 18_000)
    let skeleton = meadow.spawn(.skeleton, east: 9)
    meadow.run(400) { meadow.world.pointee.player.health < 20 }
    let damage = 20 - meadow.world.pointee.player.health
    #expect((2...5).contains(damage))
    #expect(meadow.distance(skeleton) > 3)
    // Arrows stop at walls.
    let walled = Meadow(time: 18_000)
    walled.fill(67...67, 63...70, 50...80, .glass)
    let other = walled.spawn(.skeleton, east: 9)
    walled.world.pointee.creatures[other].task = .chase
    walled.run(50)
    #expect(walled.world.pointee.player.health == 20)
  }

  @Test func spidersAttackAtNightOnlyUnlessHurt() {
    let day = Meadow(time: 1000), night = Meadow(time: 18_000)
    let spider = day.spawn(.spider, east: 6)
    night.spawn(.spider, east: 6)
    day.run(200)
    #expect(day.world.pointee.player.health == 20)
    night.run(200)
    #expect(night.world.pointee.player.health < 20)
    day.world.pointee.hurtCreature(spider, 1, fromX: 0, z: 0, day.rules)
    day.run(300) { day.world.pointee.player.health < 20 }
    #expect(day.world.pointee.player.health < 20)
  }

  @Test func theSkinOfZombiesTakesALittleOffABlow() {
    let meadow = Meadow(time: 18_000)
    for (damage, left) in [(Float(1), Float(19.06)), (4, 16.064), (10, 10.16)] {
      let zombie = meadow.spawn(.zombie, east: 12), skeleton = meadow.spawn(.skeleton, east: 12)
      for creature in [zombie, skeleton] {
        meadow.world.pointee.hurtCreature(creature, damage, fromX: 0, z: 0, meadow.rules)
      }
      #expect(abs(meadow.creature(zombie).health - left) < 1e-4)
      #expect(meadow.creature(skeleton).health == 20 - damage)
    }
  }

  @Test func spidersClimbWalls() {
    let meadow = Meadow(time: 18_000)
    meadow.fill(63...65, 63...66, 63...65, .cobblestone)
    meadow.placePlayer(64.5, 67, 64.5)
    meadow.spawn(.spider, east: 7)
    meadow.run(400) { meadow.world.pointee.player.health < 20 }
    #expect(meadow.world.pointee.player.health < 20)
  }

  @Test func monstersComeInTheDarkAndNotByDayOrAmongTorches() {
    let day = Meadow(time: 1000)
    day.run(3000, spawns: true)
    #expect(day.world.pointee.countCreatures(where: \.isHostile) == 0)

    let night = Meadow(time: 14_000)
    var nearest = Double.infinity
    night.run(3000, spawns: true) {
      for index in 0..<Int(night.world.pointee.creatureCount) where night.creature(index).kind.isHostile {
        if night.creature(index).idleTicks == 0 { nearest = min(nearest, night.distance(index)) }
      }
      night.world.pointee.player.health = 20
      return night.world.pointee.countCreatures(where: \.isHostile) >= 10
    }
    #expect(night.world.pointee.countCreatures(where: \.isHostile) >= 10)
    #expect(night.world.pointee.countCreatures(where: \.isHostile) <= 15, "no more than the limit")

    let lit = Meadow(time: 14_000)
    for x in stride(from: 0, to: 128, by: 5) {
      for z in stride(from: 0, to: 128, by: 5) { lit[x, Meadow.level, z] = .torch }
    }
    lit.run(3000, spawns: true)
    #expect(lit.world.pointee.countCreatures(where: \.isHostile) == 0)
  }

  @Test func cavesHaveMonstersByDay() {
    let meadow = Meadow(time: 1000)
    meadow.fill(10...50, 20...23, 10...50, .air)
    meadow.run(3000, spawns: true) { meadow.world.pointee.countCreatures(where: \.isHostile) > 3 }
    #expect(meadow.world.pointee.countCreatures(where: \.isHostile) > 3)
    for index in 0..<Int(meadow.world.pointee.creatureCount) where meadow.creature(index).kind.isHostile {
      #expect(meadow.creature(index).y < 24)
    }
  }

  @Test func monstersFarAwayVanish() {
    let meadow = Meadow(time: 18_000)
    meadow.placePlayer(2.5, 63, 2.5)
    let far = meadow.world.pointee.spawn(.creeper, x: 125, y: 63, z: 125) ?? -1
    let middle = meadow.world.pointee.spawn(.creeper, x: 60.5, y: 63, z: 2.5) ?? -1
    let sheep = meadow.world.pointee.spawn(.sheep, x: 124, y: 63, z: 125) ?? -1
    meadow.run(20)
    #expect(meadow.creature(far).kind == .none && meadow.creature(middle).kind == .creeper)
    meadow.run(6000)
    #expect(meadow.creature(middle).kind == .none && meadow.creature(sheep).kind == .sheep)
  }

  /// Creatures of all kinds in a world that changes about them at random, up to its edges.
  @Test(arguments: 1...4 as ClosedRange<UInt64>) func creaturesStayInTheWorld(seed: UInt64) {
    let meadow = Meadow(seed: seed, time: 14_000)
    var random = meadow.world.pointee.random
    let palette: [Block] = [
      .air, .air, .air, .stone, .water, .lava, .oakFence, .stoneSlab, .cactus, .farmland, .oakLeaves, .tnt,
      .sand, .torch,
    ]
    for round in 0..<400 {
      // The player jumps about, to corners too, and so does what is around it.
      let corner = round % 5 == 0
      let x = corner ? Double(random.below(2) * 126) + 1 : Double(random.below(120)) + 4
      let z = corner ? Double(random.below(2) * 126) + 1 : Double(random.below(120)) + 4
      meadow.placePlayer(x, 64, z)
      meadow.world.pointee.player.health = 20
      for _ in 0..<30 {
        let toX = min(127, max(0, Int(x) + random.below(17) - 8)),
          toZ = min(127, max(0, Int(z) + random.below(17) - 8))
        meadow[toX, 58 + random.below(9), toZ] = palette[random.below(palette.count)]
      }
      for code: UInt8 in 1...8 where random.below(3) == 0 {
        let kind = CreatureKind(rawValue: code) ?? .cow
        meadow.world.pointee.spawn(
          kind, x: min(127.5, max(0.5, x + random.uniform() * 16 - 8)), y: 60 + random.uniform() * 12,
          z: min(127.5, max(0.5, z + random.uniform() * 16 - 8)))
      }
      let victim = random.below(48)
      meadow.world.pointee.hurtCreature(victim, 1, fromX: x, z: z, meadow.rules)
      meadow.run(25, growth: true, spawns: true)
      for index in 0..<Int(meadow.world.pointee.creatureCount) where meadow.creature(index).kind != .none {
        let creature = meadow.creature(index)
        #expect((-0.5...128.5).contains(creature.x) && (-0.5...128.5).contains(creature.z) && creature.y > 0)
        #expect(creature.health > 0)
      }
    }
  }

  @Test func creaturesAreEqualBytesForEqualSeeds() {
    func play(_ seed: UInt64) -> [UInt8] {
      let meadow = Meadow(seed: seed, time: 14_000)
      for i in 0..<6 { meadow.spawn(.cow, east: Double(i), south: 4) }
      meadow.run(1500, growth: true, spawns: true)
      return withUnsafeBytes(of: &meadow.world.pointee.creatures) { Array($0) }
    }
    #expect(play(3) == play(3))
    #expect(play(3) != play(4))
    #expect(MemoryLayout<Creature>.size == MemoryLayout<Creature>.stride)
  }

  @Test func creaturesFileNamesItsMistakes() {
    let text = """
      creatures:
        cow: {width: 0.9, height: 1.4, eyes: 1.3, health: 10, speed: 0.2, food: [weat]}
      """
    #expect {
      try CreatureRules(yaml: text, .standard)
    } throws: {
      "\($0)" == "creatures.yaml:2:76: there is no item 'weat'."
    }
  }
}
