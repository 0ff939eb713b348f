// Every ten steps creatures are born where there are too few and die out where there are too many.

extension CrafterWorld {
  /// Balances the numbers of zombies, skeletons and cows in every chunk.
  mutating func balance(_ day: DayPhase, _ rules: CrafterRules) {
    for i in 0..<population.known { balance(Int(population.order[unchecked: i]), day, rules) }
  }

  /// Balances the numbers in one chunk; if that `isFar`, no creature in it is too near the player for anything.
  @inline(__always)
  mutating func balance(_ chunk: Int, _ day: DayPhase, _ rules: CrafterRules, isFar: Bool = false) {
    guard Draws.followsPackage else { return balanceTogether(chunk, day, rules, isFar) }
    for lane in 0..<3 {
      let count = Int32(population.counts[unchecked: chunk][lane])
      let space = Int32(population.grounds[unchecked: chunk][lane])
      let table = rules.balance[unchecked: lane]
      if count < day.fewest[lane] && space >= table.space {
        if draws.uniform() < table.birthChance { giveBirth(chunk, lane, rules, isFar) }
      } else if count > day.most[lane] {
        if draws.uniform() < table.deathChance { dieOut(chunk, lane, Int(count), rules, isFar) }
      }
    }
  }

  /// The same for all kinds together, with one draw: mostly nothing happens.
  @inline(__always)
  private mutating func balanceTogether(_ chunk: Int, _ day: DayPhase, _ rules: CrafterRules, _ isFar: Bool) {
    let counts = SIMD4<Int32>(truncatingIfNeeded: population.counts[unchecked: chunk])
    let spaces = SIMD4<Int32>(truncatingIfNeeded: population.grounds[unchecked: chunk])
    let chances = rules.balanceChances, bits = draws.bits()
    let draws = SIMD4(
      Int32(truncatingIfNeeded: bits & 0x1f_ffff), Int32(truncatingIfNeeded: bits &>> 21 & 0x1f_ffff),
      Int32(truncatingIfNeeded: bits &>> 42 & 0x1f_ffff), .max)
    let areFew = counts .< day.fewest .& spaces .>= chances.space
    let births = areFew .& draws .< chances.birth
    let deaths = .!areFew .& counts .> day.most .& draws .< chances.death
    let words = unsafeBitCast(births .| deaths, to: SIMD2<UInt64>.self)
    guard words.x | words.y != 0 else { return }
    for lane in 0..<3 {
      if births[lane] { giveBirth(chunk, lane, rules, isFar) }
      if deaths[lane] { dieOut(chunk, lane, Int(counts[lane]), rules, isFar) }
    }
  }

  /// Puts a creature on a random cell of its ground in the chunk, unless that is taken or too near the player.
  private mutating func giveBirth(_ chunk: Int, _ lane: Int, _ rules: CrafterRules, _ isFar: Bool) {
    let table = rules.balance[lane]
    var rest = draws.below(Int(population.grounds[chunk][lane]))
    let rows = CrafterMap.chunkCells(chunk % 6)
    for x in CrafterMap.chunkCells(chunk / 6) {
      var cells = map.cells(of: table.ground, x, rows)
      let count = cells.nonzeroBitCount
      guard rest < count else {
        rest &-= count
        continue
      }
      for _ in 0..<rest { cells &= cells &- 1 }
      let y = rows.lowerBound &+ cells.trailingZeroBitCount
      if map.occupants[unchecked: CrafterMap.cell(x, y)] == 0
        && (isFar || distance(x, y) >= Int(table.birthDistance))
      {
        addCreature(CrafterPopulation.balancedKinds[lane], x, y, rules)
      }
      return
    }
  }

  /// Removes a random creature of the chunk, unless it is too near the player.
  private mutating func dieOut(
    _ chunk: Int, _ lane: Int, _ count: Int, _ rules: CrafterRules, _ isFar: Bool
  ) {
    var rest = draws.below(count)
    let kind = CrafterPopulation.balancedKinds[lane].rawValue
    for i in 0..<objects.count where objects.records[unchecked: i].kind == kind {
      guard CrafterMap.chunk(Int(objects.x[unchecked: i]), Int(objects.y[unchecked: i])) == chunk else {
        continue
      }
      if rest == 0 {
        if isFar || distance(i) >= Int(rules.balance[lane].deathDistance) { remove(i) }
        return
      }
      rest &-= 1
    }
  }
}
