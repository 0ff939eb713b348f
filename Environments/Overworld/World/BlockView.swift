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

  /// Whether all is air in a box of cells, given by the first and last along each axis; false where the box is more than
  /// eight levels high or reaches beyond the edge or below the ground.
  @inline(__always)
  func isAir(_ minX: Int, _ maxX: Int, _ minY: Int, _ maxY: Int, _ minZ: Int, _ maxZ: Int) -> Bool {
    guard BlockGrid.hasColumn(minX | maxX, minZ | maxZ), minY >= 0, maxY &- minY < 8 else { return false }
    guard minY < BlockGrid.height else { return true }
    let base = min(minY, BlockGrid.height &- 8)
    let levels = UInt64.max &>> UInt64(truncatingIfNeeded: 8 &* (7 &- maxY &+ minY))
    let asked = levels &<< UInt64(truncatingIfNeeded: 8 &* (minY &- base))
    var all: UInt64 = 0
    var x = minX
    while x <= maxX {
      var z = minZ
      while z <= maxZ {
        all |= eightLevels(x, from: base, z)
        z &+= 1
      }
      x &+= 1
    }
    return all & asked == 0
  }
}
