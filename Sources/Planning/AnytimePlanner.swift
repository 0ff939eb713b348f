/// A planner that goes on improving a plan until so many states have been expanded.
///
/// Best first over states, where a state is as good as the cost so far and that of the plan which ``RequirementPlanner`` has
/// from there: every state so offers a whole plan, and the best of all is kept. States from which even a lower bound reaches
/// no cheaper plan are dropped, so that when none is left the plan is proven to be optimal in the model of
/// ``PlanningProblem``. The bound takes, of all that an operator needs, only what costs the most (the heuristic h-max of
/// Bonet and Geffner, 2001), and counts the batches of it.
///
/// The same question has the same answer, on any machine: no clock is read.
struct AnytimePlanner {
  private let table: OperatorTable, question: Question, prices: Prices
  private let planner: RequirementPlanner
  private let bound: LowerBound
  private let arena = Arena()
  private let counts: Column<Int32>

  init(_ table: OperatorTable, _ question: Question, _ prices: Prices) {
    self.table = table
    self.question = question
    self.prices = prices
    planner = RequirementPlanner(table, question, prices)
    bound = LowerBound(table, question, prices)
    counts = arena.column(table.factCount, 0)
  }

  /// A plan; nil where the goal cannot be reached.
  ///
  /// - Complexity: O(*expansions* × operators that can be carried out × a plan without alternatives).
  func plan(expansions: Int) -> Plan? {
    let facts = planner.account.facts
    var search = Search(facts: facts)
    var best: (cost: Double, node: Int, rest: [(one: Int, cost: Double)])?

    /// Looks at a state of ``counts``: keeps the plan that it offers if that is the best, and itself if it may yet offer a
    /// better one.
    func consider(_ cost: Double, _ hasGathered: Bool, tries: Int, parent: Int, one: Int, step: Double) {
      let state = search.state(counts, hasGathered)
      if let known = search.known[state], search.nodes[known].cost <= cost + 1e-9 { return }
      if let best, cost + bound.estimate(from: counts) >= best.cost - 1e-9 { return }
      let node = search.nodes.count
      search.nodes.append(.init(cost: cost, step: step, parent: parent, one: one, state: state))
      search.known[state] = node
      let rest = planner.search(from: counts, hasGathered: hasGathered, tries: tries)
      let total = rest.map { $0.reduce(cost) { $0 + $1.cost } } ?? .infinity
      if total < (best?.cost ?? .infinity) - 1e-9, let rest { best = (total, node, rest) }
      search.push(node, total)
    }

    for fact in 0..<table.factCount { counts[fact] = question.counts[fact] }
    guard bound.estimate(from: counts) < .infinity else { return nil }
    consider(0, false, tries: RequirementPlanner.tries, parent: -1, one: -1, step: 0)
    var left = expansions
    while left > 0, let node = search.pop() {
      let (cost, state) = (search.nodes[node].cost, search.nodes[node].state)
      guard search.known[state] == node else { continue }
      let hasGathered = state[facts.count] != 0
      search.load(state, into: counts)
      if question.isReached(counts) { continue }
      if let best, cost + bound.estimate(from: counts) >= best.cost - 1e-9 { continue }
      left -= 1
      for one in question.operators where prices.once[one].isFinite {
        search.load(state, into: counts)
        guard table.needs(one).allSatisfy({ counts[table.amount($0).fact] >= table.amount($0).count }) else {
          continue
        }
        let step = prices.once[one] + (hasGathered ? prices.again[one] : 0)
        let gathered = table.apply(one, to: counts, hasGathered: hasGathered)
        consider(cost + step, gathered, tries: 0, parent: node, one: one, step: step)
      }
    }
    guard let best else { return nil }
    var steps = best.rest.map { Plan.Step(operator: Int(table.source[$0.one]), expectedSteps: $0.cost) }
    var node = best.node
    while node >= 0, search.nodes[node].one >= 0 {
      steps.insert(
        Plan.Step(
          operator: Int(table.source[search.nodes[node].one]), expectedSteps: search.nodes[node].step), at: 0)
      node = search.nodes[node].parent
    }
    return Plan(steps: steps, isProvenOptimal: search.isEmpty)
  }

