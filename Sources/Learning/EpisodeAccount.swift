/// What is told of the episodes of a run: the latest ones, all of them, and those since somebody last asked.
public struct EpisodeAccount: Sendable, Equatable {
  /// The latest hundred.
  public private(set) var recent = EpisodeWindow(capacity: 100)
  /// All.
  public private(set) var total = EpisodeSummary()
  private var news = EpisodeSummary()

  /// No episodes.
  public init() {}

  /// Adds an episode.
  public mutating func add(_ episode: EpisodeOutcome) {
    recent.add(episode)
    total.add(episode)
    news.add(episode)
  }

  /// Those since this was last asked.
  public mutating func takeNews() -> EpisodeSummary {
    defer { news = EpisodeSummary() }
    return news
  }

  /// Latest and all, as bytes by name.
  public var encoded: [String: [UInt8]] { ["recent": recent.encoded, "total": total.encoded] }

  /// The account that ``encoded`` gave; nil where the bytes are none.
  public init?(encoded: [String: [UInt8]]) {
    guard let recent = encoded["recent"].flatMap(EpisodeWindow.init(encoded:)),
      let total = encoded["total"].flatMap(EpisodeSummary.init(encoded:))
    else { return nil }
    (self.recent, self.total) = (recent, total)
  }
}
