import KnackDocuments

extension OverworldTask {
  /// The tasks of a file: a mapping of names to tasks.
  ///
  ///     bread_before_night:
  ///       summary: Bake bread before it is dark.   # default: the goal in words
  ///       biome: plains                            # default: a world with all biomes
  ///       time: 1000                               # of day, in ticks from sunrise; default 6000, noon
  ///       food: 12                                 # how full the player is; default 20
  ///       inventory: {wheat_seeds: 3, iron_hoe: 1} # from the hand on
  ///       start: {near: log, within: 3}            # beside a block of the world; default just anywhere
  ///       placed: [crafting_table]                 # what stands about the player
  ///       creatures: {cow: 3}                      # beside those of the world
  ///       within: 30                               # how far away those begin at most
  ///       goal: {obtain: bread}
  ///       ticks: 12000                             # when the episode is cut off; default never
  ///
  /// - Parameter file: what errors call the file.
  /// - Throws: `DocumentError` with file, line and column.
  public static func tasks(yaml: String, file: String) throws(DocumentError) -> [OverworldTask] {
    let root = try YAMLValue(yaml: yaml, file: file)
    var tasks: [OverworldTask] = []
    for entry in try root.entries("a mapping of names to tasks") {
      tasks.append(try OverworldTask(entry.value, name: entry.key))
    }
    guard !tasks.isEmpty else {
      throw root.mistake("there is no task here; write a name, and under it what it asks.")
    }
    return tasks
  }

  /// What a task can say of how an episode begins.
  static let beginning = [
    "summary", "biome", "time", "food", "inventory", "start", "placed", "creatures", "within",
  ]

  private init(_ value: YAMLValue, name: String) throws(DocumentError) {
    let fields = try value.fields(Self.beginning + ["goal", "ticks"])
    guard let goalValue = fields["goal"] else { throw value.mistake("the task '\(name)' has no 'goal'.") }
    let goal = try OverworldGoal(goalValue, MinecraftRules.standard)
    try self.init(beginning: fields, name: name)
    let words = goal.words
    if fields["summary"] == nil { summary = words.prefix(1).uppercased() + words.dropFirst() + "." }
    self.goal = goal
    tickLimit = try fields["ticks"]?.integer(in: 1...1_000_000_000)
  }

  /// How an episode begins, of the fields of a mapping; nothing is asked.
  init(beginning fields: [String: YAMLValue], name: String) throws(DocumentError) {
    let rules = MinecraftRules.standard
    self.init(name: name, summary: try fields["summary"]?.text() ?? "")
    biome = try fields["biome"]?.choice("biome", among: Biome.allCases.map { ($0.name, $0) })
    time = try fields["time"]?.integer(in: 0...Int(Daylight.dayLength) - 1) ?? time
    if let value = fields["inventory"] { inventory = try Self.inventory(value, rules.items) }
    food = try fields["food"]?.integer(in: 1...20) ?? food
    if let value = fields["start"] { start = try Start(value, biome, rules.blocks) }
    for value in try fields["placed"]?.elements("a list of blocks") ?? [] {
      guard placed.count < 4 else { throw value.mistake("at most four blocks are placed about the player.") }
      placed.append(try value.choice("block to be placed", among: Self.placeable(rules)))
    }
    let within = try fields["within"]?.integer(in: 1...BlockGrid.side / 2) ?? 30
    let kinds = CreatureKind.allCases.filter { $0.isAnimal || $0.isHostile }.map { ($0.name, $0) }
    for (kind, value) in try fields["creatures"]?.entries(of: "creature", among: kinds) ?? [] {
      creatures.append(
        Creatures(kind: kind, count: try value.integer(in: 1...Self.mostCreatures), within: within))
      guard creatures.reduce(0, { $0 + $1.count }) <= Self.mostCreatures else {
        throw value.mistake(
          "a task begins with at most \(Self.mostCreatures) creatures of its own; leave some out.")
      }
    }
  }

