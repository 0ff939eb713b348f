/// All that a picture shows: the 9×7 cells around the player, what the player has, and the light.
public struct CrafterView: Sendable {
  /// Cells each way; the player stands at [4][3].
  public static let width = 9, height = 7

  /// [x][y]: a ``CrafterMaterial``'s number a cell, 0 beyond the edge of the map.
  public var materials = InlineArray<63, UInt8>(repeating: 0)
  /// [x][y]: 0 nothing, 1 cow, 2 zombie, 3 skeleton, 4…7 arrow flying left, right, up, down, 8 sapling, 9 ripe plant.
  /// The player is not among them. Nothing is drawn beyond the edge of the map.
  public var creatures = InlineArray<63, UInt8>(repeating: 0)
  /// Amounts in the order of ``CrafterItem``.
  public var inventory = InlineArray<16, UInt8>(repeating: 0)
  /// Where the player faces.
  public var facing = CrafterDirection.down
  /// Whether the player sleeps.
  public var sleeping = false
  /// 1 at noon, towards 0 at midnight.
  public var daylight = 1.0

  /// An empty view.
  public init() {}
}

/// The noise of the night, one number a point.
public protocol CrafterNoise {
  /// Writes `count` numbers drawn evenly between 32 and 127. A picture asks column by column, from left to right, each
  /// from top to bottom, as the Python package draws them.
  mutating func fill(_ values: UnsafeMutablePointer<Double>, count: Int)
}
