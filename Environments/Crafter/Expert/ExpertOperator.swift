/// Something that the player can bring about, as a planning operator: what it needs, uses up and gives.
///
/// A world's operators are derived from its rules, so the expert knows nothing of Crafter's recipes but what a world file
/// says. ``ExpertPlan`` chooses among them.
struct ExpertOperator: Sendable {
  /// What the player does.
  enum Deed: Sendable, Equatable {
    /// Faces a material and does something to it.
    case collect(CrafterMaterial)
    /// Faces free ground, which is one of some materials, and places something there.
    case place(CrafterAction, on: MaterialMask)
    /// Makes a tool.
    case make(CrafterAction)
    /// Faces a creature or a ripe plant and hits it until it is gone.
    case strike(CrafterOccupant)
    /// Closes a gap beside a sapling with a stone, so that nothing eats it.
    case fence
  }

  var deed: Deed
  /// What one must have, whether it is used up or not.
  var needs = CrafterInventory.zero
  /// What must be among the nine cells about the player.
  var nearby: MaterialMask = 0
  /// What one gets, less what one loses by it beyond what is used up.
  var gives = CrafterInventory.zero
  /// Actions until it succeeds, on average.
  var effort = 1
  /// The code of the material that it makes of a cell; 0 where it leaves none.
  var leaves: UInt8 = 0
  /// The achievements that it counts as: bit *i* for achievement *i*.
  var achievements: UInt32 = 0
}

extension ExpertOperator {
  /// All that can be done in a world.
  static func all(_ description: CrafterDescription) -> [ExpertOperator] {
    var operators: [ExpertOperator] = []
    for material in CrafterMaterial.allCases {
      if let rule = description.collect[material] { operators += collecting(material, rule) }
    }
    for placeable in CrafterDescription.Placeable.allCases {
      if let rule = description.place[placeable] { operators.append(placing(placeable, rule)) }
    }
    for (number, action) in CrafterAction.making.enumerated() {
      let tool = CrafterItem(rawValue: CrafterItem.woodPickaxe.rawValue + number)!
      guard let rule = description.make[tool] else { continue }
      operators.append(
        ExpertOperator(
          deed: .make(action), needs: CrafterInventory(rule.uses), nearby: MaterialMask(rule.nearby),
          gives: CrafterInventory([tool: rule.gives]), achievements: tool.achievementOfMaking!.bit))
    }
    for (occupant, creature, achievement) in [
      (CrafterOccupant.cow, description.cow, CrafterAchievement.eatCow),
      (.zombie, description.zombie, .defeatZombie), (.skeleton, description.skeleton, .defeatSkeleton),
      (.ripePlant, description.plant, .eatPlant),
    ] {
      operators.append(
        ExpertOperator(
          deed: .strike(occupant), gives: CrafterInventory(creature.reward), achievements: achievement.bit))
    }
    if description.place[.stone] != nil {
      operators.append(ExpertOperator(deed: .fence, needs: CrafterInventory([.stone: 1])))
    }
    return operators
  }

  /// Collecting a material: one operator for each thing that it may give.
  private static func collecting(
    _ material: CrafterMaterial, _ rule: CrafterDescription.Collecting
  ) -> [ExpertOperator] {
    var basis = ExpertOperator(deed: .collect(material), needs: CrafterInventory(rule.requires))
    basis.gives = CrafterInventory(rule.changes)
    if rule.leaves != material { basis.leaves = rule.leaves.rawValue }
    if rule.receives.isEmpty { return [basis] }
    return rule.receives.filter { $0.chance > 0 }.map { receipt in
      var one = basis
      one.gives[receipt.item.rawValue] += Int8(receipt.amount)
      one.effort = Int((1 / receipt.chance).rounded(.up))
      one.achievements = receipt.item.achievementOfCollecting?.bit ?? 0
      return one
    }
  }

  private static func placing(
    _ placeable: CrafterDescription.Placeable, _ rule: CrafterDescription.Placing
  ) -> ExpertOperator {
    let (action, leaves): (CrafterAction, CrafterMaterial) =
      switch placeable {
      case .stone: (.placeStone, .stone)
      case .table: (.placeTable, .table)
      case .furnace: (.placeFurnace, .furnace)
      case .plant: (.placePlant, .nothing)
      }
    return ExpertOperator(
      deed: .place(action, on: MaterialMask(rule.on)), needs: CrafterInventory(rule.uses),
      leaves: leaves.rawValue, achievements: placeable.achievement.bit)
  }
}

extension CrafterAction {
  /// The actions that make tools, in the order of the tools.
  static let making: [CrafterAction] = [
    .makeWoodPickaxe, .makeStonePickaxe, .makeIronPickaxe, .makeWoodSword, .makeStoneSword, .makeIronSword,
  ]
}

extension CrafterAchievement {
  /// Its bit in ``CrafterPlayer/reached``.
  var bit: UInt32 { 1 << UInt32(rawValue) }
}
