extension OverworldWorld {
  /// The map of the world as it is now, after all its chunks have been made.
  mutating func map(_ rules: OverworldRules) -> OverworldMapFile {
    makeWhole(rules)
    return withUnsafeBytes(of: &blocks.codes) { codes in
      withUnsafeBytes(of: &biomes) { biomes in
        OverworldMapFile(
          blocks: Array(codes), biomes: Array(biomes), playerX: Int(player.x.rounded(.down)),
          playerY: Int(player.y.rounded(.down)), playerZ: Int(player.z.rounded(.down)), yaw: Int(player.yaw))
      }
    }
  }

  /// Puts a map's blocks, biomes and player into the world, in the place of a generated one, and animals as into that.
  mutating func load(_ map: OverworldMapFile, _ rules: OverworldRules) {
    withUnsafeMutableBytes(of: &blocks.codes) { $0.copyBytes(from: map.blocks) }
    withUnsafeMutableBytes(of: &biomes) { $0.copyBytes(from: map.biomes) }
    blocks.stationCount = Int32(map.blocks.count { Block(stored: $0).isStation })
    chunks.made = .max
    for chunkX in 0..<ChunkMap.count {
      for chunkZ in 0..<ChunkMap.count {
        blocks.findOccupied(chunkX, chunkZ)
        findSkyline(chunkX, chunkZ, rules)
      }
    }
    player.x = Double(map.playerX) + 0.5
    player.y = Double(map.playerY)
    player.z = Double(map.playerZ) + 0.5
    player.yaw = Int8(map.yaw)
    for chunkX in 0..<ChunkMap.count {
      for chunkZ in 0..<ChunkMap.count { spawnInitialCreatures(chunkX, chunkZ, rules) }
    }
  }
}
