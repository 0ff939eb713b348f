import Foundation
import KnackEnvironment
import Testing

@testable import KnackExperiments

@Suite struct ReportPageTests {
  private func configuration(seed: UInt64, rate: Double = 0.001) -> ExperimentConfiguration {
    var configuration = tinyConfiguration(steps: 4096, seed: seed)
    configuration.environment.id = "Crafter-v1"  // a ladder, as far as the registry is concerned
    configuration.training.checkpointEvery = 512
    configuration.ppo.learningRate = rate
    return configuration
  }

  @discardableResult
  private func train(
    _ configuration: ExperimentConfiguration, _ path: String,
    in registry: EnvironmentRegistry = Ladder.registry,
    until isEnough: (TrainingRun) -> Bool = { _ in false }
  ) throws -> TrainingRun {
    let run = try TrainingRun(configuration, registry: registry, path: path)
    _ = try run.train(shouldStop: { isEnough(run) })
    return run
  }

  private func count(_ part: String, in text: String) -> Int { text.components(separatedBy: part).count - 1 }

  @Test func aPageComparesConfigurations() throws {
    try withFolder { folder in
      for seed in [1, 2, 3] as [UInt64] {
        try train(configuration(seed: seed), folder + "/runs/base/seed-\(seed)")
        try train(configuration(seed: seed, rate: 0.01), folder + "/runs/fast/seed-\(seed)")
      }
      let page = try ReportPage([folder + "/runs/base", folder + "/runs/fast"], registry: Ladder.registry)
      #expect(page.groups.map(\.name) == ["base", "fast"] && page.groups.map(\.runs.count) == [3, 3])
      #expect(page.summary == "6 runs of 2 configurations in Crafter-v1")
      let html = page.html
      for part in [
        "<td>0.001</td></tr>", "<td>0.01</td></tr>", "ppo.learning-rate", "rung 4", "DreamerV3",
        "Score over all training",
        "1–3", "not pixels",
      ] { #expect(html.contains(part), "\(part)") }
      let differing = try #require(
        html.components(separatedBy: "Settings that differ</caption>").last?.components(
          separatedBy: "</table>"
        ).first)
      #expect(count("scope=\"col\"", in: differing) == 2, "the configuration and the one key that differs")
      #expect(html.contains("training.seed") == false && html.contains("<svg class=\"plot\""))
      for reference in [
        "src=\"http", "src=\"/", "@import", "url(", "<link rel=\"stylesheet", "fetch(", "XMLHttpRequest",
      ] {
        #expect(!html.contains(reference), "\(reference) would make a request")
      }
      #expect(try page.write(to: folder + "/new/report.html") == html.utf8.count)
      #expect(try text(folder + "/new/report.html") == html)
    }
  }

  @Test func curvesAreInterquartileMeansOfTheSeeds() throws {
    try withFolder { folder in
      var last: [Double] = []
      for seed in [1, 2, 3, 4, 5] as [UInt64] {
        last.append(
          try #require(try train(configuration(seed: seed), folder + "/base/seed-\(seed)").progress.score)
            .score)
      }
      let page = try ReportPage([folder + "/base"], registry: Ladder.registry)
      let curve = LearningCurve(.score, of: page.groups[0].runs)
      let point = try #require(curve.points.last)
      #expect(point.steps == 4096 && point.runs == 5 && curve.points.count <= LearningCurve.resolution)
      let expected = Statistics.bootstrap(last, Statistics.interquartileMean)
      #expect(abs(point.value.value - expected.value) < 1e-9)
      #expect(abs(point.value.low - expected.low) < 1e-9 && abs(point.value.high - expected.high) < 1e-9)
      #expect(curve.seeds.count == 5 && curve.seeds.allSatisfy { $0.last?.steps == 4096 })
      #expect(curve.points[0].steps > 100, "scores of the few episodes that end first are left out")
    }
  }

