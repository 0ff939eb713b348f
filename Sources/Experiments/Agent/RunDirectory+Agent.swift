import KnackAgent
import KnackEnvironment
import KnackLearning
import KnackSkills

extension RunDirectory {
  /// The hierarchical agent whose skills a run has trained: with the operators that it was given or has learned, and with what the
  /// configuration says is wanted.
  ///
  /// - Parameters:
  ///   - task: the task that it is to play, for runs in which skills are practised for a world of tasks.
  ///   - greedy: whether policies take their most probable actions.
  /// - Throws: ``ExperimentError``.
  public func agent(
    task: String? = nil, checkpoint: String = "latest", greedy: Bool? = nil, registry: EnvironmentRegistry
  ) throws(ExperimentError) -> HierarchicalAgent {
    let (configuration, trained) = try configuration().resolved(in: registry)
    var settings = AgentSettings()
    settings.isGreedy = greedy ?? configuration.evaluation.greedy
    do {
      guard trained.practice == nil else {
        guard let task else {
          throw ExperimentError.mistake(
            "'\(path)' is a run in which skills are practised for tasks; name one with --task, or their suite with --tasks."
          )
        }
        let world = WorldSettings(options: [WorldSetting("task", task, place: "--task")])
        let library = try library(registry: registry)
        return try HierarchicalAgent(
          world: registry.kind(library.world, settings: world), library: library, settings: settings)
      }
      guard task == nil else {
        throw ExperimentError.mistake("'\(path)' is a run in one world and not for tasks; leave out --task.")
      }
      let (_, _, director) = try policy(checkpoint: checkpoint, registry: registry)
      // Skills meet what they met while they were learned.
      settings.planner = .additive
      return try HierarchicalAgent(
        world: registry.kind(configuration.environment.id, settings: configuration.environment.settings),
        library: makeLibrary(checkpoint: checkpoint, registry: registry),
        operators: (director as? any PlanningDirector)?.operators,
        agenda: configuration.makeAgenda(for: trained), settings: settings)
    } catch let error as ExperimentError {
      throw error
    } catch {
      throw .mistake("\(error)")
    }
  }

  /// Lets the hierarchical agent play episodes, each the first one of a world, and writes the report to `evaluation.json`. What is nil is
  /// taken from the run's configuration.
  ///
  /// - Throws: ``ExperimentError``.
  public func evaluateAgent(
    checkpoint: String = "latest", episodes: Int? = nil, seed: UInt64? = nil, greedy: Bool? = nil,
    workers: Int = 0, registry: EnvironmentRegistry
  ) throws(ExperimentError) -> EvaluationReport {
    let configuration = try configuration(), settings = configuration.evaluation
    let episodes = episodes ?? settings.episodes, seed = seed ?? settings.seed
    let pool = try makePool(workers: workers)
    var agents: [HierarchicalAgent] = []
    for _ in 0..<pool.workers {
      agents.append(try agent(checkpoint: checkpoint, greedy: greedy, registry: registry))
    }
    let size = 32
    var outcomes = [[EpisodeOutcome]](repeating: [], count: (episodes + size - 1) / size)
    outcomes.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let results = buffer.baseAddress!, agents = agents
      pool.run(buffer.count) { group, worker in
        let group = group * size..<min(episodes, (group + 1) * size)
        results[group.lowerBound / size] = agents[worker].playEpisodes(group, seed: seed)
      }
    }
    let report = EvaluationReport(
      outcomes.flatMap(\.self), of: .agent(checkpoint, greedy: agents[0].settings.isGreedy), seed: seed,
      achievements: agents[0].world.specification.achievementNames, configuration: configuration)
    try Files.replace(evaluationFile, Array((report.json.text + "\n").utf8))
    return report
  }
}
