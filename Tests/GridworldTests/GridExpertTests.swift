import KnackEnvironment
import Testing

@testable import KnackGridworld

/// The expert of MiniGrid's worlds.
@Suite struct GridExpertTests {
  /// Plays an episode as the expert does, with slips; its steps, and whether it succeeded.
  private func play(_ kind: WorldKind, seed: UInt64, slips: (Int) -> Bool = { _ in false }) -> (Int, Bool) {
    let environment = VectorEnvironment(kind, count: 1)
    environment.reset(seed: seed)
    var steps = 0, actions: [Int32] = [0]
    repeat {
      environment.expertActions(into: &actions)
      if slips(steps) { actions[0] = Int32(steps % 3) }
      environment.step(actions)
      steps += 1
    } while !environment.terminated[0] && !environment.truncated[0]
    return (steps, environment.episodeSuccesses[0])
  }

  @Test(
    "It succeeds in every episode of every task",
    arguments: Gridworld.tasks.filter { $0.rule != .dynamicObstacles }.map(\.id))
  func succeeds(id: String) throws {
    let kind = try EnvironmentRegistry(Gridworld.entries).kind(id)
    for seed in 0..<40 { #expect(play(kind, seed: UInt64(seed)).1, "seed \(seed)") }
  }

  @Test("Among moving obstacles there is none")
  func none() throws {
    let kind = try EnvironmentRegistry(Gridworld.entries).kind("MiniGrid-Dynamic-Obstacles-8x8-v0")
    #expect(!kind.hasExpert)
  }

  @Test("It takes the shortest way: corner to corner of an empty room, and around lava")
  func shortest() throws {
    let registry = EnvironmentRegistry(Gridworld.entries)
    #expect(play(try registry.kind("MiniGrid-Empty-8x8-v0"), seed: 3) == (11, true))
    #expect(play(try registry.kind("MiniGrid-DistShift2-v0"), seed: 3) == (11, true))
  }

  @Test("A slip in every fourth step does not lead it astray")
  func slips() throws {
    let registry = EnvironmentRegistry(Gridworld.entries)
    for id in ["BlockedUnlockPickup", "KeyCorridorS4R3", "DoorKey-8x8"] {
      let kind = try registry.kind("MiniGrid-\(id)-v0")
      for seed in 0..<20 { #expect(play(kind, seed: UInt64(seed)) { $0 % 4 == 3 }.1, "\(id), seed \(seed)") }
    }
  }
}
