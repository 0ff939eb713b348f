import KnackEnvironment

/// What can be asked for in a world with Crafter's rules, and how it is brought about.
struct CrafterGoals: Sendable {
  /// The goal space.
  let space: GoalSpace
  /// By goal, what is looked for or acted on: bit *m* for the material with code *m*, and bit *k* for the occupant with code *k*.
  let materials: [MaterialMask], occupants: [UInt16]
  /// The goal that is to be in a shelter.
  let shelter: Int

  /// What a cell of the view is to somebody who is about a goal.
  enum CellClass: UInt8, CaseIterable {
    case free, target
    /// In the way, but with the tools at hand it can be removed.
    case removable
    /// In the way.
    case lasting
    case water, deadly, beyond
    case cow, zombie, skeleton, arrowLeft, arrowRight, arrowUp, arrowDown, plant
  }

  /// What can be looked for besides materials.
  private static let creatures: [(name: String, occupants: [CrafterOccupant])] = [
    ("cow", [.cow]), ("zombie", [.zombie]), ("skeleton", [.skeleton]), ("plant", [.sapling, .ripePlant]),
    ("ripe_plant", [.ripePlant]),
  ]

  /// How many steps things may take.
  private enum Steps {
    static let find = 120, collect = 60, hunt = 80, place = 30, sleep = 300, ripen = 400, shelter = 12,
      night = 200
  }

  init(_ rules: CrafterDescription) {
    let materials = Array(CrafterMaterial.allCases.dropFirst())
    let walking = [CrafterAction.moveLeft, .moveRight, .moveUp, .moveDown, .do]
    var goals: [Goal] = [], wantedMaterials: [MaterialMask] = [], wantedOccupants: [UInt16] = []
    func add(
      _ name: String, _ kind: Goal.Kind = .obtain, target: Int = -1, gains: [String] = [],
      _ moves: [CrafterAction],
      _ steps: Int, materials: MaterialMask = 0, occupants: UInt16 = 0
    ) {
      let gains = gains.map { name in CrafterFacts.names.firstIndex(of: name)! }
      goals.append(
        Goal(
          name, kind, target: target, gains: gains, moves: moves.map(\.rawValue), stepLimit: steps,
          heedsAlarms: name != CrafterAchievement.defeatZombie.name))
      wantedMaterials.append(materials)
      wantedOccupants.append(occupants)
    }
    for (target, material) in materials.enumerated() {
      add("find_\(material)", .find, target: target, walking, Steps.find, materials: 1 << material.rawValue)
    }
    func target(_ creature: String) -> Int {
      materials.count + Self.creatures.firstIndex { $0.name == creature }!
    }
    func occupants(_ creature: String) -> UInt16 {
      Self.creatures.first { $0.name == creature }!.occupants.reduce(0) { $0 | 1 << $1.rawValue }
    }
    for creature in Self.creatures {
      add(
        "find_" + creature.name, .find, target: target(creature.name), walking, Steps.find,
        occupants: occupants(creature.name))
    }
    for (target, material) in materials.enumerated() {
      guard let rule = rules.collect[material] else { continue }
      // Counts of achievements grow even where one has as many of a thing as one can carry.
      let gains = rule.receives.filter { $0.chance > 0 }.map {
        $0.item.achievementOfCollecting?.name ?? $0.item.name
      }
      add(
        "collect_from_\(material)", target: target, gains: gains, walking, Steps.collect,
        materials: 1 << material.rawValue)
    }
    for (creature, achievement) in [
      ("cow", CrafterAchievement.eatCow), ("ripe_plant", .eatPlant), ("zombie", .defeatZombie),
      ("skeleton", .defeatSkeleton),
    ] {
      add(
        achievement.name, target: target(creature), gains: [achievement.name], walking, Steps.hunt,
        occupants: occupants(creature))
    }
    for placeable in CrafterDescription.Placeable.allCases {
      guard let rule = rules.place[placeable] else { continue }
      // Where it can be placed is shown, but not gone to: there is such ground nearly everywhere.
      add(
        placeable.achievement.name, gains: [placeable.achievement.name], walking + [placeable.action],
        Steps.place,
        materials: MaterialMask(rule.on))
    }
    for tool in CrafterItem.allCases {
      guard rules.make[tool] != nil, let achievement = tool.achievementOfMaking else { continue }
      let action = CrafterAction.allCases.first { $0.name == "make_" + tool.name }!
      add("make_" + tool.name, gains: [achievement.name], [action], 1)
    }
    let handling = walking + [.noop, .placeStone]
    add(
      CrafterAchievement.wakeUp.name, gains: [CrafterAchievement.wakeUp.name], handling + [.sleep],
      Steps.sleep)
    add(
      "ripen_plant", target: target("plant"), gains: ["ripe_plant_nearby"], handling, Steps.ripen,
      occupants: occupants("plant"))
    let stone = materials.firstIndex(of: .stone)!
    add(
      "dig_in", target: stone, gains: ["dug_in"], walking, Steps.collect,
      materials: 1 << CrafterMaterial.stone.rawValue)
    shelter = goals.count
    add("take_shelter", gains: ["sheltered"], walking + [.placeStone], Steps.shelter)
    add("wait_for_day", gains: ["day"], [.sleep, .placeStone], Steps.night)
    self.materials = wantedMaterials
    self.occupants = wantedOccupants
    space = GoalSpace(
      targets: materials.map { "\($0)" } + Self.creatures.map(\.name), goals: goals,
      moves: CrafterAction.allCases.map { Move($0.name, action: $0.rawValue) },
      headings: [Heading(8, 0, 0), Heading(-8, 0, 0), Heading(0, 0, 8), Heading(0, 0, -8)],
      view: Self.view, waypointReach: 1.5, waypointSteps: 8, memorySteps: 100, patienceSteps: 12,
      alarms: [CrafterFacts.zombieClose], symmetries: GoalSymmetry.ofCrafter)
  }

