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
  let skills: [String]
  var inquiries: [String: Inquiry] = [:]
  var substitutes = Substitutes([:])
  /// The supplies, and the learner's lessons, when inquiries were last worked out.
  var reviewed: Supplies?, lessons = 0
  /// What could be had from the beginning.
  let isFree: [Bool]
  /// For two facts, how often both were there in a survey of skills that have never worked, and in one of the others.
  var together: (unknown: [UInt16], known: [UInt16])
  /// Benches since contrasts and states were last looked at.
  var surveys = 0
  /// By fact, how many skills use it up; of things that do for each other in a skill, each counts in part.
  var uses: [Double]
  /// What is to be expected of things that no skill is known to use up, given from the beginning or made.
  var promiseOfUnused = (given: 1.0, made: 1.0)
  /// What can stand about, that first which most skills need.
  var standing: [Int] = []
  /// By fact and skill, how often the skill did not bring it about.
  var failures: [Int: [String: Int]] = [:]
  /// How often each question was asked.
  var asked: [Bench.Question: Int] = [:]
  /// What surveys of skills that have never worked came to lately, and those of the others; the ways of working that are known,
  /// and how many of them the last bench showed.
  var yields = (unknown: Yield(), known: Yield()), knownWays = 0, lastNews = 0
  /// The last bench, if it was a survey, and the steps that it took.
  var lastSurvey: (isForUnknown: Bool, steps: Int)?

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
  func state(of bench: Bench) -> [Int32] {
    var state = [Int32](repeating: 0, count: supplies.most.count)
    for (fact, count) in bench.given { state[fact] = count }
    for fact in bench.standing { state[fact] = 1 }
    return state
  }

  /// How often a question is asked: what answers it may be in each other's way.
  static let mostAsked = 4
}
