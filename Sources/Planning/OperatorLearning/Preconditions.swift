import Glibc

/// What an effect needs, learned from where it came about and where nothing did.
///
/// The space of hypotheses is that of conjunctions of literals `fact ≥ c`, kept as a version space (Mitchell 1982): what was
/// true in every success may be needed, and nothing else can be. Of these candidates those are claimed that failures speak
/// for, so that what merely happened to be there is left out; and where no single literal explains the failures, a set of
/// which any will do, such as the tiers of a tool.
struct Preconditions: Sendable, Equatable {
  /// What is used up must be there: known from the effect.
  private(set) var uses: [Literal] = []
  /// Literals that failures speak for, or that were given and that no success has refuted.
  private(set) var claims: [Literal] = []
  /// Literals of which one is enough; empty where there is no such choice.
  private(set) var choice: [Literal] = []
  /// Those of the claims for which experiments have settled it that the skill fails without them.
  private(set) var settled: Set<Literal> = []
  /// Literals that were true in every success and for which nothing else speaks.
  private(set) var candidates: [Literal] = []
  /// How often it succeeded, and how often it failed although all that is claimed was there.
  private(set) var successes = 0, unexplained = 0
  /// How likely it is to fail where nothing is missing, as far as that is known of the skill (``Reproducibility``).
  private var chanceOfFailure = 1.0
  /// How much each fact is to be suspected, and the facts that are used up.
  private var suspicion = Suspicion()
  private var used: Set<Int> = []
  /// Chance of a wrong claim in all of an effect's.
  static let error = 0.05
  /// The most literals that are claimed together because each explains the same failures.
  private static let mostSuspects = 3

  /// Whether all that is claimed holds.
  func hold(in state: [Int32]) -> Bool {
    uses.allSatisfy { $0.holds(in: state) } && claims.allSatisfy { $0.holds(in: state) }
      && (choice.isEmpty || choice.contains { $0.holds(in: state) })
  }

  /// Learns what an effect needs.
  ///
  /// - Parameters:
  ///   - failures: the trials in which nothing happened.
  ///   - given: what is believed beforehand.
  ///   - suspicion: how much each fact is to be suspected, by what other skills need.
  ///   - chanceOfFailure: how likely the skill is to fail where nothing is missing; 1 where that is not known.
  init(
    of effect: Effect, _ trials: [Trial], failures: [Int], given: [Literal] = [],
    suspicion: Suspicion = Suspicion(),
    chanceOfFailure: Double = 1, _ drift: Drift
  ) {
    guard let first = effect.trials.first else { return }
    self.chanceOfFailure = chanceOfFailure
    self.suspicion = suspicion
    uses = effect.changes.filter { $0.by < 0 }.map { Literal(fact: $0.fact, atLeast: -$0.by) }
    used = Set(uses.map(\.fact))
    successes = effect.count

    // The most special hypothesis: the least of every fact among the successes.
    var least = trials[first].before
    for place in effect.trials.dropFirst() {
      let before = trials[place].before
      for fact in least.indices where before[fact] < least[fact] { least[fact] = before[fact] }
    }
    for fact in least.indices where least[fact] > max(0, -effect.change(of: fact)) && !drift.isClock(fact) {
      candidates.append(Literal(fact: fact, atLeast: least[fact]))
    }
    // What was given holds until a success refutes it.
    claims = given.filter { literal in
      literal.atLeast <= least[literal.fact] && -effect.change(of: literal.fact) < literal.atLeast
    }

    // Literals explain the failures in which they are false. The usual suspects are looked at first, and last that it takes more
    // of something than is used up; of the rest the best explanation is taken first, and what explains equally well along
    // with it, until an experiment tells them apart; where that is too much, none of it.
    var open = failures.filter { place in
      uses.allSatisfy { $0.holds(in: trials[place].before) }
        && claims.allSatisfy { $0.holds(in: trials[place].before) }
    }
    let suspects = candidates.filter { suspicion.isUsual($0.fact) }
    explain(&open, by: suspects, trials)
    explain(&open, by: candidates.filter { effect.change(of: $0.fact) >= 0 }, trials)
    explain(&open, by: candidates, trials)
    choose(&open, effect, trials, drift)
    unexplained = count(open, trials)
    candidates.removeAll { literal in claims.contains { $0.fact == literal.fact } }
    settle(failures, trials, among: candidates.count + claims.count)
    lowerThresholds(failures, trials)
  }

  /// Claims those of some literals that explain open failures by no coincidence, and closes these.
  private mutating func explain(_ open: inout [Int], by literals: [Literal], _ trials: [Trial]) {
    while !open.isEmpty {
      // Where skills do not fail for nothing, what alone was missing is the cause.
      let surely = literals.filter { literal in
        isNoLuck(
          alone: count(open.filter { isAlone(literal, trials[$0].before) }, trials), among: literals.count)
      }
      if !surely.isEmpty {
        claims += surely.filter { literal in !claims.contains { $0.fact == literal.fact } }
        open.removeAll { place in surely.contains { !$0.holds(in: trials[place].before) } }
        continue
      }
      let total = count(open, trials)
      let absent = literals.map { literal in
        count(open.filter { !literal.holds(in: trials[$0].before) }, trials)
      }
      guard let most = absent.max(), most > 0,
        isNoCoincidence(absent: most, failures: total - most, among: literals.count)
      else { return }
      let best = literals.indices.filter { absent[$0] == most }.map { literals[$0] }
      guard best.count <= Self.mostSuspects else { return }
      claims += best.filter { literal in !claims.contains { $0.fact == literal.fact } }
      open.removeAll { place in best.contains { !$0.holds(in: trials[place].before) } }
    }
  }

