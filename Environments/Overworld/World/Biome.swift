/// The biomes, under the names that Minecraft 1.11 gives them.
public enum Biome: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case plains, forest, extremeHills, forestHills, desert, taiga
}