  @Test func unfinishedRunsCountAsFarAsTheyHaveCome() throws {
    try withFolder { folder in
      try train(configuration(seed: 1), folder + "/base/seed-1")
      try train(configuration(seed: 2), folder + "/base/seed-2") { $0.progress.environmentSteps >= 2048 }
      let page = try ReportPage([folder + "/base"], registry: Ladder.registry)
      #expect(page.summary == "2 runs of 1 configuration in Crafter-v1, 1 of them unfinished")
      let points = LearningCurve(.score, of: page.groups[0].runs).points
      #expect(points.allSatisfy { $0.runs == ($0.steps > 2048 ? 1 : 2) } && points.last?.steps == 4096)
      #expect(page.html.contains("unfinished, at 50 %"))
    }
  }

  @Test func aRunThatReachedItsGoalKeepsItsLastValue() throws {
    try withFolder { folder in
      var configuration = tinyConfiguration(steps: 20_000, seed: 1)
      configuration.training.stopAtSuccess = 0.2
      let first = try train(configuration, folder + "/a/seed-1", in: registry)
      configuration.training.seed = 2
      let second = try train(configuration, folder + "/a/seed-2", in: registry)
      let (shorter, longer) =
        first.progress.environmentSteps < second.progress.environmentSteps ? (first, second) : (second, first)
      try #require(shorter.progress.environmentSteps < longer.progress.environmentSteps)
      let page = try ReportPage([folder + "/a"], registry: registry)
      let points = LearningCurve(.successRate, of: page.groups[0].runs).points
      #expect(points.last?.runs == 2 && points.last?.steps == Double(longer.progress.environmentSteps))
      let html = page.html
      #expect(html.contains("keeps its last value") && html.contains("reached its goal"))
      #expect(html.contains("the latest 200 training episodes") && html.contains("MiniGrid-Empty-5x5-v0"))
    }
  }

