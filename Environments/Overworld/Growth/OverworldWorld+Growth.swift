/// Where and how often blocks change by themselves. The rules of each are Minecraft 1.11's (netherite: `randtick_live.h`).
enum Growth {
  /// In Minecraft 1.11 each block of the chunks around a player has three chances in 4,096 in each tick. Here whole columns
  /// are drawn with that chance, and everything in a drawn column has its turn: as often, at a fraction of the cost.
  static let chance = 3.0 / 4096
  /// Chunks on each side of the player's in which blocks change.
  static let radius = 2
  /// Columns along the sides of that square.
  static let side = (2 * radius + 1) * ChunkMap.side
  /// The light that plants need: more than this.
  static let light = 8
}

extension OverworldWorld {
  /// One tick of the blocks near the player that change by themselves: saplings, crops, reeds and cacti grow, leaves far
  /// from logs decay, grass spreads and dies, dry farmland turns into dirt. Only chunks in which some block has changed take
  /// part, a departure from Minecraft: what nobody has touched stays as it was made.
  mutating func tickBlocks(_ rules: OverworldRules) {
    // 4.6875 columns a tick: eleven ticks of sixteen have five, the others four.
    let expected = Int(Growth.chance * Double(Growth.side * Growth.side) * 16)
    let turn = Int(ticks) & 15
    let count = expected &* (turn &+ 1) / 16 &- expected &* turn / 16
    if Int(ticks) & (BlockChanges.period &- 1) == 0 { changes.age() }
    let fromX = (cell(player.x) &>> 4 &- Growth.radius) &* ChunkMap.side,
      fromZ = (cell(player.z) &>> 4 &- Growth.radius) &* ChunkMap.side
    for _ in 0..<count {
      let bits = random.next()
      let x = fromX &+ Int(((bits & 0xFFFF_FFFF) &* UInt64(Growth.side)) &>> 32),
        z = fromZ &+ Int(((bits &>> 32) &* UInt64(Growth.side)) &>> 32)
      guard BlockGrid.hasColumn(x, z), changes.hasTouched(x, z) else { continue }
      tickColumn(x, z, rules)
    }
  }

  /// Gives everything in a column that changes by itself its turn.
  private mutating func tickColumn(_ x: Int, _ z: Int, _ rules: OverworldRules) {
    let firstOfTrees = (changes.hasFelled(x, z) ? Block.oakLeaves : .oakSapling).rawValue
    // The last piece overlaps the one before.
    for piece in 0..<3 {
      let low = min(32 &* piece, BlockGrid.height &- 32)
      // A byte for each block; the loop becomes a few vector instructions.
      var marks = InlineArray<32, UInt8>(repeating: 0)
      let index = BlockGrid.index(x, low, z)
      for i in 0..<32 {
        let code = blocks.codes[unchecked: index &+ i]
        @inline(__always)
        func lies(_ first: UInt8, _ last: Block) -> UInt8 { code &- first <= last.rawValue &- first ? 1 : 0 }
        marks[unchecked: i] =
          lies(Block.grass.rawValue, .grass) | lies(Block.farmland.rawValue, .farmland)
          | lies(firstOfTrees, .birchSapling) | lies(Block.cactus.rawValue, .reeds)
          | lies(Block.wheat0.rawValue, .wheat6)
      }
      let words = unsafeBitCast(marks, to: InlineArray<4, UInt64>.self)
      for word in 0..<4 {
        var bits = words[unchecked: word]
        while bits != 0 {
          let y = low &+ 8 &* word &+ bits.trailingZeroBitCount / 8
          bits &= bits &- 1
          if piece == 2 && y < 64 { continue }
          tickBlock(x, y, z, rules)
        }
      }
    }
  }

  private mutating func tickBlock(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) {
    let block = blocks[x, y, z]
    switch block {
    case .grass: tickGrass(x, y, z, rules)
    case .farmland: tickFarmland(x, y, z, rules)
    case .oakLeaves, .spruceLeaves, .birchLeaves: tickLeaves(x, y, z, rules)
    case .oakSapling, .spruceSapling, .birchSapling: tickSapling(x, y, z, rules)
    case .cactus, .reeds: tickStalk(block, x, y, z, rules)
    default: tickWheat(x, y, z, rules)
    }
  }

  /// Whether plants grow at a place.
  @inline(__always)
  private func isBright(_ x: Int, _ y: Int, _ z: Int) -> Bool {
    isBrighter(x, y, z, than: Growth.light, sunlight: Daylight.sunlight(timeOfDay))
  }

  // MARK: - Grass

