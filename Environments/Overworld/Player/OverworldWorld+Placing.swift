/// What placing an item would change.
struct Placement: BitwiseCopyable {
  /// Where, and which block.
  var x: Int, y: Int, z: Int
  var block: Block
  /// The upper half of a door or the head of a bed, and where; air where there is none.
  var otherX = 0, otherY = 0, otherZ = 0
  var other = Block.air
}

extension OverworldWorld {
  /// Where and as what an item would be placed against the block that the player looks at; nil where it cannot be.
  ///
  /// The block comes to the side that the look meets, or into what is looked at where that gives way (tall grass, snow). It
  /// may replace water or lava, but not reach into the player or a creature, and it must hold there: torches beside or
  /// on cubes, plants on their ground. Doors take two blocks above each other, beds two in the direction of the look.
  ///
  /// Changes nothing; it is mutating so that the world is handed over by its address, not copied.
  mutating func placement(of item: Item, at hit: RayHit, _ rules: OverworldRules) -> Placement? {
    var block = rules.minecraft.items.places[item.index]
    guard block != .air else { return nil }
    var x = hit.x, y = hit.y, z = hit.z
    let isInPlace = rules.traits[hit.block].isReplaceable && hit.block != block
    if !isInPlace {
      guard (hit.normalX, hit.normalY, hit.normalZ) != (0, 0, 0) else { return nil }
      x += hit.normalX
      y += hit.normalY
      z += hit.normalZ
    }
    guard isFreeToPlace(x, y, z, rules) else { return nil }
    switch block {
    case .oakDoorLower, .spruceDoorLower, .birchDoorLower:
      guard let top = block.doorTop, isFreeToPlace(x, y + 1, z, rules),
        rules.traits[blocks[x, y - 1, z]].isCube,
        !isOccupied(x, y, z, height: 2)
      else { return nil }
      return Placement(x: x, y: y, z: z, block: block, otherX: x, otherY: y + 1, otherZ: z, other: top)
    case .bedFoot, .bedHead:
      let ahead = player.facing
      let headX = x + ahead.x, headZ = z + ahead.z
      guard isFreeToPlace(headX, y, headZ, rules), rules.traits[blocks[x, y - 1, z]].isCube,
        rules.traits[blocks[headX, y - 1, headZ]].isCube, !isOccupied(x, y, z, height: 0.5625),
        !isOccupied(headX, y, headZ, height: 0.5625)
      else { return nil }
      return Placement(
        x: x, y: y, z: z, block: .bedFoot, otherX: headX, otherY: y, otherZ: headZ, other: .bedHead)
    case .standingSign where hit.normalY == 0 && !isInPlace: block = .wallSign
    default: break
    }
    let traits = rules.traits[block]
    if traits.isSupported && !isHeld(block, x, y, z, rules) { return nil }
    if traits.height > 0 && isOccupied(x, y, z, height: traits.height) { return nil }
    return Placement(x: x, y: y, z: z, block: block)
  }

  /// Whether a block can be put into a cell.
  private func isFreeToPlace(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) -> Bool {
    BlockGrid.hasColumn(x, z) && y > 0 && y < BlockGrid.height && rules.traits[blocks[x, y, z]].isReplaceable
  }

  /// Whether the player or a creature is where a block of some height would come.
  private func isOccupied(_ x: Int, _ y: Int, _ z: Int, height: Double) -> Bool {
    if player.box.overlaps(cell: x, y, z, height: height) { return true }
    for index in 0..<Int(creatureCount) {
      let creature = creatures[index]
      guard creature.kind != .none && creature.kind != .arrow else { continue }
      guard abs(creature.x - Double(x)) < 4, abs(creature.z - Double(z)) < 4 else { continue }
      if creature.box(CreatureRules.standard[creature.kind]).overlaps(cell: x, y, z, height: height) {
        return true
      }
    }
    return false
  }

  /// Places an item out of a slot.
  mutating func place(_ placement: Placement, from slot: Int, _ rules: OverworldRules) {
    takeOut(slot, 1)
    if placement.other != .air {
      replace(placement.otherX, placement.otherY, placement.otherZ, placement.other, rules)
    }
    setBlock(placement.x, placement.y, placement.z, placement.block, rules)
  }
}

extension OverworldPlayer {
  /// The side to which it looks, of the four: south, west, north, east.
  var facing: (x: Int, z: Int) {
    switch (Int(yaw) + 3) / 6 % 4 {
    case 0: (0, 1)
    case 1: (-1, 0)
    case 2: (0, -1)
    default: (1, 0)
    }
  }
}
