import Testing

@testable import KnackCrafter

/// Each world of Mars differs from Crafter in what its name says.
@Suite struct MarsTests {
  @Test func waterCountsTwiceAndThirstGoesOn() throws {
    var mars = try Scene("mars-default", "@\n~", having: [.drink: 3])
    var crafter = try Scene("crafter", "@\n~", having: [.drink: 3])
    mars.act(.noop, .do)
    crafter.act(.noop, .do)
    #expect(mars[.drink] == 5 && crafter[.drink] == 4)
    #expect(mars.world.player.thirst == 4 && crafter.world.player.thirst == 2)
    #expect(mars.count(.collectDrink) == 1)
  }

  @Test func saplingsAreCommonAndRipenFast() throws {
    var mars = try Scene("mars-default", "@\n.")
    var crafter = try Scene("crafter", "@\n.")
    for _ in 0..<100 {
      mars.act(.do)
      crafter.act(.do)
    }
    #expect((35...65).contains(mars.count(.collectSapling)))
    #expect((2...20).contains(crafter.count(.collectSapling)))
    var field = try Scene("mars-default", "@\nP", having: [.food: 2])
    field.wait(30)
    #expect(field.aheadStands == .sapling)
    field.wait(1)
    #expect(field.aheadStands == .ripePlant)
    field.act(.do)
    #expect(field.count(.eatPlant) == 1 && field.aheadStands == .sapling)
  }

