/// The ground of a chunk and of four columns around it, before anything is dug or grown.
///
/// Everything here is a function of the seed and the column alone, so that a chunk and its neighbour agree on the ground
/// on which a tree between them stands. Only pools are a chunk's own; they keep three columns away from its border.
/// The values lie in memory of the maker's, one byte a column.
struct ChunkColumns {
  /// Columns known beyond the chunk's border, columns in a row, and all of them.
  static let margin = 4, side = ChunkMap.side + 2 * margin, count = side * side
  /// The level of the surface of lakes and rivers: their topmost water.
  static let waterLevel = 62
  /// Cells of 4 × 4 columns in a row, and how many of them lie before the chunk.
  private static let cells = 10, cellMargin = 3

  /// Memory for the values of a chunk's columns.
  typealias Memory = InlineArray<3556, UInt8>

  /// The level of the topmost block of the ground.
  let ground: UnsafeMutablePointer<UInt8>
  /// That block, as a code, and how many blocks of soil lie there, itself included.
  let cover: UnsafeMutablePointer<UInt8>, soil: UnsafeMutablePointer<UInt8>
  /// The topmost level of liquid; zero where there is none.
  let liquid: UnsafeMutablePointer<UInt8>
  /// The highest level that caves may dig up; known for three columns beyond the chunk's border.
  let ceiling: UnsafeMutablePointer<UInt8>
  /// 1 where a cave has dug up the ground's topmost block, otherwise 0.
  let opened: UnsafeMutablePointer<UInt8>
  /// Biomes of cells.
  private let biomes: UnsafeMutablePointer<UInt8>
  /// The highest and the lowest level of the ground.
  private(set) var highest = 0, lowest = 0
  /// What the liquid of the chunk's pool is.
  private(set) var poolLiquid = Block.water

  /// The index of a column, counted from the chunk's first.
  @inline(__always)
  static func index(_ x: Int, _ z: Int) -> Int { (x &+ margin) &* side &+ z &+ margin }

  /// The biome of a column, counted from the chunk's first; at most 12 columns beyond the border.
  @inline(__always)
  func biome(_ x: Int, _ z: Int) -> Biome {
    let cell = (x &>> 2 &+ Self.cellMargin) &* Self.cells &+ z &>> 2 &+ Self.cellMargin
    return Biome(rawValue: biomes[cell]) ?? .plains
  }

  /// Shapes the ground of the chunk at a place among the chunks, in memory that is zero.
  init(_ seed: UInt64, _ chunkX: Int, _ chunkZ: Int, biome: Biome?, memory: UnsafeMutablePointer<Memory>) {
    let memory = UnsafeMutableRawPointer(memory).assumingMemoryBound(to: UInt8.self)
    ground = memory
    cover = memory + Self.count
    soil = memory + 2 * Self.count
    liquid = memory + 3 * Self.count
    ceiling = memory + 4 * Self.count
    opened = memory + 5 * Self.count
    biomes = memory + 6 * Self.count
    if let biome {
      biomes.update(repeating: biome.rawValue, count: Self.cells * Self.cells)
    } else {
      let map = BiomeMap(seed)
      for row in 0..<Self.cells {
        let cellX = 4 &* chunkX &- Self.cellMargin &+ row, cellZ = 4 &* chunkZ &- Self.cellMargin
        // The second eight overlap the first.
        let first = map.codes(cellX, cellZ), second = map.codes(cellX, cellZ &+ 2)
        for lane in 0..<8 {
          biomes[row &* Self.cells &+ lane] = first[lane]
          biomes[row &* Self.cells &+ lane &+ 2] = second[lane]
        }
      }
    }
    shapeGround(seed, chunkX, chunkZ)
    digPool(seed, chunkX, chunkZ)
    lowest = Int((0..<Self.count).reduce(.max) { min($0, ground[$1]) })
    limitCaves()
  }
}

// MARK: - Ground

