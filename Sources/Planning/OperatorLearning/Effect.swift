/// One way in which a skill works: what it changes by exact counts, and in which trials it did.
///
/// A skill may work in several ways: by which of its recipes, with which fuel, with which luck. Two trials are of the same
/// way if the same facts rose and the same fell; what is used up and what is only needed is thereby told apart, since the one
/// falls and the other does not.
struct Effect: Sendable, Equatable {
  /// The facts that change, in their order, and by how much.
  var changes: [Trial.Change]
  /// The trials in which it came about, as places in the skill's list.
  var trials: [Int]
  /// How often it came about.
  var count: Int

  /// By how much it changes a fact.
  func change(of fact: Int) -> Int32 { changes.first { $0.fact == fact }?.by ?? 0 }

  /// Whether it changes all that another does, to the same side, and more.
  private func adds(to other: Effect) -> Bool {
    changes.count > other.changes.count
      && other.changes.allSatisfy { change in
        changes.contains { $0.fact == change.fact && ($0.by > 0) == (change.by > 0) }
      }
  }

  /// Facts that rose, or fell.
  private struct Signature: Hashable {
    var risen: [Int] = [], fallen: [Int] = []

    init(_ changes: [Trial.Change]) {
      for change in changes {
        if change.by > 0 { risen.append(change.fact) } else { fallen.append(change.fact) }
      }
    }
  }

  /// All ways in which a skill works, and the trials in which it did nothing: changes that the drift explains are nobody's.
  static func find(in trials: [Trial], _ drift: Drift) -> (effects: [Effect], failures: [Int]) {
    // Facts that never change by themselves: each change is the skill's own.
    var groups: [(signature: Signature, trials: [Int])] = [], places: [Signature: Int] = [:]
    var failures: [Int] = []
    for (index, trial) in trials.enumerated() {
      let signature = Signature(trial.changes.filter { drift.isSteady($0.fact) })
      if signature.risen.isEmpty && signature.fallen.isEmpty {
        failures.append(index)
      } else if let place = places[signature] {
        groups[place].trials.append(index)
      } else {
        places[signature] = groups.count
        groups.append((signature, [index]))
      }
    }
    groups = joiningSaturated(groups, trials)
    // Where nothing of the kind changed, a skill may still bring about what also comes about by itself: the sight of a tree.
    if let (fact, rises) = mostReliable(among: failures, of: trials, drift) {
      let group = failures.filter { place in
        trials[place].changes.contains { $0.fact == fact && ($0.by > 0) == rises }
      }
      failures.removeAll(where: group.contains)
      groups.append((Signature([]), group))
    }
    var effects: [Effect] = groups.map { group in
      let own = Set(group.signature.risen + group.signature.fallen)
      return Effect(
        changes: amounts(of: own, in: group.trials, trials) + sideEffects(of: group.trials, trials, drift),
        trials: group.trials, count: group.trials.reduce(0) { $0 + trials[$1].count })
    }
    // Coincidences, such as something picked up in passing: a usual effect and something more, or a rare gain of which nothing
    // was the price.
    let all = effects.reduce(0) { $0 + $1.count }
    effects = effects.filter { one in
      let isRare = one.count < 3 && 10 * one.count < all && one.changes.allSatisfy { $0.by > 0 }
      return !one.changes.isEmpty && !isRare
        && !effects.contains { 10 * one.count < $0.count && one.adds(to: $0) }
    }
    for index in effects.indices { effects[index].changes.sort { $0.fact < $1.fact } }
    return (effects, failures)
  }

  /// Joins ways that differ only because some fact was there already and cannot rise further, as when a second table is placed
  /// beside a first.
  private static func joiningSaturated(
    _ groups: [(signature: Signature, trials: [Int])], _ trials: [Trial]
  ) -> [(signature: Signature, trials: [Int])] {
    var groups = groups
    for (index, group) in groups.enumerated() where !group.trials.isEmpty {
      let whole = groups.indices.filter { other in
        let wider = groups[other]
        guard other != index, !wider.trials.isEmpty, wider.signature.fallen == group.signature.fallen,
          wider.signature.risen.count > group.signature.risen.count,
          group.signature.risen.allSatisfy(wider.signature.risen.contains)
        else { return false }
        let extra = wider.signature.risen.filter { !group.signature.risen.contains($0) }
        return extra.allSatisfy { fact in
          wider.trials.allSatisfy { trials[$0].before[fact] == 0 }
            && group.trials.allSatisfy { trials[$0].before[fact] == 1 }
        }
      }
      guard let other = whole.max(by: { groups[$0].trials.count < groups[$1].trials.count }) else { continue }
      groups[other].trials += group.trials
      groups[index].trials = []
    }
    return groups.filter { !$0.trials.isEmpty }
  }

