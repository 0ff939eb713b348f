extension ChunkMaker {
  /// The share of the columns with red mushrooms in the shade; the other mushrooms are brown.
  private static let redMushrooms: Float = 0.00025

  /// Grows what stands on the ground: grass, flowers, mushrooms, cacti, reeds, pumpkins.
  func growPlants() {
    for x in 0..<ChunkMap.side {
      for z in 0..<ChunkMap.side {
        var random = PlaceRandom(seed, .cover, ChunkMap.side &* chunkX &+ x, ChunkMap.side &* chunkZ &+ z)
        let bits = random.next()
        let chance = Float(bits & 0xFF_FFFF) * 0x1p-24
        let index = ChunkColumns.index(x, z), column = column(x, z)
        let foot = Int(columns.ground[index]) &+ 1
        guard column[foot] == Block.air.rawValue else { continue }
        let traits = BiomeTraits.of(columns.biome(x, z))
        switch column[foot &- 1] {
        case Block.grass.rawValue:
          if isAtWater(x, z), Float(bits &>> 24 & 0xFFFF) * 0x1p-16 < traits.reeds {
            growReeds(x, foot, z, height: 2 &+ Self.growth(bits))
          } else if chance < traits.grass {
            let isFern = Float(bits &>> 24 & 0xFFFF) * 0x1p-16 < traits.ferns
            column[foot] = (isFern ? Block.fern : .tallGrass).rawValue
          } else if chance < traits.grass + traits.flowers {
            column[foot] = ((bits &>> 24 & 0xFFFF) % 3 == 0 ? Block.redFlower : .yellowFlower).rawValue
          } else if chance > 1 - traits.mushrooms && isShaded(column, foot) {
            column[foot] = (chance > 1 - Self.redMushrooms ? Block.redMushroom : .brownMushroom).rawValue
          }
        case Block.sand.rawValue:
          if isAtWater(x, z), Float(bits &>> 24 & 0xFFFF) * 0x1p-16 < traits.reeds {
            growReeds(x, foot, z, height: 2 &+ Self.growth(bits))
          } else if chance < traits.cacti {
            if standsAlone(x, z, traits) {
              fillUp(column, foot, .cactus, count: 1 &+ Self.growth(bits))
            }
          } else if chance < traits.cacti + traits.deadBushes {
            column[foot] = Block.deadBush.rawValue
          }
        default: break
        }
      }
    }
    growPumpkins()
  }

  /// How many blocks a cactus or reeds are higher than the lowest: none to two, the fewer the likelier (Glowstone:
  /// `Cactus.java`).
  private static func growth(_ bits: UInt64) -> Int {
    Int((bits &>> 48) % ((bits &>> 40 & 0xFF) % 3 &+ 1))
  }

  /// Whether something hangs above a level of a column.
  private func isShaded(_ column: UnsafeMutablePointer<UInt8>, _ foot: Int) -> Bool {
    (foot..<BlockGrid.height).contains { column[$0] != Block.air.rawValue }
  }

  /// Whether the column's topmost block is beside water of the same level.
  private func isAtWater(_ x: Int, _ z: Int) -> Bool {
    let index = ChunkColumns.index(x, z)
    guard columns.ground[index] == UInt8(ChunkColumns.waterLevel) else { return false }
    let level = UInt8(ChunkColumns.waterLevel)
    return columns.liquid[index &- 1] == level || columns.liquid[index &+ 1] == level
      || columns.liquid[index &- ChunkColumns.side] == level
      || columns.liquid[index &+ ChunkColumns.side] == level
  }

  private func growReeds(_ x: Int, _ foot: Int, _ z: Int, height: Int) {
    fillUp(column(x, z), foot, .reeds, count: height)
  }

  @inline(__always)
  private func fillUp(_ column: UnsafeMutablePointer<UInt8>, _ foot: Int, _ block: Block, count: Int) {
    (column + foot).update(repeating: block.rawValue, count: count)
  }

  /// Whether a cactus has room: nothing as high as it beside it, no other cactus either.
  private func standsAlone(_ x: Int, _ z: Int, _ traits: BiomeTraits) -> Bool {
    let index = ChunkColumns.index(x, z)
    for (dx, dz) in [(-1, 0), (1, 0), (0, -1), (0, 1)] {
      if columns.ground[ChunkColumns.index(x &+ dx, z &+ dz)] > columns.ground[index] { return false }
      var random = PlaceRandom(
        seed, .cover, ChunkMap.side &* chunkX &+ x &+ dx, ChunkMap.side &* chunkZ &+ z &+ dz)
      if Float(random.next() & 0xFF_FFFF) * 0x1p-24 < traits.cacti { return false }
    }
    return true
  }

  /// A patch of pumpkins in one of 32 chunks; in Minecraft most of those begin above or below the ground and come to nothing.
  private func growPumpkins() {
    var random = PlaceRandom(seed, .patches, chunkX, chunkZ)
    guard random.below(32) == 0 else { return }
    let middleX = 5 &+ random.below(6), middleZ = 5 &+ random.below(6)
    for _ in 0..<8 {
      let x = middleX &+ random.below(5) &- random.below(5), z = middleZ &+ random.below(5) &- random.below(5)
      let foot = Int(columns.ground[ChunkColumns.index(x, z)]) &+ 1, column = column(x, z)
      if column[foot] == Block.air.rawValue && column[foot &- 1] == Block.grass.rawValue {
        column[foot] = Block.pumpkin.rawValue
      }
    }
  }
}
