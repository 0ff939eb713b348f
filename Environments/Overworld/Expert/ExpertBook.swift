/// One way to come by an item, read off the world's rules.
struct ExpertWay: Sendable {
  /// What is done.
  enum Deed: Sendable {
    /// Crafts a product of the actions' list by a recipe.
    case craft(product: Int, recipe: Int)
    /// Smelts an item into a product of the actions' list.
    case smelt(product: Int, input: Item)
    /// Breaks a block with what harvests it.
    case mine(Block)
    /// Kills a creature; for its wool, one of a colour.
    case kill(CreatureKind, color: UInt8?)
    /// Shears a sheep of a colour, milks a cow.
    case shear(color: UInt8)
    case milk
    /// Walks over one that lies on the ground.
    case pickUp
  }

  var deed: Deed
  /// What comes of it, and how much on average.
  var item: Item
  var amount: Float
}

/// All that the rules let a player come by, and how. Nothing of it is a list made by hand: recipes, furnaces, drops and
/// tools are the world's own tables.
struct ExpertBook: Sendable {
  let ways: [ExpertWay]
  /// By item, the ways to it.
  let waysTo: [[Int]]
  /// By block, the tools that harvest it; empty where the hand does.
  let tools: [[Item]]
  /// What can be burnt, in the order in which it is.
  let fuels: [Item]
  let shears: Item, bucket: Item, craftingTable: Item, furnace: Item, torch: Item

  /// The book of the built-in rules.
  static let standard = ExpertBook(.standard, .standard)

  init(_ rules: MinecraftRules, _ actions: OverworldActions) {
    var ways: [ExpertWay] = []
    for (product, craft) in actions.crafts.enumerated() {
      for index in craft.recipes {
        let recipe = Int(actions.recipes[index])
        ways.append(
          ExpertWay(
            deed: .craft(product: product, recipe: recipe), item: rules.recipes.result[recipe],
            amount: Float(rules.recipes.amount[recipe])))
      }
    }
    for (product, smelt) in actions.smelts.enumerated() {
      for index in smelt.inputs {
        let input = actions.inputs[index]
        ways.append(
          ExpertWay(
            deed: .smelt(product: product, input: input), item: rules.smelting.result[input.index], amount: 1)
        )
      }
    }
    func add(_ deed: ExpertWay.Deed, _ drops: Range<Int>, where holds: (Item) -> Bool = { _ in true }) {
      for index in drops {
        let drop = rules.drops.drops[index]
        let amount = drop.chance * Float(drop.tries) * Float(Int(drop.least) + Int(drop.most)) / 2
        if amount > 0, holds(drop.item) {
          ways.append(ExpertWay(deed: deed, item: drop.item, amount: amount))
        }
        if drop.otherwise != .none && drop.chance < 1 {
          ways.append(ExpertWay(deed: deed, item: drop.otherwise, amount: 1 - drop.chance))
        }
      }
    }
    for block in Block.allCases where rules.blocks.hardness[Int(block.rawValue)].isFinite {
      add(.mine(block), rules.drops.drops(of: block))
    }
    let creatures = CreatureRules.standard
    for kind in CreatureKind.allCases where kind.isAnimal || kind.isHostile {
      add(.kill(kind, color: nil), rules.drops.drops(of: kind)) { $0 != creatures.wool[0] }
    }
    for index in 0..<creatures.woolColors.count {
      let color = creatures.woolColors[index].color, wool = creatures.wool[Int(color)]
      ways.append(ExpertWay(deed: .kill(.sheep, color: color), item: wool, amount: 1))
      ways.append(ExpertWay(deed: .shear(color: color), item: wool, amount: 2))
    }
    ways.append(ExpertWay(deed: .milk, item: creatures.milkBucket, amount: 1))
    for item in rules.items.all { ways.append(ExpertWay(deed: .pickUp, item: item, amount: 1)) }
    self.ways = ways
    var waysTo = [[Int]](repeating: [], count: rules.items.count)
    for (index, way) in ways.enumerated() { waysTo[way.item.index].append(index) }
    self.waysTo = waysTo
    tools = Block.allCases.map { block in
      guard !rules.breaking.harvests(block, 0) else { return [] }
      return rules.items.all.filter { item in
        let column = rules.items.breakingColumn[item.index]
        return column != 0 && rules.breaking.harvests(block, column)
      }
    }
    fuels = rules.items.all.filter { actions.fuelRank[$0.index] != .max }
      .sorted { (actions.fuelRank[$0.index], $0.rawValue) < (actions.fuelRank[$1.index], $1.rawValue) }
    shears = creatures.shears
    bucket = creatures.bucket
    craftingTable = rules.items.item("crafting_table") ?? .none
    furnace = rules.items.item("furnace") ?? .none
    torch = rules.items.item("torch") ?? .none
  }
}
