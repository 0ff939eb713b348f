/// What a world that can be made otherwise than it comes offers to those who want it so.
///
/// Each function throws ``EnvironmentError/wrongFile(_:)`` where a file says something that cannot be, and
/// ``EnvironmentError/wrongSetting(_:)`` where an option has a value that cannot be.
public struct WorldWorkshop: Sendable {
  /// A function of settings.
  public typealias Function<Argument, Result> =
    @Sendable (_ settings: WorldSettings, Argument) throws(EnvironmentError) -> Result

  /// The options of a world that is made from the files of these settings; their values are not looked at.
  public let options: @Sendable (_ settings: WorldSettings) throws(EnvironmentError) -> [WorldOption]
  /// The kind of world that settings describe, with one of the world's observations.
  public let kind: Function<String, WorldKind>
  /// The map of the first episode of a seed, as a file that can be edited and given back.
  public let map: Function<UInt64, String>
  /// Whether each achievement can be reached in the first episodes of the seeds below a number; on a map from a file,
  /// which is always the same, one counts.
  public let check: Function<Int, [AchievementCheck]>

  /// A workshop. The functions are only ever called with settings that give every option a value that it takes.
  public init(
    id: String,
    options: @escaping @Sendable (WorldSettings) throws(EnvironmentError) -> [WorldOption] = { _ in [] },
    kind: @escaping Function<String, WorldKind>, map: @escaping Function<UInt64, String>,
    check: @escaping Function<Int, [AchievementCheck]>
  ) {
    @Sendable func completed(_ settings: WorldSettings) throws(EnvironmentError) -> WorldSettings {
      try settings.completed(with: options(settings), of: id)
    }
    self.options = options
    self.kind = { settings, observation throws(EnvironmentError) in
      try kind(completed(settings), observation)
    }
    self.map = { settings, seed throws(EnvironmentError) in try map(completed(settings), seed) }
    self.check = { settings, maps throws(EnvironmentError) in try check(completed(settings), maps) }
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
