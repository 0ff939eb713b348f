import KnackEnvironment

extension CrafterWorld: GoalWorld {
  /// What can be asked for under these rules.
  public static func goalSpace(_ rules: CrafterRules) -> GoalSpace { rules.goals.space }

  /// The cell of the player; looking has no direction.
  public mutating func pose(_ rules: CrafterRules) -> Pose { Pose(x: Float(playerX), z: Float(playerY)) }

  /// The nearest in the 9 × 7 view, by steps. What is in view is near, but for tables and furnaces: those are near where one
  /// can work at them.
  public mutating func sighting(for goal: Int, _ rules: CrafterRules) -> Sighting? {
    let goals = rules.goals
    let materials = goals.materials[goal], occupants = goals.occupants[goal]
    var best = Int.max, found = (x: 0, y: 0)
    for x in -4...4 {
      for y in -3...3 {
        let cell = CrafterMap.cell(playerX &+ x, playerY &+ y), far = abs(x) &+ abs(y)
        guard far < best && far > 0 && isTarget(cell, materials, occupants) else { continue }
        (best, found) = (far, (x, y))
      }
    }
    guard best < Int.max else { return nil }
    let isWorkplace =
      materials & (1 << CrafterMaterial.table.rawValue | 1 << CrafterMaterial.furnace.rawValue) != 0
    return Sighting(
      x: Float(playerX + found.x), z: Float(playerY + found.y),
      isNear: !isWorkplace || abs(found.x) <= 1 && abs(found.y) <= 1)
  }

  /// Whether a cell holds one of some occupants, or nothing but one of some materials.
  @inline(__always)
  private mutating func isTarget(_ cell: Int, _ materials: MaterialMask, _ occupants: UInt16) -> Bool {
    let occupant = map.occupants[unchecked: cell]
    if occupant == 0 { return materials.contains(map.materials[unchecked: cell]) }
    return occupants &>> UInt16(occupant) & 1 != 0
  }

  /// Notes the nearest of everything in view, and that what was seen here is here no longer.
  public mutating func survey(_ rules: CrafterRules, into seen: inout SeenTargets) {
    let materialCount = CrafterMaterial.allCases.count - 1
    var found: UInt32 = 0
    // Ring by ring, so that the first of a kind is the nearest.
    for place in CrafterGoals.ringOrder {
      let x = playerX &+ Int(place.x), y = playerY &+ Int(place.y), cell = CrafterMap.cell(x, y)
      let occupant = map.occupants[unchecked: cell], material = map.materials[unchecked: cell]
      guard occupant != 0 || material != 0 else { continue }
      let here = SIMD3(Float(x), 0, Float(y))
      func note(_ target: Int) {
        guard found &>> UInt32(target) & 1 == 0 else { return }
        found |= 1 &<< UInt32(target)
        seen[target] = here
      }
      switch CrafterOccupant(rawValue: occupant)! {
      case .nothing: note(Int(material) &- 1)
      case .cow: note(materialCount)
      case .zombie: note(materialCount &+ 1)
      case .skeleton: note(materialCount &+ 2)
      case .sapling: note(materialCount &+ 3)
      case .ripePlant:
        note(materialCount &+ 3)
        note(materialCount &+ 4)
      default: break
      }
    }
    for target in 0..<materialCount &+ 5 where found &>> UInt32(target) & 1 == 0 {
      guard let place = seen[target] else { continue }
      if abs(Int(place.x) &- playerX) <= 4 && abs(Int(place.z) &- playerY) <= 3 { seen[target] = nil }
    }
  }

