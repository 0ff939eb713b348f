import Foundation
import KnackCrafter
import KnackEnvironment
import KnackLearning
import Testing

@testable import KnackExperiments

/// Runs of the learners that keep what they see: soft actor-critic and Skill-Critic.
@Suite struct OffPolicyRunTests {
  enum Method: String, CaseIterable { case sac, cloned, codebook, points }

  /// A configuration that trains in a second, and refines from the second iteration on.
  private func configuration(_ method: Method, workers: Int = 1) throws -> ExperimentConfiguration {
    var configuration = try ExperimentConfiguration(
      yaml: """
        environment: {id: Maze-v1, options: {maze: straight, steps: 40, reach: 1}}
        demonstrations: {options: {maze: random, steps: 200}, episodes: 20, noise: 0.1}
        algorithm: \(method == .sac || method == .cloned ? "sac" : "skill-critic")
        network: {hidden: [8]}
        sac: {worlds: 2, warm-up: 64, batch-size: 16, cloning-updates: \(method == .cloned ? 20 : 0), cloning-batch-size: 16}
        skills: {kind: \(method == .points ? "points" : "codebook"), count: 3, length: 4, updates: 20, batch-size: 8, dimensions: 2}
        skill-critic: {worlds: 2, warm-up: 64, high-level-steps: 400, capacity: 300}
        high-level: {batch-size: 16}
        low-level: {batch-size: 16}
        training: {steps: 2048, checkpoint-every: 512}
        """)
    configuration.training.workers = workers
    return configuration
  }

  private func weights(_ run: String) throws -> [UInt8] {
    try Files.read(run + "/checkpoints/latest/weights.safetensors", what: "file")
  }

  @Test(
    "A run that is interrupted after every iteration ends with the weights and metrics of an unbroken one, for any number of workers",
    arguments: Method.allCases)
  func resumes(method: Method) throws {
    try withFolder { folder in
      _ = try TrainingRun(configuration(method), registry: registry, path: folder + "/whole").train()
      var rounds = 0
      while true {
        rounds += 1
        let run = try TrainingRun(
          configuration(method, workers: 2), registry: registry, path: folder + "/broken")
        var iterations = 0
        if try run.train(observe: { _ in iterations += 1 }, shouldStop: { iterations == 1 }) == .completed {
          break
        }
      }
      #expect(rounds > 3)
      #expect(try weights(folder + "/whole") == weights(folder + "/broken"))
      func metrics(_ run: String) throws -> [String] {
        try text(run + "/metrics.jsonl").split(separator: "\n").map { line in
          line.split(separator: ",").filter { !$0.contains("seconds") && !$0.contains("SPS") }.joined(
            separator: ",")
        }
      }
      #expect(try metrics(folder + "/whole") == metrics(folder + "/broken"))
      let first = try #require(try metrics(folder + "/whole").first)
      #expect(first.contains("demonstrations/") == (method != .sac))
      #expect(!first.contains("losses/clipfrac"), "what other algorithms say is left out")
    }
  }

  @Test(
    "What a run has learned plays in evaluations and films, the same whatever the workers",
    arguments: Method.allCases)
  func plays(method: Method) throws {
    try withFolder { folder in
      _ = try TrainingRun(configuration(method), registry: registry, path: folder + "/run").train()
      let run = try RunDirectory(folder + "/run")
      let one = try run.evaluate(episodes: 40, seed: 3, workers: 1, registry: registry)
      let two = try run.evaluate(episodes: 40, seed: 3, workers: 2, registry: registry)
      #expect(one.json == two.json && one.episodes == 40)
      let playback = try Performance(run: folder + "/run", registry: registry).playback()
      for _ in 0..<9 { playback.advance() }
      let skill = playback.report.skill
      #expect((skill != nil) == (method == .codebook || method == .points))
      // Going back and on again is the same play.
      let here = playback.report
      playback.seek(to: 4)
      for _ in 4..<9 { playback.advance() }
      #expect(playback.report == here)
    }
  }

