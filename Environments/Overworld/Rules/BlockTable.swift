/// How block states behave, in columns by ``Block/rawValue``.
public struct BlockTable: Sendable {
  /// Minecraft's names and metadata.
  public let minecraftNames: [String], metadata: [Int]
  /// What one must do to break it; infinite for what cannot be broken. ``BreakingTable`` is made from it.
  public let hardness: ConstantTable<Float>
  /// How it fills its cell.
  public let shape: ConstantTable<BlockShape>
  /// Whether a block can be placed into it, it falls where nothing is below, it is climbed, it drops without support.
  public let isReplaceable: ConstantTable<Bool>, falls: ConstantTable<Bool>, isClimbable: ConstantTable<Bool>,
    isSupported: ConstantTable<Bool>
  /// Light that it gives, and takes from light that passes, each 0 to 15.
  public let emits: ConstantTable<UInt8>, filters: ConstantTable<UInt8>
  /// The item that places it; none where none does.
  public let item: ConstantTable<Item>

  init(_ data: MinecraftData, _ items: ItemTable) {
    let blocks = data.states.map { data.blocks[$0.block] }
    minecraftNames = data.states.map(\.block)
    metadata = data.states.map(\.metadata)
    hardness = ConstantTable(
      blocks.map { $0.flatMap { $0.diggable ? $0.hardness : nil }.map { Float($0) } ?? .infinity })
    shape = ConstantTable(data.states.map(\.shape))
    isReplaceable = ConstantTable(data.states.map(\.isReplaceable))
    falls = ConstantTable(data.states.map(\.falls))
    isClimbable = ConstantTable(data.states.map(\.isClimbable))
    isSupported = ConstantTable(data.states.map(\.isSupported))
    emits = ConstantTable(blocks.map { UInt8($0?.emits ?? 0) })
    filters = ConstantTable(blocks.map { UInt8($0?.filters ?? 0) })
    item = ConstantTable(
      data.states.map { $0.item.flatMap { items.item($0.name, $0.metadata ?? 0) } ?? .none })
  }
}
