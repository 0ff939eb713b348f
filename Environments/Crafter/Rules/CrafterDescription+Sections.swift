import KnackDocuments

// The sections of a world file, each read over what the world that it extends says.

extension CrafterDescription.Ground {
  mutating func read(_ value: YAMLValue) throws(DocumentError) {
    let fields = try value.fields(["creatures", "player", "deadly", "health"])
    try fields.read("creatures", &creatures)
    try fields.read("player", &player)
    try fields.read("deadly", &deadly)
    guard let value = fields["health"] else { return }
    health = [:]
    for (material, value) in try value.entries(of: "material", among: materialNames) {
      health[material] = try value.integer(in: -9...9)
    }
  }
}

extension CrafterDescription.Terrain {
  static let ores = ["diamond", "iron", "coal", "lava"]
  static let shares = ["tree", "coal", "iron", "diamond"]

  mutating func read(_ value: YAMLValue) throws(DocumentError) {
    let fields = try value.fields(["start", "meadow", "shore", "near", "share"])
    try fields.read("start", &start)
    try fields.read("meadow", &meadow)
    try fields.read("shore", &shore)
    if let near = try fields["near"]?.fields(Self.ores) {
      try near.read("diamond", &nearDiamond)
      try near.read("iron", &nearIron)
      try near.read("coal", &nearCoal)
      try near.read("lava", &nearLava)
    }
    if let share = try fields["share"]?.fields(Self.shares) {
      try share.read("tree", &trees, in: 0...1)
      try share.read("coal", &coal, in: 0...1)
      try share.read("iron", &iron, in: 0...1)
      try share.read("diamond", &diamonds, in: 0...1)
    }
  }
}

extension CrafterDescription.Collecting {
  /// Receipts that one entry can have.
  static let maximumReceipts = 4

  init(_ value: YAMLValue, of material: CrafterMaterial) throws(DocumentError) {
    let fields = try value.fields(["requires", "receives", "changes", "quenches-thirst", "leaves", "appears"])
    self.init(
      requires: [:], receives: [], changes: [:], quenchesThirst: false, leaves: material, appears: nil,
      appearanceChance: 0)
    try fields.read("requires", &requires, in: 1...9)
    try fields.read("changes", &changes, in: -9...9)
    try fields.read("quenches-thirst", &quenchesThirst)
    try fields.read("leaves", &leaves)
    if let list = fields["receives"] {
      for (item, value) in try list.entries(of: "item", among: itemNames) {
        var receipt = CrafterDescription.Receipt(item: item, amount: 1, chance: 1)
        if value.isMapping {
          let fields = try value.fields(["amount", "chance"])
          try fields.read("amount", &receipt.amount, in: 1...9)
          try fields.read("chance", &receipt.chance, in: 0...1)
        } else {
          receipt.amount = try value.integer(in: 1...9)
        }
        receives.append(receipt)
      }
      guard receives.count <= Self.maximumReceipts else {
        throw list.mistake("at most \(Self.maximumReceipts) things can be received; leave some out.")
      }
      let chances = receives.map(\.chance).filter { $0 < 1 }
      guard chances.reduce(0, +) <= 1 else {
        throw list.mistake("the chances below 1 exclude each other and add up to more than 1; lower them.")
      }
    }
    if let value = fields["appears"] {
      let creatures = try value.entries(of: "creature", among: animalNames)
      guard creatures.count <= 1 else {
        throw value.mistake("only one kind of creature can appear; leave one.")
      }
      for (kind, chance) in creatures {
        appears = kind
        appearanceChance = try chance.number(in: 0...1)
      }
    }
  }
}

extension CrafterDescription.Placing {
  init(_ value: YAMLValue) throws(DocumentError) {
    self.init(uses: [:], on: [])
    let fields = try value.fields(["uses", "where"])
    try fields.read("uses", &uses, in: 1...9)
    try fields.read("where", &on)
  }
}

extension CrafterDescription.Making {
  init(_ value: YAMLValue) throws(DocumentError) {
    self.init(uses: [:], nearby: [], gives: 1)
    let fields = try value.fields(["uses", "nearby", "gives"])
    try fields.read("uses", &uses, in: 1...9)
    try fields.read("nearby", &nearby)
    try fields.read("gives", &gives, in: 1...9)
  }
}

extension CrafterDescription.Damage {
  mutating func read(_ value: YAMLValue) throws(DocumentError) {
    let fields = try value.fields(["hand", "wood_sword", "stone_sword", "iron_sword"])
    try fields.read("hand", &hand, in: 0...100)
    try fields.read("wood_sword", &woodSword, in: 0...100)
    try fields.read("stone_sword", &stoneSword, in: 0...100)
    try fields.read("iron_sword", &ironSword, in: 0...100)
  }
}

