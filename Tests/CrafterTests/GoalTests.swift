import KnackEnvironment
import Testing

@testable import KnackCrafter

@Suite struct GoalTests {
  /// One world on a drawn map that takes commands.
  private struct Asked {
    let environment: VectorEnvironment
    let space: GoalSpace

    init(_ map: String, world: String? = nil) throws {
      let settings = WorldSettings(
        world: world.map { WorldFile(name: "world.yaml", text: $0) },
        map: WorldFile(name: "map.txt", text: map))
      let kind = try #require(
        try EnvironmentRegistry(Crafter.entries).kind("Crafter-v1", settings: settings).commanded)
      environment = VectorEnvironment(kind, count: 1)
      space = try #require(kind.goalSpace)
      environment.reset(seed: 1)
    }

    func ask(_ goal: String) throws {
      environment.command(try #require(space.goals.firstIndex { $0.name == goal }), world: 0)
    }

    /// Takes moves, and says what the last was worth.
    @discardableResult
    func act(_ moves: String...) throws -> GoalReport {
      for move in moves {
        var action = [Int32(try #require(environment.specification.actions.names.firstIndex(of: move)))]
        environment.step(&action)
      }
      return environment.goalReport(world: 0)
    }

    /// A field of what is shown.
    func field(_ name: String) throws -> [UInt8] {
      var offset = 0
      for field in environment.specification.observation.fields {
        if field.name == name { return (0..<field.count).map { environment.observations[offset + $0] } }
        offset += field.count
      }
      throw EnvironmentError.wrongSetting("no field \(name)")
    }

    /// The class of a cell of the view, the player being at (4, 3).
    func cell(_ x: Int, _ y: Int) throws -> CrafterGoals.CellClass {
      try #require(CrafterGoals.CellClass(rawValue: try field("cells")[7 * x + y]))
    }

    var mask: [String] {
      let names = environment.specification.actions.names
      return names.indices.filter { environment.actionMasks![$0] == 1 }.map { names[$0] }
    }
  }

  @Test func aGoalIsShownAndJudged() throws {
    let world = try Asked(".......\n..@.T..\n..!~^..\n.......")
    try world.ask("collect_from_tree")
    #expect(try world.field("focus") == [1])
    #expect(try world.field("bearing") == [7], "a quarter turn to the left of what lies downwards")
    #expect(try world.cell(6, 3) == .target && world.cell(4, 4) == .deadly && world.cell(5, 4) == .water)
    #expect(try world.cell(6, 4) == .lasting, "without a pickaxe")
    #expect(try world.cell(0, 3) == .beyond)
    let approach = try world.act("move_right")
    #expect(approach.reward > 0 && approach.outcome == .open)
    let report = try world.act("do")
    #expect(report.outcome == .success && report.isTerminated && report.reward > 1)
    #expect(world.environment.rewards[0] == 1, "the world's own reward is what it was")
    try world.ask("make_wood_pickaxe")
    #expect(world.mask == ["make_wood_pickaxe"])
    let failure = try world.act("make_wood_pickaxe")
    #expect(failure.outcome == .late && failure.isTerminated, "running out of time is the end")
  }

  @Test func whatWasSeenIsFoundAgain() throws {
    let world = try Asked("~...........@.")
    try world.ask("find_water")
    #expect(try world.field("phase") == [1], "nobody knows where any is")
    #expect(world.mask.allSatisfy { $0.hasPrefix("head") })
    for _ in 0..<8 { try world.ask("find_tree"); try world.act("head -8.0 0.0 0.0", "move_left") }
    for _ in 0..<6 { try world.ask("find_tree"); try world.act("head 8.0 0.0 0.0", "move_right") }
    try world.ask("find_water")
    #expect(try world.field("focus") == [2] && world.field("phase") == [0])
    #expect(try world.field("bearing") == [19], "a quarter turn to the right")
  }

  @Test func zombiesBreakOffWhatDoesNotFightThem() throws {
    let world = try Asked("@....Z")
    try world.ask("find_tree")
    try world.act("head 8.0 0.0 0.0")
    var report = GoalReport()
    for _ in 0..<30 where report.outcome == .open { report = try world.act("noop") }
    #expect(report.outcome == .interrupted && report.isTruncated)
    var facts = [Int32](repeating: 0, count: world.environment.specification.facts.count)
    world.environment.writeFacts(world: 0, into: &facts)
    #expect(facts[CrafterFacts.zombieClose] == 1)
  }

  @Test func mirrorImagesAreImagesOfEachOther() throws {
    let one = try Asked("......T\n...@..~\n..^....\n......."),
      other = try Asked("T......\n~..@...\n....^..\n.......")
    for goal in ["collect_from_tree", "find_water", "collect_from_stone", "find_iron"] {
      try one.ask(goal)
      try other.ask(goal)
      let specification = one.environment.specification
      let symmetry = try #require(specification.symmetries.first { $0.name == "mirror-x" })
      for field in specification.observation.fields {
        let bytes = try one.field(field.name), image = symmetry.fields[field.name]
        let expected = (0..<bytes.count).map { place in
          let value = bytes[image?.sources?[place] ?? place]
          return image?.values?[Int(value)] ?? value
        }
        #expect(try other.field(field.name) == expected, "\(goal): \(field.name)")
      }
    }
  }

  @Test(arguments: Crafter.entries.map(\.id))
  func everyWorldCanBeAskedForEverything(_ id: String) throws {
    let kind = try #require(try EnvironmentRegistry(Crafter.entries).kind(id).commanded)
    let space = try #require(kind.goalSpace), environment = VectorEnvironment(kind, count: 4)
    let skills = Set(space.goals.map(\.name))
    for one in kind.specification.operators { #expect(skills.contains(one.skill), "\(one.name) has a skill") }
    environment.reset(seed: 3)
    var actions = [Int32](repeating: 0, count: 4), draw = 1
    for step in 0..<400 {
      for world in 0..<4 {
        if step % 20 == 0 { environment.command((step / 20 + 9 * world) % space.goals.count, world: world) }
        let mask = environment.actionMasks! + world * kind.specification.actions.count
        let allowed = kind.specification.actions.names.indices.filter { mask[$0] == 1 }
        draw = (draw * 48271) % 0x7fff_ffff
        actions[world] = Int32(allowed[draw % allowed.count])
      }
      environment.step(&actions)
      for world in 0..<4 {
        var place = world * kind.specification.observation.size
        for field in kind.specification.observation.fields {
          for byte in 0..<field.count {
            let most = field.cardinalities[byte % field.cardinalities.count]
            #expect(Int(environment.observations[place]) < most, "\(field.name) in step \(step)")
            place += 1
          }
        }
      }
    }
  }

  @Test func savedWorldsGoOnWithTheirGoals() throws {
    let world = try Asked(".......\n..@.T..\n.......")
    try world.ask("collect_from_tree")
    try world.act("move_right")
    let saved = world.environment.save()
    let end = try world.act("move_right", "do")
    try world.environment.restore(saved)
    #expect(world.environment.save() == saved)
    let again = try world.act("move_right", "do")
    #expect(again.outcome == end.outcome && again.reward == end.reward && end.outcome == .success)
  }
}
