import KnackDocuments

/// What can be crafted by one action, and its recipes.
public struct CraftProduct: Sendable {
  /// Minecraft's name.
  public let name: String
  /// Its recipes, as indices into ``OverworldActions/recipes``.
  let recipes: Range<Int>
}

/// What can be smelted by one action, and out of what.
public struct SmeltProduct: Sendable {
  /// Minecraft's name.
  public let name: String
  /// What becomes it, as indices into ``OverworldActions/inputs``.
  let inputs: Range<Int>
}

/// What one action of the flat list does.
public struct FlatAction: Sendable {
  /// What kind of thing it is.
  enum Verb: BitwiseCopyable, Sendable {
    case move, attack, use, equip, place, drop, craft, smelt
  }

  /// Its name, such as `craft_wooden_pickaxe`.
  public let name: String
  let verb: Verb
  /// What it holds.
  let controls: Controls
  /// The items that it is about, as indices into ``OverworldActions/named``; or the product in `lowerBound`.
  let items: Range<Int>
}

/// The actions of the Overworld: the flat list, and what the factored space's arguments mean. Read from
/// `Data/actions.yaml`.
public struct OverworldActions: Sendable {
  /// The flat list, for agents that choose one of so many: movements, attack and use, then one action for each item that can
  /// be placed, taken into the hand, crafted, smelted or thrown away.
  public let flat: [FlatAction]
  /// What can be crafted, and smelted.
  public let crafts: [CraftProduct], smelts: [SmeltProduct]

  /// The recipes of all products, which repair nothing.
  let recipes: ConstantTable<UInt16>
  /// What all smelted products are made of.
  let inputs: ConstantTable<Item>
  /// The items of all names.
  let named: ConstantTable<Item>
  /// By item, in which turn it is burnt; 255 where it is not.
  let fuelRank: ConstantTable<UInt8>
  /// By item, the flat action that equips, places and throws it; -1 where there is none.
  let equipAction: ConstantTable<Int16>, placeAction: ConstantTable<Int16>, dropAction: ConstantTable<Int16>
  /// By item, recipes that take it as their rarest ingredient and the products that they are for: those alone need be
  /// looked at.
  let watched: ConstantTable<WatchedRecipe>, firstWatched: ConstantTable<UInt16>
  /// By item, the smelted product that it becomes; -1 where there is none.
  let smeltProduct: ConstantTable<Int16>
  /// The first flat action that crafts, and that smelts.
  let firstCraft: Int, firstSmelt: Int

  /// A recipe and the product of ``crafts`` that it is for.
  struct WatchedRecipe: BitwiseCopyable, Sendable {
    var recipe: UInt16, product: UInt16
  }

  /// The number of controls at the head of the flat list, of which only the last four are ever masked.
  static let movements: [(name: String, verb: FlatAction.Verb, controls: Controls)] = [
    ("noop", .move, Controls()),
    ("forward", .move, Controls(forward: 1)),
    ("back", .move, Controls(forward: -1)),
    ("strafe_left", .move, Controls(strafe: -1)),
    ("strafe_right", .move, Controls(strafe: 1)),
    ("jump", .move, Controls(jump: true)),
    ("jump_forward", .move, Controls(forward: 1, jump: true)),
    ("sprint_forward", .move, Controls(forward: 1, sprint: true)),
    ("sneak", .move, Controls(sneak: true)),
    ("turn_left", .move, Controls(turn: -1)),
    ("turn_right", .move, Controls(turn: 1)),
    ("look_up", .move, Controls(tilt: -1)),
    ("look_down", .move, Controls(tilt: 1)),
    ("attack", .attack, Controls(attack: true)),
    ("use", .use, Controls(use: true)),
  ]
  /// Places in the flat list.
  static let lookUp = 11, lookDown = 12, attack = 13, use = 14

  /// The actions that the program brings along, read once.
  public static let standard = builtIn(MinecraftRules.standard)

  /// The same actions under other rules.
  static func builtIn(_ rules: MinecraftRules) -> OverworldActions {
    KnackOverworld.builtIn { () throws(DocumentError) in
      try OverworldActions(yaml: String(decoding: PackageResources.actions_yaml, as: UTF8.self), rules)
    }
  }

