import KnackEnvironment

/// What can be brought about in the Overworld, over the facts of ``OverworldFacts``, derived from Minecraft's rules.
///
/// Woods and colours are one, as they are for the facts: planks are planks. What differs by them, such as whose leaves drop
/// apples, has the mean chance of the states that count as the thing. Of an amount that varies the least is obtained.
struct OverworldOperators {
  /// The operators of the rules that the program brings along, made once.
  static let standard = OverworldOperators(.standard, .standard, .standard).all

  private let rules: MinecraftRules, actions: OverworldActions, facts: OverworldFacts
  private let known: Set<String>

  init(_ rules: MinecraftRules, _ actions: OverworldActions, _ facts: OverworldFacts) {
    self.rules = rules
    self.actions = actions
    self.facts = facts
    known = Set(facts.names)
  }

  /// All of them: finds, what a policy does, and what one action does.
  var all: [Operator] { finding + placing + mining + creatures + crafting + smelting }

  /// The name by which facts count an item.
  private func name(_ item: Item) -> String { rules.items.names[item.index] }

  private func near(_ thing: String) -> Operator.Amount { Operator.Amount(thing + "_nearby") }
}

// MARK: - What a policy does

extension OverworldOperators {
  /// What is near only where somebody placed it. One of them is placed at a time, and taken up again by breaking it.
  private static let placed = ["crafting_table", "furnace", "chest", "torch"]

  private var finding: [Operator] {
    facts.things.filter { !Self.placed.contains($0) }.map {
      Operator("find_\($0)", .find, obtains: [near($0)])
    }
  }

  private var placing: [Operator] {
    Self.placed.map { Operator("place_\($0)", consumes: [Operator.Amount($0)], obtains: [near($0)]) }
  }

  private var mining: [Operator] {
    let stations = [("crafting_table", [Block.craftingTable]), ("furnace", [.furnace])]
    let things = facts.things.indices.map { (facts.things[$0], facts.blocks(of: $0)) }
    return (stations + things).flatMap { $1.isEmpty ? [] : mining($0, $1) }
  }

  /// Breaking a block that counts as a thing: with whatever is in the hand where that gives all there is; otherwise an
  /// operator for each tool with which there is more.
  private func mining(_ thing: String, _ blocks: [Block]) -> [Operator] {
    func harvests(_ tool: BreakingTool) -> Bool {
      blocks.allSatisfy {
        rules.breaking.harvests($0, tool.column) && rules.breaking.work($0, tool.column).isFinite
      }
    }
    let isPlaced = Self.placed.contains(thing), skill = "mine_\(thing)"
    func operators(_ name: String, _ tool: BreakingTool?, _ obtains: [Operator.Amount]) -> [Operator] {
      guard !obtains.isEmpty else { return [] }
      let tools = tool.map { [$0.name] } ?? []
      return [
        Operator(
          name, skill: skill, consumes: isPlaced ? [near(thing)] : [],
          requires: tools.map { Operator.Amount($0) } + (isPlaced ? [] : [near(thing)]), equips: tools,
          obtains: obtains)
      ]
    }
    let drops = yield(of: blocks.map { rules.drops.drops(of: $0) })
    let sheared = yield(of: blocks.map { rules.drops.drops(of: $0, sheared: true) })
    let hand = BreakingTool(.hand, .none), shears = BreakingTool(.shears, .none)
    var all: [Operator] = []
    if harvests(hand) {
      all += operators(skill, nil, drops)
    } else {
      for tool in BreakingTool.all where harvests(tool) && known.contains(tool.name) {
        all += operators("\(skill) with \(tool.name)", tool, drops)
      }
    }
    if sheared != drops { all += operators("\(skill) with \(shears.name)", shears, sheared) }
    return all
  }

  /// What animals and monsters give, dead and alive. A dead one is no longer near; neither is, as far as wool goes, a shorn
  /// one.
  private var creatures: [Operator] {
    CreatureKind.allCases.filter { $0.isAnimal || $0.isHostile }.flatMap { kind -> [Operator] in
      let drops = rules.drops, one = [near(kind.name)]
      let rare = drops.rareDrops(of: kind)
      let rarely = rare.map { index in
        Operator.Amount(
          name(drops.drops[index].item), chance: rounded(drops.rareChance(kind) / Float(rare.count)))
      }
      var all = [
        Operator(
          "hunt_\(kind.name)", consumes: one,
          obtains: yield(of: [drops.drops(of: kind)]) + rarely.filter { known.contains($0.fact) })
      ]
      let sheared = yield(of: [drops.sheared(kind)])
      if !sheared.isEmpty {
        all.append(
          Operator(
            "shear_\(kind.name)", consumes: one, requires: [Operator.Amount("shears")], equips: ["shears"],
            obtains: sheared))
      }
      if kind == .cow {
        all.append(
          Operator(
            "milk_cow", consumes: [Operator.Amount("bucket")], requires: one, equips: ["bucket"],
            obtains: [Operator.Amount("milk_bucket")]))
      }
      return all
    }
  }

  /// What drops of one of several things, each as likely: what is certain first.
  private func yield(of things: [Range<Int>]) -> [Operator.Amount] {
    var amounts: [Operator.Amount] = []
    func add(_ item: Item, _ count: Int, _ chance: Float) {
      guard item != .none, chance > 0 else { return }
      let share = Double(chance) / Double(things.count)
      if let place = amounts.firstIndex(where: { $0.fact == name(item) }) {
        amounts[place].chance += share
        amounts[place].count = min(amounts[place].count, count)
      } else {
        amounts.append(Operator.Amount(name(item), count, chance: share))
      }
    }
    for thing in things {
      for index in thing {
        let drop = rules.drops.drops[index]
        let some = drop.least > 0 ? 1 : Float(drop.most) / Float(drop.most + 1)
        var none: Float = 1
        for _ in 0..<drop.tries { none *= 1 - drop.chance * some }
        add(drop.item, max(1, Int(drop.least)), 1 - none)
        add(drop.otherwise, max(1, Int(drop.least)), 1 - drop.chance)
      }
    }
    for place in amounts.indices { amounts[place].chance = rounded(Float(amounts[place].chance)) }
    return amounts.filter { $0.chance == 1 } + amounts.filter { $0.chance < 1 }
  }

