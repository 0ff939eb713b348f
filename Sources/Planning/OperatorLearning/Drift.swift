import Glibc

/// How facts change while nobody does anything about them: hunger grows, the sun goes down, a cow walks into view.
///
/// It is estimated from outcomes of skills that are known to do nothing but wait or move (``OperatorLearner/controls``), as an
/// experiment's control group tells what the treatment did not do.
struct Drift: Sendable, Equatable {
  /// Steps of the control group.
  private(set) var steps = 0
  /// By fact, in how many of its outcomes the count rose, and fell; and in how many of the steps there was any of it.
  private(set) var rises: [Int], falls: [Int], presence: [Int]

  /// Nothing seen.
  init(facts: Int) {
    rises = Array(repeating: 0, count: facts)
    falls = rises
    presence = rises
  }

  /// So much seen.
  init(steps: Int, rises: [Int], falls: [Int], presence: [Int]) {
    self.steps = steps
    self.rises = rises
    self.falls = falls
    self.presence = presence
  }

  mutating func add(_ trial: Trial) {
    steps += trial.steps
    for fact in presence.indices where trial.before[fact] > 0 { presence[fact] += trial.steps }
    for change in trial.changes {
      if change.by > 0 { rises[change.fact] += trial.count } else { falls[change.fact] += trial.count }
    }
  }

  /// Whether a fact was never seen to change by itself: if it does change, somebody did it.
  func isSteady(_ fact: Int) -> Bool { rises[fact] + falls[fact] == 0 }

  /// Whether a fact changes by itself all the time, in more than a fifth of all steps. Nothing is told by its value.
  func isClock(_ fact: Int) -> Bool {
    let changes = rises[fact] + falls[fact]
    return changes >= 5 && 5 * changes > steps
  }

  /// The probability that a fact rises, or falls, by itself within so many steps, where it can: what is either there or not
  /// comes only where it is not, and goes only where it is.
  func chance(of fact: Int, rising: Bool, fromNothing: Bool, within steps: Double) -> Double {
    let possible = rising ? (fromNothing ? self.steps - presence[fact] : self.steps) : presence[fact]
    let rate = (Double(rising ? rises[fact] : falls[fact]) + 0.5) / (Double(possible) + 1)
    return 1 - pow(1 - min(1, rate), steps)
  }
}
