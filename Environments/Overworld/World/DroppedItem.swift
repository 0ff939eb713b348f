/// Items that lie on the ground until somebody walks near or five minutes are over.
public struct DroppedItem: BitwiseCopyable, Sendable {
  /// What lies there; empty where the place in the table is free.
  public var stack = ItemStack.empty
  /// Ticks since it fell, and until it can be picked up.
  var age: Int16 = 0, delay: Int16 = 0
  /// Where it lies, in blocks.
  public var x: Float = 0, y: Float = 0, z: Float = 0
  /// How fast it falls, in blocks a tick.
  var vy: Float = 0
}
