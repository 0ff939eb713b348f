/// A planner that reckons what is required, schedules it, and tries what else there is to choose.
///
/// 1. The cost of having one of each fact is estimated forwards from what there is, the cheapest operator counting: the
///    additive heuristic (Bonet and Geffner, "Planning as heuristic search", Artificial Intelligence 129, 2001) with expected
///    steps as costs.
/// 2. ``RequirementAccount`` goes back from the goal and counts how often each operator is needed.
/// 3. ``Schedule`` orders that.
/// 4. Wherever another operator could obtain a fact, that is tried, and kept if the whole plan becomes cheaper; so is
///    leaving behind what was placed.
///
/// The plan is one of few expected steps and not always of the fewest: of 293 small random problems it solved 265 at the
/// least cost that exhaustive search finds, and the worst at 1.36 times that. What it never does is to go to a place before it
/// has the tools for it, in order to place a table there. ``AnytimePlanner`` goes on from it.
struct RequirementPlanner {
  let table: OperatorTable
  let account: RequirementAccount, schedule: Schedule
  private let arena = Arena()
  private let start: Column<Int32>

  /// How many alternatives are tried for one plan: with the Overworld's operators and Plan4MC's forty tasks, forty more
  /// found nothing better.
  static let tries = 8

  init(_ table: OperatorTable, _ question: Question, _ prices: Prices) {
    self.table = table
    account = RequirementAccount(table, question, prices)
    schedule = Schedule(account)
    start = arena.column(question.counts)
  }

  /// A plan from the question's counts; nil where the goal cannot be reached.
  func plan() -> Plan? {
    search(from: start, hasGathered: false, tries: Self.tries).map { steps in
      Plan(steps: steps.map { Plan.Step(operator: Int(table.source[$0.one]), expectedSteps: $0.cost) })
    }
  }

  /// The steps from any counts.
  ///
  /// - Parameter tries: how many alternatives are tried.
  func search(from counts: Column<Int32>, hasGathered: Bool, tries: Int) -> [(one: Int, cost: Double)]? {
    account.begin(with: counts)
    for fact in account.facts {
      account.forced[fact] = -1
      schedule.takesUp[fact] = true
    }
    var best = attempt(counts, hasGathered)
    guard tries > 0 else { return best < .infinity ? schedule.steps : nil }
    var steps = schedule.steps, left = tries, improves = best < .infinity
    while improves && left > 0 {
      improves = false
      for choice in choices() where left > 0 {
        left -= 1
        let undone = apply(choice)
        let cost = attempt(counts, hasGathered)
        if cost < best - 1e-9 {
          best = cost
          steps = schedule.steps
          improves = true
        } else {
          _ = apply(undone)
        }
      }
    }
    return best < .infinity ? steps : nil
  }

  /// Reckons and schedules with the present choices.
  ///
  /// - Returns: the expected steps; infinite where there is no plan.
  private func attempt(_ counts: Column<Int32>, _ hasGathered: Bool) -> Double {
    for fact in account.facts { account.copies[fact] = 1 }
    for _ in 0..<16 {
      guard account.account() else { return .infinity }
      switch schedule.run(from: counts, hasGathered: hasGathered) {
      case .done: return schedule.cost
      case .lacksCopy(let station): account.copies[station] += 1
      case .stuck: return .infinity
      }
    }
    return .infinity
  }

  // MARK: Choices

  /// Something that could be otherwise.
  private enum Choice {
    /// Which operator obtains a fact; -1 for the cheapest by estimate.
    case producer(fact: Int, one: Int32)
    /// Whether what was placed is taken up again.
    case takingUp(station: Int, Bool)
  }

  /// Makes a choice.
  ///
  /// - Returns: the choice that takes it back.
  private func apply(_ choice: Choice) -> Choice {
    switch choice {
    case .producer(let fact, let one):
      defer { account.forced[fact] = one }
      return .producer(fact: fact, one: account.forced[fact])
    case .takingUp(let station, let takesUp):
      defer { schedule.takesUp[station] = takesUp }
      return .takingUp(station: station, schedule.takesUp[station])
    }
  }

  /// What could be otherwise in the plan that was made last: operators that would cost less than those chosen, if all that
  /// the plan has anyway cost nothing.
  private func choices() -> [Choice] {
    var choices: [(gain: Double, choice: Choice)] = []
    let chosen = account.chosen
    let full = chosen.map { account.total[$0] }
    for fact in account.facts { account.free[fact] = max(account.kept[fact], account.free[fact]) }
    account.estimate()
    for (one, full) in zip(chosen, full) where !table.isFind[one] {
      for index in table.obtains(one) {
        let product = table.amount(index)
        guard account.consumed[product.fact] > 0 || account.kept[product.fact] > 0 else { continue }
        for place in table.producers(of: product.fact) {
          let other = table.producer(place)
          guard other != one, account.total[other].isFinite else { continue }
          let gain =
            full - account.total[other] * Double(product.count) / Double(table.yield(other, product.fact))
          if gain > 0 { choices.append((gain, .producer(fact: product.fact, one: Int32(other)))) }
        }
      }
    }
    for position in 0..<table.nearby.count {
      let station = table.nearby[position]
      if account.kept[station] > 0 && !table.isFound[station] {
        choices.append((.infinity, .takingUp(station: station, !schedule.takesUp[station])))
      }
    }
    return choices.enumerated().sorted { ($0.1.gain, $1.0) > ($1.1.gain, $0.0) }.map(\.1.choice)
  }
}
