/// What makes hungry: a food point (or saturation) for every 4 (netherite: `player_vitals.h`; MinestomPvP:
/// `VanillaExhaustionFeature.java`).
enum Exhaustion {
  /// For each block of the way on the ground, and in water.
  static let sprint: Float = 0.1, swim: Float = 0.01
  /// For each.
  static let jump: Float = 0.05, sprintJump: Float = 0.2, attack: Float = 0.1, breaking: Float = 0.005
  /// For each wound that armour would lessen, and for each half heart healed.
  static let wound: Float = 0.1, healing: Float = 6
  /// What one point costs, and the most there is.
  static let point: Float = 4, most: Float = 40
}

/// The numbers of health and breath on normal difficulty (netherite: `player_vitals.h`, `player_survival.h`,
/// `hostile_live.h`). Times are in ticks.
enum Vitals {
  /// Health, food and breath when full.
  static let health: Float = 20, food: Int32 = 20, air: Int32 = 300
  /// Who was hurt cannot be hurt again for so long, but by what hurts more.
  static let hurtTicks: Int32 = 10
  /// Damage of drowning, each second once the breath is gone; of lava; of fire each second; of suffocation; of hunger.
  static let drowning: Float = 2, lava: Float = 4, fire: Float = 1, suffocation: Float = 1,
    starvation: Float = 1
  /// How long it burns after lava.
  static let lavaFire: Int32 = 300
  /// Between two points healed with saturation and a full stomach, and without; and between two wounds of hunger.
  static let fastHealing: Int32 = 10, slowHealing: Int32 = 80, starving: Int32 = 80
  /// From how much food on health comes back slowly, and below which health hunger does not kill.
  static let healingFood: Int32 = 18, leastStarvingHealth: Float = 1
  /// The speed with which a blow throws back.
  static let knockBack = 0.4
}

extension OverworldWorld {
  /// Hurts the player; where it is left with no health, it is dead.
  ///
  /// For half a second after a wound only a worse one counts, and only by the difference. The player wears no armour.
  ///
  /// - Parameters:
  ///   - amount: half hearts.
  ///   - tires: whether it makes hungry, as what armour would lessen does, and falls, drowning, hunger, suffocation and
  ///     the flames on one's body do not.
  mutating func hurtPlayer(_ amount: Float, tires: Bool = true, _ rules: OverworldRules) {
    _ = wound(amount, tires: tires)
  }

  /// Hurts the player with a blow from a place, which throws it back.
  mutating func hurtPlayer(_ amount: Float, knockFromX x: Double, z: Double, _ rules: OverworldRules) {
    let wasImmune = player.hurtTicks > 0
    guard wound(amount, tires: true), !wasImmune else { return }
    let dx = player.x - x, dz = player.z - z
    let distance = (dx * dx + dz * dz).squareRoot()
    guard distance > 1e-4 else { return }
    player.vx = player.vx / 2 + dx / distance * Vitals.knockBack
    player.vz = player.vz / 2 + dz / distance * Vitals.knockBack
    if player.isOnGround { player.vy = min(Vitals.knockBack, player.vy / 2 + Vitals.knockBack) }
    player.isOnGround = false
  }

  /// Takes health. Returns whether it hurt.
  private mutating func wound(_ amount: Float, tires: Bool) -> Bool {
    guard player.health > 0 && amount > 0 else { return false }
    var damage = amount
    if player.hurtTicks > 0 {
      guard amount > player.lastDamage else { return false }
      damage -= player.lastDamage
    } else {
      player.hurtTicks = Vitals.hurtTicks
    }
    player.lastDamage = amount
    player.health = max(0, player.health - damage)
    if tires { player.exhaustion += Exhaustion.wound }
    return true
  }

  /// Whether the player is dead.
  public var isPlayerDead: Bool { player.health <= 0 }

  /// What water, lava and blocks about the player are to it: the first part of its tick.
  @inline(__always)
  mutating func sensePlayerSurroundings(_ rules: OverworldRules) {
    let view = view, traits = rules.traits
    // Water counts from two fifths above the soles to two fifths below the crown, lava a tenth inside of that.
    var trunk = player.box
    trunk.minY += 0.4
    trunk.maxY -= 0.4
    var isInWater = false, isInLava = false
    _ = view.contains(trunk) { block in
      isInWater = isInWater || traits[block].isWater
      isInLava = isInLava || traits[block].isLava
      return false
    }
    player.isInWater = isInWater
    player.isInLava = isInLava
    let atEyes = traits[view[cell(player.x), cell(player.y + player.eyes), cell(player.z)]]
    player.isUnderWater = atEyes.isWater
    if isInWater {
      player.fallDistance = 0
      player.fireTicks = 0
    }
    if isInLava { player.fallDistance *= 0.5 }
    if atEyes.isOpaque { hurtPlayer(Vitals.suffocation, tires: false, rules) }
  }

  /// Breath, fire, hunger and healing.
  @inline(__always)
  mutating func livePlayer(_ rules: OverworldRules) {
    if player.hurtTicks > 0 { player.hurtTicks -= 1 }
    if player.isUnderWater {
      player.air -= 1
      if player.air <= -20 {
        player.air = 0
        hurtPlayer(Vitals.drowning, tires: false, rules)
      }
    } else {
      player.air = Vitals.air
    }
    if player.isInLava {
      hurtPlayer(Vitals.lava, rules)
      player.fireTicks = Vitals.lavaFire
    }
    if player.fireTicks > 0 {
      if player.fireTicks % 20 == 0 && !player.isInLava { hurtPlayer(Vitals.fire, tires: false, rules) }
      player.fireTicks -= 1
    }
    digest(rules)
  }

  /// Turns exhaustion into hunger, food into health, and hunger into wounds.
  @inline(__always)
  private mutating func digest(_ rules: OverworldRules) {
    if player.exhaustion > Exhaustion.point {
      player.exhaustion = min(player.exhaustion, Exhaustion.most) - Exhaustion.point
      if player.saturation > 0 {
        player.saturation = max(0, player.saturation - 1)
      } else {
        player.food = max(0, player.food - 1)
      }
    }
    let isHurt = player.health > 0 && player.health < Vitals.health
    if isHurt && player.saturation > 0 && player.food >= Vitals.food {
      if wait(Vitals.fastHealing) {
        let spent = min(player.saturation, Exhaustion.healing)
        heal(spent / Exhaustion.healing, exhaustion: spent)
      }
    } else if isHurt && player.food >= Vitals.healingFood {
      if wait(Vitals.slowHealing) { heal(1, exhaustion: Exhaustion.healing) }
    } else if player.food <= 0 {
      if wait(Vitals.starving), player.health > Vitals.leastStarvingHealth {
        hurtPlayer(Vitals.starvation, tires: false, rules)
      }
    } else {
      player.foodTimer = 0
    }
  }

  /// Whether a number of ticks are over since this was last so.
  @inline(__always)
  private mutating func wait(_ ticks: Int32) -> Bool {
    player.foodTimer += 1
    guard player.foodTimer >= ticks else { return false }
    player.foodTimer = 0
    return true
  }

  private mutating func heal(_ amount: Float, exhaustion: Float) {
    player.health = min(Vitals.health, player.health + amount)
    player.exhaustion = min(Exhaustion.most, player.exhaustion + exhaustion)
  }
}
