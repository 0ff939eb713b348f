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
    return hit.map { .block($0) } ?? .nothing
  }

  /// The first block that the player's look meets within reach.
  mutating func targetBlock(throughLiquids: Bool) -> RayHit? {
    let gaze = player.gaze
    return blocks.cast(
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
