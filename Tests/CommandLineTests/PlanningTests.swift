import Foundation
import Testing

@Suite struct PlanningTests {
  @Test func plansSayStepsCostsAndReasons() throws {
    let folder = try Folder()
    let asked = ["plan", "--environment", "Overworld-v1", "--goal", "bed=1", "--have", "shears=1"]
    let text = try folder.start(asked).1().output
    #expect(text.contains("craft_bed") && text.contains("bed for the goal") && text.contains("why"))
    let plan = try lastObject(try folder.start(asked + ["--json"]).1().output)
    let steps = try #require(plan["steps"] as? [[String: Any]])
    let last = try #require(steps.last)
    #expect(last["skill"] as? String == "craft_bed" && last["kind"] as? String == "craft")
    for (number, step) in steps.enumerated() {
      let reasons = try #require(step["why"] as? [[String: Any]])
      #expect(!reasons.isEmpty && reasons.allSatisfy { ($0["step"] as? Int ?? .max) > number })
    }
    let costs = steps.compactMap { $0["expectedSteps"] as? Double }.reduce(0, +)
    #expect(abs(costs - (plan["expectedSteps"] as? Double ?? 0)) < 1e-6)
  }

  @Test func plan4MCsGraphAndSearchAreThere() throws {
    let folder = try Folder()
    let plan = try lastObject(
      try folder.knack(
        "plan", "--environment", "Overworld-v1", "--goal", "hopper", "--have", "stone_pickaxe=1",
        "--operators",
        "plan4mc", "--planner", "depth-first", "--json"
      ).output)
    #expect(plan["skills"] as? Int == 176)
  }

  @Test func theTasksOwnGoalIsPlannedFor() throws {
    let folder = try Folder()
    let plan = try lastObject(
      try folder.knack(
        "plan", "--environment", "Overworld-v1", "--option", "task=craft_carpet_with_shears", "--json"
      ).output)
    #expect(plan["goal"] as? [String: Int] == ["carpet": 1])
    #expect((plan["have"] as? [String: Int])?["shears"] == 1)
  }

  @Test(arguments: ["collect_diamond", "make_iron_pickaxe", "eat_plant", "place_table"])
  func plansAreMadeInOtherWorlds(_ achievement: String) throws {
    let folder = try Folder()
    let outcome = try folder.knack("plan", "--environment", "Crafter-v1", "--goal", achievement, "--json")
    let plan = try lastObject(outcome.output)
    let steps = try #require(plan["steps"] as? [[String: Any]], "\(outcome.error)")
    #expect((steps.last?["skill"] as? String)?.replacingOccurrences(of: "_from", with: "") == achievement)
  }

  @Test func whatCannotBeReachedIsSaidInOneSentence() throws {
    let folder = try Folder()
    try folder.write("tea: {consumes: {wheat: 1}, obtains: {bread: 1}}\n", to: "own.yaml")
    for (arguments, sentence) in [
      (["--goal", "bedd"], "--goal bedd: Overworld-v1 has no fact 'bedd'; did you mean 'bed'?"),
      (["--goal", "bed=x"], "--goal bed=x: write a fact, an equals sign and how many, as in --goal bed=1."),
      (
        ["--goal", "bread", "--operators", "own.yaml"],
        "No plan reaches bread: nothing obtains wheat, and there are too few; say with --have what there is."
      ),
      ([], "Say what to plan for with --goal fact=count; the world's task has no goal over its facts."),
    ] {
      let outcome = try folder.start(["plan", "--environment", "Overworld-v1"] + arguments).1()
      #expect(outcome.status == 2 && outcome.error == "Error: \(sentence)\n", "\(outcome.error)")
    }
  }

  @Test func graphsAreDrawn() throws {
    let folder = try Folder()
    let graph = ["skills", "graph", "--environment", "Overworld-v1", "--operators", "plan4mc", "--out"]
    #expect(try folder.start(graph + ["graph.svg"]).1().status == 0)
    let drawing = String(decoding: try folder.bytes("graph.svg"), as: UTF8.self)
    #expect(drawing.hasPrefix("<svg xmlns") && drawing.components(separatedBy: "class=\"node\"").count == 53)
    #expect(try folder.start(graph + ["graph.dot"]).1().status == 0)
    let text = String(decoding: try folder.bytes("graph.dot"), as: UTF8.self)
    #expect(
      text.hasPrefix("digraph") && text.contains("label=\"craft_bed\"") == false
        && text.contains("label=\"bed\""))
    let wrong = try folder.start(graph + ["graph.txt"]).1()
    #expect(wrong.status == 2 && wrong.error.contains(".svg, or in .dot"))
  }
}
