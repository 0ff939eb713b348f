/// All that a picture shows: the cells around the player, what the player has, and the light.
public struct CrafterScene: Sendable {
  /// Cells shown each way; the player stands at [4][3].
  public static let width = 9, height = 7

  /// The cells. Nothing is drawn beyond the edge of the map.
  public var view = CrafterView()
  /// Amounts in the order of ``CrafterItem``.
  public var inventory = InlineArray<16, UInt8>(repeating: 0)
  /// Where the player faces.
  public var facing = CrafterDirection.down
  /// Whether the player sleeps.
  public var isSleeping = false
  /// 1 at noon, towards 0 at midnight.
  public var daylight = 1.0

  /// An empty scene.
  public init() {}
}
