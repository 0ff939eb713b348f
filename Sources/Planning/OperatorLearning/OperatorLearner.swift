import KnackEnvironment

/// Learns operators from what comes of trying skills, without knowing any rules; or corrects given ones.
///
/// - ``Effect``: what a skill changes, by exact differences, a way of working at a time.
/// - ``Preconditions``: what an effect needs, by contrast of success and failure.
/// - ``Experiment``: what to try next, so that a claim that is wrong is found out.
/// - ``Reliability``: how often it fails for reasons that are no precondition.
/// - ``Drift``: what changes by itself.
///
/// All of it is a function of the outcomes, and of nothing at random: the same outcomes lead to the same operators.
///
/// ```swift
/// var learner = OperatorLearner(facts: world.facts, controls: ["noop"])
/// learner.record(SkillOutcome("collect_wood", before: before, after: after, steps: 12))
/// if let experiment = learner.nextExperiment(from: facts) { … try experiment.skill … }
/// let graph = learner.operators.map(\.word)
/// ```
public struct OperatorLearner: Sendable {
  /// The facts' names, in the order of the states' counts.
  public let facts: [String]
  /// Skills that do nothing but wait or move: what changes during them changes by itself.
  public let controls: Set<String>
  /// So many failures with no less of anything show that a skill that has never worked cannot. Where luck decides, one says
  /// little.
  public var patience = 1
  /// Outcomes so far, without those of controls.
  public private(set) var outcomes = 0
  private(set) var drift: Drift
  private(set) var models: [String: SkillModel] = [:]
  private var given: [String: [GivenOperator]] = [:]
  /// How often what came about came about again, over all skills that are one action.
  private var repeats = Reproducibility()
  /// How much each fact is suspected of being needed.
  private var suspicion = Suspicion()
  /// Skills of which something is known that nothing was learned from yet.
  private var stale: Set<String> = []
  /// How often something was learned, and by skill, when it last was.
  private(set) var lessons = 0
  private var lastLesson: [String: Int] = [:]

  /// A learner that knows nothing but what it is given. Operators over other facts are left out.
  ///
  /// - Parameters:
  ///   - facts: the names of a world's facts, in their order.
  ///   - controls: skills that do nothing but wait or move.
  ///   - given: operators to believe until experience speaks against them.
  public init(facts: [String], controls: Set<String> = ["noop"], given: [Operator] = []) {
    self.init(facts: facts, controls: controls, given: given, drift: Drift(facts: facts.count))
  }

  init(facts: [String], controls: Set<String>, given: [Operator], drift: Drift) {
    self.facts = facts
    self.controls = controls
    self.drift = drift
    let places = Dictionary(zip(facts, facts.indices)) { first, _ in first }
    for one in given {
      if let one = GivenOperator(one, places) { self.given[one.word.skill, default: []].append(one) }
    }
  }

  /// The operators that were given, by their skills' names.
  var givenOperators: [Operator] { given.keys.sorted().flatMap { given[$0]!.map(\.word) } }

  /// Takes note of an outcome.
  ///
  /// - Complexity: O(facts). What follows from it is worked out when it is asked for.
  public mutating func record(_ outcome: SkillOutcome) {
    precondition(outcome.before.count == facts.count, "an outcome counts the facts that the learner knows")
    add(Trial(outcome), of: outcome.skill)
  }

  mutating func add(_ trial: Trial, of skill: String) {
    guard controls.contains(skill) else {
      outcomes += trial.count
      models[skill, default: SkillModel()].add(trial)
      stale.insert(skill)
      return
    }
    let known = trial.changes.map { (drift.isSteady($0.fact), drift.isClock($0.fact)) }
    drift.add(trial)
    for (change, (wasSteady, wasClock)) in zip(trial.changes, known)
    where drift.isSteady(change.fact) != wasSteady || drift.isClock(change.fact) != wasClock {
      stale.formUnion(models.keys)
    }
  }

  /// The skills of which something else may be believed than after so many lessons.
  func skills(learnedSince lesson: Int) -> Set<String> {
    Set(lastLesson.filter { $0.value > lesson }.keys)
  }

  /// Works out what follows from what was recorded, if anything was: a lesson.
  mutating func learn() {
    guard !stale.isEmpty else { return }
    for skill in stale { models[skill]?.learn(drift, repeats: repeats) }
    // Skills that do fail where nothing is missing are judged by themselves.
    let all = models.values.map(\.reproducibility).filter { $0.failures == 0 }.reduce(Reproducibility(), +)
    if all.chanceOfFailure(own: Reproducibility()) != repeats.chanceOfFailure(own: Reproducibility()) {
      stale = Set(models.keys)
      for skill in stale { models[skill]?.learn(drift, repeats: all) }
    }
    repeats = all
    let new = Suspicion(models.values.map(\.settledFacts))
    if new != suspicion {
      suspicion = new
      stale = Set(models.keys)
    }
    for skill in stale {
      for index in given[skill]?.indices ?? 0..<0 { given[skill]![index].weigh(models[skill]?.trials ?? []) }
      models[skill]?.learn(drift, given: given[skill] ?? [], suspicion: suspicion, repeats: repeats)
    }
    lessons += 1
    for skill in stale { lastLesson[skill] = lessons }
    stale = []
  }

