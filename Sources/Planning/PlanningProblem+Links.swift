import KnackEnvironment

extension PlanningProblem {
  /// Why each step of a plan is there: what later steps, and the goal, need of what it obtains; one list a step.
  ///
  /// What was obtained first is used up first, and what there was before any of it. Where something stays that a step
  /// requires, the link comes from the last step that brought it.
  public func links(of plan: Plan, from counts: [Int32], goal: [Operator.Amount]) -> [[PlanLink]] {
    var links = [[PlanLink]](repeating: [], count: plan.steps.count)
    /// By fact, what is left of each step's gains, in their order; step -1 for what there was.
    var batches = [[(step: Int, left: Int)]](repeating: [], count: facts.count)
    for (fact, count) in counts.prefix(facts.count).enumerated() where count > 0 {
      batches[fact] = [(-1, Int(count))]
    }

    func use(_ amount: Operator.Amount, by step: Int?, isConsumed: Bool) {
      guard let fact = number(of: amount.fact) else { return }
      guard isConsumed else {
        if let batch = batches[fact].last(where: { $0.left > 0 }), batch.step >= 0 {
          links[batch.step].append(PlanLink(step: step, fact: fact, count: amount.count, isConsumed: false))
        }
        return
      }
      var needed = amount.count, place = 0
      while needed > 0, place < batches[fact].count {
        let used = min(needed, batches[fact][place].left)
        let from = batches[fact][place].step
        batches[fact][place].left -= used
        needed -= used
        if used > 0 && from >= 0 {
          links[from].append(PlanLink(step: step, fact: fact, count: used, isConsumed: step != nil))
        }
        place += 1
      }
      batches[fact].removeAll { $0.left == 0 }
    }

    for (step, planned) in plan.steps.enumerated() {
      let one = operators[planned.operator]
      for amount in one.requires { use(amount, by: step, isConsumed: false) }
      for amount in one.consumes { use(amount, by: step, isConsumed: true) }
      if one.kind == .find {
        for fact in facts.indices where Operator.isNearby(facts[fact]) { batches[fact] = [] }
      }
      for amount in one.obtains {
        guard let fact = number(of: amount.fact) else { continue }
        if Operator.isNearby(amount.fact) {
          batches[fact] = [(step, 1)]
        } else {
          batches[fact].append((step, amount.count))
        }
      }
    }
    for amount in goal { use(amount, by: nil, isConsumed: true) }
    return links
  }
}
