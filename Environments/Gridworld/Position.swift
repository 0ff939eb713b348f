/// A place on the map: x to the right, y downwards, (0, 0) at the top left.
///
/// The map is stored with a margin of walls so wide that no view ever leaves it: rows are 32 cells apart, maps are at
/// most 26 wide, so the six cells left of one row are the six right of the row above; seven rows lie above and below.
/// A position is an index into this store, and a direction a constant to add.
public struct Position: Equatable, BitwiseCopyable, Sendable {
  /// The index into the store.
  var index: Int32

  /// Cells between two rows of the store.
  static let rowStride: Int32 = 32
  /// The largest map's width and height.
  static let maximumSize = 26
  private static let margin: Int32 = 7

  /// No place on any map: in the margin between two rows, where even a view would stay within the store.
  static let nowhere = Position(28, 13)

  init(index: Int32) { self.index = index }

  /// The place (`x`, `y`).
  public init(_ x: Int, _ y: Int) {
    index = (Int32(truncatingIfNeeded: y) &+ Self.margin) &* Self.rowStride &+ Int32(truncatingIfNeeded: x)
  }

  /// The column.
  public var x: Int { Int(index & (Self.rowStride &- 1)) }
  /// The row.
  public var y: Int { Int(index >> 5 &- Self.margin) }

  /// The neighbour in a direction.
  func neighbor(_ direction: Direction) -> Position { Position(index: index &+ direction.offset) }

  /// The number of steps to `other` along the axes.
  func manhattanDistance(to other: Position) -> Int { abs(x &- other.x) &+ abs(y &- other.y) }
  /// The number of steps to `other`, diagonal ones allowed.
  func chebyshevDistance(to other: Position) -> Int { max(abs(x &- other.x), abs(y &- other.y)) }
}

/// The way the agent faces, numbered as MiniGrid does.
public enum Direction: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case right, down, left, up

  /// The direction after a quarter turn to the left or, for 1, to the right.
  func turned(by quarters: UInt8) -> Direction { Direction(rawValue: (rawValue &+ quarters) & 3)! }

  /// What a step this way adds to a position's index.
  var offset: Int32 {
    // 1, 32, -1, -32 without a branch
    let magnitude: Int32 = rawValue & 1 == 0 ? 1 : Position.rowStride
    return rawValue & 2 == 0 ? magnitude : 0 &- magnitude
  }

  /// The step as (x, y).
  var step: (Int, Int) {
    switch self {
    case .right: (1, 0)
    case .down: (0, 1)
    case .left: (-1, 0)
    case .up: (0, -1)
    }
  }
}

/// A rectangle of cells.
struct Area: BitwiseCopyable, Sendable {
  var x: Int, y: Int, width: Int, height: Int

  init(_ x: Int, _ y: Int, _ width: Int, _ height: Int) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }
}
