/// What a task puts an episode's start beside: training grounds for skills.
extension OverworldWorld {
  /// Moves the player to where a block of a kind is near, at most `within` blocks along each axis, and free on one side.
  ///
  /// Chunks are looked through in rings about the player; of the places in the first ring that has any, one is drawn. Where
  /// the world shows none, a pocket is dug beside one that is hidden; where it has none at all, the player stays.
  mutating func placePlayer(beside wanted: OverworldTask.Start, _ rules: OverworldRules) {
    let states = BlockSet(named: wanted.near, rules)
    let homeX = cell(player.x) &>> 4, homeZ = cell(player.z) &>> 4
    for ring in 0..<ChunkMap.count {
      var places = 0
      forEachBlock(states, ring, homeX, homeZ, rules) { world, x, y, z in
        if world.isShown(x, y, z), world.standingPlace(x, y, z, within: wanted.within, rules) != nil {
          places += 1
        }
        return true
      }
      guard places > 0 else { continue }
      var chosen = random.below(places)
      forEachBlock(states, ring, homeX, homeZ, rules) { world, x, y, z in
        guard world.isShown(x, y, z), let place = world.standingPlace(x, y, z, within: wanted.within, rules)
        else {
          return true
        }
        chosen -= 1
        if chosen < 0 { world.stand(place.x, place.y, place.z, rules) }
        return chosen >= 0
      }
      return
    }
    for ring in 0..<ChunkMap.count {
      var isDone = false
      forEachBlock(states, ring, homeX, homeZ, rules) { world, x, y, z in
        isDone = world.digPocket(beside: x, y, z, rules)
        return !isDone
      }
      if isDone { return }
    }
  }

  /// Puts blocks on the ground about the player, where it can reach them.
  mutating func placeBlocks(_ placed: [Block], _ rules: OverworldRules) {
    let homeX = cell(player.x), homeY = cell(player.y), homeZ = cell(player.z)
    for block in placed {
      var places = 0
      func forEachPlace(_ body: (Int, Int, Int) -> Void) {
        for x in homeX - 2...homeX + 2 {
          for z in homeZ - 2...homeZ + 2 where x != homeX || z != homeZ {
            for y in homeY - 1...homeY + 1
            where isRoom(x, y, z, rules) && isFloor(x, y - 1, z, rules) && isDry(x, y, z, rules) {
              body(x, y, z)
            }
          }
        }
      }
      forEachPlace { _, _, _ in places += 1 }
      guard places > 0 else {
        // In a pocket it takes the place of a wall.
        setBlock(homeX + 1, homeY, homeZ, block, rules)
        continue
      }
      var chosen = random.below(places), place = (homeX, homeY, homeZ)
      forEachPlace { x, y, z in
        if chosen == 0 { place = (x, y, z) }
        chosen -= 1
      }
      setBlock(place.0, place.1, place.2, block, rules)
    }
  }

  /// Calls `body` for every block of some states in the chunks at a distance from one, made where they have not been, until it
  /// returns false.
  private mutating func forEachBlock(
    _ states: BlockSet, _ ring: Int, _ homeX: Int, _ homeZ: Int, _ rules: OverworldRules,
    _ body: (inout OverworldWorld, Int, Int, Int) -> Bool
  ) {
    for chunkX in max(0, homeX - ring)...min(ChunkMap.count - 1, homeX + ring) {
      for chunkZ in max(0, homeZ - ring)...min(ChunkMap.count - 1, homeZ + ring)
      where max(abs(chunkX - homeX), abs(chunkZ - homeZ)) == ring {
        makeChunks(aroundX: 16 * chunkX, z: 16 * chunkZ, radius: 1, rules)
        for x in 16 * chunkX..<16 * chunkX + 16 {
          for z in 16 * chunkZ..<16 * chunkZ + 16 {
            for y in 1..<BlockGrid.height where states[blocks[x, y, z]] {
              if !body(&self, x, y, z) { return }
            }
          }
        }
      }
    }
  }

