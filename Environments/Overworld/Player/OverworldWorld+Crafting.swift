extension OverworldWorld {
  /// How far from the player a crafting table or furnace serves: in the cube of this many blocks to every side of the block
  /// that its feet are in.
  static let stationReach = 4

  /// Whether a crafting table and a furnace are near enough to be used.
  ///
  /// - Complexity: O(1) where the world has none; O(81 columns), about a microsecond, where it has.
  mutating func nearbyStations() -> (table: Bool, furnace: Bool) {
    guard blocks.stationCount > 0 else { return (false, false) }
    let x = cell(player.x), y = cell(player.y), z = cell(player.z), reach = Self.stationReach
    // Sixteen levels of a column at once, eight in a word, of which nine count at most.
    let lowest = max(0, y - reach), first = min(lowest, BlockGrid.height - 16)
    let highest = min(BlockGrid.height - 1, y + reach)
    let firstX = max(0, x - reach), lastX = min(BlockGrid.side - 1, x + reach)
    let firstZ = max(0, z - reach), lastZ = min(BlockGrid.side - 1, z + reach)
    guard lowest <= highest, firstX <= lastX, firstZ <= lastZ else { return (false, false) }
    let tables = EqualBytes(Block.craftingTable.rawValue), furnaces = EqualBytes(Block.furnace.rawValue)
    let litFurnaces = EqualBytes(Block.litFurnace.rawValue)
    var table: (low: UInt64, high: UInt64) = (0, 0), furnace = table
    let view = view
    for column in firstX...lastX {
      for row in firstZ...lastZ {
        let low = view.eightLevels(column, from: first, row),
          high = view.eightLevels(column, from: first + 8, row)
        table.low |= tables(low)
        table.high |= tables(high)
        furnace.low |= furnaces(low) | litFurnaces(low)
        furnace.high |= furnaces(high) | litFurnaces(high)
      }
    }
    // The bytes of the levels that count.
    func counts(_ level: Int) -> UInt64 {
      let from = min(8, max(0, lowest - level)), end = min(8, max(0, highest + 1 - level))
      guard from < end else { return 0 }
      return (.max &>> UInt64(64 - 8 * (end - from))) &<< UInt64(8 * from)
    }
    let low = counts(first), high = counts(first + 8)
    return (
      (table.low & low) | (table.high & high) != 0, (furnace.low & low) | (furnace.high & high) != 0
    )
  }

  /// The first recipe for a product for which table and ingredients are there; nil where none is.
  mutating func feasibleRecipe(for product: CraftProduct, _ rules: OverworldRules) -> Int? {
    var counts = ItemCounts()
    counts.add(player)
    var table: Bool?
    for index in product.recipes {
      let recipe = Int(rules.actions.recipes[index])
      guard rules.minecraft.recipes.isCraftable(recipe, counts) else { continue }
      guard rules.minecraft.recipes.needsTable[recipe] else { return recipe }
      if table == nil { table = nearbyStations().table }
      if table == true { return recipe }
    }
    return nil
  }

  /// Crafts by a recipe whose ingredients and table are there. Ingredients are taken from the first slots on; what finds no
  /// room comes to lie at the player's feet.
  mutating func craft(_ recipe: Int, _ rules: OverworldRules) {
    let table = rules.minecraft.recipes
    for need in table.needs(of: recipe) {
      var left = Int(table.needs[need].count)
      for index in table.accepted(table.needs[need].set) where left > 0 {
        let item = table.acceptedItems[index]
        let taken = min(left, player.count(of: item))
        remove(item, taken)
        left -= taken
      }
    }
    if table.returned[recipe] != .none {
      give(ItemStack(table.returned[recipe], table.returnedCount[recipe]), rules)
    }
    give(ItemStack(table.result[recipe], table.amount[recipe]), rules)
  }

  /// What would be smelted for a product: the first item in the order of codes that becomes it, is there, and for which
  /// there is a furnace near and fuel; nil where there is none.
  mutating func feasibleSmelting(for product: SmeltProduct, _ rules: OverworldRules) -> Item? {
    var hasFurnace = false
    for index in product.inputs {
      let input = rules.actions.inputs[index]
      guard player.slot(of: input) != nil, hasFuel(for: input, rules) else { continue }
      hasFurnace = hasFurnace || nearbyStations().furnace
      return hasFurnace ? input : nil
    }
    return nil
  }

  /// Whether there is fuel to smelt one of an item, which itself does not count. Changes nothing, as ``nearbyStations()``.
  mutating func hasFuel(for input: Item, _ rules: OverworldRules) -> Bool {
    var ticks = Int(player.burnTicks)
    let needed = rules.minecraft.smelting.ticks
    if ticks >= needed { return true }
    var spared = false
    for slot in player.inventory.indices where !player.inventory[slot].isEmpty {
      let stack = player.inventory[slot]
      guard rules.actions.fuelRank[stack.item.index] != .max else { continue }
      var count = Int(stack.count)
      if stack.item == input && !spared {
        count -= 1
        spared = true
      }
      ticks += count * Int(rules.minecraft.smelting.burnTicks[stack.item.index])
      if ticks >= needed { return true }
    }
    return false
  }

  /// Smelts one of an item, which must be there with furnace and fuel.
  ///
  /// It takes 200 ticks of burning out of the fuel that was lit before; where that is too little, fuel is lit out of the
  /// inventory, one item at a time, the first in the order of `Data/actions.yaml`. What is left goes on burning until the
  /// next smelting: it is not lost. No time passes, as in MineDojo.
  mutating func smelt(_ input: Item, _ rules: OverworldRules) {
    remove(input, 1)
    let smelting = rules.minecraft.smelting
    while player.burnTicks < Int32(smelting.ticks) {
      guard let slot = bestFuel(rules) else { break }
      let fuel = player.inventory[slot].item
      takeOut(slot, 1)
      player.burnTicks += Int32(smelting.burnTicks[fuel.index])
      if fuel == rules.used.lavaBucket { give(ItemStack(rules.used.bucket, 1), rules) }
    }
    player.burnTicks -= Int32(smelting.ticks)
    give(ItemStack(smelting.result[input.index], 1), rules)
  }

  /// The slot of the fuel that is lit next.
  private func bestFuel(_ rules: OverworldRules) -> Int? {
    var best: UInt8 = .max
    var found: Int?
    for slot in player.inventory.indices where !player.inventory[slot].isEmpty {
      let rank = rules.actions.fuelRank[player.inventory[slot].item.index]
      if rank < best {
        best = rank
        found = slot
      }
    }
    return found
  }
}

