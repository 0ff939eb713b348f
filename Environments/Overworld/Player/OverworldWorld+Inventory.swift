extension OverworldPlayer {
  /// How many of an item it carries.
  ///
  /// - Complexity: O(36).
  public func count(of item: Item) -> Int {
    var count = 0
    for slot in inventory.indices where inventory[slot].item == item { count += Int(inventory[slot].count) }
    return count
  }

  /// How many it carries of the items of a Minecraft name, whatever their metadata: `planks` of every wood.
  ///
  /// - Complexity: O(36) and a look-up; not for use in every step.
  public func count(of name: String, _ rules: OverworldRules) -> Int {
    rules.minecraft.items.items(named: name).reduce(0) { $0 + count(of: $1) }
  }

  /// What it holds.
  public var held: ItemStack { inventory[0] }

  /// The first slot that holds an item; nil where none does.
  func slot(of item: Item) -> Int? {
    for slot in inventory.indices where inventory[slot].item == item && !inventory[slot].isEmpty {
      return slot
    }
    return nil
  }
}

extension OverworldWorld {
  /// Puts items into the inventory: onto stacks of their kind first, then into free slots from the first on. Returns what
  /// found no room.
  ///
  /// - Complexity: O(36).
  mutating func take(_ stack: ItemStack, _ rules: OverworldRules) -> ItemStack {
    var left = stack
    let size = rules.minecraft.items.stackSize[stack.item.index]
    if size > 1 {
      for slot in player.inventory.indices where !left.isEmpty {
        let there = player.inventory[slot]
        guard there.item == stack.item, there.count < size, !there.isEmpty else { continue }
        let moved = min(left.count, size - there.count)
        player.inventory[slot].count += moved
        left.count -= moved
      }
    }
    for slot in player.inventory.indices where !left.isEmpty && player.inventory[slot].isEmpty {
      let moved = min(left.count, size)
      player.inventory[slot] = ItemStack(left.item, moved, wear: left.wear)
      left.count -= moved
    }
    return left.isEmpty ? .empty : left
  }

  /// Puts items into the inventory; what finds no room comes to lie at the player's feet.
  mutating func give(_ stack: ItemStack, _ rules: OverworldRules) {
    dropItem(take(stack, rules), player.x, player.y, player.z, rules)
  }

  /// Takes items of a kind out of the inventory, from its first slot on. There must be as many.
  mutating func remove(_ item: Item, _ count: Int) {
    var left = count
    for slot in player.inventory.indices where left > 0 && player.inventory[slot].item == item {
      let moved = min(left, Int(player.inventory[slot].count))
      takeOut(slot, moved)
      left -= moved
    }
    assert(left == 0, "more items were taken than there are")
  }

  /// Takes items out of a slot.
  mutating func takeOut(_ slot: Int, _ count: Int) {
    player.inventory[slot].count -= UInt8(count)
    if player.inventory[slot].count == 0 { player.inventory[slot] = .empty }
  }

  /// Wears off what the player holds; it breaks where it has been used once more than its durability (netherite:
  /// `items_tools_armor.h`). Nothing happens to what does not wear off.
  mutating func wearHeldItem(_ uses: UInt16, _ rules: OverworldRules) {
    let durability = rules.minecraft.items.durability[player.held.item.index]
    guard durability > 0 else { return }
    player.inventory[0].wear += uses
    if player.inventory[0].wear > durability { takeOut(0, 1) }
  }
}
