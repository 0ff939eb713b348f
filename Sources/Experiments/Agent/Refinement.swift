import KnackAgent
import KnackEnvironment
import KnackLearning
import KnackNumerics
import KnackSkills

/// Lets Skill-Critic refine skills of a run's library where the planning agent fails with them.
public struct Refinement: Sendable {
  /// Skills by name; empty for the weakest ones.
  public var skills: [String] = []
  /// How many of the weakest ones: those that fail most often as the agent uses them.
  public var weakest = 5
  /// Worlds a task in which contexts are collected to practise in, and others to judge by; the seed of the first.
  public var worlds = 8, seed: UInt64 = 40_000_000
  /// Contexts of a skill that are kept of each task, and how often each of those to judge by is played.
  public var contexts = 24, repetitions = 4
  /// How it is refined.
  public var settings = SkillRefiner.Settings()
  /// Where the refined library goes; nil for the place of the run's own.
  public var out: String?

  /// The defaults.
  public init() {}

  /// What became of a skill.
  public struct Outcome: Sendable {
    /// Its name, contexts to practise in and to judge by.
    public var skill: String, practised: Int, judged: Int
    /// How it did in the latter, before and after.
    public var before: SkillRecord.Tally, after: SkillRecord.Tally
    /// Whether the refined policy is used from now on.
    public var isKept: Bool

    /// Failures per attempt, before and after.
    public var failureRates: (before: Double, after: Double) {
      func rate(_ tally: SkillRecord.Tally) -> Double {
        Double(tally.attempts - tally.successes) / Double(max(1, tally.attempts))
      }
      return (rate(before), rate(after))
    }

    /// Whether it fails less often by more than the standard error of the difference.
    var isBetter: Bool {
      func variance(_ rate: Double, _ tally: SkillRecord.Tally) -> Double {
        max(rate * (1 - rate), 1e-3) / Double(max(1, tally.attempts))
      }
      let (old, new) = failureRates
      return old - new > (variance(old, before) + variance(new, after)).squareRoot()
    }

    /// The outcome as JSON.
    public var json: JSON {
      .fields([
        "skill": .string(skill), "contexts": .integer(practised), "judged": .integer(judged),
        "attempts": .integer(before.attempts), "failureRateBefore": .number(failureRates.before),
        "failureRateAfter": .number(failureRates.after), "kept": .boolean(isKept),
      ])
    }
  }
}

extension RunDirectory {
  /// Refines skills of the run's library, and writes the library with new versions of those that fail less often in contexts in which
  /// they were not refined.
  ///
  /// - Parameters:
  ///   - suite: the tasks that the agent plays to find out where skills fail.
  ///   - say: told in a sentence what is done.
  /// - Throws: ``ExperimentError``.
  public func refine(
    _ refinement: Refinement, suite: String, workers: Int = 0, registry: EnvironmentRegistry,
    say: @Sendable (String) -> Void = { _ in }
  ) throws(ExperimentError) -> [Refinement.Outcome] {
    var library = try library(registry: registry)
    let pool = try makePool(workers: workers)
    let names = try skillsToRefine(refinement, library)
    let evaluation = try TaskEvaluation(suite: suite, of: library.world, registry: registry)
    say("Playing \(evaluation.suite.tasks.count) tasks to find where \(names.joined(separator: ", ")) fail.")
    let toPractise = try evaluation.contexts(
      of: names, library, refinement, seed: refinement.seed, pool: pool)
    let toJudge = try evaluation.contexts(
      of: names, library, refinement, seed: refinement.seed &+ 1_000_000, pool: pool)
    var outcomes: [Refinement.Outcome] = [], attempts: [SuccessCritic.Attempt] = []
    for name in names {
      guard let practised = toPractise[name], let judged = toJudge[name] else {
        say("\(name): the tasks do not use it.")
        continue
      }
      let (outcome, made) = try refine(name, in: &library, refinement, practised, judged, pool)
      attempts += made
      if !outcome.isKept { attempts += practised.flatMap(\.attempts) }
      let rates = outcome.failureRates
      say(
        "\(name): fails in \(percent(rates.before)) of \(outcome.before.attempts) attempts as it was, \(percent(rates.after)) refined; "
          + (outcome.isKept ? "kept." : "left as it was."))
      outcomes.append(outcome)
    }
    let folder = refinement.out ?? libraryFolder
    try library.write(to: folder)
    try judge(attempts, folder, refinement, say)
    return outcomes
  }

