/// What furnaces do, in columns by ``Item/index``.
public struct SmeltingTable: Sendable {
  /// Ticks for one item; 20 are a second.
  public let ticks: Int
  /// What becomes of an item; none where it cannot be smelted.
  public internal(set) var result: ConstantTable<Item>
  /// Ticks for which an item burns; 0 for what is no fuel.
  public let burnTicks: ConstantTable<UInt16>

  init(_ data: MinecraftData, _ items: ItemTable) {
    ticks = data.smelting.ticks
    var results = [Item](repeating: .none, count: items.count)
    var burns = [UInt16](repeating: 0, count: items.count)
    for recipe in data.smelting.recipes {
      for item in data.items(recipe.input, in: items) {
        results[item.index] = items.item(recipe.result.name, recipe.result.metadata ?? 0) ?? .none
      }
    }
    for fuel in data.smelting.fuels {
      for item in data.items(fuel.item, in: items) { burns[item.index] = UInt16(fuel.ticks) }
    }
    result = ConstantTable(results)
    burnTicks = ConstantTable(burns)
  }
}

extension MinecraftData {
  /// The items that a reference names: one, or all of a name where no metadata is written.
  func items(_ reference: ItemReference, in items: ItemTable) -> [Item] {
    reference.metadata.map { [items.item(reference.name, $0)].compactMap(\.self) }
      ?? items.items(named: reference.name)
  }
}