extension CrafterDescription.Creature {
  private static let keys = ["health", "movement", "attack", "arrow-damage", "reward", "stills-hunger"]
  static let plantKeys = keys + ["ripens-after"]

  mutating func read(_ value: YAMLValue) throws(DocumentError) {
    let fields = try value.fields(population == nil ? Self.plantKeys : Self.keys + ["population"])
    try fields.read("health", &health, in: 1...100)
    if let value = fields["movement"] {
      movement = try value.choice(
        "movement", among: CrafterDescription.Movement.allCases.map { (name: $0.rawValue, value: $0) })
    }
    if let value = fields["attack"] { attack = try CrafterDescription.Attack(value, extending: attack) }
    try fields.read("arrow-damage", &arrowDamage, in: -9...9)
    try fields.read("reward", &reward, in: -9...9)
    try fields.read("stills-hunger", &stillsHunger)
    if let value = fields["population"] { try population?.read(value) }
  }
}

extension CrafterDescription.Attack {
  /// `none`, or what differs from `other`.
  init?(
    _ value: YAMLValue, extending other: CrafterDescription.Attack?
  ) throws(DocumentError) {
    if value.isWord("none") { return nil }
    self = other ?? CrafterDescription.Attack(damage: 0, damageAsleep: 0, firstWait: 0, wait: 0)
    let fields = try value.fields(["damage", "asleep", "first-wait", "wait"])
    try fields.read("damage", &damage, in: -9...9)
    try fields.read("asleep", &damageAsleep, in: -9...9)
    try fields.read("first-wait", &firstWait, in: 0...100)
    try fields.read("wait", &wait, in: 0...100)
  }
}

extension CrafterDescription.Population {
  static let keys = [
    "ground", "share", "birth-distance", "death-distance", "birth-chance", "death-chance", "space", "fewest",
    "most",
  ]

  mutating func read(_ value: YAMLValue) throws(DocumentError) {
    let fields = try value.fields(Self.keys)
    try fields.read("ground", &ground)
    try fields.read("share", &initialShare, in: 0...1)
    try fields.read("birth-distance", &birthDistance, in: 0...200)
    try fields.read("death-distance", &deathDistance, in: 0...200)
    try fields.read("birth-chance", &birthChance, in: 0...1)
    try fields.read("death-chance", &deathChance, in: 0...1)
    try fields.read("space", &space, in: 1...145)
    if let value = fields["fewest"] { try fewest.read(value) }
    if let value = fields["most"] { try most.read(value) }
  }
}

extension CrafterDescription.ByDaylight {
  mutating func read(_ value: YAMLValue) throws(DocumentError) {
    guard value.isMapping else {
      self = CrafterDescription.ByDaylight(try value.number(in: 0...20))
      return
    }
    let fields = try value.fields(["dark", "light"])
    try fields.read("dark", &dark, in: 0...20)
    try fields.read("light", &light, in: -20...20)
  }
}

extension CrafterDescription.Arrow {
  mutating func read(_ value: YAMLValue) throws(DocumentError) {
    let fields = try value.fields(["passes", "damage", "breaks"])
    try fields.read("passes", &passes)
    try fields.read("damage", &damage, in: 0...100)
    guard let value = fields["breaks"] else { return }
    breaks = [:]
    for (material, value) in try value.entries(of: "material", among: materialNames) {
      breaks[material] = try value.choice("material", among: materialNames)
    }
  }
}

// MARK: - Values

// Each stores what a key says, if it is given.
extension [String: YAMLValue] {
  func read(_ key: String, _ target: inout Int, in range: ClosedRange<Int>) throws(DocumentError) {
    if let value = self[key] { target = try value.integer(in: range) }
  }

  func read(
    _ key: String, _ target: inout Double, in range: ClosedRange<Double>
  ) throws(DocumentError) {
    if let value = self[key] { target = try value.number(in: range) }
  }

  func read(_ key: String, _ target: inout Bool) throws(DocumentError) {
    if let value = self[key] { target = try value.boolean() }
  }

  func read(_ key: String, _ target: inout String) throws(DocumentError) {
    if let value = self[key] { target = try value.text() }
  }

  func read(_ key: String, _ target: inout CrafterMaterial) throws(DocumentError) {
    if let value = self[key] { target = try value.choice("material", among: materialNames) }
  }

  func read(_ key: String, _ target: inout Set<CrafterMaterial>) throws(DocumentError) {
    guard let value = self[key] else { return }
    target = []
    for element in try value.elements("a list of materials") {
      target.insert(try element.choice("material", among: materialNames))
    }
  }

  func read(
    _ key: String, _ target: inout [CrafterItem: Int], in range: ClosedRange<Int>
  ) throws(DocumentError) {
    guard let value = self[key] else { return }
    target = [:]
    for (item, value) in try value.entries(of: "item", among: itemNames) {
      target[item] = try value.integer(in: range)
    }
  }
}
