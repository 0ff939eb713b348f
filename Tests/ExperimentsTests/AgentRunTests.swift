import KnackCrafter
import KnackEnvironment
import KnackGridworld
import Testing

@testable import KnackExperiments

/// The hierarchical agent, with what a run under a director has learnt.
@Suite struct AgentRunTests {
  private let registry = EnvironmentRegistry(Gridworld.entries + Crafter.entries)

  private func configuration(_ director: ExperimentConfiguration.Direction.Director)
    -> ExperimentConfiguration
  {
    var configuration = tinyConfiguration(steps: 512)
    configuration.environment.id = "Crafter-v1"
    configuration.direction.director = director
    configuration.direction.upkeep = "drink 4 8, energy 4 8 daylight 60"
    configuration.direction.alarm = "zombie_close defeat_zombie"
    configuration.ppo.worlds = 4
    configuration.ppo.rolloutSteps = 64
    return configuration
  }

  @Test(arguments: [ExperimentConfiguration.Direction.Director.achievements, .learning])
  func itPlaysByWhatTheRunHasLearnt(_ director: ExperimentConfiguration.Direction.Director) throws {
    try withFolder { folder in
      _ = try TrainingRun(configuration(director), registry: registry, path: folder + "/run").train()
      let run = try RunDirectory(folder + "/run"), agent = try run.agent(registry: registry)
      #expect(
        agent.agenda.aims.count == 22 && agent.agenda.upkeep.count == 2 && agent.agenda.alarms.count == 1)
      #expect(agent.library.skills.contains { $0.record.total.attempts > 0 }, "records come along")
      let report = try run.evaluateAgent(episodes: 5, seed: 7, workers: 1, registry: registry)
      #expect(
        try run.evaluateAgent(episodes: 5, seed: 7, workers: 2, registry: registry).json.text
          == report.json.text)
      #expect(report.json.text.contains("\"agent\":true") && report.text.contains("the hierarchical agent"))

      // Whoever watches sees the same episode, and what is wanted in it.
      let playback = try Performance(agentOf: run.path, seed: 7, registry: registry).playback()
      var reasons: Set<String> = []
      while !playback.isOver {
        if let text = playback.report.text { reasons.insert(text) }
        playback.advance()
      }
      #expect(reasons.contains { $0.hasPrefix("is after ") || $0.hasPrefix("takes ") })
      let alone = try run.evaluateAgent(episodes: 1, seed: 7, workers: 1, registry: registry)
      #expect(playback.position == Int(alone.episodeLength.value))
    }
  }

  @Test func aRunWithoutADirectorHasNoSkills() throws {
    try withFolder { folder in
      var plain = configuration(.none)
      plain.direction.upkeep = ""
      plain.direction.alarm = ""
      _ = try TrainingRun(plain, registry: registry, path: folder + "/run").train()
      let run = try RunDirectory(folder + "/run")
      do {
        _ = try run.evaluateAgent(episodes: 1, registry: registry)
        Issue.record("it played")
      } catch { #expect("\(error)".contains("where no goals are practised")) }
    }
  }
}
