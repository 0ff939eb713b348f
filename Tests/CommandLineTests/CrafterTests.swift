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
    let page = try folder.knack("report", "runs/c", "--out", "pages/c.html")
    #expect(page.status == 0, "\(page.error)")
    #expect(page.output.hasPrefix("pages/c.html: 2 runs of 1 configuration in Crafter-v1 ("))
    let html = String(decoding: try folder.bytes("pages/c.html"), as: UTF8.self)
    for part in [
      "data-node=\"0\"", "make iron pickaxe", "consumes wood, coal, iron", "Curious Replay", "</html>",
    ] {
      #expect(html.contains(part), "\(part)")
    }
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
      for more in [[], ["--out", "page.html"]] {
        let outcome = try folder.start(["report"] + arguments + more).1()
        #expect(outcome.status == 2 && outcome.error.contains(sentence), "\(outcome.error)")
      }
    }
  }

  @Test func operatorsAreShown() throws {
    let folder = try Folder()
    let text = try folder.knack("environments", "show", "Crafter-v1").output
    #expect(
      text.contains("make_iron_sword   ") && text.contains("wood, coal, iron  table_nearby, furnace_nearby"))
    let shown = try lastObject(try folder.knack("environments", "show", "Crafter-v1", "--json").output)
    let operators = try #require(shown["operators"] as? [[String: Any]])
    let table = try #require(operators.first { $0["name"] as? String == "place_table" })
    #expect(table["consumes"] as? [String: Int] == ["wood": 2])
  }

  @Test func worldsAreChecked() throws {
    let folder = try Folder()
    let sound = try folder.knack("environments", "check", "Crafter-v1", "--maps", "2", "--json")
    #expect(sound.status == 0, "\(sound.error)")
    let report = try lastObject(sound.output)
    #expect(report["environment"] as? String == "Crafter-v1" && report["reachable"] as? Bool == true)
    let achievements = try #require(report["achievements"] as? [[String: Any]])
    #expect(achievements.count == 22 && achievements[0]["name"] as? String == "collect_coal")
    #expect(achievements.allSatisfy { $0["maps"] as? Int == 2 })

    try folder.write(
      "extends: crafter\ncollect:\n  iron: {requires: {iron_pickaxe: 1}, receives: {iron: 1}, leaves: path}\n",
      to: "world.yaml")
    let blocked = try folder.knack(
      "environments", "check", "Crafter-v1", "--world", "world.yaml", "--maps", "1")
    #expect(blocked.status == 1 && blocked.error.isEmpty, "\(blocked.error)")
    let line = blocked.output.split(separator: "\n").first { $0.hasPrefix("collect_iron ") } ?? ""
    #expect(line.contains("0 of 1 maps") && line.contains("collecting iron takes 1 iron_pickaxe"), "\(line)")

    try folder.write("T..\n.%.\n", to: "map.txt")
    try folder.write("extends: crafter\ncollect: {irn: {}}\n", to: "wrong.yaml")
    for (arguments, sentence) in [
      (["Crafter-v1", "--map", "map.txt"], "map.txt:2:2: '%' means nothing; add a line such as '% = sand'."),
      (["Crafter-v1", "--world", "wrong.yaml"], "wrong.yaml:2:11: "),
      (["Crafter-v1", "--map", "none.txt"], "There is no file of a world 'none.txt'"),
      (["Crafter-v1", "--maps", "0"], "--maps must be at least 1."),
      (["Crafter-v2"], "There is no environment 'Crafter-v2'; did you mean 'Crafter-v1'?"),
      (["MiniGrid-Empty-5x5-v0"], "MiniGrid-Empty-5x5-v0 has its rules and maps built in"),
    ] {
      let outcome = try folder.start(["environments", "check"] + arguments).1()
      #expect(outcome.status == 2 && outcome.error.hasPrefix("Error: \(sentence)"), "\(outcome.error)")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test func mapsAreWrittenEditedAndPlayed() throws {
    let folder = try Folder()
    let written = try folder.knack("environments", "map", "Crafter-v1", "--seed", "3")
    #expect(written.status == 0, "\(written.error)")
    #expect(written.output.hasPrefix("# The map of Crafter-v1 with which seed 3 begins.\n"))
    let rows = written.output.split(separator: "\n").filter { $0.count == 64 && !$0.hasPrefix("#") }
    #expect(rows.count == 64 && rows.joined().contains("@"))
    #expect(try folder.knack("environments", "map", "Crafter-v1", "--seed", "4").output != written.output)

    try folder.write(written.output, to: "map.txt")
    let trace = ["trace", "--environment", "Crafter-v1", "--seed", "3", "--actions", ""]
    #expect(try folder.start(trace).1().output == folder.start(trace + ["--map", "map.txt"]).1().output)
    try folder.write("~~~\n~@~\n~~~\n", to: "lake.txt")
    let drunk = try folder.knack(
      "trace", "--environment", "Crafter-v1", "--actions", "5,5", "--map", "lake.txt")
    #expect(
      (try lastObject(drunk.output)["achievements"] as? [Int])?[2] == 2, "two drinks from the lake below")

    for (arguments, sentence) in [
      (["Crafter-v2"], "There is no environment 'Crafter-v2'; did you mean 'Crafter-v1'?"),
      (["MiniGrid-Empty-5x5-v0"], "MiniGrid-Empty-5x5-v0 has its rules and maps built in"),
      (["Crafter-v1", "--seed", "three"], "The value 'three' is invalid for '--seed <seed>'"),
      (["Crafter-v1", "--world", "none.yaml"], "There is no file of a world 'none.yaml'"),
    ] {
      let outcome = try folder.start(["environments", "map"] + arguments).1()
      #expect(outcome.status == 2 && outcome.error.hasPrefix("Error: \(sentence)"), "\(outcome.error)")
    }
  }

  @Test func tracesInBatchesEqualSingleOnes() throws {
    let folder = try Folder()
    let one = try folder.knack(
      "trace", "--environment", "Crafter-v1", "--seed", "7", "--actions", "1,3,5,-1,4")
    let lines = one.output.split(separator: "\n")
    #expect(one.status == 0 && lines.count == 6, "\(one.error)")
    let reset = try lastObject(String(try #require(lines.first)))
    #expect(reset["event"] as? String == "reset" && (reset["semantic"] as? [Int])?.count == 4096)
    #expect(reset["position"] as? [Int] == [32, 32] && (reset["inventory"] as? [Int])?.count == 16)
    func request(_ seed: Int) -> String {
      "{\"environment\":\"Crafter-v1\",\"seed\":\(seed),\"actions\":[1,3,5,-1,4]}\n"
    }
    try folder.write(request(7) + request(8) + request(7), to: "batch.jsonl")
    let batch = try folder.knack("trace", "--batch", "batch.jsonl")
    let other = try folder.knack(
      "trace", "--environment", "Crafter-v1", "--seed", "8", "--actions", "1,3,5,-1,4")
    #expect(batch.output == one.output + other.output + one.output && other.output != one.output)
    #expect(try folder.knack("trace", "--batch", "-", input: request(7)).output == one.output)
    try folder.write(
      request(7) + "{\"environment\":\"Crafter-v1\",\"seed\":7,\"actions\":[17]}\n", to: "batch.jsonl")
    let wrong = try folder.knack("trace", "--batch", "batch.jsonl")
    #expect(
      wrong.status == 2 && wrong.error.contains("Action 17 is not among those of Crafter-v1"),
      "\(wrong.error)")
  }

  @Test func theExpertIsEvaluatedBesideChance() throws {
    let folder = try Folder()
    let one = ["evaluate", "--environment", "CrafterFast-v1", "--seed", "3", "--episodes", "2"]
    let random = try lastObject(try folder.start(one + ["--json"]).1().output)
    #expect(random["policy"] as? String == "random" && random["environment"] as? String == "CrafterFast-v1")
    try folder.write("extends: crafter\nsteps: 300\n", to: "short.yaml")
    let expert = one + ["--policy", "expert", "--world", "short.yaml"]
    let report = try lastObject(try folder.start(expert + ["--json", "--workers", "2"]).1().output)
    let rates = try #require(report["evaluationAchievementRates"] as? [String: Double])
    #expect(rates.count == 22 && rates.values.reduce(0, +) > 800, "\(rates)")
    #expect((report["episodeReturn"] as? Double ?? 0) > (random["episodeReturn"] as? Double ?? 99) + 4)
    let text = try folder.start(expert + ["--workers", "1"]).1().output
    #expect(text.contains("CrafterFast-v1, actions: expert") && text.contains("make_iron_pickaxe"))
    #expect(folder.names() == ["short.yaml"], "no run, nothing written")
    for (arguments, sentence) in [
      (
        ["--environment", "MiniGrid-Dynamic-Obstacles-5x5-v0", "--policy", "expert"],
        "MiniGrid-Dynamic-Obstacles-5x5-v0 has no expert"
      ),
      (["--environment", "Crafter-v1", "--greedy"], "--greedy and --checkpoint are for the policy of a run"),
      (["run", "--policy", "expert"], "A run has its own policy and world"),
      (["run", "--environment", "Crafter-v1"], "Give the folder of a run, or a world with --environment."),
      (["--environment", "Crafter-v1", "--policy", "expret"], "The value 'expret' is invalid"),
    ] {
      let outcome = try folder.start(["evaluate"] + arguments).1()
      #expect(outcome.status == 2 && outcome.error.hasPrefix("Error: \(sentence)"), "\(outcome.error)")
    }
  }
}
