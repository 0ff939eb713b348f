extension OverworldWorld {
  /// Makes the chunk at a place among the chunks, which must be inside the world. Does nothing if it has been made.
  ///
  /// Blocks, biomes, skyline and first animals are a function of the episode's seed, the rules' biome, and the place; the
  /// animals' order in the table is that in which chunks are made.
  mutating func makeChunk(_ chunkX: Int, _ chunkZ: Int, _ rules: OverworldRules) {
    guard !chunks[chunkX, chunkZ] else { return }
    chunks[chunkX, chunkZ] = true
    var memory = ChunkColumns.Memory(repeating: 0)
    withUnsafeMutablePointer(to: &memory) { memory in
      withUnsafeMutablePointer(to: &blocks.codes) { codes in
        withUnsafeMutablePointer(to: &biomes) { biomes in
          let maker = ChunkMaker(
            episodeSeed, chunkX, chunkZ, biome: rules.biome,
            codes: UnsafeMutableRawPointer(codes).assumingMemoryBound(to: UInt8.self), memory: memory)
          maker.fillColumns()
          maker.digTunnels()
          maker.layVeins()
          maker.growTrees()
          maker.growPlants()
          maker.writeBiomes(UnsafeMutableRawPointer(biomes).assumingMemoryBound(to: UInt8.self))
        }
      }
    }
    blocks.findOccupied(chunkX, chunkZ)
    findSkyline(chunkX, chunkZ, rules)
    spawnInitialCreatures(chunkX, chunkZ, rules)
  }

  /// Writes down the skyline of a chunk whose blocks are there.
  mutating func findSkyline(_ chunkX: Int, _ chunkZ: Int, _ rules: OverworldRules) {
    let filters = rules.minecraft.blocks.filters
    withUnsafeMutablePointer(to: &skyline) { skyline in
      let skyline = UnsafeMutableRawPointer(skyline).assumingMemoryBound(to: UInt8.self)
      withUnsafeMutablePointer(to: &blocks.codes) { codes in
        let codes = UnsafeMutableRawPointer(codes).assumingMemoryBound(to: UInt8.self)
        for x in ChunkMap.side &* chunkX..<ChunkMap.side &* (chunkX &+ 1) {
          for z in ChunkMap.side &* chunkZ..<ChunkMap.side &* (chunkZ &+ 1) {
            let column = codes + BlockGrid.index(x, 0, z)
            // Eight levels of air at a time, then block by block.
            var level = BlockGrid.height
            while level > 0
              && UnsafeRawPointer(column).loadUnaligned(fromByteOffset: level &- 8, as: UInt64.self) == 0
            {
              level &-= 8
            }
            while level > 0 && filters[Int(column[level &- 1])] == 0 { level &-= 1 }
            skyline[x &* BlockGrid.side &+ z] = UInt8(truncatingIfNeeded: level)
          }
        }
      }
    }
  }

  /// Makes the chunks that are at most `radius` chunks away from that of a column, as far as there are any.
  ///
  /// - Complexity: O(1) where all of them have been made.
  @inline(__always)
  mutating func makeChunks(aroundX x: Int, z: Int, radius: Int, _ rules: OverworldRules) {
    let last = ChunkMap.count &- 1
    let lowX = max(0, x &>> 4 &- radius), highX = min(last, x &>> 4 &+ radius)
    let lowZ = max(0, z &>> 4 &- radius), highZ = min(last, z &>> 4 &+ radius)
    guard lowX <= highX, lowZ <= highZ else { return }
    // A byte a row of chunks.
    let row: UInt64 =
      (0xFF &>> UInt64(truncatingIfNeeded: last &- highZ &+ lowZ)) &<< UInt64(truncatingIfNeeded: lowZ)
    var wanted: UInt64 = 0
    for chunkX in lowX...highX { wanted |= row &<< UInt64(truncatingIfNeeded: 8 &* chunkX) }
    if chunks.made & wanted == wanted { return }
    makeMissing(wanted, rules)
  }

  @inline(never)
  private mutating func makeMissing(_ wanted: UInt64, _ rules: OverworldRules) {
    var missing = wanted & ~chunks.made
    while missing != 0 {
      let bit = missing.trailingZeroBitCount
      missing &= missing &- 1
      makeChunk(bit &>> 3, bit & 7, rules)
    }
  }

  /// Makes all chunks.
  public mutating func makeWhole(_ rules: OverworldRules) { makeMissing(.max, rules) }

  /// The biome of a column inside the world whose chunk has been made.
  func biome(_ x: Int, _ z: Int) -> Biome { Biome(rawValue: biomes[(x &>> 2) &* 32 &+ z &>> 2]) ?? .plains }
}
