/// A place where a tree may grow.
private struct Seedling {
  /// Its column.
  var x: Int, z: Int
  /// Of two that are too near, the one with the higher priority grows.
  var priority: UInt64
  var kind: TreeKind
}

/// Minecraft's small trees.
enum TreeKind {
  case oak, birch
  /// Two kinds of spruce: leaves almost to the ground, and leaves at the top only.
  case spruce, pine
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
                  : kind < traits.birches + traits.spruces ? (bits &>> 40) % 3 == 0 ? .pine : .spruce : .oak))
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

  /// Grows a tree: the rules of Minecraft 1.11's small trees (Minecraft Wiki, "Tree").
  private func grow(_ seedling: Seedling) {
    var random = PlaceRandom(seedling.priority)
    let x = seedling.x, z = seedling.z
    let foot = Int(columns.ground[ChunkColumns.index(x, z)]) &+ 1
    switch seedling.kind {
    case .oak, .birch:
      let isBirch = seedling.kind == .birch
      let height = (isBirch ? 5 : 4) &+ random.below(3), top = foot &+ height
      guard top < BlockGrid.height else { return }
      let leaves = isBirch ? Block.birchLeaves : .oakLeaves
      // Two wide layers and two narrow ones; a corner is there or not, and never at the top.
      for layer in 0..<4 {
        let corners = layer == 0 ? 0 : random.next()
        spread(leaves, x, top &- layer, z, radius: layer < 2 ? 1 : 2, corners: corners)
      }
      raise(isBirch ? .birchLog : .oakLog, x, foot, z, height: height)
    case .spruce:
      let height = 6 &+ random.below(4), bare = 1 &+ random.below(2), widest = 2 &+ random.below(2)
      let top = foot &+ height
      guard top < BlockGrid.height else { return }
      // From the top down, layers widen, and begin again narrow each time they reach the width allowed, which grows.
      var radius = random.below(2), allowed = 1, narrowest = 0
      for layer in 0...height &- bare {
        spread(.spruceLeaves, x, top &- layer, z, radius: radius, corners: 0)
        if radius >= allowed {
          radius = narrowest
          narrowest = 1
          allowed = min(allowed &+ 1, widest)
        } else {
          radius &+= 1
        }
      }
      raise(.spruceLog, x, foot, z, height: height &- random.below(3))
    case .pine:
      let height = 7 &+ random.below(5), bare = height &- random.below(2) &- 3
      let widest = 1 &+ random.below(height &- bare &+ 1), top = foot &+ height
      guard top < BlockGrid.height else { return }
      var radius = 0
      for layer in 0...height &- bare {
        spread(.spruceLeaves, x, top &- layer, z, radius: radius, corners: 0)
        if layer == height &- bare &- 1 && radius > 0 {
          radius &-= 1
        } else if radius < min(widest, 3) {
          radius &+= 1
        }
      }
      raise(.spruceLog, x, foot, z, height: height &- 1)
    }
  }

  /// Puts a square of leaves where there is air. A corner is there if its bit of `corners` is set.
  @inline(__always)
  private func spread(_ leaves: Block, _ x: Int, _ y: Int, _ z: Int, radius: Int, corners: UInt64) {
    let lowX = max(0, x &- radius), highX = min(ChunkMap.side &- 1, x &+ radius)
    let lowZ = max(0, z &- radius), highZ = min(ChunkMap.side &- 1, z &+ radius)
    guard lowX <= highX, lowZ <= highZ else { return }
    for cellX in lowX...highX {
      for cellZ in lowZ...highZ {
        let dx = cellX &- x, dz = cellZ &- z
        if radius > 0 && abs(dx) == radius && abs(dz) == radius
          && corners &>> UInt64((dx > 0 ? 1 : 0) &+ (dz > 0 ? 2 : 0)) & 1 == 0
        {
          continue
        }
        let place = column(cellX, cellZ) + y
        if place.pointee == Block.air.rawValue { place.pointee = leaves.rawValue }
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
