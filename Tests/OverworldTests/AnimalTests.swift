import Testing

@testable import KnackOverworld

@Suite struct AnimalTests {
  @Test func animalsStrollOnGrassAndStayOnTheGround() {
    let meadow = Meadow()
    for i in 0..<8 { meadow.spawn([.cow, .sheep, .pig, .chicken][i % 4], east: Double(i) * 2 - 8, south: 3) }
    let starts = (0..<8).map { (meadow.creature($0).x, meadow.creature($0).z) }
    meadow.run(600)
    var moved = 0
    for i in 0..<8 {
      let animal = meadow.creature(i)
      #expect(abs(animal.y - Double(Meadow.level)) < 1e-6)
      if abs(animal.x - starts[i].0) + abs(animal.z - starts[i].1) > 1 { moved += 1 }
    }
    #expect(moved >= 6)
  }

  @Test func aCowThatIsHitRunsAway() {
    var farthest = 0.0
    for seed: UInt64 in 1...10 {
      let meadow = Meadow(seed: seed)
      let cow = meadow.spawn(.cow, east: 2)
      let player = meadow.world.pointee.player
      meadow.world.pointee.hurtCreature(cow, 1, fromX: player.x, z: player.z, meadow.rules)
      #expect(meadow.creature(cow).health == 9)
      meadow.run(8)
      #expect(meadow.distance(cow) > 2.5, "the blow throws it back")
      var way = 0.0
      meadow.run(60) {
        let cow = meadow.creature(cow)
        way += (cow.vx * cow.vx + cow.vz * cow.vz).squareRoot()
        return false
      }
      #expect(way > 4, "it runs")
      farthest = max(farthest, meadow.distance(cow))
      meadow.run(200)
      #expect(meadow.creature(cow).task != .flee, "it calms down")
    }
    #expect(farthest > 6)
  }

  @Test func blowsCountTwiceASecond() {
    let meadow = Meadow()
    let pig = meadow.spawn(.pig, east: 2)
    meadow.world.pointee.hurtCreature(pig, 2, fromX: 0, z: 0, meadow.rules)
    meadow.world.pointee.hurtCreature(pig, 2, fromX: 0, z: 0, meadow.rules)
    #expect(meadow.creature(pig).health == 8)
    meadow.world.pointee.hurtCreature(pig, 5, fromX: 0, z: 0, meadow.rules)
    #expect(meadow.creature(pig).health == 5, "a worse blow counts by the difference")
    meadow.run(11)
    meadow.world.pointee.hurtCreature(pig, 2, fromX: 0, z: 0, meadow.rules)
    #expect(meadow.creature(pig).health == 3)
  }

  @Test func animalsClimbBlocksAndStopAtCliffs() {
    let meadow = Meadow()
    meadow.hold("wheat")
    // The cow follows the wheat: over a step of one block, but not down a shaft.
    meadow.fill(67...67, 63...63, 60...70, .stone)
    let cow = meadow.spawn(.cow, east: 7)
    meadow.run(200)
    #expect(meadow.distance(cow) < 3, "it came over the step")
    let other = Meadow()
    other.hold("wheat")
    other.fill(67...68, 50...62, 50...80, .air)
    let careful = other.spawn(.cow, east: 7)
    other.run(200)
    #expect(other.creature(careful).y == Double(Meadow.level) && other.distance(careful) > 4)
  }

  @Test func animalsFollowWhatTheyEat() {
    for (kind, food) in [
      (CreatureKind.cow, "wheat"), (.sheep, "wheat"), (.pig, "carrot"), (.chicken, "wheat_seeds"),
    ] {
      let meadow = Meadow()
      meadow.hold(food)
      let animal = meadow.spawn(kind, east: 8)
      meadow.run(150)
      #expect(meadow.distance(animal) < 3, "\(kind)")
    }
  }

  @Test func animalsSwim() {
    let meadow = Meadow()
    meadow.fill(60...80, 55...62, 60...80, .water)
    meadow.placePlayer(40.5, 63, 40.5)
    let pig = meadow.world.pointee.spawn(.pig, x: 70.5, y: 58, z: 70.5) ?? -1
    meadow.run(200)
    #expect(meadow.creature(pig).y > 61.5 && meadow.creature(pig).y < 63.5)
  }

