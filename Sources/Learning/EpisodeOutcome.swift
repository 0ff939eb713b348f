/// How an episode ended.
public struct EpisodeOutcome: BitwiseCopyable, Sendable, Equatable {
  /// Undiscounted return.
  public var `return`: Double
  /// Length in steps.
  public var length: Int
  /// Whether the task was solved.
  public var success: Bool

  /// An outcome.
  @inlinable
  public init(return value: Double, length: Int, success: Bool) {
    self.return = value
    self.length = length
    self.success = success
  }
}

/// Sums over episodes.
public struct EpisodeSummary: Sendable, Equatable {
  /// How many there are, and how many of those succeeded.
  public var count = 0, successes = 0
  /// Sums of undiscounted returns and of lengths in steps.
  public var returns = 0.0, lengths = 0

  /// No episodes.
  public init() {}

  /// Adds an episode.
  public mutating func add(_ episode: EpisodeOutcome) {
    count += 1
    successes += episode.success ? 1 : 0
    returns += episode.return
    lengths += episode.length
  }

  /// Fraction of the episodes that succeeded; NaN where there are none.
  public var successRate: Double { Double(successes) / Double(count) }
  /// Mean return; NaN where there are none.
  public var meanReturn: Double { returns / Double(count) }
  /// Mean length in steps; NaN where there are none.
  public var meanLength: Double { Double(lengths) / Double(count) }
}

/// The last episodes that ended, up to a fixed number.
public struct EpisodeWindow: Sendable, Equatable {
  /// How many are kept.
  public let capacity: Int
  private var episodes: [EpisodeOutcome] = []
  private var next = 0

  /// An empty window.
  public init(capacity: Int) {
    precondition(capacity > 0, "a window of at least one episode")
    self.capacity = capacity
    episodes.reserveCapacity(capacity)
  }

  /// Whether the window is full.
  public var isFull: Bool { episodes.count == capacity }

  /// Adds an episode; the oldest one makes room. Allocates nothing.
  public mutating func add(_ episode: EpisodeOutcome) {
    if isFull { episodes[next] = episode } else { episodes.append(episode) }
    next = (next + 1) % capacity
  }

  /// Sums over the episodes in the window.
  public var summary: EpisodeSummary {
    var summary = EpisodeSummary()
    for episode in episodes { summary.add(episode) }
    return summary
  }

  /// The window as bytes: capacity, position, then for each episode return, length and success, 8 bytes each.
  var encoded: [UInt8] {
    var words = [UInt64(capacity), UInt64(next)]
    for episode in episodes {
      words += [episode.return.bitPattern, UInt64(episode.length), episode.success ? 1 : 0]
    }
    return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
  }

  /// The window that ``encoded`` gave; nil where the bytes are none.
  init?(encoded: [UInt8]) {
    guard encoded.count >= 16, encoded.count % 8 == 0, (encoded.count / 8 - 2) % 3 == 0 else { return nil }
    let words = stride(from: 0, to: encoded.count, by: 8).map { start in
      (0..<8).reduce(UInt64(0)) { $0 | UInt64(encoded[start + $1]) << (8 * $1) }
    }
    let count = (words.count - 2) / 3
    guard (1...100_000).contains(words[0]), count <= Int(words[0]), words[1] < words[0] else { return nil }
    self.init(capacity: Int(words[0]))
    for i in 0..<count {
      guard words[3 + 3 * i] < UInt64(Int32.max) else { return nil }
      add(
        EpisodeOutcome(
          return: Double(bitPattern: words[2 + 3 * i]), length: Int(words[3 + 3 * i]),
          success: words[4 + 3 * i] == 1))
    }
    next = Int(words[1])
  }
}
