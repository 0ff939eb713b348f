/// The biomes, under the names that Minecraft 1.11 gives them.
public enum Biome: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case plains, forest, extremeHills, forestHills, desert, taiga

  /// Minecraft's name (`extreme_hills`).
  public var name: String {
    switch self {
    case .extremeHills: "extreme_hills"
    case .forestHills: "forest_hills"
    default: "\(self)"
    }
  }
}