  /// Grass dies under what takes the light, and spreads to lit dirt nearby.
  private mutating func tickGrass(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) {
    let filters = rules.minecraft.blocks.filters
    let above = blocks[x, y &+ 1, z]
    if filters[Int(above.rawValue)] > 2 {
      if !isBrighter(x, y &+ 1, z, than: 3, sunlight: Daylight.sunlight(timeOfDay)) {
        setBlock(x, y, z, .dirt, rules)
      }
      return
    }
    // Four attempts within a block sideways, three down and one up.
    let bits = random.next()
    for attempt: UInt64 in 0..<4 {
      let part = Int(truncatingIfNeeded: bits &>> (16 &* attempt) & 0xFFFF)
      let toX = x &+ part % 3 &- 1, toZ = z &+ part / 3 % 3 &- 1, toY = y &+ part / 9 % 5 &- 3
      guard blocks[toX, toY, toZ] == .dirt, filters[Int(blocks[toX, toY &+ 1, toZ].rawValue)] <= 2 else {
        continue
      }
      let sunlight = Daylight.sunlight(timeOfDay)
      guard isBrighter(x, y &+ 1, z, than: Growth.light, sunlight: sunlight) else { return }
      if isBrighter(toX, toY &+ 1, toZ, than: 3, sunlight: sunlight) {
        setBlock(toX, toY, toZ, .grass, rules)
      }
    }
  }

  // MARK: - Crops

  /// Whether water lies within four columns of farmland, at its level or one above.
  func isWatered(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) -> Bool {
    for columnX in x &- 4...x &+ 4 {
      for columnZ in z &- 4...z &+ 4 {
        if rules.traits[blocks[columnX, y, columnZ]].isWater { return true }
        if rules.traits[blocks[columnX, y &+ 1, columnZ]].isWater { return true }
      }
    }
    return false
  }

  /// Farmland without water and without a crop turns into dirt, after eight turns on average: Minecraft counts its moisture
  /// down from seven.
  private mutating func tickFarmland(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) {
    let above = blocks[x, y &+ 1, z]
    guard !(above >= .wheat0 && above <= .wheat7), random.below(8) == 0, !isWatered(x, y, z, rules) else {
      return
    }
    setBlock(x, y, z, .dirt, rules)
  }

  /// Wheat grows in light; the more and the wetter the farmland around, the sooner. What is below the wheat says for all
  /// nine whether they are wet.
  private mutating func tickWheat(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) {
    guard isBright(x, y &+ 1, z) else { return }
    let isWet = isWatered(x, y &- 1, z, rules)
    var points = 1.0
    for columnX in x &- 1...x &+ 1 {
      for columnZ in z &- 1...z &+ 1 where blocks[columnX, y &- 1, columnZ] == .farmland {
        let value = isWet ? 3.0 : 1.0
        points += columnX == x && columnZ == z ? value : value / 4
      }
    }
    func isWheat(_ dx: Int, _ dz: Int) -> Bool {
      let block = blocks[x &+ dx, y, z &+ dz]
      return block >= .wheat0 && block <= .wheat7
    }
    // Crops in rows grow twice as fast as in a full field.
    let hasRowX = isWheat(1, 0) || isWheat(-1, 0), hasRowZ = isWheat(0, 1) || isWheat(0, -1)
    if (hasRowX && hasRowZ) || isWheat(1, 1) || isWheat(1, -1) || isWheat(-1, 1) || isWheat(-1, -1) {
      points /= 2
    }
    guard random.below(Int(25 / points) &+ 1) == 0 else { return }
    setBlock(x, y, z, Block(rawValue: blocks[x, y, z].rawValue &+ 1) ?? .wheat7, rules)
  }

  /// Cacti and reeds grow by a block after sixteen turns on average, up to three.
  private mutating func tickStalk(_ block: Block, _ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) {
    guard blocks[x, y &+ 1, z] == .air, y &+ 1 < BlockGrid.height else { return }
    var height = 1
    while height < 3 && blocks[x, y &- height, z] == block { height &+= 1 }
    guard height < 3 || blocks[x, y &- 3, z] != block && blocks[x, y &- 2, z] != block, random.below(16) == 0
    else {
      return
    }
    setBlock(x, y &+ 1, z, block, rules)
  }

  // MARK: - Trees

  /// A sapling becomes a tree after fourteen turns in light on average, where there is room: Minecraft's have two stages,
  /// each with a chance of one in seven.
  private mutating func tickSapling(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) {
    guard random.below(14) == 0, isBright(x, y &+ 1, z) else { return }
    growTree(x, y, z, rules)
  }
}

extension Block: Comparable {
  /// The order of the codes, in which states of one kind lie together.
  public static func < (a: Block, b: Block) -> Bool { a.rawValue < b.rawValue }
}
