import KnackEnvironment
import KnackNumerics

/// A three-dimensional world of blocks under Minecraft 1.11's rules.
///
/// One plain value of about 1.4 MB holds everything: blocks, creatures, items on the ground, the player, the random stream.
/// It is too large for the stack of a thread that is not the main one: keep it in a batch or on the heap, and change it
/// in place.
///
/// Time passes in ticks of a twentieth of a second; a step takes as many as the rules say.
public struct OverworldWorld: BitwiseCopyable, Sendable {
  /// Where the random numbers of an episode come from: its own seed, of which chunks are functions, and the stream that
  /// everything else draws from.
  var seed: UInt64 = 0, episode: UInt64 = 0, episodeSeed: UInt64 = 0
  var random = Xoshiro256(seed: 0, stream: 0)

  /// Ticks since the episode's start, and steps.
  public internal(set) var ticks: Int32 = 0, steps: Int32 = 0
  /// The time of day in ticks, 0 ..< 24000: 0 sunrise, 6000 noon, 12000 sunset, 18000 midnight.
  public internal(set) var timeOfDay: Int32 = 0

  /// The most creatures, and heaps of items on the ground.
  static let creatureCapacity = 48, dropCapacity = 64

  /// The player.
  public internal(set) var player = OverworldPlayer()
  /// What lives; places with ``CreatureKind/none`` are free, and none are taken from `creatureCount` on.
  var creatures = InlineArray<48, Creature>(repeating: Creature())
  var creatureCount: Int32 = 0
  /// What lies on the ground, likewise.
  var drops = InlineArray<64, DroppedItem>(repeating: DroppedItem())
  var dropCount: Int32 = 0
  /// Which chunks have been made.
  var chunks = ChunkMap()
  /// Where blocks have changed since.
  var changes = BlockChanges()
  /// The level above the highest block of each column that takes sunlight away (leaves and water do), [x][z]: from there up
  /// the light is the sky's.
  var skyline = InlineArray<16384, UInt8>(repeating: 0)
  /// The biome of each 4 × 4 columns, [x / 4][z / 4]: codes of ``Biome``.
  var biomes = InlineArray<1024, UInt8>(repeating: 0)
  /// How often the player has eaten what the task counts meals of.
  var meals = InlineArray<8, UInt16>(repeating: 0)
  /// The blocks.
  var blocks = BlockGrid()

  /// A world without an episode.
  public init(_ rules: OverworldRules) {}

  /// Makes a world without an episode in memory that holds none yet; no copy passes over the stack.
  public static func initialize(_ place: UnsafeMutablePointer<OverworldWorld>, _ rules: OverworldRules) {
    // Zero is every field's initial value but for these.
    UnsafeMutableRawPointer(place).initializeMemory(
      as: UInt8.self, repeating: 0, count: MemoryLayout<OverworldWorld>.size)
    place.pointee.random = Xoshiro256(seed: 0, stream: 0)
    place.pointee.player = OverworldPlayer()
  }

  /// Restarts the random stream: the next reset starts the seed's first episode.
  public mutating func seed(_ seed: UInt64, _ rules: OverworldRules) {
    self.seed = seed
    episode = 0
  }

  /// Begins the next episode, in a world of its own of which nothing has been made yet.
  mutating func beginEpisode(_ rules: OverworldRules) {
    episode &+= 1
    random = Xoshiro256(seed: seed, stream: episode)
    episodeSeed = random.next()
    ticks = 0
    steps = 0
    timeOfDay = Int32(rules.task.time)
    player = OverworldPlayer()
    creatures = InlineArray(repeating: Creature())
    creatureCount = 0
    drops = InlineArray(repeating: DroppedItem())
    dropCount = 0
    changes = BlockChanges()
    meals = InlineArray(repeating: 0)
    clearBlocks()
  }

  /// Takes away the blocks of the chunks that have been made, and only those: most of a world is never seen.
  private mutating func clearBlocks() {
    let made = chunks
    chunks = ChunkMap()
    skyline = InlineArray(repeating: 0)
    biomes = InlineArray(repeating: 0)
    blocks.occupied = InlineArray(repeating: 0)
    blocks.stationCount = 0
    withUnsafeMutablePointer(to: &blocks.codes) { codes in
      let codes = UnsafeMutableRawPointer(codes)
      for chunkX in 0..<ChunkMap.count {
        for chunkZ in 0..<ChunkMap.count where made[chunkX, chunkZ] {
          for x in ChunkMap.side * chunkX..<ChunkMap.side * (chunkX + 1) {
            (codes + BlockGrid.index(x, 0, ChunkMap.side * chunkZ)).initializeMemory(
              as: UInt8.self, repeating: 0, count: ChunkMap.side * BlockGrid.height)
          }
        }
      }
    }
  }
}
