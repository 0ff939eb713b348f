extension OverworldWorld {
  /// The level above the ground of a column inside the world whose chunk has been made: the first free level above its
  /// highest block, trees, plants and snow aside. Water and lava count as ground.
  func surface(_ x: Int, _ z: Int) -> Int {
    var level = BlockGrid.height
    while level > 0 && !blocks[x, level &- 1, z].isGround { level &-= 1 }
    return level
  }

  /// Puts the player on safe ground near the middle of the world, with a direction drawn from the episode's stream, and makes
  /// the chunks around.
  ///
  /// Safe ground is solid, lies under the open sky, and has neither liquid nor cactus next to it.
  mutating func placePlayer(_ rules: OverworldRules) {
    let middle = BlockGrid.side / 2
    let wishX = middle &+ random.below(33) &- 16, wishZ = middle &+ random.below(33) &- 16
    player.yaw = Int8(random.below(24))
    makeChunks(aroundX: wishX, z: wishZ, radius: 1, rules)
    // In a world without any safe ground it stands in the middle of the world, on top of what is there.
    let place = safeColumn(near: wishX, wishZ, rules) ?? (middle, middle)
    stand(place.x, place.z)
    makeChunks(aroundX: place.x, z: place.z, radius: rules.viewDistance, rules)
  }

  /// The column of safe ground that is nearest to one inside the world; nil where there is none. Makes chunks on its way.
  mutating func safeColumn(near wishX: Int, _ wishZ: Int, _ rules: OverworldRules) -> (x: Int, z: Int)? {
    // Rings of columns around the one that was wished for; the last reaches the farthest corner.
    for ring in 0..<BlockGrid.side {
      for x in wishX &- ring...wishX &+ ring {
        let step = abs(x &- wishX) == ring ? 1 : max(1, 2 &* ring)
        for z in stride(from: wishZ &- ring, through: wishZ &+ ring, by: step) where BlockGrid.hasColumn(x, z)
        {
          makeChunks(aroundX: x, z: z, radius: 0, rules)
          if isSafe(x, z) { return (x, z) }
        }
      }
    }
    return nil
  }

  private mutating func stand(_ x: Int, _ z: Int) {
    player.x = Double(x) + 0.5
    player.y = Double(surface(x, z))
    player.z = Double(z) + 0.5
    player.isOnGround = true
  }

  /// The level above the highest block of a column that is neither air nor a plant one walks through.
  private func freeLevel(_ x: Int, _ z: Int) -> Int {
    var level = BlockGrid.height
    while level > 0 && blocks[x, level &- 1, z].isWalkedThrough { level &-= 1 }
    return level
  }

  /// Whether a player can begin in a column.
  private func isSafe(_ x: Int, _ z: Int) -> Bool {
    let level = surface(x, z)
    guard level > 0, level < BlockGrid.height &- 2, level == freeLevel(x, z) else { return false }
    switch blocks[x, level &- 1, z] {
    case .grass, .dirt, .sand, .stone, .gravel, .sandstone, .clay: break
    default: return false
    }
    // At a chunk's border the neighbour may not have been made yet.
    guard (x &+ 1) & 15 > 1, (z &+ 1) & 15 > 1 else { return false }
    for nearX in x &- 1...x &+ 1 {
      for nearZ in z &- 1...z &+ 1 {
        for y in level &- 1...level &+ 1 {
          switch blocks[nearX, y, nearZ] {
          case .water, .flowingWater, .lava, .flowingLava, .cactus: return false
          default: break
          }
        }
      }
    }
    return true
  }
}

extension Block {
  /// Whether it is ground: neither air, nor part of a tree, nor a plant, nor a thin cover.
  var isGround: Bool {
    switch self {
    case .air, .snowLayer: false
    default: rawValue < Block.oakLog.rawValue || rawValue > Block.wheat7.rawValue
    }
  }

  /// Whether it is air or a plant that does not stop anybody.
  fileprivate var isWalkedThrough: Bool {
    switch self {
    case .air, .snowLayer, .tallGrass, .fern, .deadBush, .yellowFlower, .redFlower, .brownMushroom,
      .redMushroom, .reeds:
      true
    default: false
    }
  }
}
