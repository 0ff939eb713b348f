import Foundation
import KnackNetworks
import Testing

@testable import KnackExperiments

@Suite struct TrainingRunTests {
  private let latest = "/checkpoints/latest"

  private func weights(_ run: String) throws -> [UInt8] {
    try Files.read(run + latest + "/weights.safetensors", what: "file")
  }

  /// The metrics without what depends on time.
  private func metrics(_ run: String) throws -> [String] {
    try text(run + "/metrics.jsonl").split(separator: "\n").map { line in
      line.split(separator: ",").filter { !$0.contains("seconds") && !$0.contains("SPS") }.joined(
        separator: ",")
    }
  }

  private func events(_ run: String) throws -> Int {
    try Files.read(RunDirectory(run).eventsFile(), what: "file").count
  }

  @Test func aRunHoldsWhatItShould() throws {
    try withFolder { folder in
      var configuration = tinyConfiguration()
      configuration.training.milestoneEvery = 128
      let run = try TrainingRun(
        configuration, registry: registry, path: folder + "/new/run", command: ["knack", "x"])
      #expect(try run.train() == .completed)
      let path = folder + "/new/run"
      #expect(run.progress.environmentSteps == 320)
      #expect(try text(path + "/command.txt") == "knack\nx\n")
      #expect(try RunDirectory(path).configuration() == run.configuration)
      #expect(try text(path + "/metrics.jsonl").split(separator: "\n").count == 10)
      let names = Files.names(in: path + "/checkpoints")
      #expect(
        names.filter { !$0.hasPrefix("step-") } == ["best", "latest", "milestone-128", "milestone-256"])
      #expect(Files.target(ofLink: path + latest) == "step-000000000320")
      // Only checkpoints that a link points at are kept.
      let targets = Set(names.compactMap { Files.target(ofLink: path + "/checkpoints/" + $0) })
      #expect(names.filter { $0.hasPrefix("step-") } == targets.sorted())
      #expect(Files.names(in: folder + "/new") == ["run"])
      let loaded = try RunDirectory(path).policy(registry: registry).policy
      #expect(loaded.parameters.contains { $0 != 0 })
      let report = try RunDirectory(path).evaluate(episodes: 3, seed: 5, workers: 1, registry: registry)
      #expect(try text(path + "/evaluation.json") == report.json.text + "\n")
    }
  }

  @Test func interruptedAndResumedEqualsUnbroken() throws {
    try withFolder { folder in
      let configuration = tinyConfiguration()
      _ = try TrainingRun(configuration, registry: registry, path: folder + "/whole").train()
      var rounds = 0
      while true {
        rounds += 1
        let run = try TrainingRun(configuration, registry: registry, path: folder + "/broken")
        var iterations = 0
        if try run.train(observe: { _ in iterations += 1 }, shouldStop: { iterations == 1 }) == .completed {
          break
        }
      }
      #expect(rounds > 3)
      #expect(try weights(folder + "/whole") == weights(folder + "/broken"))
      #expect(try metrics(folder + "/whole") == metrics(folder + "/broken"))
      #expect(try events(folder + "/whole") == events(folder + "/broken"))
      #expect(
        Files.target(ofLink: folder + "/whole/checkpoints/best")
          == Files.target(ofLink: folder + "/broken/checkpoints/best"))
    }
  }

  /// What a process leaves that dies after a checkpoint: more metrics, a half-written checkpoint, one that was renamed
  /// but not yet pointed at.
  @Test func whatADeadProcessLeftIsForgotten() throws {
    try withFolder { folder in
      let configuration = tinyConfiguration()
      let path = folder + "/run"
      _ = try TrainingRun(configuration, registry: registry, path: folder + "/whole").train()
      var iterations = 0
      do {
        let run = try TrainingRun(configuration, registry: registry, path: path)
        _ = try run.train(observe: { _ in iterations += 1 }, shouldStop: { iterations == 2 })
      }
      let metricsFile = path + "/metrics.jsonl"
      try Files.replace(metricsFile, Files.read(metricsFile, what: "file") + Array("{\"environment_st".utf8))
      try Files.makeFolder(path + "/checkpoints/step-000000000192.partial")
      try Files.makeFolder(path + "/checkpoints/step-000000000128")
      try Files.link(path + "/checkpoints/milestone-128", to: "step-000000000128")
      try Files.link(path + "/checkpoints/best", to: "step-000000000128")
      let resumed = try TrainingRun(configuration, registry: registry, path: path)
      #expect(
        Files.names(in: path + "/checkpoints").filter { $0.contains("128") || $0.contains("192") } == [])
      _ = try resumed.train()
      #expect(try weights(folder + "/whole") == weights(path))
      #expect(try metrics(folder + "/whole") == metrics(path))
    }
  }

  @Test func aRunOfAnotherConfigurationIsRefused() throws {
    try withFolder { folder in
      _ = try TrainingRun(tinyConfiguration(), registry: registry, path: folder + "/run").train()
      var other = tinyConfiguration()
      other.ppo.epochs = 2
      #expect(
        sentence { _ = try TrainingRun(other, registry: registry, path: folder + "/run") }
          == "'\(folder)/run' holds a run of another configuration (ppo.epochs is 1 there and 2 here); "
          + "choose another --run-dir.")
      try write("x", to: folder + "/file")
      #expect(
        sentence { _ = try TrainingRun(other, registry: registry, path: folder + "/file") }.contains(
          "not a folder"))
      #expect(
        sentence { _ = try TrainingRun(other, registry: registry, path: folder) }.contains(
          "holds other files"))
    }
  }

  @Test func twoProcessesDoNotTrainInOneRun() throws {
    try withFolder { folder in
      let run = try TrainingRun(tinyConfiguration(), registry: registry, path: folder + "/run")
      #expect(
        sentence { _ = try TrainingRun(tinyConfiguration(), registry: registry, path: folder + "/run") }
          .contains("Another process is training"))
      _ = try run.train()
    }
  }

  @Test func damagedCheckpointsAreNamed() throws {
    try withFolder { folder in
      let path = folder + "/run"
      _ = try TrainingRun(tinyConfiguration(), registry: registry, path: path).train()
      let checkpoint = Files.canonical(path + latest)
      func open() -> String {
        sentence { _ = try TrainingRun(tinyConfiguration(), registry: registry, path: path) }
      }
      for file in ["weights.safetensors", "optimizer.safetensors", "state.bin", "state.json"] {
        let whole = try Files.read(checkpoint + "/" + file, what: "file")
        try Files.replace(checkpoint + "/" + file, Array(whole.prefix(whole.count / 2)))
        let message = open()
        #expect(message.contains(file) && message.hasSuffix("."), "\(message)")
        try Files.replace(checkpoint + "/" + file, whole)
      }
      var hostile: [UInt8] = []
      hostile.append(littleEndian: UInt64(1) << 63)
      let weights = checkpoint + "/weights.safetensors"
      try Files.replace(weights, hostile + Array("{}".utf8))
      #expect(open().contains("weights.safetensors"))
      try Files.replace(weights, Safetensors.encode([.init(name: "x", shape: [1], values: [1])]))
      #expect(open().contains("weights.safetensors"))
      #expect(
        sentence { _ = try RunDirectory(path).policy(checkpoint: "nope", registry: registry) }
          .contains("There is no checkpoint 'nope'"))
    }
  }

  @Test func nothingIsLeftWhereNothingCanBeWritten() throws {
    let message = sentence {
      _ = try TrainingRun(tinyConfiguration(), registry: registry, path: "/proc/knack/run")
    }
    #expect(message.hasPrefix("Could not create /proc/knack") && message.hasSuffix("."))
  }

  @Test func notANumberIsAFailureThatKeepsTheRunWhole() throws {
    try withFolder { folder in
      var configuration = tinyConfiguration()
      configuration.ppo.learningRate = 1e38
      let run = try TrainingRun(configuration, registry: registry, path: folder + "/run")
      #expect(sentence { _ = try run.train() }.contains("became NaN"))
      #expect(Files.names(in: folder + "/run" + latest).count == 4)
    }
  }
}
