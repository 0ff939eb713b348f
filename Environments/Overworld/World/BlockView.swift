/// The blocks of a world where they lie, for loops that read many: nothing is copied or counted.
///
/// It must not outlive the moment: it holds an address inside the world.
struct BlockView: BitwiseCopyable {
  private let codes: UnsafePointer<UInt8>
  private let occupied: UnsafePointer<UInt64>

  /// The blocks of a world.
  @inline(__always)
  init(_ grid: inout BlockGrid) {
    codes = withUnsafePointer(to: &grid.codes) {
      UnsafeRawPointer($0).assumingMemoryBound(to: UInt8.self)
    }
    occupied = withUnsafePointer(to: &grid.occupied) {
      UnsafeRawPointer($0).assumingMemoryBound(to: UInt64.self)
    }
  }

  /// The code of a block inside the grid.
  @inline(__always)
  func code(_ x: Int, _ y: Int, _ z: Int) -> UInt8 { codes[BlockGrid.index(x, y, z)] }

  /// The code of the block at a ``BlockGrid/index(_:_:_:)``.
  @inline(__always)
  func code(index: Int64) -> UInt8 { codes[Int(index)] }

  /// The word of ``BlockGrid/occupied`` for 4 × 4 columns inside the grid.
  @inline(__always)
  func occupancy(patch x: Int, _ z: Int) -> UInt64 { occupied[x &* (BlockGrid.side / 4) &+ z] }

  /// The level above the highest that may hold a block, in columns no farther than `reach` from one along either axis.
  @inline(__always)
  func ceiling(aroundX x: Int, z: Int, reach: Int) -> Int {
    let last = BlockGrid.side &- 1
    let firstX = max(0, x &- reach) &>> 2, lastX = min(last, x &+ reach) &>> 2
    let firstZ = max(0, z &- reach) &>> 2, lastZ = min(last, z &+ reach) &>> 2
    guard firstX <= lastX, firstZ <= lastZ else { return 0 }
    var all: UInt64 = 0
    for row in firstX...lastX {
      for patch in firstZ...lastZ { all |= occupied[row &* (BlockGrid.side / 4) &+ patch] }
    }
    return BlockGrid.lowestOpenLevel &+ 64 &- all.leadingZeroBitCount
  }

  /// The block at a place, as ``BlockGrid`` says it.
  @inline(__always)
  subscript(_ x: Int, _ y: Int, _ z: Int) -> Block {
    guard BlockGrid.hasColumn(x, z), y >= 0 else { return .bedrock }
    guard y < BlockGrid.height else { return .air }
    return Block(stored: codes[BlockGrid.index(x, y, z)])
  }

  /// Eight levels of a column inside the grid, the first in the lowest byte, from `y` on, which is at most
  /// ``BlockGrid/height`` - 8.
  @inline(__always)
  func eightLevels(_ x: Int, from y: Int, _ z: Int) -> UInt64 {
    UnsafeRawPointer(codes).loadUnaligned(fromByteOffset: BlockGrid.index(x, y, z), as: UInt64.self)
  }

  /// Whether all is air in a box of cells; false where the box is more than eight levels high or reaches beyond the edge or
  /// below the ground.
  @inline(__always)
  func isAir(_ box: CellBox) -> Bool {
    guard BlockGrid.hasColumn(box.minX | box.maxX, box.minZ | box.maxZ) else { return false }
    guard box.minY >= 0, box.maxY &- box.minY < 8 else { return false }
    guard box.minY < BlockGrid.height else { return true }
    let base = min(box.minY, BlockGrid.height &- 8)
    let levels = UInt64.max &>> UInt64(truncatingIfNeeded: 8 &* (7 &- box.maxY &+ box.minY))
    let asked = levels &<< UInt64(truncatingIfNeeded: 8 &* (box.minY &- base))
    var all: UInt64 = 0
    var x = box.minX
    while x <= box.maxX {
      var z = box.minZ
      while z <= box.maxZ {
        all |= eightLevels(x, from: base, z)
        z &+= 1
      }
      x &+= 1
    }
    return all & asked == 0
  }

  /// Whether all is air in the 4 × 4 columns that a box of cells touches, on the box's levels; it may be even where it is
  /// false.
  @inline(__always)
  func isOpen(_ box: CellBox) -> Bool {
    guard BlockGrid.hasColumn(box.minX | box.maxX, box.minZ | box.maxZ) else { return false }
    var all: UInt64 = 0
    var x = box.minX &>> 2
    while x <= box.maxX &>> 2 {
      var z = box.minZ &>> 2
      while z <= box.maxZ &>> 2 {
        all |= occupancy(patch: x, z)
        z &+= 1
      }
      x &+= 1
    }
    return !Self.spans(all, box.minY, box.maxY)
  }
}

/// A box of cells, by the first and the last along each axis.
struct CellBox: BitwiseCopyable {
  var minX: Int, maxX: Int, minY: Int, maxY: Int, minZ: Int, maxZ: Int
}