  /// The states that were met, and those to be expanded.
  private struct Search {
    struct Node {
      var cost: Double, step: Double
      var parent: Int, one: Int
      var state: [Int32]
    }

    /// The facts that can matter: all that a state is, with whether something was gathered since the last find.
    let facts: [Int]
    var nodes: [Node] = []
    var known: [[Int32]: Int] = [:]
    /// A binary heap by promise, then by age.
    private var heap: [(promise: Double, node: Int)] = []

    init(facts: [Int]) { self.facts = facts }

    var isEmpty: Bool { heap.isEmpty }

    func state(_ counts: Column<Int32>, _ hasGathered: Bool) -> [Int32] {
      var state = [Int32](repeating: 0, count: facts.count + 1)
      for (place, fact) in facts.enumerated() { state[place] = counts[fact] }
      state[facts.count] = hasGathered ? 1 : 0
      return state
    }

    func load(_ state: [Int32], into counts: Column<Int32>) {
      for (place, fact) in facts.enumerated() { counts[fact] = state[place] }
    }

    private func isBefore(_ a: Int, _ b: Int) -> Bool { heap[a] < heap[b] }

    mutating func push(_ node: Int, _ promise: Double) {
      heap.append((promise, node))
      var place = heap.count - 1
      while place > 0, isBefore(place, (place - 1) / 2) {
        heap.swapAt(place, (place - 1) / 2)
        place = (place - 1) / 2
      }
    }

    mutating func pop() -> Int? {
      guard let first = heap.first, let last = heap.popLast() else { return nil }
      if heap.isEmpty { return first.node }
      heap[0] = last
      var place = 0
      while 2 * place + 1 < heap.count {
        var child = 2 * place + 1
        if child + 1 < heap.count && isBefore(child + 1, child) { child += 1 }
        guard isBefore(child, place) else { break }
        heap.swapAt(child, place)
        place = child
      }
      return first.node
    }
  }
}

/// What reaching a goal costs at least.
final class LowerBound {
  private let table: OperatorTable, question: Question
  private let prices: Prices, order: [Int]
  private let arena = Arena()
  /// By fact: the least cost of having one more, the least price of what obtains it, and the most that that gives.
  private let least: Column<Double>, price: Column<Double>, most: Column<Int32>

  init(_ table: OperatorTable, _ question: Question, _ prices: Prices) {
    self.table = table
    self.question = question
    self.prices = prices
    order = question.operators.filter { prices.once[$0].isFinite }.reversed()
    least = arena.column(table.factCount, .infinity)
    price = arena.column(table.factCount, .infinity)
    most = arena.column(table.factCount, 1)
    for one in order {
      for index in table.obtains(one) {
        let amount = table.amount(index)
        price[amount.fact] = min(price[amount.fact], prices.once[one])
        most[amount.fact] = max(most[amount.fact], amount.count)
      }
    }
  }

  private func cost(_ amount: OperatorTable.Amount, _ counts: Column<Int32>) -> Double {
    let short = amount.count &- counts[amount.fact]
    guard short > 0 else { return 0 }
    let batches = (short &+ most[amount.fact] &- 1) / most[amount.fact]
    return batches == 1 ? least[amount.fact] : least[amount.fact] + Double(batches - 1) * price[amount.fact]
  }

  /// A bound that no plan from these counts undercuts; infinite where there is none.
  func estimate(from counts: Column<Int32>) -> Double {
    least.fill(.infinity)
    var changed = true
    while changed {
      changed = false
      for one in order {
        var sum = 0.0
        for index in table.needs(one) { sum = max(sum, cost(table.amount(index), counts)) }
        sum += prices.once[one]
        for index in table.obtains(one) where sum < least[table.amount(index).fact] {
          least[table.amount(index).fact] = sum
          changed = true
        }
      }
    }
    return question.goal.reduce(0) { max($0, cost($1, counts)) }
  }
}
