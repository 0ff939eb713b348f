extension OverworldWorld {
  /// How far from the player a crafting table or furnace serves: in the cube of this many blocks to every side of the block
  /// that its feet are in.
  static let stationReach = 4

  /// Whether a crafting table and a furnace are near enough to be used.
  ///
  /// - Complexity: O(81 columns), about a tenth of a microsecond.
  mutating func nearbyStations() -> (table: Bool, furnace: Bool) {
    let x = cell(player.x), y = cell(player.y), z = cell(player.z), reach = Self.stationReach
    // Sixteen levels of a column at once, of which nine count.
    let lowest = max(0, y - reach), first = min(lowest, BlockGrid.height - 16)
    let highest = min(BlockGrid.height - 1, y + reach)
    guard lowest <= highest else { return (false, false) }
    let levels = SIMD16<UInt8>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    let counts = (levels .>= UInt8(lowest - first)) .& (levels .<= UInt8(highest - first))
    var tables = SIMDMask<SIMD16<Int8>>(repeating: false), furnaces = tables
    let view = view
    for column in max(0, x - reach)...max(0, min(BlockGrid.side - 1, x + reach)) {
      for row in max(0, z - reach)...max(0, min(BlockGrid.side - 1, z + reach)) {
        let here = view.sixteenLevels(column, from: first, row)
        tables = tables .| (here .== Block.craftingTable.rawValue)
        furnaces = furnaces .| (here .== Block.furnace.rawValue) .| (here .== Block.litFurnace.rawValue)
      }
    }
    return (any(tables .& counts), any(furnaces .& counts))
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

  /// Whether there is fuel to smelt one of an item, which itself does not count.
  func hasFuel(for input: Item, _ rules: OverworldRules) -> Bool {
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
