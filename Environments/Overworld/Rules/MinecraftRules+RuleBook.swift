import KnackDocuments
import KnackEnvironment

extension MinecraftRules {
  /// What the world goes by: recipes, blocks, items, breaking times, smelting, and what creatures drop.
  @Sendable public static func ruleBook() -> RuleBook {
    builtIn { () throws(DocumentError) in
      let data = try MinecraftData(.standard)
      let writer = RuleWriter(data: data, rules: try MinecraftRules(data))
      return RuleBook(
        id: "Overworld-v1",
        sections: [
          writer.recipes(
            data.recipes, "recipes", summary: "Crafting, as Minecraft 1.11's published data have it."),
          writer.recipes(
            data.addedRecipes, "variants",
            summary: "The same in other woods and colours, which they leave out."),
          writer.blocks, writer.states, writer.items, writer.breaking, writer.smelting, writer.fuels,
          writer.creatures,
        ])
    }
  }
}

/// Writes the sections of the rule book.
struct RuleWriter {
  let data: MinecraftData
  let rules: MinecraftRules

  private func number(_ value: Double) -> JSON {
    value == value.rounded() ? .integer(Int(value)) : .number(value)
  }

  /// `1.15`, `3`.
  private func short(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : "\(value)"
  }

  // MARK: Crafting

  func recipes(_ recipes: [MinecraftData.RecipeData], _ name: String, summary: String) -> RuleBook.Section {
    RuleBook.Section(
      name, summary: summary, json: .array(recipes.map(json)),
      rows: [["result", "amount", "grid", "ingredients"]]
        + recipes.map { recipe in
          [
            recipe.result.description, "\(recipe.amount)", recipe.needsTable ? "3x3" : "2x2",
            ingredients(of: recipe).map { ingredient in
              let stands = accepted(ingredient.item, of: recipe)
              return "\(ingredient.amount) \(ingredient.item)"
                + (stands.map { " (serve: \($0.items.joined(separator: ", ")))" } ?? "")
            }.joined(separator: ", "),
          ]
        })
  }

  private func json(_ recipe: MinecraftData.RecipeData) -> JSON {
    var fields: [(name: String, value: JSON)] = [
      ("result", .string(recipe.result.name)), ("metadata", .integer(recipe.result.metadata ?? 0)),
      ("amount", .integer(recipe.amount)),
      (
        "ingredients",
        .array(
          ingredients(of: recipe).map { ingredient in
            var fields: [(name: String, value: JSON)] = [
              ("name", .string(ingredient.item.name)),
              ("metadata", ingredient.item.metadata.map(JSON.integer) ?? .null),
              ("amount", .integer(ingredient.amount)),
            ]
            if let accepted = accepted(ingredient.item, of: recipe) {
              fields.append(("accepts", .array(accepted.items.map(JSON.string))))
              fields.append(("because", .string(accepted.because)))
            }
            return .object(fields)
          })
      ),
    ]
    if !recipe.shape.isEmpty {
      fields.append(
        (
          "shape",
          .array(recipe.shape.map { .array($0.map { $0.map { .string($0.description) } ?? .null }) })
        ))
    }
    if let returned = recipe.returns.first {
      fields.append(
        ("returns", .fields(["name": .string(returned.name), "amount": .integer(recipe.returns.count)])))
    }
    fields.append(("needsTable", .boolean(recipe.needsTable)))
    return .object(fields)
  }

  /// Ingredients as they are written, equal ones counted together.
  private func ingredients(
    of recipe: MinecraftData.RecipeData
  ) -> [(item: ItemReference, amount: Int)] {
    recipe.ingredients.reduce(into: []) { counted, item in
      if let place = counted.firstIndex(where: { $0.item == item }) {
        counted[place].amount += 1
      } else {
        counted.append((item, 1))
      }
    }
  }

  /// The items that serve, where they are not just those that are written; and why.
  private func accepted(
    _ ingredient: ItemReference, of recipe: MinecraftData.RecipeData
  ) -> (items: [String], because: String)? {
    data.acceptance.first { $0.applies(to: ingredient, of: recipe) }.map { acceptance in
      (
        data.accepted(ingredient, of: recipe, rules.items).map {
          "\(rules.items.names[$0.index]):\(rules.items.metadata[$0.index])"
        }, acceptance.because
      )
    }
  }

  // MARK: Blocks and items

