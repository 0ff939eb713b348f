/// A hole in the ground to be safe in: too deep for anything to step into, or closed above.
struct ExpertShelter {
  let scene: ExpertScene
  let hands: ExpertHands
  let walk: ExpertWalk

  /// Levels from the ground to the feet: monsters step down three.
  private static let depth = 5

  /// The next action of digging itself in; nil where it is as deep as need be, or cannot get any deeper.
  func dig() -> Int? {
    let feet = scene.feet
    guard scene.surface(Int(feet.x), Int(feet.z)) - Int(feet.y) < Self.depth else { return nil }
    guard scene.player.isOnGround else { return ExpertKey.wait }
    let floor = feet.moved(0, -1, 0), below = scene.rules.traits[scene[feet.moved(0, -2, 0)]]
    guard below.height > PlayerPhysics.step, scene.breaking(scene[floor]).ticks.isFinite else { return nil }
    return walk.center(in: feet) ?? hands.breakBlock(floor, harvesting: false)
  }

  /// The next action of closing the room of two cells that the player stands in; nil where it is closed, or there is
  /// nothing to close it with.
  func close() -> Int? {
    var cells = [scene.feet.moved(0, 2, 0)]
    for (dx, dz) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
      for level in 0...1 { cells.append(scene.feet.moved(dx, level, dz)) }
    }
    guard let gap = cells.first(where: { !scene.rules.traits[scene[$0]].isOpaque }) else { return nil }
    let items = scene.rules.minecraft.items
    for slot in scene.player.inventory.indices where !scene.player.inventory[slot].isEmpty {
      let item = scene.player.inventory[slot].item
      let traits = scene.rules.traits[items.places[item.index]]
      guard traits.isOpaque, !traits.falls, item != ExpertBook.standard.craftingTable else { continue }
      if let action = hands.place(item, at: gap) { return action }
    }
    return nil
  }
}
