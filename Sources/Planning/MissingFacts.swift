/// Which facts stand in the way of a goal that cannot be reached.
struct MissingFacts {
  /// The facts.
  let facts: [Int]

  /// Much more than a plan costs: what it costs to have something given that cannot be had.
  private static let gift = 1e12

  init(_ table: OperatorTable, _ question: Question, _ prices: Prices) {
    let account = RequirementAccount(table, question, prices)
    account.estimate()
    guard question.goal.contains(where: { account.cost(of: $0).isInfinite }) else {
      facts = []
      return
    }
    // Whatever nothing that can be done obtains is given, for a price that makes one take as little of it as possible; then
    // what leads only back to itself, if that is not enough.
    for onlySources in [true, false] {
      for fact in account.facts where account.value[fact].isInfinite {
        let hasProducer = table.producers(of: fact).contains { prices.once[table.producer($0)].isFinite }
        if !onlySources || !hasProducer { account.gift[fact] = Self.gift }
      }
      account.estimate()
      if question.goal.allSatisfy({ account.cost(of: $0).isFinite }) { break }
    }
    var missing: [Int] = [], pending = question.goal, seen: Set<Int> = []
    while let amount = pending.popLast() {
      guard account.cost(of: amount) >= Self.gift, seen.insert(amount.fact).inserted else { continue }
      let best = table.producers(of: amount.fact).map(table.producer).min {
        account.total[$0] < account.total[$1]
      }
      if let best, account.total[best] < account.gift[amount.fact] {
        pending += table.needs(best).reversed().map(table.amount)
      } else {
        missing.append(amount.fact)
      }
    }
    facts = missing
  }
}
