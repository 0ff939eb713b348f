import KnackEnvironment
import Testing

@testable import KnackOverworld

@Suite struct OverworldOperatorTests {
  private let specification = OverworldRules().specification

  private func named(_ name: String) throws -> Operator {
    try #require(specification.operators.first { $0.name == name }, "\(name)")
  }

  @Test func operatorsSpeakOfFactsAndOfTheActionsOfTheWorld() {
    let facts = Set(specification.facts), actions = Set(specification.actions.names)
    for one in specification.operators {
      for amount in one.consumes + one.requires + one.obtains {
        #expect(facts.contains(amount.fact) && amount.count > 0, "\(one.name): \(amount)")
      }
      #expect(one.obtains.allSatisfy { $0.chance > 0 && $0.chance <= 1 }, "\(one.name)")
      #expect(!one.obtains.isEmpty, "\(one.name) gives something")
      if one.kind == .craft { #expect(actions.contains(one.skill), "\(one.skill)") }
      for item in one.equips {
        #expect(actions.contains("equip_\(item)"), "\(one.name) takes \(item) into the hand")
        #expect((one.consumes + one.requires).contains { $0.fact == item }, "\(one.name)")
      }
    }
    #expect(Set(specification.operators.map(\.name)).count == specification.operators.count)
    // Every craft and smelting is there, but for those that only change a colour.
    let skills = Set(specification.operators.map(\.skill))
    let missing = specification.actions.names.filter {
      ($0.hasPrefix("craft_") || $0.hasPrefix("smelt_")) && !skills.contains($0)
    }
    #expect(missing.isEmpty, "\(missing)")
  }

  @Test func recipesAreOperators() throws {
    #expect(
      try named("craft_wooden_pickaxe")
        == Operator(
          "craft_wooden_pickaxe", .craft, consumes: [.init("planks", 3), .init("stick", 2)],
          requires: [.init("crafting_table_nearby")], obtains: [.init("wooden_pickaxe")]))
    #expect(
      try named("craft_hopper")
        == Operator(
          "craft_hopper", .craft, consumes: [.init("iron_ingot", 5), .init("chest")],
          requires: [.init("crafting_table_nearby")], obtains: [.init("hopper")]))
    #expect(try named("craft_cake").obtains == [.init("cake"), .init("bucket", 3)])
  }

  @Test func smeltingTakesFuelAndLeavesHeat() throws {
    #expect(
      try named("smelt_iron_ingot with planks")
        == Operator(
          "smelt_iron_ingot with planks", .craft, skill: "smelt_iron_ingot",
          consumes: [.init("iron_ore"), .init("planks")], requires: [.init("furnace_nearby")],
          obtains: [.init("iron_ingot"), .init("heat")]))
    #expect(try named("smelt_iron_ingot with coal").obtains == [.init("iron_ingot"), .init("heat", 14)])
    #expect(try named("smelt_iron_ingot with stick").consumes == [.init("iron_ore"), .init("stick", 2)])
    #expect(try named("smelt_iron_ingot with heat").consumes == [.init("iron_ore"), .init("heat", 2)])
    // A log that is burnt to char another.
    #expect(try named("smelt_coal from log with log").consumes == [.init("log", 2)])
  }

  @Test func whatIsMinedFollowsFromToolsAndDrops() throws {
    #expect(
      try named("mine_log")
        == Operator("mine_log", requires: [.init("log_nearby")], obtains: [.init("log")]))
    let iron = specification.operators.filter { $0.skill == "mine_iron_ore" }.map { $0.equips[0] }
    #expect(Set(iron) == ["stone_pickaxe", "iron_pickaxe", "diamond_pickaxe"])
    #expect(
      try named("mine_cobblestone with wooden_pickaxe")
        == Operator(
          "mine_cobblestone with wooden_pickaxe", skill: "mine_cobblestone",
          requires: [.init("wooden_pickaxe"), .init("cobblestone_nearby")], equips: ["wooden_pickaxe"],
          obtains: [.init("cobblestone")]))
    let gravel = try named("mine_gravel").obtains
    #expect(gravel.map(\.fact).sorted() == ["flint", "gravel"])
    #expect(gravel.map(\.chance).sorted() == [0.1, 0.9])
    // A table is taken up with the hand, a furnace with a pickaxe.
    #expect(
      try named("mine_crafting_table")
        == Operator(
          "mine_crafting_table", consumes: [.init("crafting_table_nearby")],
          obtains: [.init("crafting_table")]
        ))
    #expect(
      try named("mine_furnace with wooden_pickaxe").obtains == [.init("furnace")])
  }

  @Test func creaturesGiveWhatTheyDrop() throws {
    #expect(
      try named("hunt_cow")
        == Operator(
          "hunt_cow", consumes: [.init("cow_nearby")],
          obtains: [.init("beef"), .init("leather", chance: 0.6667)]))
    #expect(try named("shear_sheep").equips == ["shears"])
    #expect(try named("milk_cow").obtains == [.init("milk_bucket")])
    #expect(try named("find_cow") == Operator("find_cow", .find, obtains: [.init("cow_nearby")]))
  }

  @Test func tasksSayTheirGoalsInFacts() throws {
    func goal(_ name: String) throws -> [Operator.Amount]? {
      OverworldRules(task: try #require(OverworldTask.builtIn.first { $0.name == name })).specification.goal
    }
    #expect(try goal("craft_bed_with_crafting_table_and_shears") == [.init("bed")])
    #expect(try goal("get_furnace_nearby_with_logs") == [.init("furnace_nearby")])
    #expect(specification.goal == nil)
    // More than at the start.
    var task = OverworldTask.free
    task.inventory = [ItemStack(try #require(MinecraftRules.standard.items.item("log")), 3)]
    task.goal = .all([.obtain(item: "log", count: 2), .near("cow")])
    #expect(OverworldRules(task: task).specification.goal == [.init("log", 5), .init("cow_nearby")])
    task.goal = .after(ticks: 10)
    #expect(OverworldRules(task: task).specification.goal == nil)
  }
}
