import KnackEnvironment
import Testing

@testable import KnackOverworld

@Suite struct RecipeOrderTests {
  private let standard = RecipeOrder.minecraft.rules

  @Test func aSeedAlwaysGivesTheSamePermutation() {
    func results(_ rules: MinecraftRules) -> [Item] {
      (0..<rules.recipes.count).map { rules.recipes.result[$0] }
        + rules.items.all.map { rules.smelting.result[$0.index] }
    }
    let first = MinecraftRules.standard.permutingProducts(.standard, seed: 1)
    #expect(results(first) == results(RecipeOrder.permuted(seed: 1).rules.minecraft))
    #expect(results(first) != results(RecipeOrder.permuted(seed: 2).rules.minecraft))
    #expect(RecipeOrder(number: 0) == .minecraft && RecipeOrder(number: 7) == .permuted(seed: 7))
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5])
  func almostNothingIsMadeAsBeforeAndEverythingCanBe(_ seed: UInt64) {
    let permuted = RecipeOrder.permuted(seed: seed).rules
    #expect(permuted.actions.names == standard.actions.names)
    func made(_ rules: RecipeOrder.Rules) -> [Operator] { rules.operators.filter { $0.kind == .craft } }
    #expect(made(permuted).count(where: made(standard).contains) < made(standard).count / 10)
    // From what no action makes, and what the world itself gives, all products follow.
    var held = Set(OverworldFacts.standard.names).subtracting(
      made(permuted).flatMap { $0.obtains.map(\.fact) })
    held.formUnion(
      standard.operators.filter { $0.kind == .manipulate }.flatMap { $0.obtains.map(\.fact) }
        + ["crafting_table_nearby", "furnace_nearby"])
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for one in made(permuted) where one.consumes.allSatisfy({ held.contains($0.fact) }) {
        for gain in one.obtains where held.insert(gain.fact).inserted { isGrowing = true }
      }
    }
    for craft in permuted.actions.crafts { #expect(held.contains(craft.name)) }
    for smelt in permuted.actions.smelts { #expect(held.contains(smelt.name)) }
  }

  @Test func aPermutedWorldGoesByItsRecipes() throws {
    var settings = WorldSettings(
      world: WorldFile(
        name: "tasks.yaml",
        text: "bench: {inventory: {log: 4}, placed: [crafting_table], goal: {after: 1000}}"))
    settings.set(WorldSetting("task", "bench", place: "here"))
    settings.set(WorldSetting("recipes", "3", place: "here"))
    let kind = try EnvironmentRegistry(Overworld.entries).kind("Overworld-v1", settings: settings)
    let one = try #require(
      kind.specification.operators.first { $0.kind == .craft && $0.consumes == [Operator.Amount("log")] })
    #expect(one.skill != "craft_planks")
    let environment = VectorEnvironment(kind, count: 1, facts: true)
    environment.reset(seed: 1)
    var action = Int32(try #require(kind.specification.actions.number(of: one.skill)))
    environment.step(&action)
    for (name, count) in [("log", 3), (one.obtains[0].fact, one.obtains[0].count)] {
      #expect(environment.facts![try #require(kind.specification.facts.firstIndex(of: name))] == Int32(count))
    }
  }

  /// Who takes masked actions learns that they do nothing, and so does not need the mask to know.
  @Test func maskedActionsDoNothing() throws {
    var settings = WorldSettings(
      world: WorldFile(
        name: "tasks.yaml",
        text: "bench: {inventory: {log: 4, coal: 2, iron_ore: 2, cobblestone: 9}, goal: {after: 1000000}}"))
    settings.set(WorldSetting("task", "bench", place: "here"))
    let kind = try EnvironmentRegistry(Overworld.entries).kind("Overworld-v1", settings: settings)
    let environment = VectorEnvironment(kind, count: 1, facts: true)
    environment.reset(seed: 1)
    let names = kind.specification.actions.names
    let items = kind.specification.facts.firstIndex(of: "crafting_table_nearby")!
    func held() -> [Int32] { Array(UnsafeBufferPointer(start: environment.facts!, count: items)) }
    let before = held()
    var tried = 0
    for (number, name) in names.enumerated()
    where ["craft_", "smelt_", "place_"].contains(where: name.hasPrefix)
      && environment.actionMasks![number] == 0
    {
      var action = Int32(number)
      environment.step(&action)
      #expect(held() == before, "\(name)")
      tried += 1
    }
    #expect(tried > 150)
  }
}