  private func count(_ places: [Int], _ trials: [Trial]) -> Int {
    places.reduce(0) { $0 + trials[$1].count }
  }

  private func isNoCoincidence(absent: Int, failures: Int, among hypotheses: Int) -> Bool {
    Double(hypotheses) * Chance.coincidence(absent: absent, successes: successes, failures: failures)
      < Self.error
  }

  /// Whether so many failures in which one thing alone was missing are more than bad luck, by how often skills fail where nothing
  /// is missing.
  private func isNoLuck(alone: Int, among hypotheses: Int) -> Bool {
    alone > 0 && Double(hypotheses) * pow(chanceOfFailure, Double(alone)) < Self.error
  }

  /// Whether a literal is the only candidate that is false in a state. That it takes more of something than is used up is the last
  /// thing to suspect; and others do not count that are far less suspect.
  private func isAlone(_ literal: Literal, _ state: [Int32]) -> Bool {
    guard !literal.holds(in: state), claims.allSatisfy({ $0.fact == literal.fact || $0.holds(in: state) })
    else { return false }
    let rivals = candidates.reduce(0) { sum, other in
      other == literal || used.contains(other.fact) || other.holds(in: state)
        ? sum : sum + suspicion.weight(of: other.fact)
    }
    return rivals == 0 || Double(rivals) < Self.error * Double(suspicion.weight(of: literal.fact))
  }

  /// Finds facts of which each success had one and that the failures lacked, where it is no coincidence that they did. Each
  /// further member makes the coincidence more likely by as many times as there are facts to choose from.
  private mutating func choose(_ open: inout [Int], _ effect: Effect, _ trials: [Trial], _ drift: Drift) {
    guard !open.isEmpty, let first = trials.first else { return }
    let facts = first.before.indices.filter { fact in
      drift.isSteady(fact) && effect.change(of: fact) == 0
        && effect.trials.contains { trials[$0].before[fact] > 0 }
        && open.contains { trials[$0].before[fact] == 0 }
    }
    var members: [Literal] = [], uncovered = effect.trials
    let total = count(open, trials)
    while !uncovered.isEmpty && members.count < 5 {
      /// How much of what is not yet covered a fact covers, less the share of failures that had it.
      func merit(_ fact: Int) -> Double {
        let covered = count(uncovered.filter { trials[$0].before[fact] > 0 }, trials)
        let had = count(open.filter { trials[$0].before[fact] > 0 }, trials)
        return Double(covered) / Double(count(uncovered, trials)) - Double(had) / Double(total)
      }
      guard let best = facts.map({ (fact: $0, merit: merit($0)) }).max(by: { $0.merit < $1.merit }),
        best.merit > 0
      else { return }
      members.append(Literal(fact: best.fact, atLeast: 1))
      uncovered.removeAll { trials[$0].before[best.fact] > 0 }
    }
    guard uncovered.isEmpty else { return }
    let absent = open.filter { place in !members.contains { $0.holds(in: trials[place].before) } }
    var hypotheses = 1.0
    for _ in members { hypotheses *= Double(facts.count) }
    let missing = count(absent, trials)
    guard
      hypotheses
        * Chance.coincidence(absent: missing, successes: successes, failures: total - missing) < Self.error
    else { return }
    choice = members
    open.removeAll(where: absent.contains)
  }

  /// A claim is settled once there are enough failures in which it alone was false.
  private mutating func settle(_ failures: [Int], _ trials: [Trial], among hypotheses: Int) {
    let claimed = uses + claims
    for literal in claims {
      let alone = failures.filter { place in
        let before = trials[place].before
        return !literal.holds(in: before) && claimed.allSatisfy { $0 == literal || $0.holds(in: before) }
      }
      let number = max(1, hypotheses), only = alone.filter { isAlone(literal, trials[$0].before) }
      if isNoCoincidence(absent: count(alone, trials), failures: unexplained, among: number)
        || isNoLuck(alone: count(only, trials), among: number)
      {
        settled.insert(literal)
      }
    }
  }

  /// A threshold is as high as failures say: one more than the most at which it failed for this alone. Between that and the
  /// least with which it succeeded nothing is known, and by the simplest explanation nothing more is needed.
  private mutating func lowerThresholds(_ failures: [Int], _ trials: [Trial]) {
    for index in claims.indices where claims[index].atLeast > 1 {
      let literal = claims[index]
      let lacking = failures.map { trials[$0].before }.filter { before in
        !literal.holds(in: before) && uses.allSatisfy { $0.holds(in: before) }
      }
      let alone = lacking.filter { before in claims.allSatisfy { $0 == literal || $0.holds(in: before) } }
      guard let highest = (alone.isEmpty ? lacking : alone).map({ $0[literal.fact] }).max() else { continue }
      claims[index].atLeast = highest + 1
      if settled.remove(literal) != nil { settled.insert(claims[index]) }
    }
  }
}