  @Test func aCowGivesMilkAndBeef() {
    let meadow = Meadow()
    let cow = meadow.spawn(.cow, east: 2)
    meadow.hold("bucket", 2)
    #expect(meadow.world.pointee.canInteract(with: cow, meadow.rules))
    #expect(meadow.interact(cow))
    #expect(meadow.count("bucket") == 1 && meadow.count("milk_bucket") == 1)
    #expect(meadow.interact(cow))
    #expect(meadow.count("bucket") == 0 && meadow.count("milk_bucket") == 2)
    let pig = meadow.spawn(.pig, east: 3)
    meadow.hold("bucket")
    #expect(!meadow.interact(pig))
    #expect(meadow.count("bucket") == 1)
  }

  @Test func shearingGivesOneToThreeWoolOfTheSheepsColour() {
    let meadow = Meadow()
    var seen: Set<Int> = []
    for round in 0..<40 {
      meadow.clearItems()
      meadow.hold("shears")
      let sheep = meadow.spawn(.sheep, east: 2)
      let color = [0, 6, 7, 8, 12, 15][round % 6]
      meadow.world.pointee.creatures[sheep].color = UInt8(color)
      #expect(meadow.interact(sheep))
      #expect(!meadow.interact(sheep), "it is shorn")
      let wool = meadow.count("wool", color)
      #expect((1...3).contains(wool))
      seen.insert(wool)
      #expect(meadow.world.pointee.player.inventory[0].wear == 1)
      meadow.world.pointee.hurtCreature(sheep, 100, fromX: 0, z: 0, meadow.rules)
      #expect(meadow.count("wool", color) == wool, "a shorn sheep leaves no wool")
    }
    #expect(seen == [1, 2, 3])
  }

  @Test func sheepGrazeAndTheirWoolComesBack() {
    let meadow = Meadow()
    let sheep = meadow.spawn(.sheep, east: 4)
    meadow.world.pointee.creatures[sheep].isShorn = true
    meadow.run(12_000) { !meadow.creature(sheep).isShorn }
    #expect(!meadow.creature(sheep).isShorn)
    let place = meadow.creature(sheep)
    #expect(meadow[Int(place.x), Meadow.level - 1, Int(place.z)] == .dirt)
  }

  /// What creatures leave: how few, how many, how many on average.
  @Test func dropsAreThoseOfTheirKind() {
    let expected: [(CreatureKind, String, ClosedRange<Int>, Double)] = [
      (.cow, "beef", 1...3, 2), (.cow, "leather", 0...2, 1), (.sheep, "mutton", 1...2, 1.5),
      (.sheep, "wool", 1...1, 1),
      (.pig, "porkchop", 1...3, 2), (.chicken, "chicken", 1...1, 1), (.chicken, "feather", 0...2, 1),
      (.zombie, "rotten_flesh", 0...2, 1), (.skeleton, "bone", 0...2, 1), (.skeleton, "arrow", 0...2, 1),
      (.spider, "string", 0...2, 1), (.spider, "spider_eye", 0...1, 1.0 / 3),
      (.creeper, "gunpowder", 0...2, 1),
    ]
    let meadow = Meadow()
    for (kind, item, range, mean) in expected {
      var total = 0
      for _ in 0..<300 {
        meadow.clearItems()
        let index = meadow.spawn(kind, east: 3)
        meadow.world.pointee.hurtCreature(index, 100, fromX: 0, z: 0, meadow.rules)
        #expect(meadow.world.pointee.creatureCount == 0)
        let count = meadow.count(item)
        #expect(range.contains(count), "\(kind) \(item)")
        total += count
      }
      #expect(abs(Double(total) / 300 - mean) < 0.2, "\(kind) \(item)")
    }
  }

