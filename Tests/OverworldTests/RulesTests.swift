import Testing

@testable import KnackOverworld

@Suite struct RulesTests {
  private let rules = MinecraftRules.standard

  private func item(_ name: String, _ metadata: Int = 0) throws -> Item {
    try #require(rules.items.item(name, metadata), "\(name):\(metadata)")
  }

  @Test func itemsHaveTheirNumbers() throws {
    let pickaxe = try item("stone_pickaxe")
    #expect(rules.items.stackSize[pickaxe.index] == 1 && rules.items.durability[pickaxe.index] == 131)
    #expect(rules.items.toolClass[pickaxe.index] == .pickaxe && rules.items.toolTier[pickaxe.index] == .stone)
    #expect(rules.items.stackSize[try item("egg").index] == 16)
    #expect(rules.items.foodPoints[try item("cooked_beef").index] == 8)
    #expect(rules.items.saturation[try item("carrot").index] == 3.6)
    #expect(rules.items.attackDamage[try item("diamond_sword").index] == 7)
    #expect(rules.items.attackDamage[try item("stick").index] == 1)
    #expect(rules.items.items(named: "planks").count == 6 && rules.items.item("plank") == nil)
    #expect(rules.items.label(try item("coal", 1)) == "coal:1")
    #expect(Set(rules.items.all.map(rules.items.label)).count == rules.items.count - 1)
  }

  @Test func placingAndPickingUpAreInverse() {
    for block in Block.allCases {
      let item = rules.blocks.item[Int(block.rawValue)]
      if item != .none { #expect(rules.items.places[item.index] == block, "\(block)") }
    }
    #expect(rules.items.places[Item.none.index] == .air)
  }

  // MARK: Crafting

  /// Whether a product can be crafted from these items, by name or `name:metadata`.
  private func canCraft(_ product: String, _ metadata: Int, from stock: [String: UInt16], table: Bool) -> Bool
  {
    var counts = [UInt16](repeating: 0, count: rules.items.count)
    for item in rules.items.all { counts[item.index] = stock[rules.items.label(item)] ?? 0 }
    let recipes = rules.recipes
    return (0..<recipes.count).contains {
      recipes.result[$0] == rules.items.item(product, metadata) && (table || !recipes.needsTable[$0])
        && recipes.isCraftable($0, counts: counts)
    }
  }

  @Test func all355RecipesOfThePackageAreThere() {
    #expect(rules.recipes.publishedCount == 355)
    #expect(rules.recipes.products.count == Set(rules.recipes.products).count)
  }

  @Test func planksAreOfTheWoodOfTheirLog() {
    for (log, kind) in [("log", 0), ("log:1", 1), ("log:2", 2), ("log2:1", 5)] {
      for planks in 0..<6 {
        #expect(
          canCraft("planks", planks, from: [log: 1], table: false) == (planks == kind), "\(log) \(planks)")
      }
    }
  }

  @Test func anyWoodMakesTools() {
    #expect(canCraft("stick", 0, from: ["planks:2": 1, "planks": 1], table: false))
    #expect(!canCraft("wooden_pickaxe", 0, from: ["planks:2": 3, "stick": 2], table: false))
    #expect(canCraft("wooden_pickaxe", 0, from: ["planks:2": 2, "planks:1": 1, "stick": 2], table: true))
    #expect(!canCraft("wooden_pickaxe", 0, from: ["planks:2": 2, "stick": 2], table: true))
    #expect(!canCraft("dark_oak_door", 0, from: ["planks": 6], table: true))
    #expect(canCraft("wooden_door", 0, from: ["planks": 6], table: true))
    #expect(canCraft("torch", 0, from: ["coal:1": 1, "stick": 1], table: false))
    #expect(canCraft("bed", 0, from: ["planks:1": 3, "wool:15": 2, "wool": 1], table: true))
    #expect(canCraft("carpet", 0, from: ["wool": 2], table: false))
    #expect(!canCraft("carpet", 0, from: ["wool:15": 2], table: false))
  }