/// How many there are of every item.
struct ItemCounts {
  /// By ``Item/index``.
  private var counts = InlineArray<1024, UInt16>(repeating: 0)

  /// The most items that there can be.
  static let capacity = 1024

  /// How many there are of an item.
  @inline(__always)
  subscript(_ item: Item) -> Int { Int(counts[unchecked: item.index & (Self.capacity &- 1)]) }

  /// Counts what a player carries.
  mutating func add(_ player: borrowing OverworldPlayer) {
    for slot in player.inventory.indices where player.inventory[slot].count > 0 {
      counts[player.inventory[slot].item.index] &+= UInt16(player.inventory[slot].count)
    }
  }
}

extension RecipeTable {
  /// Whether there is enough for a recipe, crafting table apart.
  ///
  /// - Complexity: O(*n*) for *n* items that serve.
  @inline(__always)
  func isCraftable(_ recipe: Int, _ counts: borrowing ItemCounts) -> Bool {
    for need in needs(of: recipe) {
      var found = 0
      for index in accepted(needs[need].set) { found += counts[acceptedItems[index]] }
      if found < Int(needs[need].count) { return false }
    }
    return true
  }
}

/// Finds the bytes of a word that are equal to one.
struct EqualBytes: BitwiseCopyable {
  private let pattern: UInt64

  /// Looks for a byte.
  @inline(__always)
  init(_ byte: UInt8) { pattern = UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// A word with the highest bit set in each byte that is equal to it, and no other bit (Warren, "Hacker's Delight", "Find
  /// first 0-byte").
  @inline(__always)
  func callAsFunction(_ word: UInt64) -> UInt64 {
    let difference = word ^ pattern, low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    return ~((difference & low) &+ low | difference | low)
  }
}
