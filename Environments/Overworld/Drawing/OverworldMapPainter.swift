import KnackEnvironment

/// Draws a map of the world: its columns from above, north at the top, lit from the north-west, with all creatures and the
/// player, who is an arrow.
struct OverworldMapPainter {
  private let world: UnsafeMutablePointer<OverworldWorld>
  private let looks = Appearance.standard
  private let width: Int, height: Int

  /// A painter of a map of so many points.
  init(_ world: UnsafeMutablePointer<OverworldWorld>, width: Int, height: Int) {
    self.world = world
    self.width = width
    self.height = height
  }

  /// The picture. Chunks that have not been made are black.
  func draw() -> Picture {
    var columns = [SIMD3<Float>](repeating: .zero, count: BlockGrid.side * BlockGrid.side)
    for x in 0..<BlockGrid.side {
      for z in 0..<BlockGrid.side where world.pointee.chunks[x / ChunkMap.side, z / ChunkMap.side] {
        columns[x * BlockGrid.side + z] = color(x, z)
      }
    }
    var points = [SIMD3<Float>](repeating: .zero, count: width * height)
    for row in 0..<height {
      let z = row * BlockGrid.side / height
      for column in 0..<width {
        points[row * width + column] = columns[column * BlockGrid.side / width * BlockGrid.side + z]
      }
    }
    drawCreatures(&points)
    drawPlayer(&points)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(3 * points.count)
    for point in points {
      let color = SIMD3<UInt8>(
        point.clamped(lowerBound: .zero, upperBound: .one) * 255, rounding: .toNearestOrEven)
      bytes += [color.x, color.y, color.z]
    }
    return Picture(width: width, height: height, bytes: bytes)
  }

  /// The colour of a column.
  private func color(_ x: Int, _ z: Int) -> SIMD3<Float> {
    var level = BlockGrid.height - 1
    while level > 0 && !shows(world.pointee.blocks[x, level, z]) { level -= 1 }
    let block = world.pointee.blocks[x, level, z]
    let look = looks.blocks[Int(block.rawValue)]
    let tile = look.form == .cross ? look.side : look.top
    let texel = looks.tiles(Int(tile), 0.5, 0.5, level: 4)
    var color = SIMD3(texel.x, texel.y, texel.z)
    if look.form == .liquid && texel.w < 1 {
      var depth = 0
      while depth < 10
        && looks.blocks[Int(world.pointee.blocks[x, level - depth, z].rawValue)].form == .liquid
      {
        depth += 1
      }
      return color * (1.2 - 0.07 * Float(depth))
    }
    // Slopes that face the north-west are lit, and what is high is brighter.
    let north = ground(x, z - 1), west = ground(x - 1, z)
    let slope = Float(2 * level - (north ?? level) - (west ?? level))
    color *= 1 + max(-0.4, min(0.28, 0.075 * slope))
    color *= 0.9 + 0.007 * Float(level - 60)
    return color
  }

  /// Whether a block is drawn; grass, ferns and torches would hide what they stand on.
  private func shows(_ block: Block) -> Bool {
    switch block {
    case .air, .tallGrass, .fern, .deadBush, .torch: false
    default: true
    }
  }

  /// The level of what is drawn in a column; nil beyond the edge.
  private func ground(_ x: Int, _ z: Int) -> Int? {
    guard BlockGrid.hasColumn(x, z), world.pointee.chunks[x / ChunkMap.side, z / ChunkMap.side] else {
      return nil
    }
    var level = BlockGrid.height - 1
    while level > 0 && !shows(world.pointee.blocks[x, level, z]) { level -= 1 }
    return level
  }

  /// The colours of creatures on maps: light ones are animals, bright ones are to be feared.
  static func color(of kind: CreatureKind) -> SIMD3<Float> {
    switch kind {
    case .cow: SIMD3(0.42, 0.28, 0.18)
    case .sheep: SIMD3(0.96, 0.96, 0.96)
    case .pig: SIMD3(0.96, 0.66, 0.66)
    case .chicken: SIMD3(1, 0.92, 0.6)
    case .zombie: SIMD3(0.1, 0.75, 0.35)
    case .skeleton: SIMD3(0.78, 0.78, 0.85)
    case .spider: SIMD3(0.55, 0.08, 0.1)
    case .creeper: SIMD3(0.2, 1, 0.2)
    case .none, .arrow: SIMD3(0.2, 0.2, 0.2)
    }
  }

  /// Dots with a dark rim.
  private func drawCreatures(_ points: inout [SIMD3<Float>]) {
    let scale = Float(width) / Float(BlockGrid.side)
    let radius = max(1, 0.75 * scale)
    for index in 0..<Int(world.pointee.creatureCount) {
      let creature = world.pointee.creatures[index]
      guard creature.kind != .none && creature.kind != .arrow else { continue }
      let color = Self.color(of: creature.kind)
      fill(creature.x, creature.z, radius + 1, &points) { across, down in
        let square = across * across + down * down
        return square <= radius * radius
          ? color : square <= (radius + 1) * (radius + 1) ? color * 0.25 : nil
      }
    }
  }

  /// An arrow in the direction in which the player looks.
  private func drawPlayer(_ points: inout [SIMD3<Float>]) {
    let player = world.pointee.player
    let size = max(4, 2.6 * Float(width) / Float(BlockGrid.side))
    let sine = Float(PlayerPhysics.sine(Int(player.yaw))),
      cosine = Float(PlayerPhysics.cosine(Int(player.yaw)))
    fill(player.x, player.z, 1.5 * size, &points) { across, down in
      // Ahead and to the right of the player.
      let ahead = -sine * across + cosine * down, right = -cosine * across - sine * down
      func isInside(_ size: Float) -> Bool {
        ahead < size && ahead > -0.7 * size + 0.35 * max(0, size - abs(right) * 2)
          && abs(right) < 0.42 * (size - ahead)
      }
      return isInside(size) ? SIMD3(0.92, 0.12, 0.1) : isInside(size * 1.35) ? SIMD3(1, 1, 1) : nil
    }
  }

  /// Colours the points about a place on the map for which there is a colour; distances are in points.
  private func fill(
    _ x: Double, _ z: Double, _ reach: Float, _ points: inout [SIMD3<Float>],
    _ color: (_ across: Float, _ down: Float) -> SIMD3<Float>?
  ) {
    let centerX = Float(x) * Float(width) / Float(BlockGrid.side)
    let centerY = Float(z) * Float(height) / Float(BlockGrid.side)
    let rows = max(0, Int(centerY - reach))..<max(0, min(height, Int(centerY + reach) + 2))
    for row in rows where rows.lowerBound < height {
      for column in max(0, Int(centerX - reach))..<max(0, min(width, Int(centerX + reach) + 2)) {
        if let color = color(Float(column) + 0.5 - centerX, Float(row) + 0.5 - centerY) {
          points[row * width + column] = color
        }
      }
    }
  }
}
