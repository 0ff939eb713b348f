import KnackEnvironment

extension CrafterDescription {
  /// What the player can bring about under these rules, over the facts of ``CrafterFacts``.
  ///
  /// Whatever counts as an achievement obtains that too. Where it matters that something is near, the fact about the view
  /// stands for it. The ground on which things are placed is everywhere and not spoken of; nor is the stone that a placed
  /// stone is, because nobody places one to have one.
  var operators: [Operator] {
    let acting =
      collecting + placing + making + striking
      + [
        // A sapling becomes ripe by itself, if nothing eats it.
        Operator(
          "ripen_plant", requires: [.near(CrafterKind.plant)], obtains: [Operator.Amount("ripe_plant_nearby")]
        ),
        Operator(
          "\(CrafterAchievement.wakeUp.name)", requires: [Operator.Amount("tired")],
          obtains: amounts([.energy: 1]) + [.reached(.wakeUp)]),
      ] + hiding
    return finding(for: acting) + acting
  }

  /// Looking for each thing that must be near for one of the operators and that none of them brings about.
  private func finding(for acting: [Operator]) -> [Operator] {
    let made = Set(acting.flatMap { $0.obtains.map(\.fact) })
    var finding: [Operator] = []
    for fact in acting.flatMap({ $0.requires.map(\.fact) })
    where Operator.isNearby(fact) && !made.contains(fact) {
      let name = "find_" + fact.dropLast("_nearby".count)
      if !finding.contains(where: { $0.name == name }) {
        finding.append(Operator(name, .find, obtains: [Operator.Amount(fact)]))
      }
    }
    return finding
  }

  /// Doing something to a material: an operator for each thing that it may give.
  private var collecting: [Operator] {
    let sources = CrafterMaterial.allCases.filter { collect[$0] != nil }
    return sources.flatMap { material -> [Operator] in
      let rule = collect[material]!
      return rule.receives.filter { $0.chance > 0 }.map { receipt in
        // Named after the item, and after the material too where there is more than one that gives it.
        let isOnly = sources.allSatisfy { other in
          other == material || !collect[other]!.receives.contains { $0.item == receipt.item && $0.chance > 0 }
        }
        var gains = rule.changes.filter { $0.value > 0 }
        gains[receipt.item, default: 0] += receipt.amount
        return Operator(
          "collect_\(receipt.item.name)" + (isOnly ? "" : "_from_\(material)"),
          skill: "collect_from_\(material)",
          consumes: amounts(rule.changes.filter { $0.value < 0 }.mapValues { -$0 }),
          requires: amounts(rule.requires) + [.near(material)],
          obtains: amounts(gains)
            + [receipt.item.achievementOfCollecting].compactMap { $0 }.map { .reached($0) })
      }
    }
  }

  private var placing: [Operator] {
    Placeable.allCases.compactMap { placeable in
      guard let rule = place[placeable] else { return nil }
      let result: [Operator.Amount] =
        switch placeable {
        case .stone: []
        case .table: [.near(CrafterMaterial.table)]
        case .furnace: [.near(CrafterMaterial.furnace)]
        case .plant: [.near(CrafterKind.plant)]
        }
      return Operator(
        placeable.achievement.name, consumes: amounts(rule.uses),
        obtains: result + [.reached(placeable.achievement)])
    }
  }

  /// Nights are spent where nothing comes near: in rock, into which one digs and which one closes behind oneself with a stone.
  private var hiding: [Operator] {
    guard let stone = place[.stone],
      let digging = collecting.first(where: { $0.skill == "collect_from_stone" })
    else { return [] }
    return [
      Operator("dig_in", requires: digging.requires, obtains: [Operator.Amount("dug_in")]),
      Operator(
        "take_shelter", requires: amounts(stone.uses) + [Operator.Amount("dug_in")],
        obtains: [Operator.Amount("sheltered")]),
      Operator(
        "wait_for_day", requires: [Operator.Amount("sheltered")], obtains: [Operator.Amount("day")]),
    ]
  }

  private var making: [Operator] {
    CrafterItem.allCases.compactMap { tool in
      guard let rule = make[tool] else { return nil }
      let tools = CrafterMaterial.allCases.filter(rule.nearby.contains)
      return Operator(
        "make_\(tool.name)", .craft, consumes: amounts(rule.uses), requires: tools.map { .near($0) },
        obtains: amounts([tool: rule.gives])
          + [tool.achievementOfMaking].compactMap { $0 }.map { .reached($0) })
    }
  }

  private var striking: [Operator] {
    let prey: [(near: Operator.Amount, creature: Creature, achievement: CrafterAchievement)] = [
      (.near(CrafterKind.cow), cow, .eatCow), (.near(CrafterKind.zombie), zombie, .defeatZombie),
      (.near(CrafterKind.skeleton), skeleton, .defeatSkeleton),
      (Operator.Amount("ripe_plant_nearby"), plant, .eatPlant),
    ]
    return prey.map { near, creature, achievement in
      Operator(
        achievement.name, requires: [near],
        obtains: amounts(creature.reward.filter { $0.value > 0 }) + [.reached(achievement)])
    }
  }

  /// Counts of items in the order of the items.
  private func amounts(_ counts: [CrafterItem: Int]) -> [Operator.Amount] {
    CrafterItem.allCases.compactMap { item in
      counts[item].flatMap { $0 > 0 ? Operator.Amount(item.name, $0) : nil }
    }
  }
}

extension Operator.Amount {
  /// A material or a kind of creature that is near.
  fileprivate static func near(_ thing: some Any) -> Self { Self("\(thing)_nearby") }

  /// An achievement that is reached.
  fileprivate static func reached(_ achievement: CrafterAchievement) -> Self { Self(achievement.name) }
}
