import Foundation
import KnackEnvironment

/// A world, a seed and actions: what `knack trace` replays.
public struct TraceRequest: Sendable, Equatable, Decodable {
  /// The world's id.
  public var environment: String
  /// The seed of its first reset.
  public var seed: UInt64
  /// Actions; -1 is a reset without a seed.
  public var actions: [Int]

  /// A request.
  public init(environment: String, seed: UInt64, actions: [Int]) {
    self.environment = environment
    self.seed = seed
    self.actions = actions
  }

  /// The requests of a file, one JSON object a line; empty lines are skipped.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` that names the line.
  public static func read(_ file: String) throws(ExperimentError) -> [TraceRequest] {
    let bytes = try Files.read(file == "-" ? "/dev/stdin" : file, what: "file of requests")
    let decoder = JSONDecoder()
    var requests: [TraceRequest] = []
    for (number, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    where !line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) {
      do {
        requests.append(try decoder.decode(TraceRequest.self, from: Data(line)))
      } catch {
        throw .mistake(
          "\(file):\(number + 1): a request is a JSON object with environment, seed and actions, as in "
            + "{\"environment\":\"MiniGrid-Empty-5x5-v0\",\"seed\":1,\"actions\":[2,2]}.")
      }
    }
    return requests
  }

  /// The actions in text: whole numbers between commas or white space.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` for what is none.
  public static func actions(_ text: String) throws(ExperimentError) -> [Int] {
    var actions: [Int] = []
    for word in text.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
      guard let action = Int(word) else {
        throw .mistake("'\(word)' is not an action; write whole numbers between commas, as in 2,2,1,-1,5.")
      }
      actions.append(action)
    }
    return actions
  }

  /// Actions from standard input.
  public static func actionsFromStandardInput() throws(ExperimentError) -> [Int] {
    try actions(String(decoding: try Files.read("/dev/stdin", what: "standard input"), as: UTF8.self))
  }
}

/// Standard output with a buffer before it, for thousands of lines.
public final class BufferedOutput {
  private var buffer: [UInt8] = []

  /// An empty buffer.
  public init() {}

  /// Adds a line.
  ///
  /// - Throws: ``ExperimentError/failure(_:)`` if standard output cannot be written, on a full disk for example.
  public func print(_ line: String) throws(ExperimentError) {
    buffer.append(contentsOf: line.utf8)
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Hands everything to the system.
  public func flush() throws(ExperimentError) {
    defer { buffer.removeAll(keepingCapacity: true) }
    try Files.write(buffer, to: 1, path: "standard output")
  }
}

extension EnvironmentRegistry {
  /// Replays requests in order, in worlds made as settings want them, and hands out each line as JSON.
  ///
  /// - Throws: ``ExperimentError``; a request that is wrong prints nothing, those before it are printed.
  public func replay(
    _ requests: [TraceRequest], settings: WorldSettings = WorldSettings(),
    _ emit: (String) throws(ExperimentError) -> Void
  ) throws(ExperimentError) {
    var kinds: [String: WorldKind] = [:]
    for request in requests {
      var failure: ExperimentError?
      do {
        let kind = try kinds[request.environment] ?? kind(request.environment, settings: settings)
        kinds[request.environment] = kind
        try kind.trace(seed: request.seed, actions: request.actions) { line in
          guard failure == nil else { return }
          do throws(ExperimentError) { try emit(line.json) } catch { failure = error }
        }
      } catch {
        throw .mistake("\(error)")
      }
      if let failure { throw failure }
    }
  }
}
