extension ChunkMaker {
  /// Lays the veins that begin in the chunk and its neighbours, as far as they lie in the chunk, into its stone.
  func layVeins() {
    let shapes = VeinShapes.all
    shapes.cells.withUnsafeBufferPointer { cells in
      shapes.starts.withUnsafeBufferPointer { starts in
        for kind in OreVein.all.indices {
          let vein = OreVein.all[kind], reach = shapes.reaches[kind]
          for fromX in -1...1 {
            for fromZ in -1...1 { lay(vein, kind, reach, fromX, fromZ, cells, starts) }
          }
        }
      }
    }
    layEmeralds()
  }

  /// Lays the veins of a kind that begin in a neighbour, or in the chunk itself.
  @inline(__always)
  private func lay(
    _ vein: OreVein, _ kind: Int, _ reach: Int, _ fromX: Int, _ fromZ: Int,
    _ cells: UnsafeBufferPointer<VeinShapes.Cell>,
    _ starts: UnsafeBufferPointer<Int32>
  ) {
    var random = PlaceRandom(
      seed, .veins, (chunkX &+ fromX) &* 16 &+ kind, chunkZ &+ fromZ)
    let highest = columns.highest
    for _ in 0..<vein.attempts {
      let bits = random.next()
      let x = Int(bits & 15) &+ ChunkMap.side &* fromX, z = Int(bits &>> 4 & 15) &+ ChunkMap.side &* fromZ
      guard x >= -reach, x < ChunkMap.side &+ reach, z >= -reach, z < ChunkMap.side &+ reach else { continue }
      var y = (Int(bits &>> 8 & 0xFFFF) &* vein.levels) &>> 16
      if vein.isTriangular { y &+= (Int(bits &>> 24 & 0xFFFF) &* vein.levels) &>> 16 }
      guard y <= highest &+ reach else { continue }
      let shape = kind &* VeinShapes.count &+ Int(bits &>> 40) & (VeinShapes.count &- 1)
      let mirrorX = bits &>> 50 & 1 == 0 ? 1 : -1, mirrorZ = bits &>> 51 & 1 == 0 ? 1 : -1
      for index in Int(starts[shape])..<Int(starts[shape &+ 1]) {
        let cell = cells[index]
        let cellX = x &+ mirrorX &* Int(cell.x), cellZ = z &+ mirrorZ &* Int(cell.z), cellY = y &+ Int(cell.y)
        if Self.hasColumn(cellX, cellZ) && cellY > 0 && cellY <= highest {
          replaceStone(cellX, cellY, cellZ, vein.block)
        }
      }
    }
  }

  @inline(__always)
  private func replaceStone(_ x: Int, _ y: Int, _ z: Int, _ block: Block) {
    let place = column(x, z) + y
    if place.pointee == Block.stone.rawValue { place.pointee = block.rawValue }
  }

  /// Emerald: three to eight single blocks a chunk at levels 4 to 31, under extreme hills (Glowstone:
  /// `EmeraldOreDecorator.java`).
  private func layEmeralds() {
    var random = PlaceRandom(seed, .veins, chunkX &* 16 &+ 15, chunkZ)
    for _ in 0..<3 &+ random.below(6) {
      let x = random.below(16), z = random.below(16), y = 4 &+ random.below(28)
      if columns.biome(x, z) == .extremeHills { replaceStone(x, y, z, .emeraldOre) }
    }
  }
}
