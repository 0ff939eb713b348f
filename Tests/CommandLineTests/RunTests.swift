import Foundation
import Testing

@Suite struct RunTests {
  private let weights = "checkpoints/latest/weights.safetensors"

  @Test func trainEvaluateAndTrainAgain() throws {
    let folder = try Folder()
    try folder.write(tiny, to: "c.yaml")
    let trained = try folder.knack("train", "c.yaml", "--seed", "3", "--json")
    #expect(trained.status == 0, "\(trained.error)")
    let result = try lastObject(trained.output)
    #expect(result["runDirectory"] as? String == "runs/c/seed-3")
    #expect(result["environmentSteps"] as? Int == 1024)
    for key in ["gradientSteps", "seconds", "stepsPerSecond", "successRate", "episodeReturn"] {
      #expect(result[key] is NSNumber, "\(key)")
    }
    #expect(trained.error.contains("time: stepping "))
    let evaluated = try folder.knack("evaluate", "runs/c/seed-3", "--episodes", "20", "--seed", "1", "--json")
    let report = try lastObject(evaluated.output)
    for key in ["successRate", "episodeReturn", "episodeLength"] {
      #expect(report[key] is NSNumber && (report[key + "Interval"] as? [Double])?.count == 2, "\(key)")
    }
    #expect(
      String(decoding: try folder.bytes("runs/c/seed-3/evaluation.json"), as: UTF8.self) == evaluated.output)
    let again = try folder.knack("train", "c.yaml", "--seed", "3", "--json")
    #expect(again.status == 0 && again.error.contains("complete already"))
    #expect(try lastObject(again.output)["environmentSteps"] as? Int == 1024)
  }

  @Test func sameWeightsForAnyNumberOfWorkers() throws {
    let folder = try Folder()
    try folder.write(tiny, to: "c.yaml")
    for workers in ["1", "2", "3"] {
      #expect(
        try folder.knack("train", "c.yaml", "--workers", workers, "--run-dir", workers, "--json").status == 0)
    }
    #expect(try folder.bytes("1/" + weights) == folder.bytes("2/" + weights))
    #expect(try folder.bytes("1/" + weights) == folder.bytes("3/" + weights))
  }

  @Test func killedAndResumedEqualsUnbroken() throws {
    let folder = try Folder()
    try folder.write(tiny, to: "c.yaml")
    let steps = ["--set", "training.steps=30000"]
    #expect(try folder.start(["train", "c.yaml", "--run-dir", "whole"] + steps).1().status == 0)
    var lives = 0, status: Int32 = -1
    while status != 0 {
      lives += 1
      let (process, finish) = try folder.start(["train", "c.yaml", "--run-dir", "killed"] + steps)
      if lives < 8 {
        Thread.sleep(forTimeInterval: Double(20 + 37 * lives % 150) / 1000)
        kill(process.processIdentifier, SIGKILL)
      }
      let outcome = try finish()
      status = outcome.status
      #expect(status == 0 || process.terminationReason == .uncaughtSignal, "\(outcome.error)")
      guard lives < 20 else { break }
    }
    #expect(try folder.bytes("whole/" + weights) == folder.bytes("killed/" + weights))
    #expect(folder.names("whole/checkpoints") == folder.names("killed/checkpoints"))
    func metrics(_ run: String) throws -> [String] {
      String(decoding: try folder.bytes(run + "/metrics.jsonl"), as: UTF8.self).split(separator: "\n").map {
        line in
        line.split(separator: ",").filter { !$0.contains("seconds") && !$0.contains("SPS") }.joined(
          separator: ",")
      }
    }
    #expect(try metrics("whole") == metrics("killed"))
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func aSignalSavesAndSaysHowToGoOn(signal: Int32) throws {
    let folder = try Folder()
    try folder.write(tiny, to: "c.yaml")
    let (process, finish) = try folder.start(
      ["train", "c.yaml", "--run-dir", "run", "--set", "training.steps=100000000"])
    while !folder.names("run").contains("metrics.jsonl") && process.isRunning {
      Thread.sleep(forTimeInterval: 0.01)
    }
    Thread.sleep(forTimeInterval: 0.3)
    kill(process.processIdentifier, signal)
    let outcome = try finish()
    #expect(outcome.status == 130)
    #expect(outcome.error.contains("Go on with: knack train --resume run"))
    #expect(folder.names("run/checkpoints/latest").count == 4)
  }

  @Test func tracesInBatchesEqualSingleOnes() throws {
    let folder = try Folder()
    let id = "MiniGrid-DoorKey-5x5-v0"
    let one = try folder.knack("trace", "--environment", id, "--seed", "7", "--actions", "2,2,1,-1,5")
    #expect(one.status == 0 && one.output.split(separator: "\n").count == 6)
    let first = try #require(one.output.split(separator: "\n").first)
    let reset = try lastObject(String(first))
    #expect(reset["event"] as? String == "reset" && (reset["image"] as? [Int])?.count == 147)
    #expect(
      try folder.knack("trace", "--environment", id, "--seed", "7", "--actions", "-", input: "2 2\n1,-1,5\n")
        .output == one.output)
    let request = "{\"environment\":\"\(id)\",\"seed\":7,\"actions\":[2,2,1,-1,5]}\n"
    try folder.write(request + "\n" + request, to: "batch.jsonl")
    #expect(try folder.knack("trace", "--batch", "batch.jsonl").output == one.output + one.output)
    try folder.write(request + "{\"seed\":7}\n", to: "batch.jsonl")
    let wrong = try folder.knack("trace", "--batch", "batch.jsonl")
    #expect(wrong.status == 2 && wrong.error.hasPrefix("Error: batch.jsonl:2: a request is"))
  }

  @Test func worldsAreListedAndShown() throws {
    let folder = try Folder()
    let list = try folder.knack("environments", "list", "--json").output
    #expect(list.hasPrefix("[{\"id\":\"MiniGrid-"))
    let shown = try lastObject(
      try folder.knack("environments", "show", "MiniGrid-DoorKey-8x8-v0", "--json").output)
    #expect(shown["stepLimit"] as? Int == 640)
    #expect((shown["actions"] as? [String])?.count == 7)
  }

  @Test func benchmarksPrintRates() throws {
    let folder = try Folder()
    try folder.write(tiny, to: "c.yaml")
    let stepping = try lastObject(
      try folder.knack(
        "benchmark", "stepping", "--environment", "MiniGrid-Empty-5x5-v0", "--seconds", "0.02", "--json"
      ).output)
    #expect((stepping["stepsPerSecond"] as? Double ?? 0) > 1000)
    #expect(stepping["machine"] is String && stepping["observation"] is String)
    #expect(stepping["policy"] as? String == "random" && (stepping["episodeLength"] as? Double ?? 0) > 1)
    #expect(try folder.knack("train", "c.yaml", "--run-dir", "run", "--json").status == 0)
    for world in [[], ["--environment", "MiniGrid-Empty-6x6-v0", "--observation", "image"]] {
      let trained = try lastObject(
        try folder.start(
          ["benchmark", "stepping", "--policy", "run", "--worlds", "8", "--seconds", "0.01", "--json"] + world
        )
        .1().output)
      #expect(trained["environment"] as? String == world.dropFirst().first ?? "MiniGrid-Empty-5x5-v0")
      #expect(trained["policy"] as? String == "run" && (trained["resetsPerSecond"] as? Double ?? 0) > 1)
    }
    for (arguments, sentence) in [
      (["--policy", "radnom"], "--policy is random, noop, expert or the folder of a run"),
      (["--policy", "."], "holds no run"), ([], "Name a world with --environment"),
      (["--policy", "noop", "--environment", "MiniGrid-Empty-5x5-v0"], "has no action named noop"),
      (["--policy", "expert", "--environment", "MiniGrid-Dynamic-Obstacles-5x5-v0"], "has no expert"),
    ] {
      let outcome = try folder.start(["benchmark", "stepping"] + arguments).1()
      #expect(outcome.status == 2 && outcome.error.contains(sentence), "\(outcome.error)")
    }
    let generation = try lastObject(
      try folder.knack(
        "benchmark", "generation", "--environment", "CrafterFast-v1", "--seconds", "0.02", "--json"
      ).output)
    #expect((generation["bytesPerWorld"] as? Int ?? 0) > 10_000)
    let resets = generation["resetsPerSecond"] as? Double ?? 0
    let whole = generation["wholeWorldsPerSecond"] as? Double ?? 0
    #expect(resets > whole && whole > 100, "a reset makes only what is near the player")
    let training = try lastObject(
      try folder.knack("benchmark", "training", "--config", "c.yaml", "--seconds", "0.02", "--json").output)
    #expect((training["stepsPerSecond"] as? Double ?? 0) > 100)
    #expect(training["gemmFraction"] is NSNumber && training["sgemmGFLOPS"] is NSNumber)
  }
}
