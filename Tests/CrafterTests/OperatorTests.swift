import KnackEnvironment
import Testing

@testable import KnackCrafter

@Suite struct OperatorTests {
  private func specification(_ id: String, world: String? = nil) throws -> WorldSpecification {
    let settings = WorldSettings(world: world.map { WorldFile(name: "world.yaml", text: $0) })
    return try EnvironmentRegistry(Crafter.entries).kind(id, settings: settings).specification
  }

  @Test(arguments: Crafter.entries.map(\.id))
  func operatorsSpeakOfFactsOfTheWorldAndReachEveryAchievement(_ id: String) throws {
    let world = try specification(id)
    let facts = Set(world.facts)
    for one in world.operators {
      for amount in one.consumes + one.requires + one.obtains {
        #expect(facts.contains(amount.fact) && amount.count > 0, "\(one.name): \(amount)")
      }
    }
    #expect(Set(world.operators.map(\.name)).count == world.operators.count)
    let obtained = Set(world.operators.flatMap { $0.obtains.map(\.fact) })
    if id == "Crafter-v1" {
      #expect(obtained.isSuperset(of: world.achievementNames))
      let needed = Set(world.operators.flatMap { ($0.consumes + $0.requires).map(\.fact) }).subtracting([
        "tired"
      ])
      #expect(obtained.isSuperset(of: needed), "what is needed can be obtained, or found")
    }
  }

  @Test func operatorsFollowTheRules() throws {
    let tool = try #require(try specification("Crafter-v1").operators.first { $0.name == "make_iron_sword" })
    #expect(
      tool
        == Operator(
          "make_iron_sword", .craft, consumes: [.init("wood"), .init("coal"), .init("iron")],
          requires: [.init("table_nearby"), .init("furnace_nearby")],
          obtains: [.init("iron_sword"), .init("make_iron_sword")]))
    let other = try specification(
      "Crafter-v1",
      world: """
        extends: crafter
        collect:
          tree: {requires: {stone_pickaxe: 2}, receives: {diamond: 3}, leaves: grass}
        """)
    let names = other.operators.map(\.name)
    #expect(names.contains("collect_diamond_from_tree") && names.contains("collect_diamond_from_diamond"))
    #expect(
      try #require(other.operators.first { $0.name == "collect_diamond_from_tree" })
        == Operator(
          "collect_diamond_from_tree", skill: "collect_from_tree",
          requires: [.init("stone_pickaxe", 2), .init("tree_nearby")],
          obtains: [.init("diamond", 3), .init("collect_diamond")]))
  }
}
