/// Gets one thing after the other: at each step what ``AdditiveCosts`` say is to be done first from there, until the goal is reached.
///
/// It never goes back on a step, and gathers things one by one, so that its plans are seldom the best. But what an operator needs it sees
/// to in the order in which the operator lists it. So it does well, planning anew after every skill, where operators do not say
/// all that they undo, such as that whoever picks up a key has its hands full.
struct AdditivePlanner {
  private let graph: OperatorGraph
  private let own: [Double]

  /// Plans hold at most so many steps: whoever needs more goes in circles.
  private static let limit = 1000

  init(_ graph: OperatorGraph, _ costs: (Int) -> SkillCost) {
    self.graph = graph
    own = graph.nodes.indices.map { costs($0).expectedSteps / graph.nodes[$0].chance }
  }

  func plan(_ question: Question) -> Plan? {
    var facts = question.counts, steps: [Plan.Step] = []
    while let lacking = question.goal.first(where: { facts[$0.fact] < $0.count }) {
      let costs = AdditiveCosts(graph, from: facts, own: own)
      guard steps.count < Self.limit, let source = costs.source(of: lacking.fact) else { return nil }
      let one = costs.chain(to: source)[0]
      guard graph.nodes[one].isReady(facts) else { return nil }
      steps.append(Plan.Step(operator: one, expectedSteps: own[one]))
      carryOut(graph.nodes[one], &facts)
    }
    return Plan(steps: steps)
  }

  private func carryOut(_ node: OperatorGraph.Node, _ facts: inout [Int32]) {
    for amount in node.consumes { facts[amount.fact] -= amount.count }
    if node.isFind { for fact in graph.nearby { facts[fact] = 0 } }
    for amount in node.obtains { facts[amount.fact] += amount.count }
  }
}
