/// What the player looks at within its reach.
enum Aim {
  case nothing
  /// A block.
  case block(RayHit)
  /// A creature, by its place in the table.
  case creature(Int)
}

extension OverworldWorld {
  /// What the player's look meets first: a block within 4.5 blocks, or a creature within 3. It goes through water and lava.
  ///
  /// Blocks count as whole cubes for the look (a departure from Minecraft, where torches and plants are smaller targets).
  mutating func aim() -> Aim {
    let hit = targetBlock(throughLiquids: true)
    let creature = targetCreature(within: min(PlayerPhysics.attackReach, hit?.distance ?? .infinity))
    if let creature { return .creature(creature) }
    return hit.map { .block($0) } ?? .nothing
  }

  /// The first block that the player's look meets within reach.
  mutating func targetBlock(throughLiquids: Bool) -> RayHit? {
    let gaze = player.gaze
    return view.cast(
      x: player.x, y: player.y + player.eyes, z: player.z, dx: gaze.x, dy: gaze.y, dz: gaze.z,
      maximum: PlayerPhysics.reach
    ) { block in
      switch block {
      case .air: false
      case .water, .flowingWater, .lava, .flowingLava: !throughLiquids
      default: true
      }
    }
  }

  /// The creature whose body the player's look meets first. Mutating so that the world is not copied.
  private mutating func targetCreature(within reach: Double) -> Int? {
    guard creatureCount > 0 else { return nil }
    let gaze = player.gaze
    let eyes = player.y + player.eyes
    var nearest = reach
    var found: Int?
    for index in 0..<Int(creatureCount) {
      let creature = creatures[index]
      guard creature.kind != .none && creature.kind != .arrow else { continue }
      // Most are far away.
      guard abs(creature.x - player.x) < 5, abs(creature.z - player.z) < 5 else { continue }
      let box = creature.box(CreatureRules.standard[creature.kind])
      if let distance = box.distance(x: player.x, y: eyes, z: player.z, dx: gaze.x, dy: gaze.y, dz: gaze.z),
        distance <= nearest
      {
        nearest = distance
        found = index
      }
    }
    return found
  }
}

extension BodyBox {
  /// How far along a ray the box is met: 0 from inside, nil where the ray misses it (Kay and Kajiya 1986, slabs).
  func distance(x: Double, y: Double, z: Double, dx: Double, dy: Double, dz: Double) -> Double? {
    var near = 0.0, far = Double.infinity
    func clip(_ origin: Double, _ direction: Double, _ low: Double, _ high: Double) -> Bool {
      guard direction != 0 else { return origin >= low && origin <= high }
      let a = (low - origin) / direction, b = (high - origin) / direction
      near = max(near, min(a, b))
      far = min(far, max(a, b))
      return near <= far
    }
    guard clip(x, dx, minX, maxX), clip(y, dy, minY, maxY), clip(z, dz, minZ, maxZ) else { return nil }
    return near
  }
}
