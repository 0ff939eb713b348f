import Foundation
import Testing

@Suite struct CrafterTests {
  private let crafter = """
    environment: {id: Crafter-v1}
    network: {hidden: [8]}
    ppo: {worlds: 4, rollout-steps: 64, minibatch-size: 256, epochs: 1}
    training: {steps: 1500, checkpoint-every: 512}

    """

  @Test func crafterIsScoredByItsProtocol() throws {
    let folder = try Folder()
    try folder.write(crafter, to: "c.yaml")
    for seed in ["1", "2"] {
      let trained = try folder.knack("train", "c.yaml", "--seed", seed, "--json")
      #expect(trained.status == 0, "\(trained.error)")
      let result = try lastObject(trained.output)
      let rates = try #require(result["achievementRates"] as? [String: Double])
      #expect(rates.count == 22 && rates.values.allSatisfy { (0...100).contains($0) })
      #expect(rates.keys.sorted().first == "collect_coal" && rates.keys.contains("wake_up"))
      let score = exp(rates.values.map { log(1 + $0) }.reduce(0, +) / 22) - 1
      #expect(abs((result["crafterScore"] as? Double ?? -1) - score) < 1e-9)
      let episodes = try #require(result["trainingEpisodes"] as? [String: Any])
      #expect((episodes["count"] as? Int ?? 0) > 3 && trained.error.contains("score "))
    }
    let text = try folder.knack("train", "c.yaml", "--seed", "1").output
    for part in ["make_iron_pickaxe", "this run", "Achievement Distillation", "symbolic, not pixels"] {
      #expect(text.contains(part), "\(part)")
    }
    let report = try folder.knack("report", "runs/c", "--output", "results/c.json", "--json")
    #expect(report.status == 0, "\(report.error)")
    #expect((try lastObject(report.output)["runs"] as? [Any])?.count == 2)
    #expect(folder.names("results") == ["c.json"])
    let evaluated = try folder.knack("evaluate", "runs/c/seed-1", "--episodes", "3", "--json")
    let evaluation = try lastObject(evaluated.output)
    #expect(evaluation["evaluationScore"] is Double && evaluation["crafterScore"] == nil)
    let stepping = try folder.knack(
      "benchmark", "stepping", "--environment", "Crafter-v1", "--policy", "noop", "--worlds", "4",
      "--seconds",
      "0.1", "--json")
    #expect(try lastObject(stepping.output)["policy"] as? String == "noop")
  }

  @Test func aFolderWithoutRunsIsAMistake() throws {
    let folder = try Folder()
    for (arguments, sentence) in [
      (["nothing"], "There is no run 'nothing'"), (["."], "'.' is no run and holds none"),
    ] {
      let outcome = try folder.start(["report"] + arguments).1()
      #expect(outcome.status == 2 && outcome.error.contains(sentence), "\(outcome.error)")
    }
  }
}
