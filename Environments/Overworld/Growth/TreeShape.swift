import KnackNumerics

/// The form of one of Minecraft 1.11's small trees: a trunk, and square layers of leaves from the top down (Minecraft Wiki:
/// "Tree").
struct TreeShape: BitwiseCopyable {
  /// What it is made of.
  var log: Block, leaves: Block
  /// The level of the highest leaves above the lowest log, and the number of logs.
  var height: Int, logs: Int
  /// How far each layer of leaves reaches, from the top down, and which of its corners are there: a bit each.
  var radius = InlineArray<12, Int8>(repeating: 0), corners = InlineArray<12, UInt8>(repeating: 0)
  var layers: Int

  /// A tree that a sapling grows into.
  init?(_ sapling: Block, _ random: inout Xoshiro256) {
    switch sapling {
    case .oakSapling, .birchSapling:
      let isBirch = sapling == .birchSapling
      (log, leaves) = isBirch ? (.birchLog, .birchLeaves) : (.oakLog, .oakLeaves)
      height = (isBirch ? 5 : 4) &+ random.below(3)
      logs = height
      layers = 4
      for layer in 0..<4 {
        radius[layer] = layer < 2 ? 1 : 2
        corners[layer] = layer == 0 ? 0 : UInt8(random.below(16))
      }
    case .spruceSapling:
      (log, leaves) = (.spruceLog, .spruceLeaves)
      height = 6 &+ random.below(4)
      let bare = 1 &+ random.below(2), widest = 2 &+ random.below(2)
      logs = height &- random.below(3)
      layers = height &- bare &+ 1
      // From the top down, layers widen, and begin again narrow each time they have reached what is allowed, which grows.
      var reach = random.below(2), allowed = 1, narrowest = 0
      for layer in 0..<layers {
        radius[layer] = Int8(reach)
        if reach >= allowed {
          reach = narrowest
          narrowest = 1
          allowed = min(allowed &+ 1, widest)
        } else {
          reach &+= 1
        }
      }
    default: return nil
    }
  }
}

extension OverworldWorld {
  /// Lets the sapling at a place grow into a tree; nothing happens where there is no room for it.
  mutating func growTree(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) {
    guard let shape = TreeShape(blocks[x, y, z], &random), y &+ shape.height &+ 1 < BlockGrid.height else {
      return
    }
    guard
      blocks[x, y &- 1, z] == .grass || blocks[x, y &- 1, z] == .dirt || blocks[x, y &- 1, z] == .farmland,
      hasRoom(shape, x, y, z)
    else { return }
    setBlock(x, y &- 1, z, .dirt, rules)
    for level in 0..<shape.logs { setBlock(x, y &+ level, z, shape.log, rules) }
    for layer in 0..<shape.layers {
      let radius = Int(shape.radius[layer])
      for dx in -radius...radius {
        for dz in -radius...radius {
          let isCorner = radius > 0 && abs(dx) == radius && abs(dz) == radius
          let corner = (dx > 0 ? 1 : 0) &+ (dz > 0 ? 2 : 0)
          if isCorner && shape.corners[layer] &>> UInt8(corner) & 1 == 0 { continue }
          let toX = x &+ dx, toY = y &+ shape.height &- layer, toZ = z &+ dz
          guard BlockGrid.hasColumn(toX, toZ), blocks[toX, toY, toZ] == .air else { continue }
          setBlock(toX, toY, toZ, shape.leaves, rules)
        }
      }
    }
  }

  /// Whether only air, leaves and plants are where the tree would stand: the trunk's cells, and a square about its crown.
  private func hasRoom(_ shape: TreeShape, _ x: Int, _ y: Int, _ z: Int) -> Bool {
    for level in 0...shape.height &+ 1 {
      let reach = level == 0 ? 0 : level >= shape.height &- 1 ? 2 : 1
      for columnX in x &- reach...x &+ reach {
        for columnZ in z &- reach...z &+ reach {
          switch blocks[columnX, y &+ level, columnZ] {
          case .air, .oakLeaves, .spruceLeaves, .birchLeaves, .oakSapling, .spruceSapling, .birchSapling,
            .tallGrass,
            .fern, .vine, .oakLog, .spruceLog, .birchLog:
            break
          default: return false
          }
        }
      }
    }
    return true
  }
}
