/// Plans experiments for a learner of operators, where situations can be set up: what to have at hand, and which skills to try.
///
/// What is worth an experiment, ``Inquiry`` says. A bench serves as many skills at once as do not get in each other's way.
/// Skills that have never worked are tried wherever there is much at once that has not been there together, above all of what
/// other skills use up.
///
/// The method is active learning with membership queries (Angluin 1988) over conjunctions, with group testing for what is not
/// known to matter: as many candidates at once as can be had.
public struct Laboratory: Sendable {
  /// What can be set up.
  public var supplies: Supplies
  private let skills: [String]
  private var inquiries: [String: Inquiry] = [:]
  private var substitutes = Substitutes([:])
  /// The supplies when inquiries were last worked out.
  private var reviewed: Supplies?
  /// What could be had from the beginning.
  private let isFree: [Bool]
  /// For two facts, how often both were there in a survey.
  private var together: [UInt16]
  /// Benches since contrasts and states were last looked at.
  private var surveys = 0
  /// By fact, how many skills use it up.
  private var uses: [Int]
  /// What can stand about, that first which most skills need.
  private var standing: [Int] = []
  /// How often each question was asked.
  private var asked: [Bench.Question: Int] = [:]
  /// The steps that surveys of skills that have never worked took, and those of the others; and by how much the former last
  /// added to what is known.
  private var surveySteps = (unknown: 0, known: 0), lastNews = 0, knownWays = 0

  /// A laboratory in which these skills are tried.
  public init(_ supplies: Supplies, skills: [String]) {
    self.supplies = supplies
    self.skills = skills
    together = Array(repeating: 0, count: supplies.most.count * supplies.most.count)
    uses = Array(repeating: 0, count: supplies.most.count)
    isFree = supplies.most.map { $0 > 0 }
  }

  /// How many contrasts are worth a bench of their own, and the surveys after which fewer are.
  private static let contrastsWorthABench = 6, patience = 3

  /// The next bench; nil where nothing is left to be found out.
  public mutating func nextBench(for learner: inout OperatorLearner) -> Bench? {
    review(&learner)
    let isDue = surveys >= Self.patience
    if let bench = contrast(learner, atLeast: isDue ? 1 : Self.contrastsWorthABench) {
      return bench
    }
    if let bench = substitution() { return bench }
    if isDue, let bench = aftermath(learner) {
      surveys = 0
      return bench
    }
    if let bench = survey(learner) {
      surveys += 1
      return bench
    }
    return contrast(learner, atLeast: 1) ?? aftermath(learner)
  }

  /// Takes note of what became of a bench: which skills were tried, and how many steps that took.
  public mutating func note(_ bench: Bench, tried: Set<String>, steps: Int) {
    for question in bench.questions where tried.isEmpty || tried.contains(question.skill) {
      asked[question, default: 0] += 1
    }
    guard bench.purpose == .survey else { return }
    if bench.isForUnknown { surveySteps.unknown += steps } else { surveySteps.known += steps }
  }

  /// Whether a try of a skill in a state would be news, on some bench.
  public func isWorthATry(_ skill: String, in state: [Int32], on bench: Bench) -> Bool {
    guard let inquiry = inquiries[skill], !inquiry.ways.isEmpty else { return true }
    switch bench.purpose {
    case .contrast:
      let isSaid = bench.questions.contains { question in
        question.isHearsay && question.skill == skill
          && question.given.allSatisfy { state[$0.key] >= $0.value }
      }
      return isSaid
        || inquiry.ways.contains { way in
          guard way.uses.allSatisfy({ $0.holds(in: state) }) else { return false }
          if way.doubts.isSubset(of: way.settled) { return !inquiry.isRepeated && way.isEnabled(in: state) }
          guard let option = inquiry.contrast(of: way, standing) else { return false }
          let present = way.doubts.filter { state[$0] > 0 }
          return present == option
            || present.count < way.doubts.count && !way.failed.contains { present.isSubset(of: $0) }
        }
    case .substitution, .survey, .aftermath:
      return !inquiry.isEnabled(in: state) && inquiry.isNews(state, supplies)
    }
  }

