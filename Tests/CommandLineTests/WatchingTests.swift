import Foundation
import Testing

/// `knack record`, `knack watch` and `knack play`, as a user runs them.
@Suite struct WatchingTests {
  private func trained(_ folder: Folder) throws {
    try folder.write(tiny, to: "tiny.yaml")
    let outcome = try folder.knack("train", "tiny.yaml", "--run-dir", "run", "--set", "training.steps=2048")
    #expect(outcome.status == 0, "\(outcome)")
  }

  @Test func recordingsAreWhatTheirNamesSay() throws {
    let folder = try Folder()
    try trained(folder)
    for (name, signature) in [
      ("a.png", [0x89, 0x50, 0x4E, 0x47]), ("a.gif", Array("GIF89a".utf8)),
      ("sub/a.mp4", Array("....ftyp".utf8)),
    ] {
      let outcome = try folder.knack(
        "record", "run", "--out", name, "--size", "320x240", "--steps", "5", "--rate", "5")
      #expect(outcome.status == 0 && outcome.output == "\(name)\n" && outcome.error.isEmpty, "\(outcome)")
      let bytes = try folder.bytes(name)
      #expect(bytes.count > 300)
      #expect(zip(bytes, signature).allSatisfy { $0 == $1 || $1 == UInt8(ascii: ".") }, "\(name)")
    }
    #expect(folder.names() == ["a.gif", "a.png", "run", "sub", "tiny.yaml"], "nothing else is left")
  }

  @Test func framesAreTheSameEveryTime() throws {
    let folder = try Folder()
    for name in ["a", "b"] {
      let outcome = try folder.knack(
        "record", "--environment", "Crafter-v1", "--policy", "expert", "--out", "\(name)/", "--size",
        "320x240",
        "--steps", "4", "--episode", "3")
      #expect(outcome.status == 0, "\(outcome)")
    }
    #expect(folder.names("a") == (0...4).map { "frame-00000\($0).png" })
    for frame in folder.names("a") { #expect(try folder.bytes("a/\(frame)") == folder.bytes("b/\(frame)")) }
    #expect(try folder.bytes("a/frame-000000.png") != folder.bytes("a/frame-000004.png"))
  }

  @Test func whatCannotBeRecordedIsSaid() throws {
    let folder = try Folder()
    let world = ["record", "--environment", "MiniGrid-Empty-5x5-v0"]
    for (arguments, status, sentence) in [
      (["--out", "a.avi"], 2, "'a.avi' is no recording's name: end it in .gif, .mp4, .png, or in /"),
      (["--out", "a.png", "--view", "side"], 2, "has no view 'side'; choose one of: map."),
      (
        ["--out", "a.png", "--policy", "expert", "--environment", "MiniGrid-Dynamic-Obstacles-5x5-v0"], 2,
        "has no expert"
      ),
      (["--out", "a.png", "--size", "0x5"], 2, "--size is the points across and down"),
      (["--out", "a.gif", "--rate", "0"], 2, "--rate is more than 0"),
    ] as [([String], Int32, String)] {
      let isOther = arguments.contains("--environment")
      let outcome = try folder.start((isOther ? ["record"] : world) + arguments).1()
      #expect(outcome.status == status && outcome.error.contains(sentence), "\(outcome)")
    }
    let missing = try folder.knack("record", "no-run", "--out", "a.png")
    #expect(missing.status == 2 && missing.error.contains("There is no run 'no-run'"))
    #expect(folder.names().isEmpty)
  }

  @Test func withoutFFmpegThereIsASentence() throws {
    let folder = try Folder()
    let outcome = try folder.knack(
      "record", "--environment", "MiniGrid-Empty-5x5-v0", "--out", "a.gif", shell: "PATH=/nowhere \"$@\"")
    #expect(outcome.status == 2)
    #expect(outcome.error.contains("a.gif is made by ffmpeg, which is not installed"))
    #expect(folder.names().isEmpty)
  }

  @Test func withoutADisplayThereIsASentence() throws {
    let folder = try Folder()
    for verb in [["watch", "--environment", "Crafter-v1"], ["play", "Crafter-v1", "--out", "plays"]] {
      let outcome = try folder.start(verb, shell: "env -u DISPLAY -u WAYLAND_DISPLAY \"$@\"").1()
      #expect(outcome.status == 1, "\(outcome)")
      #expect(outcome.error.contains("No window can be shown"), "\(outcome)")
    }
  }

  /// The display goes away under the window: a sentence, an exit, and what was played is there.
  @Test(.enabled(if: access("/usr/bin/Xvfb", X_OK) == 0, "this test needs Xvfb"))
  func aLostDisplayLosesNothing() throws {
    let folder = try Folder()
    let server = try Display()
    let (process, outcome) = try folder.start(
      ["watch", "--environment", "Crafter-v1", "--policy", "expert"],
      shell: "DISPLAY=\(server.name) \"$@\"")
    Thread.sleep(forTimeInterval: 2)
    #expect(process.isRunning)
    server.stop()
    let result = try outcome()
    #expect(result.status != 0)
    #expect(result.error.contains("The display is gone"), "\(result)")
  }

  /// The folder of a run that is watched goes away: the window goes on, and a sentence says so.
  @Test(.enabled(if: access("/usr/bin/Xvfb", X_OK) == 0, "this test needs Xvfb"))
  func aRunThatIsDeletedIsWatchedOn() throws {
    let folder = try Folder()
    try trained(folder)
    let server = try Display()
    let (process, outcome) = try folder.start(
      ["watch", "run"], shell: "DISPLAY=\(server.name) exec \"$@\"")
    Thread.sleep(forTimeInterval: 2)
    try FileManager.default.removeItem(atPath: folder.path + "/run")
    Thread.sleep(forTimeInterval: 3)
    #expect(process.isRunning)
    kill(process.processIdentifier, SIGTERM)
    let result = try outcome()
    #expect(result.status == 0, "\(result)")
    #expect(result.error.contains("There is nothing to follow in 'run' any more"), "\(result)")
  }
}

/// A display without a screen.
private final class Display {
  let name: String
  private let process = Process()

  init() throws {
    let number = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/Xvfb")
    process.arguments = ["-displayfd", "1", "-screen", "0", "1300x800x24", "-nolisten", "tcp"]
    process.standardOutput = number
    process.standardError = FileHandle.nullDevice
    try process.run()
    let line = number.fileHandleForReading.availableData
    name = ":" + String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  deinit { stop() }

  func stop() {
    // Foundation begins processes with signals blocked that can be.
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }
}
