/// What a slot of an inventory can hold: Minecraft 1.11's item with its metadata, as a number without gaps.
///
/// Tools carry their wear beside the code, not in it. The codes are those of ``ItemTable``; zero is an empty slot.
public struct Item: RawRepresentable, Hashable, BitwiseCopyable, Sendable {
  /// The code.
  public let rawValue: UInt16

  /// The item of a code.
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// No item.
  public static let none = Item(rawValue: 0)

  /// The code as an index into the columns of ``ItemTable``.
  @inlinable public var index: Int { Int(rawValue) }
}

/// What a tool does well. The material tables of Minecraft's data tell tools apart by these and by tier.
public enum ToolClass: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  /// A bare hand, or anything that is no tool.
  case hand
  case pickaxe, axe, shovel, hoe, sword, shears
}

/// What a tool is made of, in the order of its harvest level; gold harvests what wood does.
public enum ToolTier: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case none, wood, gold, stone, iron, diamond
}
