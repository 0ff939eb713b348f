import Testing

@testable import KnackOverworld

/// Breaking against the times of Minecraft's formula.
@Suite struct BreakingTests {
  /// A world with a wall of a block before the player's eyes.
  private func wall(_ block: Block) -> FlatWorld {
    let test = FlatWorld()
    for y in 64..<67 { for x in 63..<66 { for z in 66..<69 { test.world.blocks.set(x, y, z, block) } } }
    return test
  }

  /// Ticks of holding the attack key until the block before the player is gone.
  private func ticks(_ block: Block, with tool: String? = nil, most: Int = 6000) -> Int {
    let test = wall(block)
    if let tool { test.give(tool) }
    for tick in 1...most {
      test.tick(1, Controls(attack: true))
      if test.block(64, 65, 66) == .air { return tick }
    }
    return most
  }

  @Test func blocksTakeAsLongAsInMinecraft() {
    #expect(ticks(.oakLog) == 60)
    #expect(ticks(.stone, with: "wooden_pickaxe") == 23)
    #expect(ticks(.stone) == 150)
    #expect(ticks(.dirt) == 15)
    #expect(ticks(.dirt, with: "wooden_shovel") == 8)
    #expect(ticks(.ironOre, with: "stone_pickaxe") == 23)
    #expect(ticks(.diamondOre, with: "iron_pickaxe") == 15)
    #expect(ticks(.obsidian, with: "diamond_pickaxe") == 188)
    #expect(ticks(.torch) == 1)
    #expect(ticks(.bedrock, most: 500) == 500)
  }

  @Test func onlyTheRightToolHarvests() {
    for (block, tool, item, count) in [
      (Block.stone, "wooden_pickaxe", "cobblestone", 1), (.stone, "wooden_axe", "cobblestone", 0),
      (.ironOre, "wooden_pickaxe", "iron_ore", 0), (.ironOre, "stone_pickaxe", "iron_ore", 1),
      (.diamondOre, "iron_pickaxe", "diamond", 1), (.oakLog, "stick", "log", 1), (.grass, "stick", "dirt", 1),
      (.oakLeaves, "shears", "leaves", 1), (.clay, "stick", "clay_ball", 4),
    ] {
      let test = wall(block)
      test.give(tool)
      while test.block(64, 65, 66) != .air { test.tick(1, Controls(attack: true)) }
      let dropped = (0..<Int(test.world.dropCount)).reduce(0) { sum, index in
        let stack = test.world.drops[index].stack
        return sum + (test.rules.minecraft.items.names[stack.item.index] == item ? Int(stack.count) : 0)
      }
      #expect(dropped == count, "\(block) \(tool)")
    }
  }

  @Test func progressIsLostWithTheKeyTheTargetAndTheTool() {
    let test = wall(.oakLog)
    test.give("wooden_sword")
    test.give("stick")
    let hold = Controls(attack: true)
    test.tick(30, hold)
    let before = test.player.breakingProgress
    #expect(before > 0.4)
    test.world.perform(OverworldAction(hold, .equip(slot: 1)), test.rules)
    test.tick(1, hold)
    #expect(test.player.breakingProgress < 0.05)
    test.tick(20, hold)
    test.world.turnPlayer(2, 0)
    test.tick(1, hold)
    #expect(test.player.breakingProgress < 0.05)
    test.tick(20, hold)
    test.tick(1)
    #expect(test.player.breakingProgress == 0 && test.block(64, 65, 66) == .oakLog)
  }

  @Test func aHeldKeyGoesOnAfterAPauseOfFiveTicks() {
    let test = wall(.dirt)
    test.tick(15, Controls(attack: true))
    #expect(test.block(64, 65, 66) == .air && test.block(64, 65, 67) == .dirt)
    test.tick(18, Controls(attack: true))
    #expect(test.block(64, 65, 67) == .dirt)
    test.tick(1, Controls(attack: true))
    #expect(test.block(64, 65, 67) == .air)
  }

  @Test func breakingIsFiveTimesSlowerInTheAirAndUnderWater() {
    let test = wall(.dirt)
    test.player.isUnderWater = false
    for y in 64..<67 { test.world.blocks.set(64, y, 64, .water); test.world.blocks.set(64, y, 65, .water) }
    test.tick(74, Controls(attack: true))
    #expect(test.block(64, 65, 66) == .dirt)
    test.tick(1, Controls(attack: true))
    #expect(test.block(64, 65, 66) == .air)
  }

  @Test func toolsWearOffAndWoodServesSixtyTimes() {
    let test = FlatWorld()
    test.give("wooden_pickaxe")
    test.give("wooden_sword")
    test.world.blocks.set(64, 65, 66, .torch)
    test.tick(1, Controls(attack: true))
    #expect(test.player.held.wear == 0)
    for use in 1...60 {
      test.world.blocks.set(64, 65, 66, .stone)
      test.world.breakBlock(64, 65, 66, test.rules)
      #expect(test.player.held.isEmpty == (use == 60))
    }
    test.world.perform(OverworldAction(Controls(), .equip(slot: 1)), test.rules)
    test.world.blocks.set(64, 65, 66, .dirt)
    test.world.breakBlock(64, 65, 66, test.rules)
    #expect(test.player.held.wear == 2)
  }

  @Test func whatIsBrokenIsPickedUpByWhoStandsNear() {
    let test = wall(.oakLog)
    test.tick(60, Controls(attack: true))
    #expect(test.world.dropCount == 1 && test.count("log") == 0)
    test.world.blocks.set(64, 64, 66, .air)
    test.tick(40, Controls(forward: 1))
    #expect(test.world.dropCount == 0 && test.count("log") == 1)
  }

  @Test func reachEndsAfterFourAndAHalfBlocks() {
    let test = FlatWorld()
    test.world.blocks.set(64, 65, 69, .dirt)
    test.player.z = 64.51
    test.tick(30, Controls(attack: true))
    #expect(test.block(64, 65, 69) == .air)
    test.world.blocks.set(64, 65, 69, .dirt)
    test.player.z = 64.49
    test.tick(30, Controls(attack: true))
    #expect(test.block(64, 65, 69) == .dirt)
  }
}
