/// The blocks of a world where they lie, for loops that read many: nothing is copied or counted.
///
/// It must not outlive the moment: it holds an address inside the world.
struct BlockView: BitwiseCopyable {
  private let codes: UnsafePointer<UInt8>

  /// The blocks of a world.
  @inline(__always)
  init(_ grid: inout BlockGrid) {
    codes = withUnsafePointer(to: &grid.codes) {
      UnsafeRawPointer($0).assumingMemoryBound(to: UInt8.self)
    }
  }

  /// The block at a place, as ``BlockGrid`` says it.
  @inline(__always)
  subscript(_ x: Int, _ y: Int, _ z: Int) -> Block {
    guard BlockGrid.hasColumn(x, z), y >= 0 else { return .bedrock }
    guard y < BlockGrid.height else { return .air }
    return Block(stored: codes[BlockGrid.index(x, y, z)])
  }

  /// Sixteen levels of a column inside the grid, from `y` on, which is at most ``BlockGrid/height`` - 16.
  @inline(__always)
  func sixteenLevels(_ x: Int, from y: Int, _ z: Int) -> SIMD16<UInt8> {
    UnsafeRawPointer(codes).loadUnaligned(fromByteOffset: BlockGrid.index(x, y, z), as: SIMD16<UInt8>.self)
  }
}
