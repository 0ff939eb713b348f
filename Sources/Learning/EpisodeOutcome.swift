import KnackEnvironment

/// How an episode ended.
public struct EpisodeOutcome: BitwiseCopyable, Sendable, Equatable {
  /// Undiscounted return.
  public var `return`: Double
  /// Length in steps.
  public var length: Int
  /// Whether the task was solved.
  public var success: Bool
  /// Which of the world's achievements were reached: bit k stands for the k-th.
  public var achievements: UInt64

  /// An outcome.
  @inlinable
  public init(return value: Double, length: Int, success: Bool, achievements: UInt64 = 0) {
    self.return = value
    self.length = length
    self.success = success
    self.achievements = achievements
  }
}

extension EpisodeOutcome {
  /// How the episode ended that ended most recently in a world of a batch.
  public init(of world: Int, in environment: VectorEnvironment) {
    self.init(
      return: environment.episodeReturns[world], length: Int(environment.episodeLengths[world]),
      success: environment.episodeSuccesses[world], achievements: environment.episodeAchievements?[world] ?? 0
    )
  }
}

/// Sums over episodes.
public struct EpisodeSummary: Sendable, Equatable {
  /// How many there are, and how many of those succeeded.
  public var count = 0, successes = 0
  /// Sums of undiscounted returns and of lengths in steps.
  public var returns = 0.0, lengths = 0
  /// How many of the episodes reached each of the world's achievements, in their order; zero beyond the last of them.
  public var achievements = SIMD64<UInt32>()

  /// No episodes.
  public init() {}

  /// Adds an episode.
  public mutating func add(_ episode: EpisodeOutcome) {
    count += 1
    successes += episode.success ? 1 : 0
    returns += episode.return
    lengths += episode.length
    var reached = episode.achievements
    while reached != 0 {
      achievements[reached.trailingZeroBitCount] &+= 1
      reached &= reached &- 1
    }
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

  /// The window as bytes: capacity, position, then for each episode return, length, success and achievements, 8
  /// bytes each.
  var encoded: [UInt8] {
    var words = [UInt64(capacity), UInt64(next)]
    for episode in episodes {
      words += [
        episode.return.bitPattern, UInt64(episode.length), episode.success ? 1 : 0, episode.achievements,
      ]
    }
    return bytes(of: words)
  }

  /// The window that ``encoded`` gave; nil where the bytes are none.
  init?(encoded: [UInt8]) {
    guard let words = words(of: encoded), words.count >= 2, (words.count - 2) % 4 == 0 else { return nil }
    let count = (words.count - 2) / 4
    guard (1...100_000).contains(words[0]), count <= Int(words[0]), words[1] < words[0] else { return nil }
    self.init(capacity: Int(words[0]))
    for i in 0..<count {
      let episode = Array(words[(2 + 4 * i)..<(6 + 4 * i)])
      guard episode[1] < UInt64(Int32.max) else { return nil }
      add(
        EpisodeOutcome(
          return: Double(bitPattern: episode[0]), length: Int(episode[1]),
          success: episode[2] == 1, achievements: episode[3]))
    }
    next = Int(words[1])
  }
}

extension EpisodeSummary {
  /// The sums as bytes: count, successes, returns and lengths, then how many reached each achievement, 8 bytes each.
  var encoded: [UInt8] {
    bytes(
      of: [UInt64(count), UInt64(successes), returns.bitPattern, UInt64(lengths)]
        + achievements.indices.map { UInt64(achievements[$0]) })
  }

  /// The sums that ``encoded`` gave; nil where the bytes are none.
  init?(encoded: [UInt8]) {
    guard let words = words(of: encoded), words.count == 4 + achievements.scalarCount else { return nil }
    guard words[0] <= UInt64(UInt32.max), words[3] < UInt64(Int64.max),
      words[1] <= words[0], words[4...].allSatisfy({ $0 <= words[0] })
    else { return nil }
    count = Int(words[0])
    successes = Int(words[1])
    returns = Double(bitPattern: words[2])
    lengths = Int(words[3])
    for i in achievements.indices { achievements[i] = UInt32(words[4 + i]) }
  }
}

/// Words as bytes, the lowest first.
private func bytes(of words: [UInt64]) -> [UInt8] {
  words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
}

/// The words that ``bytes(of:)`` wrote; nil where the bytes are not whole words.
private func words(of bytes: [UInt8]) -> [UInt64]? {
  guard bytes.count % 8 == 0 else { return nil }
  return stride(from: 0, to: bytes.count, by: 8).map { start in
    (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * $1) }
  }
}
