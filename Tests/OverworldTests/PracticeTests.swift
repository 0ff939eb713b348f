import KnackEnvironment
import Testing

@testable import KnackOverworld

/// Where one looks for things.
@Suite struct PracticeTests {
  /// The headings among which the first choice of a practice of one ground is, as steps along the axes.
  private func headings(_ ground: String, seed: UInt64 = 7) throws -> Set<String> {
    let settings = WorldSettings(world: WorldFile(name: "grounds.yaml", text: "grounds: {one: \(ground)}"))
    let kind = try EnvironmentRegistry(Overworld.entries).kind(Overworld.skillsID, settings: settings)
    let environment = VectorEnvironment(kind, count: 1)
    environment.reset(seed: seed)
    let actions = kind.specification.actions
    var action: [Int32] = [0]
    for _ in 0..<200 {
      let allowed = (0..<actions.count).filter { environment.actionMasks![$0] != 0 }.map { actions.names[$0] }
      if allowed.allSatisfy({ $0.hasPrefix("head ") }) { return Set(allowed) }
      action[0] = Int32(actions.number(of: "turn_left_far")!)
      environment.step(action)
    }
    Issue.record("no heading was asked for")
    return []
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