  /// What is believed: what was learned, and of what was given that which experience has neither replaced nor refuted; sorted
  /// by the skills' names.
  public var operators: [LearnedOperator] {
    mutating get {
      learn()
      return Set(models.keys).union(given.keys).sorted().flatMap { operators(of: $0) }
    }
  }

  private func operators(of skill: String) -> [LearnedOperator] {
    let learned = models[skill]?.operators(skill, facts: facts) ?? []
    let hearsay = believed(of: skill).map { one in
      LearnedOperator(
        word: one.word, successes: 0, failures: one.tries, untested: one.needs.map { facts[$0.fact] },
        isHearsay: true)
    }
    return learned + hearsay
  }

  /// Given operators of a skill that experience has neither replaced nor refuted.
  func believed(of skill: String) -> [GivenOperator] {
    (given[skill] ?? []).filter { one in
      !one.isRefuted && models[skill]?.effects.contains(where: one.isLike) != true
    }
  }

  /// Whether a fact was never seen to change by itself.
  public func isSteady(_ fact: Int) -> Bool { drift.isSteady(fact) }

  /// Whether two states differ in anything that does not change by itself.
  public func tellsApart(_ state: [Int32], _ other: [Int32]) -> Bool {
    facts.indices.contains { state[$0] != other[$0] && drift.isSteady($0) }
  }

  /// What a try of a skill in a state would teach; nil where it would teach nothing.
  ///
  /// It goes by what was worked out when ``operators`` were last asked for.
  public func purpose(of skill: String, in state: [Int32]) -> Experiment.Purpose? {
    models[skill].map { $0.purpose(in: state, patience: patience) } ?? .explore
  }

  /// How often a skill was seen to fail with as much of whatever of a state was there least often when it did. The smaller that is,
  /// the more may be hoped of a try.
  ///
  /// It goes by what was worked out when ``operators`` were last asked for.
  public func familiarity(of state: [Int32], to skill: String) -> Int {
    models[skill]?.familiarity(of: state) ?? 0
  }

  /// Whether an outcome would teach anything: what was not seen to come about yet, or seldom, or where it should not have; and
  /// failures where a try is worth it. Who plays for long need not record the rest.
  ///
  /// It goes by what was worked out when ``operators`` were last asked for.
  public func wouldTeach(_ outcome: SkillOutcome) -> Bool {
    guard !controls.contains(outcome.skill), let model = models[outcome.skill] else { return true }
    return model.wouldTeach(Trial(outcome), drift, patience: patience)
  }

  /// Whether a skill has ever worked, as far as was worked out when ``operators`` were last asked for.
  public func hasWorked(_ skill: String) -> Bool { !(models[skill]?.effects.isEmpty ?? true) }

  /// Whether what a skill uses up in some way is there, by the same.
  public func canPay(for skill: String, in state: [Int32]) -> Bool {
    models[skill]?.preconditions.contains { $0.uses.allSatisfy { $0.holds(in: state) } } ?? true
  }

  /// The skill whose try in a state would teach most; nil where none would teach anything. What has never worked comes first,
  /// then what is claimed to work but was seldom seen, then what tests a claim, and then what works elsewhere but should
  /// not here; of these the one that has the fewest tries.
  ///
  /// - Parameters:
  ///   - state: counts of the facts.
  ///   - skills: those that can be tried; all that were ever tried or given where nil.
  ///   - exploring: whether something may be tried of which nothing is known to work here.
  public mutating func nextExperiment(
    from state: [Int32], among skills: [String]? = nil, exploring: Bool = true
  ) -> Experiment? {
    learn()
    var best: Experiment?, rank = (4, Int.max)
    for skill in skills ?? Set(models.keys).union(given.keys).sorted() {
      let model = models[skill]
      let purpose: Experiment.Purpose? =
        if believed(of: skill).contains(where: { $0.isEnabled(in: state) }) {
          .confirm
        } else if let model {
          model.purpose(in: state, patience: patience)
        } else {
          .explore
        }
      guard let purpose, exploring || purpose != .explore else { continue }
      let order =
        switch purpose {
        case .explore: model?.effects.isEmpty ?? true ? 0 : 3
        case .confirm: 1
        case .test: 2
        }
      if (order, model?.tries ?? 0) < rank {
        rank = (order, model?.tries ?? 0)
        best = Experiment(skill, purpose)
      }
    }
    return best
  }
}
