extension OverworldWorld {
  /// The blocks where they lie.
  var view: BlockView {
    @inline(__always) mutating get { BlockView(&blocks) }
  }

  /// Moves the player by one tick: what it presses, what it stands in, gravity, what is in the way.
  ///
  /// Minecraft 1.11's order: speed from the keys, the way with its obstacles, then gravity and drag (netherite:
  /// `player_survival.h`; the formulas give 4.317 blocks a second walking, 5.612 sprinting, 1.295 sneaking).
  @inline(__always)
  mutating func movePlayer(_ controls: Controls, _ rules: OverworldRules) {
    // Minecraft forgets speeds too small to matter, so that things come to rest.
    if abs(player.vx) < PlayerPhysics.leastSpeed { player.vx = 0 }
    if abs(player.vy) < PlayerPhysics.leastSpeed { player.vy = 0 }
    if abs(player.vz) < PlayerPhysics.leastSpeed { player.vz = 0 }
    // Who stands presses on the ground, and so feels it.
    if player.isOnGround && player.vy == 0 { player.vy = -PlayerPhysics.gravity * PlayerPhysics.verticalDrag }
    chooseGait(controls)
    jump(controls)
    if player.isInWater || player.isInLava {
      swim(controls, rules)
    } else {
      walk(controls, rules)
    }
  }

  /// Whether it sneaks or sprints.
  @inline(__always)
  private mutating func chooseGait(_ controls: Controls) {
    player.isSneaking = controls.sneak
    let canSprint = controls.forward > 0 && !controls.sneak && player.food > 6 && player.eatingTicks == 0
    if !canSprint {
      player.isSprinting = false
    } else if controls.sprint && player.isOnGround {
      player.isSprinting = true
    }
  }

  /// Jumps from the ground, or swims upwards.
  @inline(__always)
  private mutating func jump(_ controls: Controls) {
    if player.jumpTicks > 0 { player.jumpTicks -= 1 }
    guard controls.jump else {
      player.jumpTicks = 0
      return
    }
    if player.isInWater || player.isInLava {
      player.vy += PlayerPhysics.swim
    } else if player.isOnGround && player.jumpTicks == 0 {
      player.vy = PlayerPhysics.jump
      player.jumpTicks = PlayerPhysics.jumpTicks
      if player.isSprinting {
        player.vx -= PlayerPhysics.sine(Int(player.yaw)) * PlayerPhysics.sprintJump
        player.vz += PlayerPhysics.cosine(Int(player.yaw)) * PlayerPhysics.sprintJump
      }
      player.exhaustion += player.isSprinting ? Exhaustion.sprintJump : Exhaustion.jump
    }
  }

  /// Adds to the speed what the keys give.
  @inline(__always)
  private mutating func accelerate(_ controls: Controls, _ acceleration: Double) {
    guard controls.forward != 0 || controls.strafe != 0 else { return }
    var factor = PlayerPhysics.input
    if player.isSneaking { factor *= PlayerPhysics.sneakFactor }
    if player.eatingTicks > 0 { factor *= PlayerPhysics.eatingFactor }
    let forward = Double(controls.forward) * factor, right = Double(controls.strafe) * factor
    // Two keys give no more than one key at full strength.
    let scale = acceleration / max(1, (forward * forward + right * right).squareRoot())
    let sine = PlayerPhysics.sine(Int(player.yaw)), cosine = PlayerPhysics.cosine(Int(player.yaw))
    player.vx -= (right * cosine + forward * sine) * scale
    player.vz += (forward * cosine - right * sine) * scale
  }

  /// On the ground, on a ladder, in the air.
  @inline(__always)
  private mutating func walk(_ controls: Controls, _ rules: OverworldRules) {
    let x = cell(player.x), y = cell(player.y), z = cell(player.z)
    let sprint = player.isSprinting ? PlayerPhysics.sprintFactor : 1
    var drag = PlayerPhysics.horizontalDrag
    if player.isOnGround {
      drag *=
        blocks[x, cell(player.y - 0.5), z] == .ice
        ? PlayerPhysics.slipperinessOfIce : PlayerPhysics.slipperiness
      // The slipperier the ground, the less a step pushes; on ordinary ground this is 1.
      let ordinary = PlayerPhysics.horizontalDrag * PlayerPhysics.slipperiness
      let grip = ordinary * ordinary * ordinary / (drag * drag * drag)
      accelerate(controls, PlayerPhysics.acceleration * sprint * grip)
    } else {
      accelerate(controls, PlayerPhysics.airAcceleration * sprint)
    }
    let isOnLadder = rules.traits[blocks[x, y, z]].isClimbable
    if isOnLadder {
      let most = PlayerPhysics.ladderSpeed
      player.vx = min(most, max(-most, player.vx))
      player.vz = min(most, max(-most, player.vz))
      player.vy = max(player.isSneaking ? 0 : -most, player.vy)
      player.fallDistance = 0
    }
    let bumped = travel(rules)
    if isOnLadder && bumped { player.vy = PlayerPhysics.ladderClimb }
    player.vy = (player.vy - PlayerPhysics.gravity) * PlayerPhysics.verticalDrag
    player.vx *= drag
    player.vz *= drag
  }

  /// In water or lava.
  private mutating func swim(_ controls: Controls, _ rules: OverworldRules) {
    let before = player.y
    accelerate(controls, PlayerPhysics.liquidAcceleration)
    let bumped = travel(rules)
    let drag = player.isInWater ? PlayerPhysics.waterDrag : PlayerPhysics.lavaDrag
    player.vx *= drag
    player.vy = player.vy * drag - PlayerPhysics.liquidGravity
    player.vz *= drag
    guard bumped else { return }
    // At a bank it climbs out where there is room above.
    let box = player.box.moved(player.vx, player.vy + PlayerPhysics.step - player.y + before, player.vz)
    let view = view
    if view.isFree(box, rules.traits),
      !view.contains(box, { rules.traits[$0].isWater || rules.traits[$0].isLava })
    {
      player.vy = PlayerPhysics.bank
    }
  }

