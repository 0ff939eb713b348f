/// Where an animal or a monster wants to go in a tick.
struct CreatureMotion {
  /// The direction, of length 1; zero where it stays.
  var wish = (x: 0.0, z: 0.0)
  /// Its attribute generic.movementSpeed, with what its task multiplies it by.
  var speed = 0.0
}

/// The numbers of animals' behaviour (wandering and flight: netherite, `passive_live.h`; grazing: Glowstone,
/// `GlowSheep.java`). Times are in ticks.
enum AnimalMind {
  /// How far they wander and how far they run at a time, how likely they set out in a tick, and for how long they try.
  static let wanderRange = 10, fleeRange = 5
  static let wandering = 1.0 / 120
  static let wanderTicks: Int16 = 200, fleeTicks: Int16 = 100
  /// From how far away they see what the player holds, and how near they come.
  static let temptDistance = 10.0, company = 2.5
  static let temptSpeed = 1.2
  /// How likely a sheep begins to graze in a tick, grown and young, and how long that takes.
  static let grazing = 1.0 / 1000, youngGrazing = 1.0 / 50
  static let grazeTicks: Int16 = 40
}

extension OverworldWorld {
  /// A decision of an animal.
  mutating func decideAnimal(
    _ animal: inout Creature, _ index: Int, _ scene: CreatureScene, _ rules: OverworldRules
  ) {
    age(&animal, rules)
    let step = Int16(CreatureClock.decision)
    animal.taskTicks = max(0, animal.taskTicks &- step)
    if animal.fireTicks > 0 && animal.task != .flee { startle(&animal) }
    if animal.task == .flee {
      let goal = animal.heading(Double(animal.goalX) + 0.5, Double(animal.goalZ) + 0.5, nearer: 0.7)
      if animal.taskTicks == 0 {
        animal.task = .rest
      } else if goal.distance < 0.7 || animal.isBlocked {
        _ = wander(&animal, within: AnimalMind.fleeRange)
      }
      return
    }
    if animal.loveTicks > 0 && court(&animal, index, rules) { return }
    let dx = player.x - animal.x, dy = player.y - animal.y, dz = player.z - animal.z
    if dx * dx + dy * dy + dz * dz < AnimalMind.temptDistance * AnimalMind.temptDistance,
      scene.kinds[animal.kind].eats(player.inventory[0].item), !isPlayerDead
    {
      animal.task = .follow
      return
    }
    switch animal.task {
    case .follow, .court: animal.task = .rest
    case .graze: if animal.taskTicks == 0 { finishGrazing(&animal, scene, rules) }
    case .wander: if animal.taskTicks == 0 || animal.isBlocked { animal.task = .rest }
    default:
      let decision = Double(CreatureClock.decision)
      if animal.kind == .sheep,
        random.uniform() < (animal.isYoung ? AnimalMind.youngGrazing : AnimalMind.grazing) * decision,
        canGraze(animal, scene)
      {
        animal.task = .graze
        animal.taskTicks = AnimalMind.grazeTicks
      } else if random.uniform() < AnimalMind.wandering * decision,
        wander(&animal, within: AnimalMind.wanderRange)
      {
        animal.task = .wander
        animal.taskTicks = AnimalMind.wanderTicks
      }
    }
  }

  /// Makes an animal run.
  mutating func startle(_ animal: inout Creature) {
    _ = wander(&animal, within: AnimalMind.fleeRange)
    animal.task = .flee
    animal.taskTicks = AnimalMind.fleeTicks
  }

  /// Where an animal goes in a tick.
  @inline(__always)
  func steerAnimal(_ animal: inout Creature, _ scene: CreatureScene) -> CreatureMotion {
    guard animal.task != .rest && animal.task != .graze else { return CreatureMotion() }
    let traits = scene.kinds[animal.kind]
    var motion = CreatureMotion(speed: traits.speed)
    switch animal.task {
    case .follow:
      motion.wish = animal.heading(player.x, player.z, nearer: AnimalMind.company).wish
      motion.speed *= AnimalMind.temptSpeed
    default:
      motion.wish = animal.heading(Double(animal.goalX) + 0.5, Double(animal.goalZ) + 0.5, nearer: 0.7).wish
      if animal.task == .flee { motion.speed *= traits.flight }
    }
    if motion.wish == (0, 0) {
      if animal.task == .wander { animal.task = .rest }
    } else if !animal.isSafe(ahead: motion.wish, staysDry: animal.task != .flee, scene) {
      motion.wish = (0, 0)
      if animal.task == .wander { animal.task = .rest }
      if animal.task == .flee { animal.isBlocked = true }
    }
    return motion
  }
}