  /// The counts by which facts changed. Where they differ from time to time, that of most trials, or else the worst: what can
  /// be relied on.
  private static func amounts(of facts: Set<Int>, in group: [Int], _ trials: [Trial]) -> [Trial.Change] {
    facts.sorted().compactMap { fact in
      var counts: [Int32: Int] = [:]
      for place in group {
        // Where it was there already, nothing is said.
        guard let change = trials[place].changes.first(where: { $0.fact == fact }) else { continue }
        counts[change.by, default: 0] += trials[place].count
      }
      let all = counts.values.reduce(0, +)
      let usual = counts.filter { 2 * $0.value > all }.keys.first
      return (usual ?? counts.keys.min()).map { Trial.Change(fact: fact, by: $0) }
    }
  }

  /// The unsteady fact that a skill changes most reliably, and whether it rises; nil where drift explains them all.
  private static func mostReliable(
    among group: [Int], of trials: [Trial], _ drift: Drift
  ) -> (fact: Int, rises: Bool)? {
    ownUnsteady(of: group, trials, drift).max { $0.share < $1.share }.map { ($0.fact, $0.by > 0) }
  }

  /// The unsteady facts that change along with the rest, more often than not and more often than by themselves.
  private static func sideEffects(of group: [Int], _ trials: [Trial], _ drift: Drift) -> [Trial.Change] {
    ownUnsteady(of: group, trials, drift).filter { 2 * $0.share > 1 }
      .map { Trial.Change(fact: $0.fact, by: $0.by) }
  }

  /// Unsteady facts that change significantly more often than by themselves, of the trials in which they can: the share of
  /// these, and the usual amount. Steps count for drift, so that a long skill has more explained away than a short one.
  private static func ownUnsteady(
    of group: [Int], _ trials: [Trial], _ drift: Drift
  ) -> [(fact: Int, by: Int32, share: Double)] {
    guard let first = group.first else { return [] }
    var found: [(fact: Int, by: Int32, share: Double)] = []
    let facts = trials[first].before.count
    // By fact: trials in which it rose or fell, and those in which it was there, and could fall.
    var risen = [Int](repeating: 0, count: facts), fallen = risen, present = risen
    var amounts: [Trial.Change: Int] = [:]
    var all = 0, steps = 0
    for place in group {
      let trial = trials[place]
      all += trial.count
      steps += trial.steps
      for fact in 0..<facts where trial.before[fact] > 0 { present[fact] += trial.count }
      for change in trial.changes where !drift.isSteady(change.fact) {
        if change.by > 0 { risen[change.fact] += trial.count } else { fallen[change.fact] += trial.count }
        amounts[change, default: 0] += trial.count
      }
    }
    let length = Double(steps) / Double(all)
    for fact in 0..<facts where !drift.isClock(fact) {
      for rises in [true, false] {
        let count = rises ? risen[fact] : fallen[fact]
        guard count > 0 else { continue }
        let amount = amounts.filter { $0.key.fact == fact && ($0.key.by > 0) == rises }
          .max { ($0.value, $1.key.by) < ($1.value, $0.key.by) }!.key.by
        // What is either there or not can only come where it is not.
        let isFromNothing = rises && amount == 1
        let room = rises ? (isFromNothing ? max(count, all - present[fact]) : all) : present[fact]
        let chance = drift.chance(of: fact, rising: rises, fromNothing: isFromNothing, within: length)
        guard Chance.tail(atLeast: count, of: room, probability: chance) < 1e-4 / Double(facts) else {
          continue
        }
        found.append((fact, amount, Double(count) / Double(room)))
      }
    }
    return found
  }
}
