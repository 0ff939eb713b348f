#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Numbers of the flat list's first actions.
enum ExpertKey {
  static let wait = number("noop"), forward = number("forward"), back = number("back"),
    left = number("strafe_left"), right = number("strafe_right"), jumpForward = number("jump_forward"),
    jump = number("jump"), sprint = number("sprint_forward"), turnLeft = number("turn_left"),
    turnRight = number("turn_right"), lookUp = number("look_up"), lookDown = number("look_down"),
    attack = number("attack"), use = number("use")

  private static func number(_ name: String) -> Int {
    OverworldActions.movements.firstIndex { $0.name == name } ?? 0
  }
}

/// Turns looks into actions: which way to turn the head so that a block, a creature or a side to build on is met.
///
/// All 312 looks are tried: there are no others, and what one of them meets is what the world's own ray says.
struct ExpertHands {
  let scene: ExpertScene
  /// By block, what it costs to break it where it is in the way.
  private let clearing: [Float]

  init(_ scene: ExpertScene) {
    self.scene = scene
    clearing = scene.clearingCosts()
  }

  /// A direction to look: steps of 15 degrees, as in ``OverworldPlayer``.
  private struct Look {
    var yaw = 0, pitch = 0

    /// The direction as a vector of length 1.
    var direction: (x: Double, y: Double, z: Double) {
      let level = PlayerPhysics.cosine(pitch)
      return (-PlayerPhysics.sine(yaw) * level, -PlayerPhysics.sine(pitch), PlayerPhysics.cosine(yaw) * level)
    }
  }

  private var look: Look { Look(yaw: Int(scene.player.yaw), pitch: Int(scene.player.pitch)) }

  /// Steps to turn right (left where negative) to a yaw.
  static func turn(from yaw: Int, to other: Int) -> Int {
    let turn = (other - yaw) % 24
    return turn > 12 ? turn - 24 : turn < -12 ? turn + 24 : turn
  }

  /// The next step of turning to a look; nil where it looks there already.
  private func turning(to wish: Look) -> Int? {
    let turn = Self.turn(from: look.yaw, to: wish.yaw)
    if turn != 0 { return turn > 0 ? ExpertKey.turnRight : ExpertKey.turnLeft }
    if wish.pitch != look.pitch { return wish.pitch > look.pitch ? ExpertKey.lookDown : ExpertKey.lookUp }
    return nil
  }

  /// The look for which `cost` and the turns to it are least; nil where all cost infinitely much.
  private func best(_ cost: (Look) -> Float) -> Look? {
    var best: (look: Look, cost: Float)?
    for yaw in 0..<24 {
      for pitch in -6...6 {
        let wish = Look(yaw: yaw, pitch: pitch)
        let turns = Float(abs(Self.turn(from: look.yaw, to: yaw)) + abs(pitch - look.pitch))
        guard turns < best?.cost ?? .infinity else { continue }
        let sum = cost(wish) + turns
        if sum < best?.cost ?? .infinity { best = (wish, sum) }
      }
    }
    return best?.look
  }

  /// The first block that a look meets within a distance.
  private func hit(_ look: Look, within distance: Double = PlayerPhysics.reach, _ stops: (Block) -> Bool)
    -> RayHit?
  {
    let direction = look.direction, player = scene.player
    return scene.view.cast(
      x: player.x, y: player.y + player.eyes, z: player.z, dx: direction.x, dy: direction.y, dz: direction.z,
      maximum: distance, stops: stops)
  }

  /// Whether a look is stopped by a block, as the world's own look is.
  private func isMet(_ block: Block) -> Bool {
    let traits = scene.rules.traits[block]
    return block != .air && !traits.isWater && !traits.isLava
  }

  // MARK: - Blocks

  /// Breaks a block, and before it what stands in the way; any of `others` will do as well where it is looked at already.
  ///
  /// - Parameter harvesting: whether what the target drops is wanted.
  /// - Returns: the next action; nil where no look meets the target.
  func breakBlock(_ target: Place, or others: [Place] = [], harvesting: Bool) -> Int? {
    if let hit = hit(look, isMet) {
      let place = Place(hit.x, hit.y, hit.z)
      if place == target || others.contains(place) {
        return attack(hit.block, harvesting: harvesting && place == target)
      }
    }
    return aim(at: target, harvesting: harvesting)
  }

