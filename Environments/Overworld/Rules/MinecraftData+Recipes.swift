import KnackDocuments

extension MinecraftData {
  /// A crafting recipe.
  struct RecipeData {
    var result: ItemReference
    var amount: Int
    /// The rows of a shape from the top, nil for an empty cell; no rows where the order is free.
    var shape: [[ItemReference?]]
    /// What it takes, in the order in which it is written.
    var ingredients: [ItemReference]
    /// What stays in the grid.
    var returns: [ItemReference]
    /// Where it stands, for errors.
    var place: YAMLValue

    /// Whether it needs the 3×3 grid of a crafting table.
    var needsTable: Bool {
      shape.isEmpty ? ingredients.count > 4 : shape.count > 2 || shape.contains { $0.count > 2 }
    }
  }

  /// What an ingredient stands for.
  struct Acceptance {
    var ingredient: ItemReference
    var items: [ItemReference]
    /// The results for which this holds, all where nil; and those for which it does not.
    var results: [ItemReference]?, exceptions: [ItemReference]
    var because: String

    /// Whether it speaks of an ingredient of a recipe.
    func applies(to ingredient: ItemReference, of recipe: RecipeData) -> Bool {
      ingredient == self.ingredient && !exceptions.contains(recipe.result)
        && (results?.contains(recipe.result) ?? true)
    }
  }

  mutating func readRecipes(_ files: DataFiles) throws(DocumentError) {
    recipes = try readRecipes(in: try files.root("recipes"))
    let fields = try files.root("variants").fields(["accepts", "recipes"])
    if let value = fields["recipes"] { addedRecipes = try readRecipes(in: value) }
    for value in try fields["accepts"]?.elements("a list") ?? [] {
      let fields = try value.fields(["ingredient", "items", "for", "except", "because"])
      guard let ingredient = fields["ingredient"], let items = fields["items"],
        let because = fields["because"]
      else { throw value.mistake("this takes 'ingredient', 'items' and 'because'.") }
      var results: [ItemReference]?
      if let value = fields["for"] { results = try references(value) }
      acceptance.append(
        Acceptance(
          ingredient: try reference(ingredient), items: try references(items), results: results,
          exceptions: try fields["except"].map { value throws(DocumentError) in try references(value) } ?? [],
          because: try because.text()))
    }
  }

  private func readRecipes(in root: YAMLValue) throws(DocumentError) -> [RecipeData] {
    var recipes: [RecipeData] = []
    for value in try root.elements("a list of recipes") {
      let fields = try value.fields(["result", "amount", "shape", "ingredients", "returns"])
      guard let result = fields["result"], let amount = fields["amount"],
        (fields["shape"] == nil) != (fields["ingredients"] == nil)
      else { throw value.mistake("a recipe takes 'result', 'amount', and either 'shape' or 'ingredients'.") }
      let shape = try fields["shape"].map { value throws(DocumentError) in try rows(value) } ?? []
      let ingredients = try fields["ingredients"].map { value throws(DocumentError) in try references(value) }
      let returns = try fields["returns"].map { value throws(DocumentError) in try rows(value) } ?? []
      guard shape.count <= 3, shape.allSatisfy({ $0.count <= 3 }), (ingredients?.count ?? 1) <= 9 else {
        throw value.mistake("a recipe fits a grid of three by three.")
      }
      recipes.append(
        RecipeData(
          result: try reference(result), amount: try amount.integer(in: 1...64), shape: shape,
          ingredients: ingredients ?? shape.flatMap { $0.compactMap(\.self) },
          returns: returns.flatMap { $0.compactMap(\.self) }, place: value))
    }
    return recipes
  }

  /// The rows of a grid: names with blanks between, a dot for an empty cell.
  private func rows(_ value: YAMLValue) throws(DocumentError) -> [[ItemReference?]] {
    var rows: [[ItemReference?]] = []
    for row in try value.elements("a list of rows") {
      var cells: [ItemReference?] = []
      for word in try row.text("a row of items").split(separator: " ") {
        cells.append(word == "." ? nil : try known(ItemReference(word), in: row, as: String(word)))
      }
      rows.append(cells)
    }
    return rows
  }

  /// An item that must exist.
  func reference(_ value: YAMLValue) throws(DocumentError) -> ItemReference {
    let reference = try ItemReference(value)
    return try known(reference, in: value, as: reference.description)
  }

  /// Items that must exist.
  func references(_ value: YAMLValue) throws(DocumentError) -> [ItemReference] {
    var references: [ItemReference] = []
    for element in try value.elements("a list of items") { references.append(try reference(element)) }
    return references
  }

  /// A reference whose item exists. The package writes the number where it knows no name.
  private func known(
    _ reference: ItemReference?, in value: YAMLValue, as written: String
  ) throws(DocumentError) -> ItemReference {
    guard var reference else { throw value.mistake("'\(written)' names no item.") }
    if let number = Int(reference.name), let name = itemNames[number] { reference.name = name }
    guard itemPlaces[reference.name] != nil else {
      throw unknownItem(reference.name, at: value.place)
    }
    return reference
  }
}
