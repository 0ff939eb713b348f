import KnackDocuments

/// What the data files say, as they say it: names, not codes. ``MinecraftRules`` is compiled from this.
struct MinecraftData {
  /// Blocks by name, corrected; and their names in the order of the file.
  var blocks: [String: BlockData] = [:], blockNames: [String] = []
  /// Items in the order of the file, then those that corrections add.
  var items: [ItemData] = []
  /// How many times as fast as a hand a tool is, by material and the tool's name.
  var materials: [String: [String: Double]] = [:]
  /// Food points and saturation by the item's name.
  var foods: [String: (points: Int, saturation: Double)] = [:]
  /// The recipes of the package, in its order.
  var recipes: [RecipeData] = []
  /// The recipes that the package leaves out.
  var addedRecipes: [RecipeData] = []
  /// What ingredients stand for.
  var acceptance: [Acceptance] = []
  /// By block: the states that can stand in the world.
  var states: [StateData] = []
  /// What states drop that do not drop what their block does.
  var stateDrops: [Block: DropsData] = [:]
  /// What creatures drop, by name.
  var creatureDrops: [String: CreatureDropsData] = [:]
  /// Ticks to smelt one item, what becomes of what, and how long fuels burn.
  var smelting = SmeltingData()
  /// Damage and blows a second of a bare hand and of tools by name.
  var hand = AttackData(damage: 1, speed: 4), attack: [String: AttackData] = [:]

  /// Items' places in ``items`` by name, and names by number.
  var itemPlaces: [String: Int] = [:], itemNames: [Int: String] = [:]

  struct ItemData {
    var name: String
    var id: Int
    var stack: Int
    var durability: Int?
    var variations: [Int]
  }

  struct BlockData {
    var id: Int
    /// Nil for what cannot be broken.
    var hardness: Double?
    var diggable: Bool
    var material: String?
    /// The tools that harvest it; nil where everything does.
    var tools: [String]?
    var drops: [DropData]
    var stack: Int
    var solid: Bool
    var transparent: Bool
    var emits: Int
    var filters: Int
    /// Which fields were corrected, what the package has there, and why.
    var corrections: [(field: String, published: String, because: String)] = []
  }

  struct AttackData {
    var damage: Double
    var speed: Double
  }

  struct SmeltingData {
    var ticks = 200
    var recipes: [(input: ItemReference, result: ItemReference, place: YAMLValue)] = []
    var fuels: [(item: ItemReference, ticks: Int, place: YAMLValue)] = []
  }

  /// What the files say.
  ///
  /// - Throws: `DocumentError` with file, line and column.
  init(_ files: DataFiles) throws(DocumentError) {
    try readBlocks(files)
    try readItems(files)
    try readMaterials(files)
    try readFoods(files)
    try readRecipes(files)
    try readPalette(files)
    try readDrops(files)
    try readSmelting(files)
    try readAttack(files)
  }
}

// MARK: - Blocks and items

extension MinecraftData {
  private mutating func readBlocks(_ files: DataFiles) throws(DocumentError) {
    for entry in try files.root("blocks").entries() {
      let fields = try entry.value.fields([
        "id", "hardness", "diggable", "material", "tools", "drops", "stack", "solid", "transparent", "emits",
        "filters",
      ])
      func needed(_ key: String) throws(DocumentError) -> YAMLValue {
        guard let value = fields[key] else {
          throw entry.value.mistake("'\(key)' of \(entry.key) is missing.")
        }
        return value
      }
      var tools: [String]?
      if let value = fields["tools"] {
        tools = []
        for tool in try value.elements("a list of tools") { tools?.append(try tool.text("a tool")) }
      }
      blockNames.append(entry.key)
      blocks[entry.key] = BlockData(
        id: try needed("id").integer(in: 0...255), hardness: try fields["hardness"]?.number(in: 0...1e6),
        diggable: try fields["diggable"]?.boolean() ?? true, material: try fields["material"]?.text(),
        tools: tools, drops: try DropData.list(try needed("drops")),
        stack: try needed("stack").integer(in: 0...64), solid: try needed("solid").boolean(),
        transparent: try needed("transparent").boolean(), emits: try needed("emits").integer(in: 0...15),
        filters: try needed("filters").integer(in: 0...15))
    }
    let corrections = try corrections(files)
    for entry in try corrections["blocks"]?.entries() ?? [] {
      guard var block = blocks[entry.key] else {
        throw DocumentError(
          "\(entry.place): there is no block '\(entry.key)'; \(mend(entry.key, among: blockNames))")
      }
      let fields = try entry.value.fields(["hardness", "material", "emits", "filters", "because"])
      let because = try reason(fields, of: entry)
      if let value = fields["hardness"] {
        block.corrections.append(("hardness", block.hardness.map { "\($0)" } ?? "none", because))
        block.hardness = try value.number(in: 0...1e6)
      }
      if let value = fields["material"] {
        block.corrections.append(("material", block.material ?? "none", because))
        block.material = value.isWord("none") ? nil : try value.text()
      }
      if let value = fields["emits"] {
        block.corrections.append(("emits", "\(block.emits)", because))
        block.emits = try value.integer(in: 0...15)
      }
      if let value = fields["filters"] {
        block.corrections.append(("filters", "\(block.filters)", because))
        block.filters = try value.integer(in: 0...15)
      }
      blocks[entry.key] = block
    }
  }