  /// Turns to the look that meets a block through the least that has to be broken, and breaks what it meets.
  private func aim(at target: Place, harvesting: Bool) -> Int? {
    let wish = best { self.cost(of: $0, to: target) }
    guard let wish else { return nil }
    if let turn = turning(to: wish) { return turn }
    guard let hit = hit(wish, isMet) else { return nil }
    return attack(hit.block, harvesting: harvesting && Place(hit.x, hit.y, hit.z) == target)
  }

  /// What has to be broken until a look meets a block; infinitely much where it never does.
  private func cost(of look: Look, to target: Place) -> Float {
    let direction = look.direction, player = scene.player
    // Most looks go elsewhere: the middle of the block must lie within its half diagonal of the ray.
    let x = target.middleX - player.x, y = Double(target.y) + 0.5 - player.y - player.eyes,
      z = target.middleZ - player.z
    let along = x * direction.x + y * direction.y + z * direction.z
    guard along > 0, x * x + y * y + z * z - along * along < 0.76 else { return .infinity }
    let box = BodyBox(x: target.middleX, y: Double(target.y), z: target.middleZ, width: 1, height: 1)
    guard
      let distance = box.distance(
        x: player.x, y: player.y + player.eyes, z: player.z, dx: direction.x, dy: direction.y, dz: direction.z
      ),
      distance <= PlayerPhysics.reach - 0.05
    else { return .infinity }
    return obstacles(look, within: distance - 1e-6)
  }

  /// What it costs to break all that a look meets within a distance.
  private func obstacles(_ look: Look, within distance: Double) -> Float {
    var cost: Float = 0
    _ = hit(look, within: distance) { block in
      if isMet(block) { cost += max(2, clearing[Int(block.rawValue)]) }
      return false
    }
    return cost
  }

  /// Strikes the block that is looked at, with the best tool for it.
  private func attack(_ block: Block, harvesting: Bool) -> Int {
    var best = scene.breaking(block, harvesting: harvesting)
    if !best.ticks.isFinite { best = scene.breaking(block) }
    return equip(slot: best.slot) ?? ExpertKey.attack
  }

  // MARK: - Items

  /// Takes what is in a slot into the hand; nil where it is there, or no action does so.
  func equip(slot: Int) -> Int? {
    guard slot != 0 else { return nil }
    let action = scene.rules.actions.equipAction[scene.player.inventory[slot].item.index]
    return action < 0 ? nil : Int(action)
  }

  /// Takes an item into the hand; nil where it is there.
  func equip(_ item: Item) -> Int? { scene.player.slot(of: item).flatMap { equip(slot: $0) } }

  /// Places an item into a cell, or anywhere that can be looked at; nil where that cannot be.
  func place(_ item: Item, at target: Place? = nil) -> Int? {
    let action = scene.rules.actions.placeAction[item.index]
    guard action >= 0 else { return nil }
    let wish = best { look in
      guard let hit = hit(look, isMet) else { return .infinity }
      let placement = scene.world.pointee.placement(of: item, at: hit, scene.rules)
      guard let placement else { return .infinity }
      return target == nil || target == Place(placement.x, placement.y, placement.z) ? 0 : .infinity
    }
    return wish.map { turning(to: $0) ?? Int(action) }
  }

  // MARK: - Creatures

  /// Turns to a creature and, as soon as it is looked at, does something to it; before that what is in the way is broken.
  ///
  /// - Returns: the next action; nil where it is out of reach.
  func act(_ action: Int, on index: Int, with slot: Int) -> Int? {
    let bounds = scene.creatures[index].bounds
    let box = BodyBox(
      x: (bounds.minX + bounds.maxX) / 2, y: bounds.minY, z: (bounds.minZ + bounds.maxZ) / 2,
      width: bounds.maxX - bounds.minX, height: bounds.maxY - bounds.minY)
    func distance(_ look: Look) -> Double? {
      let direction = look.direction, player = scene.player
      let distance = box.distance(
        x: player.x, y: player.y + player.eyes, z: player.z, dx: direction.x, dy: direction.y, dz: direction.z
      )
      return distance.flatMap { $0 < PlayerPhysics.attackReach ? $0 : nil }
    }
    let wish = best { look in distance(look).map { obstacles(look, within: $0) } ?? .infinity }
    guard let wish, let away = distance(wish) else { return nil }
    if let equip = equip(slot: slot) { return equip }
    if let turn = turning(to: wish) { return turn }
    if let hit = hit(wish, within: away, isMet) { return attack(hit.block, harvesting: false) }
    return action
  }
}
