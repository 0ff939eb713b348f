/// What a biome's ground looks like and what grows on it.
///
/// Trees, plants and their shares are those of Minecraft 1.11's biomes: how many attempts a chunk has (netherite:
/// `populate.h`; Glowstone: the populators of biomes) times how likely one meets the ground. Big oaks, double plants and
/// flowers of other kinds are left out; heights are flattened, so that hills fit under the world's 88 levels.
struct BiomeTraits {
  /// The mean level of the ground, how far it rolls around that, and how high cliffs stand on it, in blocks.
  var level: Float, rolls: Float, crags: Float
  /// Attempts to grow a tree, a chunk, and which of the trees are birches and spruces; the others are oaks. Which of the
  /// spruces are pines. Plains have three times as many as in Minecraft: of worlds of 64 chunks one in twenty-five would be
  /// without any.
  var trees: Float, birches: Float = 0, spruces: Float = 0, pines: Float = 0
  /// Shares of the columns of grass with tall grass or fern on them, with ferns among those, and with flowers.
  var grass: Float = 0, ferns: Float = 0, flowers: Float = 0
  /// Shares of the columns with mushrooms where they are in the shade, and of those of sand with cactus and dead bush.
  var mushrooms: Float = 0.0007, cacti: Float = 0, deadBushes: Float = 0
  /// The share of columns at the water's edge where reeds grow: about twenty times as many as in Minecraft (in deserts nine),
  /// for worlds are small here.
  var reeds: Float = 0.12
  /// How far the ground must fall to the next column for bare rock to show.
  var rockSlope: Int = 4

  /// The traits of a biome.
  @inline(__always)
  static func of(_ biome: Biome) -> BiomeTraits {
    switch biome {
    case .plains:
      BiomeTraits(level: 66, rolls: 3, crags: 0, trees: 0.15, grass: 0.36, flowers: 0.01)
    case .forest:
      BiomeTraits(level: 67, rolls: 5, crags: 0, trees: 10.1, birches: 0.2, grass: 0.085, flowers: 0.005)
    case .extremeHills:
      BiomeTraits(
        level: 67, rolls: 6, crags: 14, trees: 0.1, spruces: 0.67, grass: 0.043, flowers: 0.005, rockSlope: 2)
    case .forestHills:
      BiomeTraits(
        level: 69, rolls: 9, crags: 6, trees: 10.1, birches: 0.2, grass: 0.085, flowers: 0.005, rockSlope: 2)
    case .desert:
      BiomeTraits(level: 66, rolls: 3.5, crags: 0, trees: 0, cacti: 0.003, deadBushes: 0.006, reeds: 0.3)
    case .taiga:
      BiomeTraits(
        level: 67, rolls: 5, crags: 0, trees: 10.1, spruces: 1, pines: 0.333, grass: 0.043, ferns: 0.8,
        flowers: 0.005, mushrooms: 0.0166)
    }
  }
}
