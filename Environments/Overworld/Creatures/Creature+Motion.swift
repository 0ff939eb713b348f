/// What stands around creatures during a tick, gathered once.
struct CreatureScene {
  let view: BlockView
  let traits: BlockTraitsTable
  let kinds: CreatureRules
}

/// The numbers of creatures' movement where they are not the player's (netherite: `passive_live.h`, `hostile_live.h`).
enum CreaturePhysics {
  /// What a creature with the attribute generic.movementSpeed s adds to its speed in a tick on the ground: this times s².
  /// With the drag on ordinary ground it walks 2.16 s² blocks a tick.
  static let push = 0.98
  /// The same in the air and in water.
  static let airPush = 0.02
  /// What chickens keep of their falling speed each tick, and with which speed spiders climb.
  static let flutter = 0.6, climb = 0.2
  /// From how high creatures walk down, and how far they look ahead for the edge.
  static let safeFall = 3
  static let lookAhead = 0.35
}

extension Creature {
  /// Whether it lies still on solid ground, so that a tick of motion would change nothing.
  @inline(__always)
  func isAtRest(_ scene: CreatureScene) -> Bool {
    guard isOnGround, !isInWater, abs(vx) < 0.003, abs(vz) < 0.003 else { return false }
    return scene.traits[scene.view[cell(x), cell(y - 0.01), cell(z)]].height > 0
  }

  /// Moves it by one tick in Minecraft's order: what it wants, the way with its obstacles, then gravity and drag.
  ///
  /// - Parameters:
  ///   - wish: the direction in which it walks, of length 1 or 0.
  ///   - speed: its attribute generic.movementSpeed, with what its task multiplies it by.
  /// - Returns: damage of the fall that has ended, in half hearts; mostly zero.
  mutating func move(toward wish: (x: Double, z: Double), speed: Double, _ scene: CreatureScene) -> Float {
    let traits = scene.traits
    let body = scene.kinds[kind]
    let middle = traits[scene.view[cell(x), cell(y + 0.4), cell(z)]]
    isInWater = middle.isWater || middle.isLava
    let wants = wish.x != 0 || wish.z != 0
    if isInWater {
      fallDistance = 0
      vx += wish.x * CreaturePhysics.airPush
      vz += wish.z * CreaturePhysics.airPush
      vy += PlayerPhysics.swim
      let box = box(body)
      travel(box, scene)
      vx *= PlayerPhysics.waterDrag
      vz *= PlayerPhysics.waterDrag
      vy = vy * PlayerPhysics.waterDrag - PlayerPhysics.liquidGravity
      if isBlocked && wants { vy = PlayerPhysics.bank }
      return 0
    }
    let push = isOnGround ? CreaturePhysics.push * speed * speed : CreaturePhysics.airPush
    vx += wish.x * push
    vz += wish.z * push
    let drag =
      isOnGround ? PlayerPhysics.horizontalDrag * PlayerPhysics.slipperiness : PlayerPhysics.horizontalDrag
    let box = box(body)
    if isOnGround && isBlocked && wants && canJump(box, wish, scene) { vy = PlayerPhysics.jump }
    let wasAbove = y
    travel(box, scene)
    if kind == .spider && isBlocked && wants {
      vy = CreaturePhysics.climb
      fallDistance = 0
    }
    var damage: Float = 0
    if y < wasAbove { fallDistance += Float(wasAbove - y) }
    if isOnGround {
      if fallDistance > Float(CreaturePhysics.safeFall) && kind != .chicken {
        damage = (fallDistance - Float(CreaturePhysics.safeFall) - 1e-4).rounded(.up)
      }
      fallDistance = 0
    }
    vy = (vy - PlayerPhysics.gravity) * PlayerPhysics.verticalDrag
    if kind == .chicken && !isOnGround && vy < 0 { vy *= CreaturePhysics.flutter }
    vx *= drag
    vz *= drag
    return damage
  }

  /// Goes the way of its speed as far as blocks let it, up steps without a jump.
  @inline(__always)
  private mutating func travel(_ box: BodyBox, _ scene: CreatureScene) {
    let view = scene.view, traits = scene.traits
    var moved = view.way(of: box, vx, vy, vz, traits)
    let landed = vy < 0 && moved.y != vy
    isBlocked = moved.x != vx || moved.z != vz
    if isBlocked && (landed || isOnGround) {
      let up = view.clearY(box, PlayerPhysics.step, traits)
      let raised = box.moved(0, up, 0)
      let along = view.way(of: raised, vx, 0, vz, traits)
      if along.x * along.x + along.z * along.z > moved.x * moved.x + moved.z * moved.z + 1e-9 {
        let down = view.clearY(raised.moved(along.x, 0, along.z), min(0, vy) - up, traits)
        moved = (along.x, up + down, along.z)
        isBlocked = along.x != vx || along.z != vz
      }
    }
    x += moved.x
    y += moved.y
    z += moved.z
    if moved.x != vx { vx = 0 }
    if moved.z != vz { vz = 0 }
    if moved.y != vy { vy = 0 }
    isOnGround = landed
  }

  /// Whether a jump would bring it onto what is in its way.
  private func canJump(_ box: BodyBox, _ wish: (x: Double, z: Double), _ scene: CreatureScene) -> Bool {
    let raised = box.moved(0, 1.01, 0)
    return scene.view.isFree(raised, scene.traits)
      && scene.view.isFree(raised.moved(wish.x * 0.4, 0, wish.z * 0.4), scene.traits)
  }

  /// Whether walking on in a direction is safe: no lava or cactus ahead, no fall of more than three blocks, and, where it
  /// would rather stay dry, no water.
  @inline(__always)
  func isSafe(ahead wish: (x: Double, z: Double), staysDry: Bool, _ scene: CreatureScene) -> Bool {
    guard isOnGround else { return true }
    let reach = scene.kinds[kind].width / 2 + CreaturePhysics.lookAhead
    let aheadX = cell(x + wish.x * reach), aheadZ = cell(z + wish.z * reach)
    guard aheadX != cell(x) || aheadZ != cell(z) else { return true }
    let level = cell(y + 0.01)
    let here = scene.view[aheadX, level, aheadZ]
    let traits = scene.traits[here]
    if traits.isLava || here == .cactus || (staysDry && traits.isWater) { return false }
    if traits.height > 0 || traits.isWater { return true }
    for depth in 1...CreaturePhysics.safeFall &+ 1 {
      let below = scene.view[aheadX, level &- depth, aheadZ]
      let traits = scene.traits[below]
      if traits.isLava || below == .cactus || (staysDry && traits.isWater) { return false }
      if traits.height > 0 || traits.isWater { return true }
    }
    return false
  }
}
