import KnackEnvironment

/// An operator that somebody believes in: a world's rules, a file, a guess. Experience corrects it.
///
/// It is taken at its word until its skill works: then what is seen replaces what was said, and of what was said to be needed
/// that remains which no success has refuted. If the skill never does what it says where it says so, it is dropped.
struct GivenOperator: Sendable, Equatable {
  /// As it was given.
  var word: Operator
  /// What it changes in all.
  var changes: [Trial.Change]
  /// What it needs beyond what it uses up, and all that it needs.
  var requires: [Literal], needs: [Literal]
  /// How often its skill was tried where all that it needs was there.
  private(set) var tries = 0
  /// The trials after which it is dropped if none did what it says: those that would all fail in one of a hundred cases if it
  /// worked every second time.
  static let patience = Chance.failuresNeeded(probability: 0.5, error: 0.01)

  /// An operator over some facts; nil where it speaks of others.
  init?(_ word: Operator, _ places: [String: Int]) {
    self.word = word
    var change: [Int: Int32] = [:], need: [Int: Int32] = [:]
    for (amounts, sign) in [(word.consumes, Int32(-1)), (word.obtains, 1), (word.requires, 0)] {
      for amount in amounts {
        guard let fact = places[amount.fact] else { return nil }
        change[fact, default: 0] += sign * Int32(amount.count)
        if sign <= 0 { need[fact] = max(need[fact] ?? 0, Int32(amount.count)) }
      }
    }
    changes = change.sorted { $0.key < $1.key }.compactMap {
      $0.value == 0 ? nil : Trial.Change(fact: $0.key, by: $0.value)
    }
    needs = need.sorted { $0.key < $1.key }.map { Literal(fact: $0.key, atLeast: $0.value) }
    requires = needs.filter { $0.atLeast > -(change[$0.fact] ?? 0) }
  }

  /// Whether an effect is what it speaks of, be it by other counts: all that it says to change changes, and nothing is used up
  /// of which it does not speak.
  func isLike(_ effect: Effect) -> Bool {
    changes.allSatisfy { ($0.by > 0) == (effect.change(of: $0.fact) > 0) && effect.change(of: $0.fact) != 0 }
      && effect.changes.allSatisfy { change in
        change.by > 0 || changes.contains { $0.fact == change.fact && $0.by < 0 }
      }
  }

  /// Whether all that it needs is there.
  func isEnabled(in state: [Int32]) -> Bool { needs.allSatisfy { $0.holds(in: state) } }

  /// Counts the trials that could have borne it out.
  mutating func weigh(_ trials: [Trial]) {
    tries = trials.reduce(0) { $0 + (isEnabled(in: $1.before) ? $1.count : 0) }
  }

  /// Whether experience has refuted it.
  var isRefuted: Bool { tries >= Self.patience }
}
