/// A try that would teach something.
public struct Experiment: Sendable, Equatable {
  /// What it is good for.
  public enum Purpose: Sendable, Equatable {
    /// Everything that is claimed holds, but it has not been seen often enough.
    case confirm
    /// All that is claimed holds but these literals: a success refutes them, failures settle that they matter. After ADAM's
    /// interventions (Yu and Lu 2025, arXiv:2410.22194), except that the state is one that the agent is in by its own doing.
    case test([Literal])
    /// Nothing is known to work here, and here is something that was not there when it failed.
    case explore
  }

  /// The skill to try.
  public var skill: String
  /// Why.
  public var purpose: Purpose

  /// An experiment.
  public init(_ skill: String, _ purpose: Purpose) {
    self.skill = skill
    self.purpose = purpose
  }
}

extension SkillModel {
  /// How often an effect is to be seen until it is believed, where it can be had.
  static let confirmations = 5

  /// What a try of the skill in a state would teach; nil where it would teach nothing.
  ///
  /// - Parameter patience: as ``OperatorLearner/patience``.
  /// - Complexity: O(effects · literals + failures).
  func purpose(in state: [Int32], patience: Int = 1) -> Experiment.Purpose? {
    // What has failed twice just here will fail a third time.
    guard failures(in: state) < (effects.isEmpty ? max(2, patience) : 2) else { return nil }
    var isExplained = false
    for (index, needs) in preconditions.enumerated() {
      guard needs.uses.allSatisfy({ $0.holds(in: state) }) else { continue }
      let reliability = reliabilities[index]
      let missing = needs.claims.filter { !$0.holds(in: state) }
      guard needs.choice.isEmpty || needs.choice.contains(where: { $0.holds(in: state) }) else { continue }
      if missing.isEmpty {
        isExplained = true
        if reliability.successes < Self.confirmations
          && reliability.failures < Self.failuresNeeded(reliability)
        {
          return .confirm
        }
        let doubtful = needs.candidates.filter { !$0.holds(in: state) }
        if !doubtful.isEmpty && failures(lacking: doubtful, of: needs) < Self.failuresNeeded(reliability) {
          return .test(doubtful)
        }
      } else if missing.allSatisfy({ !needs.settled.contains($0) })
        && failures(lacking: missing, of: needs)
          < max(Self.confirmations, Self.failuresNeeded(reliability))
      {
        return .test(missing)
      }
    }
    if !isExplained && isNew(state, patience) { return .explore }
    return nil
  }

  /// Whether an outcome would teach anything.
  func wouldTeach(_ trial: Trial, _ drift: Drift, patience: Int = 1) -> Bool {
    let changes = trial.changes.filter { drift.isSteady($0.fact) }
    guard !changes.isEmpty else { return purpose(in: trial.before, patience: patience) != nil }
    var known = 0
    for other in trials where other.changes.filter({ drift.isSteady($0.fact) }) == changes {
      known += other.count
    }
    guard known >= Self.confirmations else { return true }
    // Where all that may be needed was there, nothing is refuted.
    return !effects.indices.contains { index in
      changes.allSatisfy {
        ($0.by > 0) == (effects[index].change(of: $0.fact) > 0) && effects[index].change(of: $0.fact) != 0
      }
        && (preconditions[index].claims + preconditions[index].candidates).allSatisfy {
          $0.holds(in: trial.before)
        }
    }
  }

  /// After how many failures in a row it is believed that something makes it fail: ⌈ln δ / ln (1 − p)⌉ for its probability p of
  /// success, with δ = 0.01.
  static func failuresNeeded(_ reliability: Reliability) -> Int {
    Chance.failuresNeeded(probability: reliability.probability, error: 0.01)
  }

  /// Failures in which some of these literals were false and all else that is claimed was true.
  private func failures(lacking literals: [Literal], of needs: Preconditions) -> Int {
    failures.reduce(0) { sum, place in
      let before = trials[place].before
      let counts =
        literals.contains { !$0.holds(in: before) }
        && (needs.uses + needs.claims).allSatisfy { literals.contains($0) || $0.holds(in: before) }
      return sum + (counts ? trials[place].count : 0)
    }
  }

  /// Whether a state is none of those in which failure is certain if more of anything never hurts: those in which there is no
  /// more of anything than where the skill has failed often enough. Counts are compared by their magnitude. Once the skill has worked,
  /// only a fact that was never there when it failed is worth another try.
  private func isNew(_ state: [Int32], _ patience: Int) -> Bool {
    let level = Self.levels(state, comparable)
    if effects.isEmpty {
      let certain = zip(failures, failureLevels).reduce(0) { sum, failure in
        failure.1.isAtLeast(level) ? sum + trials[failure.0].count : sum
      }
      return certain < patience
    }
    return zip(level, highestLevels).contains { $0 > $1 }
  }

  /// How often it failed with as much of the fact of which so much was there least often when it did; all failures where there
  /// is nothing.
  func familiarity(of state: [Int32]) -> Int {
    var least = failures.reduce(0) { $0 + trials[$1].count }
    for (place, fact) in comparable.enumerated() where state[fact] > 0 {
      least = min(least, failuresFromLevel[place][Int(Self.level(state[fact]))])
    }
    return least
  }

  /// Magnitudes of the counts of some facts.
  static func levels(_ state: [Int32], _ facts: [Int]) -> [UInt8] { facts.map { level(state[$0]) } }

  /// 0, 1, 2 … 3, 4 … 7, 8 … 15 and more.
  private static func level(_ count: Int32) -> UInt8 {
    min(highestLevel, UInt8(Int32.bitWidth - max(0, count).leadingZeroBitCount))
  }

  static let highestLevel: UInt8 = 5
}

extension [UInt8] {
  /// Whether no element is less than the other's.
  fileprivate func isAtLeast(_ other: [UInt8]) -> Bool {
    for index in indices where self[index] < other[index] { return false }
    return true
  }
}