  /// A chance to four digits.
  private func rounded(_ chance: Float) -> Double { (Double(chance) * 10_000).rounded() / 10_000 }
}

// MARK: - What one action does

extension OverworldOperators {
  /// Crafting, an operator for each recipe that differs in the eyes of the facts; recipes that only change a colour do not.
  private var crafting: [Operator] {
    actions.crafts.flatMap { craft -> [Operator] in
      let table = rules.recipes, action = "craft_\(craft.name)"
      var found: [Operator] = []
      for index in craft.recipes {
        let recipe = Int(actions.recipes[index])
        let station = table.needsTable[recipe] ? [near("crafting_table")] : []
        let gains =
          [Operator.Amount(name(table.result[recipe]), Int(table.amount[recipe]))]
          + (table.returned[recipe] == .none
            ? [] : [Operator.Amount(name(table.returned[recipe]), Int(table.returnedCount[recipe]))])
        for consumes in ingredients(of: recipe) {
          let one = Operator(action, .craft, consumes: consumes, requires: station, obtains: gains)
          let givesMore = gains.contains { gain in
            gain.count > consumes.filter { $0.fact == gain.fact }.reduce(0) { $0 + $1.count }
          }
          if givesMore && !found.contains(one) { found.append(one) }
        }
      }
      guard found.count > 1 else { return found }
      // Each is named after what no other takes so many of, or else after all that it takes.
      return found.map { one in
        var named = one
        let own = one.consumes.first { amount in
          !found.contains { $0 != one && $0.consumes.contains(amount) }
        }
        named.name +=
          " from "
          + (own.map { $0.count == 1 || !isShared($0, found) ? $0.fact : "\($0.count) \($0.fact)" }
            ?? one.consumes.map { "\($0.count) \($0.fact)" }.joined(separator: " and "))
        return named
      }
    }
  }

  /// Whether several operators consume a fact, in different numbers.
  private func isShared(_ amount: Operator.Amount, _ operators: [Operator]) -> Bool {
    operators.count { $0.consumes.contains { $0.fact == amount.fact } } > 1
  }

  /// What a recipe takes in the eyes of the facts: a list for each choice among items of different names.
  private func ingredients(of recipe: Int) -> [[Operator.Amount]] {
    let table = rules.recipes
    var lists: [[Operator.Amount]] = [[]]
    for need in table.needs(of: recipe) {
      var names: [String] = []
      for index in table.accepted(table.needs[need].set) {
        let name = name(table.acceptedItems[index])
        if !names.contains(name) { names.append(name) }
      }
      lists = lists.flatMap { list in
        names.map { list.adding(Operator.Amount($0, Int(table.needs[need].count))) }
      }
    }
    return lists
  }

  /// Smelting, with each fuel, and with what still burns. Of a fuel so many are lit as one smelting takes; what is left of
  /// them goes on as heat.
  private var smelting: [Operator] {
    let table = rules.smelting, needed = table.ticks
    var fuels: [(name: String, ticks: Int, rank: UInt8)] = []
    for item in rules.items.all where actions.fuelRank[item.index] != .max {
      guard !fuels.contains(where: { $0.name == name(item) }) else { continue }
      fuels.append((name(item), Int(table.burnTicks[item.index]), actions.fuelRank[item.index]))
    }
    fuels.sort { $0.rank < $1.rank }
    return actions.smelts.flatMap { smelt -> [Operator] in
      var sources: [(name: String, result: String)] = []
      for index in smelt.inputs {
        let input = actions.inputs[index]
        if !sources.contains(where: { $0.name == name(input) }) {
          sources.append((name(input), name(table.result[input.index])))
        }
      }
      return sources.flatMap { source -> [Operator] in
        let action = "smelt_\(smelt.name)",
          base = sources.count == 1 ? action : "\(action) from \(source.name)"
        let input = [Operator.Amount(source.name)], result = [Operator.Amount(source.result)]
        func heat(_ ticks: Int) -> [Operator.Amount] {
          ticks < OverworldFacts.heat ? [] : [Operator.Amount("heat", ticks / OverworldFacts.heat)]
        }
        let burning = Operator(
          "\(base) with heat", .craft, skill: action, consumes: input + heat(needed),
          requires: [near("furnace")], obtains: result)
        return [burning]
          + fuels.filter { $0.name != source.result }.map { fuel in
            let count = (needed + fuel.ticks - 1) / fuel.ticks
            return Operator(
              "\(base) with \(fuel.name)", .craft, skill: action,
              consumes: input.adding(Operator.Amount(fuel.name, count)), requires: [near("furnace")],
              obtains: result + heat(count * fuel.ticks - needed)
                + (fuel.name == "lava_bucket" ? [Operator.Amount("bucket")] : []))
          }
      }
    }
  }
}

extension [Operator.Amount] {
  /// These and one more, added to what there is of the same fact.
  fileprivate func adding(_ amount: Operator.Amount) -> Self {
    guard let place = firstIndex(where: { $0.fact == amount.fact }) else { return self + [amount] }
    var sum = self
    sum[place].count += amount.count
    return sum
  }
}
