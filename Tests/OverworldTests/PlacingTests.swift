import Testing

@testable import KnackOverworld

@Suite struct PlacingTests {
  /// A world whose player looks down in front of its feet: at the top of the block at (64, 63, 66).
  private func looking(at floor: Block = .stone) -> FlatWorld {
    let test = FlatWorld(floor: floor)
    test.player.pitch = 3
    return test
  }

  /// Places out of the first slot with an item.
  private func place(_ name: String, _ test: FlatWorld) {
    test.give(name)
    let slot = test.player.slot(of: test.item(name))!
    test.world.perform(OverworldAction(Controls(), .place(slot: slot)), test.rules)
  }

  @Test func blocksComeToTheSideThatIsLookedAt() {
    let test = looking()
    place("crafting_table", test)
    #expect(test.block(64, 64, 66) == .craftingTable && test.count("crafting_table") == 0)
    // Against its side now.
    test.player.pitch = 2
    place("cobblestone", test)
    #expect(test.block(64, 64, 65) == .cobblestone)
    // Nothing comes into the player.
    test.player.pitch = 6
    place("dirt", test)
    #expect(test.block(64, 64, 64) == .air && test.count("dirt") == 1)
    place("torch", test)
    #expect(test.block(64, 64, 64) == .torch)
    // Tall grass gives way.
    let meadow = looking(at: .grass)
    meadow.set(64, 64, 66, .tallGrass)
    place("cobblestone", meadow)
    #expect(meadow.block(64, 64, 66) == .cobblestone)
  }

  @Test func plantsNeedTheirGround() {
    for (item, floor, block) in [
      ("sapling", Block.dirt, Block.oakSapling), ("sapling", .stone, .air),
      ("wheat_seeds", .farmland, .wheat0),
      ("wheat_seeds", .dirt, .air), ("cactus", .sand, .cactus), ("cactus", .dirt, .air),
      ("reeds", .sand, .air),
      ("red_flower", .grass, .redFlower), ("deadbush", .sand, .deadBush), ("rail", .stone, .rail),
    ] {
      let test = looking(at: floor)
      // A block of farmland is lower, but as a target it is a cube.
      place(item, test)
      #expect(test.block(64, 64, 66) == block, "\(item) on \(floor)")
    }
    let shore = looking(at: .sand)
    shore.set(65, 63, 66, .water)
    place("reeds", shore)
    #expect(shore.block(64, 64, 66) == .reeds)
  }

  @Test func doorsTakeTwoBlocksBedsTwoToo() {
    let test = looking()
    place("wooden_door", test)
    #expect(test.block(64, 64, 66) == .oakDoorLower && test.block(64, 65, 66) == .oakDoorUpper)
    // A closed door stops, an open one does not; using turns both halves.
    test.player.pitch = 0
    test.tick(20, Controls(forward: 1))
    #expect(test.player.z < 65.71)
    test.tick(1, Controls(use: true))
    #expect(test.block(64, 64, 66) == .oakDoorLowerOpen && test.block(64, 65, 66) == .oakDoorUpperOpen)
    test.tick(40, Controls(forward: 1))
    #expect(test.player.z > 67)
    let bedroom = looking()
    place("bed", bedroom)
    #expect(bedroom.block(64, 64, 66) == .bedFoot && bedroom.block(64, 64, 67) == .bedHead)
    bedroom.world.breakBlock(64, 64, 67, bedroom.rules)
    #expect(bedroom.block(64, 64, 66) == .air && bedroom.world.dropCount == 1)
    let closet = looking()
    closet.set(64, 65, 66, .stone)
    closet.player.pitch = 3
    place("wooden_door", closet)
    #expect(closet.count("wooden_door") == 1)
  }

  @Test func theUseKeyPlacesWhatIsHeldEveryFourthTick() {
    let test = looking()
    test.give("cobblestone", 10)
    test.tick(1, Controls(use: true))
    #expect(test.block(64, 64, 66) == .cobblestone && test.count("cobblestone") == 9)
    test.tick(3, Controls(use: true))
    #expect(test.count("cobblestone") == 9)
    test.tick(1, Controls(use: true))
    #expect(test.count("cobblestone") == 8)
  }

  @Test func bucketsTakeAndGiveWaterAndLava() {
    for (liquid, full) in [(Block.water, "water_bucket"), (.lava, "lava_bucket")] {
      let test = looking()
      test.world.blocks.set(64, 63, 66, liquid)
      test.give("bucket", 2)
      test.tick(1, Controls(use: true))
      #expect(test.block(64, 63, 66) == .air && test.count("bucket") == 1 && test.count(full) == 1)
      let slot = test.player.slot(of: test.item(full))!
      test.world.perform(OverworldAction(Controls(), .equip(slot: slot)), test.rules)
      test.player.useTicks = 0
      test.player.pitch = 2
      test.tick(1, Controls(use: true))
      #expect(test.count("bucket") == 2 && test.count(full) == 0)
      #expect(test.block(64, 64, 67) == liquid || test.block(64, 64, 68) == liquid)
    }
  }

  @Test func hoesMakeFarmlandAndSeedsGrowThere() {
    let test = looking(at: .grass)
    test.give("wooden_hoe")
    test.give("wheat_seeds", 3)
    test.tick(1, Controls(use: true))
    #expect(test.block(64, 63, 66) == .farmland && test.player.held.wear == 1)
    test.world.perform(OverworldAction(Controls(), .place(slot: 1)), test.rules)
    #expect(test.block(64, 64, 66) == .wheat0 && test.count("wheat_seeds") == 2)
  }

  @Test func mealsTakeThirtyTwoTicksOfHolding() {
    let test = FlatWorld()
    test.give("bread", 2)
    test.tick(40, Controls(use: true))
    #expect(test.count("bread") == 2)
    test.player.food = 10
    test.player.saturation = 0
    test.tick(31, Controls(use: true))
    #expect(test.player.food == 10)
    test.tick(1)
    test.tick(31, Controls(use: true))
    #expect(test.player.food == 10)
    test.tick(1, Controls(use: true))
    #expect(test.player.food == 15 && test.player.saturation == 6 && test.count("bread") == 1)
    test.player.food = 10
    test.player.inventory[0] = ItemStack(test.item("mushroom_stew"), 1)
    test.tick(32, Controls(use: true))
    #expect(test.player.food == 16 && test.player.held.item == test.item("bowl"))
  }
}
