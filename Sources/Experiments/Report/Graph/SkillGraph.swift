import KnackEnvironment

/// What can be brought about in a world and what leads to what: skills, or a world's operators, as nodes, and an edge
/// from each to those that need something it obtains.
public struct SkillGraph: Sendable {
  /// One skill.
  public struct Node: Sendable {
    /// What it is called.
    public var title: String
    /// What is known of it, a line each: its operator, how often it succeeds, how long it takes.
    public var lines: [(name: String, value: String)]
    /// Shares from 0 to 1 that are drawn as bars, each in the colours of what has that number in the page's figures.
    public var shares: [(series: Int, value: Double)]

    /// A skill.
    public init(
      _ title: String, lines: [(name: String, value: String)] = [],
      shares: [(series: Int, value: Double)] = []
    ) {
      self.title = title
      self.lines = lines
      self.shares = shares
    }
  }

  /// That one skill obtains what another one needs.
  public struct Edge: Sendable, Equatable {
    /// Which nodes: that which obtains, and that which needs.
    public var from: Int, to: Int
    /// Whether any of what is obtained is used up.
    public var isConsumed: Bool

    /// An edge.
    public init(from: Int, to: Int, isConsumed: Bool = false) {
      self.from = from
      self.to = to
      self.isConsumed = isConsumed
    }
  }

  /// The skills.
  public var nodes: [Node]
  /// The edges, at most one from one node to another, none from a node to itself.
  public var edges: [Edge]

  /// A graph. The ends of edges must be nodes.
  public init(nodes: [Node], edges: [Edge]) {
    precondition(edges.allSatisfy { nodes.indices.contains($0.from) && nodes.indices.contains($0.to) })
    self.nodes = nodes
    self.edges = edges
  }

  /// The graph of operators. What an operator consumes, requires and obtains are the first lines of its node.
  ///
  /// - Parameters:
  ///   - hidden: facts that need not be told, because they only count what was done.
  ///   - knowledge: what else is known of an operator.
  public init(
    _ operators: [Operator], hiding hidden: Set<String> = [],
    knowledge: (Operator) -> (
      lines: [(name: String, value: String)], shares: [(series: Int, value: Double)]
    ) = { _ in ([], []) }
  ) {
    let nodes = operators.map { one -> Node in
      let (lines, shares) = knowledge(one)
      let operatorLines = [
        ("consumes", one.consumes), ("requires", one.requires), ("obtains", one.obtains),
      ].map { (name: $0.0, amounts: $0.1.filter { !hidden.contains($0.fact) }) }
        .filter { !$0.amounts.isEmpty }.map { (name: $0.name, value: Self.words($0.amounts)) }
      return Node(Self.readable(one.name), lines: operatorLines + lines, shares: shares)
    }
    var edges: [Edge] = []
    for (to, needing) in operators.enumerated() {
      for (from, giving) in operators.enumerated() where from != to {
        func gives(_ amount: Operator.Amount) -> Bool {
          giving.obtains.contains { $0.fact == amount.fact && $0.count > 0 }
        }
        let isConsumed = needing.consumes.contains(where: gives)
        if isConsumed || needing.requires.contains(where: gives) {
          edges.append(Edge(from: from, to: to, isConsumed: isConsumed))
        }
      }
    }
    self.init(nodes: nodes, edges: edges)
  }

  private static func words(_ amounts: [Operator.Amount]) -> String {
    amounts.map { ($0.count == 1 ? "" : "\($0.count) ") + readable($0.fact) }.joined(separator: ", ")
  }

  /// `make_wood_pickaxe` as people write it.
  static func readable(_ name: String) -> String { String(name.map { $0 == "_" ? " " : $0 }) }
}