  /// Goes the way of its speed as far as blocks let it. Returns whether one stopped it sideways.
  @inline(__always)
  private mutating func travel(_ rules: OverworldRules) -> Bool {
    let view = view, traits = rules.traits
    var dx = player.vx, dy = player.vy, dz = player.vz
    let box = player.box
    let isInWeb = (dx != 0 || dy != 0 || dz != 0) && view.contains(box) { $0 == .web }
    if isInWeb {
      dx *= PlayerPhysics.webFactor
      dy *= PlayerPhysics.webFall
      dz *= PlayerPhysics.webFactor
      player.fallDistance = 0
    }
    if player.isSneaking && player.isOnGround { (dx, dz) = stayOnEdge(box, dx, dz, view, traits) }
    var moved = view.way(of: box, dx, dy, dz, traits)
    var bumped = moved.x != dx || moved.z != dz
    let landed = dy < 0 && moved.y != dy
    if bumped && (player.isOnGround || landed) {
      // Up the step, along, and down again; taken where it leads farther.
      let up = view.clearY(box, PlayerPhysics.step, traits)
      let raised = box.moved(0, up, 0)
      let along = view.way(of: raised, dx, 0, dz, traits)
      if along.x * along.x + along.z * along.z > moved.x * moved.x + moved.z * moved.z {
        let down = view.clearY(raised.moved(along.x, 0, along.z), min(0, dy) - up, traits)
        moved = (along.x, up + down, along.z)
        bumped = along.x != dx || along.z != dz
      }
    }
    let wasOnGround = player.isOnGround
    player.isOnGround = landed
    if player.isInWater {
      let way = (moved.x * moved.x + moved.y * moved.y + moved.z * moved.z).squareRoot()
      player.exhaustion += Exhaustion.swim * Float(way)
    } else if player.isSprinting && landed {
      player.exhaustion += Exhaustion.sprint * Float((moved.x * moved.x + moved.z * moved.z).squareRoot())
    }
    player.x += moved.x
    player.y += moved.y
    player.z += moved.z
    fall(moved.y, landed, rules)
    if moved.x != dx { player.vx = 0 }
    if moved.z != dz { player.vz = 0 }
    if moved.y != dy { player.vy = 0 }
    if isInWeb { (player.vx, player.vy, player.vz) = (0, 0, 0) }
    if bumped { player.isSprinting = false }
    if (bumped || landed && !wasOnGround || ticks % 10 == 0) && touchesCactus(view) {
      hurtPlayer(1, rules)
    }
    return bumped
  }

  /// A sneaking player's way, shortened so that it stays on the block it stands on.
  private func stayOnEdge(
    _ box: BodyBox, _ dx: Double, _ dz: Double, _ view: BlockView, _ traits: BlockTraitsTable
  ) -> (Double, Double) {
    let pace = 0.05
    func shorter(_ way: Double) -> Double { abs(way) < pace ? 0 : way > 0 ? way - pace : way + pace }
    var dx = dx, dz = dz
    while dx != 0 && view.isFree(box.moved(dx, -PlayerPhysics.step, 0), traits) { dx = shorter(dx) }
    while dz != 0 && view.isFree(box.moved(0, -PlayerPhysics.step, dz), traits) { dz = shorter(dz) }
    while dx != 0 && dz != 0 && view.isFree(box.moved(dx, -PlayerPhysics.step, dz), traits) {
      dx = shorter(dx)
      dz = shorter(dz)
    }
    return (dx, dz)
  }

  /// Counts how far it falls, and hurts it where it lands: by one for each block beyond three, rounded up (netherite:
  /// `player_vitals.h`).
  @inline(__always)
  private mutating func fall(_ dy: Double, _ landed: Bool, _ rules: OverworldRules) {
    if dy < 0 { player.fallDistance -= dy }
    guard landed else { return }
    if player.fallDistance > 3 {
      let onHay = blocks[cell(player.x), cell(player.y - 0.2), cell(player.z)] == .hayBlock
      let damage = (player.fallDistance - 3 - 1e-6).rounded(.up) * (onHay ? 0.2 : 1)
      if damage > 0 { hurtPlayer(Float(damage), tires: false, rules) }
    }
    player.fallDistance = 0
  }

  /// Whether it touches a cactus.
  private func touchesCactus(_ view: BlockView) -> Bool {
    var box = player.box
    let near = 0.01
    box.minX -= near
    box.minY -= near
    box.minZ -= near
    box.maxX += near
    box.maxZ += near
    return view.contains(box) { $0 == .cactus }
  }
}

extension BlockView {
  /// How far a box gets on its way: up or down first, then along x, then along z.
  @inline(__always)
  func way(
    of box: BodyBox, _ dx: Double, _ dy: Double, _ dz: Double, _ traits: BlockTraitsTable
  ) -> (x: Double, y: Double, z: Double) {
    var box = box
    let y = dy == 0 ? 0 : clearY(box, dy, traits)
    box = box.moved(0, y, 0)
    let x = clearX(box, dx, traits)
    box = box.moved(x, 0, 0)
    return (x, y, clearZ(box, dz, traits))
  }
}

extension OverworldPlayer {
  /// The box of its body.
  @inline(__always)
  var box: BodyBox { BodyBox(x: x, y: y, z: z, width: Self.width, height: Self.height) }
}