  @Test func episodesOfMarsHaveAThousandSteps() throws {
    #expect(
      CrafterWorldFile.all.allSatisfy { $0.description.stepLimit == ($0.name == "crafter" ? 10_000 : 1000) })
  }

  @Test func skeletonsDoNotFleeOnMars() throws {
    // In Crafter one that is cornered by nobody runs away from a player who is three steps off.
    let map = "_ = player on path\np = path\n_ppSppppppppppp"
    var crafter = try Scene("crafter", map), mars = try Scene("mars-default", map)
    func place(_ scene: Scene) -> Int { Int(scene.world.objects.x[1]) - scene.world.playerX }
    crafter.wait(3)
    mars.wait(3)
    #expect(place(crafter) > 3)
    #expect(place(mars) <= 4)
  }

  @Test func terrainLiesElsewhere() throws {
    func share(_ name: String) -> [CrafterMaterial: Int] {
      let rules = CrafterRules(
        CrafterWorldFile.all.first { $0.name == name }!.description, id: name, observation: .symbolic)
      var world = CrafterWorld<PackageDraws>(rules)
      world.seed(1, rules)
      world.reset(rules)
      var counts: [CrafterMaterial: Int] = [:]
      for x in 0..<64 { for y in 0..<64 { counts[world.map.material(x, y), default: 0] += 1 } }
      counts[.nothing] = world.map.material(32, 32) == rules.description.terrain.start ? 1 : 0
      return counts
    }
    let crafter = share("crafter"), terrain = share("mars-terrain")
    #expect(terrain[.path]! > 1000 && crafter[.path]! < 600)  // meadows are paths
    #expect(terrain[.grass]! > 0 && terrain[.grass]! < crafter[.grass]! / 4)  // only near coal
    #expect(share("mars-default")[.diamond]! > 5 * crafter[.diamond]!)
    for name in CrafterWorldFile.all.map(\.name) { #expect(share(name)[.nothing] == 1) }
    #expect(share("mars-terrain-npc")[.path]! > 1000)
    #expect(share("mars-terrain-achievements")[.stone]! > 1500)
    #expect(share("mars-terrain-npc-achievements")[.sand]! > crafter[.diamond]!)
  }

  @Test func minedOresLeaveTheirGroundInTerrain() throws {
    var scene = try Scene("mars-terrain", "@\ni", having: [.stonePickaxe: 1])
    scene.act(.do)
    #expect(scene[.iron] == 1 && scene.ahead == .sand)
  }

  @Test func cowsShootAndZombiesAreFoodInNPC() throws {
    let row = "f = player on sand\n^^^^^^^^\n^fppppC^\n^^^^^^^^\np = sand\nC = cow on sand"
    var shot = try Scene("mars-npc", row), safe = try Scene("mars-default", row)
    shot.wait(40)
    safe.wait(40)
    #expect(shot[.health] < 9 && safe[.health] == 9)

    var zombie = try Scene("mars-npc", "^^^\n^@^\n^Z^\n^^^", having: [.food: 1, .health: 5, .drink: 5])
    zombie.wait(20)
    #expect(zombie[.health] == 5)
    zombie.act(.do, .do, .do, .do, .do)
    #expect(zombie.count(.defeatZombie) == 1)
    #expect(zombie[.food] == 7 && zombie[.health] == 7)
    var bones = try Scene("mars-npc", "^^^\n^@^\n^S^\n^^^", having: [.ironSword: 1])
    bones.act(.do)
    #expect(bones.count(.defeatSkeleton) == 1)
    #expect(bones[.food] == 3 && bones[.drink] == 8 && bones[.health] == 7)
  }

  @Test func waterHurtsAndLavaFeedsInNPC() throws {
    var water = try Scene("mars-npc", "@\n~", having: [.drink: 4])
    water.act(.do)
    #expect(water[.health] == 8 && water[.drink] == 6)
    var lava = try Scene("mars-npc", "@\n!", having: [.food: 4])
    lava.act(.do)
    #expect(lava[.health] == 8 && lava[.drink] == 8 && lava[.food] == 5 && lava.ahead == .lava)
    #expect(lava.count(.collectDrink) == 0)
  }

  @Test func ripePlantsWalkAwayInNPC() throws {
    let map = "^^^^^^\n^@p..^\n^....^\n^^^^^^\np = ripe-plant on grass"
    func moved(_ name: String) throws -> Bool {
      var scene = try Scene(name, map)
      let x = scene.world.objects.x[1], y = scene.world.objects.y[1]
      scene.wait(20)
      return (scene.world.objects.x[1], scene.world.objects.y[1]) != (x, y)
    }
    #expect(try moved("mars-npc"))
    #expect(try !moved("mars-default"))
  }

  @Test func recipesAreOthersInAchievements() throws {
    var scene = try Scene("mars-achievements", "^^^\n^@^\n^^^\n^^^")
    scene.act(.do)
    #expect(scene[.diamond] == 1 && scene[.stone] == 0 && scene.ahead == .grass)
    scene.act(.do)
    #expect(scene[.wood] == 1 && scene.count(.collectWood) == 1)
    scene.act(.moveLeft, .do, .placeTable)
    #expect(scene.ahead == .table && scene[.diamond] == 0)
    scene.act(.makeWoodPickaxe)
    #expect(scene[.woodPickaxe] == 1)
    var stone = try Scene("mars-achievements", "@t", having: [.wood: 1, .stone: 1])
    stone.act(.makeStonePickaxe)
    #expect(stone[.stonePickaxe] == 0, "it takes a furnace beside the table")
    var tree = try Scene("mars-achievements", "@\nT", having: [.ironPickaxe: 1])
    tree.act(.do)
    #expect(tree[.stone] == 1 && tree[.wood] == 0)
    var planting = try Scene("mars-achievements", "@\n~", having: [.sapling: 1])
    planting.act(.placePlant)
    #expect(planting.aheadStands == .sapling && planting.ahead == .water)
  }

  @Test func zombiesComeOutOfTheWaterInAchievements() throws {
    var scene = try Scene("mars-achievements", "^^^\n^@^\n^~^\n^^^")
    var drinks = 0
    while scene.aheadStands == .nothing && drinks < 200 {
      scene.act(.do)
      drinks += 1
    }
    #expect(scene.aheadStands == .zombie && scene.ahead == .water && drinks > 1)
    #expect(scene.count(.collectDrink) == drinks)
  }

  @Test func groundIsUnusualInTerrainNPC() throws {
    let map = "p = player on path\n^p.\nxcx"
    var scene = try Scene("mars-terrain-npc", map, having: [.health: 5])
    scene.act(.moveRight)
    #expect(scene.under == .path, "nobody walks on grass")
    scene.act(.moveLeft)
    #expect(scene.under == .stone)
    scene.act(.moveRight, .moveDown)
    #expect(scene[.health] == 0 && scene.last.terminated, "coal kills")
    var sand = try Scene("mars-terrain-npc", "p = player on path\np,", having: [.health: 5])
    sand.act(.moveRight)
    #expect(sand[.health] == 6)
    var arrows = try Scene(
      "mars-terrain-npc", "p = player on path\nxxxxx\np!!Sx\nxxxxx", having: [.health: 3])
    arrows.wait(30)
    #expect(arrows[.health] > 3, "arrows heal")
  }

  @Test func treesGiveCoalInTerrainAchievements() throws {
    var tree = try Scene("mars-terrain-achievements", "@\nT")
    tree.act(.do)
    #expect(tree[.coal] == 1 && tree[.wood] == 0 && tree.ahead == .path)
    var stone = try Scene("mars-terrain-achievements", "@\n^")
    stone.act(.do)
    #expect(stone[.stone] + stone[.wood] == 1 && stone.ahead == .diamond, "one of the two, never both")
    var lava = try Scene("mars-terrain-achievements", "@\n!", having: [.drink: 5])
    lava.act(.do)
    #expect(lava[.drink] == 5 && lava.ahead == .lava)
    lava = try Scene("mars-terrain-achievements", "@\n!", having: [.drink: 5, .sapling: 1])
    lava.act(.do)
    #expect(lava[.drink] == 6 && lava.ahead == .stone && lava[.sapling] == 1)
    var water = try Scene("mars-terrain-achievements", "@~~~")
    water.act(.moveRight, .moveRight)
    #expect(water.under == .water && water[.health] == 7)
    var sand = try Scene("mars-terrain-achievements", "@\n,", having: [.ironPickaxe: 1])
    sand.act(.do)
    #expect(sand[.coal] == 1 && sand.ahead == .lava && sand.aheadStands == .nothing)
  }

  @Test func oneOfTwoThingsIsReceived() throws {
    var diamonds = 0
    for seed in 0..<100 as Range<UInt64> {
      var scene = try Scene("mars-npc-achievements", "@\nT", seed: seed)
      scene.act(.do)
      #expect(scene[.wood] + scene[.diamond] == 1 && scene.ahead == .coal)
      diamonds += scene[.diamond]
    }
    #expect((30...70).contains(diamonds))
  }

  @Test func cowsHuntAndWaterBurnsAwayInNPCAchievements() throws {
    let row = "p = player on sand\nq = cow on sand\n^^^^^^\n^p,,q^\n^^^^^^"
    var hunted = try Scene("mars-npc-achievements", row), left = try Scene("mars-default", row)
    hunted.wait(40)
    left.wait(40)
    #expect(hunted[.health] <= 5 && left[.health] == 9)
    var water = try Scene(
      "mars-npc-achievements", "@\n~", having: [.sapling: 1, .health: 5, .drink: 5, .food: 5])
    water.act(.do)
    #expect(water.ahead == .lava && water[.health] == 6 && water[.food] == 6 && water[.drink] == 5)
    var dry = try Scene("mars-npc-achievements", "@\n~")
    dry.act(.do)
    #expect(dry.ahead == .water && dry.count(.collectDrink) == 0, "it takes a sapling")
  }

  @Test func everythingIsOtherInAllThree() throws {
    let name = "mars-terrain-npc-achievements"
    var water = try Scene(name, "@~")
    water.act(.moveRight)
    #expect(water.last.terminated, "water kills")
    var healed = try Scene(name, "Z@", having: [.health: 3])
    healed.act(.noop)
    #expect(healed[.health] == 5, "zombies heal")
    var cows = try Scene(name, "^^^^^^\n^@..C^\n^....^\n^^^^^^")
    let x = cows.world.objects.x[1]
    cows.wait(30)
    #expect(cows[.health] < 9, "cows shoot")
    #expect(abs(Int(cows.world.objects.x[1]) - Int(x)) <= 3)
    var plant = try Scene(name, "@\nR", having: [.food: 6, .health: 7, .drink: 6])
    plant.act(.do)
    #expect(plant.count(.eatPlant) == 1)
    #expect(plant[.food] == 2 && plant[.drink] == 8 && plant[.health] == 8)
    var iron = try Scene(name, "@\ni")
    iron.act(.do)
    #expect(iron[.iron] == 1 && iron.ahead == .tree)
    var tools = try Scene(name, "^^^\n^@t\n^^^", having: [.wood: 1, .iron: 4])
    tools.act(.makeWoodPickaxe)
    #expect(tools[.woodPickaxe] == 0)
  }
}
