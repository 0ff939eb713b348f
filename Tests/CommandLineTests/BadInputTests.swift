import Foundation
import Testing

/// Each mistake: exit code 2 (1 for what is not the caller's fault), one sentence on standard error, nothing left.
@Suite struct BadInputTests {
  private func expectRefusal(
    _ outcome: Outcome, status: Int32, _ sentence: String, location: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.status == status, sourceLocation: location)
    #expect(outcome.error.contains(sentence), "\(outcome.error)", sourceLocation: location)
    let lines = outcome.error.split(separator: "\n").filter { $0.hasPrefix("Error: ") }
    #expect(
      lines.count == 1 && (lines[0].hasSuffix(".") || lines[0].hasSuffix("?")), "\(outcome.error)",
      sourceLocation: location)
  }

  @Test(arguments: [
    (
      "ppo:\n  learnin-rate: 1\n",
      "c.yaml:2:3: there is no key 'ppo.learnin-rate'; did you mean 'ppo.learning-rate'?"
    ),
    ("ppo:\n  epochs: many\n", "c.yaml:2:11: 'ppo.epochs' takes an integer >= 1, not 'many'."),
    (
      "environment:\n  id: MiniGrid-Emtpy-5x5-v0\n",
      "There is no environment 'MiniGrid-Emtpy-5x5-v0'; did you mean"
    ),
    ("extends: none.yaml\n", "c.yaml:1:10: there is no file 'none.yaml' to extend."),
    ("{", "c.yaml:2:1: this is not YAML"),
    ("", "The configuration names no world; set environment.id"),
  ])
  func wrongConfigurations(text: String, sentence: String) throws {
    let folder = try Folder()
    try folder.write(text, to: "c.yaml")
    expectRefusal(try folder.knack("train", "c.yaml"), status: 2, sentence)
    #expect(folder.names() == ["c.yaml"])
  }

  @Test func wrongArguments() throws {
    let folder = try Folder()
    for arguments in [["train"], ["train", "--no-such-option"], ["nosuchverb"], ["evaluate"], ["trace"]] {
      let outcome = try folder.start(arguments).1()
      #expect(outcome.status == 2 && outcome.error.hasPrefix("Error: "), "\(arguments): \(outcome)")
    }
    expectRefusal(try folder.knack("train", "none.yaml"), status: 2, "There is no configuration 'none.yaml'")
    expectRefusal(try folder.knack("evaluate", "none"), status: 2, "There is no run 'none'")
    expectRefusal(
      try folder.knack(
        "demonstrate", "--environment", "MiniGrid-Empty-5x5-v0", "--out", "d", "--worlds", "3"),
      status: 2, "Episodes in the same world are alike without slips")
    expectRefusal(
      try folder.knack("demonstrate", "--environment", "MiniGrid-Empty-5x5-v0", "--out", "d", "--noise", "2"),
      status: 2, "--noise is a probability, from 0 to 1.")
    expectRefusal(
      try folder.knack("trace", "--environment", "MiniGrid-Empty-5x5-v0", "--actions", "2,7"), status: 2,
      "Action 7 is not among those of MiniGrid-Empty-5x5-v0")
    expectRefusal(
      try folder.knack("environments", "show", "MiniGrid-Empty-5x6-v0"), status: 2,
      "did you mean 'MiniGrid-Empty-5x5-v0'?")
    expectRefusal(
      try folder.knack("environments", "rules", "Overwold-v1"), status: 2, "did you mean 'Overworld-v1'?")
    expectRefusal(
      try folder.knack("environments", "rules", "Crafter-v1"), status: 2,
      "Crafter-v1 has no rules that could be printed; choose one of: Overworld-v1.")
    #expect(folder.names() == [])
    #expect(try folder.knack("--help").status == 0)
  }

  @Test func notANumber() throws {
    let folder = try Folder()
    try folder.write(tiny, to: "c.yaml")
    let outcome = try folder.knack("train", "c.yaml", "--set", "ppo.learning-rate=1e38", "--run-dir", "run")
    expectRefusal(outcome, status: 1, "became NaN")
    #expect(folder.names("run/checkpoints/latest").count == 4)
  }

  @Test func checkpointsOfAnotherShapeAndHostileOnes() throws {
    let folder = try Folder()
    try folder.write(tiny, to: "c.yaml")
    #expect(try folder.knack("train", "c.yaml", "--run-dir", "run", "--json").status == 0)
    let configuration = String(decoding: try folder.bytes("run/config.yaml"), as: UTF8.self)
    try folder.write(configuration.replacing("hidden: [8]", with: "hidden: [9]"), to: "run/config.yaml")
    expectRefusal(try folder.knack("evaluate", "run"), status: 1, "weights.safetensors: The saved")
    try folder.write(configuration, to: "run/config.yaml")
    let file = "run/checkpoints/latest/weights.safetensors"
    let whole = try folder.bytes(file)
    let length = [UInt8](repeating: 0, count: 7) + [0x80]  // 2^63
    for bytes in [
      Array(whole.prefix(whole.count - 1)), length + whole.dropFirst(8), [], Array(whole.prefix(5)),
    ] {
      try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/" + file))
      expectRefusal(
        try folder.knack("evaluate", "run"), status: 1, "weights.safetensors: The safetensors file is damaged"
      )
    }
    #expect(!folder.names("run").contains("evaluation.json"))
  }

  /// Files may not grow beyond a limit: the same as a full disk, but every user can make one.
  @Test func noRoomForANewRun() throws {
    let folder = try Folder()
    try folder.write(tiny, to: "c.yaml")
    let outcome = try folder.knack("train", "c.yaml", "--run-dir", "a/run", shell: "ulimit -f 1; \"$@\"")
    expectRefusal(outcome, status: 1, "free some space")
    #expect(folder.names("a") == [])
  }

  @Test func noRoomWhileTraining() throws {
    let folder = try Folder()
    try folder.write(tiny, to: "c.yaml")
    // Short iterations, so that the metrics soon outgrow the limit, which the checkpoints stay below.
    let more = [
      "ppo.rollout-steps=4", "ppo.minibatch-size=16", "training.steps=1000000",
      "training.checkpoint-every=4096",
    ].flatMap { ["--set", $0] }
    let outcome = try folder.start(
      ["train", "c.yaml", "--run-dir", "run"] + more, shell: "ulimit -f 320; \"$@\""
    ).1()
    expectRefusal(outcome, status: 1, "Could not write run/")
    #expect(folder.names("run/checkpoints/latest").count == 4)
    #expect(!folder.names("run/checkpoints").contains { $0.hasSuffix(".partial") })
    // With room again, the run goes on.
    #expect(try folder.knack("evaluate", "run", "--episodes", "2", "--json").status == 0)
  }

  @Test func aFullDevice() throws {
    let folder = try Folder()
    let outcome = try folder.knack(
      "trace", "--environment", "MiniGrid-Empty-5x5-v0", "--actions", "2", shell: "\"$@\" > /dev/full")
    expectRefusal(
      outcome, status: 1, "Could not write standard output: No space left on device; free some space")
  }

  @Test func aFolderThatMayNotBeWritten() throws {
    let folder = try Folder()
    try folder.write(tiny, to: "c.yaml")
    // /proc refuses everyone, root included.
    let outcome = try folder.knack("train", "c.yaml", "--run-dir", "/proc/run")
    expectRefusal(outcome, status: 1, "Could not create /proc/")
  }
}
