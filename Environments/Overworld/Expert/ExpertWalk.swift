#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Follows a way: the next action on it.
struct ExpertWalk {
  enum Step {
    case act(Int)
    /// The player stands at the end of the way.
    case arrived
    /// It is off the way, or the way is no longer there.
    case lost
  }

  let scene: ExpertScene
  let hands: ExpertHands

  private var player: OverworldPlayer { scene.player }
  /// How many cells ahead a straight line may cut corners, and off the way in how many steps it is lost.
  private static let sight = 12, patience = 25
  /// How far from the middle of a cell it may stand to fall into a hole of one block, or to turn into a tunnel.
  private static let slack = 0.15

  /// The next action on the way that is remembered.
  func next(_ memory: inout OverworldExpertMemory) -> Step {
    let count = Int(memory.pathCount)
    guard count > 0 else { return .lost }
    locate(&memory)
    guard memory.strayed < Self.patience else { return .lost }
    let step = Int(memory.pathStep)
    guard step + 1 < count else { return .arrived }
    let from = memory.path[step], to = memory.path[step + 1]
    let isSupported = player.isOnGround || player.isInWater
    // What is in the way is broken from firm ground, where that takes a fifth of the time.
    let obstacles = obstacles(from, to)
    if let first = obstacles.first {
      guard isSupported else { return .act(ExpertKey.wait) }
      if to.x == from.x && to.z == from.z, let action = steer(from.middleX, from.middleZ, within: Self.slack)
      {
        return .act(action)
      }
      if let action = hands.breakBlock(first, or: obstacles, harvesting: false) { return .act(action) }
      return .act(steer(from.middleX, from.middleZ, within: Self.slack) ?? ExpertKey.jump)
    }
    if to.y > from.y && Int(scene.feet.y) <= Int(from.y) && (to.x != from.x || to.z != from.z) {
      return .act(climb(from, to))
    }
    if player.isInWater && (to.y > scene.feet.y || to.x == from.x && to.z == from.z) {
      return .act(to.y >= scene.feet.y ? ExpertKey.jump : ExpertKey.wait)
    }
    let end = straight(memory, step + 1)
    if let action = comeClear(in: from, before: end) { return .act(floating(action)) }
    if let action = steer(end.middleX, end.middleZ, within: Self.slack) {
      return .act(to.y < scene.feet.y ? action : floating(action))
    }
    // In the middle of the column, and not yet at the level: it falls or sinks.
    return .act(player.isInWater && to.y >= scene.feet.y ? ExpertKey.jump : ExpertKey.wait)
  }

  /// Comes to stand in the middle of a cell; nil where it does.
  func center(in place: Place) -> Int? { steer(place.middleX, place.middleZ, within: Self.slack) }

  // MARK: - Where it is

  /// Finds out at which cell of the way the player is.
  private func locate(_ memory: inout OverworldExpertMemory) {
    // In the air it is on its way from one cell to another.
    guard player.isOnGround || player.isInWater else { return }
    let step = Int(memory.pathStep)
    let first = max(0, step - 2), last = min(Int(memory.pathCount) - 1, step + Self.sight)
    var nearest = -1, least = 1.7
    for index in first...last {
      let place = memory.path[index]
      if place == scene.feet {
        (nearest, least) = (index, 0)
      } else if place.y == scene.feet.y && index >= step {
        let dx = place.middleX - player.x, dz = place.middleZ - player.z
        let distance = (dx * dx + dz * dz).squareRoot()
        if distance < least && (index == step || distance < 0.6) { (nearest, least) = (index, distance) }
      }
    }
    if nearest >= 0 {
      memory.pathStep = UInt8(nearest)
      memory.strayed = 0
    } else {
      memory.strayed += 1
    }
  }

  /// The cells that a step needs and that are not free, the upper ones first.
  private func obstacles(_ from: Place, _ to: Place) -> [Place] {
    var cells: [Place] = []
    func need(_ place: Place) {
      if scene.rules.traits[scene[place]].height > PlayerPhysics.step { cells.append(place) }
    }
    if to.x == from.x && to.z == from.z {
      var level = from.y - 1
      while level >= to.y {
        need(Place(Int(from.x), Int(level), Int(from.z)))
        level -= 1
      }
    } else if to.y > from.y {
      need(from.moved(0, 2, 0))
      need(to.moved(0, 1, 0))
      need(to)
    } else {
      var level = from.y + 1
      while level >= to.y {
        need(Place(Int(to.x), Int(level), Int(to.z)))
        level -= 1
      }
    }
    return cells
  }

  // MARK: - Steering

  /// The farthest cell ahead, at the same level, to which it can walk in a straight line.
  private func straight(_ memory: OverworldExpertMemory, _ first: Int) -> Place {
    var end = memory.path[first]
    guard end.y == scene.feet.y, player.isOnGround else { return end }
    var index = first + 1
    while index < Int(memory.pathCount), index < first + Self.sight, memory.path[index].y == end.y {
      guard isOpen(to: memory.path[index]) else { break }
      end = memory.path[index]
      index += 1
    }
    return end
  }

