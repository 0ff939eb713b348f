import KnackEnvironment

/// What can be asked for in the Overworld, and how it is brought about: the goal space, and what its goals are about.
struct OverworldGoals: Sendable {
  /// What a goal is about.
  struct Subject: BitwiseCopyable, Sendable {
    /// The group of ``OverworldFacts`` that is looked for; 255 for none.
    var group: UInt8 = 255
    /// The group where it is to be expected, so that one goes there; 255 for none. And the kind of creature that it is.
    var clue: UInt8 = 255, kind = CreatureKind.none
    /// Whether it is blocks that are looked for, and whether one looks for what is dropped too.
    var isBlock = false, gathers = false
    /// Whether a shorn sheep is none, as is to be seen.
    var isWoolly = false
  }

  /// The goal space.
  let space: GoalSpace
  /// By goal.
  let subjects: ConstantTable<Subject>
  /// By goal and item, whether the item is among the goal's gains.
  let gains: ConstantTable<Bool>
  let itemCount: Int
  /// By block, what it is to somebody who walks and digs: ``Footing``.
  let footing: ConstantTable<UInt8>

  /// Those of the built-in rules.
  static let standard = OverworldGoals(
    OverworldFacts.standard, OverworldActions.standard, MinecraftRules.standard)

  /// What a block is to somebody who walks and digs.
  enum Footing: UInt8, CaseIterable {
    case free, plant, soft, hard, water, harmful, lasting, target
  }

  /// What one would fall onto: what the box shows, ground so near that the fall hurts nobody, deeper ground, water, or what harms.
  enum Landing: UInt8, CaseIterable { case shown, ground, depth, water, harmful }

  /// How far down that is looked for, in blocks.
  static let fall = 9

  /// The side of the box of blocks that is shown, in blocks, and how far around blocks are sensed behind others.
  static let box = 5, feeling = 3
  /// How far one sees what one looks for, in blocks; how far to each side and up and down, in sines of the angle.
  static let sight: Float = 32, halfWidth: Float = 0.77, halfHeight: Float = 0.5

  /// How long things may take, in ticks.
  private enum Ticks {
    static let find = 1200, dig = 2400, log = 300, stone = 240, ore = 400, hunt = 400, handle = 200,
      place = 80
  }

