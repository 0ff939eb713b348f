import KnackEnvironment

/// Operators in numbers, one node each, in their order: what ``AdditiveCosts`` are reckoned over.
///
/// A ``PlanningProblem`` is compiled once, for searches that expand many states on the way to one goal. This is for whoever asks at every
/// decision what all goals cost, and whose operators may be others a moment later, because they are being learned.
public struct OperatorGraph: Sendable {
  /// So many of a fact.
  public struct Amount: Sendable, Equatable {
    /// The fact, as a place among the names, and how many.
    public var fact: Int, count: Int32

    /// So many of a fact.
    public init(fact: Int, count: Int32) { (self.fact, self.count) = (fact, count) }
  }

  /// An operator.
  public struct Node: Sendable {
    /// Whether it brings something near by looking for it.
    public var isFind: Bool
    /// What must be there and is used up; what must be there and stays, but for what must be near.
    public var consumes: [Amount], requires: [Amount]
    /// What must be near, as facts.
    public var nearby: [Int]
    /// What is there afterwards.
    public var obtains: [Amount]
    /// How likely a success is to give all that it obtains.
    public var chance: Double

    /// Whether everything is there for it.
    public func isReady(_ facts: [Int32]) -> Bool {
      consumes.allSatisfy { facts[$0.fact] >= $0.count } && requires.allSatisfy { facts[$0.fact] >= $0.count }
        && nearby.allSatisfy { facts[$0] > 0 }
    }
  }

  /// The operators.
  public let nodes: [Node]
  /// By fact, the nodes that obtain it.
  public let sources: [[Int]]
  /// The facts about what is near.
  let nearby: [Int]

  /// A graph of operators. What they say of facts that are not among the names is left out.
  public init(_ operators: [Operator], facts: [String]) {
    let places = Dictionary(uniqueKeysWithValues: facts.enumerated().map { ($1, $0) })
    func amounts(_ all: [Operator.Amount]) -> [Amount] {
      all.compactMap { amount in places[amount.fact].map { Amount(fact: $0, count: Int32(amount.count)) } }
    }
    nearby = facts.indices.filter { Operator.isNearby(facts[$0]) }
    nodes = operators.map { one in
      Node(
        isFind: one.kind == .find, consumes: amounts(one.consumes),
        requires: amounts(one.requires.filter { !Operator.isNearby($0.fact) }),
        nearby: one.requires.filter { Operator.isNearby($0.fact) }.compactMap { places[$0.fact] },
        obtains: amounts(one.obtains), chance: one.obtains.map(\.chance).min() ?? 1)
    }
    sources = facts.indices.map { [nodes] fact in
      nodes.indices.filter { node in nodes[node].obtains.contains { $0.fact == fact } }
    }
  }
}
