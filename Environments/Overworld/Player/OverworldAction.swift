/// What the player does at once, in the first tick of a step, before what it holds begins. Slots are those of the inventory,
/// 0 ..< 36; products are places in ``OverworldActions/crafts`` and ``OverworldActions/smelts``.
public enum OverworldCommand: BitwiseCopyable, Sendable, Equatable {
  /// Nothing.
  case none
  /// Takes what is in a slot into the hand, and what was in the hand into the slot.
  case equip(slot: Int)
  /// Places one of the items in a slot against the block that the player looks at; what it holds stays in its hand.
  case place(slot: Int)
  /// Throws the items in a slot to where the player looks: all of them, or one.
  case drop(slot: Int, all: Bool)
  /// Takes the items in a slot out of the world.
  case destroy(slot: Int)
  /// Crafts once, by the first recipe for the product for which all is there.
  case craft(product: Int)
  /// Smelts one.
  case smelt(product: Int)
}

/// What the player does in a step: one thing at once, then what it holds.
public struct OverworldAction: BitwiseCopyable, Sendable, Equatable {
  /// What it holds, in every tick of the step; turning is for the first.
  public var controls: Controls
  /// What it does at once.
  public var command: OverworldCommand

  /// An action.
  public init(_ controls: Controls = Controls(), _ command: OverworldCommand = .none) {
    self.controls = controls
    self.command = command
  }
}

extension OverworldWorld {
  /// The first part of a step: turns the head, then does what is done at once. ``tickPlayer(_:_:)`` does the rest, once for
  /// every tick.
  ///
  /// A command that cannot be done does nothing, and so does every command of a dead player.
  mutating func perform(_ action: OverworldAction, _ rules: OverworldRules) {
    guard !isPlayerDead else { return }
    turnPlayer(action.controls.turn, action.controls.tilt)
    switch action.command {
    case .none: break
    case .equip(let slot): equip(slot, rules)
    case .place(let slot):
      let item = player.inventory[slot].item
      guard item != .none, case .block(let hit) = aim(), let placement = placement(of: item, at: hit, rules)
      else { return }
      place(placement, from: slot, rules)
    case .drop(let slot, let all): throwItems(slot, all ? Int(player.inventory[slot].count) : 1, rules)
    case .destroy(let slot): player.inventory[slot] = .empty
    case .craft(let product):
      if let recipe = feasibleRecipe(for: rules.actions.crafts[product], rules) { craft(recipe, rules) }
    case .smelt(let product):
      if let input = feasibleSmelting(for: rules.actions.smelts[product], rules) { smelt(input, rules) }
    }
  }

  /// Swaps a slot with the hand. A tool that is taken up needs its time to strike with full strength.
  private mutating func equip(_ slot: Int, _ rules: OverworldRules) {
    guard slot != 0, !player.inventory[slot].isEmpty else { return }
    let held = player.inventory[0]
    player.inventory[0] = player.inventory[slot]
    player.inventory[slot] = held
    player.attackTicks = rechargeTicks(player.held.item, rules)
    player.eatingTicks = 0
  }

  /// Throws items out of a slot up to two blocks ahead.
  private mutating func throwItems(_ slot: Int, _ count: Int, _ rules: OverworldRules) {
    let stack = player.inventory[slot]
    guard !stack.isEmpty, count > 0 else { return }
    takeOut(slot, count)
    let dx = -PlayerPhysics.sine(Int(player.yaw)), dz = PlayerPhysics.cosine(Int(player.yaw))
    let eyes = player.y + player.eyes
    let hit = view.cast(
      x: player.x, y: eyes, z: player.z, dx: dx, dy: 0, dz: dz, maximum: ItemPhysics.throwDistance
    ) { rules.traits[$0].height > 0 }
    let way = max(0, min(ItemPhysics.throwDistance, (hit?.distance ?? .infinity) - ItemPhysics.halfWidth))
    dropItem(
      ItemStack(stack.item, UInt8(count), wear: stack.wear), player.x + dx * way, eyes - 0.3,
      player.z + dz * way,
      delay: ItemPhysics.thrownDelay, rules)
  }
}