  /// A count as in ``CrafterFacts``.
  public mutating func goalFact(_ fact: Int, _ rules: CrafterRules) -> Int32 {
    if fact < 16 { return Int32(player.inventory[fact]) }
    switch fact {
    case CrafterFacts.zombieClose: return zombieIsClose(rules) ? 1 : 0
    case CrafterFacts.day: return isDay ? 1 : 0
    case CrafterFacts.dugIn: return isDugIn(rules) ? 1 : 0
    case CrafterFacts.sheltered: return isSheltered(rules) ? 1 : 0
    default: break
    }
    if CrafterFacts.achievements.contains(fact) {
      return player.achievements[fact - CrafterFacts.achievements.lowerBound]
    }
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: CrafterFacts.names.count) { facts in
      writeFacts(rules, into: facts.baseAddress!)
      return facts[fact]
    }
  }

  /// To face the target is something; the rest is how far a creature is beaten. A shelter wants nothing but a stone
  /// in front.
  public mutating func effort(for goal: Int, _ rules: CrafterRules) -> Float {
    if goal == rules.goals.shelter { return stoneWouldShelter(rules) ? 1 : 0 }
    let x = playerX + player.facing.dx, y = playerY + player.facing.dy
    let cell = CrafterMap.cell(x, y)
    guard isTarget(cell, rules.goals.materials[goal], rules.goals.occupants[goal]) else { return 0 }
    guard map.occupants[cell] != 0 else { return 0.2 }
    let object = objects.records[objects.index(x, y)]
    let most = rules.creatures[Int(object.kind - CrafterKind.player.rawValue)].health
    return 0.2 + 0.8 * (1 - Float(max(0, object.health)) / Float(max(1, most)))
  }

  /// Health, in ninths.
  public mutating func wellbeing(_ rules: CrafterRules) -> Float { Float(max(0, player.health)) / 9 }

  /// Writes the cells of the view in their classes, and how the player is.
  public mutating func writeGoalView(
    for goal: Int, _ rules: CrafterRules, into observation: UnsafeMutablePointer<UInt8>
  ) {
    let goals = rules.goals
    let materials = goals.materials[goal], occupants = goals.occupants[goal]
    let classes = materialClasses(rules)
    var next = observation
    for x in -4...4 {
      for y in -3...3 {
        next.pointee = cellClass(CrafterMap.cell(playerX &+ x, playerY &+ y), materials, occupants, classes)
        next += 1
      }
    }
    observation[7 * 4 + 3] = CrafterGoals.CellClass.free.rawValue
    let front = CrafterMap.cell(playerX &+ player.facing.dx, playerY &+ player.facing.dy)
    next[0] = cellClass(front, materials, occupants, classes)
    next[1] = player.facing.rawValue
    for item in 0..<4 { next[2 + item] = UInt8(max(0, player.inventory[item])) }
    next[6] = UInt8(player[.stone])
    next[7] = player[.ironSword] > 0 ? 3 : player[.stoneSword] > 0 ? 2 : player[.woodSword] > 0 ? 1 : 0
    next[8] = rules.days[unchecked: Int(steps % 300)].level / 4
    next[9] = player.isSleeping ? 1 : 0
  }

  /// The class of a cell in view of a goal.
  @inline(__always)
  private mutating func cellClass(
    _ cell: Int, _ materials: MaterialMask, _ occupants: UInt16, _ classes: InlineArray<13, UInt8>
  ) -> UInt8 {
    if isTarget(cell, materials, occupants) { return CrafterGoals.CellClass.target.rawValue }
    let occupant = map.occupants[unchecked: cell]
    return occupant == 0
      ? classes[unchecked: Int(map.materials[unchecked: cell])]
      : CrafterGoals.occupantClasses[unchecked: Int(occupant)]
  }

  /// By material, what a cell of it is to the player, who may have the tools to remove it.
  private mutating func materialClasses(_ rules: CrafterRules) -> InlineArray<13, UInt8> {
    var classes = InlineArray<13, UInt8>(repeating: 0)
    for code in 0..<13 { classes[code] = materialClass(UInt8(code), rules).rawValue }
    return classes
  }

  private mutating func materialClass(_ material: UInt8, _ rules: CrafterRules) -> CrafterGoals.CellClass {
    if material == 0 { return .beyond }
    if rules.deadlyGround.contains(material) { return .deadly }
    if rules.playerGround.contains(material) { return .free }
    if material == CrafterMaterial.water.rawValue { return .water }
    let table = rules.collect[Int(material)]
    let isRemovable =
      table.exists && rules.playerGround.contains(table.leaves) && player.inventory.covers(table.requires)
    return isRemovable ? .removable : .lasting
  }

  /// While it sleeps, nothing it does matters: the one action that it may take is to sleep.
  public mutating func writeActionMask(_ rules: CrafterRules, into mask: UnsafeMutablePointer<UInt8>) {
    let isAsleep = player.isSleeping && player.inventory[CrafterItem.energy.rawValue] < CrafterPlayer.most
    mask.update(repeating: isAsleep ? 0 : 1, count: CrafterAction.allCases.count)
    mask[CrafterAction.sleep.rawValue] = 1
  }
}

extension CrafterGoals {
  /// The places of a view around the player, the nearest first.
  static let ringOrder: [SIMD2<Int8>] = {
    var places: [SIMD2<Int8>] = []
    for distance in 1...7 {
      for x in -4...4 {
        for y in -3...3 where abs(x) + abs(y) == distance { places.append(SIMD2(Int8(x), Int8(y))) }
      }
    }
    return places
  }()

  /// By occupant, the class of its cell.
  static let occupantClasses: InlineArray<11, UInt8> = [
    CellClass.free.rawValue, CellClass.cow.rawValue, CellClass.zombie.rawValue, CellClass.skeleton.rawValue,
    CellClass.arrowLeft.rawValue, CellClass.arrowRight.rawValue, CellClass.arrowUp.rawValue,
    CellClass.arrowDown.rawValue, CellClass.plant.rawValue, CellClass.plant.rawValue, CellClass.free.rawValue,
  ]
}
