/// The factors' masks, one after another: a byte each, 1 where the value may be chosen.
///
/// As in MineDojo, the masks of the arguments are those of their functions: which products can be crafted, which slots can be
/// equipped, placed, destroyed.
public struct FactoredMaskLayout: Sendable, Equatable {
  /// Where each mask lies.
  public let forward: Range<Int>, strafe: Range<Int>, gait: Range<Int>, pitch: Range<Int>, yaw: Range<Int>,
    function: Range<Int>, product: Range<Int>, equip: Range<Int>, place: Range<Int>, destroy: Range<Int>

  /// The layout for these actions.
  public init(_ actions: OverworldActions) {
    var end = 0
    func next(_ size: Int) -> Range<Int> {
      defer { end += size }
      return end..<end + size
    }
    forward = next(3)
    strafe = next(3)
    gait = next(4)
    pitch = next(25)
    yaw = next(25)
    function = next(8)
    product = next(actions.crafts.count + actions.smelts.count)
    equip = next(36)
    place = next(36)
    destroy = next(36)
  }

  /// Bytes in all.
  public var count: Int { destroy.upperBound }
}

extension OverworldWorld {
  /// The action of a number of the flat list. Of several slots with a fitting item the first is meant.
  func flatAction(_ number: Int, _ rules: OverworldRules) -> OverworldAction {
    let actions = rules.actions
    let verb = actions.flat[number].verb, items = actions.flat[number].items
    func slot(from first: Int) -> Int? {
      for slot in first..<player.inventory.count where !player.inventory[slot].isEmpty {
        for index in items where actions.named[index] == player.inventory[slot].item { return slot }
      }
      return nil
    }
    let controls = actions.flat[number].controls
    switch verb {
    case .move, .attack, .use: return OverworldAction(controls)
    case .craft: return OverworldAction(controls, .craft(product: items.lowerBound))
    case .smelt: return OverworldAction(controls, .smelt(product: items.lowerBound))
    case .place: return OverworldAction(controls, slot(from: 0).map { .place(slot: $0) } ?? .none)
    case .drop: return OverworldAction(controls, slot(from: 0).map { .drop(slot: $0, all: true) } ?? .none)
    case .equip:
      // What is in the hand already need not be taken up.
      guard slot(from: 0) != 0 else { return OverworldAction(controls) }
      return OverworldAction(controls, slot(from: 1).map { .equip(slot: $0) } ?? .none)
    }
  }

  /// Writes 1 for each action of the flat list that would do something, and 0 for the others.
  ///
  /// Nothing, moving and turning are always allowed, looking up and down as far as the neck goes. Attacking takes a creature
  /// or a block that can be broken within reach, using something to use. A dead player can do nothing.
  ///
  /// - Complexity: O(slots + recipes that take what is there), some tenths of a microsecond.
  mutating func writeFlatMask(_ rules: OverworldRules, into mask: UnsafeMutablePointer<UInt8>) {
    let actions = rules.actions
    mask.update(repeating: 0, count: actions.flat.count)
    mask[0] = 1
    guard !isPlayerDead else { return }
    mask.update(repeating: 1, count: OverworldActions.lookUp)
    mask[OverworldActions.lookUp] = player.pitch > -6 ? 1 : 0
    mask[OverworldActions.lookDown] = player.pitch < 6 ? 1 : 0
    let hands = hands(rules)
    mask[OverworldActions.attack] = hands.attack ? 1 : 0
    mask[OverworldActions.use] = hands.use ? 1 : 0
    let held = player.held.isEmpty ? -1 : actions.equipAction[player.held.item.index]
    for slot in player.inventory.indices where !player.inventory[slot].isEmpty {
      let item = player.inventory[slot].item
      let equip = actions.equipAction[item.index], drop = actions.dropAction[item.index]
      let place = actions.placeAction[item.index]
      if equip >= 0 && equip != held { mask[Int(equip)] = 1 }
      if drop >= 0 { mask[Int(drop)] = 1 }
      // Of one name's items the first is placed: it alone decides.
      if place >= 0 && mask[Int(place)] == 0 {
        mask[Int(place)] = hands.hit.flatMap { placement(of: item, at: $0, rules) } != nil ? 1 : 2
      }
    }
    for slot in player.inventory.indices where !player.inventory[slot].isEmpty {
      let place = actions.placeAction[player.inventory[slot].item.index]
      if place >= 0 && mask[Int(place)] == 2 { mask[Int(place)] = 0 }
    }
    markProducts(rules, crafts: mask + actions.firstCraft, smelts: mask + actions.firstSmelt)
  }