extension ChunkColumns {
  /// Values on corners of a lattice of 4 × 4 columns, from which those of columns are interpolated; [x][z].
  private typealias Lattice = InlineArray<7, SIMD8<Float>>

  private mutating func shapeGround(_ seed: UInt64, _ chunkX: Int, _ chunkZ: Int) {
    var level = Lattice(repeating: .zero), cragHeight = level, crag = level, river = level, patch = level,
      bed = level
    let broad = GradientNoise(seed, .rolling, octave: 0, wavelength: 72)
    let middle = GradientNoise(seed, .rolling, octave: 1, wavelength: 31)
    let fine = GradientNoise(seed, .rolling, octave: 2, wavelength: 13)
    let crags = GradientNoise(seed, .crags, octave: 0, wavelength: 44)
    let fineCrags = GradientNoise(seed, .crags, octave: 1, wavelength: 15)
    let rivers = GradientNoise(seed, .rivers, octave: 0, wavelength: 120)
    let fineRivers = GradientNoise(seed, .rivers, octave: 1, wavelength: 30)
    let lakes = GradientNoise(seed, .lakes, wavelength: 46)
    let patches = GradientNoise(seed, .ground, wavelength: 17)
    let beds = GradientNoise(seed, .bed, wavelength: 15)
    let firstX = ChunkMap.side &* chunkX &- Self.margin, firstZ = ChunkMap.side &* chunkZ &- Self.margin
    let z = Float(firstZ) + SIMD8(0, 4, 8, 12, 16, 20, 24, 28)
    let first = biomes[0], isMixed = (0..<Self.cells * Self.cells).contains { biomes[$0] != first }
    var reliefs = Reliefs(repeating: .zero)
    if isMixed { sumReliefs(&reliefs) }
    for row in 0..<7 {
      let x = Float(firstX &+ 4 &* row)
      var mean = SIMD8<Float>(), rolls = SIMD8<Float>(), cliffs = SIMD8<Float>()
      if isMixed {
        // The mean of the traits of the 4 × 4 cells around a corner.
        for corner in 0..<7 {
          var sum = reliefs[unchecked: row &* 7 &+ corner]
          for next in 1..<4 { sum += reliefs[unchecked: (row &+ next) &* 7 &+ corner] }
          sum *= 1 / 16
          (mean[corner], rolls[corner], cliffs[corner]) = (sum.x, sum.y, sum.z)
        }
      } else {
        let traits = BiomeTraits.of(self.biome(0, 0))
        mean = SIMD8(repeating: traits.level)
        rolls = SIMD8(repeating: traits.rolls)
        cliffs = SIMD8(repeating: traits.crags)
      }
      var hollow = (lakes(x, z) - 0.55) * 40
      hollow.replace(with: 0, where: hollow .< 0)
      hollow.replace(with: 9, where: hollow .> 9)
      level[unchecked: row] = mean + rolls * (broad(x, z) + 0.5 * middle(x, z) + 0.25 * fine(x, z)) - hollow
      cragHeight[unchecked: row] = cliffs
      crag[unchecked: row] = crags(x, z) + 0.35 * fineCrags(x, z)
      river[unchecked: row] = rivers(x, z) + 0.2 * fineRivers(x, z)
      patch[unchecked: row] = patches(x, z)
      bed[unchecked: row] = beds(x, z)
    }
    let steps = SIMD4<Float>(0, 0.25, 0.5, 0.75)
    for x in 0..<Self.side {
      let row = x &>> 2, part = Float(x & 3) * 0.25
      let levels = Self.between(level, row, part), heights = Self.between(cragHeight, row, part)
      let cliffs = Self.between(crag, row, part), streams = Self.between(river, row, part)
      for cell in 0..<6 {
        @inline(__always)
        func columns(_ values: SIMD8<Float>) -> SIMD4<Float> {
          values[cell] + (values[cell &+ 1] - values[cell]) * steps
        }
        var height = columns(levels) + columns(heights) * Self.terraces(columns(cliffs))
        // A river's bed is where its noise is near zero; to both sides the ground rises to what it would be.
        let stream = columns(streams)
        let bank = Self.smoothed((stream.replacing(with: -stream, where: stream .< 0) - 0.015) * (1 / 0.11))
        height = 59 + (height - 59) * bank
        height = height - 0.5
        height.replace(with: 54, where: height .< 54)
        height.replace(with: 83, where: height .> 83)
        // Adding 2²³ rounds, and leaves the whole number in the low bits.
        let levels = SIMD4<UInt8>(
          truncatingIfNeeded: unsafeBitCast(height + 0x1p23, to: SIMD4<UInt32>.self))
        for lane in 0..<4 {
          let column = x &* Self.side &+ 4 &* cell &+ lane
          ground[column] = levels[lane]
          liquid[column] = levels[lane] < UInt8(Self.waterLevel) ? UInt8(Self.waterLevel) : 0
        }
      }
    }
    for column in 0..<Self.count { highest = max(highest, Int(ground[column])) }
    for x in -3..<ChunkMap.side &+ 3 {
      let row = (x &+ Self.margin) &>> 2, part = Float(x & 3) * 0.25
      let patches = Self.between(patch, row, part), beds = Self.between(bed, row, part)
      for z in -3..<ChunkMap.side &+ 3 {
        let cell = (z &+ Self.margin) &>> 2, step = Float(z & 3) * 0.25
        coverColumn(
          x, z, patch: patches[cell] + (patches[cell &+ 1] - patches[cell]) * step,
          bed: beds[cell] + (beds[cell &+ 1] - beds[cell]) * step)
      }
    }
  }

