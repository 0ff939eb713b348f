// What creatures, arrows and plants do in a step in which they are near the player.

extension CrafterWorld {
  /// Lets an object act.
  @inline(__always)
  mutating func update(_ index: Int, _ rules: CrafterRules) {
    switch objects.records[unchecked: index].kind {
    case CrafterKind.arrow.rawValue: fly(index, rules)
    case CrafterKind.plant.rawValue: grow(index, rules)
    default:
      // One that was beaten is removed only now, and still acts this once.
      let kind = objects.records[unchecked: index].kind
      let isAlive = objects.records[unchecked: index].health > 0
      if !isAlive { remove(index) }
      behave(index, kind, rules, isAlive: isAlive)
    }
  }

  /// Moves, shoots and fights as creatures of a kind do.
  @inline(__always)
  private mutating func behave(_ index: Int, _ kind: UInt8, _ rules: CrafterRules, isAlive: Bool) {
    let row = Int(kind &- CrafterKind.player.rawValue)
    let movement = rules.creatures[unchecked: row].movement
    switch movement {
    case .stay: break
    case .wander:
      let (direction, isTaken) = draws.stroll()
      _ = move(
        index, direction.dx, direction.dy, on: rules.creatureGround, isAlive: isAlive && isTaken)
    case .chase:
      if distance(index) <= 8 && draws.uniform() < 0.9 {
        approach(index, draws.uniform() < 0.8, rules, isAlive: isAlive)
      } else {
        wander(index, rules, isAlive: isAlive)
      }
    case .shoot, .shootAndFlee:
      hunt(index, kind, flees: movement == .shootAndFlee, rules, isAlive: isAlive)
    }
    if rules.creatures[unchecked: row].attacks && distance(index) <= 1 { attack(index, kind, rules) }
  }

  /// Moves towards the player if the way is free.
  @inline(__always)
  private mutating func approach(_ index: Int, _ longAxis: Bool, _ rules: CrafterRules, isAlive: Bool) {
    let step = toward(index, longAxis: longAxis)
    _ = move(index, step.dx, step.dy, on: rules.creatureGround, isAlive: isAlive)
  }

  /// Keeps a player at a distance, shoots at it, and approaches one who is further away.
  private mutating func hunt(
    _ index: Int, _ kind: UInt8, flees: Bool, _ rules: CrafterRules, isAlive: Bool
  ) {
    if objects.records[unchecked: index].reload > 0 { objects.records[unchecked: index].reload -= 1 }
    let distance = distance(index)
    if flees && distance <= 3 {
      let step = toward(index, longAxis: draws.uniform() < 0.6)
      if move(index, -step.dx, -step.dy, on: rules.creatureGround, isAlive: isAlive) { return }
    }
    if distance <= 5 && draws.uniform() < 0.5 {
      shoot(index, kind, rules)
    } else if distance <= 8 && draws.uniform() < 0.3 {
      approach(index, draws.uniform() < 0.6, rules, isAlive: isAlive)
    } else if draws.uniform() < 0.2 {
      wander(index, rules, isAlive: isAlive)
    }
  }

  /// Shoots an arrow at the player, unless the last shot is too recent or the arrow has no room.
  private mutating func shoot(_ index: Int, _ kind: UInt8, _ rules: CrafterRules) {
    guard objects.records[unchecked: index].reload == 0 else { return }
    let step = toward(index, longAxis: true)
    let x = Int(objects.x[unchecked: index]) + step.dx, y = Int(objects.y[unchecked: index]) + step.dy
    guard step != (0, 0), isFree(CrafterMap.cell(x, y), rules.arrowSpace) else { return }
    let direction: CrafterDirection = step.dx < 0 ? .left : step.dx > 0 ? .right : step.dy < 0 ? .up : .down
    var arrow = CrafterObject(kind: CrafterKind.arrow.rawValue, health: 0)
    arrow.direction = direction.rawValue
    arrow.damage = rules.creatures[unchecked: Int(kind - CrafterKind.player.rawValue)].arrowDamage
    add(
      arrow, CrafterOccupant(rawValue: CrafterOccupant.arrowLeft.rawValue + direction.rawValue)!, x, y)
    objects.records[unchecked: index].reload = 4
  }

  /// Hurts a player who is beside, or waits for the next chance to.
  private mutating func attack(_ index: Int, _ kind: UInt8, _ rules: CrafterRules) {
    guard objects.records[unchecked: index].cooldown == 0 else {
      objects.records[unchecked: index].cooldown -= 1
      return
    }
    let table = rules.creatures[unchecked: Int(kind - CrafterKind.player.rawValue)]
    hurt(by: player.isSleeping ? table.damageAsleep : table.damage)
    objects.records[unchecked: index].cooldown = UInt8(truncatingIfNeeded: table.wait)
  }

  /// Takes from the player's health.
  private mutating func hurt(by damage: Int8) {
    player.health = min(CrafterPlayer.most, player.health &- damage)
  }

  /// An arrow's step: it flies on, or hits what is ahead and is gone.
  private mutating func fly(_ index: Int, _ rules: CrafterRules) {
    let direction = CrafterDirection(rawValue: objects.records[unchecked: index].direction)!
    let x = Int(objects.x[unchecked: index]) + direction.dx,
      y = Int(objects.y[unchecked: index]) + direction.dy
    let cell = CrafterMap.cell(x, y), material = map.materials[unchecked: cell]
    if map.occupants[unchecked: cell] != 0 {
      if map.occupants[unchecked: cell] == CrafterOccupant.player.rawValue {
        hurt(by: objects.records[unchecked: index].damage)
      } else {
        let target = objects.index(x, y)
        objects.records[unchecked: target].health = max(
          0, objects.records[unchecked: target].health &- rules.arrowDamage)
      }
      remove(index)
    } else if !rules.arrowSpace.contains(material) {
      remove(index)
      if material != 0 { setMaterial(x, y, rules.arrowLeaves[Int(material)], rules) }
    } else {
      _ = move(index, direction.dx, direction.dy, on: rules.arrowSpace, isAlive: true)
    }
  }

  /// A plant's step: it ripens, unless creatures beside it eat it.
  private mutating func grow(_ index: Int, _ rules: CrafterRules) {
    let cell = CrafterMap.cell(Int(objects.x[unchecked: index]), Int(objects.y[unchecked: index]))
    if objects.records[unchecked: index].grown < .max { objects.records[unchecked: index].grown += 1 }
    let isRipe = objects.records[unchecked: index].grown > rules.ripensAfter
    if isRipe { map.occupants[unchecked: cell] = CrafterOccupant.ripePlant.rawValue }
    let creatures = CrafterOccupant.cow.rawValue...CrafterOccupant.skeleton.rawValue
    func isCreature(_ cell: Int) -> Bool { creatures.contains(map.occupants[unchecked: cell]) }
    let isEaten =
      isCreature(cell &- CrafterMap.stride) || isCreature(cell &+ CrafterMap.stride) || isCreature(cell &- 1)
      || isCreature(cell &+ 1)
    if isEaten {
      objects.records[unchecked: index].health = max(0, objects.records[unchecked: index].health - 1)
    }
    if objects.records[unchecked: index].health <= 0 {
      remove(index)
    } else if isRipe {
      behave(index, CrafterKind.plant.rawValue, rules, isAlive: true)
    }
  }
}
