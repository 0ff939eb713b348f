import KnackEnvironment
import Testing

@testable import KnackOverworld

/// The Overworld as a batch sees it.
@Suite struct BatchTests {
  private func batch(_ settings: [String: String] = [:], count: Int = 2) throws -> VectorEnvironment {
    let registry = EnvironmentRegistry(Overworld.entries)
    let settings = WorldSettings(options: settings.map { WorldSetting($0.key, $0.value, place: "test") })
    return VectorEnvironment(try registry.kind("Overworld-v1", settings: settings), count: count)
  }

  /// Takes actions that may be taken, drawn at random.
  private func play(_ batch: VectorEnvironment, steps: Int, _ random: inout SystemStream) {
    let size = batch.specification.actions.maskSize
    guard let masks = batch.actionMasks else { return }
    for _ in 0..<steps {
      let actions = (0..<batch.count).map { world in
        while true {
          let action = random.below(size)
          if masks[world * size + action] == 1 { return Int32(action) }
        }
      }
      batch.step(actions)
    }
  }

  @Test(arguments: [
    "free", "craft_bed_with_crafting_table_and_shears", "survive_a_night_in_the_open_desert", "bread",
  ])
  func aRestoredBatchGoesOnAsTheFirstDid(_ task: String) throws {
    let first = try batch(["task": task, "ticks-per-step": "10"])
    first.reset(seed: 7)
    var random = SystemStream(seed: 1)
    play(first, steps: 150, &random)
    let saved = first.save()
    let second = try batch(["task": task, "ticks-per-step": "10"])
    try second.restore(saved)
    #expect(second.save() == saved)
    var same = random
    play(first, steps: 150, &random)
    play(second, steps: 150, &same)
    #expect(first.save() == second.save())
  }

  @Test func aCopiedWorldGoesOnAsTheFirstDoes() throws {
    let batch = try batch(["task": "craft_carpet_with_shears", "ticks-per-step": "10"])
    batch.reset(seed: 3)
    var random = SystemStream(seed: 2)
    play(batch, steps: 50, &random)
    batch.copy(world: 0, to: 1)
    for step in 0..<100 { batch.step([Int32(step % 15), Int32(step % 15)]) }
    let size = batch.specification.observation.size
    let rows = UnsafeBufferPointer(start: batch.observations, count: 2 * size)
    #expect(rows[..<size].elementsEqual(rows[size...]))
    #expect(batch.episodeLengths[0] == batch.episodeLengths[1])
  }

  @Test func damagedBytesAreNotTakenForAWorld() throws {
    let batch = try batch(count: 1)
    batch.reset(seed: 1)
    let saved = batch.save()
    // The worlds come first, after a line with a label.
    let label = saved.prefix { $0 != UInt8(ascii: "\n") }.count + 1
    func refuses(_ offset: Int?, _ byte: UInt8) -> Bool {
      var bytes = saved
      bytes[label + (offset ?? 0)] = byte
      do {
        try batch.restore(bytes)
        return false
      } catch {
        return error == .damagedState(environment: "Overworld-v1")
      }
    }
    #expect(refuses(MemoryLayout<OverworldWorld>.offset(of: \.blocks), 250))
    #expect(refuses(MemoryLayout<OverworldWorld>.offset(of: \.player.isOnGround), 2))
    #expect(refuses(MemoryLayout<OverworldWorld>.offset(of: \.player.yaw), 24))
    #expect(refuses(MemoryLayout<OverworldWorld>.offset(of: \.player.x).map { $0 + 7 }, 0x7F))
    #expect(refuses(MemoryLayout<OverworldWorld>.offset(of: \.player.inventory).map { $0 + 1 }, 0xFF))
    #expect(refuses(MemoryLayout<OverworldWorld>.offset(of: \.creatureCount), 49))
    #expect(refuses(MemoryLayout<OverworldWorld>.offset(of: \.biomes), 6))
    #expect(batch.save() == saved)
  }

