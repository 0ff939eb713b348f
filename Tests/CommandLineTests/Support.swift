import Foundation

/// What a process of the built program did.
struct Outcome {
  var status: Int32
  var output: String
  var error: String
}

/// The program, which lies beside the test bundle.
let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
  .appendingPathComponent("knack").path

/// A folder of its own, removed with the value.
final class Folder {
  let path = NSTemporaryDirectory() + "knack-\(UUID().uuidString)"

  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
  }

  func names(_ name: String = ".") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path + "/" + name)) ?? []).sorted()
  }

  /// Starts the program in this folder. Output goes to files, so that no pipe can fill up.
  func start(_ arguments: [String], shell: String? = nil, input: String? = nil) throws -> (
    Process, () throws -> Outcome
  ) {
    let process = Process()
    if let shell {
      process.executableURL = URL(fileURLWithPath: "/bin/bash")
      process.arguments = ["-c", shell, "bash", program] + arguments
    } else {
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = arguments
    }
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    let id = UUID().uuidString
    let files = ["out", "err", "in"].map { "\(NSTemporaryDirectory())knack-\(id).\($0)" }
    for file in files { _ = FileManager.default.createFile(atPath: file, contents: nil) }
    try Data((input ?? "").utf8).write(to: URL(fileURLWithPath: files[2]))
    process.standardOutput = FileHandle(forWritingAtPath: files[0])
    process.standardError = FileHandle(forWritingAtPath: files[1])
    process.standardInput = FileHandle(forReadingAtPath: files[2])
    try process.run()
    return (
      process,
      {
        let deadline = Date(timeIntervalSinceNow: 60)
        while process.isRunning && Date() < deadline { Thread.sleep(forTimeInterval: 0.005) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }  // a test must not hang
        process.waitUntilExit()
        func text(_ file: String) throws -> String {
          String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
        }
        defer { for file in files { try? FileManager.default.removeItem(atPath: file) } }
        return Outcome(
          status: process.terminationStatus, output: try text(files[0]), error: try text(files[1]))
      }
    )
  }

  /// Runs the program to its end. `shell` is a script whose `"$@"` is the program with its arguments.
  func knack(_ arguments: String..., shell: String? = nil, input: String? = nil) throws -> Outcome {
    try start(arguments, shell: shell, input: input).1()
  }
}

/// A configuration that trains in a fraction of a second.
let tiny = """
  environment: {id: MiniGrid-Empty-5x5-v0}
  network: {hidden: [8]}
  ppo: {worlds: 4, rollout-steps: 32, minibatch-size: 64, epochs: 1}
  training: {steps: 1024, workers: 2, checkpoint-every: 256}

  """

/// The JSON object on the last line.
func lastObject(_ text: String) throws -> [String: Any] {
  let line = text.split(separator: "\n").last ?? ""
  return try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
}
