import Testing

@testable import KnackOverworld

@Suite struct CraftingTests {
  private func craft(_ name: String, _ test: FlatWorld) {
    let product = test.rules.actions.crafts.firstIndex { $0.name == name }!
    test.world.perform(OverworldAction(Controls(), .craft(product: product)), test.rules)
  }

  private func smelt(_ name: String, _ test: FlatWorld) {
    let product = test.rules.actions.smelts.firstIndex { $0.name == name }!
    test.world.perform(OverworldAction(Controls(), .smelt(product: product)), test.rules)
  }

  @Test func fromALogToAPickaxe() {
    let test = FlatWorld()
    test.give("log", 3, metadata: 2)
    for _ in 0..<3 { craft("planks", test) }
    #expect(test.player.count(of: test.item("planks", 2)) == 12 && test.count("log") == 0)
    craft("stick", test)
    #expect(test.count("stick") == 4 && test.count("planks") == 10)
    craft("crafting_table", test)
    craft("wooden_pickaxe", test)
    #expect(test.count("wooden_pickaxe") == 0 && test.count("planks") == 6)
    // At the far edge of the cube around its feet; one more is too far.
    for (distance, made) in [(5, 0), (4, 1)] {
      test.set(64 + distance, 64, 64, .craftingTable)
      craft("wooden_pickaxe", test)
      #expect(test.count("wooden_pickaxe") == made)
    }
    #expect(test.count("planks") == 3 && test.count("stick") == 2)
  }

  @Test func mixedWoodsServeWhereAnyPlanksDo() {
    let test = FlatWorld()
    test.give("planks", 3)
    test.give("planks", 1, metadata: 1)
    craft("crafting_table", test)
    #expect(test.count("crafting_table") == 1 && test.count("planks") == 0)
  }

  @Test func whatFindsNoRoomLiesAtThePlayersFeet() {
    let test = FlatWorld()
    for slot in 0..<36 { test.player.inventory[slot] = ItemStack(test.item("dirt"), 64) }
    test.player.inventory[3] = ItemStack(test.item("log"), 2)
    craft("planks", test)
    #expect(test.count("log") == 1 && test.count("planks") == 0 && test.world.dropCount == 1)
    #expect(test.world.drops[0].stack == ItemStack(test.item("planks"), 4))
    craft("planks", test)
    #expect(test.count("planks") == 4)
  }

  @Test func bucketsStayWhenACakeIsMade() {
    let test = FlatWorld()
    test.set(66, 64, 64, .craftingTable)
    for _ in 0..<3 { test.give("milk_bucket") }
    test.give("sugar", 2)
    test.give("egg")
    test.give("wheat", 3)
    craft("cake", test)
    #expect(test.count("cake") == 1 && test.count("bucket") == 3 && test.count("milk_bucket") == 0)
  }

  @Test func smeltingBurnsTheFirstFuelAndKeepsWhatIsLeft() {
    let test = FlatWorld()
    test.give("iron_ore", 9)
    test.give("planks", 2)
    smelt("iron_ingot", test)
    #expect(test.count("iron_ingot") == 0)
    test.set(66, 64, 66, .furnace)
    smelt("iron_ingot", test)
    #expect(test.count("iron_ingot") == 1 && test.count("planks") == 1 && test.player.burnTicks == 100)
    smelt("iron_ingot", test)
    #expect(test.count("iron_ingot") == 2 && test.count("planks") == 0 && test.player.burnTicks == 200)
    smelt("iron_ingot", test)
    smelt("iron_ingot", test)
    #expect(test.count("iron_ingot") == 3 && test.player.burnTicks == 0)
    // Coal before wood: one serves eight times.
    test.give("log", 1)
    test.give("coal", 1)
    for _ in 0..<6 { smelt("iron_ingot", test) }
    #expect(test.count("iron_ingot") == 9 && test.count("coal") == 0 && test.count("log") == 1)
    #expect(test.player.burnTicks == 400)
  }

  @Test func charcoalTakesALogBesideTheOneThatIsBurnt() {
    let test = FlatWorld()
    test.set(66, 64, 66, .furnace)
    test.give("log", 1)
    smelt("coal", test)
    #expect(test.count("log") == 1 && test.count("coal") == 0)
    test.give("log", 1)
    smelt("coal", test)
    #expect(test.count("log") == 0 && test.player.count(of: test.item("coal", 1)) == 1)
  }

  @Test func everyProductOfPlan4MCsTasksIsListed() {
    let names = Set(OverworldActions.standard.names)
    for name in [
      "craft_planks", "craft_stick", "craft_bowl", "craft_chest", "craft_trapdoor", "craft_sign",
      "craft_wooden_pickaxe",
      "craft_wooden_axe", "craft_wooden_sword", "craft_wooden_shovel", "craft_crafting_table",
      "craft_furnace",
      "craft_stone_stairs", "craft_stone_slab", "craft_cobblestone_wall", "craft_lever",
      "craft_stone_pickaxe",
      "craft_stone_axe", "craft_stone_sword", "craft_stone_shovel", "smelt_coal", "craft_torch",
      "craft_shears",
      "craft_bucket", "craft_bed", "craft_painting", "craft_carpet", "craft_item_frame", "smelt_cooked_beef",
      "smelt_cooked_mutton", "smelt_iron_ingot", "craft_iron_pickaxe", "craft_iron_sword",
      "craft_tripwire_hook",
      "craft_heavy_weighted_pressure_plate", "craft_minecart", "craft_hopper", "place_crafting_table",
      "place_furnace",
      "equip_wooden_pickaxe", "equip_stone_pickaxe", "equip_iron_pickaxe", "equip_diamond_sword",
      "equip_shears",
      "equip_bucket",
    ] { #expect(names.contains(name), "\(name)") }
    #expect(names.count == OverworldActions.standard.flat.count)
  }

  @Test func mistakesInTheListsAreNamedWithTheirPlace() {
    for (yaml, sentence) in [
      ("craft: [plank]", "actions.yaml:1:9: there is no item 'plank'; did you mean 'planks'?"),
      ("craft: [dirt, bedrock]", "actions.yaml:1:15: 'bedrock' cannot be crafted."),
      ("place:\n  [stick]", "actions.yaml:2:4: 'stick' cannot be placed."),
      ("drop: [dirt, dirt]", "actions.yaml:1:14: 'dirt' is given twice."),
    ] {
      #expect {
        try OverworldActions(yaml: yaml, MinecraftRules.standard)
      } throws: { "\($0)" == sentence }
    }
  }
}
