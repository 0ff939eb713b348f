/// A place where a tree may grow.
private struct Seedling {
  /// Its column.
  var x: Int, z: Int
  /// Of two that are too near, the one with the higher priority grows.
  var priority: UInt64
  var kind: TreeKind
}

extension ChunkMaker {
  /// The attempts a chunk has to grow a tree; a biome uses its share of them.
  private static let attempts = 11

  /// Grows the trees whose logs or leaves lie in the chunk; those that stand in neighbours grow there in the same way.
  ///
  /// Minecraft grows a chunk's trees one after another, and one that comes to stand under another's leaves fails. Here
  /// those fail that stand too near to another attempt of higher priority, which does not depend on any order.
  func growTrees() {
    withUnsafeTemporaryAllocation(of: Seedling.self, capacity: 9 * Self.attempts) { seedlings in
      var count = 0
      for fromX in -1...1 {
        for fromZ in -1...1 {
          var random = PlaceRandom(seed, .trees, chunkX &+ fromX, chunkZ &+ fromZ)
          for _ in 0..<Self.attempts {
            let bits = random.next(), priority = random.next()
            let x = Int(bits & 15) &+ ChunkMap.side &* fromX,
              z = Int(bits &>> 4 & 15) &+ ChunkMap.side &* fromZ
            guard x >= -5, x < ChunkMap.side &+ 5, z >= -5, z < ChunkMap.side &+ 5,
              BlockGrid.hasColumn(ChunkMap.side &* chunkX &+ x, ChunkMap.side &* chunkZ &+ z)
            else { continue }
            let traits = BiomeTraits.of(columns.biome(x, z))
            let draw = Float(bits &>> 8 & 0xFFFF) * 0x1p-16 * Float(Self.attempts)
            guard draw < traits.trees else { continue }
            let kind = Float(bits &>> 24 & 0xFFFF) * 0x1p-16
            seedlings.initializeElement(
              at: count,
              to: Seedling(
                x: x, z: z, priority: priority,
                kind: kind < traits.birches
                  ? .birch
                  : kind >= traits.birches + traits.spruces
                    ? .oak : Float(bits &>> 40 & 0xFFFF) * 0x1p-16 < traits.pines ? .pine : .spruce))
            count &+= 1
          }
        }
      }
      for index in 0..<count {
        let seedling = seedlings[index]
        guard max(abs(2 &* seedling.x &- 15), abs(2 &* seedling.z &- 15)) <= 21,
          canRoot(seedling.x, seedling.z)
        else {
          continue
        }
        var isShaded = false
        for other in 0..<count where seedlings[other].priority > seedling.priority {
          let dx = seedlings[other].x &- seedling.x, dz = seedlings[other].z &- seedling.z
          if dx &* dx &+ dz &* dz < 8 { isShaded = true }
        }
        if !isShaded { grow(seedling) }
      }
    }
  }

  /// Whether a tree can stand in a column: on grass that no cave has dug up, and with no step beside it that is higher than
  /// its lowest log.
  private func canRoot(_ x: Int, _ z: Int) -> Bool {
    let index = ChunkColumns.index(x, z)
    guard columns.cover[index] == Block.grass.rawValue, columns.liquid[index] == 0,
      columns.opened[index] == 0
    else { return false }
    let highest = columns.ground[index] &+ 1
    for dx in -1...1 {
      for dz in -1...1 where columns.ground[ChunkColumns.index(x &+ dx, z &+ dz)] > highest { return false }
    }
    return true
  }

  /// Grows a tree, as far as it lies in the chunk.
  private func grow(_ seedling: Seedling) {
    var random = PlaceRandom(seedling.priority)
    let shape = TreeShape(seedling.kind) { random.below($0) }
    let x = seedling.x, z = seedling.z
    let foot = Int(columns.ground[ChunkColumns.index(x, z)]) &+ 1, top = foot &+ shape.height
    guard top < BlockGrid.height else { return }
    for layer in 0..<shape.layers { spread(shape, layer, x, top &- layer, z) }
    raise(shape.log, x, foot, z, height: shape.logs)
  }

  /// Puts a layer of leaves where there is air.
  @inline(__always)
  private func spread(_ shape: borrowing TreeShape, _ layer: Int, _ x: Int, _ y: Int, _ z: Int) {
    let reach = shape.reach(layer)
    let lowX = max(0, x &- reach), highX = min(ChunkMap.side &- 1, x &+ reach)
    let lowZ = max(0, z &- reach), highZ = min(ChunkMap.side &- 1, z &+ reach)
    guard lowX <= highX, lowZ <= highZ else { return }
    for cellX in lowX...highX {
      for cellZ in lowZ...highZ where shape.hasLeaves(layer, cellX &- x, cellZ &- z) {
        let place = column(cellX, cellZ) + y
        if place.pointee == Block.air.rawValue { place.pointee = shape.leaves.rawValue }
      }
    }
  }

  /// Puts a trunk, and earth below it.
  @inline(__always)
  private func raise(_ log: Block, _ x: Int, _ foot: Int, _ z: Int, height: Int) {
    guard Self.hasColumn(x, z) else { return }
    let column = column(x, z)
    column[foot &- 1] = Block.dirt.rawValue
    (column + foot).update(repeating: log.rawValue, count: height)
  }
}
