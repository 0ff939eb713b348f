import KnackEnvironment
import KnackPlanning

/// Something that is wanted, and what leads there.
struct Want: Sendable, Equatable {
  enum Reason: Sendable, Equatable { case alarm(Int), need, stock, aim, practice }

  var reason: Reason
  /// What is to be there for it; nothing where it is enough that something is done.
  var goal: [OperatorGraph.Amount] = []
  /// The operator that brings it about, or the first thing of it that is lacking; nil where nobody has looked for one. And whether it is
  /// to be carried out at once.
  var node: Int?, isAtHand = false
  /// The steps that it costs.
  var cost = 0.0

  /// Which alarm it answers, counted from the most urgent on; nil for none.
  var alarm: Int? { if case .alarm(let rank) = reason { rank } else { nil } }

  /// Whether another one is about the same, though there may be more of it by now.
  func isLike(_ other: Want?) -> Bool {
    reason == other?.reason && goal.map(\.fact) == other?.goal.map(\.fact)
  }

  /// Why something is done, in words, where facts have these names.
  func words(_ names: [String]) -> String {
    let name = goal.first.map { names[$0.fact] } ?? ""
    return switch reason {
    case .alarm: "alarmed by \(name)"
    case .need: "sees to its \(name)"
    case .stock: "takes \(name) where it is to hand"
    case .aim: "is after \(name)"
    case .practice: "practises, for there is nothing left to achieve"
    }
  }
}

/// An ``Agenda`` in the numbers of a world.
///
/// Whoever acts by it says what can be brought about, by ``AdditiveCosts``. So an agent that only plays and one that learns meanwhile
/// want the same where things are the same.
struct Wants: Sendable {
  typealias Amount = OperatorGraph.Amount

  private struct Care: Sendable {
    var fact: Int, urgent: Int32, wanted: Int32
    var given: [Amount], unless: [Amount]
  }

  /// By fact, how many are taken along where they are to hand, whatever is known to be needed.
  var provisions: [Int32]
  /// Facts that alarm, and what answers them, the most urgent first.
  let alarms: [(fact: Int, answer: Int)]
  private let aims: [[Amount]], cares: [Care]
  private let bargain: Double, takesAlong: Bool
  /// The most that one can carry of anything.
  private let most: Int32 = 9

  /// An agenda over facts. What it says of others is left out, as are alarms that nothing answers.
  ///
  /// - Parameter answer: what answers an alarm, for a skill.
  init(_ agenda: Agenda, facts: [String], answer: (String) -> Int?) {
    func place(_ fact: String) -> Int? { facts.firstIndex(of: fact) }
    func amounts(_ all: [Operator.Amount]) -> [Amount] {
      all.compactMap { one in place(one.fact).map { Amount(fact: $0, count: Int32(clamping: one.count)) } }
    }
    aims = agenda.aims.map(amounts)
    cares = agenda.upkeep.compactMap { one in
      place(one.fact).map {
        Care(
          fact: $0, urgent: Int32(one.urgent), wanted: Int32(one.wanted), given: amounts(one.given),
          unless: amounts(one.unless))
      }
    }
    alarms = agenda.alarms.compactMap { one in
      place(one.fact).flatMap { fact in answer(one.skill).map { (fact, $0) } }
    }
    bargain = agenda.bargain
    takesAlong = agenda.takesAlong
    provisions = facts.map { _ in 0 }
    for one in amounts(agenda.provisions) { provisions[one.fact] = one.count }
  }

  /// The most urgent alarm that facts raise, as a place in ``alarms``.
  func alarm(_ facts: [Int32]) -> Int? { alarms.firstIndex { facts[$0.fact] > 0 } }

  /// What an alarm calls for.
  func answer(to alarm: Int) -> Want {
    let (fact, answer) = alarms[alarm]
    return Want(reason: .alarm(alarm), goal: [Amount(fact: fact, count: 1)], node: answer, isAtHand: true)
  }

  /// The only thing that can ever be wanted, but for alarms; nil where there is something to choose.
  var only: Want? {
    aims.count == 1 && cares.isEmpty && !takesAlong && provisions.allSatisfy { $0 == 0 }
      ? Want(reason: .aim, goal: aims[0]) : nil
  }

  /// What is wanted; nil where there is nothing that can be had.
  func choice(_ facts: [Int32], _ costs: AdditiveCosts) -> Want? {
    let aim = aim(facts, costs)
    let isBargain = aim.map { $0.cost <= bargain } ?? false
    return (isBargain ? aim : nil) ?? need(facts, costs) ?? stock(facts, costs) ?? aim
  }

  /// What the player must do for itself.
  func need(_ facts: [Int32], _ costs: AdditiveCosts) -> Want? {
    func want(_ fact: Int, _ node: Int, isAtHand: Bool) -> Want {
      Want(
        reason: .need, goal: [Amount(fact: fact, count: facts[fact] + 1)], node: node, isAtHand: isAtHand,
        cost: costs.costs[node])
    }
    let cares = cares.filter { one in
      one.given.allSatisfy { facts[$0.fact] >= $0.count }
        && one.unless.allSatisfy { facts[$0.fact] < $0.count }
    }
    for one in cares where facts[one.fact] < one.urgent {
      if let source = costs.source(of: one.fact) { return want(one.fact, source, isAtHand: false) }
    }
    for one in cares where facts[one.fact] < one.wanted {
      if let node = costs.graph.sources[one.fact].first(where: { isAtHand($0, facts, costs) }) {
        return want(one.fact, node, isAtHand: true)
      }
    }
    return nil
  }

  /// What is to be had where one is and will be needed for what is still to be achieved.
  private func stock(_ facts: [Int32], _ costs: AdditiveCosts) -> Want? {
    var needs = provisions
    if takesAlong {
      for amount in aims.joined() where facts[amount.fact] < amount.count {
        guard let source = costs.graph.sources[amount.fact].first else { continue }
        for used in costs.graph.nodes[source].consumes { needs[used.fact] += used.count }
      }
    }
    for (index, node) in costs.graph.nodes.enumerated()
    where !node.isFind && node.consumes.isEmpty && !node.nearby.isEmpty && isAtHand(index, facts, costs) {
      if let gain = node.obtains.first(where: { facts[$0.fact] < min(most, needs[$0.fact]) }) {
        return Want(
          reason: .stock, goal: [Amount(fact: gain.fact, count: facts[gain.fact] + 1)], node: index,
          isAtHand: true, cost: costs.costs[index])
      }
    }
    return nil
  }

  /// The aim that is to be had for the least.
  func aim(_ facts: [Int32], _ costs: AdditiveCosts) -> Want? {
    var best: Want?
    for aim in aims {
      guard let lacking = aim.first(where: { facts[$0.fact] < $0.count }) else { continue }
      let cost = aim.reduce(0) { $0 + costs.cost(of: $1) }
      guard cost < best?.cost ?? .infinity, let node = costs.source(of: lacking.fact) else { continue }
      best = Want(reason: .aim, goal: aim, node: node, cost: cost)
    }
    return best
  }

  /// Whether everything is there for an operator that can be carried out.
  private func isAtHand(_ node: Int, _ facts: [Int32], _ costs: AdditiveCosts) -> Bool {
    costs.costs[node] < .infinity && costs.graph.nodes[node].isReady(facts)
  }
}
