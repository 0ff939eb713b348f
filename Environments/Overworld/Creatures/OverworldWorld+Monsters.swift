/// The numbers of monsters' behaviour on normal difficulty (netherite: `hostile_live.h`, `mob_ai_creeper.h`,
/// `mob_ai_skeleton.h`). Times are in ticks.
enum MonsterMind {
  /// For how long they are after a player whom they do not see.
  static let memory: Int16 = 60
  /// Between two blows. A blow reaches twice the own width, and half the player's; a spider's a little farther.
  static let blowTicks: Int16 = 20
  static let spiderReach = 4.6
  /// Creepers and spiders stroll slower than they chase.
  static let strolling = 0.8
  /// The light from which on spiders leave the player alone, and how likely they lose interest in it in a tick.
  static let spiderLight = 12
  static let boredom = 1.0 / 100
  /// From how far and how likely in a tick a spider leaps, with which speed, how much of its own it keeps, and how high.
  static let leap = 2.0...4.0
  static let leaping = 1.0 / 5
  static let leapSpeed = 0.4, leapKept = 0.2, leapRise = 0.4
  /// Within which distance a creeper lights its fuse, and beyond which it puts it out.
  static let fuseDistance = 3.0, calmDistance = 7.0
  /// From how far skeletons shoot; nearer than half of that they go back, and beyond √¾ of it they come nearer. They do not
  /// go around the player, a departure from Minecraft. Ticks between two arrows.
  static let shotDistance = 15.0, comfort = 7.5, approach = 13.0
  static let shotTicks: Int16 = 60
}

extension OverworldWorld {
  /// A decision of a monster: whether it is after the player, and around what it has to go.
  mutating func decideMonster(_ monster: inout Creature, _ index: Int, _ scene: CreatureScene) {
    let step = Int16(CreatureClock.decision)
    monster.taskTicks = max(0, monster.taskTicks &- step)
    let sight = scene.kinds[monster.kind].sight
    let dx = player.x - monster.x, dy = player.y - monster.y, dz = player.z - monster.z
    let squaredDistance = dx * dx + dy * dy + dz * dz
    let isNear = squaredDistance < sight * sight && !isPlayerDead
    guard monster.task == .chase else {
      if isNear && (monster.kind != .spider || monster.isProvoked || isDim(monster)) && sees(monster, scene) {
        monster.task = .chase
        monster.lostTicks = 0
        monster.pathCount = 0
      } else if monster.task == .wander {
        if monster.taskTicks == 0 || monster.isBlocked { monster.task = .rest }
      } else if random.uniform() < AnimalMind.wandering * Double(CreatureClock.decision),
        wander(&monster, within: AnimalMind.wanderRange)
      {
        monster.task = .wander
        monster.taskTicks = AnimalMind.wanderTicks
      }
      return
    }
    monster.lostTicks = isNear && sees(monster, scene) ? 0 : monster.lostTicks &+ step
    let isBored =
      monster.kind == .spider && !monster.isProvoked
      && random.uniform() < MonsterMind.boredom * Double(CreatureClock.decision) && !isDim(monster)
    if isPlayerDead || isBored || monster.lostTicks >= MonsterMind.memory {
      monster.task = .rest
      monster.pathCount = 0
      return
    }
    if monster.pathCount > 0 && monster.taskTicks == 0 { monster.pathCount = 0 }
    // Who is stopped looks for a way around, every fourth decision at most.
    if monster.isBlocked && monster.pathCount == 0, (Int(ticks) / CreatureClock.decision &+ index) % 4 == 0 {
      findPath(&monster, toX: cell(player.x), z: cell(player.z), scene)
    }
  }

  /// Whether it is dark enough for a spider to attack.
  private func isDim(_ spider: Creature) -> Bool {
    !isBrighter(
      cell(spider.x), cell(spider.y + 0.65), cell(spider.z), than: MonsterMind.spiderLight - 1,
      sunlight: Daylight.sunlight(timeOfDay))
  }