  /// The blocks that an item places and that stand by themselves on the ground, by Minecraft's names.
  private static func placeable(_ rules: MinecraftRules) -> [(name: String, value: Block)] {
    Block.allCases.filter {
      rules.blocks.item[Int($0.rawValue)] != .none && rules.blocks.shape[Int($0.rawValue)] != .none
        && !rules.blocks.isSupported[Int($0.rawValue)] && !rules.blocks.falls[Int($0.rawValue)]
    }.map { ($0.name, $0) }
  }

  /// The most creatures that a task puts into a world: two thirds of what there is room for.
  private static let mostCreatures = 32

  /// The stacks of a mapping of items to counts, in its order.
  private static func inventory(_ value: YAMLValue, _ items: ItemTable) throws(DocumentError) -> [ItemStack] {
    var stacks: [ItemStack] = []
    for entry in try value.entries("a mapping of items to counts") {
      let item = try items.item(entry)
      let size = Int(items.stackSize[item.index])
      let count = try entry.value.integer(in: 1...36 * size)
      for first in stride(from: 0, to: count, by: size) {
        stacks.append(ItemStack(item, UInt8(min(size, count - first))))
      }
      guard stacks.count <= 36 else {
        throw entry.value.mistake(
          "\(entry.value.path) finds no room: the player has 36 slots, each for \(size) of it.")
      }
    }
    return stacks
  }
}

extension OverworldTask.Start {
  fileprivate init(_ value: YAMLValue, _ biome: Biome?, _ blocks: BlockTable) throws(DocumentError) {
    let fields = try value.fields(["near", "within"])
    guard let near = fields["near"] else {
      throw value.mistake("'\(value.path)' takes 'near', the name of a block.")
    }
    let grown = Block.allCases.filter { $0.isNatural(in: nil) }.map {
      blocks.minecraftNames[Int($0.rawValue)]
    }
    self.near = try near.choice("block that worlds grow", among: Set(grown).sorted().map { ($0, $0) })
    let name = self.near
    let isThere = Block.allCases.contains {
      blocks.minecraftNames[Int($0.rawValue)] == name && $0.isNatural(in: biome)
    }
    guard isThere else {
      throw near.mistake(
        "no episode can begin there: a world of \(biome?.name ?? "all biomes") has no \(name).")
    }
    within = try fields["within"]?.integer(in: 1...8) ?? 3
  }
}

extension Block {
  /// Whether the worlds of a biome, or those of all biomes, have it before anybody builds.
  func isNatural(in biome: Biome?) -> Bool {
    let traits = biome.map { BiomeTraits.of($0) }
    func grows(_ share: KeyPath<BiomeTraits, Float>) -> Bool { traits.map { $0[keyPath: share] > 0 } ?? true }
    switch self {
    case .stone, .dirt, .gravel, .sand, .clay, .water, .lava, .coalOre, .ironOre, .goldOre, .redstoneOre,
      .lapisOre,
      .diamondOre:
      return true
    case .grass: return biome != .desert
    case .oakLog, .oakLeaves, .spruceLog, .spruceLeaves, .birchLog, .birchLeaves: return grows(\.trees)
    case .tallGrass: return grows(\.grass)
    case .yellowFlower, .redFlower: return grows(\.flowers)
    case .pumpkin: return biome != .desert
    case .brownMushroom, .redMushroom: return grows(\.mushrooms)
    case .cactus: return grows(\.cacti)
    case .deadBush: return grows(\.deadBushes)
    case .reeds: return grows(\.reeds)
    default: return false
    }
  }
}

