/// The worlds that the program brings along, as files.
public struct CrafterWorldFile: Sendable {
  /// The name by which other files extend it (`mars-terrain`).
  public let name: String
  /// The id under which it is registered (`Mars-Terrain-v1`).
  public let id: String
  private let bytes: [UInt8]

  private init(_ name: String, _ id: String, _ bytes: [UInt8]) {
    (self.name, self.id, self.bytes) = (name, id, bytes)
  }

  /// All of them: Crafter first, then the worlds of Mars.
  public static let all: [CrafterWorldFile] = [
    CrafterWorldFile("crafter", "Crafter-v1", PackageResources.crafter_yaml),
    CrafterWorldFile("mars-default", "Mars-Default-v1", PackageResources.mars_default_yaml),
    CrafterWorldFile("mars-terrain", "Mars-Terrain-v1", PackageResources.mars_terrain_yaml),
    CrafterWorldFile("mars-npc", "Mars-NPC-v1", PackageResources.mars_npc_yaml),
    CrafterWorldFile("mars-achievements", "Mars-Achievements-v1", PackageResources.mars_achievements_yaml),
    CrafterWorldFile("mars-terrain-npc", "Mars-TerrainNPC-v1", PackageResources.mars_terrain_npc_yaml),
    CrafterWorldFile(
      "mars-terrain-achievements", "Mars-TerrainAchievements-v1",
      PackageResources.mars_terrain_achievements_yaml),
    CrafterWorldFile(
      "mars-npc-achievements", "Mars-NPCAchievements-v1", PackageResources.mars_npc_achievements_yaml),
    CrafterWorldFile(
      "mars-terrain-npc-achievements", "Mars-TerrainNPCAchievements-v1",
      PackageResources.mars_terrain_npc_achievements_yaml),
  ]

  /// Crafter's rules for worlds with random numbers of Knack's own.
  static let fast = CrafterWorldFile("crafter-fast", "CrafterFast-v1", PackageResources.crafter_fast_yaml)

  /// The file's text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// What the file says.
  public var description: CrafterDescription {
    do {
      return try CrafterDescription(yaml: text, name: name + ".yaml")
    } catch {
      preconditionFailure("a built-in world file is wrong: \(error)")
    }
  }
}

extension CrafterDescription {
  /// Crafter itself, as the Python package `crafter` 1.8.3 has it.
  public static let crafter = CrafterWorldFile.all[0].description
}