  @Test func damagedBytesAreNotTakenForAnExpertsMemory() throws {
    let batch = try batch(["task": "craft_stick"], count: 1)
    batch.reset(seed: 1)
    playExpertly(batch, steps: 20)
    let saved = batch.save(), memory = startOfMemory(saved)
    func refuses<Field>(_ path: KeyPath<OverworldExpertMemory, Field>, byte: Int = 0, _ value: UInt8) -> Bool
    {
      guard let offset = MemoryLayout<OverworldExpertMemory>.offset(of: path) else { return false }
      var bytes = saved
      bytes[memory + offset + byte] = value
      do {
        try batch.restore(bytes)
        return false
      } catch {
        return error == .damagedState(environment: "Overworld-v1")
      }
    }
    #expect(refuses(\.errand, OverworldExpertMemory.Errand.explore.rawValue + 1))
    #expect(refuses(\.creature, 48))
    #expect(refuses(\.kind, UInt8(CreatureKind.allCases.count)))
    #expect(refuses(\.item, byte: 1, 0xFF))
    #expect(refuses(\.target, byte: 1, 0x7F))
    #expect(refuses(\.path, byte: 191 * 6 + 5, 0x80))
    #expect(refuses(\.pathCount, 193))
    #expect(refuses(\.pathStep, 192))
    #expect(refuses(\.strayed, 255))
    #expect(refuses(\.idleSteps, byte: 1, 0x80))
    #expect(refuses(\.failed, byte: 15 * 6 + 1, 0x7F))
    #expect(refuses(\.nextFailed, 16))
    #expect(batch.save() == saved)
  }

  /// Whatever bytes are taken for a memory, the expert can go on with them.
  @Test func theExpertGoesOnFromWhateverIsAccepted() throws {
    let batch = try batch(["task": "craft_stick"], count: 1)
    batch.reset(seed: 2)
    playExpertly(batch, steps: 30)
    let saved = batch.save(), memory = startOfMemory(saved)
    var random = SystemStream(seed: 5), accepted = 0
    for _ in 0..<300 {
      var bytes = saved
      for _ in 0..<1 + random.below(3) {
        // Half of the flips are in what is not the way.
        let size = MemoryLayout<OverworldExpertMemory>.size, head = 10
        let offset = [random.below(head), size - 1 - random.below(120), random.below(size)][random.below(3)]
        bytes[memory + offset] ^= 1 << UInt8(random.below(8))
      }
      do {
        try batch.restore(bytes)
      } catch {
        #expect(error == .damagedState(environment: "Overworld-v1"))
        continue
      }
      accepted += 1
      playExpertly(batch, steps: 5)
    }
    #expect((50..<250).contains(accepted))
  }

  /// Steps with the expert's actions.
  private func playExpertly(_ batch: VectorEnvironment, steps: Int) {
    var actions = [Int32](repeating: 0, count: batch.count)
    for _ in 0..<steps {
      batch.expertActions(into: &actions)
      batch.step(actions)
    }
  }

  /// Where the memory of the expert of a batch's only world begins: it comes last, in whole lines of 64 bytes.
  private func startOfMemory(_ saved: [UInt8]) -> Int {
    saved.count - (MemoryLayout<OverworldExpertMemory>.stride + 63) / 64 * 64
  }

  @Test func theSameSeedGivesTheSameBytes() throws {
    let one = try batch(["ticks-per-step": "10"]), other = try batch(["ticks-per-step": "10"])
    for batch in [one, other] {
      batch.reset(seed: 11)
      var random = SystemStream(seed: 4)
      play(batch, steps: 100, &random)
    }
    #expect(one.save() == other.save())
  }

  /// Looking changes nothing: the same actions lead to the same world, whatever is shown of it.
  @Test func whatIsShownDoesNotChangeTheWorld() throws {
    let registry = EnvironmentRegistry(Overworld.entries)
    func world(_ observation: String, _ also: String) throws -> [UInt8] {
      let options = [
        WorldSetting("also", also, place: "test"), WorldSetting("ticks-per-step", "20", place: "test"),
        WorldSetting("task", "survive_a_night_in_the_open_desert", place: "test"),
      ]
      let batch = VectorEnvironment(
        try registry.kind(
          "Overworld-v1", observation: observation, settings: WorldSettings(options: options)), count: 1,
        facts: also != "none")
      batch.reset(seed: 6)
      var random = SystemStream(seed: 3)
      for _ in 0..<200 { batch.step([Int32(random.below(15))]) }
      return Array(
        batch.save().drop { $0 != UInt8(ascii: "\n") }.dropFirst().prefix(MemoryLayout<OverworldWorld>.size))
    }
    let seen = try world("rays", "depth+semantic")
    #expect(try world("voxels", "none") == seen)
  }

