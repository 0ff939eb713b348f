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

  /// Where an episode begins, if it does not begin just anywhere: beside a block of the world.
  public struct Start: Sendable, Equatable {
    /// The block's Minecraft name, and how far from it the player stands at most, in blocks along each axis.
    public var near: String, within: Int
  }

  /// The name by which it is asked for.
  public var name: String
  /// One sentence about it.
  public var summary: String
  /// The biome of the whole world; nil for one with all of them.
  public var biome: Biome?
  /// The time of day at the start, in ticks from sunrise: 6000 is noon.
  public var time: Int
  /// Where the player begins; nil for just anywhere.
  public var start: Start?
  /// What stands about the player from the start.
  public var placed: [Block] = []
  /// How full the player is, in half shanks.
  public var food = 20
  /// What the player carries, from its hand on.
  public var inventory: [ItemStack] = []
  /// Creatures beside those that the world brings.
  public var creatures: [Creatures] = []
  /// What must be done; nil for an episode without a goal, which the player's death ends.
  public var goal: OverworldGoal?
  /// Game ticks, of which 20 are a second, until the episode is cut off; nil for never.
  public var tickLimit: Int?

  /// A task.
  public init(name: String, summary: String, biome: Biome? = nil, time: Int = 6000) {
    self.name = name
    self.summary = summary
    self.biome = biome
    self.time = time
  }

  /// The summary, and how an episode begins and ends.
  public var description: String {
    let items = MinecraftRules.standard.items
    var parts = ["Begins in \(biome?.name ?? "all biomes") at tick \(time) of the day"]
    if let start { parts.append("near \(start.near)") }
    if !placed.isEmpty { parts.append("beside " + placed.map(\.name).joined(separator: ", ")) }
    if !inventory.isEmpty {
      parts.append("with " + inventory.map { "\($0.count) \(items.label($0.item))" }.joined(separator: ", "))
    }
    if food < 20 { parts.append("hungry (\(food) of 20)") }
    for group in creatures { parts.append("\(group.count) \(group.kind.name) within \(group.within) blocks") }
    parts.append(tickLimit.map { "ends after \($0) ticks" } ?? "has no limit")
    return "\(summary) \(parts.joined(separator: "; "))."
  }

  /// A world with all biomes in which nothing is asked.
  public static let free = OverworldTask(
    name: "free", summary: "Live in a world of all biomes; nothing is asked.", time: 0)
}
