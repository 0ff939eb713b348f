extension CrafterWorld {
  /// Whether hardly a zombie is about, and none will be for a while: they come with the dusk and go late in the morning.
  var isDay: Bool { !(135..<285).contains(steps % 300) }

  /// Whether the day is about to end.
  var isEvening: Bool { (90..<135).contains(steps % 300) }

  /// Whether the player stands in rock, so that it has but to dig on, step forth and back and close the way in with a stone: it faces
  /// something that it can dig away, and things that walk could come to it from behind only, and not at all to there.
  mutating func isDugIn(_ rules: CrafterRules) -> Bool {
    let here = CrafterMap.cell(playerX, playerY)
    let front = here + player.facing.dx * CrafterMap.stride + player.facing.dy
    let rock = rules.collect[Int(map.materials[unchecked: front])]
    guard map.occupants[unchecked: front] == 0, rock.exists, rules.creatureGround.contains(rock.leaves),
      player.inventory.covers(rock.requires)
    else { return false }
    for direction in CrafterDirection.allCases {
      let step = direction.dx * CrafterMap.stride + direction.dy
      // The way in lies behind.
      let isBeside = here + step != front && here + step != 2 * here - front
      if isBeside && rules.creatureGround.contains(map.materials[unchecked: here + step]) { return false }
      if front + step != here && rules.creatureGround.contains(map.materials[unchecked: front + step]) {
        return false
      }
    }
    return true
  }

  /// Whether nothing that walks can come to where the player is: it stands in a few cells with no way in, and alone.
  ///
  /// Read from the 9 × 7 view, in which the eight cells lie.
  ///
  /// - Parameter closed: a cell that counts as solid; -1 for none.
  mutating func isSheltered(_ rules: CrafterRules, closed: Int = -1) -> Bool {
    var cells = InlineArray<9, Int>(repeating: 0)
    cells[0] = CrafterMap.cell(playerX, playerY)
    var count = 1, next = 0
    while next < count {
      let cell = cells[next]
      next += 1
      for side in CrafterDirection.allCases.map({ cell + $0.dx * CrafterMap.stride + $0.dy }) {
        guard rules.creatureGround.contains(map.materials[unchecked: side]) && side != closed else {
          continue
        }
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

  /// Whether a stone on the cell that the player faces would shelter it.
  mutating func stoneWouldShelter(_ rules: CrafterRules) -> Bool {
    let front = CrafterMap.cell(playerX &+ player.facing.dx, playerY &+ player.facing.dy)
    return rules.creatureGround.contains(map.materials[unchecked: front])
      && map.occupants[unchecked: front] == 0 && player[.stone] > 0 && isSheltered(rules, closed: front)
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
