/// Demonstrations in memory: episodes of what was seen and what was done then.
public struct DemonstrationSet: Sendable {
  /// One episode, as places in the set's rows.
  private struct Episode {
    /// Its first observation, its first action, and how many actions it has; one more observation comes after the last.
    var observation: Int, action: Int, steps: Int
  }

  /// Bytes of an observation.
  public let observationSize: Int
  private var observations: [UInt8] = [], actions: [Int32] = []
  private var episodes: [Episode] = []

  /// Episodes, and their steps together.
  public var count: (episodes: Int, steps: Int) { (episodes.count, actions.count) }

  /// A set without episodes.
  public init(observationSize: Int) { self.observationSize = observationSize }

  /// Adds an episode.
  ///
  /// - Parameters:
  ///   - observations: one more than there are actions, the final one too, one after the other.
  ///   - actions: what was done after each but the last of them.
  public mutating func append(observations: [UInt8], actions: [Int32]) {
    precondition(
      observations.count == (actions.count + 1) * observationSize,
      "an observation before and after each action")
    episodes.append(
      Episode(
        observation: self.observations.count / max(1, observationSize), action: self.actions.count,
        steps: actions.count))
    self.observations += observations
    self.actions += actions
  }

  /// Where stretches of so many steps begin that lie in one episode each, as episode and step.
  public func stretches(of length: Int) -> [(episode: Int, step: Int)] {
    episodes.indices.flatMap { episode in
      (0..<max(0, episodes[episode].steps - length + 1)).map { (episode, $0) }
    }
  }

  /// Calls `body` with what was seen before a step of an episode, and returns what was done.
  @inline(__always)
  public func read(_ episode: Int, _ step: Int, _ body: (UnsafePointer<UInt8>) -> Void) -> Int32 {
    let row = episodes[episode].observation + step
    observations.withUnsafeBufferPointer { body($0.baseAddress! + row * observationSize) }
    return actions[episodes[episode].action + step]
  }
}
