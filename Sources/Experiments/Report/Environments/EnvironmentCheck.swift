import KnackEnvironment

/// What `knack environments check` says of a world.
public struct EnvironmentCheck: Sendable {
  private let id: String
  private let findings: [AchievementCheck]

  /// Looks at the first maps of a world, which is made as settings want it.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where there is no such world, or the settings are wrong.
  public init(
    _ id: String, settings: WorldSettings = WorldSettings(), maps: Int, in registry: EnvironmentRegistry
  ) throws(ExperimentError) {
    self.id = id
    do {
      findings = try registry.workshop(id).check(settings, maps)
    } catch {
      throw .mistake(error.description)
    }
    guard !findings.isEmpty else {
      throw .mistake(
        "\(id) has no achievements that could be checked; `knack environments show \(id)` says what is asked."
      )
    }
  }

  /// Whether every achievement can be reached on some map.
  public var isSound: Bool { findings.allSatisfy { $0.reachable > 0 } }

  /// The findings as JSON.
  public var json: JSON {
    .fields([
      "environment": .string(id), "reachable": .boolean(isSound),
      "achievements": .array(
        findings.map {
          .fields([
            "name": .string($0.achievement), "maps": .integer($0.maps), "reachableOn": .integer($0.reachable),
            "obstacles": .array($0.obstacles.map(JSON.string)),
          ])
        }),
    ])
  }

  /// The findings for people.
  public var text: String {
    table(
      [["achievement", "reachable on", "what is in the way"]]
        + findings.map {
          [$0.achievement, "\($0.reachable) of \($0.maps) maps", $0.obstacles.joined(separator: "; ")]
        })
  }
}
