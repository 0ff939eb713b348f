import KnackAgent
import KnackEnvironment
import KnackLearning
import KnackSkills

extension RunDirectory {
  /// Where a run keeps the skills that it has learnt.
  public var libraryFolder: String { path + "/library" }

  /// The skills of a run in which goals are practised: one for each goal, all carried out by the checkpoint's policy.
  ///
  /// - Throws: ``ExperimentError``; ``ExperimentError/mistake(_:)`` where the run practises no goals.
  public func makeLibrary(
    checkpoint: String = "latest", registry: EnvironmentRegistry
  ) throws(ExperimentError) -> SkillLibrary {
    let configuration = try configuration()
    let (policy, world, _) = try policy(checkpoint: checkpoint, registry: registry)
    guard let practice = world.practice else {
      throw .mistake(
        "'\(path)' is a run in \(world.specification.id), where no goals are practised; it has no skills to keep."
      )
    }
    var library = SkillLibrary(world: practice.world)
    library.add(SkillLibrary.PolicyEntry(policy, configuration.network), named: "goals")
    for goal in practice.space.goals { library.add(Skill(goal.name, goal: goal.name, policy: "goals")) }
    return library
  }

  /// The run's library: as it was written, or else made from the latest checkpoint.
  ///
  /// - Throws: ``ExperimentError``.
  public func library(registry: EnvironmentRegistry) throws(ExperimentError) -> SkillLibrary {
    guard Files.exists(Files.join(libraryFolder, "library.yaml")) else {
      return try makeLibrary(registry: registry)
    }
    let world = try makeLibrary(registry: registry).world
    do {
      guard let commanded = try registry.kind(world).commanded else {
        throw ExperimentError.mistake("\(world) takes no goals.")
      }
      return try SkillLibrary(folder: libraryFolder, for: commanded.specification)
    } catch let error as ExperimentError {
      throw error
    } catch {
      throw .mistake("\(error)")
    }
  }

  /// Writes the library of the latest checkpoint, after the agent has learnt how its skills turn out: in some worlds of its own for
  /// each task of a suite, from the seed of the training on. Nothing to do where it has been written.
  ///
  /// - Returns: the world's steps that were taken for it.
  /// - Throws: ``ExperimentError``.
  @discardableResult
  public func keepLibrary(workers: Int = 0, registry: EnvironmentRegistry) throws(ExperimentError) -> Int {
    guard !Files.exists(Files.join(libraryFolder, "library.yaml")) else { return 0 }
    let configuration = try configuration(), settings = configuration.agent
    var library = try makeLibrary(registry: registry), steps = 0
    if !settings.tasks.isEmpty && settings.calibrationWorlds > 0 {
      var evaluation = try TaskEvaluation(suite: settings.tasks, of: library.world, registry: registry)
      evaluation.worlds = settings.calibrationWorlds
      // Far from the worlds of the training, which are seeded from here on.
      evaluation.seed = configuration.training.seed << 32 + 1 << 31
      let outcomes = try evaluation.run(library, pool: try makePool(workers: workers))
      library.record(outcomes)
      steps = outcomes.flatMap(\.steps).reduce(0, +)
    }
    try library.write(to: libraryFolder)
    return steps
  }
}
