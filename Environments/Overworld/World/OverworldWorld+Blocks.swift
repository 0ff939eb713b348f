extension OverworldWorld {
  /// Puts a block at a place and lets the world follow: the only way in which blocks change once they are made.
  ///
  /// Sand and gravel above a gap fall at once, onto what is next below. What stood on or hung at the block that was there
  /// drops, as by itself. Water and lava beside each other turn to stone; neither flows (a departure from Minecraft). Nothing
  /// happens where the place lies outside the grid.
  mutating func setBlock(_ x: Int, _ y: Int, _ z: Int, _ block: Block, _ rules: OverworldRules) {
    guard BlockGrid.hasColumn(x, z), y >= 0, y < BlockGrid.height else { return }
    replace(x, y, z, block, rules)
    settle(x, y, z, rules)
  }

  /// Puts a block at a place, keeps the skyline, and notes the change.
  mutating func replace(_ x: Int, _ y: Int, _ z: Int, _ block: Block, _ rules: OverworldRules) {
    let old = blocks[x, y, z]
    changes.note(x, z, isFelling: old >= .oakLog && old <= .birchLeaves && block != old)
    blocks.set(x, y, z, block)
    let column = x &* BlockGrid.side &+ z, top = Int(skyline[column])
    if rules.traits[block].stopsSunlight {
      if y >= top { skyline[column] = UInt8(y + 1) }
    } else if y + 1 == top {
      var level = y
      while level > 0 && !rules.traits[blocks[x, level - 1, z]].stopsSunlight { level -= 1 }
      skyline[column] = UInt8(level)
    }
  }

  /// Lets the neighbours of a changed block, and itself, find their place.
  private mutating func settle(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) {
    meetLiquids(x, y, z, rules)
    letFall(x, y, z, rules)
    letFall(x, y + 1, z, rules)
    if rules.traits[blocks[x, y, z]].isCube && blocks[x, y - 1, z] == .farmland {
      replace(x, y - 1, z, .dirt, rules)
    }
    dropUnsupported(x, y + 1, z, rules)
    dropUnsupported(x, y - 1, z, rules)
    dropUnsupported(x - 1, y, z, rules)
    dropUnsupported(x + 1, y, z, rules)
    dropUnsupported(x, y, z - 1, rules)
    dropUnsupported(x, y, z + 1, rules)
  }

  /// Takes a block away that is held by nothing, and lets it drop.
  private mutating func dropUnsupported(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) {
    guard BlockGrid.hasColumn(x, z), y >= 0, y < BlockGrid.height else { return }
    let block = blocks[x, y, z]
    guard rules.traits[block].isSupported, !isHeld(block, x, y, z, rules) else { return }
    if rules.minecraft.breaking.harvests(block, 0) { dropYield(of: block, x, y, z, sheared: false, rules) }
    setBlock(x, y, z, .air, rules)
  }

  /// Lets a block of sand or gravel fall onto what is next below; where a torch or a flower is in its place there, it drops
  /// as an item.
  private mutating func letFall(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) {
    guard y > 0, y < BlockGrid.height, BlockGrid.hasColumn(x, z) else { return }
    let block = blocks[x, y, z]
    guard rules.traits[block].falls else { return }
    var bottom = y
    while bottom > 0 && rules.traits[blocks[x, bottom - 1, z]].height == 0 { bottom -= 1 }
    guard bottom < y else { return }
    replace(x, y, z, .air, rules)
    if rules.traits[blocks[x, bottom, z]].isReplaceable {
      setBlock(x, bottom, z, block, rules)
    } else {
      dropItem(ItemStack(rules.minecraft.blocks.item[Int(block.rawValue)], 1), inCell: x, bottom, z, rules)
    }
    settle(x, y, z, rules)
  }

  /// Water turns lava beside it to obsidian where that is still, and to cobblestone where it flows.
  private mutating func meetLiquids(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) {
    let here = rules.traits[blocks[x, y, z]]
    guard here.isWater || here.isLava else { return }
    let sides: InlineArray<6, (Int, Int, Int)> = [
      (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1),
    ]
    for side in sides.indices {
      let (dx, dy, dz) = sides[side]
      let other = rules.traits[blocks[x + dx, y + dy, z + dz]]
      if here.isWater && other.isLava {
        let stone = blocks[x + dx, y + dy, z + dz] == .lava ? Block.obsidian : .cobblestone
        replace(x + dx, y + dy, z + dz, stone, rules)
      } else if here.isLava && other.isWater {
        replace(x, y, z, blocks[x, y, z] == .lava ? .obsidian : .cobblestone, rules)
        return
      }
    }
  }

  /// Lets lie what a block drops that is broken with what harvests it.
  mutating func dropYield(
    of block: Block, _ x: Int, _ y: Int, _ z: Int, sheared: Bool, _ rules: OverworldRules
  ) {
    for index in rules.minecraft.drops.drops(of: block, sheared: sheared) {
      let drop = rules.minecraft.drops.drops[index]
      for _ in 0..<drop.tries {
        let succeeds = drop.chance >= 1 || random.uniform() < Double(drop.chance)
        let item = succeeds ? drop.item : drop.otherwise
        guard item != .none else { continue }
        let span = Int(drop.most) - Int(drop.least)
        let count = !succeeds ? 1 : span > 0 ? Int(drop.least) + random.below(span + 1) : Int(drop.least)
        dropItem(ItemStack(item, UInt8(count)), inCell: x, y, z, rules)
      }
    }
  }
}
