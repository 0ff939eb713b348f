import KnackDocuments

// Strict reading: every key must be known, every value of its type and in its range. The keys are listed and explained
// in `Worlds/crafter.yaml`.

extension CrafterDescription {
  /// Reads a world file.
  ///
  /// A file is YAML. It begins with `extends:` and the name of one of the worlds that the program brings along
  /// (`crafter`, `mars-default`, `mars-terrain` …) and then states only what is different, or it states everything, as
  /// `Worlds/crafter.yaml` does, which explains each key. What `collect`, `place` and `make` say of a thing replaces all
  /// that was said of it, and `none` there takes it out of the world; everything else is taken over key by key.
  ///
  /// ```yaml
  /// extends: crafter
  /// summary: diamonds grow on trees, and zombies leave one alone
  /// collect:
  ///   tree: {requires: {stone_pickaxe: 1}, receives: {diamond: 1}, leaves: grass}
  ///   grass: {receives: {sapling: {amount: 1, chance: 0.1}, wood: {amount: 1, chance: 0.3}}}
  /// creatures:
  ///   zombie: {movement: wander, attack: none}
  /// ```
  ///
  /// The files run no code and read no other files.
  ///
  /// - Parameter name: what errors call the file.
  /// - Throws: `DocumentError` with file, line and column, and the nearest name where one is misspelt.
  public init(yaml: String, name: String) throws(DocumentError) {
    guard yaml.utf8.count <= Self.maximumFileSize else {
      throw DocumentError(
        "\(name) is longer than \(Self.maximumFileSize) bytes, which no world file needs to be.")
    }
    let root = try YAMLValue(yaml: yaml, file: name)
    let fields = try root.fields([
      "extends", "summary", "steps", "inventory", "ground", "terrain", "collect", "place", "make", "damage",
      "creatures", "arrows",
    ])
    if let base = fields["extends"] {
      let world = try base.choice(
        "world to extend", among: CrafterWorldFile.all.map { (name: $0.name, value: $0) })
      self = try CrafterDescription(yaml: world.text, name: world.name)
    } else {
      try Self.requireEverything(root)
      self = .blank
    }
    try fields.read("summary", &summary)
    try fields.read("steps", &stepLimit, in: 1...1_000_000)
    try fields.read("inventory", &inventory, in: 0...9)
    if let value = fields["ground"] { try ground.read(value) }
    if let value = fields["terrain"] { try terrain.read(value) }
    for (material, value) in try fields["collect"]?.entries(of: "material", among: materialNames) ?? [] {
      collect[material] = value.isWord("none") ? nil : try Collecting(value, of: material)
    }
    for (placeable, value) in try fields["place"]?.entries(of: "thing to place", among: placeableNames) ?? []
    {
      place[placeable] = value.isWord("none") ? nil : try Placing(value)
    }
    for (tool, value) in try fields["make"]?.entries(of: "thing to make", among: toolNames) ?? [] {
      make[tool] = value.isWord("none") ? nil : try Making(value)
    }
    if let value = fields["damage"] { try damage.read(value) }
    if let value = fields["creatures"] { try readCreatures(value) }
    if let value = fields["arrows"] { try arrow.read(value) }
    guard ground.player.contains(terrain.start), !ground.deadly.contains(terrain.start) else {
      throw (fields["terrain"] ?? fields["ground"] ?? root).mistake(
        "the player starts on \(terrain.start) and cannot stand there; choose another terrain.start or add it to "
          + "ground.player.")
    }
  }

  /// The length of the longest world file that is read, in bytes.
  public static let maximumFileSize = 1 << 16

  private mutating func readCreatures(_ value: YAMLValue) throws(DocumentError) {
    let fields = try value.fields(["cow", "zombie", "skeleton", "plant"], what: "creature")
    if let value = fields["cow"] { try cow.read(value) }
    if let value = fields["zombie"] { try zombie.read(value) }
    if let value = fields["skeleton"] { try skeleton.read(value) }
    guard let value = fields["plant"] else { return }
    try plant.read(value)
    try value.fields(Creature.plantKeys).read("ripens-after", &ripensAfter, in: 0...60_000)
  }

  /// What a file that extends no other starts from.
  private static let blank: CrafterDescription = {
    let creature = Creature(
      health: 1, movement: .stay, attack: nil, arrowDamage: 0, reward: [:], stillsHunger: false,
      population: nil)
    let animal = Creature(
      health: 1, movement: .stay, attack: nil, arrowDamage: 0, reward: [:], stillsHunger: false,
      population: Population(
        ground: .grass, initialShare: 0, birthDistance: 0, deathDistance: 0, birthChance: 0, deathChance: 0,
        space: 0, fewest: ByDaylight(0), most: ByDaylight(0)))
    return CrafterDescription(
      summary: "", stepLimit: 1, inventory: [:],
      ground: Ground(creatures: [], player: [], deadly: [], health: [:]),
      terrain: Terrain(
        start: .grass, meadow: .grass, shore: .grass, nearDiamond: .stone, nearIron: .stone, nearCoal: .stone,
        nearLava: .stone, trees: 0, coal: 0, iron: 0, diamonds: 0),
      collect: [:], place: [:], make: [:], damage: Damage(hand: 1, woodSword: 1, stoneSword: 1, ironSword: 1),
      cow: animal, zombie: animal, skeleton: animal, plant: creature, ripensAfter: 0,
      arrow: Arrow(passes: [], damage: 0, breaks: [:]))
  }()

  private static func requireEverything(_ root: YAMLValue) throws(DocumentError) {
    let creature = ["health", "movement", "attack", "arrow-damage", "reward", "stills-hunger"]
    var sections: [(section: [String], keys: [String])] = [
      ([], ["summary", "steps", "inventory", "ground", "terrain", "collect", "place", "make", "damage"]),
      ([], ["creatures", "arrows"]),
      (["ground"], ["creatures", "player", "deadly", "health"]),
      (["terrain"], ["start", "meadow", "shore", "near", "share"]),
      (["terrain", "near"], Terrain.ores), (["terrain", "share"], Terrain.shares),
      (["damage"], ["hand", "wood_sword", "stone_sword", "iron_sword"]),
      (["creatures"], ["cow", "zombie", "skeleton", "plant"]),
      (["creatures", "plant"], creature + ["ripens-after"]),
      (["arrows"], ["passes", "damage", "breaks"]),
    ]
    for kind in ["cow", "zombie", "skeleton"] {
      sections.append((["creatures", kind], creature + ["population"]))
      sections.append((["creatures", kind, "population"], Population.keys))
    }
    for (section, keys) in sections {
      var value: YAMLValue? = root
      for key in section { value = try value?.entries().first { $0.key == key }?.value }
      let given = try value?.entries().map(\.key) ?? []
      guard let missing = keys.first(where: { !given.contains($0) }) else { continue }
      throw (value ?? root).mistake(
        "'\((section + [missing]).joined(separator: "."))' is missing; give it, or begin the file with "
          + "'extends: crafter'.")
    }
  }
}

// MARK: - Names

let materialNames = CrafterMaterial.allCases.dropFirst().map { (name: "\($0)", value: $0) }
let itemNames = CrafterItem.allCases.map { (name: $0.name, value: $0) }
let toolNames = itemNames.filter { $0.value.rawValue >= CrafterItem.woodPickaxe.rawValue }
let placeableNames = CrafterDescription.Placeable.allCases.map { (name: $0.rawValue, value: $0) }
let animalNames: [(name: String, value: CrafterKind)] = [
  ("cow", .cow), ("zombie", .zombie), ("skeleton", .skeleton),
]
