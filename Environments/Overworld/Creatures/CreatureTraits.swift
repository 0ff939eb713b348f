import KnackDocuments

/// What creatures of a kind have in common. Lengths are in blocks, health and damage in half hearts.
public struct CreatureTraits: BitwiseCopyable, Sendable {
  /// The size of a grown one.
  public var width = 0.0, height = 0.0
  /// The height of its eyes.
  public var eyes = 0.0
  /// What it is born with.
  public var health: Float = 0
  /// Armour points, which take a part of most damage away.
  var armor: Float = 0
  /// Minecraft's attribute generic.movementSpeed, and what it is multiplied by in flight.
  var speed = 0.0, flight = 1.0
  /// Damage of a blow on normal difficulty.
  var attack: Float = 0
  /// From how far away it notices the player.
  var sight = 0.0
  /// The share of its kind among animals or monsters that spawn, and how many spawn together.
  var weight: Int32 = 0, pack: Int32 = 1
  /// What it eats.
  fileprivate(set) var food = InlineArray<4, Item>(repeating: .none)

  /// Whether it eats an item: follows who holds it, and breeds for it.
  @inline(__always)
  func eats(_ item: Item) -> Bool {
    guard item != .none else { return false }
    for i in 0..<4 where food[i] == item { return true }
    return false
  }
}

/// What Minecraft says of creatures: `Data/creatures.yaml`, compiled.
public struct CreatureRules: BitwiseCopyable, Sendable {
  /// A colour of wool, and the part of all sheep that have it.
  struct WoolColor: BitwiseCopyable, Sendable {
    var color: UInt8
    var share: Double
  }

  private let traits: ConstantTable<CreatureTraits>
  /// The natural colours of sheep.
  let woolColors: ConstantTable<WoolColor>
  /// How much of an explosion's strength a state takes away, by ``Block/rawValue``.
  let blastResistance: ConstantTable<Float>
  /// Wool by its metadata.
  let wool: ConstantTable<Item>
  /// What creatures give, and what takes it.
  let bucket: Item, milkBucket: Item, shears: Item, egg: Item

  /// The traits of a kind.
  @inline(__always)
  public subscript(_ kind: CreatureKind) -> CreatureTraits { traits[Int(kind.rawValue)] }

  /// Those that the program brings along, read once.
  public static let standard = builtIn { () throws(DocumentError) in
    try CreatureRules(
      yaml: String(decoding: PackageResources.creatures_yaml, as: UTF8.self), MinecraftRules.standard)
  }

  /// The rules of a text in the format of `Data/creatures.yaml`.
  ///
  /// - Throws: `DocumentError` with file, line and column.
  init(yaml: String, _ minecraft: MinecraftRules) throws(DocumentError) {
    let root = try YAMLValue(yaml: yaml, file: "creatures.yaml")
    let sections = try root.fields(["creatures", "wool", "blast_resistance"])
    func section(_ name: String) throws(DocumentError) -> YAMLValue {
      guard let value = sections[name] else { throw root.mistake("'\(name)' is missing.") }
      return value
    }
    func item(_ name: String) throws(DocumentError) -> Item {
      guard let item = minecraft.items.item(name) else { throw root.mistake("there is no item '\(name)'.") }
      return item
    }

    var traits = [CreatureTraits](repeating: CreatureTraits(), count: CreatureKind.allCases.count)
    let kinds = CreatureKind.allCases.dropFirst().map { (name: "\($0)", value: $0) }
    let creatures = try section("creatures")
    for (kind, value) in try creatures.entries(of: "creature", among: kinds) {
      traits[Int(kind.rawValue)] = try CreatureTraits(value, minecraft.items)
    }
    if let missing = kinds.first(where: { traits[Int($0.value.rawValue)].width == 0 }) {
      throw creatures.mistake("the creature '\(missing.name)' is missing.")
    }
    self.traits = ConstantTable(traits)

    var colors: [WoolColor] = []
    let names = (0...15).map { (name: "\($0)", value: UInt8($0)) }
    for (color, value) in try section("wool").entries(of: "colour of wool", among: names) {
      colors.append(WoolColor(color: color, share: try value.number(in: 0...100) / 100))
    }
    guard abs(colors.reduce(0) { $0 + $1.share } - 1) < 1e-9 else {
      throw try section("wool").mistake("the chances of the colours of wool must add up to 100.")
    }
    woolColors = ConstantTable(colors)

    var resistance = (0..<Block.count).map { minecraft.blocks.hardness[$0] }
    let states = Block.allCases.map { (name: $0.name, value: $0) }
    for (state, value) in try section("blast_resistance").entries(of: "block state", among: states) {
      resistance[Int(state.rawValue)] = Float(try value.number(in: 0...10_000))
    }
    blastResistance = ConstantTable(resistance)

    var wool: [Item] = []
    for color in 0...15 { wool.append(minecraft.items.item("wool", color) ?? .none) }
    self.wool = ConstantTable(wool)
    bucket = try item("bucket")
    milkBucket = try item("milk_bucket")
    shears = try item("shears")
    egg = try item("egg")
  }
}

extension CreatureTraits {
  fileprivate init(_ value: YAMLValue, _ items: ItemTable) throws(DocumentError) {
    let fields = try value.fields([
      "width", "height", "eyes", "health", "armor", "speed", "flight", "attack", "sight", "food", "weight",
      "pack",
    ])
    func needed(_ key: String) throws(DocumentError) -> YAMLValue {
      guard let field = fields[key] else { throw value.mistake("'\(key)' is missing.") }
      return field
    }
    width = try needed("width").number(in: 0.1...2)
    height = try needed("height").number(in: 0.1...3)
    eyes = try needed("eyes").number(in: 0...3)
    health = Float(try needed("health").number(in: 1...100))
    armor = Float(try fields["armor"]?.number(in: 0...20) ?? 0)
    speed = try needed("speed").number(in: 0...1)
    flight = try fields["flight"]?.number(in: 1...4) ?? 1
    attack = Float(try fields["attack"]?.number(in: 0...100) ?? 0)
    sight = try fields["sight"]?.number(in: 0...64) ?? 0
    weight = Int32(try fields["weight"]?.integer(in: 0...1000) ?? 0)
    pack = Int32(try fields["pack"]?.integer(in: 1...8) ?? 1)
    for (i, element) in try (fields["food"]?.elements("a list of items") ?? []).enumerated() {
      guard i < food.count else { throw element.mistake("a creature eats at most \(food.count) items.") }
      let name = try element.text("the name of an item")
      guard let item = items.item(name) else { throw element.mistake("there is no item '\(name)'.") }
      food[i] = item
    }
  }
}