  @Test func aCakeLeavesItsBuckets() throws {
    let cake = try item("cake")
    let recipe = try #require((0..<rules.recipes.count).first { rules.recipes.result[$0] == cake })
    #expect(
      rules.recipes.returned[recipe] == (try item("bucket")) && rules.recipes.returnedCount[recipe] == 3)
  }

  // MARK: Breaking

  private func seconds(_ block: Block, _ tool: String, slowness: Int = 1) throws -> Double? {
    let column = tool == "hand" ? 0 : rules.items.breakingColumn[try item(tool).index]
    return rules.breaking.ticks(block, column, slowness: slowness).map { Double($0) / 20 }
  }

  /// Times as the formula gives them, in twentieths of a second.
  @Test func breakingTakesAsLongAsInMinecraft() throws {
    #expect(try seconds(.stone, "hand") == 7.5 && seconds(.stone, "wooden_pickaxe") == 1.15)
    #expect(try seconds(.stone, "golden_pickaxe") == 0.2 && seconds(.stone, "diamond_axe") == 7.5)
    #expect(try seconds(.oakLog, "hand") == 3 && seconds(.oakLog, "stone_axe") == 0.75)
    #expect(try seconds(.coalOre, "wooden_pickaxe") == 2.25)
    #expect(try seconds(.ironOre, "wooden_pickaxe") == 7.5 && seconds(.ironOre, "stone_pickaxe") == 1.15)
    #expect(try seconds(.obsidian, "hand") == 250 && seconds(.obsidian, "diamond_pickaxe") == 9.4)
    #expect(try seconds(.dirt, "hand") == 0.75 && seconds(.tallGrass, "hand") == 0)
    #expect(try seconds(.oakLeaves, "shears") == 0 && seconds(.whiteWool, "shears") == 0.25)
    #expect(try seconds(.bedrock, "diamond_pickaxe") == nil && seconds(.water, "hand") == nil)
    #expect(try seconds(.dirt, "hand", slowness: 5) == 3.75 && seconds(.dirt, "hand", slowness: 25) == 18.75)
  }

  @Test func progressAndTicksAgree() {
    for block in Block.allCases {
      for column in 0..<UInt8(BreakingTable.columns) {
        let progress = rules.breaking.progress(block, column)
        switch rules.breaking.ticks(block, column) {
        case nil: #expect(progress == 0, "\(block)")
        case 0?: #expect(progress == 1, "\(block)")
        case let ticks?: #expect(abs(Float(ticks) * progress - 1) <= progress * 1.001, "\(block)")
        }
      }
    }
  }

  @Test func onlyTheRightToolHarvests() throws {
    func harvests(_ block: Block, _ tool: String) throws -> Bool {
      rules.breaking.harvests(block, rules.items.breakingColumn[try item(tool).index])
    }
    #expect(!rules.breaking.harvests(.stone, 0) && rules.breaking.harvests(.oakLog, 0))
    #expect(try harvests(.ironOre, "stone_pickaxe") && !harvests(.ironOre, "golden_pickaxe"))
    #expect(try harvests(.diamondOre, "iron_pickaxe") && !harvests(.diamondOre, "stone_pickaxe"))
    #expect(try !harvests(.obsidian, "iron_pickaxe") && harvests(.obsidian, "diamond_pickaxe"))
  }

  // MARK: Drops and furnaces

  /// The drops of a range, in words.
  private func words(_ range: Range<Int>) -> [String] {
    range.map { index in
      let drop = rules.drops.drops[index]
      var words = rules.items.label(drop.item)
      if drop.least != 1 || drop.most != 1 { words += " \(drop.least)-\(drop.most)" }
      if drop.tries != 1 { words += " \(drop.tries)x" }
      if drop.chance != 1 { words += " \(drop.chance)" }
      if drop.otherwise != .none { words += " else \(rules.items.label(drop.otherwise))" }
      return words
    }
  }

  @Test func blocksDropWhatTheyDrop() {
    for (block, expected) in [
      (Block.stone, ["cobblestone"]), (.grass, ["dirt"]), (.spruceLog, ["log:1"]), (.coalOre, ["coal"]),
      (.lapisOre, ["dye:4 4-8"]), (.redstoneOre, ["redstone 4-5"]), (.diamondOre, ["diamond"]),
      (.gravel, ["flint 0.1 else gravel"]), (.oakLeaves, ["sapling 0.05", "apple 0.005"]), (.glass, []),
      (.tallGrass, ["wheat_seeds 0.125"]), (.clay, ["clay_ball 4-4"]), (.litFurnace, ["furnace"]),
      (.birchSlab, ["wooden_slab:2"]), (.blackWool, ["wool:15"]), (.reeds, ["reeds"]), (.bedrock, []),
      (.wheat7, ["wheat", "wheat_seeds 3x 0.5714286"]), (.wallSign, ["sign"]), (.bedFoot, ["bed"]),
      (.oakDoorLowerOpen, ["wooden_door"]), (.oakDoorUpper, []), (.torch, ["torch"]), (.air, []),
    ] {
      #expect(words(rules.drops.drops(of: block)) == expected, "\(block)")
    }
    #expect(words(rules.drops.drops(of: .oakLeaves, sheared: true)) == ["leaves"])
    #expect(words(rules.drops.drops(of: .stone, sheared: true)) == ["cobblestone"])
  }

  @Test func creaturesDropWhatTheyDrop() throws {
    #expect(words(rules.drops.drops(of: .cow)) == ["leather 0-2", "beef 1-3"])
    #expect(words(rules.drops.sheared(.sheep)) == ["wool 1-3"])
    let mutton = rules.drops.drops[rules.drops.drops(of: .sheep).upperBound - 1]
    #expect(try mutton.burnt == item("cooked_mutton"))
    #expect(words(rules.drops.rareDrops(of: .zombie)) == ["iron_ingot", "carrot", "potato"])
    #expect(rules.drops.rareChance(.zombie) == 0.025 && rules.drops.rareChance(.cow) == 0)
    #expect(words(rules.drops.rareDrops(of: .spider)) == ["spider_eye"])
  }

  @Test func furnacesSmeltAndBurn() throws {
    let smelting = rules.smelting
    #expect(try smelting.ticks == 200 && smelting.result[item("log", 2).index] == item("coal", 1))
    #expect(try smelting.result[item("iron_ore").index] == item("iron_ingot"))
    #expect(try smelting.result[item("iron_ingot").index] == .none)
    #expect(smelting.burnTicks[try item("coal", 1).index] == 1600)
    #expect(smelting.burnTicks[try item("planks", 3).index] == 300)
    #expect(smelting.burnTicks[try item("cobblestone").index] == 0)
    #expect(try smelting.result[item("golden_horse_armor").index] == item("gold_nugget"))
  }

  @Test func lightIsThatOfTheGame() {
    let blocks = rules.blocks
    #expect(blocks.emits[Int(Block.torch.rawValue)] == 14 && blocks.emits[Int(Block.furnace.rawValue)] == 0)
    #expect(
      blocks.emits[Int(Block.litFurnace.rawValue)] == 13 && blocks.filters[Int(Block.glass.rawValue)] == 0)
    #expect(
      blocks.filters[Int(Block.stone.rawValue)] == 15 && blocks.filters[Int(Block.oakLeaves.rawValue)] == 1)
    #expect(
      blocks.filters[Int(Block.furnace.rawValue)] == 15 && blocks.filters[Int(Block.chest.rawValue)] == 0)
  }
}
