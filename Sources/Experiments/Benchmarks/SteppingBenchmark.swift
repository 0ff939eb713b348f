import KnackEnvironment
import KnackLearning
import KnackNumerics

/// How fast a world steps, observations written and resets included.
///
/// How long episodes last decides how often a world is made anew, so the actions matter: they are drawn at random, or
/// always the world's `noop`, or those of a trained policy or an expert. These are not timed: they play first, and then their
/// actions are taken again in equal worlds.
public struct SteppingBenchmark: Sendable {
  /// Where actions come from.
  public enum Actions: Sendable, Equatable {
    /// Any action with equal probability.
    case random
    /// The action that the world calls `noop`.
    case noop
    /// The expert that the world brings along.
    case expert
    /// The policy of a run.
    case policy(RunDirectory)

    /// What `--policy` says: `random`, `noop`, `expert` or a run's folder.
    ///
    /// - Throws: ``ExperimentError/mistake(_:)`` for anything else.
    public init(_ text: String) throws(ExperimentError) {
      switch text {
      case "random": self = .random
      case "noop": self = .noop
      case "expert": self = .expert
      default:
        guard Files.exists(text) else {
          throw .mistake(
            "--policy is random, noop, expert or the folder of a run, and there is no folder '\(text)'.")
        }
        self = .policy(try RunDirectory(text))
      }
    }
  }

  /// The world's id, nil for that of the policy's run, and its observation, nil for the world's default.
  public var environment: String?, observation: String?
  /// How the world is made where it should not be as it comes, or as in the policy's run.
  public var settings = WorldSettings()
  /// Where actions come from.
  public var actions = Actions.random
  /// Worlds stepped side by side.
  public var worlds: Int
  /// Threads; 0 for one a core.
  public var workers: Int
  /// The seconds that each repetition lasts, or the steps that it takes if that is given.
  public var seconds: Double, steps: Int?
  /// Measurements, of which the median counts.
  public var repetitions = 5

  /// A benchmark.
  public init(
    environment: String?, observation: String? = nil, actions: Actions = .random, worlds: Int = 256,
    workers: Int = 1, seconds: Double = 1, steps: Int? = nil
  ) {
    self.environment = environment
    self.observation = observation
    self.actions = actions
    self.worlds = worlds
    self.workers = workers
    self.seconds = seconds
    self.steps = steps
    if steps != nil { repetitions = 1 }
  }

  /// Measures.
  ///
  /// `episodeLength` is the steps taken over the episodes that ended in them, null where none did.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` for an unknown world or observation, or a policy that cannot play there.
  public func run(_ registry: EnvironmentRegistry) throws(ExperimentError) -> JSON {
    let (id, observation, kind) = try world(registry)
    let pool = try makePool(workers: workers)
    let run = try SteppingRun(kind, source(kind, id, registry), worlds: worlds, pool: pool)
    run.step(rounds: 1)  // pages are touched and episodes spread before the clock starts
    run.ends = 0
    var taken = 0
    let rates = (0..<repetitions).map { _ in
      var time = 0.0, steps = 0
      repeat {
        run.rewind()
        let left = self.steps.map { max(1, ($0 - steps) / (worlds * SteppingRun.length)) } ?? Int.max
        let rounds = min(left, run.roundsAtOnce)
        let start = monotonicSeconds()
        run.step(rounds: rounds)
        time += monotonicSeconds() - start
        steps += rounds * worlds * SteppingRun.length
      } while self.steps.map { steps < $0 } ?? (time < seconds)
      taken += steps
      return Double(steps) / time
    }
    let rate = Statistics.median(rates), length = Double(taken) / Double(run.ends)
    return .fields([
      "environment": .string(id), "observation": .string(observation),
      "options": .object(settings.options.map { ($0.name, .string($0.value)) }),
      "policy": .string(policyName),
      "worlds": .integer(worlds), "bytesPerWorld": .integer(kind.stride), "workers": .integer(pool.workers),
      "stepsPerSecond": .number(rate),
      "episodeLength": .number(length), "resetsPerSecond": .number(rate / length),
      "machine": .string(Machine.description),
    ])
  }

  private func world(
    _ registry: EnvironmentRegistry
  ) throws(ExperimentError) -> (id: String, observation: String, kind: WorldKind) {
    var id = environment
    var settings = settings
    if case .policy(let run) = actions, id == nil {
      let home = try run.configuration().environment
      id = home.id
      if settings.isEmpty { settings = home.settings }
    }
    guard let id else { throw .mistake("Name a world with --environment.") }
    do {
      let observation = try self.observation ?? registry.entry(id).observations[0]
      return (id, observation, try registry.kind(id, observation: observation, settings: settings))
    } catch {
      throw .mistake("\(error)")
    }
  }

  private func source(
    _ kind: WorldKind, _ id: String, _ registry: EnvironmentRegistry
  ) throws(ExperimentError) -> SteppingRun.Source {
    switch actions {
    case .random: return .random
    case .noop:
      guard let action = kind.specification.actions.number(of: "noop") else {
        throw .mistake("\(id) has no action named noop; choose --policy random or the folder of a run.")
      }
      return .constant(Int32(action))
    case .expert:
      guard kind.hasExpert else {
        throw .mistake("\(id) has no expert; choose --policy random or the folder of a run.")
      }
      return .expert(kind)
    case .policy(let run):
      let (policy, home, director) = try run.policy(registry: registry)
      guard director == nil else {
        throw .mistake(
          "The policy of '\(run.path)' plays as a planner asks it to, which would be timed too; choose another run, or --policy "
            + "expert.")
      }
      let trained = try run.configuration().environment
      let kind = try? registry.kind(id, observation: trained.observation, settings: settings)
      guard let stage = trained.showAchievements ? kind?.showingAchievements() : kind,
        stage.specification.observation == home.specification.observation,
        stage.specification.actions == home.specification.actions
      else {
        throw .mistake(
          "The policy of '\(run.path)' was trained in \(home.specification.id) and cannot play in \(id), whose "
            + "observations or actions differ; choose another --environment.")
      }
      return .policy(policy, stage)
    }
  }

  private var policyName: String {
    switch actions {
    case .random: "random"
    case .noop: "noop"
    case .expert: "expert"
    case .policy(let run): run.path
    }
  }
}
