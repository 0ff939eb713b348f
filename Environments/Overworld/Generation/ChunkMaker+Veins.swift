extension ChunkMaker {
  /// Lays the veins that begin in the chunk and its neighbours, as far as they lie in the chunk, into its stone.
  func layVeins() {
    let shapes = VeinShapes.all
    shapes.runs.withUnsafeBufferPointer { runs in
      shapes.starts.withUnsafeBufferPointer { starts in
        for kind in OreVein.all.indices {
          let vein = OreVein.all[kind], reach = shapes.reaches[kind]
          for fromX in -1...1 {
            for fromZ in -1...1 { lay(vein, kind, reach, fromX, fromZ, runs, starts) }
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
    _ runs: UnsafeBufferPointer<VeinShapes.Run>,
    _ starts: UnsafeBufferPointer<Int32>
  ) {
    var random = PlaceRandom(
      seed, .veins, (chunkX &+ fromX) &* 16 &+ kind, chunkZ &+ fromZ)
    let highest = columns.highest
    for _ in 0..<vein.attempts {
      let bits = random.next()
      let x = Int(bits & 15) &+ ChunkMap.side &* fromX, z = Int(bits &>> 4 & 15) &+ ChunkMap.side &* fromZ
      var y = (Int(bits &>> 8 & 0xFFFF) &* vein.levels) &>> 16
      if vein.isTriangular { y &+= (Int(bits &>> 24 & 0xFFFF) &* vein.levels) &>> 16 }
      // All at once: which of them holds cannot be foreseen, and one jump is cheaper than five.
      let last = ChunkMap.side &- 1 &+ reach
      guard (x &+ reach) | (last &- x) | (z &+ reach) | (last &- z) | (highest &+ reach &- y) >= 0 else {
        continue
      }
      let shape = kind &* VeinShapes.count &+ Int(bits &>> 40) & (VeinShapes.count &- 1)
      let mirrorX = bits &>> 50 & 1 == 0 ? 1 : -1, mirrorZ = bits &>> 51 & 1 == 0 ? 1 : -1
      for index in Int(starts[shape])..<Int(starts[shape &+ 1]) {
        let run = runs[index]
        let runX = x &+ mirrorX &* Int(run.x), runZ = z &+ mirrorZ &* Int(run.z)
        guard Self.hasColumn(runX, runZ) else { continue }
        let low = y &+ Int(run.y)
        replaceStone(column(runX, runZ), max(1, low), min(highest, low &+ Int(run.count) &- 1), vein.block)
      }
    }
  }

  /// Replaces stone in at most eight levels of a column; in none where the last is below the first.
  @inline(__always)
  private func replaceStone(_ column: UnsafeMutablePointer<UInt8>, _ low: Int, _ high: Int, _ block: Block) {
    guard low <= high else { return }
    changeLevels(column, low, high) { levels in
      let isOther = levels ^ Self.everyLevel(.stone)
      // Bytes of 0xFF where there was stone: adding seven bits carries into the eighth where one of them is set.
      let seven: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
      let isStone = (~(((isOther & seven) &+ seven) | isOther) &>> 7 & 0x0101_0101_0101_0101) &* 0xFF
      return levels & ~isStone | Self.everyLevel(block) & isStone
    }
  }

  /// Emerald: three to eight single blocks a chunk at levels 4 to 31, under extreme hills (Glowstone:
  /// `EmeraldOreDecorator.java`).
  private func layEmeralds() {
    var random = PlaceRandom(seed, .veins, chunkX &* 16 &+ 15, chunkZ)
    for _ in 0..<3 &+ random.below(6) {
      let x = random.below(16), z = random.below(16), y = 4 &+ random.below(28)
      if columns.biome(x, z) == .extremeHills { replaceStone(column(x, z), y, y, .emeraldOre) }
    }
  }
}
