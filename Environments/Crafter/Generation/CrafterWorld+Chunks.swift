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
  mutating func makeAllChunks(_ rules: CrafterRules) {
    if unmade != 0 { makeChunks(unmade, rules) }
  }

  /// Hands over the world as it is, but with all chunks made: a copy where some are not, for what is made because somebody
  /// looks at it would be another world than what is made later.
  mutating func withWholeMap<Result>(_ rules: CrafterRules, _ look: (inout Self) -> Result) -> Result {
    guard unmade != 0 else { return look(&self) }
    var whole = self
    whole.makeAllChunks(rules)
    return look(&whole)
  }
}

extension CrafterWorld {
  @inline(never)
  private mutating func makeChunks(_ due: UInt64, _ rules: CrafterRules) {
    let stream = draws, plan = NoisePlan.shared
    var memory = ChunkTerrain.Memory()
    withUnsafeMutablePointer(to: &memory) { memory in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 144) { materials in
        forEachBit(due) { chunk in
          draws = stream.stream(ofChunk: chunk)
          let terrain = ChunkTerrain(chunk, stream.mapKey, plan, memory)
          terrain.draw(rules.terrain, &draws, into: materials.baseAddress!)
          lay(materials.baseAddress!, in: chunk, rules)
          populate(chunk, materials.baseAddress!, terrain.tunnels, rules)
          catchUp(chunk, rules)
        }
      }
    }
    draws = stream
    unmade &= ~due
    if objects.hasGaps { objects.compact() }
  }

  /// Puts a chunk's terrain on the map.
  private mutating func lay(_ materials: UnsafePointer<UInt8>, in chunk: Int, _ rules: CrafterRules) {
    let left = 12 &* (chunk / 6), top = 12 &* (chunk % 6)
    withUnsafeMutablePointer(to: &map.materials) { cells in
      for column in 0..<CrafterMap.chunkCells(chunk / 6).count {
        let source = UnsafeRawPointer(materials + 12 &* column)
        let target = UnsafeMutableRawPointer(cells) + CrafterMap.cell(left &+ column, top)
        target.storeBytes(of: source.loadUnaligned(as: UInt32.self), as: UInt32.self)
        guard top < 60 else { continue }  // the last row of chunks is four cells high
        (target + 4).storeBytes(of: (source + 4).loadUnaligned(as: UInt64.self), as: UInt64.self)
      }
    }
    for lane in 0..<3 {
      let ground = rules.balance[unchecked: lane].ground
      var count: UInt8 = 0
      for cell in 0..<144 { count &+= materials[cell] == ground ? 1 : 0 }
      population.grounds[unchecked: chunk][lane] = count
    }
  }

  /// Puts a chunk's first creatures on the map, by the rules of ``populate(_:_:)``.
  private mutating func populate(
    _ chunk: Int, _ materials: UnsafePointer<UInt8>, _ tunnels: ChunkBits, _ rules: CrafterRules
  ) {
    let shares = rules.creatureShares, ground = UInt32(rules.creatureGround)
    let left = 12 &* (chunk / 6), top = 12 &* (chunk % 6)
    for column in 0..<12 {
      for row in 0..<12 {
        let material = materials[12 &* column &+ row]
        guard material < 16 && ground &>> UInt32(material) & 1 != 0 else { continue }
        let draw = draws.three()
        guard draw.x < shares.x || draw.y < shares.y || draw.z < shares.z else { continue }
        let x = left &+ column, y = top &+ row
        let square = (x - 32) * (x - 32) + (y - 32) * (y - 32)
        if square > 9 && material == rules.terrain.meadow && draw.x < shares.x {
          addCreature(.cow, x, y, rules)
        } else if square > 100 && draw.y < shares.y {
          addCreature(.zombie, x, y, rules)
        } else if draw.z < shares.z && material == CrafterMaterial.path.rawValue
          && tunnels.contains(12 &* column &+ row)
        {
          addCreature(.skeleton, x, y, rules)
        }
      }
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
