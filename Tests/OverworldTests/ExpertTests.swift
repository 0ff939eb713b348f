import Foundation
import KnackEnvironment
import Testing

@testable import KnackOverworld

/// The scripted expert: how it plans, finds its way, and does what tasks ask.
@Suite struct ExpertTests {
  // MARK: - The plan

  /// What the expert would do for some of an item in a world, as words in order.
  private func plan(for item: String, _ world: FlatWorld) -> [String] {
    let scene = ExpertScene(world.place, world.rules)
    var plan = ExpertPlan(scene, ExpertSurvey(scene, OverworldExpertMemory()))
    guard plan.need(.have(world.rules.minecraft.items.items(named: item), 1)) else {
      return ["cannot be done"]
    }
    let names = world.rules.minecraft.items.names
    return plan.tasks.map { "\($0.times) × \(names[plan.book.ways[$0.way].item.index])" }
  }

  @Test func planksForTableAndToolComeOutOfTheSameTrees() {
    let world = FlatWorld()
    for y in 64..<69 { world.set(70, y, 64, .oakLog) }
    #expect(plan(for: "stick", world) == ["1 × log", "1 × planks", "1 × stick"])
    let tasks = plan(for: "wooden_pickaxe", world)
    #expect(tasks.last == "1 × wooden_pickaxe" && tasks.contains("1 × crafting_table"))
    #expect(tasks.filter { $0.hasSuffix(" log") } == ["1 × log", "1 × log", "1 × log"])
  }

  @Test func whatIsCarriedIsNotGatheredAgain() {
    let world = FlatWorld()
    world.give("planks", 3)
    world.give("stick", 2)
    world.set(66, 64, 64, .craftingTable)
    #expect(plan(for: "wooden_pickaxe", world) == ["1 × wooden_pickaxe"])
  }

  @Test func toolsAreMadeForWhatTheyHarvest() {
    let world = FlatWorld()
    world.give("planks", 20)
    let tasks = plan(for: "furnace", world)
    #expect(tasks.contains("1 × wooden_pickaxe") && tasks.contains("8 × cobblestone"))
  }

  @Test func whatTheWorldDoesNotHoldCannotBeHad() {
    #expect(plan(for: "diamond", FlatWorld()) == ["cannot be done"])
  }

  // MARK: - The way

  private func findWay(_ world: FlatWorld, to target: Place, _ kind: PathGoal.Kind = .reach) -> ExpertSearch
    .Way?
  {
    ExpertSearch.way(ExpertScene(world.place, world.rules), to: PathGoal(kind: kind, targets: [target]))
  }

  @Test func theWayLeadsAroundAWall() throws {
    let world = FlatWorld()
    for z in 60..<69 { for y in 64..<67 { world.set(68, y, z, .obsidian) } }
    let way = try #require(findWay(world, to: Place(72, 64, 64), .touch))
    #expect(way.arrives && way.cells.contains { $0.z < 60 || $0.z >= 69 } && way.cost < 80)
  }

  @Test func theWayLeadsOverAHill() throws {
    let world = FlatWorld()
    for x in 67..<74 {
      for z in 0..<128 { for y in 64..<(68 - abs(70 - x)) { world.set(x, y, z, .obsidian) } }
    }
    let way = try #require(findWay(world, to: Place(76, 64, 64), .touch))
    #expect(way.arrives && way.cells.map(\.y).max() == 68)
  }

  /// By hand a stone takes seven seconds, with a pickaxe one.
  @Test func theWayLeadsThroughStoneWhereThatIsShorter() throws {
    func cost(_ tool: String?) throws -> Float {
      let world = FlatWorld()
      for z in 0..<128 { for y in 64..<80 { world.set(68, y, z, .stone) } }
      if let tool { world.give(tool) }
      let way = try #require(findWay(world, to: Place(72, 64, 64), .touch))
      #expect(way.arrives)
      return way.cost
    }
    let hand = try cost(nil), pickaxe = try cost("stone_pickaxe")
    #expect(hand > 300 && pickaxe < 100)
  }

  @Test func nobodyFallsFarNorWalksThroughLava() throws {
    let world = FlatWorld(floor: .obsidian)
    for x in 67..<70 { for z in 0..<128 { for y in 60..<64 { world.set(x, y, z, y == 60 ? .lava : .air) } } }
    let way = findWay(world, to: Place(75, 64, 64), .touch)
    #expect(way?.arrives != true)
  }

  // MARK: - Doing it

  /// Follows the way in mind for some steps, or until its end.
  private func follow(_ memory: inout OverworldExpertMemory, _ world: FlatWorld, steps: Int = 60) {
    for _ in 0..<steps {
      let scene = ExpertScene(world.place, world.rules)
      let walk = ExpertWalk(scene: scene, hands: ExpertHands(scene))
      guard case .act(let action) = walk.next(&memory) else { break }
      _ = world.place.pointee.step(action, world.rules)
    }
  }