  /// Level, rolls and crags of cells, summed over four cells along z: 10 rows of 7 sums.
  private typealias Reliefs = InlineArray<70, SIMD4<Float>>

  private func sumReliefs(_ sums: inout Reliefs) {
    for row in 0..<Self.cells {
      for cell in 0..<Self.cells {
        let traits = BiomeTraits.of(Biome(rawValue: biomes[row &* Self.cells &+ cell]) ?? .plains)
        let relief = SIMD4(traits.level, traits.rolls, traits.crags, 0)
        for corner in max(0, cell &- 3)...min(6, cell) { sums[unchecked: row &* 7 &+ corner] += relief }
      }
    }
  }

  @inline(__always)
  private static func between(_ lattice: borrowing Lattice, _ row: Int, _ part: Float) -> SIMD8<Float> {
    lattice[unchecked: row] + (lattice[unchecked: row &+ 1] - lattice[unchecked: row]) * part
  }

  /// 0 below 0, 1 above 1, and smooth between.
  @inline(__always)
  private static func smoothed(_ value: SIMD4<Float>) -> SIMD4<Float> {
    let t = value.replacing(with: 0, where: value .< 0).replacing(with: 1, where: value .> 1)
    return t * t * (3 - 2 * t)
  }

  /// Two steps with flat ground between them: cliffs and ledges.
  @inline(__always)
  private static func terraces(_ noise: SIMD4<Float>) -> SIMD4<Float> {
    0.45 * smoothed((noise + 0.1) * (1 / 0.14)) + 0.55 * smoothed((noise - 0.25) * (1 / 0.14))
  }

  /// Chooses what covers a column.
  @inline(__always)
  private func coverColumn(_ x: Int, _ z: Int, patch: Float, bed: Float) {
    let column = Self.index(x, z)
    let level = Int(ground[column])
    let lowest = min(
      ground[column &- 1], ground[column &+ 1], ground[column &- Self.side],
      ground[column &+ Self.side])
    let fall = level &- Int(lowest)
    let biome = biome(x, z)
    var block = Block.grass, depth = 4
    if level < Self.waterLevel {
      block = bed > 0.42 ? .clay : bed < -0.42 ? .gravel : patch > -0.25 || biome == .desert ? .sand : .dirt
      depth = 3
    } else if biome == .desert {
      block = .sand
    } else if fall >= BiomeTraits.of(biome).rockSlope {
      block = .stone
      depth = 0
    } else if level == Self.waterLevel && patch > 0 || level == Self.waterLevel &+ 1 && patch > 0.35 {
      block = .sand
      depth = 3
    } else if biome == .extremeHills && patch > 0.5 {
      block = .stone
      depth = 0
    }
    cover[column] = block.rawValue
    soil[column] = UInt8(truncatingIfNeeded: depth)
  }
}