  private init(_ facts: OverworldFacts, _ actions: OverworldActions, _ rules: MinecraftRules) {
    func action(_ name: String) -> Int {
      guard let number = actions.names.firstIndex(of: name) else { preconditionFailure("no action \(name)") }
      return number
    }
    // A turn takes a tick, as long as it takes in MineDojo; what is to lead anywhere is held for longer.
    let walking = [
      Move("noop", action: action("noop")),
      Move("forward", action: action("forward"), steps: 4), Move("back", action: action("back"), steps: 4),
      Move("strafe_left", action: action("strafe_left"), steps: 4),
      Move("strafe_right", action: action("strafe_right"), steps: 4),
      Move("jump_forward", action: action("jump_forward"), steps: 4),
      Move("sprint_forward", action: action("sprint_forward"), steps: 6),
      Move("turn_left", action: action("turn_left")), Move("turn_right", action: action("turn_right")),
      Move("turn_left_far", action: action("turn_left"), steps: 4),
      Move("turn_right_far", action: action("turn_right"), steps: 4),
      Move("look_up", action: action("look_up")), Move("look_down", action: action("look_down")),
      Move("look_up_far", action: action("look_up"), steps: 4),
      Move("look_down_far", action: action("look_down"), steps: 4),
      Move("attack", action: action("attack"), steps: 4), Move("dig", action: action("attack"), steps: 12),
    ]
    // Who jumps and puts a block under its feet stands higher.
    let climbing = [
      Move("jump", action: action("jump"), steps: 5), Move("place_dirt", action: action("place_dirt")),
      Move("place_cobblestone", action: action("place_cobblestone")),
    ]
    let handling = [
      Move("use", action: action("use")),
      Move("place_crafting_table", action: action("place_crafting_table")),
      Move("place_furnace", action: action("place_furnace")),
    ]
    let headings = [
      Heading(12, 0, 0), Heading(-12, 0, 0), Heading(0, 0, 12), Heading(0, 0, -12), Heading(0, -12, 0),
      Heading(0, 12, 0), Heading(0, 0, 0),
    ]
    let moves = walking + handling + climbing
    let all = Array(walking.indices), withUse = all + [walking.count]
    let searching = all + climbing.indices.map { walking.count + handling.count + $0 }
    var goals: [Goal] = [], subjects: [Subject] = []
    func group(_ thing: String) -> Int {
      guard let place = facts.things.firstIndex(of: thing) else { preconditionFailure("no thing \(thing)") }
      return place
    }
    func fact(_ name: String) -> Int {
      guard let place = facts.names.firstIndex(of: name) else { preconditionFailure("no fact \(name)") }
      return place
    }
    func add(
      _ name: String, _ kind: Goal.Kind, _ thing: String?, _ gains: [String], _ moves: [Int], _ ticks: Int,
      levels: ClosedRange<Float> = -.infinity ... .infinity, headings: [Int]? = nil,
      gaze: Float? = nil, tools: [String] = []
    ) {
      let target = thing.map(group)
      goals.append(
        Goal(
          name, kind, target: target ?? -1, gains: gains.map(fact), moves: moves, stepLimit: ticks,
          levels: levels, headings: headings, gaze: gaze, tools: tools))
      let creature = CreatureKind.allCases.first { $0 != .none && $0.name == thing }
      subjects.append(
        Subject(
          group: UInt8(target ?? 255), clue: thing == "log" && kind == .find ? UInt8(group("leaves")) : 255,
          kind: creature ?? .none, isBlock: target != nil && creature == nil, gathers: kind == .obtain,
          isWoolly: name == "find_sheep" || name == "shear_sheep"))
    }
    func tools(_ kind: String) -> [String] {
      ["diamond", "iron", "stone", "wooden"].map { "\($0)_\(kind)" }.filter(facts.names.contains)
    }
    // Whoever digs for a way spares the good pickaxes for what they alone can mine.
    let pickaxes = ["stone", "iron", "diamond", "wooden"].map { $0 + "_pickaxe" }.filter(facts.names.contains)
    let swords = tools("sword") + tools("axe")
    // What grows or grazes is above the level of the sea, and nobody need dig for it.
    let abroad = headings.indices.filter { headings[$0].y >= 0 }
    for thing in ["log", "cow", "sheep"] {
      add(
        "find_" + thing, .find, thing, [], searching, Ticks.find, levels: 62 ... .infinity, headings: abroad)
    }
    // Ores lie in rock, coal and iron below these levels of the eyes. Diamonds lie below 16, lava up to 10: one looks for them just
    // above it, with the feet at 12, where the box about them shows it, and goes along there, since from a tunnel there is nothing to
    // be seen.
    let ores: [(String, ClosedRange<Float>)] = [
      ("cobblestone", -.infinity ... .infinity), ("coal_ore", -.infinity...60), ("iron_ore", -.infinity...40),
      ("diamond_ore", 13.4...14.2),
    ]
    let along = headings.indices.filter { headings[$0].x != 0 || headings[$0].z != 0 }
    for (thing, levels) in ores {
      // Looking half-way down one meets the block before one's eyes, then the one before one's feet: two make a passage.
      add(
        "find_" + thing, .find, thing, [], searching, Ticks.dig, levels: levels,
        headings: thing == "diamond_ore" ? along : nil, gaze: levels.upperBound.isFinite ? .pi / 4 : nil,
        tools: pickaxes)
    }
    add("mine_log", .obtain, "log", ["log"], all, Ticks.log, tools: tools("axe"))
    add("mine_cobblestone", .obtain, "cobblestone", ["cobblestone"], all, Ticks.stone)
    add("mine_coal_ore", .obtain, "coal_ore", ["coal"], all, Ticks.ore)
    add("mine_iron_ore", .obtain, "iron_ore", ["iron_ore"], all, Ticks.ore)
    add("mine_diamond_ore", .obtain, "diamond_ore", ["diamond"], all, Ticks.ore)
    add("hunt_cow", .obtain, "cow", ["beef"], all, Ticks.hunt, tools: swords)
    add("hunt_sheep", .obtain, "sheep", ["mutton"], all, Ticks.hunt, tools: swords)
    add("shear_sheep", .obtain, "sheep", ["wool"], withUse, Ticks.handle)
    add("milk_cow", .obtain, "cow", ["milk_bucket"], withUse, Ticks.handle)
    for (k, station) in ["crafting_table", "furnace"].enumerated() {
      add("place_" + station, .place, nil, [station + "_nearby"], all + [walking.count + 1 + k], Ticks.place)
    }
    space = GoalSpace(
      targets: facts.things, goals: goals, moves: moves, headings: headings, turnsHeadings: true,
      turn: Move("turn_right_far", action: action("turn_right"), steps: 4), turns: 6,
      view: Self.view, waypointReach: 2.5, waypointSteps: 100, memorySteps: 60, patienceSteps: 120)
    self.subjects = ConstantTable(subjects)
    itemCount = rules.items.count
    gains = ConstantTable(
      goals.flatMap { goal in
        (0..<rules.items.count).map { item in goal.gains.contains(Int(facts.place[item])) }
      })
    let traits = BlockTraitsTable.standard
    footing = ConstantTable(
      Block.allCases.map { block in
        let traits = traits[block], hardness = rules.blocks.hardness[Int(block.rawValue)]
        let footing: Footing =
          block == .air
          ? .free
          : traits.isWater
            ? .water
            : traits.isLava || block == .cactus
              ? .harmful
              : traits.height == 0
                ? .plant
                : hardness == .infinity ? .lasting : hardness >= 1.5 && !Self.isWood(block) ? .hard : .soft
        return footing.rawValue
      })
  }

