import KnackEnvironment

/// An operator with what speaks for it.
public struct LearnedOperator: Sendable, Equatable {
  /// What it takes and what it leads to.
  public var word: Operator
  /// How often it came about, and how often it did not although what it needs was there.
  public var successes: Int, failures: Int
  /// Steps of a success on average; nil where there was none.
  public var steps: Double?
  /// Facts that may be needed as well, because they were there in every success, and no experiment has told.
  public var untested: [String]
  /// Whether it is believed only because it was given.
  public var isHearsay: Bool

  /// The probability that it succeeds where what it needs is there (Laplace's rule of succession).
  public var probability: Double { (Double(successes) + 1) / (Double(successes + failures) + 2) }
}

extension SkillModel {
  /// The operators of a skill: one for each effect that gives anything, and where any of several things will do, one for each
  /// of these.
  func operators(_ skill: String, facts: [String]) -> [LearnedOperator] {
    var found: [(needs: Set<Literal>, one: LearnedOperator)] = []
    for (index, effect) in effects.enumerated() where effect.changes.contains(where: { $0.by > 0 }) {
      let conditions = preconditions[index]
      for choice in conditions.choice.isEmpty ? [nil] : conditions.choice.map(Optional.some) {
        var consumes: [Operator.Amount] = [], requires: [Operator.Amount] = [],
          obtains: [Operator.Amount] = []
        let claims = conditions.claims + [choice].compactMap(\.self)
        for change in effect.changes {
          // What must be there beyond what is used up is used up and given back.
          let claimed = claims.first { $0.fact == change.fact }?.atLeast ?? 0
          let needed = max(claimed, -change.by)
          if needed > 0 { consumes.append(.init(facts[change.fact], Int(needed))) }
          if needed + change.by > 0 { obtains.append(.init(facts[change.fact], Int(needed + change.by))) }
        }
        for literal in claims where effect.change(of: literal.fact) == 0 {
          requires.append(.init(facts[literal.fact], Int(literal.atLeast)))
        }
        let doubtful = conditions.candidates + conditions.claims.filter { !conditions.settled.contains($0) }
        let reliability = reliabilities[index]
        found.append(
          (
            Set(conditions.uses + claims),
            LearnedOperator(
              word: Operator(
                skill, kind(of: effect, facts), consumes: consumes,
                requires: requires.sorted { $0.fact < $1.fact }, obtains: obtains),
              successes: reliability.successes, failures: reliability.failures,
              steps: meanSteps(of: effect.trials), untested: doubtful.map { facts[$0.fact] }, isHearsay: false
            )
          ))
      }
    }
    guard found.count > 1 else { return found.map(\.one) }
    // Several are told apart by what only they need.
    let common = found.dropFirst().reduce(found[0].needs) { $0.intersection($1.needs) }
    var names: Set<String> = []
    return found.map { needs, one in
      let own = needs.subtracting(common).sorted { $0.fact < $1.fact }.map { facts[$0.fact] }
      var name = own.isEmpty ? skill : "\(skill) with \(own.joined(separator: " and "))"
      if !names.insert(name).inserted {
        name += " (\(names.count + 1))"
        names.insert(name)
      }
      var one = one
      one.word.name = name
      return one
    }
  }

  /// One action is a craft; what only brings things near is a find; all else is a manipulation.
  private func kind(of effect: Effect, _ facts: [String]) -> Operator.Kind {
    if effect.changes.allSatisfy({ $0.by > 0 && Operator.isNearby(facts[$0.fact]) }) { return .find }
    return isOneAction ? .craft : .manipulate
  }
}
