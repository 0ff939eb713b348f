import KnackEnvironment

/// How often tries that did something gave each of the things that they may give, and how the player fared by them.
struct OutcomeCounts: Sendable, Equatable {
  /// The most that there can be of what says how the player is.
  static let most = 9
  private let facts: Int
  /// Facts about how the player is.
  private let vitals: [Int]
  /// By goal: the tries that did something; of each fact, those that gave some of it; and of each vital fact by how much it
  /// changed where it was not full, from as much as it can fall to as much as it can rise.
  private var counts: [Int]
  private var width: Int { 1 + facts + vitals.count * Self.range }
  private static let range = 2 * most + 1

  /// Nothing seen.
  init(goals: Int, facts: Int, vitals: [Int]) {
    self.facts = facts
    self.vitals = vitals
    counts = []
    counts = Array(repeating: 0, count: goals * width)
  }

  /// Counts a try that did something.
  mutating func add(_ goal: Int, before: [Int32], after: [Int32]) {
    let first = goal * width
    counts[first] += 1
    for fact in 0..<facts where after[fact] > before[fact] { counts[first + 1 + fact] += 1 }
    for (place, fact) in vitals.enumerated() where before[fact] < Self.most {
      let change = max(-Self.most, min(Self.most, Int(after[fact] - before[fact])))
      counts[first + 1 + facts + place * Self.range + Self.most + change] += 1
    }
  }

  /// Whether a goal has ever given some of a fact.
  func hasGiven(_ fact: Int, by goal: Int) -> Bool { counts[goal * width + 1 + fact] > 0 }

  /// The share of those tries of a goal that gave the fact that they gave least often (Laplace's rule for an event that has come
  /// about once).
  func chance(of gained: [Int], by goal: Int) -> Double {
    let first = goal * width, all = counts[first]
    let least = gained.map { counts[first + 1 + $0] }.min() ?? all
    return Double(least + 1) / Double(all + 1)
  }

  /// The vital facts that a goal changes more often than not where they are not full, and by how much.
  ///
  /// What is nearly full rises by less than it might, so the largest change counts that is no rarity.
  func vitalChanges(by goal: Int) -> [(fact: Int, by: Int)] {
    vitals.enumerated().compactMap { place, fact in
      let first = goal * width + 1 + facts + place * Self.range
      let changes = counts[first..<first + Self.range], all = changes.reduce(0, +)
      for (sign, some) in [(1, Array(changes.suffix(Self.most))), (-1, changes.prefix(Self.most).reversed())]
      {
        let count = some.reduce(0, +)
        guard 2 * count > all, let largest = some.lastIndex(where: { 10 * $0 >= count }) else { continue }
        return (fact, sign * (largest + 1))
      }
      return nil
    }
  }

  /// All counts as a line.
  var line: String { counts.map(String.init).joined(separator: " ") }

  /// Takes on such a line; false, with nothing changed, where it is none.
  mutating func restore(_ line: String) -> Bool {
    let read = line.split(separator: " ").compactMap { Int($0) }
    guard read.count == counts.count, read.allSatisfy({ $0 >= 0 }) else { return false }
    counts = read
    return true
  }
}