  /// Writes the factors' masks, as ``FactoredMaskLayout`` says.
  ///
  /// - Complexity: as ``writeFlatMask(_:into:)``.
  mutating func writeFactoredMask(
    _ rules: OverworldRules, _ layout: FactoredMaskLayout, into mask: UnsafeMutablePointer<UInt8>
  ) {
    mask.update(repeating: 0, count: layout.count)
    for none in [layout.forward, layout.strafe, layout.gait, layout.function] { mask[none.lowerBound] = 1 }
    mask[layout.pitch.lowerBound + 12] = 1
    mask[layout.yaw.lowerBound + 12] = 1
    guard !isPlayerDead else { return }
    for free in [layout.forward, layout.strafe, layout.gait, layout.yaw] {
      (mask + free.lowerBound).update(repeating: 1, count: free.count)
    }
    // A turn that the neck stops at once does nothing; one that it stops on the way does something.
    for step in 1...12 {
      mask[layout.pitch.lowerBound + 12 - step] = player.pitch > -6 ? 1 : 0
      mask[layout.pitch.lowerBound + 12 + step] = player.pitch < 6 ? 1 : 0
    }
    let hands = hands(rules)
    for slot in player.inventory.indices where !player.inventory[slot].isEmpty {
      let item = player.inventory[slot].item
      mask[layout.destroy.lowerBound + slot] = 1
      if slot > 0 { mask[layout.equip.lowerBound + slot] = 1 }
      if hands.hit.flatMap({ placement(of: item, at: $0, rules) }) != nil {
        mask[layout.place.lowerBound + slot] = 1
      }
    }
    let products = mask + layout.product.lowerBound
    markProducts(rules, crafts: products, smelts: products + rules.actions.crafts.count)
    func allow(_ function: FactoredAction.Function, _ holds: Bool) {
      mask[layout.function.lowerBound + Int(function.rawValue)] = holds ? 1 : 0
    }
    func anyOf(_ range: Range<Int>) -> Bool { range.contains { mask[$0] != 0 } }
    allow(.use, hands.use)
    allow(.drop, !player.held.isEmpty)
    allow(.attack, hands.attack)
    allow(.craft, anyOf(layout.product))
    allow(.equip, anyOf(layout.equip))
    allow(.place, anyOf(layout.place))
    allow(.destroy, anyOf(layout.destroy))
  }

  /// What the hands could do: whether there is something to attack and to use, and the block that is looked at.
  private mutating func hands(_ rules: OverworldRules) -> (attack: Bool, use: Bool, hit: RayHit?) {
    let use = if case .nothing = usage(rules) { false } else { true }
    switch aim() {
    case .nothing: return (false, use, nil)
    case .creature: return (true, use, nil)
    case .block(let hit): return (rules.minecraft.breaking.work(hit.block, 0).isFinite, use, hit)
    }
  }

  /// Marks the products that could be crafted and smelted now.
  private mutating func markProducts(
    _ rules: OverworldRules, crafts: UnsafeMutablePointer<UInt8>, smelts: UnsafeMutablePointer<UInt8>
  ) {
    let actions = rules.actions, recipes = rules.minecraft.recipes
    let stations = nearbyStations()
    var counts = ItemCounts()
    counts.add(player)
    for slot in player.inventory.indices where !player.inventory[slot].isEmpty {
      let item = player.inventory[slot].item
      for index in Int(actions.firstWatched[item.index])..<Int(actions.firstWatched[item.index + 1]) {
        let watched = actions.watched[index]
        guard crafts[Int(watched.product)] == 0 else { continue }
        let recipe = Int(watched.recipe)
        if (stations.table || !recipes.needsTable[recipe]) && recipes.isCraftable(recipe, counts) {
          crafts[Int(watched.product)] = 1
        }
      }
      let product = actions.smeltProduct[item.index]
      if stations.furnace && product >= 0 && hasFuel(for: item, rules) { smelts[Int(product)] = 1 }
    }
  }
}
