#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// When and where creatures act.
enum CreatureClock {
  /// Creatures farther from the player than this, in blocks, stand still, as those that Minecraft's servers leave inactive.
  static let activeDistance = 48.0
  /// Ticks between two decisions of a creature. Creatures take turns, so that a tick stays cheap; what has a chance in each
  /// tick of Minecraft has ten times that chance in a decision.
  static let decision = 10
  /// Monsters vanish beyond the far distance at once, and beyond the near one, after half a minute, with this chance a tick
  /// (netherite: `hostile_live.h`).
  static let farDistance = 128.0, nearDistance = 32.0, idleTicks: Int16 = 600
  static let vanishing = 1.0 / 800
}

extension OverworldWorld {
  /// One tick of all creatures: they act, and new ones come.
  mutating func tickCreatures(_ rules: OverworldRules) {
    moveCreatures(rules)
    spawnNaturally(rules)
  }

  /// Lets all creatures decide, move, attack, burn, vanish.
  mutating func moveCreatures(_ rules: OverworldRules) {
    guard creatureCount > 0 else { return }
    let scene = CreatureScene(view: view, traits: rules.traits, kinds: .standard)
    var index = 0
    while index < Int(creatureCount) {
      switch creatures[index].kind {
      case .none: break
      case .arrow: fly(index, scene, rules)
      default: live(index, scene, rules)
      }
      index &+= 1
    }
  }

  /// One tick of a creature.
  private mutating func live(_ index: Int, _ scene: CreatureScene, _ rules: OverworldRules) {
    var creature = creatures[index]
    let dx = player.x - creature.x, dy = player.y - creature.y, dz = player.z - creature.z
    let level = dx * dx + dz * dz
    let decides = (Int(ticks) &+ index) % CreatureClock.decision == 0
    if decides && creature.kind.isHostile && vanishes(&creature, level + dy * dy) {
      removeCreature(index)
      return
    }
    guard level < CreatureClock.activeDistance * CreatureClock.activeDistance else {
      creatures[index] = creature
      return
    }
    if creature.hurtTicks > 0 { creature.hurtTicks &-= 1 }
    if creature.attackTicks > 0 { creature.attackTicks &-= 1 }
    if creature.fireTicks > 0 {
      creature.fireTicks &-= 1
      if creature.isInWater { creature.fireTicks = 0 }
      if creature.fireTicks % 20 == 1 { creature.wound(Injury.fire) }
    }
    if decides {
      suffer(&creature, scene)
      if creature.kind.isAnimal {
        decideAnimal(&creature, index, scene, rules)
      } else {
        decideMonster(&creature, index, scene)
      }
    }
    let motion =
      creature.kind.isAnimal ? steerAnimal(&creature, scene) : steerMonster(&creature, index, scene, rules)
    if creature.fuseTicks >= Explosion.fuse && creature.kind == .creeper {
      removeCreature(index)
      explode(creature, rules)
      return
    }
    if decides { creature.face(motion.wish, orPlayerAt: creature.task == .chase ? (dx, dz) : nil) }
    if motion.wish != (0, 0) || !creature.isAtRest(scene) {
      let damage = creature.move(toward: motion.wish, speed: motion.speed, scene)
      if damage > 0 { creature.wound(damage) }
    }
    if creature.health <= 0 {
      removeCreature(index)
      leaveDrops(of: creature, rules)
    } else {
      creatures[index] = creature
    }
  }

  /// Whether a monster vanishes for want of a player near.
  private mutating func vanishes(_ creature: inout Creature, _ squaredDistance: Double) -> Bool {
    if squaredDistance < CreatureClock.nearDistance * CreatureClock.nearDistance {
      creature.idleTicks = 0
      return false
    }
    if squaredDistance > CreatureClock.farDistance * CreatureClock.farDistance { return true }
    creature.idleTicks = min(.max - 100, creature.idleTicks) &+ Int16(CreatureClock.decision)
    return creature.idleTicks > CreatureClock.idleTicks
      && random.uniform() < CreatureClock.vanishing * Double(CreatureClock.decision)
  }

  /// What the place does to a creature: lava, sunlight on the undead, a block about its head.
  private mutating func suffer(_ creature: inout Creature, _ scene: CreatureScene) {
    let x = cell(creature.x), z = cell(creature.z)
    let body = scene.kinds[creature.kind]
    let eyes = cell(creature.y + (creature.isYoung ? body.eyes / 2 : body.eyes))
    if scene.traits[scene.view[x, cell(creature.y + 0.1), z]].isLava {
      creature.wound(Injury.lava, armor: body.armor)
      creature.fireTicks = Injury.lavaFire
    }
    if scene.traits[scene.view[x, eyes, z]].isOpaque { creature.wound(Injury.suffocation) }
    guard creature.kind == .zombie || creature.kind == .skeleton, !creature.isInWater, isOpenToSky(x, eyes, z)
    else {
      return
    }
    if isDaytime && random.uniform() < Injury.ignition * Double(CreatureClock.decision) {
      creature.fireTicks = max(creature.fireTicks, Injury.sunFire)
    }
  }

  /// Sends a creature to a random column within some blocks; false where there is none.
  mutating func wander(_ creature: inout Creature, within range: Int) -> Bool {
    let x = cell(creature.x) &+ random.below(2 &* range &+ 1) &- range
    let z = cell(creature.z) &+ random.below(2 &* range &+ 1) &- range
    guard BlockGrid.hasColumn(x, z), chunks[x / ChunkMap.side, z / ChunkMap.side] else { return false }
    creature.goalX = Int16(x)
    creature.goalZ = Int16(z)
    return true
  }
}

extension Creature {
  /// The direction to a place, of length 1, and how far it is; no direction where it has arrived.
  @inline(__always)
  func heading(_ toX: Double, _ toZ: Double, nearer arrived: Double) -> (
    wish: (x: Double, z: Double), distance: Double
  ) {
    let dx = toX - x, dz = toZ - z
    let distance = (dx * dx + dz * dz).squareRoot()
    guard distance > arrived else { return ((x: 0, z: 0), distance) }
    return ((x: dx / distance, z: dz / distance), distance)
  }

  /// Turns it to where it walks, or to the player.
  mutating func face(_ wish: (x: Double, z: Double), orPlayerAt player: (x: Double, z: Double)?) {
    let target = player ?? wish
    guard target.x != 0 || target.z != 0 else { return }
    yaw = Float(atan2(-target.x, target.z) * 180 / .pi)
  }
}
