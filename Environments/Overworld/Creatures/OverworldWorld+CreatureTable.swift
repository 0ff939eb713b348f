extension OverworldWorld {
  /// Puts a grown creature into the world, the middle of its soles at a place; nil where the table is full.
  ///
  /// A sheep is white; ``spawnInitialCreatures(_:_:_:)`` and natural spawning draw colours.
  @discardableResult
  mutating func spawn(_ kind: CreatureKind, x: Double, y: Double, z: Double) -> Int? {
    var index = 0
    while index < Int(creatureCount) && creatures[index].kind != .none { index &+= 1 }
    guard index < creatures.count else { return nil }
    creatureCount = max(creatureCount, Int32(index &+ 1))
    var creature = Creature()
    creature.kind = kind
    (creature.x, creature.y, creature.z) = (x, y, z)
    creature.health = CreatureRules.standard[kind].health
    if kind == .chicken { creature.fuseTicks = Husbandry.eggTicks }
    creatures[index] = creature
    return index
  }

  /// Takes a creature out of the world.
  mutating func removeCreature(_ index: Int) {
    creatures[index] = Creature()
    while creatureCount > 0 && creatures[Int(creatureCount) &- 1].kind == .none { creatureCount &-= 1 }
  }

  /// How many creatures there are for which `holds` is true.
  func countCreatures(where holds: (CreatureKind) -> Bool) -> Int {
    var count = 0
    for index in 0..<Int(creatureCount) where creatures[index].kind != .none && holds(creatures[index].kind) {
      count &+= 1
    }
    return count
  }
}

extension Creature {
  /// Its size: young ones are half as wide and high.
  @inline(__always)
  func size(_ traits: CreatureTraits) -> (width: Double, height: Double) {
    isYoung ? (traits.width / 2, traits.height / 2) : (traits.width, traits.height)
  }

  /// The box of its body.
  @inline(__always)
  func box(_ traits: CreatureTraits) -> BodyBox {
    let size = size(traits)
    return BodyBox(x: x, y: y, z: z, width: size.width, height: size.height)
  }

  /// The box of its body.
  public var bounds: (minX: Double, minY: Double, minZ: Double, maxX: Double, maxY: Double, maxZ: Double) {
    let box = box(CreatureRules.standard[kind])
    return (box.minX, box.minY, box.minZ, box.maxX, box.maxY, box.maxZ)
  }
}
