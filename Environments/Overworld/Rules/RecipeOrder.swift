import KnackEnvironment
import KnackNumerics
import Synchronization

/// Which recipe makes what: Minecraft's, or a random permutation, in which no knowledge of Minecraft helps.
///
/// A permutation exchanges the products of what can be crafted by an action, and of what can be smelted; what a recipe takes,
/// the crafting table, how many it makes and what it gives back stay with the recipe. All recipes of a product (planks of
/// every wood) change hands together.
public enum RecipeOrder: Sendable, Hashable {
  /// Minecraft's recipes.
  case minecraft
  /// Those of a permutation.
  case permuted(seed: UInt64)

  /// By number: 0 for Minecraft's, else the seed of a permutation.
  init(number: Int) { self = number == 0 ? .minecraft : .permuted(seed: UInt64(number)) }

  /// Rules, the actions under them, and what these can bring about.
  struct Rules: Sendable {
    var minecraft: MinecraftRules, actions: OverworldActions, operators: [Operator]
  }

  /// The rules. Those of a permutation are made once.
  var rules: Rules {
    guard case .permuted(let seed) = self else {
      return Rules(minecraft: .standard, actions: .standard, operators: OverworldOperators.standard)
    }
    return Self.made.withLock { made in
      if let rules = made[seed] { return rules }
      let rules = MinecraftRules.standard.permutingProducts(.standard, seed: seed)
      let actions = OverworldActions.builtIn(rules)
      let all = Rules(
        minecraft: rules, actions: actions, operators: OverworldOperators(rules, actions, .standard).all)
      made[seed] = all
      return all
    }
  }

  private static let made = Mutex<[UInt64: Rules]>([:])
}

extension MinecraftRules {
  /// These rules with the products of their recipes exchanged at random, so that all of them can still be made.
  ///
  /// Recipes get their products one after another: of those whose ingredients can be had by then one is drawn, and of the
  /// products that are left one, those first that some recipe waits for. Where nothing can be made any more before all are
  /// given out, it begins anew.
  func permutingProducts(_ actions: OverworldActions, seed: UInt64) -> MinecraftRules {
    var random = RandomStream(seed: seed, stream: 0)
    let kinds = productGroups(actions)
    for _ in 0..<1000 {
      guard let order = drawOrder(kinds, &random) else { continue }
      var rules = self
      var results = (0..<recipes.count).map { recipes.result[$0] }
      var smelted = (0..<items.count).map { smelting.result[$0] }
      for (kind, groups) in kinds.enumerated() {
        for (place, group) in groups.enumerated() {
          let products = groups[order[kind][place]].products
          for (index, recipe) in group.recipes.enumerated() {
            if kind == 0 {
              results[recipe] = products[index % products.count]
            } else {
              smelted[recipe] = products[index % products.count]
            }
          }
        }
      }
      rules.recipes = recipes.giving(results, items)
      rules.smelting.result = ConstantTable(smelted)
      return rules
    }
    preconditionFailure("no permutation of the recipes leaves all of them to be made")
  }

  /// The recipes for one product, what each takes, and the items that they make.
  private struct ProductGroup {
    /// Numbers of recipes, or of what is smelted.
    var recipes: [Int] = []
    /// For each, sets of items of each of which one is needed.
    var needs: [[[Item]]] = []
    var products: [Item] = []
  }

  /// What can be crafted, and what can be smelted.
  private func productGroups(_ actions: OverworldActions) -> [[ProductGroup]] {
    let crafts = actions.crafts.map { craft in
      var group = ProductGroup()
      for index in craft.recipes {
        let recipe = Int(actions.recipes[index])
        group.recipes.append(recipe)
        group.needs.append(
          recipes.needs(of: recipe).map { need in
            recipes.accepted(recipes.needs[need].set).map { recipes.acceptedItems[$0] }
          })
        if !group.products.contains(recipes.result[recipe]) { group.products.append(recipes.result[recipe]) }
      }
      return group
    }
    let smelts = actions.smelts.map { smelt in
      var group = ProductGroup()
      for index in smelt.inputs {
        let input = actions.inputs[index], result = smelting.result[input.index]
        group.recipes.append(input.index)
        group.needs.append([[input]])
        if !group.products.contains(result) { group.products.append(result) }
      }
      return group
    }
    return [crafts, smelts]
  }

  /// For each group of recipes the group whose products it gets; nil where some could not be made.
  private func drawOrder(_ kinds: [[ProductGroup]], _ random: inout RandomStream) -> [[Int]]? {
    var available = natural(kinds)
    var order = kinds.map { Array(repeating: -1, count: $0.count) }
    var left = kinds.map { Set($0.indices) }
    for _ in 0..<kinds.reduce(0, { $0 + $1.count }) {
      var feasible: [(kind: Int, group: Int)] = [], wanted: Set<Item> = []
      for kind in kinds.indices {
        for group in kinds[kind].indices where order[kind][group] < 0 {
          let needs = kinds[kind][group].needs
          if needs.contains(where: { $0.allSatisfy { !available.isDisjoint(with: $0) } }) {
            feasible.append((kind, group))
          } else {
            wanted.formUnion(needs.joined().joined())
          }
        }
      }
      guard !feasible.isEmpty else { return nil }
      let (kind, group) = feasible[Int(random.below(UInt32(feasible.count)))]
      let products = left[kind].sorted()
      let urgent = products.filter { product in
        let items = kinds[kind][product].products
        return available.isDisjoint(with: items) && items.contains(where: wanted.contains)
      }
      let choices = urgent.isEmpty ? products : urgent
      let product = choices[Int(random.below(UInt32(choices.count)))]
      order[kind][group] = product
      left[kind].remove(product)
      available.formUnion(kinds[kind][product].products)
    }
    return order
  }

  /// What can be had without making it: what no recipe makes, and what blocks of the world and creatures drop.
  private func natural(_ kinds: [[ProductGroup]]) -> Set<Item> {
    var natural = Set(items.all).subtracting(kinds.joined().flatMap(\.products))
    let ranges =
      Block.allCases.filter { $0.isNatural(in: nil) }.map { drops.drops(of: $0) }
      + CreatureKind.allCases.flatMap { [drops.drops(of: $0), drops.sheared($0)] }
    for index in ranges.joined() { natural.insert(drops.drops[index].item) }
    return natural
  }
}
