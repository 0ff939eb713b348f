extension CrafterWorld {
  /// The player's part of a step: its action, then its body.
  @inline(__always)
  mutating func act(_ chosen: CrafterAction, _ rules: CrafterRules) {
    let x = playerX &+ player.facing.dx, y = playerY &+ player.facing.dy
    var action = chosen
    if player.isSleeping {
      if player.inventory[CrafterItem.energy.rawValue] < CrafterPlayer.most {
        action = .sleep
      } else {
        player.isSleeping = false
        player.reach(.wakeUp)
      }
    }
    switch action {
    case .noop: break
    case .moveLeft, .moveRight, .moveUp, .moveDown:
      walk(CrafterDirection(rawValue: UInt8(action.rawValue - CrafterAction.moveLeft.rawValue))!, rules)
    case .do: interact(x, y, rules)
    case .sleep:
      if player.inventory[CrafterItem.energy.rawValue] < CrafterPlayer.most { player.isSleeping = true }
    case .placeStone, .placeTable, .placeFurnace, .placePlant: place(action, x, y, rules)
    default: make(action, rules)
    }
    player.live()
  }

  /// Turns, and takes a step if the cell ahead is free.
  @inline(__always)
  private mutating func walk(_ direction: CrafterDirection, _ rules: CrafterRules) {
    player.facing = direction
    _ = move(0, direction.dx, direction.dy, on: rules.playerGround, isAlive: true)
    let ground = map.materials[unchecked: CrafterMap.cell(playerX, playerY)]
    if rules.deadlyGround.contains(ground) {
      player.health = 0
    } else {
      player.health &+= rules.groundHealth[unchecked: Int(ground)]
    }
  }

  /// Acts on what is at (`x`, `y`): an object if there is one, or else the ground.
  private mutating func interact(_ x: Int, _ y: Int, _ rules: CrafterRules) {
    let cell = CrafterMap.cell(x, y)
    if map.occupants[unchecked: cell] != 0 {
      strike(objects.index(x, y), rules)
    } else {
      collect(x, y, rules)
    }
  }

  /// Hits a creature, or eats a plant that is ripe.
  private mutating func strike(_ index: Int, _ rules: CrafterRules) {
    let kind = objects.records[unchecked: index].kind
    let table = rules.creatures[Int(kind - CrafterKind.player.rawValue)]
    switch CrafterKind(rawValue: kind)! {
    case .player, .arrow: return
    case .plant:
      guard objects.records[unchecked: index].grown > rules.ripensAfter else { return }
      objects.records[unchecked: index].grown = 0
      map.occupants[CrafterMap.cell(Int(objects.x[index]), Int(objects.y[index]))] =
        CrafterOccupant.sapling.rawValue
      player.reach(.eatPlant)
    case .cow, .zombie, .skeleton:
      let health = max(0, objects.records[unchecked: index].health &- blow(rules))
      objects.records[unchecked: index].health = health
      // A body that nobody has removed yet can be beaten again, and that counts again.
      guard health == 0 else { return }
      switch CrafterKind(rawValue: kind)! {
      case .cow: player.reach(.eatCow)
      case .zombie: player.reach(.defeatZombie)
      default: player.reach(.defeatSkeleton)
      }
    }
    player.inventory &+= table.reward
    if table.stillsHunger { player.hunger = 0 }
  }

  /// Damage of a blow with the best sword at hand.
  private func blow(_ rules: CrafterRules) -> Int8 {
    var damage = rules.damage[0]
    let swords = [CrafterItem.woodSword, .stoneSword, .ironSword] as InlineArray<3, CrafterItem>
    for i in 0..<3 where player.inventory[swords[i].rawValue] > 0 {
      damage = max(damage, rules.damage[i + 1])
    }
    return damage
  }

  /// Collects the ground at (`x`, `y`), on which nothing stands.
  private mutating func collect(_ x: Int, _ y: Int, _ rules: CrafterRules) {
    let cell = CrafterMap.cell(x, y), material = map.materials[unchecked: cell]
    let table = rules.collect[unchecked: Int(material)]
    if table.quenchesThirst { player.thirst = 0 }
    guard table.exists && player.inventory.covers(table.requires) else { return }
    player.inventory &+= table.changes
    setMaterial(x, y, table.leaves, rules)
    if table.appears != 0, draws.uniform() <= table.appearanceChance {
      addCreature(CrafterKind(rawValue: table.appears)!, x, y, rules)
    }
    let chance = draws.uniform()
    for i in 0..<table.receiptCount {
      let receipt = table.receipts[i]
      guard receipt.above < chance && chance <= receipt.upTo else { continue }
      player.inventory[Int(receipt.item)] &+= receipt.amount
      if receipt.achievement >= 0 { player.reach(Int(receipt.achievement)) }
    }
  }

  /// Puts something on the cell at (`x`, `y`).
  private mutating func place(_ action: CrafterAction, _ x: Int, _ y: Int, _ rules: CrafterRules) {
    let table = rules.place[action.rawValue - CrafterAction.placeStone.rawValue]
    let cell = CrafterMap.cell(x, y)
    guard map.occupants[unchecked: cell] == 0 && table.on.contains(map.materials[unchecked: cell]),
      player.inventory.covers(table.uses)
    else { return }
    player.inventory &-= table.uses
    switch action {
    case .placeStone:
      setMaterial(x, y, CrafterMaterial.stone.rawValue, rules)
      player.reach(.placeStone)
    case .placeTable:
      setMaterial(x, y, CrafterMaterial.table.rawValue, rules)
      player.reach(.placeTable)
    case .placeFurnace:
      setMaterial(x, y, CrafterMaterial.furnace.rawValue, rules)
      player.reach(.placeFurnace)
    default:
      addCreature(.plant, x, y, rules)
      player.reach(.placePlant)
    }
  }

  /// Makes a tool.
  private mutating func make(_ action: CrafterAction, _ rules: CrafterRules) {
    let tool = action.rawValue - CrafterAction.makeWoodPickaxe.rawValue
    let table = rules.make[tool]
    guard table.exists && nearby() & table.nearby == table.nearby, player.inventory.covers(table.uses) else {
      return
    }
    player.inventory &-= table.uses
    player.inventory[CrafterItem.woodPickaxe.rawValue + tool] &+= table.gives
    let achievements =
      [
        .makeWoodPickaxe, .makeStonePickaxe, .makeIronPickaxe, .makeWoodSword, .makeStoneSword,
        .makeIronSword,
      ]
      as InlineArray<6, CrafterAchievement>
    player.reach(achievements[tool])
  }

  /// The materials of the nine cells about the player; none at all for a player at the left or upper edge, where the
  /// package's slice of its array begins at −1 and is empty. Mutating, as observing is, only so that the world is handed
  /// over by its address.
  mutating func nearby() -> MaterialMask {
    guard playerX > 0 && playerY > 0 else { return 0 }
    var mask: MaterialMask = 0
    for x in playerX - 1...playerX + 1 {
      for y in playerY - 1...playerY + 1 {
        mask |= 1 &<< MaterialMask(map.materials[unchecked: CrafterMap.cell(x, y)])
      }
    }
    return mask & ~1
  }

  /// Turns the cell at (`x`, `y`) into another material.
  mutating func setMaterial(_ x: Int, _ y: Int, _ material: UInt8, _ rules: CrafterRules) {
    let cell = CrafterMap.cell(x, y), old = map.materials[unchecked: cell]
    guard old != material else { return }
    map.materials[unchecked: cell] = material
    population.ground(CrafterMap.chunk(x, y), from: old, to: material, rules)
  }
}

extension CrafterDirection {
  /// The step to the right, or to the left where negative.
  @inline(__always) var dx: Int { self == .left ? -1 : self == .right ? 1 : 0 }
  /// The step downwards, or upwards where negative.
  @inline(__always) var dy: Int { self == .up ? -1 : self == .down ? 1 : 0 }
}
