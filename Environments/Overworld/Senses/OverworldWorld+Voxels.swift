extension OverworldWorld {
  /// Writes the blocks of a box about the player's feet, a byte each; upwards first, then along the second axis.
  ///
  /// Beyond the edge and below the ground there is bedrock, above the top air.
  ///
  /// - Complexity: O(blocks); 5 × 5 × 5 take some 30 nanoseconds where they are in the cache.
  mutating func writeVoxels(_ box: VoxelBox, into observation: UnsafeMutablePointer<UInt8>) {
    let x = cell(player.x), y = cell(player.y) &- box.height / 2, z = cell(player.z)
    let (ahead, right) = player.axes(box.alignment)
    let firstX = x &- right.x &* (box.width / 2) &- ahead.x &* (box.depth / 2)
    let firstZ = z &- right.z &* (box.width / 2) &- ahead.z &* (box.depth / 2)
    let reach = max(box.width, box.depth) / 2
    let isInside =
      BlockGrid.hasColumn(x &- reach, z &- reach) && BlockGrid.hasColumn(x &+ reach, z &+ reach) && y >= 0
      && y &+ box.height <= BlockGrid.height
    let view = view
    var next = observation
    for i in 0..<box.width {
      var columnX = firstX &+ right.x &* i, columnZ = firstZ &+ right.z &* i
      for _ in 0..<box.depth {
        if isInside {
          view.copyLevels(columnX, from: y, columnZ, count: box.height, to: next)
        } else {
          for level in 0..<box.height { next[level] = view[columnX, y &+ level, columnZ].rawValue }
        }
        next += box.height
        columnX &+= ahead.x
        columnZ &+= ahead.z
      }
    }
  }
}

extension BlockView {
  /// Writes the codes of some levels of a column, all inside the grid.
  @inline(__always)
  func copyLevels(
    _ x: Int, from y: Int, _ z: Int, count: Int, to target: UnsafeMutablePointer<UInt8>
  ) {
    let raw = UnsafeMutableRawPointer(target)
    var rest = count, level = 0
    while rest >= 8 {
      raw.storeBytes(of: eightLevels(x, from: y &+ level, z), toByteOffset: level, as: UInt64.self)
      level &+= 8
      rest &-= 8
    }
    guard rest > 0 else { return }
    // Near the top of the column the last ones are the upper bytes of a word that begins below them.
    let first = min(y &+ level, BlockGrid.height &- 8)
    var word = eightLevels(x, from: first, z) &>> UInt64(truncatingIfNeeded: 8 &* (y &+ level &- first))
    if rest & 4 != 0 {
      raw.storeBytes(of: UInt32(truncatingIfNeeded: word), toByteOffset: level, as: UInt32.self)
      word &>>= 32
      level &+= 4
    }
    if rest & 2 != 0 {
      raw.storeBytes(of: UInt16(truncatingIfNeeded: word), toByteOffset: level, as: UInt16.self)
      word &>>= 16
      level &+= 2
    }
    if rest & 1 != 0 { target[level] = UInt8(truncatingIfNeeded: word) }
  }
}

extension OverworldPlayer {
  /// The steps from a column to the one ahead and the one to the right: along the world's axes, or turned to the nearest
  /// quarter of where the player looks.
  @inline(__always)
  func axes(_ alignment: VoxelBox.Alignment) -> (ahead: (x: Int, z: Int), right: (x: Int, z: Int)) {
    guard alignment == .facing else { return ((0, 1), (1, 0)) }
    return switch (Int(yaw) &+ 3) / 6 {
    case 1: ((-1, 0), (0, -1))
    case 2: ((0, -1), (1, 0))
    case 3: ((1, 0), (0, 1))
    default: ((0, 1), (-1, 0))
    }
  }
}
