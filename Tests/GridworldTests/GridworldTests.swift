import KnackEnvironment
import KnackGridworld
import Testing

@Suite struct GridworldTests {
  let registry = EnvironmentRegistry(Gridworld.entries)

  private func task(_ id: String) throws -> GridTask { try #require(Gridworld.tasks.first { $0.id == id }) }

  @Test func rewardAtTheLastStepTerminatesAndTruncates() throws {
    var player = Player(try task("MiniGrid-Empty-5x5-v0"), seed: 0)
    let actions: [GridAction] = [.forward, .forward, .right, .forward] + Array(repeating: .done, count: 95)
    for action in actions {
      #expect(player.world.step(action.rawValue, player.rules).truncated == false)
    }
    let last = player.world.step(GridAction.forward.rawValue, player.rules)
    #expect(last.terminated && last.truncated)
    #expect(last.reward == 1 - 0.9 * (100.0 / 100.0))
  }

  @Test func copiedWorldsGoTheirOwnWays() throws {
    var player = Player(try task("MiniGrid-Dynamic-Obstacles-8x8-v0"), seed: 4)
    for _ in 0..<5 { _ = player.world.step(0, player.rules) }
    var branch = player
    let here = player.observation()
    for _ in 0..<20 { _ = branch.world.step(1, branch.rules) }
    #expect(player.observation() == here, "stepping the copy leaves the original alone")

    var twin = player
    for i in 0..<300 {
      #expect(player.world.step(i % 2, player.rules).reward == twin.world.step(i % 2, twin.rules).reward)
    }
    #expect(player.observation() == twin.observation())
    #expect(player.world.random.state == twin.world.random.state)
  }

  /// Steps a batch and returns everything that a learner reads.
  private func run(_ environment: VectorEnvironment, steps: Int, from first: Int) -> [UInt8] {
    var seen: [UInt8] = []
    let size = environment.count * environment.specification.observation.size
    for step in first..<first + steps {
      let actions = (0..<environment.count).map { Int32(($0 * 31 + step * step * 7 + step / 3) % 7) }
      environment.step(actions)
      seen += UnsafeBufferPointer(start: environment.observations, count: size)
      seen += UnsafeRawBufferPointer(start: environment.rewards, count: 4 * environment.count)
      seen += (0..<environment.count).map { environment.terminated[$0] || environment.truncated[$0] ? 1 : 0 }
    }
    return seen
  }

  @Test(arguments: ["MiniGrid-DoorKey-5x5-v0", "MiniGrid-KeyCorridorS3R3-v0", "MiniGrid-PutNear-6x6-N2-v0"])
  func batchesResumeBitForBit(id: String) throws {
    let kind = try registry.kind(id)
    let whole = VectorEnvironment(kind, count: 5), resumed = VectorEnvironment(kind, count: 5)
    whole.reset(seed: 9)
    _ = run(whole, steps: 150, from: 0)
    let saved = whole.save()
    let rest = run(whole, steps: 300, from: 150)
    try resumed.restore(saved)
    #expect(run(resumed, steps: 300, from: 150) == rest)
    #expect(resumed.save() == whole.save())
  }

  @Test func worldsOfABatchAreSeededOneByOne() throws {
    let kind = try registry.kind("MiniGrid-FourRooms-v0")
    let batch = VectorEnvironment(kind, count: 3), single = VectorEnvironment(kind, count: 1)
    batch.reset(seed: 20)
    single.reset(seed: 22)
    let size = kind.specification.observation.size
    #expect((0..<size).allSatisfy { batch.observations[2 * size + $0] == single.observations[$0] })
  }

  /// The compact observation says exactly what the image says.
  @Test(arguments: Gridworld.tasks.map(\.id)) func cellsMeanWhatTheImageShows(id: String) throws {
    let cells = VectorEnvironment(try registry.kind(id), count: 4)
    let image = VectorEnvironment(try registry.kind(id, observation: "image"), count: 4)
    cells.reset(seed: 5)
    image.reset(seed: 5)
    let limits = cells.specification.observation.cardinalities
    let imageLimits = image.specification.observation.cardinalities
    #expect(limits.count == 55 && imageLimits.count == 153)
    for step in 0..<60 {
      for world in 0..<4 {
        let row = cells.observations + world * 55, other = image.observations + world * 153
        for i in 0..<49 {
          let triple = Cell(rawValue: row[i]).triple
          #expect(
            (triple.type, triple.color, triple.state) == (other[3 * i], other[3 * i + 1], other[3 * i + 2]))
        }
        for i in 0..<6 { #expect(row[49 + i] == other[147 + i]) }
        #expect((0..<55).allSatisfy { Int(row[$0]) < limits[$0] })
        #expect((0..<153).allSatisfy { Int(other[$0]) < imageLimits[$0] })
      }
      let actions = (0..<4).map { Int32(($0 + step * step) % cells.specification.actions.count) }
      cells.step(actions)
      image.step(actions)
    }
  }

  @Test func factsFollowTheKeyAndTheDoor() throws {
    let environment = VectorEnvironment(try registry.kind("MiniGrid-DoorKey-5x5-v0"), count: 1, facts: true)
    let names = environment.specification.facts
    func fact(_ name: String) -> Int32? {
      names.firstIndex(of: name).flatMap { environment.facts?[$0] }
    }
    environment.reset(seed: 3)
    #expect(fact("doors_locked") == 1 && fact("doors_open") == 0 && fact("carrying_key") == 0)
    // The curious player finds key, door and goal in time; every step's facts agree with what the image shows.
    var player = Player(try task("MiniGrid-DoorKey-5x5-v0"), seed: 3), curious = Curious(seed: 1)
    var opened = false, carried = false
    for _ in 0..<200 {
      let action = curious.action(player.observation(), 7)
      let outcome = player.world.step(action, player.rules)
      if outcome.terminated || outcome.truncated { break }
      environment.step([Int32(action)])
      let image = player.observation()
      let front = 3 * 21 + 15
      #expect(fact("carrying_key") == (image[front + 3] == 5 ? 1 : 0))
      #expect(fact("facing_key") == (image[front] == 5 ? 1 : 0))
      #expect(fact("facing_locked_door") == (image[front] == 4 && image[front + 2] == 2 ? 1 : 0))
      #expect(fact("facing_goal") == (image[front] == 8 ? 1 : 0))
      #expect((fact("doors_open") ?? 0) + (fact("doors_closed") ?? 0) + (fact("doors_locked") ?? 0) == 1)
      opened = opened || fact("doors_open") == 1
      carried = carried || fact("carrying_key") == 1
    }
    #expect(opened && carried)
  }

  @Test func missionsVaryAsTokens() throws {
    var player = Player(try task("MiniGrid-PutNear-8x8-N3-v0"), seed: 0)
    let colors = ["red", "green", "blue", "purple", "yellow", "grey"], kinds = ["key", "ball", "box", "door"]
    for _ in 0..<20 {
      let tokens = player.observation().suffix(4).map(Int.init)
      #expect(
        player.mission
          == "put the \(colors[tokens[0] - 1]) \(kinds[tokens[1] - 1]) near the "
          + "\(colors[tokens[2] - 1]) \(kinds[tokens[3] - 1])")
      player.world.reset(player.rules)
    }
    var constant = Player(try task("MiniGrid-DoorKey-8x8-v0"), seed: 0)
    #expect(constant.observation().suffix(5) == [0, 0, 0, 0, 0])
  }

  @Test func misspeltIdsAndObservationsAreNamed() {
    #expect(
      throws: EnvironmentError.unknownEnvironment("MiniGrid-DoorKey-8x8", nearest: "MiniGrid-DoorKey-8x8-v0")
    ) {
      try registry.kind("MiniGrid-DoorKey-8x8")
    }
    #expect(
      throws: EnvironmentError.unknownObservation(
        "pixels", environment: "MiniGrid-LavaGapS5-v0", known: ["cells", "image"])
    ) { try registry.kind("MiniGrid-LavaGapS5-v0", observation: "pixels") }
  }
}
