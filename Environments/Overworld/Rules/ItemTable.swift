import KnackDocuments

/// Every item with its metadata that can be an ingredient, a result, a drop or a tool, in columns by ``Item/index``.
///
/// Codes are in the order of Minecraft 1.11's numbers and metadata; code zero is no item.
public struct ItemTable: Sendable {
  /// Minecraft's names (`planks`); empty for no item.
  public let names: [String]
  /// Minecraft's metadata: the kind of wood, the colour; not the wear of tools.
  public let metadata: [Int]
  /// How many lie in one slot; 0 for no item.
  public let stackSize: ConstantTable<UInt8>
  /// Uses after which a tool breaks; 0 for what does not wear off.
  public let durability: ConstantTable<UInt16>
  /// Food points that eating restores, of 20; 0 for what is not eaten.
  public let foodPoints: ConstantTable<UInt8>
  /// Saturation that eating restores.
  public let saturation: ConstantTable<Float>
  /// What it does well as a tool, and what it is made of.
  public let toolClass: ConstantTable<ToolClass>, toolTier: ConstantTable<ToolTier>
  /// Its column in ``BreakingTable``; 0, the bare hand's, for what is no tool.
  public let breakingColumn: ConstantTable<UInt8>
  /// Damage of a blow in half hearts, and blows a second at full strength.
  public let attackDamage: ConstantTable<Float>, attackSpeed: ConstantTable<Float>
  /// The state that it puts into the world; air where it places nothing.
  public let places: ConstantTable<Block>
  /// Codes by name, in the order of their metadata.
  private let codes: [String: [Item]]

  /// The number of codes, no item included.
  public var count: Int { names.count }

  /// All items but no item.
  public var all: some RandomAccessCollection<Item> {
    (1..<count).lazy.map { Item(rawValue: UInt16($0)) }
  }

  /// The item of a name and metadata; nil where there is none.
  public func item(_ name: String, _ metadata: Int = 0) -> Item? {
    codes[name]?.first { self.metadata[$0.index] == metadata }
  }

  /// The items of a name, in the order of their metadata; none where there is no such name.
  public func items(named name: String) -> [Item] { codes[name] ?? [] }

  /// Name and metadata, as the data files write them: `planks:5`, or the name alone where the metadata is 0.
  public func label(_ item: Item) -> String {
    metadata[item.index] == 0 ? names[item.index] : "\(names[item.index]):\(metadata[item.index])"
  }

  init(_ data: MinecraftData) {
    var keys: Set<ItemReference> = []
    func add(_ reference: ItemReference?) {
      if let reference { keys.insert(ItemReference(reference.name, reference.metadata ?? 0)) }
    }
    for item in data.items { ([0] + item.variations).forEach { add(ItemReference(item.name, $0)) } }
    for recipe in data.recipes + data.addedRecipes {
      ([recipe.result] + recipe.ingredients + recipe.returns).forEach(add)
    }
    data.acceptance.flatMap(\.items).forEach(add)
    data.states.forEach { add($0.item) }
    for (_, drops) in data.stateDrops {
      (drops.drops + (drops.sheared ?? [])).forEach {
        add($0.item); add($0.otherwise)
      }
    }
    for (_, drops) in data.creatureDrops {
      (drops.drops + drops.sheared).forEach {
        add($0.item); add($0.burnt)
      }
      drops.rareItems.forEach(add)
    }
    data.smelting.recipes.forEach {
      add($0.input); add($0.result)
    }
    data.smelting.fuels.forEach { add($0.item) }
    for block in data.blocks.values {
      for drop in block.drops where data.itemPlaces[drop.item.name] != nil { add(drop.item) }
    }
    let numbers = data.itemPlaces.mapValues { data.items[$0].id }
    let sorted = keys.sorted {
      (numbers[$0.name] ?? 0, $0.metadata ?? 0) < (numbers[$1.name] ?? 0, $1.metadata ?? 0)
    }
    names = [""] + sorted.map(\.name)
    metadata = [0] + sorted.map { $0.metadata ?? 0 }
    codes = Dictionary(grouping: (1...sorted.count).map { Item(rawValue: UInt16($0)) }) {
      sorted[$0.index - 1].name
    }
    let items = sorted.map { data.items[data.itemPlaces[$0.name] ?? 0] }
    func column<Value>(_ none: Value, _ value: (MinecraftData.ItemData) -> Value) -> ConstantTable<Value> {
      ConstantTable([none] + items.map(value))
    }
    stackSize = column(0) { UInt8($0.stack) }
    durability = column(0) { UInt16($0.durability ?? 0) }
    foodPoints = column(0) { UInt8(data.foods[$0.name]?.points ?? 0) }
    saturation = column(0) { Float(data.foods[$0.name]?.saturation ?? 0) }
    toolClass = column(.hand) { BreakingTool(name: $0.name)?.toolClass ?? .hand }
    toolTier = column(.none) { BreakingTool(name: $0.name)?.tier ?? .none }
    breakingColumn = column(0) { BreakingTool(name: $0.name)?.column ?? 0 }
    attackDamage = column(Float(data.hand.damage)) { Float(data.attack[$0.name, default: data.hand].damage) }
    attackSpeed = column(Float(data.hand.speed)) { Float(data.attack[$0.name, default: data.hand].speed) }
    var placed: [ItemReference: Block] = [:]
    for (state, block) in zip(data.states, Block.allCases) {
      guard let item = state.item else { continue }
      let key = ItemReference(item.name, item.metadata ?? 0)
      if placed[key] == nil { placed[key] = block }
    }
    places = ConstantTable([.air] + sorted.map { placed[$0] ?? .air })
  }
}
