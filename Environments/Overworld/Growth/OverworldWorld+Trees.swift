extension OverworldWorld {
  /// Lets the sapling at a place grow into a tree; nothing happens where there is no room for it.
  mutating func growTree(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) {
    guard let kind = TreeKind(blocks[x, y, z]) else { return }
    let shape = TreeShape(kind) { random.below($0) }
    guard y &+ shape.height &+ 1 < BlockGrid.height,
      blocks[x, y &- 1, z] == .grass || blocks[x, y &- 1, z] == .dirt || blocks[x, y &- 1, z] == .farmland,
      hasRoom(shape, x, y, z)
    else { return }
    setBlock(x, y &- 1, z, .dirt, rules)
    for level in 0..<shape.logs { setBlock(x, y &+ level, z, shape.log, rules) }
    for layer in 0..<shape.layers {
      let reach = shape.reach(layer)
      for dx in -reach...reach {
        for dz in -reach...reach where shape.hasLeaves(layer, dx, dz) {
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