  /// Writes a critic that has learned how attempts ended with the skills that are in use now. Each fifth context is not learned from, to
  /// say how well it foretells.
  private func judge(
    _ attempts: [SuccessCritic.Attempt], _ folder: String, _ refinement: Refinement, _ say: (String) -> Void
  ) throws(ExperimentError) {
    guard let specification = attempts.first?.contexts.world.specification else { return }
    let critic = SuccessCritic(cardinalities: specification.observation.cardinalities, seed: refinement.seed)
    let learned = attempts.filter { $0.place % 5 > 0 }, others = attempts.filter { $0.place % 5 == 0 }
    do {
      try critic.learn(from: learned, seed: refinement.seed)
    } catch {
      throw .failure(error.description)
    }
    // What one would say who knew nothing but how often attempts succeed.
    let share = Double(others.count { $0.succeeded }) / Double(max(1, others.count))
    let ignorance = [share, 1 - share].reduce(0) { $0 - $1 * Double(Elementwise.log(Float(max(1e-6, $1)))) }
    say(
      "The success critic foretells \(others.count) attempts that it has not learned from with a cross-entropy of "
        + "\(fixed(critic.crossEntropy(of: others), 3)) nats; their share of successes alone, \(fixed(ignorance, 3))."
    )
    try critic.write(to: folder)
  }

  /// The skills that are named, or the weakest ones.
  private func skillsToRefine(
    _ refinement: Refinement, _ library: SkillLibrary
  ) throws(ExperimentError) -> [String] {
    for name in refinement.skills where library.skill(named: name) == nil {
      throw .mistake("The library of '\(path)' has no skill '\(name)'.")
    }
    guard refinement.skills.isEmpty else { return refinement.skills }
    let tried = library.current.filter { $0.record.total.attempts >= 10 }
    guard !tried.isEmpty else {
      throw .mistake(
        "The library of '\(path)' does not say which of its skills fail; name some with --skill.")
    }
    func rate(_ skill: Skill) -> Double { skill.record.total.probability }
    return tried.sorted { (rate($0), $0.name) < (rate($1), $1.name) }.prefix(refinement.weakest).map(\.name)
  }

  /// Refines a skill; what became of it, and the attempts that it was judged by, with the policy that is used from now on.
  private func refine(
    _ name: String, in library: inout SkillLibrary, _ refinement: Refinement, _ practised: [SkillContexts],
    _ judged: [SkillContexts], _ pool: WorkerPool
  ) throws(ExperimentError) -> (Refinement.Outcome, [SuccessCritic.Attempt]) {
    guard let skill = library.skill(named: name), let entry = library.policies[skill.policy],
      let policy = entry.policy.perceptron
    else {
      throw .mistake("The policy of '\(name)' has a memory or convolutions; only others can be refined.")
    }
    let refiner = SkillRefiner(
      policy, contexts: practised, network: entry.network, settings: refinement.settings,
      seed: refinement.seed, pool: pool)
    do {
      try refiner.refine()
    } catch {
      throw .failure(error.description)
    }
    func examine(_ policy: PerceptronPolicy) -> (SkillRecord.Tally, [SuccessCritic.Attempt]) {
      var attempts: [SuccessCritic.Attempt] = []
      let tally = SkillRefiner.examine(
        policy, from: judged, repetitions: refinement.repetitions, seed: refinement.seed
      ) { attempts.append($0) }
      return (tally, attempts)
    }
    let (before, old) = examine(policy), refined = refiner.policy, (after, new) = examine(refined)
    var outcome = Refinement.Outcome(
      skill: name, practised: practised.reduce(0) { $0 + $1.count },
      judged: judged.reduce(0) { $0 + $1.count },
      before: before, after: after, isKept: false)
    guard outcome.isBetter else { return (outcome, old) }
    outcome.isKept = true
    let file = "\(name)-\(skill.version + 1)"
    library.add(SkillLibrary.PolicyEntry(entry.policy.adopting(refined), entry.network), named: file)
    var next = Skill(name, goal: skill.goal, policy: file)
    next.record = SkillRecord(contexts: ["": after])
    library.add(next)
    return (outcome, new)
  }
}

extension TaskEvaluation {
  /// Where skills began when the agent played each task, by skill and task.
  func contexts(
    of skills: [String], _ library: SkillLibrary, _ refinement: Refinement, seed: UInt64, pool: WorkerPool
  ) throws(ExperimentError) -> [String: [SkillContexts]] {
    var agents: [HierarchicalAgent] = [], limits: [Int] = []
    for task in suite.tasks {
      let world = try world(of: task)
      do {
        agents.append(try HierarchicalAgent(world: world, library: library, settings: settings))
      } catch {
        throw .mistake(error.description)
      }
      limits.append(world.specification.stepLimit ?? .max)
    }
    var found = [[String: SkillContexts]](repeating: [:], count: agents.count)
    found.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let results = buffer.baseAddress!, agents = agents
      pool.run(agents.count) { [limits] task, _ in
        results[task] = SkillContexts.collect(
          agents[task], skills: Set(skills), episodes: 0..<refinement.worlds, seed: seed,
          capacity: refinement.contexts, limit: limits[task])
      }
    }
    return skills.reduce(into: [:]) { all, skill in
      let contexts = found.compactMap { $0[skill] }
      if !contexts.isEmpty { all[skill] = contexts }
    }
  }
}
