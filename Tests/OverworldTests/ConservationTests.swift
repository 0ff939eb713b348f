import Testing

@testable import KnackOverworld

/// No item appears or vanishes but by a rule, and a saved world goes on as the first did.
@Suite struct ConservationTests {
  /// A small landscape to play in: hills of all sorts, trees, a pond, stations.
  private func playground(_ seed: UInt64) -> FlatWorld {
    var random = SystemStream(seed: seed)
    let test = FlatWorld(floor: [Block.grass, .sand, .stone][random.below(3)])
    let kinds: [Block] = [
      .stone, .dirt, .oakLog, .oakLeaves, .coalOre, .ironOre, .craftingTable, .furnace, .sand, .gravel,
      .torch, .ladder,
      .oakStairs, .clay, .cobblestone, .tallGrass,
    ]
    for _ in 0..<600 {
      let x = 56 + random.below(17), y = 60 + random.below(9), z = 56 + random.below(17)
      guard abs(x - 64) > 1 || abs(z - 64) > 1 else { continue }
      test.world.blocks.set(x, y, z, kinds[random.below(kinds.count)])
    }
    // A wall, so that all happens where it is counted.
    for i in 50...78 {
      for y in 64..<80 {
        for (x, z) in [(50, i), (78, i), (i, 50), (i, 78)] { test.world.blocks.set(x, y, z, .bedrock) }
      }
    }
    for (name, count) in [
      ("log", 16), ("cobblestone", 20), ("iron_ingot", 6), ("coal", 3), ("beef", 3), ("sand", 10),
      ("wool", 6),
      ("iron_ore", 4), ("bucket", 2), ("wooden_pickaxe", 1), ("wheat_seeds", 4), ("bed", 1),
      ("wooden_door", 2),
    ] { test.give(name, count) }
    return test
  }

  /// A random action, mostly one that is allowed.
  private func action(_ random: inout SystemStream, _ test: FlatWorld, _ mask: inout [UInt8]) -> Int {
    test.world.writeFlatMask(test.rules, into: &mask)
    while true {
      // Half of the time a movement or an attack, so that something is broken.
      let number = random.below(2) == 0 ? random.below(15) : random.below(mask.count)
      if mask[number] == 1 { return number }
    }
  }

  @Test(arguments: 1...6) func itemsAreConservedInRandomPlay(_ seed: Int) {
    let test = playground(UInt64(seed))
    var random = SystemStream(seed: UInt64(seed) &+ 100)
    var mask = [UInt8](repeating: 0, count: test.rules.actions.flat.count)
    let items = test.rules.minecraft.items, smelting = test.rules.minecraft.smelting
    for _ in 0..<1000 {
      let number = action(&random, test, &mask)
      let flat = test.rules.actions.flat[number]
      // Nothing grows old.
      for index in 0..<Int(test.world.dropCount) { test.world.drops[index].age = 0 }
      let before = test.totals(), burn = Int(test.player.burnTicks)
      test.world.perform(test.world.flatAction(number, test.rules), test.rules)
      let after = test.totals()
      var change: [Item: Int] = [:]
      for (index, (old, new)) in zip(before, after).enumerated() where old != new {
        change[Item(rawValue: UInt16(index))] = new - old
      }
      switch flat.verb {
      case .move, .attack, .use, .equip, .drop: #expect(change.isEmpty, "\(flat.name)")
      case .place:
        // Sand may fall onto a torch and lie there as an item, and a cactus beside the block drops.
        #expect(change.values.filter { $0 < 0 } == [-1] || change.isEmpty, "\(flat.name)")
      case .craft:
        #expect(isByARecipe(change, test.rules), "\(flat.name) \(change)")
      case .smelt:
        let result = change.first { $0.value > 0 }
        #expect(result?.value == 1, "\(flat.name)")
        let burnt = change.filter { $0.value < 0 }.reduce(0) { sum, pair in
          // The smelted item is burnt as well where it is its own fuel.
          let isInput = result.map { smelting.result[pair.key.index] == $0.key } ?? false
          return sum + (-pair.value - (isInput ? 1 : 0)) * Int(smelting.burnTicks[pair.key.index])
        }
        #expect(burnt + burn - Int(test.player.burnTicks) == smelting.ticks, "\(flat.name)")
      }
      // Holding a key for ten ticks: only attack and use may change anything, and attack only adds, but for a worn tool.
      let played = test.totals(), blocks = test.solidCount()
      test.tick(10, flat.controls)
      if flat.verb != .attack && flat.verb != .use {
        #expect(test.totals() == played, "\(flat.name)")
      } else if flat.verb == .attack {
        for (index, (old, new)) in zip(played, test.totals()).enumerated() where new < old {
          #expect(items.durability[index] > 0, "\(flat.name)")
        }
        if test.totals() != played { #expect(test.solidCount() < blocks || test.player.held.isEmpty) }
      }
      for slot in 0..<36 {
        let stack = test.player.inventory[slot]
        #expect(stack.count <= items.stackSize[stack.item.index] && stack.isEmpty == (stack.item == .none))
      }
      if test.world.isPlayerDead { return }
      #expect(test.player.y > 0 && test.player.y < 90)
    }
  }

  /// Whether a change of all items is what some recipe does.
  private func isByARecipe(_ change: [Item: Int], _ rules: OverworldRules) -> Bool {
    let table = rules.minecraft.recipes
    return (0..<table.count).contains { recipe in
      var rest = change
      rest[table.result[recipe], default: 0] -= Int(table.amount[recipe])
      if table.returned[recipe] != .none {
        rest[table.returned[recipe], default: 0] -= Int(table.returnedCount[recipe])
      }
      for need in table.needs(of: recipe) {
        var left = Int(table.needs[need].count)
        for index in table.accepted(table.needs[need].set) {
          let item = table.acceptedItems[index]
          let taken = min(left, max(0, -rest[item, default: 0]))
          rest[item, default: 0] += taken
          left -= taken
        }
        if left > 0 { return false }
      }
      return rest.values.allSatisfy { $0 == 0 }
    }
  }

  @Test func aCopyGoesOnAsTheFirstDid() {
    let first = playground(3), second = FlatWorld()
    var random = SystemStream(seed: 8)
    var mask = [UInt8](repeating: 0, count: first.rules.actions.flat.count)
    func step(_ test: FlatWorld, _ number: Int) {
      test.world.perform(test.world.flatAction(number, test.rules), test.rules)
      test.tick(3, test.rules.actions.flat[number].controls)
    }
    for _ in 0..<300 { step(first, action(&random, first, &mask)) }
    second.restore(first)
    for _ in 0..<300 {
      let number = action(&random, first, &mask)
      step(first, number)
      step(second, number)
    }
    #expect(!first.hasOtherItems(than: second) && !first.hasOtherBlocks(than: second))
    #expect(
      withUnsafeBytes(of: &first.player) { a in withUnsafeBytes(of: &second.player) { a.elementsEqual($0) } })
  }

  @Test func thePlayersFieldsLeaveNoGaps() {
    #expect(MemoryLayout<OverworldPlayer>.size == 360 && MemoryLayout<OverworldPlayer>.stride == 360)
    #expect(MemoryLayout<ItemStack>.size == 6 && MemoryLayout<DroppedItem>.size == 28)
  }
}