  /// What was played before leaves nothing behind.
  @Test func aSeedsEpisodeIsTheSameBytesInAUsedWorld() throws {
    let task = try #require(OverworldTask.builtIn("harvest_milk_with_crafting_table_and_iron_ingot"))
    let rules = OverworldRules(task: task, ticksPerStep: 10)
    let used = Episode(rules, seed: 3), fresh = Episode(rules, seed: 9)
    var random = SystemStream(seed: 1)
    for _ in 0..<300 { _ = used.place.pointee.step(random.below(15), rules) }
    used.place.pointee.seed(9, rules)
    used.reset()
    for episode in [used, fresh] { for step in 0..<100 { _ = episode.place.pointee.step(step % 15, rules) } }
    let size = MemoryLayout<OverworldWorld>.size
    #expect(
      UnsafeRawBufferPointer(start: used.place, count: size).elementsEqual(
        UnsafeRawBufferPointer(start: fresh.place, count: size)))
  }

  @Test func factorsAreStepped() throws {
    let batch = try batch(["actions": "factored", "task": "craft_stick"], count: 1)
    let space = batch.specification.actions, actions = OverworldActions.standard
    #expect(space.isFactored && space.count == FactoredAction.count(actions))
    #expect(space.factors.map(\.values.count) == FactoredAction.sizes(actions))
    #expect(space.maskSize == FactoredMaskLayout(actions).count)
    batch.reset(seed: 1)
    var action = FactoredAction()
    action.yaw = 14
    batch.step([Int32(action.code(actions))])
    #expect(batch.rewards[0] == 0 && !batch.terminated[0])
  }

  @Test func aFileOfTasksIsGivenAsTheWorld() throws {
    let registry = EnvironmentRegistry(Overworld.entries)
    let file = WorldFile(
      name: "my.yaml",
      text: "two_logs: {goal: {obtain: {log: 2}}, ticks: 70}\nbread: {goal: {obtain: bread}, ticks: 5}")
    func limit(_ task: String?) throws -> Int? {
      let options = task.map { [WorldSetting("task", $0, place: "--option")] } ?? []
      return try registry.kind("Overworld-v1", settings: WorldSettings(world: file, options: options))
        .specification
        .stepLimit
    }
    #expect(
      try limit(nil) == 70 && limit("bread") == 5 && limit("craft_stick") == 3000 && limit("free") == nil)
    #expect(
      throws: EnvironmentError.wrongSetting(
        "--option: there is no 'two_log' for 'task'; did you mean 'two_logs'?")
    ) {
      try limit("two_log")
    }
    let wrong = WorldSettings(
      world: WorldFile(name: "my.yaml", text: "two_logs: {goal: {obtain: log}, tick: 70}"))
    #expect(
      throws: EnvironmentError.wrongFile(
        "my.yaml:1:33: there is no key 'tick' in 'two_logs'; did you mean 'ticks'?")
    ) {
      try registry.kind("Overworld-v1", settings: wrong)
    }
  }

  @Test func aMapFromAFileIsTheWorldOfEveryEpisode() throws {
    let registry = EnvironmentRegistry(Overworld.entries)
    let task = WorldSetting("task", "craft_stick", place: "test")
    let text = try registry.workshop("Overworld-v1").map(WorldSettings(options: [task]), 4)
    let settings = WorldSettings(map: WorldFile(name: "map.txt", text: text), options: [task])
    func starts(_ settings: WorldSettings, _ seed: UInt64) throws -> [String] {
      var lines: [String] = []
      try registry.kind("Overworld-v1", settings: settings).trace(seed: seed, actions: [-1]) { line in
        lines.append(
          line.fields.filter { ["x", "y", "z", "yaw"].contains($0.name) }.map(\.value.json).joined(
            separator: " "))
      }
      return lines
    }
    let generated = try starts(WorldSettings(options: [task]), 4)
    #expect(generated[0] != generated[1])
    #expect(try starts(settings, 1) == [generated[0], generated[0]])
    let cut = WorldSettings(map: WorldFile(name: "map.txt", text: String(text.prefix(1000))))
    #expect(
      throws: EnvironmentError.wrongFile(
        "map.txt is cut short: its last line is no checksum; write the map anew.")
    ) {
      try registry.kind("Overworld-v1", settings: cut)
    }
  }
}