  /// Works out anew what has changed since it last did.
  private mutating func review(_ learner: inout OperatorLearner) {
    var changed = learner.learn()
    let alike = Substitutes(learner.models)
    if alike != substitutes || supplies != reviewed {
      (substitutes, reviewed) = (alike, supplies)
      changed = Set(learner.models.keys)
    }
    for skill in changed {
      if let model = learner.models[skill] { inquiries[skill] = Inquiry(model, supplies, substitutes) }
    }
    uses = Array(repeating: 0, count: supplies.most.count)
    var needs = uses
    for inquiry in inquiries.values {
      for fact in Set(inquiry.ways.flatMap { $0.uses.map(\.fact) }) { uses[fact] += 1 }
      for fact in Set(inquiry.ways.flatMap { $0.claims.map(\.fact) }) { needs[fact] += 1 }
    }
    standing = supplies.standing.sorted { (needs[$1], $0) < (needs[$0], $1) }
  }

  /// The state in which everything that a bench gives is there.
  private func state(of bench: Bench) -> [Int32] {
    var state = [Int32](repeating: 0, count: supplies.most.count)
    for (fact, count) in bench.given { state[fact] = count }
    for fact in bench.standing { state[fact] = 1 }
    return state
  }

  // MARK: - What was needed

  /// A bench on which skills are tried without some of what was there when they worked, or with what they are said to need.
  private func contrast(_ learner: OperatorLearner, atLeast count: Int) -> Bench? {
    var wishes: [Wish] = []
    for skill in skills {
      if let inquiry = inquiries[skill] {
        // What only took away may give what stood about already.
        for uses in inquiry.losses where uses.allSatisfy({ supplies.canSetUp($0.fact) }) {
          wishes.append(Wish(skill, uses, with: [], without: [], supplies))
        }
        for way in inquiry.ways where (way.uses + way.claims).allSatisfy({ supplies.canSetUp($0.fact) }) {
          if let present = inquiry.contrast(of: way, standing) {
            wishes.append(Wish(skill, way.uses, with: present, without: way.doubts, supplies))
          } else if !inquiry.isRepeated && way.doubts.isSubset(of: way.settled) {
            wishes.append(Wish(skill, way.uses + way.claims, with: [], without: [], supplies))
          }
        }
      }
      for one in learner.believed(of: skill) where one.needs.allSatisfy({ supplies.canSetUp($0.fact) }) {
        wishes.append(Wish(skill, one.needs, with: [], without: [], supplies, isHearsay: true))
      }
    }
    wishes.removeAll { wish in
      asked[wish.question, default: 0] >= (wish.isHearsay ? GivenOperator.patience : Self.mostAsked)
    }
    // The one that serves most skills, and of these the one of which the first wish is.
    var groups: [[Wish]] = [], places: [Set<Int>: Int] = [:]
    for wish in wishes {
      if let place = places[wish.standing] {
        groups[place].append(wish)
      } else {
        places[wish.standing] = groups.count
        groups.append([wish])
      }
    }
    var best: (bench: Bench, wishes: [Wish])?
    for group in groups {
      let one = packed(group)
      if one.wishes.count > max(count - 1, best?.wishes.count ?? 0) { best = one }
    }
    guard let best else { return nil }
    var bench = best.bench
    bench.questions = best.wishes.map(\.question)
    return bench
  }

  /// How often a question is asked: what answers it may be in each other's way.
  private static let mostAsked = 4

  /// What is to be there, and what not, when a skill is tried.
  private struct Wish {
    var question: Bench.Question {
      Bench.Question(skill: skill, given: given, standing: standing, isHearsay: isHearsay)
    }
    var isHearsay = false
    var skill: String, given: [Int: Int32] = [:], standing: Set<Int> = [], absent: Set<Int>

    init(
      _ skill: String, _ needs: [Literal], with present: Set<Int>, without doubts: Set<Int>,
      _ supplies: Supplies, isHearsay: Bool = false
    ) {
      self.isHearsay = isHearsay
      self.skill = skill
      absent = doubts.subtracting(present)
      for literal in needs where !supplies.standing.contains(literal.fact) {
        given[literal.fact] = literal.atLeast
      }
      standing = present.union(needs.map(\.fact)).intersection(supplies.standing)
      for fact in present where !supplies.standing.contains(fact) && given[fact] == nil {
        given[fact] = supplies.plenty(of: fact)
      }
    }
  }

