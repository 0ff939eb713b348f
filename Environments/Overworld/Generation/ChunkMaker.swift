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

  /// Fills the columns with rock, soil and water.
  func fillColumns() {
    for x in 0..<ChunkMap.side {
      for z in 0..<ChunkMap.side {
        let index = ChunkColumns.index(x, z), column = column(x, z)
        let top = Int(columns.ground[index]), depth = Int(columns.soil[index])
        let cover = Block(rawValue: columns.cover[index]) ?? .stone
        fill(column, 0, top &- depth, .stone)
        var below = cover
        switch cover {
        case .grass, .dirt: below = .dirt
        case .sand where columns.biome(x, z) == .desert:
          // As deep on the mean as in Minecraft, where it is drawn (Glowstone: `GroundGenerator.java`).
          let sandstone = 2 &+ max(0, top &- depth &- ChunkColumns.waterLevel)
          fill(column, top &- depth &- sandstone &+ 1, top &- depth, .sandstone)
        default: break
        }
        fill(column, top &- depth &+ 1, top &- 1, below)
        column[top] = cover.rawValue
        let surface = Int(columns.liquid[index])
        if surface > top {
          fill(column, top &+ 1, surface, surface == ChunkColumns.waterLevel ? .water : columns.poolLiquid)
        }
        layBedrock(column, x, z)
      }
    }
  }

  @inline(__always)
  private func fill(_ column: UnsafeMutablePointer<UInt8>, _ from: Int, _ through: Int, _ block: Block) {
    if through >= from { (column + from).update(repeating: block.rawValue, count: through &- from &+ 1) }
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
