import KnackAgent
import KnackEnvironment
import KnackLearning
import KnackSkills

extension RunDirectory {
  /// Where a run keeps the skills that it has learnt.
  public var libraryFolder: String { path + "/library" }

  /// The skills of a run in which goals are practised, apart or while playing: one for each goal, all carried out by the checkpoint's
  /// policy. What a director knows of how they turn out becomes their records.
  ///
  /// - Throws: ``ExperimentError``; ``ExperimentError/mistake(_:)`` where the run practises no goals.
  public func makeLibrary(
    checkpoint: String = "latest", registry: EnvironmentRegistry
  ) throws(ExperimentError) -> SkillLibrary {
    let configuration = try configuration()
    let (policy, world, director) = try policy(checkpoint: checkpoint, registry: registry)
    guard let space = world.practice?.space ?? world.goalSpace else {
      throw .mistake(
        "'\(path)' is a run in \(world.specification.id), where no goals are practised; it has no skills to keep."
      )
    }
    var library = SkillLibrary(
      of: space.goals, in: world.practice?.world ?? world.specification.id,
      SkillLibrary.PolicyEntry(policy, configuration.network))
    for (number, goal) in space.goals.enumerated() {
      guard let tally = (director as? any PlanningDirector)?.tally(of: number) else { continue }
      library.record(goal.name, tally, context: "")
    }
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