  /// Whether no cube is between its eyes and the player's.
  func sees(_ creature: Creature, _ scene: CreatureScene) -> Bool {
    let y = creature.y + scene.kinds[creature.kind].eyes
    let dx = player.x - creature.x, dy = player.y + OverworldPlayer.eyeHeight - y, dz = player.z - creature.z
    let distance = (dx * dx + dy * dy + dz * dz).squareRoot()
    guard distance > 0.1 else { return true }
    let hit = scene.view.cast(
      x: creature.x, y: y, z: creature.z, dx: dx / distance, dy: dy / distance, dz: dz / distance,
      maximum: distance,
      stops: { scene.traits[$0].isCube })
    return hit == nil
  }

  /// Where a monster goes in a tick, and what it does to the player.
  @inline(__always)
  mutating func steerMonster(
    _ monster: inout Creature, _ index: Int, _ scene: CreatureScene, _ rules: OverworldRules
  ) -> CreatureMotion {
    if monster.task == .rest {
      if monster.fuseTicks > 0 { monster.fuseTicks &-= 1 }
      return CreatureMotion()
    }
    var motion = CreatureMotion(speed: scene.kinds[monster.kind].speed)
    if monster.task == .chase {
      motion.wish = chase(&monster, scene, rules)
    } else {
      motion.wish =
        monster.heading(Double(monster.goalX) + 0.5, Double(monster.goalZ) + 0.5, nearer: 0.7).wish
      if monster.kind == .spider || monster.kind == .creeper { motion.speed *= MonsterMind.strolling }
      if motion.wish == (0, 0) { monster.task = .rest }
    }
    if motion.wish != (0, 0), !monster.isSafe(ahead: motion.wish, staysDry: monster.task == .wander, scene) {
      motion.wish = (0, 0)
      monster.isBlocked = true
    }
    return motion
  }

  /// Goes for the player: by the path where it has one, else straight.
  private mutating func chase(
    _ monster: inout Creature, _ scene: CreatureScene, _ rules: OverworldRules
  ) -> (x: Double, z: Double) {
    let direct = monster.heading(player.x, player.z, nearer: 0.3)
    let dy = player.y - monster.y
    let squaredDistance = direct.distance * direct.distance + dy * dy
    var wish = direct.wish
    if monster.pathCount > 0 {
      let way = monster.heading(Double(monster.goalX) + 0.5, Double(monster.goalZ) + 0.5, nearer: 0.25)
      wish = way.wish
      if way.distance <= 0.25 { monster.takeStep() }
    }
    switch monster.kind {
    case .creeper:
      let seen = monster.lostTicks == 0
      let distance = monster.fuseTicks > 0 ? MonsterMind.calmDistance : MonsterMind.fuseDistance
      if seen && squaredDistance < distance * distance {
        monster.fuseTicks &+= 1
        wish = (0, 0)
      } else if monster.fuseTicks > 0 {
        monster.fuseTicks &-= 1
      }
    case .skeleton:
      guard monster.lostTicks == 0 else { break }
      if squaredDistance < MonsterMind.shotDistance * MonsterMind.shotDistance && monster.attackTicks == 0 {
        monster.attackTicks = MonsterMind.shotTicks
        shoot(from: monster, scene)
      }
      if direct.distance < MonsterMind.comfort {
        wish = (-direct.wish.x, -direct.wish.z)
      } else if direct.distance < MonsterMind.approach {
        wish = (0, 0)
      }
    default:
      let traits = scene.kinds[monster.kind]
      let reach =
        monster.kind == .spider
        ? MonsterMind.spiderReach : 4 * traits.width * traits.width + OverworldPlayer.width
      if squaredDistance < reach && monster.attackTicks == 0 {
        monster.attackTicks = MonsterMind.blowTicks
        hurtPlayer(traits.attack, knockFromX: monster.x, z: monster.z, rules)
      }
      if monster.kind == .spider, monster.isOnGround, MonsterMind.leap.contains(squaredDistance.squareRoot()),
        random.uniform() < MonsterMind.leaping
      {
        monster.vx = direct.wish.x * MonsterMind.leapSpeed + monster.vx * MonsterMind.leapKept
        monster.vz = direct.wish.z * MonsterMind.leapSpeed + monster.vz * MonsterMind.leapKept
        monster.vy = MonsterMind.leapRise
      }
    }
    return wish
  }
}
