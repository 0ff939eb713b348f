/// Items that lie on the ground until somebody walks near or five minutes are over. The fields leave no
/// gaps, so that equal items are equal bytes.
public struct DroppedItem: BitwiseCopyable, Sendable {
  /// What lies there; empty where the place in the table is free.
  public var stack = ItemStack.empty
  /// Ticks until it can be picked up, and since it fell.
  var delay: Int16 = 0
  var age: Int32 = 0
  /// Where it lies, in blocks.
  public var x: Float = 0, y: Float = 0, z: Float = 0
  /// How fast it falls, in blocks a tick.
  var vy: Float = 0
}
