import KnackEnvironment

/// A world's operators in numbers, for those that one of the world's goals carries out.
struct OperatorGraph: Sendable {
  /// So many of a fact.
  struct Amount: Sendable {
    var fact: Int, count: Int32
  }

  struct Node: Sendable {
    /// The goal that carries it out, as a place in the goal space.
    var goal: Int
    var isFind: Bool
    var consumes: [Amount], requires: [Amount]
    /// What must be near, as facts.
    var nearby: [Int]
    var obtains: [Amount]
    /// How likely it is that a success of the goal is this one, and not another of what the goal may lead to.
    var chance: Double
  }

  let nodes: [Node]
  /// By fact, the nodes that obtain it.
  let sources: [[Int]]
  /// By goal, the facts about what must be near for it.
  let nearbyOfGoal: [[Int]]
  /// By goal, the goals that find what must be near for it.
  let findersOfGoal: [[Int]]

  /// A graph of those operators that goals carry out; without `chances` each is what a success of its goal is.
  init(_ operators: [Operator], chances: [Double]? = nil, facts: [String], goals: [Goal]) {
    let places = Dictionary(uniqueKeysWithValues: facts.enumerated().map { ($1, $0) })
    let skills = Dictionary(uniqueKeysWithValues: goals.enumerated().map { ($1.name, $0) })
    func amounts(_ all: [Operator.Amount]) -> [Amount] {
      all.compactMap { amount in places[amount.fact].map { Amount(fact: $0, count: Int32(amount.count)) } }
    }
    nodes = zip(operators, chances ?? operators.map { _ in 1 }).compactMap { one, chance in
      skills[one.skill].map { goal in
        Node(
          goal: goal, isFind: one.kind == .find, consumes: amounts(one.consumes),
          requires: amounts(one.requires.filter { !Operator.isNearby($0.fact) }),
          nearby: one.requires.filter { Operator.isNearby($0.fact) }.compactMap { places[$0.fact] },
          obtains: amounts(one.obtains), chance: chance)
      }
    }
    sources = facts.indices.map { [nodes] fact in
      nodes.indices.filter { node in nodes[node].obtains.contains { $0.fact == fact } }
    }
    findersOfGoal = goals.indices.map { [nodes] goal in
      let nearby = nodes.first { $0.goal == goal }?.nearby ?? []
      return nodes.filter { node in node.isFind && node.obtains.contains { nearby.contains($0.fact) } }.map(
        \.goal)
    }
    nearbyOfGoal = goals.indices.map { [nodes] goal in nodes.first { $0.goal == goal }?.nearby ?? [] }
  }
}

/// What everything costs from some facts, in steps, and what to do first for it.
///
/// Costs are those of the additive heuristic (Bonet and Geffner, "Planning as heuristic search", 2001): an operator costs what it
/// takes itself and what each thing costs that is still lacking, as if all were got one by one.
struct OperatorCosts {
  private let graph: OperatorGraph
  private let facts: [Int32]
  private let own: [Double]
  /// By node, and by fact the node that brings it about for the least.
  private(set) var costs: [Double]
  private var best: [Int]

  /// Costs from `facts`, where a success of the goal of node *i* takes `own[i]` steps.
  ///
  /// - Complexity: O(*k* · *n*) for *n* nodes of which chains are at most *k* long.
  init(_ graph: OperatorGraph, _ facts: [Int32], own: [Double]) {
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
  private func cost(of amount: OperatorGraph.Amount) -> Double {
    let lacking = amount.count - facts[amount.fact]
    guard lacking > 0 else { return 0 }
    guard best[amount.fact] >= 0 else { return .infinity }
    return costs[best[amount.fact]] + Double(lacking - 1) * own[best[amount.fact]]
  }

  /// What it costs to have one more of a fact than there is.
  func costOfMore(_ fact: Int) -> Double { best[fact] < 0 ? .infinity : costs[best[fact]] }

  /// The node that brings a fact about for the least; nil where none does.
  func source(of fact: Int) -> Int? { best[fact] < 0 || costs[best[fact]] == .infinity ? nil : best[fact] }

  /// The nodes that lead to a node, itself the last one; it alone where everything is there.
  func chain(to node: Int) -> [Int] {
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
