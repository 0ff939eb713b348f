import Foundation
import Testing

@testable import KnackExperiments

@Suite struct ScoreTests {
  private func configuration(
    _ id: String = "Ladder", steps: Int = 1000, seed: UInt64 = 1
  ) -> ExperimentConfiguration {
    var configuration = tinyConfiguration(steps: steps, seed: seed)
    configuration.environment.id = id
    configuration.training.checkpointEvery = 512
    return configuration
  }

  @discardableResult
  private func train(_ configuration: ExperimentConfiguration, _ path: String) throws -> TrainingRun {
    let run = try TrainingRun(configuration, registry: Ladder.registry, path: path)
    _ = try run.train()
    return run
  }

  private func object(_ text: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }

  /// The counts of seed 0 of the random agent among the scores that Crafter's repository publishes, and what its own script makes of
  /// them.
  @Test func theScoreIsThatOfCraftersOwnScript() throws {
    let counts = [0, 0, 549, 0, 3001, 1, 1505, 0, 5, 25, 0, 0, 0, 0, 0, 18, 20, 0, 2657, 0, 253, 5570]
    let score = try #require(AchievementScore(counts.map { "\($0)" }, counts: counts, of: 5969))
    #expect(abs(score.score - 1.5444111491694752) < 1e-12)
    #expect(try #require(AchievementScore(["a", "b"], counts: [3, 3], of: 3)).score.rounded() == 100)
    #expect(try #require(AchievementScore(["a", "b"], counts: [0, 0], of: 3)).score == 0)
    #expect(
      AchievementScore([], counts: [], of: 3) == nil && AchievementScore(["a"], counts: [0], of: 0) == nil)
  }

  @Test func aRunReportsScoreAndRatesOfAllItsEpisodesWithinTheBudget() throws {
    try withFolder { folder in
      let run = try train(configuration("Crafter-v1"), folder + "/run")
      #expect(run.progress.environmentSteps == 1024, "the last iteration goes beyond the budget of 1,000")
      let result = try object(run.result.text)
      let rates = try #require(result["achievementRates"] as? [String: Double])
      #expect(Set(rates.keys) == ["rung_1", "rung_2", "rung_3", "rung_4"])
      #expect(rates["rung_1"]! > rates["rung_3"]! && rates["rung_3"]! > 0)
      let score = exp(rates.values.map { log(1 + $0) }.reduce(0, +) / 4) - 1
      #expect(abs((result["crafterScore"] as? Double ?? 0) - score) < 1e-9)
      let episodes = try #require(result["trainingEpisodes"] as? [String: Any])
      let count = try #require(episodes["count"] as? Int)
      #expect(count > 60 && Double(count) * (episodes["episodeLength"] as? Double ?? 0) <= 1000)

      for part in [
        "rung_1  ", "training episodes that ended within 1,000 environment steps", "this run", "PPO (ResNet)",
        "15.6 ± 1.6", "arXiv:2307.03486", "Observations here are rungs, not pixels",
      ] { #expect(run.summary.contains(part), "\(part)") }
      let lines = try text(folder + "/run/metrics.jsonl").split(separator: "\n")
      #expect(try object(String(lines[0]))["charts/episodic_return"] is Double, "early episodes count too")
      let metrics = try object(String(try #require(lines.last)))
      #expect(metrics["charts/score"] as? Double == result["crafterScore"] as? Double)
      #expect((metrics["achievements/rung_1"] as? Double ?? 0) > 10)

      let evaluation = try RunDirectory(folder + "/run").evaluate(
        episodes: 40, workers: 1, registry: Ladder.registry)
      let report = try object(evaluation.json.text)
      #expect(report["crafterScore"] == nil && report["evaluationScore"] is Double)
      #expect((report["evaluationAchievementRates"] as? [String: Double])?.count == 4)
      #expect(
        evaluation.text.contains("over these evaluation episodes; the published protocol counts those of"))
      #expect(evaluation.text.contains("Curious Replay"))
    }
  }

  @Test func worldsWithoutPublishedScoresHaveNoRowsAndOthersNoScore() throws {
    try withFolder { folder in
      let run = try train(configuration(), folder + "/ladder")
      #expect(run.summary.contains("rung_4") && !run.summary.contains("PPO"))
      let grid = try TrainingRun(tinyConfiguration(), registry: registry, path: folder + "/grid")
      _ = try grid.train()
      #expect(!grid.result.text.contains("crafterScore") && !grid.summary.contains("score"))
      #expect(!(try text(folder + "/grid/metrics.jsonl").contains("charts/score")))
    }
  }

  @Test func interruptionsLoseNoEpisode() throws {
    try withFolder { folder in
      let whole = try train(configuration(), folder + "/whole")
      let broken = folder + "/broken"
      var lives = 0
      repeat {
        lives += 1
        var iterations = 0
        _ = try TrainingRun(configuration(), registry: Ladder.registry, path: broken).train(shouldStop: {
          iterations += 1
          return iterations == 7
        })
      } while try !RunDirectory(broken).progress().isComplete
      let progress = try RunDirectory(broken).progress()
      #expect(lives == 5 && progress.total.count > 60)
      #expect(progress.total == whole.progress.total && progress.score == whole.progress.score)
    }
  }

  @Test func seedsAreReportedTogether() throws {
    try withFolder { folder in
      var scores: [Double] = []
      for seed in [10, 2, 3] as [UInt64] {
        let run = try train(configuration("Crafter-v1", seed: seed), folder + "/all/seed-\(seed)")
        scores.append(try #require(run.progress.score).score)
      }
      let report = try SeedReport([folder + "/all"])
      #expect(report.runs.map(\.seed) == [2, 3, 10])
      let json = try object(report.json.text)
      let score = try #require(json["crafterScore"] as? [String: Any])
      let mean = scores.reduce(0, +) / 3
      #expect(abs((score["mean"] as? Double ?? 0) - mean) < 1e-9)
      let deviation = (scores.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 3).squareRoot()
      #expect(abs((score["standardDeviation"] as? Double ?? 0) - deviation) < 1e-9)
      let interval = try #require(score["interquartileMeanInterval"] as? [Double])
      #expect(interval[0] < interval[1] && interval[0] >= scores.min()! - 1e-9)
      let runs = try #require(json["runs"] as? [[String: Any]])
      #expect(runs.count == 3 && runs.allSatisfy { $0["machine"] is String && $0["seconds"] is Double })
      #expect(runs.allSatisfy { ($0["achievementRates"] as? [String: Double])?.count == 4 })
      let settings = try #require(json["configuration"] as? [String: Any])
      #expect(settings["ppo.worlds"] as? Int == 2 && settings["training.seed"] == nil)
      #expect((json["published"] as? [Any])?.count ?? 0 > 10)
      for part in ["these 3 seeds", "interquartile mean", "DreamerV3"] { #expect(report.text.contains(part)) }

      try report.write(to: folder + "/results/new.json")
      let file = try text(folder + "/results/new.json")
      #expect(try NSDictionary(dictionary: object(file)) == NSDictionary(dictionary: json))
      #expect(file.split(separator: "\n").allSatisfy { $0.count <= 160 })
    }
  }

  @Test func runsThatMakeNoResultTogetherAreRefused() throws {
    try withFolder { folder in
      try train(configuration(seed: 1), folder + "/1")
      try train(configuration(seed: 1), folder + "/same")
      try train(configuration(steps: 600, seed: 2), folder + "/shorter")
      let unfinished = try TrainingRun(
        configuration(seed: 3), registry: Ladder.registry, path: folder + "/unfinished")
      _ = try unfinished.train(shouldStop: { true })
      func refusal(_ names: String...) -> String {
        sentence { _ = try SeedReport(names.map { folder + $0 }) }
      }
      #expect(refusal("/1", "/same").contains("have the same seed"))
      #expect(refusal("/1", "/shorter").contains("has training.steps 600 where"))
      #expect(refusal("/unfinished").contains("is at step 32 of 1000; finish it with knack train --resume"))
      #expect(refusal("/nothing").contains("There is no run"))
      #expect(refusal("/1/checkpoints").contains("is no run and holds none"))
    }
  }
}
