import KnackOverworld
import Testing

@testable import KnackOverworld

@Suite struct BlockChangeTests {
  @Test func sandFallsIntoGapsAndOntoTorchesDrops() {
    let test = FlatWorld()
    test.set(10, 70, 10, .sand)
    #expect(test.block(10, 64, 10) == .sand && test.block(10, 70, 10) == .air)
    test.set(10, 65, 10, .gravel)
    test.set(10, 66, 10, .sand)
    test.set(10, 64, 10, .air)
    #expect(
      test.block(10, 64, 10) == .gravel && test.block(10, 65, 10) == .sand && test.block(10, 66, 10) == .air)
    test.set(20, 64, 20, .torch)
    test.set(20, 70, 20, .sand)
    #expect(test.block(20, 64, 20) == .torch && test.world.dropCount == 1)
    #expect(test.world.drops[0].stack == ItemStack(test.item("sand"), 1))
  }

  @Test func whatStandsOnABlockDropsWithIt() {
    let test = FlatWorld(floor: .grass)
    test.set(10, 64, 10, .torch)
    test.set(12, 64, 10, .oakDoorLower)
    test.world.replace(12, 65, 10, .oakDoorUpper, test.rules)
    test.set(14, 64, 10, .redFlower)
    for (x, item) in [(10, "torch"), (12, "wooden_door"), (14, "red_flower")] {
      test.set(x, 63, 10, .air)
      #expect(test.block(x, 64, 10) == .air && test.block(x, 65, 10) == .air)
      #expect(test.world.drops[Int(test.world.dropCount) - 1].stack == ItemStack(test.item(item), 1))
    }
    #expect(test.world.dropCount == 3)
  }

  @Test func reedsAndCactiFallApartFromBelow() {
    let test = FlatWorld(floor: .sand)
    for y in 64..<67 { test.set(10, y, 10, .cactus) }
    test.set(10, 64, 10, .air)
    #expect(test.block(10, 65, 10) == .air && test.block(10, 66, 10) == .air)
    #expect(test.world.dropCount == 2 && test.world.drops[1].stack == ItemStack(test.item("cactus"), 1))
  }

  @Test func theSkylineFollows() {
    let test = FlatWorld()
    func skyline() -> Int { Int(test.world.skyline[10 * BlockGrid.side + 10]) }
    test.set(10, 80, 10, .stone)
    #expect(skyline() == 81)
    test.set(10, 82, 10, .glass)
    #expect(skyline() == 81)
    test.set(10, 80, 10, .air)
    #expect(skyline() == 64)
    test.set(10, 63, 10, .air)
    #expect(skyline() == 63)
  }

  @Test func waterTurnsLavaToStone() {
    let test = FlatWorld()
    test.set(10, 64, 10, .lava)
    test.set(11, 64, 10, .water)
    #expect(test.block(10, 64, 10) == .obsidian)
    test.set(20, 64, 20, .water)
    test.set(21, 64, 20, .flowingLava)
    #expect(test.block(21, 64, 20) == .cobblestone)
  }

  @Test func itemsFallJoinAreTakenAndGrowOld() {
    let test = FlatWorld()
    let stone = test.item("cobblestone")
    test.world.dropItem(ItemStack(stone, 3), 20.5, 70, 20.5, test.rules)
    test.tick(60)
    #expect(test.world.drops[0].y == 64)
    test.world.dropItem(ItemStack(stone, 4), 20.7, 64, 20.5, test.rules)
    #expect(test.world.dropCount == 1 && test.world.drops[0].stack.count == 7)
    test.world.dropItem(ItemStack(stone, 1), 65, 64, 65, test.rules)
    test.tick(9)
    #expect(test.count("cobblestone") == 0)
    test.tick(1)
    #expect(test.count("cobblestone") == 1)
    test.tick(6000)
    #expect(test.world.dropCount == 0)
    // What does not fit stays.
    for slot in 0..<36 { test.player.inventory[slot] = ItemStack(stone, 64) }
    test.player.inventory[35].count = 62
    test.world.dropItem(ItemStack(stone, 5), 64.5, 64, 64.5, test.rules)
    test.tick(20)
    #expect(test.player.count(of: stone) == 36 * 64 && test.world.drops[0].stack.count == 3)
  }
}