  /// The actions of a text in the format of `Data/actions.yaml`.
  ///
  /// - Throws: `DocumentError` with file, line and column.
  init(yaml: String, _ rules: MinecraftRules) throws(DocumentError) {
    precondition(rules.items.count <= ItemCounts.capacity, "there are more items than can be counted")
    let root = try YAMLValue(yaml: yaml, file: "actions.yaml")
    let fields = try root.fields(["craft", "smelt", "fuels", "place", "equip", "drop"])
    let known = Array(Set(rules.items.names.dropFirst())).sorted()
    /// The names of a list, each of which has items for which `holds` is true.
    func names(
      _ key: String, _ what: String, _ holds: (Item) -> Bool
    ) throws(DocumentError) -> [(name: String, items: [Item])] {
      var list: [(name: String, items: [Item])] = []
      for value in try fields[key]?.elements("a list of items") ?? [] {
        let name = try value.text("the name of an item")
        let items = rules.items.items(named: name)
        guard !items.isEmpty else {
          throw value.mistake("there is no item '\(name)'; \(mend(name, among: known))")
        }
        let fitting = items.filter(holds)
        guard !fitting.isEmpty else { throw value.mistake("'\(name)' cannot be \(what).") }
        guard !list.contains(where: { $0.name == name }) else {
          throw value.mistake("'\(name)' is given twice.")
        }
        list.append((name, fitting))
      }
      return list
    }
    let table = rules.recipes
    let byItem = Dictionary(grouping: (0..<table.count).filter { !table.repairs[$0] }) {
      table.result[$0].index
    }
    let crafted = try names("craft", "crafted") { byItem[$0.index] != nil }
    let smelted = try names("smelt", "smelted") { item in
      rules.items.all.contains { rules.smelting.result[$0.index] == item }
    }
    let fuels = try names("fuels", "burnt") { rules.smelting.burnTicks[$0.index] > 0 }
    let placed = try names("place", "placed") { rules.items.places[$0.index] != .air }
    let equipped = try names("equip", "equipped") { _ in true }
    let dropped = try names("drop", "dropped") { _ in true }

    var recipes: [UInt16] = [], crafts: [CraftProduct] = []
    var watched = [[WatchedRecipe]](repeating: [], count: rules.items.count)
    let rarity = Dictionary(grouping: (0..<table.needs.count).map { table.needs[$0].set }, by: \.self)
      .mapValues(\.count)
    for (product, craft) in crafted.enumerated() {
      let first = recipes.count
      for recipe in craft.items.flatMap({ byItem[$0.index] ?? [] }).sorted() {
        recipes.append(UInt16(recipe))
        let needs = table.needs(of: recipe).map { table.needs[$0].set }
        guard let rarest = needs.min(by: { (rarity[$0] ?? 0) < (rarity[$1] ?? 0) }) else { continue }
        for index in table.accepted(rarest) {
          watched[table.acceptedItems[index].index].append(
            WatchedRecipe(recipe: UInt16(recipe), product: UInt16(product)))
        }
      }
      crafts.append(CraftProduct(name: craft.name, recipes: first..<recipes.count))
    }
    var inputs: [Item] = [], smelts: [SmeltProduct] = []
    var smeltProduct = [Int16](repeating: -1, count: rules.items.count)
    for (product, smelt) in smelted.enumerated() {
      let first = inputs.count
      for item in rules.items.all where smelt.items.contains(rules.smelting.result[item.index]) {
        // What is worn is not melted down.
        guard rules.items.durability[item.index] == 0 else { continue }
        inputs.append(item)
        smeltProduct[item.index] = Int16(product)
      }
      smelts.append(SmeltProduct(name: smelt.name, inputs: first..<inputs.count))
    }

    var flat = Self.movements.map {
      FlatAction(name: $0.name, verb: $0.verb, controls: $0.controls, items: 0..<0)
    }
    var named: [Item] = []
    func add(_ verb: FlatAction.Verb, _ list: [(name: String, items: [Item])]) -> [Int16] {
      var actions = [Int16](repeating: -1, count: rules.items.count)
      for (name, items) in list {
        for item in items { actions[item.index] = Int16(flat.count) }
        flat.append(
          FlatAction(
            name: "\(verb)_\(name)", verb: verb, controls: Controls(),
            items: named.count..<named.count + items.count))
        named += items
      }
      return actions
    }
    placeAction = ConstantTable(add(.place, placed))
    equipAction = ConstantTable(add(.equip, equipped))
    firstCraft = flat.count
    for (product, craft) in crafts.enumerated() {
      flat.append(
        FlatAction(
          name: "craft_\(craft.name)", verb: .craft, controls: Controls(), items: product..<product + 1))
    }
    firstSmelt = flat.count
    for (product, smelt) in smelts.enumerated() {
      flat.append(
        FlatAction(
          name: "smelt_\(smelt.name)", verb: .smelt, controls: Controls(), items: product..<product + 1))
    }
    dropAction = ConstantTable(add(.drop, dropped))
    var ranks = [UInt8](repeating: .max, count: rules.items.count)
    for (rank, fuel) in fuels.enumerated() {
      for item in fuel.items { ranks[item.index] = UInt8(rank) }
    }
    self.flat = flat
    self.crafts = crafts
    self.smelts = smelts
    self.recipes = ConstantTable(recipes)
    self.inputs = ConstantTable(inputs)
    self.named = ConstantTable(named)
    fuelRank = ConstantTable(ranks)
    self.watched = ConstantTable(watched.flatMap(\.self))
    firstWatched = ConstantTable(watched.reduce(into: [0]) { $0.append($0[$0.count - 1] + UInt16($1.count)) })
    self.smeltProduct = ConstantTable(smeltProduct)
  }

  /// The names of the flat list, in the order of the actions' numbers.
  public var names: [String] { flat.map(\.name) }
}
