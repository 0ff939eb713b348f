/// A file that a world is made from: its name, for errors, and its text.
public struct WorldFile: Sendable, Equatable {
  /// The name or path.
  public var name: String
  /// What the file says.
  public var text: String

  /// A file.
  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// The files that a world is made from, where its user wants other rules or another map than it brings along.
public struct WorldFiles: Sendable, Equatable {
  /// The rules; nil for the world's own.
  public var world: WorldFile?
  /// The map of every episode; nil for one that is generated anew for each.
  public var map: WorldFile?

  /// Files; none where nothing is said.
  public init(world: WorldFile? = nil, map: WorldFile? = nil) {
    self.world = world
    self.map = map
  }

  /// Whether there are none.
  public var isEmpty: Bool { world == nil && map == nil }
}

/// What a world that can be made from files offers to those who write them.
///
/// Each function throws ``EnvironmentError/wrongFile(_:)`` where a file says something that cannot be.
public struct WorldWorkshop: Sendable {
  /// The kind of world that files describe, with one of the world's observations.
  public let kind:
    @Sendable (_ files: WorldFiles, _ observation: String) throws(EnvironmentError) -> WorldKind
  /// The map of the first episode of a seed, as a file that can be edited and given back.
  public let map: @Sendable (_ files: WorldFiles, _ seed: UInt64) throws(EnvironmentError) -> String
  /// Whether each achievement can be reached in the first episodes of the seeds `0 ..< maps`; on a map from a file,
  /// which is always the same, one counts.
  public let check:
    @Sendable (_ files: WorldFiles, _ maps: Int) throws(EnvironmentError) -> [AchievementCheck]

  /// A workshop.
  public init(
    kind: @escaping @Sendable (WorldFiles, String) throws(EnvironmentError) -> WorldKind,
    map: @escaping @Sendable (WorldFiles, UInt64) throws(EnvironmentError) -> String,
    check: @escaping @Sendable (WorldFiles, Int) throws(EnvironmentError) -> [AchievementCheck]
  ) {
    self.kind = kind
    self.map = map
    self.check = check
  }
}

/// Whether an achievement can be reached.
public struct AchievementCheck: Sendable, Equatable {
  /// Its name.
  public var achievement: String
  /// The number of maps that were looked at, and of those on which it can be reached.
  public var maps: Int, reachable: Int
  /// What is in the way where it cannot be: sentences, those of the first such map; empty where nothing is.
  public var obstacles: [String]

  /// A finding.
  public init(achievement: String, maps: Int, reachable: Int, obstacles: [String]) {
    self.achievement = achievement
    self.maps = maps
    self.reachable = reachable
    self.obstacles = obstacles
  }
}