  /// Whether nothing stops a body on the straight line to the middle of a cell at its level, and the floor has no gap.
  private func isOpen(to place: Place) -> Bool {
    let dx = place.middleX - player.x, dz = place.middleZ - player.z
    let steps = Int((max(abs(dx), abs(dz)) / 0.4).rounded(.up))
    let y = Int(scene.feet.y), half = OverworldPlayer.width / 2 + 0.02
    for step in 1...max(1, steps) {
      let x = player.x + dx * Double(step) / Double(max(1, steps))
      let z = player.z + dz * Double(step) / Double(max(1, steps))
      for cornerX in [x - half, x + half] {
        for cornerZ in [z - half, z + half] {
          for level in y...y + 1 {
            let traits = scene.rules.traits[scene.view[cell(cornerX), level, cell(cornerZ)]]
            if traits.height > PlayerPhysics.step || traits.isWater || traits.isLava { return false }
          }
          let below = scene.rules.traits[scene.view[cell(cornerX), y - 1, cell(cornerZ)]]
          if below.height <= PlayerPhysics.step { return false }
        }
      }
    }
    return true
  }

  /// Comes into line with its cell where something beside that stops it on its way to another; nil where nothing does.
  ///
  /// It goes aside first: if it only backed off, it would run against the same thing again. Who swims leaps over what stops
  /// it, which is the bank.
  private func comeClear(in cell: Place, before place: Place) -> Int? {
    let dx = place.middleX - player.x, dz = place.middleZ - player.z
    let isStoppedX = abs(dx) > Self.slack && isStopped(dx, 0),
      isStoppedZ = abs(dz) > Self.slack && isStopped(0, dz)
    guard isStoppedX || isStoppedZ else { return nil }
    if player.isInWater { return turn(dx, dz, within: 20) ?? ExpertKey.jumpForward }
    return steer(
      isStoppedX ? player.x : cell.middleX, isStoppedZ ? player.z : cell.middleZ, within: Self.slack)
      ?? center(in: cell)
  }

  /// Whether something stops it at once in a direction.
  private func isStopped(_ dx: Double, _ dz: Double) -> Bool {
    func little(_ way: Double) -> Double { way > 0 ? 0.05 : way < 0 ? -0.05 : 0 }
    return !scene.view.isFree(player.box.moved(little(dx), 0, little(dz)), scene.rules.traits)
  }

  /// Jumps onto a block.
  private func climb(_ from: Place, _ to: Place) -> Int {
    let dx = to.middleX - player.x, dz = to.middleZ - player.z
    // Too far aside it would jump against what is beside the block.
    if player.isOnGround && !player.isInWater {
      let aside = to.x == from.x ? abs(dx) : abs(dz)
      if aside > 0.19,
        let action = steer(
          to.x == from.x ? to.middleX : player.x, to.z == from.z ? to.middleZ : player.z,
          within: 0.12)
      {
        return action
      }
    }
    return turn(dx, dz, within: 20) ?? ExpertKey.jumpForward
  }

  /// One step of turning to a direction; nil where it looks there but for so many degrees.
  private func turn(_ dx: Double, _ dz: Double, within degrees: Double) -> Int? {
    let heading = atan2(-dx, dz) * 180 / .pi
    var off = (heading - 15 * Double(player.yaw)).truncatingRemainder(dividingBy: 360)
    if off > 180 { off -= 360 } else if off < -180 { off += 360 }
    guard abs(off) > degrees else { return nil }
    return off > 0 ? ExpertKey.turnRight : ExpertKey.turnLeft
  }

  /// Walks to a place; nil where it comes to rest there by itself.
  ///
  /// Short ways it goes sideways and backwards, as it stands; for long ones it turns.
  private func steer(_ x: Double, _ z: Double, within slack: Double) -> Int? {
    // Where its speed carries it: on the ground it loses 0.454 of that in every tick.
    let coast = player.isInWater ? 4 : player.isOnGround ? 2.2 : 4
    let dx = x - player.x - coast * player.vx, dz = z - player.z - coast * player.vz
    if max(abs(dx), abs(dz)) < slack { return nil }
    let distance = (dx * dx + dz * dz).squareRoot()
    if distance > 1.6 {
      if let turn = turn(dx, dz, within: 10) { return turn }
      return distance > 3 && player.food > 6 && player.isOnGround ? ExpertKey.sprint : ExpertKey.forward
    }
    // First into line with the cell, then towards it: otherwise it would bump into what is beside the cell. Where something
    // stops it all the same, it goes the other way first.
    let lesser = min(abs(dx), abs(dz))
    var alongX = lesser > 0.2 ? abs(dx) == lesser : abs(dx) != lesser
    if abs(alongX ? dz : dx) >= slack, alongX ? isStopped(dx, 0) : isStopped(0, dz) { alongX.toggle() }
    return key(alongX ? dx : 0, alongX ? 0 : dz)
  }

  /// The key that moves it as nearly as possible in a direction along x or z. Where it looks aslant, every key would move it
  /// along both, to and fro; it turns first.
  private func key(_ dx: Double, _ dz: Double) -> Int {
    switch Int(player.yaw) % 6 {
    case 2: return ExpertKey.turnLeft
    case 3, 4: return ExpertKey.turnRight
    default: break
    }
    let sine = PlayerPhysics.sine(Int(player.yaw)), cosine = PlayerPhysics.cosine(Int(player.yaw))
    let forward = dz * cosine - dx * sine, right = -dx * cosine - dz * sine
    if abs(forward) >= abs(right) { return forward > 0 ? ExpertKey.forward : ExpertKey.back }
    return right > 0 ? ExpertKey.right : ExpertKey.left
  }

  /// In water one keeps afloat.
  private func floating(_ action: Int) -> Int {
    guard player.isInWater else { return action }
    return action == ExpertKey.forward || action == ExpertKey.sprint ? ExpertKey.jumpForward : action
  }
}