  /// What is shown in view of a goal.
  private static let view: [ObservationField] = {
    let classes = CellClass.allCases
    return [
      ObservationField(
        "cells", shape: [9, 7], cardinalities: [classes.count],
        summary: "what the view's cells are to the goal, [x][y] with the player at [4][3]: "
          + classes.map { "\($0.rawValue) \($0)" }.joined(separator: ", ")),
      ObservationField(
        "front", shape: [1], cardinalities: [classes.count],
        summary: "the same of the cell that the player faces"),
      ObservationField(
        "facing", shape: [1], cardinalities: [4], summary: "where the player faces: left, right, up, down"),
      ObservationField(
        "vitals", shape: [4], cardinalities: [10], summary: "health, food, drink and energy"),
      ObservationField("stones", shape: [1], cardinalities: [10], summary: "how many stones the player has"),
      ObservationField(
        "sword", shape: [1], cardinalities: [4], summary: "the best sword at hand: none, wood, stone, iron"),
      ObservationField("daylight", shape: [1], cardinalities: [4], summary: "how light it is, in quarters"),
      ObservationField("sleeping", shape: [1], cardinalities: [2], summary: "1 while the player sleeps"),
    ]
  }()
}

extension GoalSymmetry {
  /// Those of worlds with Crafter's rules, as ``Symmetry/ofCrafter``.
  fileprivate static let ofCrafter: [GoalSymmetry] = [
    mirroring("mirror-x", x: true, y: false), mirroring("mirror-y", x: false, y: true),
    mirroring("rotate-180", x: true, y: true),
  ]

  private static func mirroring(_ name: String, x: Bool, y: Bool) -> GoalSymmetry {
    let image = CrafterMirror(x: x, y: y)
    let first = Int(CrafterGoals.CellClass.arrowLeft.rawValue)
    let classes = CrafterGoals.CellClass.allCases.indices.map { code in
      (first..<first + 4).contains(code) ? UInt8(first + image.directions[code - first]) : UInt8(code)
    }
    return GoalSymmetry(
      name,
      fields: [
        "cells": Symmetry.FieldImage(sources: image.cells, values: classes),
        "front": Symmetry.FieldImage(values: classes),
        "facing": Symmetry.FieldImage(values: image.directions.map(UInt8.init)),
      ], moves: image.actions, flipsX: x, flipsZ: y)
  }
}
