import KnackEnvironment

/// How a plan is looked for.
public enum Planner: Sendable, Equatable {
  /// Plan4MC's own search, with no regard to costs: ``DepthFirstPlanner``.
  case depthFirst
  /// A plan of few expected steps, in a fraction of a millisecond: ``RequirementPlanner``.
  case costOptimal
  /// The same, improved by a search of so many expansions; proven to be optimal where the search comes to its end:
  /// ``AnytimePlanner``.
  case anytime(expansions: Int)
  /// One thing after the other, in the order in which operators list what they need: ``AdditivePlanner``.
  case additive
}

/// Operators compiled for planning, to be asked many times.
///
/// The model of all planners: an operator can be carried out where there is what it consumes and requires. What it consumes
/// is gone afterwards, what it obtains is there. After a find nothing is near but what was found; everything else leaves
/// near what was near, so several of a thing can be gathered in one visit, and a table that was placed serves until one walks
/// away. An agent that plans again after every skill, from what it senses, need not believe that.
public struct PlanningProblem: Sendable {
  /// The operators.
  public let operators: [Operator]
  /// The names of facts: those of the world first, in its order, then others of which operators speak.
  public let facts: [String]
  /// The operators as ``AdditiveCosts`` are reckoned over them.
  public let graph: OperatorGraph

  let table: OperatorTable
  private let numbers: [String: Int]

  /// Compiles operators.
  ///
  /// - Parameter facts: the names of the world's facts, in the order in which it counts them.
  public init(operators: [Operator], facts: [String]) {
    var names = facts, numbers: [String: Int] = [:]
    for (number, name) in facts.enumerated() { numbers[name] = number }
    for amount in operators.flatMap({ $0.consumes + $0.requires + $0.obtains })
    where numbers[amount.fact] == nil {
      numbers[amount.fact] = names.count
      names.append(amount.fact)
    }
    self.operators = operators
    self.facts = names
    self.numbers = numbers
    graph = OperatorGraph(operators, facts: names)
    table = OperatorTable(
      operators, factCount: names.count, isNearby: names.map(Operator.isNearby), number: { numbers[$0]! })
  }

  /// The place of a fact; nil where neither the world nor an operator knows it.
  public func number(of fact: String) -> Int? { numbers[fact] }

  /// A plan from what there is to a goal; nil where there is none, and then ``missing(from:goal:costs:)`` says why.
  ///
  /// - Parameters:
  ///   - counts: how many there are of each of ``facts``; of those beyond its end none.
  ///   - goal: at least so many of each.
  ///   - costs: what is known of the operator of a number.
  /// - Complexity: by planner; without the anytime one proportional to the operators that can matter for the goal, times the
  ///   alternatives that are tried.
  public func plan(
    from counts: [Int32], goal: [Operator.Amount], costs: (Int) -> SkillCost = { _ in SkillCost() },
    planner: Planner = .costOptimal
  ) -> Plan? {
    guard let question = Question(self, counts, goal) else { return nil }
    let prices = Prices(table, relevant: question.operators, costs: costs)
    switch planner {
    case .depthFirst: return DepthFirstPlanner(self).plan(question, prices)
    case .costOptimal:
      // Its schedule may lead nowhere where there is a plan nevertheless.
      return RequirementPlanner(table, question, prices).plan()
        ?? AnytimePlanner(table, question, prices).plan(expansions: 100)
    case .anytime(let expansions): return AnytimePlanner(table, question, prices).plan(expansions: expansions)
    case .additive: return AdditivePlanner(graph, costs).plan(question)
    }
  }

  /// What cannot be had: facts that are needed for the goal on the way that lacks the least, of which there are too few and
  /// which nothing that can be done obtains. Empty where the goal can be reached.
  public func missing(
    from counts: [Int32], goal: [Operator.Amount], costs: (Int) -> SkillCost = { _ in SkillCost() }
  ) -> [String] {
    let unknown = goal.map(\.fact).filter { numbers[$0] == nil }
    guard unknown.isEmpty, let question = Question(self, counts, goal) else { return unknown }
    let prices = Prices(table, relevant: question.operators, costs: costs)
    return MissingFacts(table, question, prices).facts.map { facts[$0] }
  }
}

/// What is asked of a planner, in numbers.
struct Question {
  /// How many there are of each fact.
  var counts: [Int32]
  /// What there must be.
  var goal: [OperatorTable.Amount]
  /// The operators of the table that can matter, those that the goal needs most directly first.
  var operators: [Int]

  /// - Returns: nil where the goal is about a fact that is not known.
  init?(_ problem: PlanningProblem, _ given: [Int32], _ goal: [Operator.Amount]) {
    let table = problem.table
    counts = Array(given.prefix(table.factCount).map { max(0, $0) })
    counts += Array(repeating: 0, count: table.factCount - counts.count)
    self.goal = []
    for amount in goal {
      guard let fact = problem.number(of: amount.fact) else { return nil }
      let count = table.isNearby[fact] ? 1 : Int32(clamping: amount.count)
      if let place = self.goal.firstIndex(where: { $0.fact == fact }) {
        self.goal[place].count = max(self.goal[place].count, count)
      } else {
        self.goal.append(OperatorTable.Amount(fact: fact, count: count))
      }
    }
    for fact in 0..<table.factCount where table.isNearby[fact] { counts[fact] = min(1, counts[fact]) }
    operators = []
    var seen = [Bool](repeating: false, count: table.count),
      wanted = [Bool](repeating: false, count: table.factCount)
    var facts = self.goal.map(\.fact), next = 0
    for fact in facts { wanted[fact] = true }
    while next < facts.count {
      for place in table.producers(of: facts[next]) {
        let one = table.producer(place)
        guard !seen[one] else { continue }
        seen[one] = true
        operators.append(one)
        for index in table.needs(one) {
          let fact = table.amount(index).fact
          if !wanted[fact] {
            wanted[fact] = true
            facts.append(fact)
          }
        }
      }
      next += 1
    }
  }

  /// Whether the goal is reached.
  func isReached(_ counts: Column<Int32>) -> Bool { goal.allSatisfy { counts[$0.fact] >= $0.count } }
}
