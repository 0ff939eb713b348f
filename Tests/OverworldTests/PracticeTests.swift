import KnackEnvironment
import Testing

@testable import KnackOverworld

/// Where one looks for things.
@Suite struct PracticeTests {
  /// The headings among which the first choice of a practice of one ground is: steps to the left, up and ahead.
  private func headings(_ ground: String, seed: UInt64 = 7) throws -> Set<String> {
    try choice(ground, seed: seed).headings
  }

  /// A practice of one ground that has come to the first choice of a heading, and those that may be chosen.
  private func choice(
    _ ground: String, seed: UInt64 = 7
  ) throws -> (environment: VectorEnvironment, headings: Set<String>) {
    let settings = WorldSettings(world: WorldFile(name: "grounds.yaml", text: "grounds: {one: \(ground)}"))
    let kind = try EnvironmentRegistry(Overworld.entries).kind(Overworld.skillsID, settings: settings)
    let environment = VectorEnvironment(kind, count: 1)
    environment.reset(seed: seed)
    let actions = kind.specification.actions
    var action: [Int32] = [0]
    for _ in 0..<200 {
      let allowed = (0..<actions.count).filter { environment.actionMasks![$0] != 0 }.map { actions.names[$0] }
      if allowed.allSatisfy({ $0.hasPrefix("head ") }) { return (environment, Set(allowed)) }
      action[0] = Int32(actions.number(of: "turn_left_far")!)
      environment.step(action)
    }
    Issue.record("no heading was asked for")
    return (environment, [])
  }

  private let along: Set = [
    "head 12.0 0.0 0.0", "head -12.0 0.0 0.0", "head 0.0 0.0 12.0", "head 0.0 0.0 -12.0",
  ]

  @Test("Nobody digs down for animals, and who is in a mine goes up for them")
  func upwards() throws {
    let surface = try headings("{biome: forest, ask: [hunt_cow]}")
    #expect(surface.isSuperset(of: along) && !surface.contains("head 0.0 -12.0 0.0"))
    let mine = try headings("{biome: forest, start: {near: diamond_ore, within: 3}, ask: [hunt_cow]}")
    #expect(mine == ["head 0.0 12.0 0.0"])
  }

  @Test("Headings are as one looks", arguments: 1...4 as ClosedRange<UInt64>)
  func turn(seed: UInt64) throws {
    // By heading, its bearing in steps of 15 degrees to the right, from 13 on. Half a turn ends where it begins.
    let bearings = [
      "head 0.0 0.0 12.0": 13, "head 12.0 0.0 0.0": 7, "head -12.0 0.0 0.0": 19, "head 0.0 0.0 -12.0": 25,
    ]
    for (heading, bearing) in bearings {
      let (environment, headings) = try choice("{biome: plains, ask: [hunt_cow]}", seed: seed)
      guard headings.contains(heading) else { continue }
      environment.step([Int32(environment.specification.actions.number(of: heading)!)])
      let away = abs(Int(environment.observations[3]) - bearing)
      #expect(min(away, 24 - away) <= 3, "\(heading): it looks to the nearest quarter")
    }
  }

  @Test("Ores are looked for below, and diamonds along the depth where they are")
  func downwards() throws {
    #expect(
      try headings("{biome: forest, inventory: {stone_pickaxe: 1}, ask: [mine_iron_ore]}") == [
        "head 0.0 -12.0 0.0"
      ])
    let deep = try (1...6).map { seed in
      try headings(
        "{biome: forest, inventory: {iron_pickaxe: 1}, start: {near: redstone_ore, within: 3}, ask: [mine_diamond_ore]}",
        seed: seed)
    }
    #expect(deep.contains(along) && deep.allSatisfy { $0 == along || $0 == ["head 0.0 -12.0 0.0"] })
  }
}
