/// What is still to be found out about a skill that has worked, for an experimenter who can set situations up.
///
/// Two questions are asked. *What of it was needed?* Each way in which the skill works has doubts: facts that were there whenever
/// it did without being used up. Leaving some of them out either clears them all, if it works, or narrows down what is needed.
/// *What else does?* Any thing may do in place of one that a way uses up, or of all of them; what was there in vain does not.
struct Inquiry: Sendable {
  /// A way in which the skill works.
  struct Way: Sendable {
    /// What it changes, and what of it is used up.
    var effect: Effect, uses: [Literal]
    /// What is claimed beyond that, of what can be set up.
    var claims: [Literal]
    /// What can be left out and never was when it worked.
    var doubts: Set<Int>
    /// Those of them for which it is settled that it fails without them.
    var settled: Set<Int>
    /// Doubts that were there when it failed for lack of others.
    var failed: [Set<Int>]

    /// Whether it is claimed to work with what there is, and has not failed with as much.
    func isEnabled(in state: [Int32]) -> Bool {
      guard uses.allSatisfy({ $0.holds(in: state) }), claims.allSatisfy({ $0.holds(in: state) }) else {
        return false
      }
      let present = doubts.filter { state[$0] > 0 }
      return !failed.contains(where: present.isSubset)
    }
  }

  /// Part of a way, and what has been there beside it in vain.
  struct Rest: Sendable {
    /// What is used up by the way, without one thing.
    var needs: [Literal]
    /// The group of things that do for that one, as ``Substitutes`` numbers them; -1 for none.
    var group: Int
    /// What is to stand about, so that nothing fails for want of it.
    var standing: Set<Int> = []
    /// By fact, whether it is known to do, or not to.
    var isTested: [Bool]
  }

  private(set) var ways: [Way] = []
  /// What was used up by a skill that never gave anything.
  private(set) var losses: [[Literal]] = []
  private(set) var rests: [Rest] = []
  /// Whether what came about came about again.
  private(set) var isRepeated = false

  /// What is to be found out about a skill, by somebody with given supplies.
  init(_ model: SkillModel, _ supplies: Supplies, _ substitutes: Substitutes) {
    let giving = model.effects.indices.filter { index in
      model.effects[index].changes.contains { $0.by > 0 }
    }
    let failures = model.failures.map { model.trials[$0].before }
    for index in giving {
      let needs = model.preconditions[index], effect = model.effects[index]
      let all = Set((needs.candidates + needs.claims).map(\.fact))
      let doubts = all.filter { effect.change(of: $0) == 0 && supplies.canSetUp($0) }
      let failed = failures.filter { before in needs.uses.allSatisfy { $0.holds(in: before) } }
        .map { before in doubts.filter { before[$0] > 0 } }.filter { $0.count < doubts.count }
      ways.append(
        Way(
          effect: effect, uses: needs.uses, claims: needs.claims.filter { supplies.canSetUp($0.fact) },
          doubts: doubts, settled: doubts.intersection(needs.settled.map(\.fact)), failed: failed))
    }
    guard !ways.isEmpty else {
      losses = model.preconditions.map(\.uses)
      return
    }
    isRepeated = model.reproducibility.successes > 0
    rests = Self.rests(of: ways, substitutes)
    // Where something that stands about was missing, that may be why nothing else did.
    let needed = Set(ways.filter { $0.doubts.isSubset(of: $0.settled) }.flatMap { $0.claims.map(\.fact) })
    for place in rests.indices {
      if rests[place].group < 0 || needed.isEmpty {
        rests[place].standing = Set(supplies.standing)
      } else {
        rests[place].standing = needed.intersection(supplies.standing)
      }
      let fair = failures.filter { before in rests[place].standing.allSatisfy { before[$0] > 0 } }
      var isTested = [Bool](repeating: false, count: supplies.most.count)
      for before in fair where rests[place].needs.allSatisfy({ $0.holds(in: before) }) {
        for fact in isTested.indices where before[fact] >= supplies.plenty(of: fact) {
          isTested[fact] = true
        }
      }
      let beside = Set(rests[place].needs.map(\.fact))
      for fact in beside { isTested[fact] = true }
      for way in ways where way.uses.count <= beside.count + 1 {
        guard Set(way.uses.map(\.fact)).isSuperset(of: beside) else { continue }
        for literal in way.uses { isTested[literal.fact] = true }
      }
      rests[place].isTested = isTested
    }
  }

  /// Nothing, and every way without one of its things; those that only differ by what does for something else are one.
  private static func rests(of ways: [Way], _ substitutes: Substitutes) -> [Rest] {
    var rests = [Rest(needs: [], group: -1, isTested: [])], places: [[Int]: Int] = [:]
    for way in ways where way.uses.count > 1 {
      for literal in way.uses {
        let needs = way.uses.filter { $0 != literal }, group = substitutes.groups[literal.fact] ?? -1
        let name = needs.map { substitutes.name(of: $0.fact) }
        if let place = places[name] {
          rests[place].group = max(rests[place].group, group)
        } else {
          places[name] = rests.count
          rests.append(Rest(needs: needs, group: group, isTested: []))
        }
      }
    }
    return rests
  }