// MARK: - Pools and caves

extension ChunkColumns {
  /// Digs a pool of water or lava into some chunks, where the ground is nearly level.
  private mutating func digPool(_ seed: UInt64, _ chunkX: Int, _ chunkZ: Int) {
    var random = PlaceRandom(seed, .pool, chunkX, chunkZ)
    let kind = random.uniform()
    guard kind < Self.waterPools + Self.lavaPools else { return }
    let isLava = kind >= Self.waterPools
    guard isLava || biome(8, 8) != .desert else { return }
    let centerX = 7 + random.uniform(), centerZ = 7 + random.uniform()
    let radiusX = 2.2 + 1.3 * random.uniform(), radiusZ = 2.2 + 1.3 * random.uniform()
    /// The square of the distance from the middle, where 1 is the shore.
    func distance(_ x: Int, _ z: Int, beyond: Float = 0) -> Float {
      let dx = (Float(x) - centerX) / (radiusX + beyond), dz = (Float(z) - centerZ) / (radiusZ + beyond)
      return dx * dx + dz * dz
    }
    var lowest = 255, highest = 0
    for x in 2..<14 {
      for z in 2..<14 where distance(x, z, beyond: 1.5) < 1 {
        let level = Int(ground[Self.index(x, z)])
        lowest = min(lowest, level)
        highest = max(highest, level)
      }
    }
    guard lowest > Self.waterLevel, highest - lowest <= 3 else { return }
    poolLiquid = isLava ? .lava : .water
    for x in 2..<14 {
      for z in 2..<14 {
        let column = Self.index(x, z), shore = distance(x, z)
        if shore < 1 {
          ground[column] = UInt8(lowest - 1 - (shore < 0.45 ? 1 : 0))
          liquid[column] = UInt8(lowest)
          cover[column] = (isLava ? Block.stone : .dirt).rawValue
          soil[column] = isLava ? 0 : 2
        } else if isLava && distance(x, z, beyond: 1.2) < 1 {
          cover[column] = Block.stone.rawValue
          soil[column] = 0
        }
      }
    }
  }

  /// The shares of chunks with a pool at the surface. Minecraft attempts one of water in about five chunks and one of lava
  /// in about 190 (Glowstone: `LakeDecorator.java`), many of which come to nothing; worlds are small here, and lava is for
  /// obsidian.
  private static let waterPools: Float = 1 / 14, lavaPools: Float = 1 / 40

  /// Finds how high caves may dig: through the surface, but not into water nor its banks.
  private func limitCaves() {
    guard (0..<Self.count).contains(where: { liquid[$0] != 0 }) else {
      ceiling.update(from: ground, count: Self.count)
      return
    }
    // The lowest ground and the highest liquid of three columns along x, then of three such along z: loops without jumps.
    var lows = InlineArray<576, UInt8>(repeating: 0), liquids = lows
    for column in Self.side..<Self.count &- Self.side {
      let before = column &- Self.side, after = column &+ Self.side
      lows[unchecked: column] = min(ground[column], ground[before], ground[after])
      liquids[unchecked: column] = max(liquid[column], liquid[before], liquid[after])
    }
    for column in Self.index(-3, -3)...Self.index(ChunkMap.side &+ 2, ChunkMap.side &+ 2) {
      let lowest = min(
        lows[unchecked: column &- 1], lows[unchecked: column], lows[unchecked: column &+ 1])
      let wettest = max(
        liquids[unchecked: column &- 1], liquids[unchecked: column], liquids[unchecked: column &+ 1])
      ceiling[column] = wettest == 0 ? ground[column] : lowest &- 4
    }
  }
}
