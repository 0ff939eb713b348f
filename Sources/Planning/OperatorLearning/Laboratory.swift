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
  /// The supplies, and the learner's lessons, when inquiries were last worked out.
  private var reviewed: Supplies?, lessons = 0
  /// What could be had from the beginning.
  private let isFree: [Bool]
  /// For two facts, how often both were there in a survey of skills that have never worked, and in one of the others.
  private var together: (unknown: [UInt16], known: [UInt16])
  /// Benches since contrasts and states were last looked at.
  private var surveys = 0
  /// By fact, how many skills use it up; of things that do for each other in a skill, each counts in part.
  private var uses: [Double]
  /// What is to be expected of things that no skill is known to use up, given from the beginning or made.
  private var promiseOfUnused = (given: 1.0, made: 1.0)
  /// What can stand about, that first which most skills need.
  private var standing: [Int] = []
  /// By fact and skill, how often the skill did not bring it about.
  private var failures: [Int: [String: Int]] = [:]
  /// How often each question was asked.
  private var asked: [Bench.Question: Int] = [:]
  /// What surveys of skills that have never worked came to lately, and those of the others; the ways of working that are known,
  /// and how many of them the last bench showed.
  private var yields = (unknown: Yield(), known: Yield()), knownWays = 0, lastNews = 0
  /// The last bench, if it was a survey, and the steps that it took.
  private var lastSurvey: (isForUnknown: Bool, steps: Int)?

  /// A laboratory in which these skills are tried.
  public init(_ supplies: Supplies, skills: [String]) {
    self.supplies = supplies
    self.skills = skills
    let none = [UInt16](repeating: 0, count: supplies.most.count * supplies.most.count)
    together = (none, none)
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
    if isDue, let bench = aftermath() {
      surveys = 0
      return bench
    }
    if let bench = survey() {
      surveys += 1
      return bench
    }
    return contrast(learner, atLeast: 1) ?? aftermath()
  }

  /// Takes note of what became of a bench: which skills were tried, and how many steps that took.
  ///
  /// - Parameter isSetUp: whether what was to be brought about first was.
  public mutating func note(_ bench: Bench, tried: Set<String>, steps: Int, isSetUp: Bool = true) {
    if let first = bench.first, !isSetUp {
      failures[first.fact, default: [:]][first.skill, default: 0] += 1
      return
    }
    for question in bench.questions where tried.isEmpty || tried.contains(question.skill) {
      asked[question, default: 0] += 1
    }
    lastSurvey = bench.purpose == .survey ? (bench.isForUnknown, steps) : nil
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
    case .survey where bench.isOpen: return true
    case .substitution, .survey, .aftermath:
      return !inquiry.isEnabled(in: state) && inquiry.isNews(state, supplies)
    }
  }

  /// Works out anew what has changed since it last did.
  private mutating func review(_ learner: inout OperatorLearner) {
    learner.learn()
    var changed = learner.skills(learnedSince: lessons)
    lessons = learner.lessons
    let alike = Substitutes(learner.models)
    if alike != substitutes || supplies != reviewed {
      (substitutes, reviewed) = (alike, supplies)
      changed = Set(learner.models.keys)
    }
    for skill in changed {
      if let model = learner.models[skill] { inquiries[skill] = Inquiry(model, supplies, substitutes) }
    }
    uses = Array(repeating: 0, count: supplies.most.count)
    var needs = [Int](repeating: 0, count: supplies.most.count)
    for inquiry in skills.compactMap({ inquiries[$0] }) {
      let used = Set(inquiry.ways.flatMap { $0.uses.map(\.fact) })
      for alike in Dictionary(grouping: used, by: substitutes.name).values {
        for fact in alike { uses[fact] += 1 / Double(alike.count) }
      }
      for fact in Set(inquiry.ways.flatMap { $0.claims.map(\.fact) }) { needs[fact] += 1 }
    }
    promiseOfUnused = (promiseOfUnused(given: true), promiseOfUnused(given: false))
    standing = supplies.standing.sorted { (needs[$1], $0) < (needs[$0], $1) }
    reckon()
  }

  /// Reckons up what the last survey came to.
  private mutating func reckon() {
    let ways = inquiries.values.reduce(0) { $0 + $1.ways.count }
    defer { knownWays = ways }
    guard let (isForUnknown, steps) = lastSurvey else { return }
    lastSurvey = nil
    yields.unknown.fade()
    yields.known.fade()
    if isForUnknown {
      lastNews = ways - knownWays
      yields.unknown.add(steps: steps, ways: ways - knownWays)
    } else {
      yields.known.add(steps: steps, ways: ways - knownWays)
    }
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
          func wish(_ present: Set<Int>) -> Wish {
            Wish(skill, way.uses, with: present, without: way.doubts, supplies)
          }
          if let present = inquiry.contrast(of: way, standing, where: { isOpen(wish($0)) }) {
            wishes.append(wish(present))
          } else if !inquiry.isRepeated && way.doubts.isSubset(of: way.settled) {
            wishes.append(Wish(skill, way.uses + way.claims, with: [], without: [], supplies))
          }
        }
      }
      for one in learner.believed(of: skill) where one.needs.allSatisfy({ supplies.canSetUp($0.fact) }) {
        wishes.append(Wish(skill, one.needs, with: [], without: [], supplies, isHearsay: true))
      }
    }
    wishes.removeAll { !isOpen($0) }
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

  /// Whether something may still be wished.
  private func isOpen(_ wish: Wish) -> Bool {
    asked[wish.question, default: 0] < (wish.isHearsay ? GivenOperator.patience : Self.mostAsked)
  }

  /// How often a question is asked: what answers it may be in each other's way.
  private static let mostAsked = 4

  /// A bench for as many wishes as go together, and these.
  private func packed(_ all: [Wish]) -> (bench: Bench, wishes: [Wish]) {
    var bench = Bench(.contrast, standing: all[0].standing), absent: Set<Int> = [], wishes: [Wish] = []
    for wish in all where !bench.skills.contains(wish.skill) {
      let things = Set(bench.given.keys).union(wish.given.keys)
      // What was there when a skill first worked may be more than is given elsewhere.
      guard things.count <= (wishes.isEmpty ? supplies.slots - 2 : supplies.kinds),
        absent.union(wish.absent).isDisjoint(with: things)
      else {
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
  private func add(_ rest: Inquiry.Rest, of skill: String, to bench: inout Bench, isSparing: Bool) -> Bool {
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
  private func aftermath() -> Bench? {
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

  // MARK: - What has not been tried

  /// A bench with much that has not been there together: for skills that have never worked, or for those that have, whichever
  /// took fewer steps for what it showed; nil where all skills have worked and all things have been together.
  private mutating func survey() -> Bench? {
    let unknown = skills.filter { inquiries[$0].map { $0.ways.isEmpty && $0.losses.isEmpty } ?? true }
    let known = skills.filter { !(inquiries[$0]?.ways.isEmpty ?? true) }
    let isForUnknown = !unknown.isEmpty && yields.unknown.price <= yields.known.price
    if isForUnknown { return survey(unknown, isForUnknown: true) }
    // Several things that were not there together may do what none of them does alone.
    return survey(known: known) ?? survey(known, isForUnknown: false) ?? survey(unknown, isForUnknown: true)
  }

  /// A bench with as much as possible that has not been there together, on which some skills are tried; nil where there are none,
  /// and where skills that have worked were tried with any two things.
  private mutating func survey(_ skills: [String], isForUnknown: Bool) -> Bench? {
    guard !skills.isEmpty else { return nil }
    let things = supplies.most.indices.filter { supplies.most[$0] > 0 }
    var bench = Bench(.survey, standing: Set(supplies.standing), isForUnknown: isForUnknown, skills: skills)
    bench.isOpen = true
    var counts = isForUnknown ? together.unknown : together.known
    func place(_ one: Int, _ other: Int) -> Int { one * supplies.most.count + other }
    // Room is left for as much as was made the last time.
    var room = isForUnknown ? max(supplies.kinds, supplies.slots - 4 - 2 * lastNews) : supplies.kinds
    var novelty = things.map { 4 / Double(1 + counts[place($0, $0)]) }
    while true {
      let left = things.indices.filter { bench.given[things[$0]] == nil && supplies.room[things[$0]] <= room }
      guard
        let best = left.max(by: { novelty[$0] * promise(things[$0]) < novelty[$1] * promise(things[$1]) })
      else { break }
      bench.given[things[best]] = supplies.most[things[best]]
      room -= supplies.room[things[best]]
      for index in things.indices {
        let times = Double(1 + counts[place(things[index], things[best])])
        novelty[index] += promise(things[best]) / (times * times)
      }
    }
    var isNews = isForUnknown
    for one in bench.given.keys {
      for other in bench.given.keys {
        isNews = isNews || counts[place(one, other)] == 0
        counts[place(one, other)] += 1
      }
    }
    if isForUnknown { together.unknown = counts } else { together.known = counts }
    return isNews ? bench : nil
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
      add(rest, of: skill, to: &bench, isSparing: false)
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

  /// How likely a thing is to be used up by a skill that has never worked: above all what many others use up.
  private func promise(_ thing: Int) -> Double {
    if uses[thing] > 0 { return 1 + min(8, uses[thing]) / 4 }
    return isFree[thing] ? promiseOfUnused.given : promiseOfUnused.made
  }

  /// What no skill is known to use up, given from the beginning or made, beside what one is: by Good and Turing's estimate ("The
  /// population frequencies of species", Biometrika 1953) there are as many uses of such things to come as things are used once.
  private func promiseOfUnused(given isGiven: Bool) -> Double {
    let things = supplies.most.indices.filter { supplies.most[$0] > 0 && isFree[$0] == isGiven }
    let once = things.count { uses[$0] > 0 && uses[$0] <= 1 }, never = things.count { uses[$0] == 0 }
    return min(3, Double(once + 1) / Double(never + 1))
  }
}
