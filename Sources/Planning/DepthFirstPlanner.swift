import KnackEnvironment

/// Plan4MC's search as it was published (arXiv:2303.16563; `skill_search` in the repository PKU-RL/Plan4MC).
///
/// It goes depth first from the goal to what it takes. Kept as they are, because results are compared with it:
///
/// - One operator obtains a fact: that of the fact's own name, as Plan4MC names its skills, or else the first that does.
///   There is no choice between several, and no cost.
/// - What is consumed comes before what is required, in the operators' order, and what must be near comes last.
/// - Every find takes away all that is near, tables and furnaces too, which are then crafted anew. Nothing is picked up
///   again, and logs and stones are gathered one at a time, each after a find of its own.
/// - Every operator is believed to succeed at once.
///
/// Two things are its own here: facts that lead back to themselves, of which Plan4MC's graph has none, count as missing; and
/// a goal may be several facts, which are planned for one after the other.
struct DepthFirstPlanner {
  private let problem: PlanningProblem
  private let producer: [Int?]

  init(_ problem: PlanningProblem) {
    self.problem = problem
    var producer = [Int?](repeating: nil, count: problem.facts.count), named = producer
    for (index, one) in problem.operators.enumerated() {
      for amount in one.obtains {
        guard let fact = problem.number(of: amount.fact) else { continue }
        if producer[fact] == nil { producer[fact] = index }
        if one.name == amount.fact { named[fact] = index }
      }
    }
    self.producer = zip(named, producer).map { $0 ?? $1 }
  }

  func plan(_ question: Question, _ prices: Prices) -> Plan? {
    var search = Search(planner: self, possessed: question.counts.map(Int.init))
    for amount in question.goal {
      while search.possessed[amount.fact] < Int(amount.count) {
        guard search.obtain(amount.fact, Int(amount.count)) else { return nil }
        search.credit(amount.fact)
      }
    }
    // What an operator obtains by chance, this search takes for certain: it costs what it takes to have all of it.
    var whole: [Int: Int] = [:], hasGathered = false
    for one in 0..<problem.table.count { whole[Int(problem.table.source[one])] = one }
    return Plan(
      steps: search.steps.map { index in
        guard let one = whole[index] else { return Plan.Step(operator: index, expectedSteps: 0) }
        let cost = prices.once[one] + (hasGathered ? prices.again[one] : 0)
        hasGathered = !problem.table.isFind[one] && (hasGathered || problem.table.gathers[one])
        return Plan.Step(operator: index, expectedSteps: cost)
      })
  }

  private struct Search {
    let planner: DepthFirstPlanner
    var possessed: [Int]
    var steps: [Int] = []
    /// The facts that are being obtained.
    var pending: Set<Int> = []

    /// Appends what it takes to carry out the operator that obtains a fact, and the operator.
    ///
    /// - Returns: false where something is missing.
    mutating func obtain(_ fact: Int, _ count: Int) -> Bool {
      if possessed[fact] >= count { return true }
      guard let index = planner.producer[fact], pending.insert(fact).inserted else { return false }
      defer { pending.remove(fact) }
      let one = planner.problem.operators[index]
      func isNearby(_ amount: Operator.Amount) -> Bool { Operator.isNearby(amount.fact) }
      let needs =
        one.consumes.filter { !isNearby($0) }.map { ($0, true) }
        + one.requires.filter { !isNearby($0) }.map { ($0, false) }
        + one.consumes.filter(isNearby).map { ($0, true) } + one.requires.filter(isNearby).map { ($0, false) }
      for (amount, isConsumed) in needs {
        guard let need = planner.problem.number(of: amount.fact) else { return false }
        var left = take(need, amount.count, isConsumed)
        while left > 0 {
          guard obtain(need, amount.count) else { return false }
          credit(need)
          left = take(need, left, isConsumed)
        }
      }
      steps.append(index)
      return true
    }

    /// Takes so many of a fact from what is possessed, or sees whether they are there where they are only required. Returns how many
    /// are lacking.
    private mutating func take(_ fact: Int, _ count: Int, _ isConsumed: Bool) -> Int {
      guard isConsumed else { return possessed[fact] >= count ? 0 : count }
      let used = min(count, possessed[fact])
      possessed[fact] -= used
      return count - used
    }

    /// Counts what the operator that obtains a fact obtains.
    mutating func credit(_ fact: Int) {
      guard let index = planner.producer[fact] else { return }
      let one = planner.problem.operators[index]
      if one.kind == .find {
        for fact in possessed.indices where planner.problem.table.isNearby[fact] { possessed[fact] = 0 }
      }
      for amount in one.obtains {
        guard let fact = planner.problem.number(of: amount.fact) else { continue }
        possessed[fact] += amount.count
      }
    }
  }
}
