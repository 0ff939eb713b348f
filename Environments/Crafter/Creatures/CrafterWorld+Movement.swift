// How objects come to the map, move on it and leave it.

extension CrafterWorld {
  /// Adds an object on a free cell.
  mutating func add(_ object: CrafterObject, _ occupant: CrafterOccupant, _ x: Int, _ y: Int) {
    let index = objects.count
    objects.count &+= 1
    objects.records[unchecked: index] = object
    objects.x[unchecked: index] = UInt8(truncatingIfNeeded: x)
    objects.y[unchecked: index] = UInt8(truncatingIfNeeded: y)
    map.occupants[unchecked: CrafterMap.cell(x, y)] = occupant.rawValue
    population.enter(CrafterMap.chunk(x, y), object.kind)
  }

  /// Adds a creature or a sapling.
  mutating func addCreature(_ kind: CrafterKind, _ x: Int, _ y: Int, _ rules: CrafterRules) {
    let table = rules.creatures[Int(kind.rawValue - CrafterKind.player.rawValue)]
    let object = CrafterObject(
      kind: kind.rawValue, health: table.health, cooldown: UInt8(truncatingIfNeeded: table.firstWait))
    let occupant: CrafterOccupant =
      switch kind {
      case .cow: .cow
      case .zombie: .zombie
      case .skeleton: .skeleton
      default: .sapling
      }
    add(object, occupant, x, y)
  }

  /// Takes an object from the map. It keeps its place in the list until the end of the step.
  mutating func remove(_ index: Int) {
    let x = Int(objects.x[unchecked: index]), y = Int(objects.y[unchecked: index])
    map.occupants[unchecked: CrafterMap.cell(x, y)] = 0
    population.leave(CrafterMap.chunk(x, y), objects.records[unchecked: index].kind)
    objects.records[unchecked: index].kind = 0
    objects.hasGaps = true
  }

  /// Moves an object by a step if the cell there is free, and says whether it was. One that was removed in this step
  /// stays where it is, but still gets to know whether the cell was free.
  @inline(__always)
  mutating func move(_ index: Int, _ dx: Int, _ dy: Int, on ground: MaterialMask, isAlive: Bool) -> Bool {
    let x = Int(objects.x[unchecked: index]), y = Int(objects.y[unchecked: index])
    let from = CrafterMap.cell(x, y), to = CrafterMap.cell(x &+ dx, y &+ dy)
    // One question rather than two, for both answers are often no.
    let isFree = isFree(to, ground)
    guard (isFree ? 1 : 0) & (isAlive ? 1 : 0) != 0 else { return isFree }
    map.occupants[unchecked: to] = map.occupants[unchecked: from]
    map.occupants[unchecked: from] = 0
    objects.x[unchecked: index] = UInt8(truncatingIfNeeded: x &+ dx)
    objects.y[unchecked: index] = UInt8(truncatingIfNeeded: y &+ dy)
    let old = CrafterMap.chunk(x, y), new = CrafterMap.chunk(x &+ dx, y &+ dy)
    if old != new {
      let kind = objects.records[unchecked: index].kind
      population.leave(old, kind)
      population.enter(new, kind)
    }
    return true
  }

  /// Whether nothing stands on a cell and it is of one of the materials. Mutating only so that the world is handed over by
  /// its address.
  @inline(__always)
  mutating func isFree(_ cell: Int, _ ground: MaterialMask) -> Bool {
    (map.occupants[unchecked: cell] == 0 ? ground : 0).contains(map.materials[unchecked: cell])
  }

  /// Moves a creature in a random direction if it can.
  @inline(__always)
  mutating func wander(_ index: Int, _ rules: CrafterRules, isAlive: Bool) {
    let direction = CrafterDirection(rawValue: UInt8(truncatingIfNeeded: draws.below(4)))!
    _ = move(index, direction.dx, direction.dy, on: rules.creatureGround, isAlive: isAlive)
  }

  /// The step that brings an object closer to the player: along the longer axis, or along the shorter one, where it may
  /// be no step at all.
  @inline(__always)
  func toward(_ index: Int, longAxis: Bool) -> (dx: Int, dy: Int) {
    let x = playerX &- Int(objects.x[unchecked: index]), y = playerY &- Int(objects.y[unchecked: index])
    let isWide = abs(x) > abs(y)
    return isWide == longAxis ? (x.signum(), 0) : (0, y.signum())
  }

  /// The distance between an object and the player, both axes added.
  @inline(__always)
  func distance(_ index: Int) -> Int {
    distance(Int(objects.x[unchecked: index]), Int(objects.y[unchecked: index]))
  }

  /// The distance between a cell and the player, both axes added.
  @inline(__always)
  func distance(_ x: Int, _ y: Int) -> Int { abs(playerX &- x) &+ abs(playerY &- y) }
}