  var blocks: RuleBook.Section {
    let blocks = data.blockNames.compactMap { name in data.blocks[name].map { (name: name, block: $0) } }
    return RuleBook.Section(
      "blocks", summary: "Minecraft 1.11's blocks; where nothing is said of tools, everything harvests them.",
      json: .array(
        blocks.map { name, block in
          .fields([
            "name": .string(name), "id": .integer(block.id),
            "hardness": block.hardness.map(number) ?? .null, "diggable": .boolean(block.diggable),
            "material": block.material.map(JSON.string) ?? .null,
            "harvestTools": block.tools.map { .array($0.map(JSON.string)) } ?? .null,
            "drops": .array(
              block.drops.map { drop in
                .fields([
                  "item": .string(drop.item.name),
                  "metadata": drop.item.metadata.map(JSON.integer) ?? .null,
                  "least": number(drop.least ?? 1), "most": number(drop.most ?? max(1, drop.least ?? 1)),
                ])
              }),
            "stackSize": .integer(block.stack), "transparent": .boolean(block.transparent),
            "emitLight": .integer(block.emits), "filterLight": .integer(block.filters),
            "corrections": .array(
              block.corrections.map {
                .fields([
                  "field": .string($0.field), "published": .string($0.published),
                  "because": .string($0.because),
                ])
              }),
          ])
        }),
      rows: [["block", "hardness", "drops", "harvested by"]]
        + blocks.map { name, block in
          [
            name, block.hardness.map(short) ?? "unbreakable",
            block.drops.map { drop in
              let most = drop.most ?? max(1, drop.least ?? 1)
              return most == 1 && drop.least == nil
                ? "\(drop.item)" : "\(short(drop.least ?? 1)) to \(short(most)) \(drop.item)"
            }.joined(separator: ", "),
            block.tools?.joined(separator: ", ") ?? "",
          ]
        })
  }

  var states: RuleBook.Section {
    let rows = Block.allCases.map { block -> (block: Block, json: JSON, row: [String]) in
      let state = data.states[Int(block.rawValue)]
      let drops = rules.drops.drops(of: block), sheared = rules.drops.drops(of: block, sheared: true)
      let json = JSON.fields([
        "name": .string(block.name), "block": .string(state.block), "metadata": .integer(state.metadata),
        "shape": .string("\(state.shape)"), "drops": json(drops), "sheared": json(sheared),
        "item": state.item.map { .string($0.description) } ?? .null,
        "because": data.stateDrops[block].map { .string($0.because) } ?? .null,
      ])
      return (
        block, json,
        [
          block.name, "\(state.block):\(state.metadata)", "\(state.shape)", words(drops),
          sheared == drops ? "" : words(sheared),
        ]
      )
    }
    return RuleBook.Section(
      "states",
      summary: "The states that can stand in the world, and what they drop when they are harvested.",
      json: .array(rows.map(\.json)),
      rows: [["state", "of", "shape", "drops", "drops to shears"]] + rows.map(\.row))
  }

  private func json(_ drops: Range<Int>) -> JSON {
    .array(
      drops.map { index in
        let drop = rules.drops.drops[index]
        return .fields([
          "item": .string(rules.items.names[drop.item.index]),
          "metadata": .integer(rules.items.metadata[drop.item.index]), "least": .integer(Int(drop.least)),
          "most": .integer(Int(drop.most)), "tries": .integer(Int(drop.tries)),
          "chance": .number(Double("\(drop.chance)") ?? 1),
          "otherwise": drop.otherwise == .none ? .null : .string(rules.items.label(drop.otherwise)),
          "burnt": drop.burnt == drop.item ? .null : .string(rules.items.label(drop.burnt)),
        ])
      })
  }

  private func words(_ drops: Range<Int>) -> String {
    drops.map { index in
      let drop = rules.drops.drops[index]
      let count = drop.least == drop.most ? "\(drop.least)" : "\(drop.least) to \(drop.most)"
      return (drop.tries == 1 ? "" : "\(drop.tries) times ")
        + (drop.chance == 1 ? "" : "with \(drop.chance) ")
        + "\(count) \(rules.items.label(drop.item))"
        + (drop.otherwise == .none ? "" : ", else \(rules.items.label(drop.otherwise))")
    }.joined(separator: "; ")
  }

