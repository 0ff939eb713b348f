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
  public let minecraft: MinecraftRules
  /// What movement and placing ask of blocks.
  let traits = BlockTraitsTable.standard
  /// The items that have uses of their own.
  let used = UsedItems.standard
  /// What an agent is shown, and what a planner is told.
  public let senses: OverworldSenses
  let facts = OverworldFacts.standard
  /// What can be asked for in it.
  let goals = OverworldGoals.standard
  /// The actions.
  public let actions: OverworldActions
  /// Game ticks in a step; 20 are a second.
  public let ticksPerStep: Int
  /// Chunks that are made, and live, on each side of the player's own. What is beyond nobody sees.
  public let viewDistance: Int
  /// Whether actions are those of ``FactoredAction`` rather than of the flat list, and where their masks lie.
  let hasFactors: Bool, maskLayout: FactoredMaskLayout
  /// The map of every episode; nil where each gets a new one.
  let map: OverworldMapFile?
  /// The biome of the whole world; nil for one with all of them.
  let biome: Biome?
  /// Steps after which an episode is cut off: as many as take the task's ticks; at the end of time where it has no limit.
  let stepLimit: Int32

  /// The rules of a task. In MineDojo a step is one tick.
  public convenience init(
    task: OverworldTask = .free, ticksPerStep: Int = 1, viewDistance: Int = 1, hasFactors: Bool = false,
    senses: OverworldSenses = OverworldSenses(), recipes: RecipeOrder = .minecraft
  ) {
    self.init(
      task: task, ticksPerStep: ticksPerStep, viewDistance: viewDistance, hasFactors: hasFactors,
      senses: senses, recipes: recipes, map: nil)
  }

  init(
    task: OverworldTask, ticksPerStep: Int, viewDistance: Int, hasFactors: Bool, senses: OverworldSenses,
    recipes: RecipeOrder = .minecraft, map: OverworldMapFile?
  ) {
    precondition(
      ticksPerStep > 0 && viewDistance > 0, "a step takes at least one tick, and a world is not empty")
    let rules = recipes.rules
    minecraft = rules.minecraft
    actions = rules.actions
    self.task = task
    self.ticksPerStep = ticksPerStep
    self.viewDistance = viewDistance
    self.hasFactors = hasFactors
    self.senses = senses
    self.map = map
    maskLayout = FactoredMaskLayout(actions)
    biome = task.biome
    goal = GoalTable(task, minecraft)
    let limit = task.tickLimit.map { ($0 + ticksPerStep - 1) / ticksPerStep }
    stepLimit = limit.map { Int32($0) } ?? .max
    specification = WorldSpecification(
      id: Overworld.id, summary: task.description, observation: senses.layout,
      actions: hasFactors ? actions.factored : actions.list, masksActions: true, facts: facts.names,
      operators: rules.operators, goal: task.goal?.amounts(of: task, facts: facts.names),
      stepLimit: limit)
  }
}