  private mutating func readItems(_ files: DataFiles) throws(DocumentError) {
    let corrections = try corrections(files)
    var numbers: Set<Int> = []
    for entry in try files.root("items").entries() + (corrections["items"]?.entries() ?? []) {
      let fields = try entry.value.fields(["id", "stack", "durability", "variations", "because"])
      guard let id = fields["id"], let stack = fields["stack"] else {
        throw entry.value.mistake("'\(fields["id"] == nil ? "id" : "stack")' of \(entry.key) is missing.")
      }
      var variations: [Int] = []
      for value in try fields["variations"]?.elements("a list of metadata") ?? [] {
        variations.append(try value.integer(in: 0...32_767))
      }
      let number = try id.integer(in: 1...32_767)
      guard numbers.insert(number).inserted else {
        throw id.mistake("the number \(number) of \(entry.key) is that of another item already.")
      }
      itemPlaces[entry.key] = items.count
      itemNames[number] = entry.key
      items.append(
        ItemData(
          name: entry.key, id: number, stack: try stack.integer(in: 1...64),
          durability: try fields["durability"]?.integer(in: 1...10_000), variations: variations))
    }
  }

  private mutating func readMaterials(_ files: DataFiles) throws(DocumentError) {
    let corrections = try corrections(files)
    for entry in try files.root("materials").entries() + (corrections["materials"]?.entries() ?? []) {
      for tool in try entry.value.entries() where tool.key != "because" {
        guard itemPlaces[tool.key] != nil else {
          throw unknownItem(tool.key, at: tool.place)
        }
        materials[entry.key, default: [:]][tool.key] = try tool.value.number(in: 0...100)
      }
    }
  }

  private mutating func readFoods(_ files: DataFiles) throws(DocumentError) {
    let corrections = try corrections(files)
    for entry in try files.root("foods").entries() + (corrections["foods"]?.entries() ?? []) {
      let fields = try entry.value.fields(["points", "saturation", "because"])
      foods[entry.key] = (
        try fields["points"]?.integer(in: 0...20) ?? 0, try fields["saturation"]?.number(in: 0...20) ?? 0
      )
    }
  }

  private mutating func readAttack(_ files: DataFiles) throws(DocumentError) {
    let fields = try files.root("attack").fields(["hand", "tools"])
    func attack(_ value: YAMLValue) throws(DocumentError) -> AttackData {
      let fields = try value.fields(["damage", "speed"])
      guard let damage = fields["damage"], let speed = fields["speed"] else {
        throw value.mistake("a blow takes 'damage' and 'speed'.")
      }
      return AttackData(damage: try damage.number(in: 0...100), speed: try speed.number(in: 0.1...20))
    }
    if let value = fields["hand"] { hand = try attack(value) }
    for entry in try fields["tools"]?.entries() ?? [] {
      guard itemPlaces[entry.key] != nil else {
        throw unknownItem(entry.key, at: entry.place)
      }
      self.attack[entry.key] = try attack(entry.value)
    }
  }

  private func corrections(_ files: DataFiles) throws(DocumentError) -> [String: YAMLValue] {
    try files.root("corrections").fields(["items", "foods", "materials", "blocks"])
  }

  private func reason(
    _ fields: [String: YAMLValue], of entry: YAMLValue.Entry
  ) throws(DocumentError) -> String {
    guard let because = fields["because"] else {
      throw entry.value.mistake("a correction says why: add 'because' to \(entry.key).")
    }
    return try because.text()
  }

  func unknownItem(_ name: String, at place: String) -> DocumentError {
    DocumentError("\(place): there is no item '\(name)'; \(mend(name, among: items.map(\.name)))")
  }
}
