// Maps that are made chunk by chunk, as the player comes near.
//
// A chunk is a function of the episode's key and, as long as nobody is near, of time: creatures act only near the player, but
// are born and die out everywhere. A chunk that is made late is made as it was at first and then goes through the
// balance of the steps that it has missed.

extension CrafterWorld {
  /// Makes the chunks that are due where the player stands.
  @inline(__always)
  mutating func makeChunksNearby(_ rules: CrafterRules) {
    guard unmade != 0 else { return }
    let due = unmade & rules.chunksNear[unchecked: 64 &* playerX &+ playerY]
    if due != 0 { makeChunks(due, rules) }
  }

  /// Makes all chunks that are not made yet, as they are at the moment.
  public mutating func makeWhole(_ rules: CrafterRules) {
    if unmade != 0 { makeChunks(unmade, rules) }
  }

  /// Hands over the world as it is, but with all chunks made: a copy where some are not, for what is made because somebody
  /// looks at it would be another world than what is made later.
  mutating func withWholeMap<Result>(_ rules: CrafterRules, _ look: (inout Self) -> Result) -> Result {
    guard unmade != 0 else { return look(&self) }
    var whole = self
    whole.makeWhole(rules)
    return look(&whole)
  }
}

extension CrafterWorld {
  @inline(never)
  private mutating func makeChunks(_ due: UInt64, _ rules: CrafterRules) {
    let stream = draws, plan = NoisePlan.shared
    var memory = ChunkTerrain.Memory()
    withUnsafeMutablePointer(to: &memory) { memory in
      forEachBit(due) { chunk in
        draws = stream.stream(ofChunk: chunk)
        let terrain = ChunkTerrain(chunk, stream.mapKey, plan, memory)
        let materials = terrain.draw(rules.terrain, &draws)
        lay(materials, in: chunk, rules)
        populate(chunk, materials, terrain.tunnels, rules)
        catchUp(chunk, rules)
      }
    }
    draws = stream
    unmade &= ~due
    if objects.hasGaps { objects.compact() }
  }

  /// Puts a chunk's terrain on the map.
  @inline(__always)
  private mutating func lay(_ materials: ChunkMaterials, in chunk: Int, _ rules: CrafterRules) {
    let left = 12 &* (chunk / 6), top = 12 &* (chunk % 6)
    withUnsafeMutablePointer(to: &map.materials) { cells in
      for column in 0..<CrafterMap.chunkCells(chunk / 6).count {
        materials.write(
          column: column, isShort: top == 60,
          to: UnsafeMutableRawPointer(cells) + CrafterMap.cell(left &+ column, top))
      }
    }
    for lane in 0..<3 {
      population.grounds[unchecked: chunk][lane] = UInt8(
        truncatingIfNeeded: materials.cells(of: rules.balance[unchecked: lane].ground).count)
    }
  }

  /// Puts a chunk's first creatures on the map, by the rules of ``populate(_:_:)``.
  @inline(__always)
  private mutating func populate(
    _ chunk: Int, _ materials: ChunkMaterials, _ tunnels: ChunkBits, _ rules: CrafterRules
  ) {
    let plan = NoisePlan.shared, chances = rules.creatureChances
    let cows = (materials.cells(of: rules.terrain.meadow) & plan.cellsBeyondThree[chunk]).picked(
      chances.cow, &draws)
    let ground = materials.cells(of: rules.creatureGround) & ~cows
    let zombies = (ground & plan.cellsBeyondTen[chunk]).picked(chances.zombie, &draws)
    let paths = materials.cells(of: CrafterMaterial.path.rawValue) & tunnels & ground & ~zombies
    let skeletons = paths.picked(chances.skeleton, &draws)
    let left = 12 &* (chunk / 6), top = 12 &* (chunk % 6)
    (cows | zombies | skeletons).forEach { cell in
      let column = (cell &* 171) &>> 11  // cell / 12
      addCreature(
        cows.contains(cell) ? .cow : zombies.contains(cell) ? .zombie : .skeleton, left &+ column,
        top &+ cell &- 12 &* column, rules)
    }
  }

  /// Balances a chunk at the steps of this episode so far.
  private mutating func catchUp(_ chunk: Int, _ rules: CrafterRules) {
    guard population.knows(chunk) else { return }
    var step = 10
    while step <= steps {
      balance(chunk, rules.days[unchecked: step % 300], rules, isFar: true)
      step &+= 10
    }
  }
}