  private static func isWood(_ block: Block) -> Bool {
    block.name.contains("log") || block.name.contains("planks")
  }

  /// What is shown in view of a goal.
  private static let view = [
    ObservationField(
      "footing", shape: [box, box, box], cardinalities: [Footing.allCases.count],
      summary:
        "what the blocks about the cell of the player's feet are to it, [right][ahead][up], turned to the nearest quarter "
        + "of its look: " + Footing.allCases.map { "\($0.rawValue) \($0)" }.joined(separator: ", ")),
    ObservationField(
      "look", shape: [2], cardinalities: [6, 13],
      summary:
        "how far it looks to the right of the box's axis, in steps of 15 degrees (3 along it), and from 0 straight up to "
        + "12 straight down"),
    ObservationField(
      "aim", shape: [2], cardinalities: [5, 11],
      summary:
        "what it looks at within reach (0 nothing, 1 a block, 2 a block of the target, 3 a creature, 4 one of the "
        + "target), and the tenths of breaking it that are done"),
    ObservationField(
      "footprint", shape: [2], cardinalities: [4],
      summary:
        "where in its cell it stands, to the right and ahead as the box is turned: 0 over the near edge, so that it needs the next "
        + "cell's room as well, 1 and 2 within the cell, 3 over the far edge"),
    ObservationField(
      "body", shape: [3], cardinalities: [2], summary: "1 where it is on the ground, in water, under water"),
    ObservationField("health", shape: [1], cardinalities: [6], summary: "fifths of health, rounded up"),
    ObservationField(
      "hand", shape: [1], cardinalities: [ToolClass.allCases.count],
      summary: "what kind of tool it holds: "
        + ToolClass.allCases.map { "\($0.rawValue) \($0)" }.joined(separator: ", ")),
    ObservationField(
      "level", shape: [1], cardinalities: [BlockGrid.height / 8 + 1],
      summary: "its level, in eights of blocks"),
    ObservationField(
      "landing", shape: [3, 3], cardinalities: [Landing.allCases.count],
      summary:
        "what one would fall onto in the cell of the feet and those beside it, [right][ahead] as the box is turned: "
        + Landing.allCases.map { "\($0.rawValue) \($0)" }.joined(separator: ", ")),
  ]
}
