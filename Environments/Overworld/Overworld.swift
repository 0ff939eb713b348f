import KnackEnvironment

/// The Overworld as this module offers it.
public enum Overworld {
  /// The world for a registry.
  public static let entries = [
    EnvironmentRegistry.Entry(id: "Overworld-v1", observations: ["voxels"]) { _ in kind(OverworldRules()) }
  ]

  /// The kind of worlds under rules; made in this module, so that the batch loops are compiled for this world.
  static func kind(_ rules: OverworldRules) -> WorldKind { WorldKind(OverworldWorld.self, rules) }
}