  @Test("Another world may demonstrate, if it is seen and played alike")
  func demonstrationsOfAnotherWorld() throws {
    try withFolder { folder in
      var configuration = try configuration(.codebook)
      configuration.environment = .init()
      configuration.environment.id = "MiniGrid-MultiRoom-N4-S5-v1"
      configuration.demonstrations.settings = WorldSettings()
      configuration.demonstrations.environment = "MiniGrid-DoorKey-5x5-v0"
      configuration.training.steps = 128
      #expect(
        try TrainingRun(configuration, registry: registry, path: folder + "/run").train() == .completed)
      configuration.environment.observation = ""
      configuration.demonstrations.environment = "ComPILE-v1"
      configuration.environment.id = "Maze-v1"
      #expect(
        sentence { _ = try TrainingRun(configuration, registry: registry, path: folder + "/other") }
          .contains("has other observations or actions than Maze-v1"))
    }
  }

  @Test("Who demonstrates is shown the achievements that the learner is shown")
  func demonstrationsShowAchievements() throws {
    let registry = EnvironmentRegistry(Crafter.entries)
    var configuration = try configuration(.codebook)
    configuration.environment = .init()
    configuration.environment.id = "Crafter-v1"
    configuration.environment.observation = "symbolic"
    configuration.environment.showAchievements = true
    configuration.demonstrations.settings = WorldSettings()
    let (resolved, world) = try configuration.resolved(in: registry)
    let demonstrated = try resolved.demonstratedWorld(for: world.specification, in: registry)
    #expect(demonstrated.specification.observation == world.specification.observation)
    #expect(demonstrated.specification.observation.fields.last?.name == "achievements")
  }

  @Test(
    "Settings that do not fit are refused in a sentence",
    arguments: [
      ("network.memory=4", "learns with perceptrons"),
      ("environment.id=MiniGrid-Dynamic-Obstacles-5x5-v0", "has no expert to demonstrate"),
      ("skills.length=200", "No demonstration is as long as a skill"),
      ("low-level.batch-size=32", "low-level.batch-size is 32"),
      ("demonstrations.folder=nowhere", "'nowhere' holds no demonstrations"),
    ])
  func mistakes(override: String, words: String) throws {
    try withFolder { folder in
      let sentence = sentence {
        var configuration = try configuration(.codebook)
        if override.hasPrefix("environment.id") {
          configuration.environment.settings = WorldSettings()
          configuration.demonstrations.settings = WorldSettings()
        }
        try configuration.set(override)
        _ = try TrainingRun(configuration, registry: registry, path: folder + "/run").train()
      }
      #expect(sentence.contains(words), "\(sentence)")
    }
  }

  @Test("Demonstrations of a folder teach the same as the expert's own")
  func folders() throws {
    try withFolder { folder in
      var options = DemonstrationOptions()
      options.episodes = 20
      let world = WorldSettings(options: [WorldSetting("reach", "1", place: "test")])
      _ = try Performance(
        environment: "Maze-v1", player: .expert, settings: world, seed: 0, registry: registry
      )
      .demonstrate(to: folder + "/shown", options)
      let specification = try registry.kind("Maze-v1", settings: world).specification
      let read = try DemonstrationSet(folder: folder + "/shown", for: specification)
      var plan = DemonstrationSet.Plan()
      plan.episodes = 20
      let played = try DemonstrationSet(expertOf: registry.kind("Maze-v1", settings: world), plan)
      #expect(read.count == played.count && read.count.episodes == 20)
      for (episode, step) in played.stretches(of: 1) {
        func row(_ set: DemonstrationSet) -> [UInt8] {
          var seen: [UInt8] = []
          let action = set.read(episode, step) { seen = Array(UnsafeBufferPointer(start: $0, count: 11)) }
          return seen + [UInt8(action)]
        }
        #expect(row(read) == row(played))
      }
    }
  }
}
