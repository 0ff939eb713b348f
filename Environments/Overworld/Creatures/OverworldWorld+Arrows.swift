/// The numbers of arrows that skeletons shoot on normal difficulty (damage: netherite, `mob_ai_skeleton.h`; flight:
/// Glowstone, `GlowArrow.java`).
enum ArrowFlight {
  /// Blocks a tick, how much each part of the direction strays (standard deviation), and how much higher than the player it
  /// is aimed for each block of the way.
  static let speed = 1.6, spread = 0.045, lift = 0.2
  /// What air leaves of the speed in a tick, and gravity takes.
  static let drag = 0.99, gravity = 0.05
  /// Damage is the speed times this, rounded up.
  static let damage = 2.22, damageSpread = 0.25
  /// Ticks after which one that has hit nothing is gone.
  static let lifetime: Int16 = 200
}

extension OverworldWorld {
  /// Shoots an arrow at the player.
  mutating func shoot(from creature: Creature, _ scene: CreatureScene) {
    let y = creature.y + scene.kinds[creature.kind].eyes - 0.1
    let dx = player.x - creature.x, dz = player.z - creature.z
    let distance = (dx * dx + dz * dz).squareRoot()
    let dy = player.y + OverworldPlayer.height / 3 - y + distance * ArrowFlight.lift
    let length = (distance * distance + dy * dy).squareRoot()
    guard length > 0.1, let index = spawn(.arrow, x: creature.x, y: y, z: creature.z) else { return }
    creatures[index].vx = (dx / length + gaussian() * ArrowFlight.spread) * ArrowFlight.speed
    creatures[index].vy = (dy / length + gaussian() * ArrowFlight.spread) * ArrowFlight.speed
    creatures[index].vz = (dz / length + gaussian() * ArrowFlight.spread) * ArrowFlight.speed
    creatures[index].taskTicks = ArrowFlight.lifetime
  }

  /// About normal with variance 1: the sum of twelve uniform numbers.
  private mutating func gaussian() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += random.uniform() }
    return sum
  }

  /// One tick of an arrow: it flies until it hits the player or a block.
  mutating func fly(_ index: Int, _ scene: CreatureScene, _ rules: OverworldRules) {
    var arrow = creatures[index]
    arrow.taskTicks &-= 1
    let speed = (arrow.vx * arrow.vx + arrow.vy * arrow.vy + arrow.vz * arrow.vz).squareRoot()
    guard speed > 0, arrow.taskTicks > 0, BlockGrid.hasColumn(cell(arrow.x), cell(arrow.z)) else {
      removeCreature(index)
      return
    }
    let hit = scene.view.cast(
      x: arrow.x, y: arrow.y, z: arrow.z, dx: arrow.vx / speed, dy: arrow.vy / speed, dz: arrow.vz / speed,
      maximum: speed, stops: { scene.traits[$0].height > 0 })
    let way = min(speed, hit?.distance ?? speed) / speed
    if !isPlayerDead, crossesPlayer(arrow, way) {
      let damage = (speed * (ArrowFlight.damage + gaussian() * ArrowFlight.damageSpread)).rounded(.up)
      removeCreature(index)
      hurtPlayer(Float(max(0, damage)), knockFromX: arrow.x, z: arrow.z, rules)
      return
    }
    guard hit == nil else {
      removeCreature(index)
      return
    }
    arrow.x += arrow.vx
    arrow.y += arrow.vy
    arrow.z += arrow.vz
    arrow.vx *= ArrowFlight.drag
    arrow.vy = arrow.vy * ArrowFlight.drag - ArrowFlight.gravity
    arrow.vz *= ArrowFlight.drag
    creatures[index] = arrow
  }

  /// Whether an arrow's way of this tick, up to a part of it, goes through the player, a little of it on every side.
  private func crossesPlayer(_ arrow: Creature, _ part: Double) -> Bool {
    let box = player.box
    var enters = 0.0, leaves = part
    func clip(_ origin: Double, _ way: Double, _ low: Double, _ high: Double) {
      let low = low - 0.3, high = high + 0.3
      guard abs(way) > 1e-9 else {
        if origin < low || origin > high { leaves = -1 }
        return
      }
      let first = (low - origin) / way, second = (high - origin) / way
      enters = max(enters, min(first, second))
      leaves = min(leaves, max(first, second))
    }
    clip(arrow.x, arrow.vx, box.minX, box.maxX)
    clip(arrow.y, arrow.vy, box.minY, box.maxY)
    clip(arrow.z, arrow.vz, box.minZ, box.maxZ)
    return enters <= leaves
  }
}
