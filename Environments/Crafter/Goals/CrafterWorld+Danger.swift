extension CrafterWorld {
  /// Whether nothing that walks can come to where the player is: it stands in a few cells with no way in, and alone.
  ///
  /// Read from the 9 × 7 view, in which the eight cells lie.
  mutating func isSheltered(_ rules: CrafterRules) -> Bool {
    var cells = InlineArray<9, Int>(repeating: 0)
    cells[0] = CrafterMap.cell(playerX, playerY)
    var count = 1, next = 0
    while next < count {
      let cell = cells[next]
      next += 1
      for side in CrafterDirection.allCases.map({ cell + $0.dx * CrafterMap.stride + $0.dy }) {
        guard rules.creatureGround.contains(map.materials[unchecked: side]) else { continue }
        if map.occupants[unchecked: side] == CrafterOccupant.zombie.rawValue
          || map.occupants[unchecked: side] == CrafterOccupant.skeleton.rawValue
        {
          return false
        }
        var isKnown = false
        for known in 0..<count where cells[known] == side { isKnown = true }
        if isKnown { continue }
        guard count < 8 else { return false }
        cells[count] = side
        count += 1
      }
    }
    return true
  }

  /// Whether a zombie is within two cells along either axis and can come nearer.
  mutating func zombieIsClose(_ rules: CrafterRules) -> Bool {
    for x in -2...2 {
      for y in -2...2
      where map.occupants[unchecked: CrafterMap.cell(playerX &+ x, playerY &+ y)]
        == CrafterOccupant.zombie.rawValue
      {
        return !isSheltered(rules)
      }
    }
    return false
  }
}
