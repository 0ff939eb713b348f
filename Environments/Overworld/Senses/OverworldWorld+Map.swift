/// The columns that ``Sense/map`` shows, the player's in the middle.
enum MapWindow {
  /// Columns along each side.
  static let side = 31
  /// Columns in all.
  static let count = side * side
  /// What stands for the level of the block under the player's feet.
  static let middle = 8
}

extension OverworldWorld {
  /// Writes the highest block of each column about the player, creatures and items over them, and then the blocks' levels.
  ///
  /// - Complexity: O(columns), about ten nanoseconds each.
  mutating func writeMap(into observation: UnsafeMutablePointer<UInt8>) {
    let levels = observation + MapWindow.count
    let view = view
    let feet = cell(player.y)
    let firstX = cell(player.x) &- MapWindow.side / 2, firstZ = cell(player.z) &- MapWindow.side / 2
    for column in 0..<MapWindow.count {
      let x = firstX &+ column / MapWindow.side, z = firstZ &+ column % MapWindow.side
      let level = BlockGrid.hasColumn(x, z) ? view.highestLevel(x, z) : -1
      observation[column] = level < 0 ? 0 : view.code(x, level, z)
      levels[column] =
        level < 0 ? 0 : UInt8(truncatingIfNeeded: max(1, min(15, level &- feet &+ 1 &+ MapWindow.middle)))
    }
    func show(_ x: Double, _ z: Double, _ code: UInt8) {
      let x = cell(x) &- firstX, z = cell(z) &- firstZ
      guard x >= 0 && x < MapWindow.side && z >= 0 && z < MapWindow.side else { return }
      observation[x &* MapWindow.side &+ z] = code
    }
    for index in 0..<Int(dropCount) where !drops[unchecked: index].stack.isEmpty {
      show(Double(drops[unchecked: index].x), Double(drops[unchecked: index].z), SightCode.item)
    }
    for index in 0..<Int(creatureCount) where creatures[unchecked: index].kind != .none {
      let creature = creatures[unchecked: index]
      show(creature.x, creature.z, SightCode.creature(creature.kind))
    }
  }
}

extension BlockView {
  /// The level of the highest block of a column inside the grid; -1 where there is none.
  @inline(__always)
  func highestLevel(_ x: Int, _ z: Int) -> Int {
    var level = BlockGrid.lowestOpenLevel &+ 63 &- occupancy(patch: x &>> 2, z &>> 2).leadingZeroBitCount
    while level >= 0 && code(x, level, z) == 0 { level &-= 1 }
    return level
  }
}
