import KnackAgent
import KnackEnvironment
import KnackLearning
import KnackNumerics
import KnackSkills

/// Plays the tasks of a suite with a hierarchical agent.
public struct TaskEvaluation: Sendable {
  /// How one task went.
  public struct Outcome: Sendable {
    /// The task, and the set that it belongs to.
    public var task: String, set: String
    /// For each world, whether the task was done, and how many of the world's steps it took.
    public var successes: [Bool], steps: [Int]
    /// How the episodes ended in which it was not done: so many of them `died`, or were doing so when the time was up.
    public var failures: [String: Int]
    /// By skill, how its attempts went.
    public var attempts: [String: SkillRecord.Tally]
  }

  /// The suite.
  public let suite: TaskSuite
  /// The world that it is of.
  public let environment: String
  /// Worlds a task, and the seed of the first: world *i* of every task is seeded with this and *i*.
  public var worlds = 30, seed: UInt64 = 1_000_000
  /// How the agent goes about it.
  public var settings = AgentSettings()
  /// The operators that it plans over; nil for those that the world states.
  public var operators: [Operator]?
  /// What it sees to beside its task.
  public var upkeep: [Agenda.Upkeep] = [], alarms: [Agenda.Alarm] = []
  /// The folder of a library whose critic says how likely skills are to succeed where the player stands; nil to go by their records.
  public var criticFolder: String?
  /// The share of a task's steps that it has.
  public var budget = 1.0
  /// The tasks that are played; nil for all.
  public var only: [String]?

  private let registry: EnvironmentRegistry

  /// An evaluation of a suite by name.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where the world has no such suite.
  public init(suite name: String, of environment: String, registry: EnvironmentRegistry)
    throws(ExperimentError)
  {
    do {
      let suites = try registry.entry(environment).suites
      guard let suite = suites.first(where: { $0.name == name }) else {
        let known = suites.map(\.name)
        throw ExperimentError.mistake(
          "\(environment) has no tasks '\(name)'"
            + (known.isEmpty ? "." : "; choose one of: \(known.joined(separator: ", "))."))
      }
      self.suite = suite
    } catch let error as ExperimentError {
      throw error
    } catch {
      throw .mistake("\(error)")
    }
    self.environment = environment
    self.registry = registry
  }

  /// The world of a task.
  func world(of task: String) throws(ExperimentError) -> WorldKind {
    do {
      return try registry.kind(
        environment,
        settings: WorldSettings(options: [WorldSetting(suite.option, task, place: "the suite \(suite.name)")])
      )
    } catch {
      throw .mistake(error.description)
    }
  }

  /// Plays all tasks. The result depends on nothing but the library, the settings and the seed.
  ///
  /// - Parameter done: called after each task, from any thread.
  /// - Throws: ``ExperimentError``.
  public func run(
    _ library: SkillLibrary, pool: WorkerPool, done: (@Sendable (Outcome) -> Void)? = nil
  ) throws(ExperimentError) -> [Outcome] {
    var agents: [HierarchicalAgent] = [], names: [(set: String, task: String)] = []
    for set in suite.sets {
      for task in set.tasks where only?.contains(task) ?? true {
        let world = try world(of: task)
        do {
          let agent = try HierarchicalAgent(
            world: world, library: library, operators: operators,
            agenda: Agenda(of: world.specification, upkeep: upkeep, alarms: alarms), settings: settings)
          if let criticFolder {
            agent.successCritic = try SuccessCritic(folder: criticFolder, for: agent.world.specification)
          }
          agents.append(agent)
        } catch let error as ExperimentError {
          throw error
        } catch {
          throw .mistake("\(error)")
        }
        names.append((set.name, task))
      }
    }
    let places = names
    var outcomes = [Outcome?](repeating: nil, count: agents.count)
    outcomes.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let results = buffer.baseAddress!
      nonisolated(unsafe) let agents = agents
      // The longest tasks come last; taken first, nobody waits for them alone.
      pool.run(agents.count) { number, _ in
        let number = agents.count - 1 - number
        let outcome = play(agents[number], set: places[number].set, task: places[number].task)
        results[number] = outcome
        done?(outcome)
      }
    }
    return outcomes.compactMap { $0 }
  }

  /// Plays one task in all worlds at once.
  private func play(_ agent: HierarchicalAgent, set: String, task: String) -> Outcome {
    var attempts: [String: SkillRecord.Tally] = [:], failures: [String: Int] = [:]
    agent.onOutcome = { [problem = agent.problem] _, one, success, steps in
      attempts[problem.operators[one].skill, default: .init()].add(success: success, steps: steps)
    }
    var successes = [Bool](repeating: false, count: worlds), steps = [Int](repeating: 0, count: worlds)
    let limit = agent.world.specification.stepLimit.map { Int(Double($0) * budget) } ?? .max
    agent.play(0..<worlds, seed: seed, limit: limit) { world, environment in
      let isOver = environment.terminated[world] || environment.truncated[world]
      steps[world] = environment.worldSteps(world: world)
      successes[world] = isOver && environment.episodeSuccesses[world]
      guard !successes[world] else { return }
      let end = environment.terminated[world] ? "died" : agent.report(world: world, in: environment).skill
      failures[end ?? "no plan", default: 0] += 1
    }
    return Outcome(
      task: task, set: set, successes: successes, steps: steps, failures: failures, attempts: attempts)
  }
}

extension SkillLibrary {
  /// Adds the attempts of an evaluation to the records.
  public mutating func record(_ outcomes: [TaskEvaluation.Outcome]) {
    for outcome in outcomes {
      for (skill, tally) in outcome.attempts { record(skill, tally, context: "") }
    }
  }
}