  @Test func evaluationsAreTakenWhereEveryRunHasOne() throws {
    try withFolder { folder in
      let run = try train(tinyConfiguration(), folder + "/run", in: registry)
      let evaluation = try run.directory.evaluate(episodes: 30, workers: 1, registry: registry)
      let html = try ReportPage([folder + "/run"], registry: registry).html
      #expect(html.contains("30 evaluation episodes") && html.contains(fixed(evaluation.successRate.low, 3)))
      try write("{\"episodes\":", to: folder + "/run/evaluation.json")
      #expect(
        sentence { _ = try ReportPage([folder + "/run"], registry: registry) }
          .contains("evaluation.json is damaged; make it anew with knack evaluate"))
    }
  }

  @Test func whatIsMissingOrWrongIsSaidInASentence() throws {
    try withFolder { folder in
      let run = folder + "/run"
      try train(configuration(seed: 1), run)
      func page(_ folders: [String]) throws -> ReportPage {
        try ReportPage(folders, registry: Ladder.registry)
      }
      #expect(sentence { _ = try page([run, run]) }.contains("have the same configuration and seed"))
      #expect(sentence { _ = try page([folder + "/none"]) }.contains("There is no run"))
      #expect(sentence { _ = try page([]) } == "Name at least one run.")
      // A world that this program does not know: all but its operators can be shown.
      let elsewhere = try ReportPage([run], registry: registry)
      #expect(elsewhere.html.contains("rung 4") && elsewhere.runs[0].world == nil)
      #expect(elsewhere.html.contains("It cannot be played: There is no environment"))

      let metrics = try text(run + "/metrics.jsonl")
      try write("{damaged}\n" + metrics + "{\"environment_steps\":99", to: run + "/metrics.jsonl")
      #expect(try page([run]).html.contains("1 of the records in"))
      try write("", to: run + "/metrics.jsonl")
      #expect(try page([run]).html.contains("No episode has ended yet."))
      Files.remove(run + "/metrics.jsonl")
      #expect(sentence { _ = try page([run]) }.contains("There is no file of metrics"))
      Files.remove(run + "/checkpoints/latest")
      #expect(sentence { _ = try page([run]) }.contains("There is no checkpoint 'latest'"))
    }
  }

  @Test func anEpisodeIsToldInPicturesAndStepByStep() throws {
    try withFolder { folder in
      let run = try train(tinyConfiguration(), folder + "/run", in: registry)
      let outcomes = try run.directory.evaluate(episodes: 1, workers: 1, registry: registry)
      let episode = try EpisodeRecord(run.directory, registry: registry)
      #expect(Double(episode.steps.count) == outcomes.episodeLength.value && episode.isOver)
      #expect(episode.isSuccess == (outcomes.successRate.value == 1))
      #expect(
        episode.frames.count == EpisodeRecord.frameLimit && episode.frames.last?.step == episode.steps.count)
      #expect(episode.frames.allSatisfy { $0.png.starts(with: [0x89, 0x50, 0x4E, 0x47]) })
      #expect(episode.steps.allSatisfy { $0.report.value != nil })
      let html = try ReportPage([folder + "/run"], registry: registry).html
      #expect(count("src=\"data:image/png;base64,", in: html) == EpisodeRecord.frameLimit)
      #expect(html.contains("\(episode.steps.count) steps, ") && html.contains("class=\"timeline s0\""))
    }
  }

  @Test func picturesAreOfWhatHappened() {
    #expect(EpisodeRecord.moments(100, [30, 40]) == [0, 15, 30, 40, 55, 70, 85, 100])
    #expect(EpisodeRecord.moments(3, []) == [0, 1, 2, 3] && EpisodeRecord.moments(0, []) == [0])
    let many = EpisodeRecord.moments(1000, Array(1...50))
    #expect(
      many.count == EpisodeRecord.frameLimit && many.first == 0 && many.contains(50) && many.last == 1000)
    #expect(
      Timeline.stretches(["a", "a", "b", "a"])
        == [
          .init(name: "a", start: 0, count: 2), .init(name: "b", start: 2, count: 1),
          .init(name: "a", start: 3, count: 1),
        ])
  }

  @Test(arguments: [
    (["runs/base/seed-1", "runs/base/seed-2"], "base"), (["runs/base/seed-7"], "base"),
    (["a/long-s1"], "long-s1"),
    (["a/long-s1", "a/long-s2"], "long-s"), (["a/x", "a/y"], "a"), (["a/trial-1", "a/trial-10"], "trial"),
  ])
  func groupsAreCalledAfterTheirFolders(_ paths: [String], _ name: String) {
    #expect(RunGroup.commonName(paths) == name)
  }

  @Test func seedsAreWrittenAsRanges() {
    #expect(ReportPage.ranges([1, 2, 3, 5, 8, 9]) == "1–3, 5, 8, 9" && ReportPage.ranges([4]) == "4")
  }

  @Test func axesHaveRoundMarks() {
    let axis = Axis(covering: [0, 8.3])
    #expect(
      axis.ticks == [0, 2, 4, 6, 8, 10] && axis.ticks.map(axis.label) == ["0", "2", "4", "6", "8", "10"])
    let steps = Axis(covering: [0, 10_002_432])
    #expect(steps.label(5_000_000) == "5M" && steps.low == 0)
    let small = Axis(covering: [-0.02, 0.031])
    #expect(small.low <= -0.02 && small.high >= 0.031 && small.label(small.ticks[0]) == "-0.02")
    for axis in [Axis(covering: []), Axis(covering: [3, 3]), Axis(covering: [.nan, 0])] {
      #expect(axis.low < axis.high && axis.ticks.count > 1)
    }
  }

  @Test(arguments: [1, 2, 3, 5, 10])
  func resamplingGivesTheSameIntervalsAsTheBootstrap(_ count: Int) {
    let values = (0..<count).map { Double(($0 * 7919) % 13) / 3 }
    let expected = Statistics.bootstrap(values, Statistics.interquartileMean)
    let estimate = Statistics.Resampling(count).interquartileMean(values)
    #expect(estimate.value == expected.value)
    #expect(abs(estimate.low - expected.low) < 1e-12 && abs(estimate.high - expected.high) < 1e-12)
  }
}
