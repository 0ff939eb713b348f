import KnackEnvironment

/// What all Overworlds of a batch share.
public final class OverworldRules: WorldRules {
  /// What a learner or a person needs to know about the world.
  public let specification: WorldSpecification
  /// Minecraft's rules: items, blocks, recipes, drops.
  public let minecraft = MinecraftRules.standard
  /// What movement and placing ask of blocks.
  let traits = BlockTraitsTable.standard
  /// The items that have uses of their own.
  let used = UsedItems.standard
  /// The actions.
  public let actions = OverworldActions.standard
  /// Game ticks in a step; 20 are a second.
  public let ticksPerStep: Int
  /// The biome of the whole world; nil for one with all of them.
  public let biome: Biome?
  /// The time of day at an episode's start, in ticks from sunrise.
  public let startTime: Int32

  /// Rules.
  public init(
    specification: WorldSpecification, ticksPerStep: Int = 1, biome: Biome? = nil, startTime: Int32 = 0
  ) {
    self.specification = specification
    self.ticksPerStep = ticksPerStep
    self.biome = biome
    self.startTime = startTime
  }
}