  /// What to set up of a way's doubts next; nil where nothing would be learned by that.
  ///
  /// First none of them, then each that can stand about, and all of these; then that without one, halves, and all without one;
  /// and the same again until it is no coincidence that it failed.
  ///
  /// - Parameters:
  ///   - standing: what can stand about, the usual suspects first.
  ///   - isAllowed: whether some of the doubts can be set up.
  func contrast(
    of way: Way, _ standing: [Int], where isAllowed: (Set<Int>) -> Bool = { _ in true }
  ) -> Set<Int>? {
    guard !way.doubts.isSubset(of: way.settled), !isAnalogous(way) else { return nil }
    func isOpen(_ some: Set<Int>) -> Bool {
      some.count < way.doubts.count && !way.failed.contains { some.isSubset(of: $0) } && isAllowed(some)
    }
    let usual = standing.filter(way.doubts.contains), other = way.doubts.subtracting(usual).sorted()
    var options: [Set<Int>] = [[]] + usual.map { [$0] } + [Set(usual)]
    options += usual.map { Set(usual).subtracting([$0]) } + usual.map { way.doubts.subtracting([$0]) }
    options += [
      Set(usual + other.prefix(other.count / 2)), Set(usual + other.suffix(other.count - other.count / 2)),
    ]
    options += other.map { way.doubts.subtracting([$0]) }
    if let open = options.first(where: isOpen) { return open }
    let unsettled = way.doubts.subtracting(way.settled).sorted()
    return unsettled.map { way.doubts.subtracting([$0]) }.first { option in
      way.failed.count { option.isSubset(of: $0) } < Self.mostFailures && isAllowed(option)
    }
  }

  /// After so many failures without something it is let be.
  private static let mostFailures = 4

  /// Whether a way differs from another one, of which it is known what it needs, by a thing that does for another: it is taken
  /// to need the same.
  private func isAnalogous(_ way: Way) -> Bool {
    guard way.uses.count > 1 else { return false }
    return ways.contains { other in
      let shared = way.uses.filter(other.uses.contains)
      return other.doubts.isSubset(of: other.settled) && other.uses != way.uses
        && other.uses.count == way.uses.count && shared.count == way.uses.count - 1
    }
  }

  /// Whether it should work in a state by what is known.
  func isEnabled(in state: [Int32]) -> Bool { ways.contains { $0.isEnabled(in: state) } }

  /// What of a state was not yet there beside a rest that is there too: whether a success would be news.
  func isNews(_ state: [Int32], _ supplies: Supplies) -> Bool {
    rests.contains { rest in
      rest.needs.allSatisfy { $0.holds(in: state) }
        && rest.standing.allSatisfy { state[$0] > 0 }
        && state.indices.contains { !rest.isTested[$0] && state[$0] > 0 && supplies.counts($0) }
    }
  }
}

/// What does in place of what: things that were used up together with the same other things, by the same skill.
///
/// What does for a thing in one skill may do for it in others, as what burns under one dish burns under another.
struct Substitutes: Sendable, Equatable {
  /// By fact, the number of its group, and the facts of each group with the most that was used up of each.
  private(set) var groups: [Int: Int] = [:]
  private(set) var members: [Int: [Int: Int32]] = [:]

  /// Found in what skills use up.
  ///
  /// The largest sets come first. A set that shares but one thing with a group is none of it: that a log smelts as ore does and
  /// burns as coal does makes ore no fuel.
  init(_ models: [String: SkillModel]) {
    var sets: [[Literal]] = []
    for skill in models.keys.sorted() {
      var alike: [[Literal]: [Literal]] = [:], rests: [[Literal]] = []
      for needs in models[skill]!.preconditions where needs.uses.count > 1 {
        for literal in needs.uses {
          let rest = needs.uses.filter { $0 != literal }
          if alike[rest] == nil { rests.append(rest) }
          alike[rest, default: []].append(literal)
        }
      }
      sets += rests.map { alike[$0]! }.filter { $0.count > 1 }
    }
    let ordered = sets.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
    for literals in ordered.map(\.element) {
      let known = literals.filter { groups[$0.fact] != nil }
      let group: Int
      if known.count > 1 {
        group = groups[known[0].fact]!
      } else {
        guard literals.count - known.count > 1 else { continue }
        group = members.count
      }
      for literal in literals where groups[literal.fact] ?? group == group {
        groups[literal.fact] = group
        members[group, default: [:]][literal.fact] = max(members[group]?[literal.fact] ?? 0, literal.atLeast)
      }
    }
  }

  /// The same number for all that do for each other.
  func name(of fact: Int) -> Int { groups[fact].map { -1 - $0 } ?? fact }
}
