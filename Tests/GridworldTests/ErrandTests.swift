import Foundation
import KnackEnvironment
import Testing

@testable import KnackGridworld

/// Mazes, and the grid of LOVE.
@Suite struct ErrandTests {
  private let registry = EnvironmentRegistry(Gridworld.entries)

  private func settings(_ options: [(String, String)] = [], map: String? = nil) -> WorldSettings {
    WorldSettings(
      map: map.map { WorldFile(name: "own.txt", text: $0) },
      options: options.map { WorldSetting($0.0, $0.1, place: "test") })
  }

  /// Plays an episode as the expert does; steps and success.
  private func expert(_ kind: WorldKind, seed: UInt64) -> (steps: Int, success: Bool) {
    let environment = VectorEnvironment(kind, count: 1)
    environment.reset(seed: seed)
    var steps = 0, actions: [Int32] = [0]
    repeat {
      environment.expertActions(into: &actions)
      environment.step(actions)
      steps += 1
    } while !environment.terminated[0] && !environment.truncated[0]
    return (steps, environment.episodeSuccesses[0])
  }

  @Test("The expert walks the shortest way through drawn mazes, and finds the goal of every random one")
  func expertInMazes() throws {
    for maze in ["straight", "diagonal"] {
      let kind = try registry.kind("Maze-v1", settings: settings([("maze", maze)]))
      #expect(expert(kind, seed: 1) == (36, true))
    }
    let random = try registry.kind("Maze-v1")
    for seed in 0..<50 { #expect(expert(random, seed: UInt64(seed)).success) }
  }

  @Test("A maze of one's own is walked as it is drawn")
  func ownMaze() throws {
    let kind = try registry.kind("Maze-v1", settings: settings(map: "; two ways\n#####\n#@.*#\n#####\n"))
    let environment = VectorEnvironment(kind, count: 1)
    environment.reset(seed: 0)
    let window = (0..<49).map { environment.observations[$0] }
    #expect(window[3 * 7 + 3] == 0 && window[3 * 7 + 4] == 0 && window[3 * 7 + 5] == 2)
    #expect(window.count { $0 == 1 } == 46, "all else is wall, also outside")
    #expect((environment.observations[49], environment.observations[50]) == (1, 1))
    for (action, place) in [(1, 1), (0, 1), (2, 2)] as [(Int32, UInt8)] {
      environment.step([action])
      #expect(environment.observations[49] == place)
    }
    environment.step([2])
    #expect(environment.terminated[0] && environment.rewards[0] == 1)
  }

  @Test(
    "A map that is no maze is refused in one sentence that says where",
    arguments: [
      ("#####\n#@.*\n#####\n", "own.txt:2: this row has 4 cells and the first 5; make them equal."),
      ("####\n#@x#\n####\n", "own.txt:2:3: 'x' means nothing"),
      ("####\n#@.#\n####\n", "own.txt has 1 starts (@) and 0 goals (*)"),
      ("###\n@*#\n###\n", "own.txt:2:1: the edge of a maze is walls (#)."),
      ("", "own.txt: a maze has 1 to 31 rows"),
    ])
  func wrongMaps(text: String, words: String) throws {
    let error = #expect(throws: EnvironmentError.self) {
      try registry.kind("Maze-v1", settings: settings(map: text))
    }
    #expect(error?.description.hasPrefix(words) == true, "\(String(describing: error))")
  }

  @Test("Files that a world is not made from are refused, not passed over")
  func filesOfOtherWorlds() throws {
    let map = settings(map: "#####\n#@.*#\n#####\n")
    let error = #expect(throws: EnvironmentError.self) { try registry.kind("ComPILE-v1", settings: map) }
    #expect(
      error?.description
        == "own.txt: ComPILE-v1 draws its maps by seeds; choose one with the option instance.")
    let rules = WorldSettings(world: WorldFile(name: "rules.yaml", text: ""))
    #expect(throws: EnvironmentError.self) { try registry.kind("Maze-v1", settings: rules) }
  }

  private struct Episode: Decodable {
    struct Step: Decodable {
      var action: Int, reward: Int?, done: Bool?, map: [Int], place: [Int], wanted: Int
    }
    var seed: UInt64, steps: [Step]
  }

  @Test("LOVE's grid plays as the published one does, draw for draw and step for step")
  func loveReplays() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/love.json")
    let episodes = try JSONDecoder().decode([Episode].self, from: Data(contentsOf: file))
    #expect(episodes.count == 24)
    let rules = ErrandRules.pickUp(PickUp(visits: 3, rewardsEach: false, instance: nil), reach: nil)
    for episode in episodes {
      var world = ErrandWorld(rules)
      world.seed(episode.seed, rules)
      world.reset(rules)
      for step in episode.steps {
        if step.action >= 0 {
          let transition = world.step(step.action, rules)
          #expect(transition.reward == Double(step.reward ?? 0))
          #expect((transition.terminated || transition.truncated) == step.done)
        }
        let map = (0..<10).flatMap { row in (0..<10).map { Int(world[$0, row]) } }
        #expect(map == step.map && [Int(world.x), Int(world.y)] == step.place, "seed \(episode.seed)")
        // Once all is done nothing is wanted, which the published program writes as the first kind.
        #expect(max(2, Int(world.wantedNow(rules))) - 2 == step.wanted)
      }
    }
  }

  @Test(
    "An instance has the same map in every episode and world, and many starts; without one each episode has its own"
  )
  func instances() throws {
    func maps(_ instance: String) throws -> (maps: Set<[UInt8]>, places: Set<[UInt8]>) {
      let environment = VectorEnvironment(
        try registry.kind("ComPILE-v1", settings: settings([("instance", instance)])), count: 8)
      environment.reset(seed: 5)
      var found: (maps: Set<[UInt8]>, places: Set<[UInt8]>) = ([], [])
      for _ in 0..<3 {
        for world in 0..<8 {
          let row = (0..<103).map { environment.observations[world * 103 + $0] }
          found.maps.insert(Array(row[..<100] + row[102...]))
          found.places.insert(Array(row[100..<102]))
        }
        for _ in 0..<50 { environment.step([Int32](repeating: 0, count: 8)) }
      }
      return found
    }
    let one = try maps("1"), many = try maps("0")
    #expect(one.maps.count == 1 && one.places.count > 8)
    #expect(many.maps.count == 24)
  }

  @Test("Batches of errands resume bit for bit, and states that cannot be are refused")
  func states() throws {
    let kind = try registry.kind("ComPILE-v1", observation: "window")
    let one = VectorEnvironment(kind, count: 3), other = VectorEnvironment(kind, count: 3)
    func play(_ environment: VectorEnvironment, _ range: Range<Int>) -> [UInt8] {
      var seen: [UInt8] = []
      for i in range {
        environment.step((0..<3).map { Int32((i * 7 + $0 * 3 + i / 4) % 5) })
        seen += UnsafeBufferPointer(
          start: environment.observations, count: 3 * kind.specification.observation.size)
      }
      return seen
    }
    one.reset(seed: 3)
    _ = play(one, 0..<70)
    let saved = one.save()
    try other.restore(saved)
    #expect(play(one, 70..<200) == play(other, 70..<200))
  }
}
