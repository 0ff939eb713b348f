import Glibc

/// The folder of a run, which says exactly what was run and how far it came.
///
///     config.yaml            the configuration as resolved
///     command.txt            the command that began the run, a line for each argument
///     world.yaml, map.txt    the rules and the map of the world, if they were given as files
///     metrics.jsonl          one JSON object an iteration
///     events.out.tfevents.*  the same for TensorBoard
///     checkpoints/           what `CheckpointStore` keeps
///     evaluation.json        the latest evaluation
///
/// A run directory appears whole or not at all: it is made under a temporary name and renamed once all is written.
public struct RunDirectory: Sendable, Equatable {
  /// The folder.
  public let path: String

  /// The run in a folder.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` if there is none.
  public init(_ path: String) throws(ExperimentError) {
    self.init(unchecked: path)
    guard Files.isFolder(path) else {
      throw .mistake("There is no run '\(path)'; `knack train CONFIG` makes one.")
    }
    guard Files.exists(configurationFile) else {
      throw .mistake(
        "'\(path)' holds no run, since it has no config.yaml; give a folder that `knack train` made.")
    }
  }

  private init(unchecked path: String) { self.path = Files.trimmed(path) }

  /// Whether there is a run, or nothing that would be in the way of one, at a path.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where something else lies there.
  static func isRun(_ path: String) throws(ExperimentError) -> Bool {
    guard Files.exists(path) else { return false }
    guard Files.isFolder(path) else {
      throw .mistake("'\(path)' is not a folder; choose another with --run-dir.")
    }
    if Files.exists(Files.join(path, "config.yaml")) { return true }
    guard Files.names(in: path).isEmpty else {
      throw .mistake("'\(path)' holds other files and no run; choose an empty or new folder with --run-dir.")
    }
    return false
  }

  /// Where a run goes if nothing else is said: `runs/<configuration's file>/seed-<n>`.
  public static func defaultPath(configurationFile: String, seed: UInt64) -> String {
    let name = Files.name(of: configurationFile)
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    return "runs/\(stem)/seed-\(seed)"
  }

  /// Makes the folder of a new run; where something cannot be written, nothing is left behind.
  ///
  /// - Parameter fill: writes what else belongs to a whole run, given the draft and the events file's length.
  static func create(
    _ path: String, _ configuration: ExperimentConfiguration, command: [String],
    fill: (_ draft: RunDirectory, _ eventsBytes: Int) throws(ExperimentError) -> Void
  ) throws(ExperimentError) -> RunDirectory {
    let run = RunDirectory(unchecked: path)
    let parent = Files.folder(of: run.path)
    try Files.makeFolder(parent)
    let draft = RunDirectory(
      unchecked: Files.join(parent, ".\(Files.name(of: run.path))-\(getpid())\(Files.temporarySuffix)"))
    Files.remove(draft.path)
    do {
      try Files.makeFolder(draft.checkpoints)
      // Files are copied, so that the run stays what it is when they are edited.
      var configuration = configuration
      for (path, name) in ConfigurationKey.all.compactMap(\.file) {
        guard let file = configuration[keyPath: path] else { continue }
        try Files.create(Files.join(draft.path, name), Array(file.text.utf8))
        configuration[keyPath: path]?.name = name
      }
      try Files.create(draft.configurationFile, Array(configuration.yaml.utf8))
      try Files.create(draft.path + "/command.txt", Array((command.joined(separator: "\n") + "\n").utf8))
      try Files.create(draft.metricsFile, [])
      let now = wallClockSeconds()
      let header = TensorBoard.header(wallTime: now)
      try Files.create(draft.path + "/\(eventsPrefix)\(Int(now)).\(hostName()).\(getpid())", header)
      try fill(draft, header.count)
      try Files.sync(draft.path)
      try Files.move(draft.path, to: run.path)
    } catch {
      Files.remove(draft.path)
      throw error
    }
    return run
  }

  var configurationFile: String { path + "/config.yaml" }
  var metricsFile: String { path + "/metrics.jsonl" }
  var evaluationFile: String { path + "/evaluation.json" }
  var checkpoints: String { path + "/checkpoints" }

  private static let eventsPrefix = "events.out.tfevents."

  func eventsFile() throws(ExperimentError) -> String {
    guard let name = Files.names(in: path).first(where: { $0.hasPrefix(Self.eventsPrefix) }) else {
      throw .failure(
        "The event file of '\(path)' is gone, so the run cannot go on; restore it or begin a new run.")
    }
    return Files.join(path, name)
  }

  /// The configuration of the run.
  public func configuration() throws(ExperimentError) -> ExperimentConfiguration {
    try ExperimentConfiguration(file: configurationFile)
  }

  private static func hostName() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
    return buffer.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }
}

/// The right to write into a run directory: one process has it at a time, and loses it when it ends, however it ends.
final class RunLock {
  private let descriptor: Int32

  /// - Throws: ``ExperimentError/mistake(_:)`` if another process trains in the run.
  init(_ run: RunDirectory) throws(ExperimentError) {
    descriptor = open(run.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Files.failed("open", run.path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw .mistake("Another process is training in '\(run.path)'; wait for it or choose another --run-dir.")
    }
  }

  deinit { close(descriptor) }
}
