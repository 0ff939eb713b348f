import KnackDocuments
import KnackEnvironment
import Testing

@testable import KnackOverworld

/// How episodes begin and end.
@Suite struct TaskTests {
  @Test func theFortyTasksOfPlan4MCAreThere() throws {
    let tasks = OverworldTask.plan4mc
    #expect(tasks.count == 40 && Set(tasks.map(\.name)).count == 40)
    #expect(tasks.allSatisfy { $0.time == 6000 && $0.biome != nil && $0.goal != nil })
    let bed = try #require(OverworldTask.builtIn("craft_bed_with_crafting_table_and_shears"))
    #expect(bed.biome == .plains && bed.tickLimit == 10_000 && bed.goal == .obtain(item: "bed", count: 1))
    #expect(
      bed.creatures.map(\.kind) == [.cow, .sheep]
        && bed.creatures.allSatisfy { $0.count == 3 && $0.within == 30 })
    let names = bed.inventory.map { MinecraftRules.standard.items.names[$0.item.index] }
    #expect(names == ["crafting_table", "shears"])
  }

  @Test func anEpisodeBeginsAsItsTaskSays() throws {
    let task = try #require(OverworldTask.builtIn("harvest_wool_with_crafting_table_and_iron_ingot"))
    let test = Episode(task, seed: 3)
    for _ in 0..<20 {
      test.reset()
      #expect(test.world.timeOfDay == 6000 && test.world.player.isOnGround)
      #expect(test.world.player.count(of: "iron_ingot", test.rules) == 2)
      #expect(test.world.player.count(of: "crafting_table", test.rules) == 1)
      let player = test.world.player
      let near = (0..<Int(test.world.creatureCount)).map { test.world.creatures[$0] }.filter {
        abs($0.x - player.x) < 40 && abs($0.z - player.z) < 40
      }
      #expect(near.count { $0.kind == .sheep } >= 3 && near.count { $0.kind == .cow } >= 3)
      for creature in near {
        #expect(test.world.blocks[cell(creature.x), cell(creature.y) - 1, cell(creature.z)] != .air)
      }
    }
  }

  @Test func aTasksCreaturesAlwaysFindRoom() throws {
    let test = Episode(
      try task("biome: plains\ncreatures: {cow: 32}\nwithin: 60\ngoal: {obtain: stick}"), seed: 3)
    for _ in 0..<30 {
      test.reset()
      #expect(test.world.countCreatures { $0 == .cow } >= 32)
    }
  }

  @Test func whatIsObtainedIsWorthOneAndEndsTheEpisode() throws {
    let test = Episode(try #require(OverworldTask.builtIn("craft_stick")), seed: 1)
    #expect(test.step("noop") == Transition())
    test.give("log", 1)
    #expect(test.step("craft_planks") == Transition())
    #expect(test.step("craft_stick") == Transition(reward: 1, terminated: true))
  }

  @Test func deathEndsAnEpisodeWithNothing() throws {
    let test = Episode(try #require(OverworldTask.builtIn("craft_stick")), seed: 1)
    test.place.pointee.hurtPlayer(40, test.rules)
    #expect(test.step("noop") == Transition(terminated: true))
  }

  @Test func limitsAreGameTicks() throws {
    let task = try #require(OverworldTask.builtIn("craft_stick"))
    #expect(OverworldRules(task: task).specification.stepLimit == 3000)
    let test = Episode(task, seed: 1, ticksPerStep: 10)
    #expect(test.rules.specification.stepLimit == 300)
    for _ in 1..<300 { #expect(test.step("noop") == Transition()) }
    #expect(test.step("noop") == Transition(truncated: true))
  }

  @Test func anIncreaseCountsNotWhatWasThere() throws {
    let test = Episode(try task("inventory: {log: 2}\ngoal: {obtain: {log: 1}}"), seed: 1)
    #expect(!test.step("noop").terminated)
    test.give("log", 1, metadata: 1)
    #expect(test.step("noop") == Transition(reward: 1, terminated: true))
  }

  @Test func goalsAreJoined() throws {
    let test = Episode(
      try task("goal: {obtain: {coal: 2, stick: 1}, before: 20, any: [{near: furnace}, {eat: bread}]}"),
      seed: 1)
    test.give("coal", 2)
    test.give("stick", 1)
    #expect(!test.step("noop").terminated)
    let player = test.world.player
    test.place.pointee.setBlock(cell(player.x) + 2, cell(player.y), cell(player.z), .furnace, test.rules)
    #expect(test.step("noop").terminated)
    for _ in 0..<20 { _ = test.step("noop") }
    #expect(!test.step("noop").terminated)
  }

  @Test func mealsAreCounted() throws {
    let test = Episode(try task("inventory: {bread: 3}\ngoal: {eat: {bread: 2}}"), seed: 1)
    test.place.pointee.player.food = 2
    var steps = 0
    while !test.step("use").terminated { steps += 1 }
    #expect((60...70).contains(steps) && test.world.player.count(of: "bread", test.rules) == 1)
  }

  @Test func aLitShelterIsDarkButForItsLamps() throws {
    let test = Episode(try task("goal: {light: {sky: 0, blocks: 8}}"), seed: 1)
    let x = cell(test.world.player.x), y = cell(test.world.player.y), z = cell(test.world.player.z)
    for nearX in x - 1...x + 1 {
      for nearZ in z - 1...z + 1 {
        for level in y...y + 2 where (nearX, nearZ) != (x, z) || level == y + 2 {
          test.place.pointee.setBlock(nearX, level, nearZ, .cobblestone, test.rules)
        }
      }
    }
    #expect(!test.step("noop").terminated)
    test.place.pointee.setBlock(x, y, z, .torch, test.rules)
    #expect(test.step("noop").terminated)
  }

  @Test(arguments: [
    ("log", "forest", 3), ("stone", "plains", 2), ("iron_ore", "plains", 2), ("diamond_ore", "taiga", 3),
    ("cactus", "desert", 4), ("water", "forest", 4), ("reeds", "desert", 3),
  ])
  func trainingGroundsBeginBesideTheirBlock(_ block: String, _ biome: String, _ within: Int) throws {
    let test = Episode(
      try task(
        """
        biome: \(biome)
        start: {near: \(block), within: \(within)}
        placed: [crafting_table]
        creatures: {pig: 1}
        within: 5
        goal: {after: 9}
        """), seed: 5)
    let set = BlockSet(named: block, test.rules)
    for _ in 0..<10 {
      test.reset()
      let player = test.world.player
      let x = cell(player.x), y = cell(player.y), z = cell(player.z)
      var isNear = false, hasTable = false
      for nearX in x - within...x + within {
        for nearY in y - within...y + within {
          for nearZ in z - within...z + within {
            let here = test.world.blocks[nearX, nearY, nearZ]
            if set[here] { isNear = true }
            if here == .craftingTable { hasTable = true }
          }
        }
      }
      #expect(isNear && hasTable)
      #expect(test.rules.traits[test.world.blocks[x, y, z]].height == 0)
      #expect(test.rules.traits[test.world.blocks[x, y - 1, z]].height > 0)
      // Nothing happens to who stands there.
      for _ in 0..<5 { _ = test.step("noop") }
      #expect(test.world.player.health == 20 && abs(test.world.player.y - player.y) < 1)
    }
  }

  @Test(arguments: [
    ("goal: {obtain: stck}", "tasks.yaml:2:18: there is no item 'stck'; did you mean 'stick'?"),
    ("gaol: {obtain: stick}", "tasks.yaml:2:3: there is no key 'gaol' in 'test'; did you mean 'goal'?"),
    (
      "goal: {obtains: stick}",
      "tasks.yaml:2:10: there is no condition 'obtains' in 'test.goal'; did you mean 'obtain'?"
    ),
    ("goal: {near: cheese}", "tasks.yaml:2:16: there is no block or creature 'cheese'"),
    ("goal: {eat: stick}", "tasks.yaml:2:15: 'stick' cannot be eaten."),
    ("goal: {}", "tasks.yaml:2:9: a goal takes at least one condition"),
    (
      "biome: swamp\n  goal: {obtain: stick}",
      "tasks.yaml:2:10: there is no biome 'swamp'; choose from plains"
    ),
    ("creatures: {wolf: 1}\n  goal: {obtain: stick}", "tasks.yaml:2:15: there is no creature 'wolf'"),
    ("time: 24000\n  goal: {obtain: stick}", "takes a whole number from 0 to 23999"),
    (
      "inventory: {stick: 2305}\n  goal: {obtain: bowl}",
      "tasks.yaml:2:22: 'test.inventory.stick' takes a whole number from 1 to 2304, not '2305'."
    ),
    (
      "inventory: {bed: 30, shears: 7}\n  goal: {obtain: bowl}",
      "tasks.yaml:2:32: test.inventory.shears finds no room: the player has 36 slots, each for 1 of it."
    ),
    ("inventory: {\"planks:9\": 1}\n  goal: {obtain: bowl}", "'planks:9' has no such metadata."),
    ("ticks: 3000", "the task 'test' has no 'goal'."),
    (
      "biome: desert\n  start: {near: log}\n  goal: {obtain: bowl}",
      "tasks.yaml:3:17: no episode can begin there: a world of desert has no log."
    ),
    (
      "start: {near: chest}\n  goal: {obtain: bowl}",
      "there is no block that worlds grow 'chest'; choose from"
    ),
    ("placed: [torch]\n  goal: {obtain: bowl}", "there is no block to be placed 'torch'"),
    (
      "creatures: {cow: 20, pig: 13}\n  goal: {obtain: bowl}",
      "a task begins with at most 32 creatures of its own"
    ),
    ("food: 0\n  goal: {obtain: bowl}", "'test.food' takes a whole number from 1 to 20, not '0'."),
    (
      "ticks: 0\n  goal: {obtain: bowl}",
      "tasks.yaml:2:10: 'test.ticks' takes a whole number from 1 to 1000000000, not '0'."
    ),
    (
      "within: 65\n  goal: {obtain: bowl}",
      "tasks.yaml:2:11: 'test.within' takes a whole number from 1 to 64, not '65'."
    ),
    ("summary: [a]\n  goal: {obtain: bowl}", "tasks.yaml:2:12: 'test.summary' takes text, not this list."),
    (
      "placed: [furnace, furnace, furnace, furnace, furnace]\n  goal: {obtain: bowl}",
      "tasks.yaml:2:48: at most four blocks are placed about the player."
    ),
    (
      "placed: furnace\n  goal: {obtain: bowl}",
      "tasks.yaml:2:11: 'test.placed' takes a list of blocks, not 'furnace'."
    ),
    (
      "start: {within: 2}\n  goal: {obtain: bowl}",
      "tasks.yaml:2:10: 'test.start' takes 'near', the name of a block."
    ),
    (
      "start: {near: log, within: 9}\n  goal: {obtain: bowl}",
      "tasks.yaml:2:30: 'test.start.within' takes a whole number from 1 to 8, not '9'."
    ),
    ("goal: stick", "tasks.yaml:2:9: 'test.goal' takes a mapping of keys to values, not 'stick'."),
    ("goal: {any: []}", "tasks.yaml:2:15: 'any' takes at least one goal."),
    ("goal: {any: {near: cow}}", "tasks.yaml:2:15: 'test.goal.any' takes a list of goals, not a mapping."),
    (
      "goal: {any: [{}]}",
      "tasks.yaml:2:16: a goal takes at least one condition; choose from any, obtain, near, eat, after, before, light."
    ),
    (
      "goal: {after: 0}",
      "tasks.yaml:2:17: 'test.goal.after' takes a whole number from 1 to 1000000000, not '0'."
    ),
    (
      "goal: {before: -5}",
      "tasks.yaml:2:18: 'test.goal.before' takes a whole number from 1 to 1000000000, not '-5'."
    ),
    (
      "goal: {light: {sky: 16}}",
      "tasks.yaml:2:23: 'test.goal.light.sky' takes a whole number from 0 to 15, not '16'."
    ),
    (
      "goal: {light: {blocks: dark}}",
      "tasks.yaml:2:26: 'test.goal.light.blocks' takes a whole number from 0 to 15, not 'dark'."
    ),
    (
      "goal: {light: {lamps: 3}}",
      "tasks.yaml:2:18: there is no key 'lamps' in 'test.goal.light'; choose from sky, blocks."
    ),
    (
      "goal: {obtain: [stick]}",
      "tasks.yaml:2:18: 'test.goal.obtain' takes the name of an item, not this list."
    ),
    ("goal: {obtain: {stck: 1}}", "tasks.yaml:2:19: there is no item 'stck'; did you mean 'stick'?"),
    (
      "goal: {obtain: {stick: 0}}",
      "tasks.yaml:2:26: 'test.goal.obtain.stick' takes a whole number from 1 to 2304, not '0'."
    ),
    ("goal: {eat: {stick: 1}}", "tasks.yaml:2:15: 'stick' cannot be eaten."),
    (
      "inventory: {stck: 1}\n  goal: {obtain: bowl}",
      "tasks.yaml:2:15: there is no item 'stck'; did you mean 'stick'?"
    ),
    (
      "inventory: [stick]\n  goal: {obtain: bowl}",
      "tasks.yaml:2:14: 'test.inventory' takes a mapping of items to counts, not this list."
    ),
    (
      "creatures: {cow: 33}\n  goal: {obtain: bowl}",
      "tasks.yaml:2:20: 'test.creatures.cow' takes a whole number from 1 to 32, not '33'."
    ),
    (
      "goal: {any: [\(String(repeating: "{near: cow}, ", count: 33))]}",
      "tasks.yaml:2:9: a goal has at most 32 conditions, 8 of them of meals; leave some out."
    ),
    (
      "goal: {any: [\(String(repeating: "{eat: bread}, ", count: 9))]}",
      "tasks.yaml:2:9: a goal has at most 32 conditions, 8 of them of meals; leave some out."
    ),
  ])
  func mistakesAreNamed(_ body: String, _ sentence: String) {
    do {
      _ = try task(body)
      Issue.record("nothing was said of: \(body)")
    } catch {
      #expect("\(error)".contains(sentence), "\(error)")
      #expect("\(error)".wholeMatch(of: /tasks\.yaml:\d+:\d+: .+/) != nil, "\(error)")
    }
  }

  @Test(arguments: [
    ("", "tasks.yaml: there is no task here; write a name, and under it what it asks."),
    ("{}", "tasks.yaml:1:1: there is no task here; write a name, and under it what it asks."),
    ("- bread", "tasks.yaml:1:1: the document takes a mapping of names to tasks, not this list."),
    ("bread: bake", "tasks.yaml:1:8: 'bread' takes a mapping of keys to values, not 'bake'."),
    ("bread:\n  summary: Bake.", "tasks.yaml:2:3: the task 'bread' has no 'goal'."),
    (
      "bread: {goal: {obtain: bread}}\nbread: {goal: {eat: bread}}",
      "tasks.yaml:1:1: the key 'bread' is given twice; keep one."
    ),
    ("bread: {goal: {obtain: bread}", "tasks.yaml:2:1: this is not YAML: did not find expected ',' or '}'."),
  ])
  func filesThatHoldNoTasksAreRefused(_ yaml: String, _ sentence: String) {
    #expect(throws: DocumentError(sentence)) { try OverworldTask.tasks(yaml: yaml, file: "tasks.yaml") }
  }

  /// A task of a file that says this and no more.
  private func task(_ body: String) throws(DocumentError) -> OverworldTask {
    let yaml = "test:\n  " + body.replacing("\n", with: "\n  ").replacing("\n    ", with: "\n  ")
    return try OverworldTask.tasks(yaml: yaml, file: "tasks.yaml")[0]
  }
}

/// An episode on the heap: the threads of the test runner have small stacks.
final class Episode {
  let rules: OverworldRules
  let place = UnsafeMutablePointer<OverworldWorld>.allocate(capacity: 1)

  init(_ rules: OverworldRules, seed: UInt64) {
    self.rules = rules
    OverworldWorld.initialize(place, rules)
    place.pointee.seed(seed, rules)
    reset()
  }

  convenience init(_ task: OverworldTask, seed: UInt64, ticksPerStep: Int = 1) {
    self.init(OverworldRules(task: task, ticksPerStep: ticksPerStep), seed: seed)
  }

  deinit { place.deallocate() }

  /// The world, in place.
  var world: OverworldWorld {
    _read { yield place.pointee }
  }

  func reset() { place.pointee.reset(rules) }

  /// Takes the action of a name.
  func step(_ name: String) -> Transition {
    guard let action = rules.specification.actions.number(of: name) else {
      fatalError("no action \(name)")
    }
    return place.pointee.step(action, rules)
  }

  func give(_ name: String, _ count: UInt8, metadata: Int = 0) {
    guard let item = rules.minecraft.items.item(name, metadata) else { fatalError("no item \(name)") }
    place.pointee.give(ItemStack(item, count), rules)
  }
}
