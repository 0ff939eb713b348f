import KnackEnvironment

/// What all Overworlds of a batch share.
public final class OverworldRules: WorldRules {
  /// What a learner or a person needs to know about the world.
  public let specification: WorldSpecification
  /// How an episode begins, and what it is for.
  public let task: OverworldTask
  /// The task's goal, as a step checks it.
  let goal: GoalTable
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
  let biome: Biome?
  /// Steps after which an episode is cut off: as many as take the task's ticks; at the end of time where it has no limit.
  let stepLimit: Int32

  /// The rules of a task. In MineDojo a step is one tick.
  public init(task: OverworldTask = .free, ticksPerStep: Int = 1) {
    precondition(ticksPerStep > 0, "a step takes at least one tick")
    self.task = task
    self.ticksPerStep = ticksPerStep
    biome = task.biome
    goal = GoalTable(task, minecraft)
    let limit = task.tickLimit.map { ($0 + ticksPerStep - 1) / ticksPerStep }
    stepLimit = limit.map { Int32($0) } ?? .max
    specification = WorldSpecification(
      id: "Overworld-v1", summary: task.summary, observation: OverworldWorld.layout, actions: actions.names,
      masksActions: true, stepLimit: limit)
  }
}
