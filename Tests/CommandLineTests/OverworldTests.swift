import Foundation
import Testing

@Suite struct OverworldTests {
  @Test func rulesArePrintedForProgramsAndForPeople() throws {
    let folder = try Folder()
    let rules = try lastObject(try folder.knack("environments", "rules", "Overworld-v1", "--json").output)
    for (section, fewest) in [
      ("recipes", 355), ("blocks", 236), ("items", 390), ("breaking", 3000), ("smelting", 20), ("fuels", 10),
    ] {
      #expect((rules[section] as? [[String: Any]] ?? []).count >= fewest, "\(section)")
    }
    let breaking = try #require(rules["breaking"] as? [[String: Any]])
    let stone = try #require(
      breaking.first { $0["block"] as? String == "stone" && $0["tool"] as? String == "hand" })
    #expect(stone["seconds"] as? Double == 7.5 && stone["harvests"] as? Bool == false)
    let text = try folder.knack("environments", "rules", "Overworld-v1").output
    #expect(text.contains("RECIPES") && text.contains("crafting_table") && text.contains("unbreakable"))
  }

  @Test func optionsChooseTheTask() throws {
    let folder = try Folder()
    let shown = try folder.knack("environments", "show", "Overworld-v1").output
    for text in ["ticks-per-step", "craft_hopper_with_stone_pickaxe", "survive_three_nights", "factored"] {
      #expect(shown.contains(text))
    }
    let chosen = try folder.knack(
      "environments", "show", "Overworld-v1", "--option", "task=craft_stick", "--option", "ticks-per-step=10",
      "--json")
    #expect(try lastObject(chosen.output)["stepLimit"] as? Int == 300)
    let wrong = try folder.knack("environments", "show", "Overworld-v1", "--option", "task=craft_stik")
    #expect(wrong.status == 2)
    #expect(
      wrong.error
        == "Error: --option task=craft_stik: there is no 'craft_stik' for 'task'; did you mean 'craft_stick'?\n"
    )
  }

  @Test func operatorsAreLearnedByTrying() throws {
    let folder = try Folder()
    try folder.write(
      """
      world: Overworld-v1
      biome: plains
      given: {log: 64, cobblestone: 64, iron_ore: 64, coal: 64}
      made: 64
      stacks: {1: [_pickaxe]}
      standing: [crafting_table, furnace]
      slots: 36
      kinds: 4
      states: [_nearby, _in_sight, heat, light, sunlight, health, food, breath, level, time_of_day, day]
      skills: [craft_planks, craft_stick, craft_wooden_pickaxe, craft_stone_pickaxe, craft_furnace]
      controls: [noop, turn_left]
      watching: 20
      opening: [noop]
      """, to: "grounds.yaml")
    func learn(_ arguments: String...) throws -> Outcome {
      try folder.start(
        ["skills", "learn-graph", "--grounds", "grounds.yaml", "--seeds", "2", "--steps", "600"] + arguments
      ).1()
    }
    let outcome = try learn("--json", "--save", "learner.jsonl")
    let report = try lastObject(outcome.output)
    let measures = try #require(report["measures"] as? [String: [String: Any]])
    #expect(measures["precision"]?["iqm"] as? Double == 1)
    #expect(try #require(measures["recall"]?["iqm"] as? Double) > 0.7)
    #expect(try learn("--json").output == outcome.output, "the same seeds learn the same")
    #expect(folder.names().contains("learner.jsonl"))
    let permuted = try learn("--option", "recipes=1")
    #expect(permuted.status == 0 && permuted.output.contains("recipes=1"))

    let wrong = try folder.knack("skills", "learn-graph", "--grounds", "nowhere.yaml")
    #expect(
      wrong.status == 2
        && wrong.error == "Error: There is no file of a world 'nowhere.yaml'; check the path.\n")
  }

  @Test func thereIsNothingToCheckWithoutAchievements() throws {
    let outcome = try Folder().knack("environments", "check", "Overworld-v1")
    #expect(outcome.status == 2 && outcome.error.contains("has no achievements that could be checked"))
  }

  @Test func ownTasksArePlayed() throws {
    let folder = try Folder()
    try folder.write("stand: {goal: {after: 20}, ticks: 50}\n", to: "own.yaml")
    let played = try folder.knack(
      "evaluate", "--environment", "Overworld-v1", "--world", "own.yaml", "--policy", "random", "--option",
      "ticks-per-step=2", "--episodes",
      "4", "--json")
    let report = try lastObject(played.output)
    #expect(report["successRate"] as? Double == 1 && report["episodeLength"] as? Double == 10)
    #expect(report["options"] as? [String: String] == ["ticks-per-step": "2"])
    let traced = try folder.knack(
      "trace", "--environment", "Overworld-v1", "--world", "own.yaml", "--seed", "1", "--actions", "1,1,-1,1")
    #expect(traced.output.split(separator: "\n").count == 5)
    try folder.write("stand: {goal: {after: 20}, inventory: {log: 3000}}\n", to: "own.yaml")
    let wrong = try folder.knack("trace", "--environment", "Overworld-v1", "--world", "own.yaml")
    #expect(
      wrong.status == 2 && wrong.error.contains("own.yaml:1:45: 'stand.inventory.log' takes a whole number"))
  }
}
