import KnackCrafter
import KnackEnvironment
import KnackGridworld
import Testing

@testable import KnackExperiments

/// Runs in which a planner asks for the goals that are practised.
@Suite struct DirectedRunTests {
  private let registry = EnvironmentRegistry(Gridworld.entries + Crafter.entries)

  private func configuration(
    workers: Int = 1, _ director: ExperimentConfiguration.Direction.Director = .achievements
  ) throws -> ExperimentConfiguration {
    var configuration = tinyConfiguration(steps: 1536)
    configuration.environment.id = "Crafter-v1"
    configuration.direction.director = director
    configuration.direction.upkeep = "drink 4 8, energy 4 8 daylight 60"
    configuration.direction.alarm = "zombie_close defeat_zombie"
    configuration.network.symmetric = true
    configuration.ppo.worlds = 4
    configuration.ppo.rolloutSteps = 64
    configuration.training.checkpointEvery = 512
    configuration.training.workers = workers
    return configuration
  }

  private func weights(_ run: String) throws -> [UInt8] {
    try Files.read(run + "/checkpoints/latest/weights.safetensors", what: "file")
  }

  @Test(arguments: [ExperimentConfiguration.Direction.Director.achievements, .learning])
  func interruptedAndResumedEqualsUnbrokenForAnyNumberOfWorkers(
    _ director: ExperimentConfiguration.Direction.Director
  ) throws {
    try withFolder { folder in
      let whole = try TrainingRun(
        configuration(workers: 1, director), registry: registry, path: folder + "/whole")
      _ = try whole.train()
      var total = RunProgress().total, outcome = TrainingRun.Outcome.interrupted
      while outcome == .interrupted {
        let run = try TrainingRun(
          configuration(workers: 2, director), registry: registry, path: folder + "/broken")
        outcome = try run.train(shouldStop: { true })
        total = run.progress.total
      }
      #expect(try weights(folder + "/whole") == weights(folder + "/broken"))
      #expect(total == whole.progress.total)
    }
  }

  @Test func finishedAgentsArePlayedAsTheyLearntToPlay() throws {
    try withFolder { folder in
      _ = try TrainingRun(configuration(), registry: registry, path: folder + "/run").train()
      let run = try RunDirectory(folder + "/run")
      let report = try run.evaluate(episodes: 6, seed: 7, workers: 1, registry: registry)
      #expect(
        try run.evaluate(episodes: 6, seed: 7, workers: 2, registry: registry).json.text == report.json.text)
      #expect(report.json.text.contains("evaluationScore"))

      // Whoever watches sees the same episode, and what is asked for in it.
      let watched = try Performance(run: run.path, seed: 7, registry: registry), playback = watched.playback()
      var skills: Set<String> = [], plans: Set<[String]> = []
      while !playback.isOver {
        if let skill = playback.report.skill { skills.insert(skill) }
        plans.insert(playback.report.plan)
        #expect(playback.report.text != nil)
        playback.advance()
      }
      let alone = try run.evaluate(episodes: 1, seed: 7, workers: 1, registry: registry)
      #expect(playback.position == Int(alone.episodeLength.value))
      #expect(skills.count > 2 && plans.count > 2)
      let outcomes = playback.steps.last!.report.outcomes
      #expect(!outcomes.isEmpty)
      playback.seek(to: playback.position / 2)
      playback.seek(to: playback.steps.count - 1)
      #expect(playback.report.outcomes == outcomes, "the way back is the way there")
    }
  }

  @Test func mistakesAreNamed() throws {
    func sentence(_ setting: String) throws -> String {
      var configuration = try configuration()
      try configuration.set(setting)
      do {
        _ = try configuration.resolved(in: registry)
        return ""
      } catch { return "\(error)" }
    }
    #expect(try sentence("direction.upkeep=thirst 3 4").contains("'thirst', which is no fact of Crafter-v1"))
    #expect(try sentence("direction.upkeep=drink 3").contains("is not a fact and two numbers"))
    #expect(try sentence("direction.upkeep=drink 3 4 daylight <x").contains("has no number after daylight"))
    #expect(
      try sentence("direction.alarm=zombie_close dance").contains("is not a fact of Crafter-v1 and a goal"))
    #expect(try sentence("environment.id=MiniGrid-Empty-5x5-v0").contains("Nothing can be asked for"))
  }
}