  var items: RuleBook.Section {
    let table = rules.items
    return RuleBook.Section(
      "items",
      summary: "Items with their metadata: how many lie in one slot, wear, food and saturation, damage.",
      json: .array(
        table.all.map { item in
          let i = item.index
          return .fields([
            "name": .string(table.names[i]), "metadata": .integer(table.metadata[i]),
            "stackSize": .integer(Int(table.stackSize[i])), "durability": .integer(Int(table.durability[i])),
            "foodPoints": .integer(Int(table.foodPoints[i])),
            "saturation": .number(Double("\(table.saturation[i])") ?? 0),
            "attackDamage": number(Double(table.attackDamage[i])),
            "attackSpeed": .number(Double("\(table.attackSpeed[i])") ?? 0),
            "places": table.places[i] == .air ? .null : .string(table.places[i].name),
          ])
        }),
      rows: [["item", "stack", "durability", "food", "saturation", "damage", "places"]]
        + table.all.map { item in
          let i = item.index
          return [
            table.label(item), "\(table.stackSize[i])", "\(table.durability[i])", "\(table.foodPoints[i])",
            "\(table.saturation[i])", "\(table.attackDamage[i])",
            table.places[i] == .air ? "" : table.places[i].name,
          ]
        })
  }

  // MARK: Breaking

  var breaking: RuleBook.Section {
    let hoes = ToolTier.allCases.dropFirst().map { BreakingTool(.hoe, $0) }
    let tools = BreakingTool.all + hoes
    var rows: [JSON] = []
    for block in Block.allCases where block != .air {
      let state = data.states[Int(block.rawValue)]
      for tool in tools {
        let ticks = rules.breaking.ticks(block, tool.column)
        rows.append(
          .fields([
            "block": .string(state.block), "metadata": .integer(state.metadata), "state": .string(block.name),
            "tool": .string(tool.name), "seconds": ticks.map { number(Double($0) / 20) } ?? .null,
            "harvests": .boolean(rules.breaking.harvests(block, tool.column)),
          ]))
      }
    }
    return RuleBook.Section(
      "breaking",
      summary: "Seconds to break a block on the ground; times 5 off the ground, times 5 under water.",
      json: .array(rows),
      rows: [["state"] + tools.map(\.name)]
        + Block.allCases.dropFirst().map { block in
          [block.name]
            + tools.map { tool in
              rules.breaking.ticks(block, tool.column).map { short(Double($0) / 20) } ?? "never"
            }
        })
  }

  // MARK: Furnaces and creatures

  var smelting: RuleBook.Section {
    let recipes = data.smelting.recipes
    return RuleBook.Section(
      "smelting", summary: "What furnaces make, one in \(rules.smelting.ticks) ticks (20 are a second).",
      json: .array(
        recipes.map {
          .fields([
            "input": .string($0.input.name), "metadata": $0.input.metadata.map(JSON.integer) ?? .null,
            "result": .string($0.result.name), "resultMetadata": .integer($0.result.metadata ?? 0),
            "amount": .integer(1), "ticks": .integer(rules.smelting.ticks),
          ])
        }),
      rows: [["input", "result"]] + recipes.map { [$0.input.description, $0.result.description] })
  }

  var fuels: RuleBook.Section {
    let fuels = data.smelting.fuels
    return RuleBook.Section(
      "fuels", summary: "Ticks for which one burns.",
      json: .array(
        fuels.map {
          .fields([
            "item": .string($0.item.name), "metadata": $0.item.metadata.map(JSON.integer) ?? .null,
            "ticks": .integer($0.ticks),
          ])
        }),
      rows: [["fuel", "ticks"]] + fuels.map { [$0.item.description, "\($0.ticks)"] })
  }

  var creatures: RuleBook.Section {
    let creatures = CreatureKind.allCases.filter { $0.isAnimal || $0.isHostile }
    return RuleBook.Section(
      "creatures", summary: "What creatures drop.",
      json: .array(
        creatures.map {
          .fields([
            "name": .string("\($0)"), "drops": json(rules.drops.drops(of: $0)),
            "sheared": json(rules.drops.sheared($0)), "rare": json(rules.drops.rareDrops(of: $0)),
            "rareChance": .number(Double("\(rules.drops.rareChance($0))") ?? 0),
          ])
        }),
      rows: [["creature", "drops", "to shears", "rarely one of"]]
        + creatures.map {
          [
            "\($0)", words(rules.drops.drops(of: $0)), words(rules.drops.sheared($0)),
            words(rules.drops.rareDrops(of: $0)),
          ]
        })
  }
}
