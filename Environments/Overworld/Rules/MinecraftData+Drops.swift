import KnackDocuments

extension MinecraftData {
  /// What a block drops, as the package says it.
  struct DropData {
    var item: ItemReference
    var least: Double?, most: Double?

    /// The entries of a `drops` list.
    static func list(_ value: YAMLValue) throws(DocumentError) -> [DropData] {
      var drops: [DropData] = []
      for element in try value.elements("a list of drops") {
        guard element.isMapping else {
          drops.append(DropData(item: try ItemReference(element)))
          continue
        }
        let fields = try element.fields(["item", "least", "most"])
        guard let item = fields["item"] else { throw element.mistake("'item' is missing.") }
        drops.append(
          DropData(
            item: try ItemReference(item), least: try fields["least"]?.number(in: 0...64),
            most: try fields["most"]?.number(in: 0...64)))
      }
      return drops
    }
  }

  /// A drop with its chances.
  struct ChanceData {
    var item: ItemReference
    var least = 1, most = 1, tries = 1
    var chance = 1.0
    /// What drops where the chance fails.
    var otherwise: ItemReference?
    /// What drops where a creature dies burning.
    var burnt: ItemReference?
  }

  /// What a state drops.
  struct DropsData {
    var drops: [ChanceData]
    /// What it drops when shears break it; nil for the same.
    var sheared: [ChanceData]?
    var because: String
  }

  /// What a creature drops.
  struct CreatureDropsData {
    var drops: [ChanceData], sheared: [ChanceData]
    var rareItems: [ItemReference]
    var rareChance: Double
  }

  mutating func readDrops(_ files: DataFiles) throws(DocumentError) {
    let fields = try files.root("drops").fields(["blocks", "creatures"])
    let states = Block.allCases.map { (name: $0.name, value: $0) }
    for (state, value) in try fields["blocks"]?.entries(of: "block state", among: states) ?? [] {
      let fields = try value.fields(["drops", "sheared", "because"])
      guard let drops = fields["drops"], let because = fields["because"] else {
        throw value.mistake("this takes 'drops' and 'because'.")
      }
      stateDrops[state] = DropsData(
        drops: try chances(drops), sheared: try fields["sheared"].map(chances), because: try because.text())
    }
    let creatures = ["cow", "sheep", "pig", "chicken", "zombie", "skeleton", "spider", "creeper"]
    for (name, value) in try fields["creatures"]?.fields(creatures, what: "creature") ?? [:] {
      let fields = try value.fields(["drops", "sheared", "rare"])
      let rare = try fields["rare"]?.fields(["chance", "items"])
      creatureDrops[name] = CreatureDropsData(
        drops: try fields["drops"].map(chances) ?? [], sheared: try fields["sheared"].map(chances) ?? [],
        rareItems: try rare?["items"].map(references) ?? [],
        rareChance: try rare?["chance"]?.number(in: 0...1) ?? 0)
    }
    if let missing = creatures.first(where: { creatureDrops[$0] == nil }) {
      throw DocumentError("drops.yaml: what a \(missing) drops is missing.")
    }
  }

  private func chances(_ value: YAMLValue) throws(DocumentError) -> [ChanceData] {
    var drops: [ChanceData] = []
    for element in try value.elements("a list of drops") {
      guard element.isMapping else {
        drops.append(ChanceData(item: try reference(element)))
        continue
      }
      let fields = try element.fields(["item", "least", "most", "tries", "chance", "otherwise", "burnt"])
      guard let item = fields["item"] else { throw element.mistake("'item' is missing.") }
      var drop = ChanceData(item: try reference(item))
      drop.least = try fields["least"]?.integer(in: 0...64) ?? 1
      drop.most = try fields["most"]?.integer(in: drop.least...64) ?? max(drop.least, 1)
      drop.tries = try fields["tries"]?.integer(in: 1...16) ?? 1
      drop.chance = try fields["chance"]?.number(in: 0...1) ?? 1
      drop.otherwise = try fields["otherwise"].map(reference)
      drop.burnt = try fields["burnt"].map(reference)
      drops.append(drop)
    }
    return drops
  }

  mutating func readSmelting(_ files: DataFiles) throws(DocumentError) {
    let fields = try files.root("smelting").fields(["ticks", "recipes", "fuels"])
    if let value = fields["ticks"] { smelting.ticks = try value.integer(in: 1...10_000) }
    for entry in try fields["recipes"]?.entries() ?? [] {
      smelting.recipes.append((try key(entry), try reference(entry.value), entry.value))
    }
    for entry in try fields["fuels"]?.entries() ?? [] {
      smelting.fuels.append((try key(entry), try entry.value.integer(in: 1...65_535), entry.value))
    }
  }

  /// The item that a key names.
  private func key(_ entry: YAMLValue.Entry) throws(DocumentError) -> ItemReference {
    guard let reference = ItemReference(entry.key), itemPlaces[reference.name] != nil else {
      throw unknownItem(entry.key, at: entry.place)
    }
    return reference
  }
}
