import Foundation
import KnackEnvironment
import KnackStage
import Testing

@testable import KnackExperiments

/// Watching a run while something happens to it.
@Suite struct FollowedRunTests {
  private func notice(_ update: Show.Update?) -> String? {
    if case .notice(let words) = update { words } else { nil }
  }

  private func agent(_ update: Show.Update?) -> (any ReportingAgent)? {
    if case .agent(let agent) = update { agent } else { nil }
  }

  @Test func newerCheckpointsAreTakenUp() throws {
    try withFolder { folder in
      // Stops half-way, and goes on later.
      var iterations = 0
      _ = try TrainingRun(tinyConfiguration(), registry: registry, path: folder + "/run")
        .train(observe: { _ in iterations += 1 }, shouldStop: { iterations == 4 })
      let followed = try #require(try Performance(run: folder + "/run", registry: registry).followed)
      let first = followed.agent.title
      #expect(followed.news() == nil)
      followed.agent.isGreedy = true
      _ = try TrainingRun(tinyConfiguration(), registry: registry, path: folder + "/run").train()
      let newer = try #require(agent(followed.news()))
      #expect(newer.title == "policy, step 320" && first != newer.title)
      #expect(newer.isGreedy == true, "whoever chose that wants it still")
      #expect(followed.news() == nil)
    }
  }

  @Test func whatHappensToARunIsSaidOnce() throws {
    try withFolder { folder in
      let path = folder + "/run"
      _ = try TrainingRun(tinyConfiguration(), registry: registry, path: path).train()
      let followed = try #require(try Performance(run: path, registry: registry).followed)
      // A newer checkpoint that was cut short while it was written.
      let broken = path + "/checkpoints/step-000000000999"
      try Files.makeFolder(broken)
      try write("cut", to: broken + "/weights.safetensors")
      try Files.link(path + "/checkpoints/latest", to: "step-000000000999")
      #expect(notice(followed.news())?.contains("weights.safetensors") == true)
      #expect(followed.news() == nil)
      Files.remove(path)
      #expect(notice(followed.news())?.hasPrefix("There is nothing to follow in") == true)
      #expect(followed.news() == nil)
    }
  }

  @Test func watchedEpisodesAreThoseOfTheEvaluation() throws {
    try withFolder { folder in
      let path = folder + "/run"
      _ = try TrainingRun(tinyConfiguration(), registry: registry, path: path).train()
      let report = try RunDirectory(path).evaluate(episodes: 4, seed: 5, workers: 1, registry: registry)
      let performance = try Performance(run: path, seed: 5, registry: registry)
      let playback = performance.playback()
      for episode in 0..<4 {
        playback.begin(episode)
        while !playback.isOver { playback.advance() }
      }
      let lengths = playback.ended.map { Double($0.steps) }
      #expect(lengths.count == 4)
      #expect(abs(lengths.reduce(0, +) / 4 - report.episodeLength.value) < 1e-9)
    }
  }
}
