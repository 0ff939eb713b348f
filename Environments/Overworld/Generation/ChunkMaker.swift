/// Makes one chunk: shapes its ground, fills its columns, digs caves, lays veins, and grows trees and plants.
///
/// It writes into the blocks of the chunk only, which must be air before. Coordinates count from the chunk's first column.
struct ChunkMaker {
  let seed: UInt64
  let chunkX: Int, chunkZ: Int
  /// The first block of the chunk's first column.
  private let blocks: UnsafeMutablePointer<UInt8>
  let columns: ChunkColumns

  /// A maker of the chunk at a place among the chunks. `codes` are those of ``BlockGrid``.
  init(
    _ seed: UInt64, _ chunkX: Int, _ chunkZ: Int, biome: Biome?, codes: UnsafeMutablePointer<UInt8>,
    memory: UnsafeMutablePointer<ChunkColumns.Memory>
  ) {
    self.seed = seed
    self.chunkX = chunkX
    self.chunkZ = chunkZ
    blocks = codes + BlockGrid.index(ChunkMap.side &* chunkX, 0, ChunkMap.side &* chunkZ)
    columns = ChunkColumns(seed, chunkX, chunkZ, biome: biome, memory: memory)
  }

  /// The blocks of one of the chunk's columns, from bedrock up.
  @inline(__always)
  func column(_ x: Int, _ z: Int) -> UnsafeMutablePointer<UInt8> { blocks + BlockGrid.index(x, 0, z) }

  /// Whether a column is one of the chunk's.
  @inline(__always)
  static func hasColumn(_ x: Int, _ z: Int) -> Bool { (x | z) & ~(ChunkMap.side &- 1) == 0 }

  /// Changes the blocks of at most eight levels of a column, all at once: `change` is given eight, a byte each.
  @inline(__always)
  func changeLevels(
    _ column: UnsafeMutablePointer<UInt8>, _ low: Int, _ high: Int, _ change: (UInt64) -> UInt64
  ) {
    // The eight from the first on, or the highest eight that there are.
    let first = min(low, BlockGrid.height &- 8), place = UnsafeMutableRawPointer(column + first)
    let from = UInt64(truncatingIfNeeded: 8 &* (low &- first)),
      rest = UInt64(truncatingIfNeeded: 8 &* (first &+ 7 &- high))
    let chosen = UInt64.max &<< from & UInt64.max &>> rest
    let levels = place.loadUnaligned(as: UInt64.self)
    place.storeBytes(of: levels & ~chosen | change(levels) & chosen, as: UInt64.self)
  }

  /// Puts a block into at most eight levels of a column.
  @inline(__always)
  func setLevels(_ column: UnsafeMutablePointer<UInt8>, _ low: Int, _ high: Int, _ block: Block) {
    changeLevels(column, low, high) { _ in Self.everyLevel(block) }
  }

  /// Eight levels of a block.
  @inline(__always)
  static func everyLevel(_ block: Block) -> UInt64 { UInt64(block.rawValue) &* 0x0101_0101_0101_0101 }

  /// Fills the columns with rock, soil and water.
  func fillColumns() {
    for x in 0..<ChunkMap.side {
      for z in 0..<ChunkMap.side {
        let index = ChunkColumns.index(x, z), column = column(x, z)
        let top = Int(columns.ground[index]), rock = top &- Int(columns.soil[index])
        column.update(repeating: Block.stone.rawValue, count: rock &+ 1)
        let cover = Block(rawValue: columns.cover[index]) ?? .stone
        if cover == .sand && columns.biome(x, z) == .desert {
          // As deep on the mean as in Minecraft, where it is drawn (Glowstone: `GroundGenerator.java`).
          let depth = 2 &+ max(0, rock &- ChunkColumns.waterLevel)
          (column + (rock &- depth &+ 1)).update(repeating: Block.sandstone.rawValue, count: depth)
        }
        // Neither soil nor water is deeper than eight levels.
        if rock < top { setLevels(column, rock &+ 1, top, cover == .grass ? .dirt : cover) }
        column[top] = cover.rawValue
        let surface = Int(columns.liquid[index])
        if surface > top {
          setLevels(
            column, top &+ 1, surface, surface == ChunkColumns.waterLevel ? .water : columns.poolLiquid)
        }
        layBedrock(column, x, z)
      }
    }
  }

  /// Bedrock at level 0, and up to level 4 ever less of it: at level y in 5 - y of five columns.
  @inline(__always)
  private func layBedrock(_ column: UnsafeMutablePointer<UInt8>, _ x: Int, _ z: Int) {
    var random = PlaceRandom(seed, .bedrock, ChunkMap.side &* chunkX &+ x, ChunkMap.side &* chunkZ &+ z)
    let bits = random.next()
    column[0] = Block.bedrock.rawValue
    for level in 1...4 where ((bits &>> UInt64(16 &* (level &- 1)) & 0xFFFF) &* 5) &>> 16 >= UInt64(level) {
      column[level] = Block.bedrock.rawValue
    }
  }

  /// Writes down the biomes of the chunk's cells; `biomes` are the world's.
  func writeBiomes(_ biomes: UnsafeMutablePointer<UInt8>) {
    let cells = ChunkMap.side / 4
    for x in 0..<cells {
      for z in 0..<cells {
        biomes[(cells &* chunkX &+ x) &* (BlockGrid.side / 4) &+ cells &* chunkZ &+ z] =
          columns.biome(4 &* x, 4 &* z).rawValue
      }
    }
  }
}
