/// Items of one kind in a slot of an inventory. The fields leave no gaps, so that equal stacks are equal bytes.
public struct ItemStack: BitwiseCopyable, Sendable, Equatable {
  /// What they are; ``Item/none`` in an empty slot.
  public var item: Item
  /// How often the tool was used; 0 for what does not wear off.
  public var wear: UInt16
  /// How many; 0 in an empty slot.
  public var count: UInt8
  private var unused: UInt8 = 0

  /// An empty slot.
  public static let empty = ItemStack(.none, 0)

  /// Items of one kind.
  public init(_ item: Item, _ count: UInt8, wear: UInt16 = 0) {
    self.item = item
    self.count = count
    self.wear = wear
  }

  /// Whether there is nothing.
  public var isEmpty: Bool { count == 0 }
}
