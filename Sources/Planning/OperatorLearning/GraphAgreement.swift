import KnackEnvironment

/// How well operators agree with true ones: precision and recall on the edges of the graph, amounts included.
///
/// An edge says that a skill uses up, needs or gives so much of a fact. Operators that amount to the same have the same edges: what
/// is used up and given back again is needed. Facts of which the truth says nothing, and skills that it does not know,
/// are left out.
public struct GraphAgreement: Sendable, Equatable {
  /// An edge.
  public struct Edge: Sendable, Hashable {
    /// What a fact is to a skill.
    public enum Role: String, Sendable, CaseIterable { case consumes, requires, obtains }
    /// The skill, its relation to the fact, and how much of it.
    public var skill: String, role: Role, fact: String, amount: Int
  }

  /// Edges that both have, that only the learned graph has, and that only the true one has.
  public let agreed: Set<Edge>, false_: Set<Edge>, missed: Set<Edge>
  /// The true operators, and those that were learned to the letter.
  public let operators: Int, exact: Int

  /// Compares learned operators with true ones.
  public init(_ learned: [Operator], truth: [Operator]) {
    let facts = Set(truth.flatMap { ($0.consumes + $0.requires + $0.obtains).map(\.fact) })
    let skills = Set(truth.map(\.skill))
    let known = learned.filter { skills.contains($0.skill) }
    let learnedEdges = Set(known.flatMap { Self.edges(of: $0, facts) })
    let trueEdges = Set(truth.flatMap { Self.edges(of: $0, facts) })
    agreed = learnedEdges.intersection(trueEdges)
    false_ = learnedEdges.subtracting(trueEdges)
    missed = trueEdges.subtracting(learnedEdges)
    let wanted = Set(truth.map { Set(Self.edges(of: $0, facts)) }.filter { !$0.isEmpty })
    operators = wanted.count
    exact = wanted.intersection(known.map { Set(Self.edges(of: $0, facts)) }).count
  }

  /// The share of learned edges that are true; 1 where there are none.
  public var precision: Double { Self.share(agreed.count, of: agreed.count + false_.count) }
  /// The share of true edges that were learned.
  public var recall: Double { Self.share(agreed.count, of: agreed.count + missed.count) }
  /// The share of true operators that were learned to the letter.
  public var exactness: Double { Self.share(exact, of: operators) }

  /// Precision and recall on the edges of one role.
  public func measures(of role: Edge.Role) -> (precision: Double, recall: Double) {
    let both = agreed.count { $0.role == role }
    return (
      Self.share(both, of: both + false_.count { $0.role == role }),
      Self.share(both, of: both + missed.count { $0.role == role })
    )
  }

  private static func share(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? 1 : Double(part) / Double(whole)
  }

  /// The edges of an operator over some facts; none where it changes nothing.
  static func edges(of one: Operator, _ facts: Set<String>) -> [Edge] {
    var change: [String: Int] = [:], need: [String: Int] = [:]
    for amount in one.consumes {
      change[amount.fact, default: 0] -= amount.count
      need[amount.fact, default: 0] += amount.count
    }
    for amount in one.requires { need[amount.fact] = max(need[amount.fact] ?? 0, amount.count) }
    for amount in one.obtains { change[amount.fact, default: 0] += amount.count }
    guard change.values.contains(where: { $0 != 0 }) else { return [] }
    return Set(change.keys).union(need.keys).intersection(facts).sorted().flatMap { fact -> [Edge] in
      let change = change[fact] ?? 0, need = need[fact] ?? 0
      var edges: [Edge] = []
      func add(_ role: Edge.Role, _ amount: Int) {
        if amount > 0 { edges.append(Edge(skill: one.skill, role: role, fact: fact, amount: amount)) }
      }
      add(.consumes, -change)
      add(.requires, need > max(0, -change) ? need : 0)
      add(.obtains, change)
      return edges
    }
  }
}