  /// Whether a block is free on one side.
  private func isShown(_ x: Int, _ y: Int, _ z: Int) -> Bool {
    blocks[x - 1, y, z] == .air || blocks[x + 1, y, z] == .air || blocks[x, y, z - 1] == .air
      || blocks[x, y, z + 1] == .air || blocks[x, y + 1, z] == .air || blocks[x, y - 1, z] == .air
  }

  /// The nearest cell where a player can stand no farther than `within` blocks from a block along each axis; nil where there is
  /// none.
  private func standingPlace(
    _ x: Int, _ y: Int, _ z: Int, within: Int, _ rules: OverworldRules
  ) -> (x: Int, y: Int, z: Int)? {
    for reach in 0...within {
      for nearX in x - reach...x + reach {
        for nearZ in z - reach...z + reach where max(abs(nearX - x), abs(nearZ - z)) == reach {
          for nearY in stride(from: y + 1, through: max(1, y - within), by: -1)
          where isRoom(nearX, nearY, nearZ, rules) && isRoom(nearX, nearY + 1, nearZ, rules)
            && isFloor(nearX, nearY - 1, nearZ, rules) && isDry(nearX, nearY, nearZ, rules)
          {
            return (nearX, nearY, nearZ)
          }
        }
      }
    }
    return nil
  }

  /// Whether nothing is in a player's way in a cell inside the world, and it neither swims nor burns there.
  private func isRoom(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) -> Bool {
    guard BlockGrid.hasColumn(x, z) else { return false }
    let traits = rules.traits[blocks[x, y, z]]
    return traits.height == 0 && !traits.isWater && !traits.isLava
  }

  private func isFloor(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) -> Bool {
    rules.traits[blocks[x, y, z]].isCube
  }

  /// Whether there is no liquid and no cactus in the cells about a standing player.
  private func isDry(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) -> Bool {
    for nearX in x - 1...x + 1 {
      for nearZ in z - 1...z + 1 {
        for nearY in y - 1...y + 1 {
          let traits = rules.traits[blocks[nearX, nearY, nearZ]]
          if traits.isWater || traits.isLava || blocks[nearX, nearY, nearZ] == .cactus { return false }
        }
      }
    }
    return true
  }

  /// Digs two cells beside a block, so that a player can stand there, and puts it there; false where that cannot be.
  private mutating func digPocket(beside x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) -> Bool {
    for (dx, dz) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
      let nearX = x + dx, nearZ = z + dz
      guard BlockGrid.hasColumn(nearX, nearZ), y + 1 < BlockGrid.height, isFloor(nearX, y - 1, nearZ, rules),
        isDry(nearX, y, nearZ, rules), blocks[nearX, y, nearZ] != .bedrock,
        blocks[nearX, y + 1, nearZ] != .bedrock,
        !rules.traits[blocks[nearX, y + 2, nearZ]].falls
      else { continue }
      setBlock(nearX, y, nearZ, .air, rules)
      setBlock(nearX, y + 1, nearZ, .air, rules)
      stand(nearX, y, nearZ, rules)
      return true
    }
    return false
  }

  private mutating func stand(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) {
    player.x = Double(x) + 0.5
    player.y = Double(y)
    player.z = Double(z) + 0.5
    player.isOnGround = true
    makeChunks(aroundX: x, z: z, radius: 1, rules)
  }
}

/// Some of the states of blocks.
struct BlockSet: BitwiseCopyable, Sendable {
  private var bits = InlineArray<4, UInt64>(repeating: 0)

  /// Those of a Minecraft name.
  init(named name: String, _ rules: OverworldRules) {
    for (code, block) in rules.minecraft.blocks.minecraftNames.enumerated() where block == name {
      bits[code >> 6] |= 1 << UInt64(code & 63)
    }
  }

  /// Whether a state is one of them.
  @inline(__always)
  subscript(_ block: Block) -> Bool {
    bits[Int(block.rawValue &>> 6)] &>> UInt64(block.rawValue & 63) & 1 != 0
  }
}