  @Test func whatDiesBurningIsCooked() {
    let meadow = Meadow()
    let cow = meadow.spawn(.cow, east: 3)
    meadow.world.pointee.creatures[cow].fireTicks = 100
    meadow.world.pointee.hurtCreature(cow, 100, fromX: 0, z: 0, meadow.rules)
    #expect(meadow.count("cooked_beef") > 0 && meadow.count("beef") == 0)
  }

  @Test func fedAnimalsHaveYoungOnesThatGrow() {
    let meadow = Meadow()
    for east in [2.0, 5] {
      meadow.hold("wheat")
      let cow = meadow.spawn(.cow, east: east)
      #expect(meadow.interact(cow))
      #expect(!meadow.interact(cow))
    }
    meadow.hold("dirt")
    meadow.run(400) { meadow.world.pointee.creatureCount == 3 }
    #expect(meadow.world.pointee.creatureCount == 3)
    let calf = meadow.creature(2)
    #expect(calf.isYoung && calf.kind == .cow && abs(calf.bounds.maxY - calf.bounds.minY - 0.7) < 1e-9)
    meadow.hold("bucket")
    #expect(!meadow.interact(2), "calves give no milk")
    meadow.world.pointee.creatures[2].growTicks = 20
    meadow.run(30)
    #expect(!meadow.creature(2).isYoung)
  }

  @Test func hensLayEggs() {
    let meadow = Meadow()
    let hen = meadow.spawn(.chicken, east: 4)
    meadow.world.pointee.creatures[hen].fuseTicks = 20
    meadow.run(40)
    #expect(meadow.count("egg") == 1)
  }

  @Test func fallingHurtsButNotChickens() {
    let meadow = Meadow()
    let cow = meadow.world.pointee.spawn(.cow, x: 70.5, y: 71, z: 70.5) ?? -1
    let hen = meadow.world.pointee.spawn(.chicken, x: 60.5, y: 71, z: 70.5) ?? -1
    meadow.run(100)
    #expect(meadow.creature(cow).health == 5, "eight blocks, three of them free")
    #expect(meadow.creature(hen).health == 4)
  }

  @Test func animalsOfNewChunksStandOnGrassInPacks() {
    var animals = 0, chunks = 0
    var kinds: [CreatureKind: Int] = [:], colors: [UInt8: Int] = [:]
    for seed: UInt64 in 1...40 {
      let meadow = Meadow(seed: seed)
      meadow.fill(0...15, 62...62, 0...127, .sand)
      for chunkX in 0..<8 {
        for chunkZ in 0..<8 {
          let before = meadow.world.pointee.creatureCount
          meadow.world.pointee.spawnInitialCreatures(chunkX, chunkZ, meadow.rules)
          let count = Int(meadow.world.pointee.creatureCount - before)
          if chunkX == 0 { #expect(count == 0, "nothing lives on sand") }
          if chunkX > 0 && meadow.world.pointee.creatureCount < 40 { chunks += 1 }
          animals += meadow.world.pointee.creatureCount < 40 ? count : 0
        }
      }
      for index in 0..<Int(meadow.world.pointee.creatureCount) {
        let animal = meadow.creature(index)
        kinds[animal.kind, default: 0] += 1
        if animal.kind == .sheep { colors[animal.color, default: 0] += 1 }
        #expect(animal.y == Double(Meadow.level))
      }
    }
    // One pack of four in nine chunks.
    #expect(abs(Double(animals) / Double(chunks) - 4.0 / 9) < 0.12)
    #expect(kinds.count == 4 && (kinds[.sheep] ?? 0) > (kinds[.cow] ?? 0))
    let sheep = colors.values.reduce(0, +)
    #expect(Double(colors[0] ?? 0) / Double(sheep) > 0.7 && colors.count >= 4)
  }

  @Test func naturalColoursOfSheepHaveTheirChances() {
    var counts: [UInt8: Int] = [:]
    for i in 0..<100_000 { counts[OverworldWorld.woolColor((Double(i) + 0.5) / 100_000), default: 0] += 1 }
    #expect(counts == [0: 81_836, 15: 5000, 7: 5000, 8: 5000, 12: 3000, 6: 164])
  }
}