  /// The middle of who stands on the edge of a hole may be over the hole.
  @Test func whoStandsOnTheEdgeOfAHoleComesIntoIt() throws {
    let world = FlatWorld()
    world.set(64, 63, 65, .air)
    world.stand(64.5, 64, 65.1)
    world.player.isOnGround = true
    let way = try #require(findWay(world, to: Place(64, 63, 65), .touch))
    #expect(way.arrives && way.cells == [Place(64, 64, 64), Place(64, 63, 65)])
    var memory = OverworldExpertMemory()
    memory.begin(.pickUp, Place(64, 63, 65), along: way.cells)
    follow(&memory, world)
    #expect(world.player.y == 63)
  }

  /// What hangs beside the next cell at the height of the head stops who does not stand in line with that cell.
  @Test func aBlockBesideTheWayDoesNotHoldItUp() {
    let world = FlatWorld()
    world.set(62, 65, 65, .obsidian)
    world.stand(63.3, 64, 64.72)
    world.player.yaw = 6
    var memory = OverworldExpertMemory()
    memory.begin(.pickUp, Place(60, 64, 64), along: (60...63).reversed().map { Place($0, 64, 64) })
    follow(&memory, world)
    #expect(world.player.x < 61)
  }

  /// What lies around a corner is come to along the side that is free.
  @Test func aBlockBesideTheGoalDoesNotHoldItUp() {
    let world = FlatWorld()
    world.set(63, 64, 64, .obsidian)
    world.stand(64.3, 64, 64.85)
    for _ in 0..<40 {
      let scene = ExpertScene(world.place, world.rules)
      let walk = ExpertWalk(scene: scene, hands: ExpertHands(scene))
      guard let action = walk.center(in: Place(63, 64, 63)) else { break }
      _ = world.place.pointee.step(action, world.rules)
    }
    #expect(world.player.x < 64 && world.player.z < 64)
  }

  /// Steps until the expert has done a task; nil where it has not.
  private func play(_ task: OverworldTask, seed: UInt64) -> Int? {
    let episode = Episode(task, seed: seed)
    var memory = OverworldExpertMemory()
    while true {
      let action = episode.place.pointee.expertAction(episode.rules, &memory)
      let outcome = episode.place.pointee.step(action, episode.rules)
      if outcome.reward > 0 { return Int(episode.world.steps) }
      if outcome.terminated || outcome.truncated { return nil }
    }
  }

  @Test(arguments: [
    "craft_stick", "craft_stone_slab_with_logs", "harvest_wool_with_crafting_table_and_iron_ingot",
    "craft_iron_ingot_with_stone_pickaxe",
  ])
  func tasksAreDone(_ name: String) throws {
    let task = try #require(OverworldTask.builtIn(name))
    #expect(play(task, seed: 1) != nil)
  }

  /// In the first of these worlds it has to come out of the water onto a bank, in the second a zombie takes the place in the
  /// table of the sheep that it has killed, in the third leaves hang beside its way, in the fourth a way begins on the edge of the
  /// hole that it leads into, in the fifth it has to come around a corner under water.
  @Test(arguments: [
    ("harvest_mutton_with_diamond_sword", 102), ("harvest_mutton_with_diamond_sword", 108),
    ("craft_iron_ingot_with_stone_pickaxe", 1026), ("craft_iron_ingot_with_stone_pickaxe", 50005),
    ("harvest_cooked_beef_with_furnace_and_diamond_sword", 50016),
  ])
  func whatStoppedItOnceDoesNotStopIt(_ name: String, _ seed: UInt64) throws {
    let task = try #require(OverworldTask.builtIn(name))
    #expect(play(task, seed: seed) != nil)
  }

  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["KNACK_LONG_TESTS"] != nil),
    arguments: OverworldTask.plan4mc)
  func allTasksAreDone(_ task: OverworldTask) {
    #expect((0..<10).count { play(task, seed: 100 + $0) != nil } >= 9)
  }

  /// The same state and memory get the same action, and asking changes nothing in the world.
  @Test func whatTheExpertDoesIsDetermined() throws {
    let task = try #require(OverworldTask.builtIn("craft_bowl"))
    let first = Episode(task, seed: 5), second = Episode(task, seed: 5)
    var memory = OverworldExpertMemory(), other = OverworldExpertMemory()
    for _ in 0..<200 {
      let action = first.place.pointee.expertAction(first.rules, &memory)
      #expect(second.place.pointee.expertAction(second.rules, &other) == action)
      _ = first.place.pointee.step(action, first.rules)
      _ = second.place.pointee.step(action, second.rules)
    }
    let size = MemoryLayout<OverworldWorld>.size
    #expect(memcmp(first.place, second.place, size) == 0)
  }

  @Test func aBatchKeepsTheExpertsMemory() throws {
    let task = try #require(OverworldTask.builtIn("craft_stick"))
    let batch = VectorEnvironment(
      WorldKind(withExpert: OverworldWorld.self, OverworldRules(task: task)), count: 2)
    batch.reset(seed: 1)
    var actions: [Int32] = [0, 0], done = [false, false]
    for _ in 0..<3000 where done.contains(false) {
      batch.expertActions(into: &actions)
      batch.step(actions)
      for i in 0..<2 where batch.terminated[i] && batch.rewards[i] > 0 { done[i] = true }
    }
    #expect(done == [true, true])
  }
}