  /// A bench for as many wishes as go together, and these.
  private func packed(_ all: [Wish]) -> (bench: Bench, wishes: [Wish]) {
    var bench = Bench(.contrast, standing: all[0].standing), absent: Set<Int> = [], wishes: [Wish] = []
    for wish in all where !bench.skills.contains(wish.skill) {
      let things = Set(bench.given.keys).union(wish.given.keys)
      guard things.count <= supplies.kinds, absent.union(wish.absent).isDisjoint(with: things) else {
        continue
      }
      var wider = bench
      wider.given.merge(wish.given) { min($0 + $1, 64) }
      // Nothing that is given for one skill may let another one work in another way.
      let state = state(of: wider)
      let isClear = (wishes + [wish]).allSatisfy { one in
        inquiries[one.skill]?.ways.allSatisfy { way in
          way.uses.allSatisfy { one.given[$0.fact] != nil } || !way.uses.allSatisfy { $0.holds(in: state) }
        } ?? true
      }
      guard isClear || wishes.isEmpty else { continue }
      wider.skills.append(wish.skill)
      absent.formUnion(wish.absent)
      wishes.append(wish)
      bench = wider
    }
    return (bench, wishes)
  }

  // MARK: - What else would do

  /// A bench on which skills are tried with something that does elsewhere in place of what they use up.
  private func substitution() -> Bench? {
    var skillsOf: [Int: [(skill: String, rest: Inquiry.Rest)]] = [:]
    for skill in skills {
      for rest in inquiries[skill]?.rests ?? [] where rest.group >= 0 {
        for fact in substitutes.members[rest.group]!.keys
        where !rest.isTested[fact] && supplies.most[fact] > 0 && isOpen(rest, of: skill, with: fact) {
          skillsOf[fact, default: []].append((skill, rest))
        }
      }
    }
    guard let most = skillsOf.values.map(\.count).max(), most > 0 else { return nil }
    let fact = skillsOf.filter { $0.value.count == most }.keys.min()!
    // Those that need the same to stand about.
    let standing = skillsOf[fact]![0].rest.standing
    var bench = Bench(.substitution, standing: standing)
    bench.given[fact] = supplies.most[fact]
    for (skill, rest) in skillsOf[fact]! where rest.standing == standing {
      if add(rest, of: skill, to: &bench) { bench.questions.append(question(rest, skill, fact)) }
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
  @discardableResult
  private func add(_ rest: Inquiry.Rest, of skill: String, to bench: inout Bench) -> Bool {
    var wider = bench
    for literal in rest.needs {
      wider.given[literal.fact] = max(wider.given[literal.fact] ?? 0, supplies.most[literal.fact])
    }
    guard wider.given.count <= supplies.kinds else { return false }
    let state = state(of: wider)
    if !wider.skills.contains(skill) { wider.skills.append(skill) }
    guard !wider.skills.contains(where: { inquiries[$0]!.isEnabled(in: state) }) else { return false }
    bench = wider
    return true
  }

  /// A bench on which something is brought about that cannot be given, and skills are tried that it may help.
  private func aftermath(_ learner: OperatorLearner) -> Bench? {
    var best: Bench?
    for fact in supplies.states.keys.sorted() {
      guard let (skill, needs) = source(of: fact, learner) else { continue }
      for group in substitutes.members.keys.sorted() {
        var bench = Bench(.aftermath, standing: Set(supplies.standing), first: (skill, fact))
        for other in skills {
          for rest in inquiries[other]?.rests ?? []
          where rest.group == group && !rest.isTested[fact] && isOpen(rest, of: other, with: fact) {
            if add(rest, of: other, to: &bench) { bench.questions.append(question(rest, other, fact)) }
          }
        }
        guard bench.skills.count > best?.skills.count ?? 0 else { continue }
        for literal in needs where supplies.most[literal.fact] > 0 {
          bench.given[literal.fact, default: 0] += literal.atLeast
        }
        best = bench
      }
    }
    return best
  }

  /// The skill that brings about most of a fact, and what it uses up for that.
  private func source(of fact: Int, _ learner: OperatorLearner) -> (String, [Literal])? {
    var best: (skill: String, needs: [Literal], gain: Int32)?
    for skill in skills {
      guard let model = learner.models[skill] else { continue }
      for (index, effect) in model.effects.enumerated() where effect.change(of: fact) > best?.gain ?? 0 {
        let needs = model.preconditions[index].uses + model.preconditions[index].claims
        guard
          needs.allSatisfy({ supplies.most[$0.fact] >= $0.atLeast || supplies.standing.contains($0.fact) })
        else { continue }
        best = (skill, needs, effect.change(of: fact))
      }
    }
    return best.map { ($0.skill, $0.needs) }
  }

  // MARK: - What has not been tried

  /// A bench with as much as possible that has not been there together: for skills that have never worked, or for those that
  /// have, whichever took fewer steps so far; nil where everything has been tried.
  private mutating func survey(_ learner: OperatorLearner) -> Bench? {
    let unknown = skills.filter { inquiries[$0].map { $0.ways.isEmpty && $0.losses.isEmpty } ?? true }
    let known = skills.filter { !(inquiries[$0]?.ways.isEmpty ?? true) }
    let ways = known.reduce(0) { $0 + inquiries[$1]!.ways.count }
    lastNews = ways - knownWays
    knownWays = ways
    let isForUnknown = !unknown.isEmpty && surveySteps.unknown <= surveySteps.known
    return isForUnknown ? survey(unknown: unknown) : survey(known: known) ?? survey(unknown: unknown)
  }

  /// A bench on which skills are tried that have never worked.
  private mutating func survey(unknown: [String]) -> Bench? {
    guard !unknown.isEmpty else { return nil }
    let things = supplies.most.indices.filter { supplies.most[$0] > 0 }
    var bench = Bench(.survey, standing: Set(supplies.standing), isForUnknown: true, skills: unknown)
    // Room is left for as much as was made the last time.
    let kinds = max(supplies.kinds, supplies.slots - 9 - 2 * lastNews)
    var novelty = things.map { 4 / Double(1 + count($0, $0)) }
    while bench.given.count < min(kinds, things.count) {
      let best = things.indices.filter { bench.given[things[$0]] == nil }
        .max { novelty[$0] * promise(things[$0]) < novelty[$1] * promise(things[$1]) }!
      bench.given[things[best]] = supplies.most[things[best]]
      for place in things.indices {
        let times = Double(1 + count(things[place], things[best]))
        novelty[place] += promise(things[best]) / (times * times)
      }
    }
    for one in bench.given.keys {
      for other in bench.given.keys { together[one * supplies.most.count + other] += 1 }
    }
    return bench
  }

  /// A bench on which skills that have worked are tried with other things.
  private func survey(known: [String]) -> Bench? {
    let things = supplies.most.indices.filter { supplies.most[$0] > 0 }
    var bench = Bench(.survey, standing: Set(supplies.standing))
    // First what lacks most tests, up to a third of what can be had at once.
    let lacking = known.flatMap { skill in
      inquiries[skill]!.rests.filter { !$0.needs.isEmpty }.map { rest in
        (skill, rest, things.count { !rest.isTested[$0] })
      }
    }.filter { $0.2 > 0 }.sorted { $0.2 > $1.2 }
    for (skill, rest, _) in lacking where 3 * (bench.given.count + rest.needs.count) <= supplies.kinds {
      add(rest, of: skill, to: &bench)
    }
    var tests = [Int](repeating: 0, count: supplies.most.count)
    while bench.given.count < supplies.kinds {
      let state = state(of: bench)
      // By thing, what its presence would tell about skills that do not work here by what is known.
      for thing in things { tests[thing] = 0 }
      for inquiry in known.map({ inquiries[$0]! }) where !inquiry.isEnabled(in: state) {
        for rest in inquiry.rests where rest.needs.allSatisfy({ $0.holds(in: state) }) {
          for thing in things where !rest.isTested[thing] { tests[thing] += 1 }
        }
        // What would make it work by what is known takes away what it could tell.
        for way in inquiry.ways {
          let missing = way.uses.filter { !$0.holds(in: state) }
          if missing.count == 1 { tests[missing[0].fact] -= 3 }
        }
      }
      guard let best = things.filter({ bench.given[$0] == nil }).max(by: { tests[$0] < tests[$1] }),
        tests[best] > 0
      else { break }
      bench.given[best] = supplies.most[best]
    }
    let state = state(of: bench)
    bench.skills = known.filter {
      !inquiries[$0]!.isEnabled(in: state) && inquiries[$0]!.isNews(state, supplies)
    }
    return bench.skills.isEmpty || bench.given.isEmpty ? nil : bench
  }

  private func count(_ one: Int, _ other: Int) -> Int { Int(together[one * supplies.most.count + other]) }

  /// How likely a thing is to be used up by a skill, as far as others tell.
  private func promise(_ thing: Int) -> Double {
    uses[thing] > 0 || isFree[thing] ? 1 + Double(min(8, uses[thing])) / 4 : 0.25
  }
}
