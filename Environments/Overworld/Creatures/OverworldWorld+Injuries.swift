/// The numbers of creatures' wounds (netherite: `hostile_live.h`). Times are in ticks.
enum Injury {
  /// Who was hurt cannot be hurt again for so long, but by what hurts more.
  static let immunity: Int16 = 10
  /// Damage of fire each second; of lava and of suffocation at each decision, after which comes immunity.
  static let fire: Float = 1, lava: Float = 4, suffocation: Float = 1
  /// How long the undead burn once the sun has lit them, and others after lava.
  static let sunFire: Int16 = 160, lavaFire: Int16 = 300
  /// How likely the sun lights them in a tick, under the open sky.
  static let ignition = 0.04
  /// The speed with which a blow throws back.
  static let knockBack = 0.4
}

extension Creature {
  /// Takes health. Returns whether it hurt: for half a second after a wound only a worse one does, and only by the
  /// difference.
  ///
  /// - Parameter armor: armour points. They take up to a 25th each off a small wound, a fifth of that off a large one
  ///   (netherite: `combat_math.h`); none against fire, falls and suffocation.
  @discardableResult
  mutating func wound(_ amount: Float, armor: Float = 0) -> Bool {
    var damage = amount
    if hurtTicks > 0 {
      guard amount > lastDamage else { return false }
      damage -= lastDamage
    } else {
      hurtTicks = Injury.immunity
    }
    lastDamage = amount
    health -= damage * (1 - max(armor - damage / 2, armor / 5) / 25)
    return true
  }

  /// Throws it away from a place.
  mutating func knockBack(fromX: Double, z fromZ: Double) {
    let away = heading(fromX, fromZ, nearer: 1e-4).wish
    vx = vx / 2 - away.x * Injury.knockBack
    vz = vz / 2 - away.z * Injury.knockBack
    if isOnGround { vy = min(Injury.knockBack, vy / 2 + Injury.knockBack) }
    isOnGround = false
  }
}

extension OverworldWorld {
  /// Hurts a creature with a blow of the player's from a place: it is thrown back; animals run, monsters come; where it has
  /// no health left it dies and leaves what its kind does.
  ///
  /// - Parameter amount: half hearts.
  mutating func hurtCreature(
    _ index: Int, _ amount: Float, fromX: Double, z fromZ: Double, _ rules: OverworldRules
  ) {
    var creature = creatures[index]
    guard creature.kind != .none && creature.kind != .arrow else { return }
    let wasImmune = creature.hurtTicks > 0
    guard creature.wound(amount, armor: CreatureRules.standard[creature.kind].armor) else { return }
    creature.isProvoked = true
    if creature.health <= 0 {
      removeCreature(index)
      leaveDrops(of: creature, rules)
      return
    }
    if !wasImmune { creature.knockBack(fromX: fromX, z: fromZ) }
    if creature.kind.isAnimal {
      creature.loveTicks = 0
      startle(&creature)
    } else {
      creature.task = .chase
      creature.lostTicks = 0
    }
    creatures[index] = creature
  }

  /// Lets what a dead creature leaves fall where it stood. Young ones leave nothing.
  mutating func leaveDrops(of creature: Creature, _ rules: OverworldRules) {
    guard !creature.isYoung else { return }
    let table = rules.minecraft.drops
    for index in table.drops(of: creature.kind) { leave(table.drops[index], of: creature, rules) }
    let rare = table.rareDrops(of: creature.kind)
    if creature.isProvoked, !rare.isEmpty, random.uniform() < Double(table.rareChance(creature.kind)) {
      leave(table.drops[rare.lowerBound &+ random.below(rare.count)], of: creature, rules)
    }
  }

  /// Lets one of a creature's drops fall: cooked where it burns, wool in the sheep's colour, and none of a shorn one that
  /// dies.
  mutating func leave(_ drop: Drop, of creature: Creature, _ rules: OverworldRules) {
    let wool = CreatureRules.standard.wool
    var item = creature.fireTicks > 0 ? drop.burnt : drop.item
    if drop.item == wool[0] {
      if creature.isShorn && creature.health <= 0 { return }
      item = wool[Int(creature.color)]
    }
    var count = 0
    for _ in 0..<drop.tries where drop.chance >= 1 || random.uniform() < Double(drop.chance) {
      count &+= Int(drop.least) &+ random.below(Int(drop.most) &- Int(drop.least) &+ 1)
    }
    guard count > 0 else { return }
    dropItem(ItemStack(item, UInt8(count)), creature.x, creature.y, creature.z, rules)
  }
}