extension OverworldGoal {
  /// A goal: a mapping of which all entries must hold.
  init(_ value: YAMLValue, _ rules: MinecraftRules) throws(DocumentError) {
    var goals: [OverworldGoal] = []
    let known = ["any", "obtain", "near", "eat", "after", "before", "light"]
    let fields = try value.fields(known, what: "condition")
    for key in known {
      guard let field = fields[key] else { continue }
      switch key {
      case "any":
        var choices: [OverworldGoal] = []
        for element in try field.elements("a list of goals") {
          choices.append(try OverworldGoal(element, rules))
        }
        guard !choices.isEmpty else { throw field.mistake("'any' takes at least one goal.") }
        goals.append(.any(choices))
      case "obtain":
        for (item, count) in try Self.counts(field, rules.items) {
          goals.append(.obtain(item: item, count: count))
        }
      case "eat":
        for (item, count) in try Self.counts(field, rules.items) {
          guard rules.items.items(named: item).contains(where: { rules.items.foodPoints[$0.index] > 0 })
          else {
            throw field.mistake("'\(item)' cannot be eaten.")
          }
          goals.append(.eat(item: item, count: count))
        }
      case "near": goals.append(.near(try Self.thing(field, rules)))
      case "after": goals.append(.after(ticks: try field.integer(in: 1...1_000_000_000)))
      case "before": goals.append(.before(ticks: try field.integer(in: 1...1_000_000_000)))
      default:
        let light = try field.fields(["sky", "blocks"])
        goals.append(
          .light(
            sky: try light["sky"]?.integer(in: 0...15) ?? 15,
            blocks: try light["blocks"]?.integer(in: 0...15) ?? 0))
      }
    }
    guard let first = goals.first else {
      throw value.mistake(
        "a goal takes at least one condition; choose from \(known.joined(separator: ", ")).")
    }
    self = goals.count == 1 ? first : .all(goals)
    guard size <= GoalTable.most, meals <= GoalTable.mostTallies else {
      throw value.mistake(
        "a goal has at most \(GoalTable.most) conditions, \(GoalTable.mostTallies) of them of meals; leave some out."
      )
    }
  }

  /// Conditions, those that join others included; and those about meals.
  private var size: Int {
    switch self {
    case .all(let goals), .any(let goals): 1 + goals.reduce(0) { $0 + $1.size }
    default: 1
    }
  }

  private var meals: Int {
    switch self {
    case .all(let goals), .any(let goals): goals.reduce(0) { $0 + $1.meals }
    case .eat: 1
    default: 0
    }
  }

  /// An item (one of it), or a mapping of items to counts.
  private static func counts(_ value: YAMLValue, _ items: ItemTable) throws(DocumentError) -> [(String, Int)]
  {
    guard value.isMapping else { return [(try items.name(value), 1)] }
    var counts: [(String, Int)] = []
    for entry in try value.entries() {
      try items.check(entry.key, at: entry.place)
      counts.append((entry.key, try entry.value.integer(in: 1...36 * 64)))
    }
    return counts
  }

  /// The name of a block or a creature.
  private static func thing(_ value: YAMLValue, _ rules: MinecraftRules) throws(DocumentError) -> String {
    let creatures = CreatureKind.allCases.filter { $0.isAnimal || $0.isHostile }.map(\.name)
    let names = creatures + Set(rules.blocks.minecraftNames).subtracting(["air"]).sorted()
    return try value.choice("block or creature", among: names.map { ($0, $0) })
  }
}

extension ItemTable {
  /// Throws unless there is an item of a name.
  fileprivate func check(_ name: String, at place: String) throws(DocumentError) {
    guard items(named: name).isEmpty else { return }
    throw DocumentError(
      "\(place): there is no item '\(name)'; \(mend(name, among: Set(names.dropFirst()).sorted()))")
  }

  /// The name of an item.
  fileprivate func name(_ value: YAMLValue) throws(DocumentError) -> String {
    let name = try value.text("the name of an item")
    try check(name, at: value.place)
    return name
  }

  /// The item of a key, `planks` or `planks:5`.
  fileprivate func item(_ entry: YAMLValue.Entry) throws(DocumentError) -> Item {
    if let written = ItemReference(entry.key), let item = item(written.name, written.metadata ?? 0) {
      return item
    }
    try check(String(entry.key.prefix { $0 != ":" }), at: entry.place)
    throw DocumentError("\(entry.place): '\(entry.key)' has no such metadata.")
  }
}
