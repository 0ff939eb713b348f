import Glibc

/// Whether what came about once comes about again where nothing is missing that was there: what tells a world in which a single
/// failure says much from one in which it may be bad luck.
///
/// A try is a *repeat* where there was no less of anything than in every success of an effect so far: whatever that effect
/// needs, and however little of it is known, the skill should work. Only skills that are one action count, because others may
/// fail for want of practice.
struct Reproducibility: Sendable, Equatable {
  /// Repeats that worked, and that did not.
  var successes = 0, failures = 0

  static func + (a: Self, b: Self) -> Self {
    Self(successes: a.successes + b.successes, failures: a.failures + b.failures)
  }

  init(successes: Int = 0, failures: Int = 0) {
    self.successes = successes
    self.failures = failures
  }

  /// That of one skill, from its trials in the order in which they first came about.
  init(of trials: [Trial], _ drift: Drift) {
    guard trials.allSatisfy({ $0.steps == $0.count }) else { return }
    // By what changed, the least of each fact with which it did.
    var least: [[Trial.Change]: [Int32]] = [:]
    for trial in trials {
      let changes = trial.changes.filter { drift.isSteady($0.fact) }
      let isRepeat = least.values.contains { least in
        trial.before.indices.allSatisfy { trial.before[$0] >= least[$0] || !drift.isSteady($0) }
      }
      if isRepeat && changes.isEmpty { failures += trial.count }
      guard !changes.isEmpty else { continue }
      successes += isRepeat ? trial.count : trial.count - 1
      if let known = least[changes] {
        least[changes] = zip(known, trial.before).map { min($0, $1) }
      } else {
        least[changes] = trial.before
      }
    }
  }

  /// The least probability of a failure where nothing is missing that can be assumed of a skill whose own repeats are these,
  /// given those of all skills: that of all (Laplace's rule), unless its own speak against it. It is a power of ½, so that
  /// it seldom changes.
  func chanceOfFailure(own: Self) -> Double {
    let all = Double(failures + 1) / Double(successes + failures + 2)
    let alone = Double(own.failures + 1) / Double(own.successes + own.failures + 2)
    return exp2(log2(own.failures > 0 ? max(all, alone) : all).rounded(.up))
  }
}
