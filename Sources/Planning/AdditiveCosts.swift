/// What everything costs from some facts, in steps, and what to do first for it.
///
/// Costs are those of the additive heuristic (Bonet and Geffner, "Planning as heuristic search", Artificial Intelligence 129, 2001): an
/// operator costs what it takes itself and what each thing costs that is still lacking, as if all were got one by one. So they rank
/// what could be had, and say how to begin; the planners of ``PlanningProblem`` reckon with whole amounts, and with what one
/// visit gives.
public struct AdditiveCosts {
  /// The operators.
  public let graph: OperatorGraph
  /// By node, what it costs with all that it takes; infinite where it cannot be had.
  public private(set) var costs: [Double]
  private let facts: [Int32]
  private let own: [Double]
  /// By fact the node that brings it about for the least.
  private var best: [Int]

  /// Costs from `facts`, one count for each name of the graph, where node *i* takes `own[i]` steps by itself, failures included.
  ///
  /// - Complexity: O(*k* · *n*) for *n* nodes of which chains are at most *k* long.
  public init(_ graph: OperatorGraph, from facts: [Int32], own: [Double]) {
    self.graph = graph
    self.facts = facts
    self.own = own
    costs = [Double](repeating: .infinity, count: graph.nodes.count)
    best = [Int](repeating: -1, count: graph.sources.count)
    // Costs only ever fall, and most are known after as many rounds as the longest chain of tools has links.
    for _ in 0..<16 where update() {}
  }

  private mutating func update() -> Bool {
    var haveFallen = false
    for (index, node) in graph.nodes.enumerated() {
      var cost = own[index]
      for amount in node.consumes { cost += self.cost(of: amount) }
      for amount in node.requires { cost += self.cost(of: amount) }
      for fact in node.nearby { cost += self.cost(of: .init(fact: fact, count: 1)) }
      guard cost < costs[index] - 1e-9 else { continue }
      costs[index] = cost
      haveFallen = true
      for amount in node.obtains where best[amount.fact] < 0 || cost < costs[best[amount.fact]] - 1e-9 {
        best[amount.fact] = index
      }
    }
    return haveFallen
  }

  /// What it costs to have so many of a fact. Where one has been got, the next ones are had where that was.
  public func cost(of amount: OperatorGraph.Amount) -> Double {
    let lacking = amount.count - facts[amount.fact]
    guard lacking > 0 else { return 0 }
    guard best[amount.fact] >= 0 else { return .infinity }
    return costs[best[amount.fact]] + Double(lacking - 1) * own[best[amount.fact]]
  }

  /// What it costs to have one more of a fact than there is.
  public func costOfMore(_ fact: Int) -> Double { best[fact] < 0 ? .infinity : costs[best[fact]] }

  /// The node that brings a fact about for the least; nil where none does.
  public func source(of fact: Int) -> Int? {
    best[fact] < 0 || costs[best[fact]] == .infinity ? nil : best[fact]
  }

  /// The nodes that lead to a node, itself the last one; it alone where everything is there.
  public func chain(to node: Int) -> [Int] {
    var chain = [node]
    while chain.count < 32, let fact = lacking(for: chain[chain.count - 1]), let source = source(of: fact),
      source != chain[chain.count - 1]
    {
      chain.append(source)
    }
    return chain.reversed()
  }

  /// What must be seen to first for a node: what it uses up, together with what it takes to put the things beside it
  /// that must be near; then tools; then what must be near, which one would only lose again.
  private func lacking(for node: Int) -> Int? {
    let node = graph.nodes[node]
    var needs = node.consumes
    for fact in node.nearby where facts[fact] < 1 {
      guard let source = source(of: fact) else { continue }
      for amount in graph.nodes[source].consumes {
        if let place = needs.firstIndex(where: { $0.fact == amount.fact }) {
          needs[place].count += amount.count
        } else {
          needs.append(amount)
        }
      }
    }
    return needs.first { facts[$0.fact] < $0.count }?.fact
      ?? node.requires.first { facts[$0.fact] < $0.count }?.fact ?? node.nearby.first { facts[$0] < 1 }
  }
}
