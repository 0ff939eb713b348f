/// A task: how an episode begins, what it is for, and when it ends.
///
/// Every episode draws a new world; the weather is always clear. ``plan4mc`` and ``more`` are those that the program brings
/// along; a file of the same form makes others.
public struct OverworldTask: Sendable, Equatable {
  /// Creatures that are there from the start.
  public struct Creatures: Sendable, Equatable {
    /// Their kind, and how many.
    public var kind: CreatureKind, count: Int
    /// How far from the player they begin at most, in blocks along x and along z.
    public var within: Int
  }

  /// The name by which it is asked for.
  public var name: String
  /// One sentence about it.
  public var summary: String
  /// The biome of the whole world; nil for one with all of them.
  public var biome: Biome?
  /// The time of day at the start, in ticks from sunrise: 6000 is noon.
  public var time = 6000
  /// What the player carries, from its hand on.
  public var inventory: [ItemStack] = []
  /// Creatures beside those that the world brings.
  public var creatures: [Creatures] = []
  /// What must be done; nil for an episode without a goal, which the player's death ends.
  public var goal: OverworldGoal?
  /// Game ticks, of which 20 are a second, until the episode is cut off; nil for never.
  public var tickLimit: Int?

  /// A task.
  public init(name: String, summary: String, biome: Biome? = nil) {
    self.name = name
    self.summary = summary
    self.biome = biome
  }

  /// A world with all biomes in which nothing is asked.
  public static let free = OverworldTask(
    name: "free", summary: "Live in a world of all biomes; nothing is asked.")
}
