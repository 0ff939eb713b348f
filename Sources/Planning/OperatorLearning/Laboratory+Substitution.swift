// What else would do: skills are tried with one thing in the place of another.

extension Laboratory {
  /// A bench on which skills are tried with something that does elsewhere in place of what they use up.
  func substitution() -> Bench? {
    var skillsOf: [Int: [(skill: String, rest: Inquiry.Rest)]] = [:]
    for skill in skills {
      for rest in inquiries[skill]?.rests ?? [] where rest.group >= 0 {
        for fact in substitutes.members[rest.group]!.keys
        where !rest.isTested[fact] && supplies.most[fact] > 0 && isOpen(rest, of: skill, with: fact) {
          skillsOf[fact, default: []].append((skill, rest))
        }
      }
    }
    let facts = skillsOf.keys.sorted { (skillsOf[$1]!.count, $0) < (skillsOf[$0]!.count, $1) }
    return facts.lazy.compactMap { substitution(of: $0, skillsOf[$0]!) }.first
  }

  /// A bench on which some skills are tried with a fact in place of another; nil where all of them work by what is known.
  private func substitution(of fact: Int, _ asking: [(skill: String, rest: Inquiry.Rest)]) -> Bench? {
    // Those that need the same to stand about.
    let standing = asking[0].rest.standing
    var bench = Bench(.substitution, standing: standing)
    bench.given[fact] = supplies.most[fact]
    for (skill, rest) in asking where rest.standing == standing {
      if add(rest, of: skill, to: &bench, isSparing: true) {
        bench.questions.append(question(rest, skill, fact))
      }
    }
    return bench.skills.isEmpty ? nil : bench
  }

  private func question(_ rest: Inquiry.Rest, _ skill: String, _ fact: Int) -> Bench.Question {
    var given = [fact: Int32(0)]
    for literal in rest.needs { given[literal.fact] = literal.atLeast }
    return Bench.Question(skill: skill, given: given, standing: rest.standing)
  }

  /// Whether it may still be asked whether something does beside a rest.
  private func isOpen(_ rest: Inquiry.Rest, of skill: String, with fact: Int) -> Bool {
    asked[question(rest, skill, fact), default: 0] < Self.mostAsked
  }

  /// Adds what is needed beside something else, where no skill that is tried there would work by what is known; whether it did.
  ///
  /// There is plenty of it; or else, where it is asked for one thing and for the first skill, no more than is used up, lest what
  /// burns itself does for fuel.
  @discardableResult
  func add(_ rest: Inquiry.Rest, of skill: String, to bench: inout Bench, isSparing: Bool) -> Bool {
    for isPlenty in isSparing && bench.skills.isEmpty ? [true, false] : [true] {
      var wider = bench
      for literal in rest.needs {
        let amount = isPlenty ? supplies.most[literal.fact] : literal.atLeast
        wider.given[literal.fact] = max(wider.given[literal.fact] ?? 0, amount)
      }
      guard wider.given.count <= supplies.kinds else { return false }
      let state = state(of: wider)
      if !wider.skills.contains(skill) { wider.skills.append(skill) }
      if !wider.skills.contains(where: { inquiries[$0]!.isEnabled(in: state) }) {
        bench = wider
        return true
      }
    }
    return false
  }

  /// A bench on which something is brought about that cannot be given, and skills are tried that it may help.
  func aftermath() -> Bench? {
    var best: Bench?
    for fact in supplies.states.keys.sorted() {
      let sources = sources(of: fact)
      for group in substitutes.members.keys.sorted() {
        let asking = skills.flatMap { skill in
          (inquiries[skill]?.rests ?? []).filter { rest in
            rest.group == group && !rest.isTested[fact] && isOpen(rest, of: skill, with: fact)
          }.map { (skill: skill, rest: $0) }
        }
        guard asking.count > best?.skills.count ?? 0 else { continue }
        let bench = sources.lazy.map { self.aftermath(of: $0, fact, asking) }.first { !$0.skills.isEmpty }
        if let bench, bench.skills.count > best?.skills.count ?? 0 { best = bench }
      }
    }
    return best
  }

  /// A bench on which a source brings a fact about, and some skills are tried after that.
  private func aftermath(
    of source: Source, _ fact: Int, _ asking: [(skill: String, rest: Inquiry.Rest)]
  ) -> Bench {
    var bench = Bench(.aftermath, standing: Set(supplies.standing), first: (source.skill, fact))
    for (skill, rest) in asking {
      var wider = bench
      guard add(rest, of: skill, to: &wider, isSparing: true) else { continue }
      // The source must not work in another way, nor what it makes beside the fact let a skill work.
      let before = state(of: wider), after = source.after(before)
      if source.isOnlyWay(in: before), !wider.skills.contains(where: { inquiries[$0]!.isEnabled(in: after) })
      {
        bench = wider
        bench.questions.append(question(rest, skill, fact))
      }
    }
    for literal in source.way.uses where supplies.most[literal.fact] > 0 {
      bench.given[literal.fact, default: 0] += literal.atLeast
    }
    return bench
  }

  /// After so many failures to bring a fact about a skill is no source of it.
  private static let mostFailures = 2

  /// What brings a fact about: a skill, and the way in which it does.
  private struct Source {
    var skill: String, way: Inquiry.Way, others: [Inquiry.Way]

    /// Whether no other way of it works with what there is and what the way uses up.
    func isOnlyWay(in state: [Int32]) -> Bool {
      var state = state
      for literal in way.uses { state[literal.fact] += literal.atLeast }
      return !others.contains { $0.isEnabled(in: state) }
    }

    /// What there is when it has worked.
    func after(_ state: [Int32]) -> [Int32] {
      var state = state
      for change in way.effect.changes where change.by > 0 { state[change.fact] += change.by }
      return state
    }
  }

  /// What brings a fact about, the surest first: those that bring plenty, those that use up the fewest things, those that bring
  /// most.
  private func sources(of fact: Int) -> [Source] {
    var sources: [(source: Source, rank: (Int, Int, Int32))] = []
    for skill in skills where failures[fact]?[skill] ?? 0 < Self.mostFailures {
      guard let ways = inquiries[skill]?.ways else { continue }
      for (index, way) in ways.enumerated() {
        let gain = way.effect.change(of: fact)
        guard gain > 0,
          (way.uses + way.claims).allSatisfy({
            supplies.most[$0.fact] >= $0.atLeast || supplies.standing.contains($0.fact)
          })
        else { continue }
        var others = ways
        others.remove(at: index)
        sources.append(
          (
            Source(skill: skill, way: way, others: others),
            (gain < supplies.plenty(of: fact) ? 1 : 0, way.uses.count, -gain)
          ))
      }
    }
    let order = sources.indices.sorted { a, b in
      sources[a].rank == sources[b].rank ? a < b : sources[a].rank < sources[b].rank
    }
    return order.prefix(Self.mostSources).map { sources[$0].source }
  }

  /// Sources of a fact that are looked at.
  private static let mostSources = 8
}
