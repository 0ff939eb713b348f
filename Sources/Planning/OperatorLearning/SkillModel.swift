import KnackEnvironment

/// What is known of one skill: its trials, and what was learned from them.
struct SkillModel: Sendable, Equatable {
  /// Outcomes, like ones together.
  private(set) var trials: [Trial] = []
  private var places: [Key: Int] = [:]

  /// The ways in which it works, what each needs, and how reliable it is.
  private(set) var effects: [Effect] = []
  private(set) var preconditions: [Preconditions] = []
  private(set) var reliabilities: [Reliability] = []
  /// What each effect was found to need from the skill's own trials alone.
  private var settled: [Set<Literal>] = []
  /// The facts of these.
  var settledFacts: Set<Int> { Set(settled.joined().map(\.fact)) }
  /// The trials in which nothing happened.
  private(set) var failures: [Int] = []
  /// How often what came about came about again.
  private(set) var reproducibility = Reproducibility()
  /// Facts by whose magnitudes states are compared, those at which it failed, none of them at least another, and the highest of
  /// each fact.
  private(set) var comparable: [Int] = [], failureLevels: [[UInt8]] = [], highestLevels: [UInt8] = []
  /// By place among these facts and by magnitude, how often it failed with at least so much of the fact.
  private(set) var failuresFromLevel: [[Int]] = []

  /// What makes trials alike.
  private struct Key: Hashable {
    var before: [Int32]
    var changes: [Trial.Change]
  }

  /// How often it came to nothing where the facts, clocks apart, stood just so.
  func failures(in state: [Int32]) -> Int {
    failures.reduce(0) { sum, place in
      let before = trials[place].before
      return comparable.allSatisfy { before[$0] == state[$0] } ? sum + trials[place].count : sum
    }
  }

  /// Whether it has always been one action.
  var isOneAction: Bool { trials.allSatisfy { $0.steps == $0.count } }
  /// How often it was tried.
  var tries: Int { trials.reduce(0) { $0 + $1.count } }
  /// Steps that a success, and a failure, took on average; nil where there was none.
  func meanSteps(of places: [Int]) -> Double? {
    let count = places.reduce(0) { $0 + trials[$1].count }
    guard count > 0 else { return nil }
    return Double(places.reduce(0) { $0 + trials[$1].steps }) / Double(count)
  }

  /// Takes note of an outcome.
  mutating func add(_ trial: Trial) {
    let key = Key(before: trial.before, changes: trial.changes)
    if let place = places[key] {
      trials[place].count += trial.count
      trials[place].steps += trial.steps
    } else {
      places[key] = trials.count
      trials.append(trial)
    }
  }

  /// Learns from all trials anew, from them alone.
  ///
  /// - Complexity: O(*n* · *f*) for *n* unlike trials and *f* facts, times the number of effects.
  mutating func learn(_ drift: Drift, repeats: Reproducibility) {
    (effects, failures) = Effect.find(in: trials, drift)
    reproducibility = Reproducibility(of: trials, drift)
    let chance = isOneAction ? repeats.chanceOfFailure(own: reproducibility) : 1
    preconditions = effects.map {
      Preconditions(of: $0, trials, failures: failures, chanceOfFailure: chance, drift)
    }
    settled = preconditions.map(\.settled)
  }

  /// Learns with what is known from elsewhere: what was given, what matters to several skills, and what the skill's other
  /// effects need, which this one is presumed to need as well until it comes about without.
  mutating func learn(
    _ drift: Drift, given: [GivenOperator], suspicion: Suspicion, repeats: Reproducibility
  ) {
    let chance = isOneAction ? repeats.chanceOfFailure(own: reproducibility) : 1
    preconditions = effects.enumerated().map { index, effect in
      let believed = given.filter { $0.isLike(effect) }.flatMap(\.requires)
      let elsewhere = settled.indices.filter { $0 != index }.flatMap { settled[$0] }.filter { literal in
        effect.change(of: literal.fact) == 0 && !believed.contains { $0.fact == literal.fact }
      }
      var presumed: [Literal] = []
      for literal in elsewhere.sorted(by: { ($0.fact, $0.atLeast) < ($1.fact, $1.atLeast) })
      where presumed.last?.fact != literal.fact {
        presumed.append(literal)
      }
      return Preconditions(
        of: effect, trials, failures: failures, given: believed + presumed, suspicion: suspicion,
        chanceOfFailure: chance, drift)
    }
    reliabilities = effects.indices.map { Reliability(of: $0, among: effects, preconditions, trials) }
    guard let first = trials.first else { return }
    comparable = first.before.indices.filter { !drift.isClock($0) }
    failureLevels = []
    failuresFromLevel = comparable.map { _ in Array(repeating: 0, count: Int(Self.highestLevel) + 1) }
    highestLevels = Array(repeating: 0, count: comparable.count)
    for place in failures {
      let level = Self.levels(trials[place].before, comparable)
      for index in level.indices {
        highestLevels[index] = max(highestLevels[index], level[index])
        for lower in 0...Int(level[index]) { failuresFromLevel[index][lower] += trials[place].count }
      }
      failureLevels.append(level)
    }
  }

  static func == (a: Self, b: Self) -> Bool {
    a.trials == b.trials && a.effects == b.effects && a.preconditions == b.preconditions
  }
}
