import KnackDocuments

/// Crafting recipes, in flat columns: first the package's in its order, then those of other woods and colours.
///
/// What a recipe takes is a list of needs: so many of any of the items of a set. The sets of one recipe do not overlap,
/// so each need can be met on its own.
public struct RecipeTable: Sendable {
  /// So many of the items of a set.
  public struct Need: BitwiseCopyable, Sendable {
    /// The set; ``RecipeTable/accepted(_:)`` has its items.
    public var set: UInt16
    /// How many.
    public var count: UInt8
  }

  /// The number of recipes, and of those the package's own.
  public let count: Int, publishedCount: Int
  /// What a recipe gives.
  public private(set) var result: ConstantTable<Item>
  /// How many of that.
  public let amount: ConstantTable<UInt8>
  /// Whether it takes a crafting table; otherwise it fits the 2×2 grid of the inventory.
  public let needsTable: ConstantTable<Bool>
  /// Whether it makes one worn tool out of two, rather than something new.
  public let repairs: ConstantTable<Bool>
  /// What stays in the grid, such as buckets, and how many.
  public let returned: ConstantTable<Item>, returnedCount: ConstantTable<UInt8>
  /// All needs, and by recipe the first of its own; one more entry than recipes.
  public let needs: ConstantTable<Need>, firstNeed: ConstantTable<UInt16>
  /// Items of all sets, and by set the first of its own; one more entry than sets.
  public let acceptedItems: ConstantTable<Item>, firstAccepted: ConstantTable<UInt16>
  /// What can be crafted: each name once, in the order of the first recipe for it (`planks`, `stick`, …).
  public private(set) var products: [String]
  /// Recipes sorted by product, and by product the first of its own; one more entry than products.
  public private(set) var productRecipes: ConstantTable<UInt16>, firstProductRecipe: ConstantTable<UInt16>

  /// A recipe's needs, as indices into ``needs``.
  @inlinable public func needs(of recipe: Int) -> Range<Int> {
    Int(firstNeed[recipe])..<Int(firstNeed[recipe + 1])
  }

  /// The items of a set, as indices into ``acceptedItems``.
  @inlinable public func accepted(_ set: UInt16) -> Range<Int> {
    Int(firstAccepted[Int(set)])..<Int(firstAccepted[Int(set) + 1])
  }

  /// The recipes for a product, as indices into ``productRecipes``.
  @inlinable public func recipes(for product: Int) -> Range<Int> {
    Int(firstProductRecipe[product])..<Int(firstProductRecipe[product + 1])
  }

  /// Whether there is enough for a recipe, crafting table apart.
  ///
  /// - Parameter counts: by item code, how many there are.
  /// - Complexity: O(*n*) for *n* items that serve.
  @inlinable public func isCraftable(_ recipe: Int, counts: UnsafePointer<UInt16>) -> Bool {
    for need in needs(of: recipe) {
      var found = 0
      for item in accepted(needs[need].set) { found += Int(counts[acceptedItems[item].index]) }
      if found < Int(needs[need].count) { return false }
    }
    return true
  }

  init(_ data: MinecraftData, _ items: ItemTable) throws(DocumentError) {
    let recipes = data.recipes + data.addedRecipes
    count = recipes.count
    publishedCount = data.recipes.count
    func code(_ reference: ItemReference) -> Item {
      items.item(reference.name, reference.metadata ?? 0) ?? .none
    }
    var needs: [Need] = [], firstNeed: [UInt16] = [0]
    var sets: [[Item]] = []
    for recipe in recipes {
      let first = needs.count
      for ingredient in recipe.ingredients {
        let accepted = data.accepted(ingredient, of: recipe, items)
        let set: Int
        if let known = sets.firstIndex(of: accepted) {
          set = known
        } else {
          set = sets.count
          sets.append(accepted)
        }
        if let need = needs[first...].firstIndex(where: { Int($0.set) == set }) {
          needs[need].count += 1
        } else if needs[first...].contains(where: { !Set(sets[Int($0.set)]).isDisjoint(with: accepted) }) {
          throw recipe.place.mistake("'\(ingredient)' and another ingredient stand for the same items.")
        } else {
          needs.append(Need(set: UInt16(set), count: 1))
        }
      }
      firstNeed.append(UInt16(needs.count))
    }
    result = ConstantTable(recipes.map { code($0.result) })
    amount = ConstantTable(recipes.map { UInt8($0.amount) })
    needsTable = ConstantTable(recipes.map(\.needsTable))
    repairs = ConstantTable(
      recipes.map { recipe in
        recipe.ingredients.count == 2 && recipe.ingredients.allSatisfy { $0.name == recipe.result.name }
      })
    returned = ConstantTable(recipes.map { $0.returns.first.map(code) ?? .none })
    returnedCount = ConstantTable(recipes.map { UInt8($0.returns.count) })
    self.needs = ConstantTable(needs)
    self.firstNeed = ConstantTable(firstNeed)
    acceptedItems = ConstantTable(sets.flatMap(\.self))
    firstAccepted = ConstantTable(sets.reduce(into: [0]) { $0.append($0[$0.count - 1] + UInt16($1.count)) })
    (products, productRecipes, firstProductRecipe) = Self.grouped(recipes.map(\.result.name))
  }

  /// The products that recipes are for, and each one's recipes.
  private static func grouped(
    _ names: [String]
  ) -> (products: [String], recipes: ConstantTable<UInt16>, first: ConstantTable<UInt16>) {
    var byProduct: [[UInt16]] = [], products: [String] = []
    for (index, name) in names.enumerated() {
      if let product = products.firstIndex(of: name) {
        byProduct[product].append(UInt16(index))
      } else {
        products.append(name)
        byProduct.append([UInt16(index)])
      }
    }
    return (
      products, ConstantTable(byProduct.flatMap(\.self)),
      ConstantTable(byProduct.reduce(into: [0]) { $0.append($0[$0.count - 1] + UInt16($1.count)) })
    )
  }

  /// The same recipes with other results.
  func giving(_ results: [Item], _ items: ItemTable) -> RecipeTable {
    precondition(results.count == count, "every recipe has a result")
    var table = self
    table.result = ConstantTable(results)
    (table.products, table.productRecipes, table.firstProductRecipe) = Self.grouped(
      results.map { items.names[$0.index] })
    return table
  }
}

extension MinecraftData {
  /// The items that serve as an ingredient of a recipe, in the order of their codes.
  func accepted(_ ingredient: ItemReference, of recipe: RecipeData, _ items: ItemTable) -> [Item] {
    let standFor = acceptance.first { $0.applies(to: ingredient, of: recipe) }?.items ?? [ingredient]
    let accepted = standFor.flatMap { reference in
      reference.metadata.map { [items.item(reference.name, $0)].compactMap(\.self) }
        ?? items.items(named: reference.name)
    }
    return Set(accepted).sorted { $0.rawValue < $1.rawValue }
  }
}
