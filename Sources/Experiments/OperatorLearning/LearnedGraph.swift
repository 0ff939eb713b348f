import KnackEnvironment
import KnackPlanning

/// Operators that were learned while playing, and how well they agree with the rules of the world in what rules of crafting say:
/// what collecting, placing and making use up, need and give.
struct LearnedGraph {
  let agreement: GraphAgreement
  let operators: [Operator]

  /// The agreement of learned operators with a world's own. That what a skill works on must be near is given with the skill, and
  /// counts for nothing; nor does a fact that no rule speaks of.
  init(_ learned: [Operator], truth: [Operator]) {
    operators = learned
    func isCounted(_ one: Operator) -> Bool {
      one.kind != .find && ["collect_", "place_", "make_"].contains { one.skill.hasPrefix($0) }
    }
    func stripped(_ one: Operator) -> Operator {
      var one = one
      one.requires.removeAll { "collect_from_" + $0.fact == one.skill + "_nearby" }
      return one
    }
    agreement = GraphAgreement(
      learned.filter(isCounted).map(stripped), truth: truth.filter(isCounted).map(stripped))
  }

  private static func text(_ edges: Set<GraphAgreement.Edge>) -> [String] {
    edges.map { "\($0.skill) \($0.role) \($0.amount) \($0.fact)" }.sorted()
  }

  /// For people.
  var text: String {
    "\nlearned operators of collecting, placing and making: precision \(fixed(agreement.precision, 3)), recall "
      + "\(fixed(agreement.recall, 3)) of edges with their amounts, \(agreement.exact) of \(agreement.operators) operators to the letter\n"
  }

  var json: JSON {
    .fields([
      "precision": .number(agreement.precision), "recall": .number(agreement.recall),
      "exact": .integer(agreement.exact), "operators": .integer(agreement.operators),
      "wrong": .array(Self.text(agreement.false_).map(JSON.string)),
      "missed": .array(Self.text(agreement.missed).map(JSON.string)),
    ])
  }
}
