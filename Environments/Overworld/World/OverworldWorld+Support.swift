extension OverworldWorld {
  /// Whether what a block stands on or hangs at is there.
  ///
  /// Torches, levers and buttons have one state for all directions here: anything beside or below them will do.
  ///
  /// - Complexity: O(1).
  func isHeld(_ block: Block, _ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) -> Bool {
    let below = blocks[x, y - 1, z]
    var standsOnCube: Bool { rules.traits[below].isCube }
    var hangsAtCube: Bool { isBeside(x, y, z) { rules.traits[$0].isCube } }
    switch block {
    case .oakSapling, .spruceSapling, .birchSapling, .tallGrass, .fern, .yellowFlower, .redFlower:
      return below == .grass || below == .dirt || below == .farmland
    case .deadBush:
      return below == .sand || below == .dirt
    case .wheat0, .wheat1, .wheat2, .wheat3, .wheat4, .wheat5, .wheat6, .wheat7:
      return below == .farmland
    case .cactus:
      return (below == .sand || below == .cactus) && !isBeside(x, y, z) { rules.traits[$0].height > 0 }
    case .reeds:
      if below == .reeds { return true }
      guard below == .grass || below == .dirt || below == .sand else { return false }
      return isBeside(x, y - 1, z) { rules.traits[$0].isWater }
    case .vine:
      return hangsAtCube || blocks[x, y + 1, z] == .vine
    case .ladder, .wallSign, .tripwireHook:
      return hangsAtCube
    case .torch, .redstoneTorch, .lever:
      return standsOnCube || hangsAtCube || rules.traits[below].height > 1
    case .stoneButton, .woodenButton:
      return standsOnCube || hangsAtCube || rules.traits[blocks[x, y + 1, z]].isCube
    case .whiteCarpet, .pinkCarpet, .grayCarpet, .lightGrayCarpet, .brownCarpet, .blackCarpet, .standingSign:
      return rules.traits[below].height > 0
    case .oakDoorLower, .spruceDoorLower, .birchDoorLower:
      return standsOnCube && isUpperDoor(blocks[x, y + 1, z])
    case .oakDoorLowerOpen, .spruceDoorLowerOpen, .birchDoorLowerOpen:
      return standsOnCube && isUpperDoor(blocks[x, y + 1, z])
    case .oakDoorUpper, .spruceDoorUpper, .birchDoorUpper:
      return isLowerDoor(below)
    case .oakDoorUpperOpen, .spruceDoorUpperOpen, .birchDoorUpperOpen:
      return isLowerDoor(below)
    case .bedFoot:
      return isBeside(x, y, z) { $0 == .bedHead }
    case .bedHead:
      return isBeside(x, y, z) { $0 == .bedFoot }
    default:
      return standsOnCube
    }
  }

  /// Whether one of the four blocks beside a place is such.
  @inline(__always)
  private func isBeside(_ x: Int, _ y: Int, _ z: Int, _ holds: (Block) -> Bool) -> Bool {
    holds(blocks[x - 1, y, z]) || holds(blocks[x + 1, y, z]) || holds(blocks[x, y, z - 1])
      || holds(blocks[x, y, z + 1])
  }

  private func isUpperDoor(_ block: Block) -> Bool { block.turnedDoor != nil && !block.isLowerDoor }
  private func isLowerDoor(_ block: Block) -> Bool { block.isLowerDoor }
}

extension Block {
  /// The same half of a door, fence gate or trapdoor, opened where it is closed and closed where it is open; nil for other
  /// blocks.
  var turned: Block? {
    switch self {
    case .oakFenceGate: .oakFenceGateOpen
    case .oakFenceGateOpen: .oakFenceGate
    case .trapdoor: .trapdoorOpen
    case .trapdoorOpen: .trapdoor
    default: turnedDoor
    }
  }

  /// The same half of a door, opened or closed; nil for other blocks.
  var turnedDoor: Block? {
    switch self {
    case .oakDoorLower: .oakDoorLowerOpen
    case .oakDoorLowerOpen: .oakDoorLower
    case .oakDoorUpper: .oakDoorUpperOpen
    case .oakDoorUpperOpen: .oakDoorUpper
    case .spruceDoorLower: .spruceDoorLowerOpen
    case .spruceDoorLowerOpen: .spruceDoorLower
    case .spruceDoorUpper: .spruceDoorUpperOpen
    case .spruceDoorUpperOpen: .spruceDoorUpper
    case .birchDoorLower: .birchDoorLowerOpen
    case .birchDoorLowerOpen: .birchDoorLower
    case .birchDoorUpper: .birchDoorUpperOpen
    case .birchDoorUpperOpen: .birchDoorUpper
    default: nil
    }
  }

  /// Whether it is the lower half of a door.
  var isLowerDoor: Bool {
    switch self {
    case .oakDoorLower, .oakDoorLowerOpen, .spruceDoorLower, .spruceDoorLowerOpen, .birchDoorLower,
      .birchDoorLowerOpen:
      true
    default: false
    }
  }

  /// The upper half of the door of which this closed block is the lower; nil for other blocks.
  var doorTop: Block? {
    switch self {
    case .oakDoorLower: .oakDoorUpper
    case .spruceDoorLower: .spruceDoorUpper
    case .birchDoorLower: .birchDoorUpper
    default: nil
    }
  }
}
