/// The order in which the executions of a ``RequirementAccount`` are carried out.
///
/// As much as can be is done where one is. Then one goes to what can be gathered completely with the tools at hand: so all
/// of a thing is gathered in one visit, and what needs no tool comes before what does, the surface before the depths; of
/// the others first what is found the soonest. Only when nothing is left to gather is a table placed, at which everything is
/// crafted that can be; it is taken up again before one leaves, if it is needed later and that is allowed.
final class Schedule {
  /// What came of it.
  enum Outcome: Equatable {
    /// The goal is reached.
    case done
    /// Something must be placed once more than the account has it, a fact about what is near.
    case lacksCopy(Int)
    /// The order leads nowhere.
    case stuck
  }

  /// The operators of the table in order, each with its cost.
  private(set) var steps: [(one: Int, cost: Double)] = []
  private(set) var cost = 0.0
  /// By fact that is near when something was placed, whether that is taken up again.
  let takesUp: Column<Bool>

  private let account: RequirementAccount, table: OperatorTable, prices: Prices
  private let arena = Arena()
  private let counts: Column<Int32>, left: Column<Int32>
  /// By operator that places something, how often the account still has it: what it takes is meant for other things too.
  private let placements: Column<Int32>
  private var hasGathered = false

  init(_ account: RequirementAccount) {
    self.account = account
    table = account.table
    prices = account.prices
    counts = arena.column(table.factCount, 0)
    left = arena.column(table.count, 0)
    placements = arena.column(table.count, 0)
    takesUp = arena.column(table.factCount, true)
  }

  /// Orders the account's executions.
  ///
  /// - Parameters:
  ///   - start: what there is.
  ///   - hasGathered: whether something has been gathered since the last find.
  func run(from start: Column<Int32>, hasGathered: Bool = false) -> Outcome {
    steps.removeAll(keepingCapacity: true)
    cost = 0
    counts.copy(from: start)
    self.hasGathered = hasGathered
    for one in account.chosen {
      left[one] = account.isProvider(one) ? 0 : account.times[one]
      placements[one] = account.times[one]
    }
    defer {
      for one in account.chosen {
        left[one] = 0
        placements[one] = 0
      }
    }
    while true {
      guard steps.count < 100_000 else { return .stuck }
      if doWhatCanBeDone() { continue }
      switch goOn() {
      case nil: continue
      case let outcome?: return outcome
      }
    }
  }

  // MARK: Carrying out

  @inline(__always)
  private func has(_ index: Int) -> Bool {
    let amount = table.amount(index)
    return counts[amount.fact] >= amount.count
  }

  private func canBeDone(_ one: Int) -> Bool {
    for index in table.needs(one) where !has(index) { return false }
    return true
  }

  private func carryOut(_ one: Int) {
    let step = hasGathered ? prices.once[one] + prices.again[one] : prices.once[one]
    steps.append((one, step))
    cost += step
    hasGathered = table.apply(one, to: counts, hasGathered: hasGathered)
    if left[one] > 0 { left[one] -= 1 }
    if placements[one] > 0 { placements[one] -= 1 }
  }

  /// Carries out an operator as often as it is left and can be: first what gathers, then what crafts, of these first what
  /// takes nothing that another one still requires.
  private func doWhatCanBeDone() -> Bool {
    var next: Int?, rank = Int.max
    for one in account.chosen where left[one] > 0 && !providesNearby(one) && canBeDone(one) {
      let own = table.gathers[one] ? 0 : takesWhatIsRequired(one) ? 2 : 1
      if own < rank { (next, rank) = (one, own) }
    }
    guard let next else { return false }
    repeat { carryOut(next) } while rank < 2 && left[next] > 0 && canBeDone(next)
    return true
  }

  private func providesNearby(_ one: Int) -> Bool {
    for index in table.obtains(one) where table.isNearby[table.amount(index).fact] { return true }
    return false
  }

  private func takesWhatIsRequired(_ one: Int) -> Bool {
    for index in table.consumes(one) {
      let amount = table.amount(index)
      guard account.kept[amount.fact] > counts[amount.fact] - amount.count else { continue }
      for other in account.chosen where other != one && left[other] > 0 {
        for need in table.requires(other) where table.amount(need).fact == amount.fact { return true }
      }
    }
    return false
  }

  // MARK: Going on

  /// Brings something near, so that more can be done.
  ///
  /// - Returns: what came of all of it, where there is nothing more to do.
  private func goOn() -> Outcome? {
    var complete: Int?, partial: Int?, least = (tools: Int.max, cost: Double.infinity)
    var placing: Int?, lacking: Int?
    var stays = false, isLeft = false
    for one in account.chosen where left[one] > 0 {
      isLeft = true
      var place: Int?, station: Int?, isReady = true, tools = 0
      for index in table.needs(one) {
        let fact = table.amount(index).fact
        if has(index) {
          if !table.isNearby[fact] { tools += 1 }
          continue
        }
        if !table.isNearby[fact] {
          isReady = false
        } else if table.isFound[fact] {
          place = fact
        } else {
          station = fact
        }
      }
      if !isReady && isHere(one) { stays = true }
      guard isReady else { continue }
      if let place {
        partial = partial ?? place
        let rank = (tools: tools, cost: finding(place).map { prices.once[$0] } ?? .infinity)
        if rank < least && canBeGathered(place) { (complete, least) = (place, rank) }
      } else if let station {
        if let provider = provider(of: station) {
          placing = placing ?? provider
        } else if !isComing(station) {
          lacking = lacking ?? station
        }
      } else if providesNearby(one) {
        placing = placing ?? one
      }
    }
    if !isLeft {
      // At last what must be near in the end: what is found before what is placed.
      var wanted: Int?
      for amount in account.question.goal where counts[amount.fact] < amount.count {
        guard table.isNearby[amount.fact] else { return .stuck }
        if wanted == nil || table.isFound[amount.fact] { wanted = amount.fact }
      }
      guard let wanted else { return .done }
      if table.isFound[wanted] { return find(wanted) }
      if let provider = provider(of: wanted) { placing = provider } else { lacking = wanted }
    }
    if stays, let placing {
      carryOut(placing)
      return nil
    }
    if let complete { return find(complete) }
    if let placing {
      carryOut(placing)
      return nil
    }
    if let partial { return find(partial) }
    return lacking.map { .lacksCopy($0) } ?? .stuck
  }

  /// Whether something that is left to do obtains what must be placed to have this near.
  private func isComing(_ station: Int) -> Bool {
    for place in table.producers(of: station) {
      for need in table.consumes(table.producer(place)) where !has(need) {
        for one in account.chosen where left[one] > 0 {
          if table.yield(one, table.amount(need).fact) > 0 { return true }
        }
      }
    }
    return false
  }

  /// Whether an operator needs something that is here and can be found.
  private func isHere(_ one: Int) -> Bool {
    for index in table.needs(one) {
      let fact = table.amount(index).fact
      if table.isFound[fact] && counts[fact] > 0 { return true }
    }
    return false
  }

  /// Whether everything that is to be gathered at a place can be begun.
  private func canBeGathered(_ place: Int) -> Bool {
    for one in account.chosen where left[one] > 0 {
      var isThere = false, isReady = true
      for index in table.needs(one) {
        let fact = table.amount(index).fact
        if fact == place { isThere = true }
        if !table.isNearby[fact] && !has(index) { isReady = false }
      }
      if isThere && !isReady { return false }
    }
    return true
  }

  /// The cheapest operator, other than a find, that brings something near and can be carried out now; if only something else
  /// must be near for it, what brings that.
  private func provider(of fact: Int, depth: Int = 0) -> Int? {
    var best: Int?, least = Double.infinity
    for place in table.producers(of: fact) {
      let one = table.producer(place)
      guard !table.isFind[one], prices.once[one] < least,
        placements[one] > 0 || takesNothing(one)
      else { continue }
      var missing: Int?, isReady = true
      for index in table.needs(one) where !has(index) {
        if table.isNearby[table.amount(index).fact] {
          missing = table.amount(index).fact
        } else {
          isReady = false
        }
      }
      guard isReady else { continue }
      if let missing {
        guard depth < 8, !table.isFound[missing], let first = provider(of: missing, depth: depth + 1) else {
          continue
        }
        (best, least) = (first, prices.once[one])
      } else {
        (best, least) = (one, prices.once[one])
      }
    }
    return best
  }

  /// The cheapest find of something.
  private func finding(_ fact: Int) -> Int? {
    var next: Int?, least = Double.infinity
    for place in table.producers(of: fact) {
      let one = table.producer(place)
      if table.isFind[one] && prices.once[one] < least { (next, least) = (one, prices.once[one]) }
    }
    return next
  }

  private func takesNothing(_ one: Int) -> Bool {
    for index in table.consumes(one) where !table.isNearby[table.amount(index).fact] { return false }
    return true
  }

  /// Takes up what was placed here and will be needed again, and finds something.
  private func find(_ fact: Int) -> Outcome? {
    guard let next = finding(fact) else { return .stuck }
    for position in 0..<table.nearby.count {
      let station = table.nearby[position]
      if counts[station] > 0 && !table.isFound[station] && takesUp[station] && isNeededLater(station) {
        takeUp(station)
      }
    }
    carryOut(next)
    return nil
  }

  private func isNeededLater(_ station: Int) -> Bool {
    for amount in account.question.goal where amount.fact == station { return true }
    for one in account.chosen where left[one] > 0 {
      for index in table.needs(one) where table.amount(index).fact == station { return true }
    }
    return false
  }

  /// Carries out what uses up that something is near and gives back what was placed, if anything does.
  private func takeUp(_ station: Int) {
    var best: Int?, again: Int?, least = Double.infinity
    for place in table.producers(of: station) {
      let provider = table.producer(place)
      for need in table.consumes(provider) {
        let item = table.amount(need).fact
        guard !table.isNearby[item] else { continue }
        for other in table.producers(of: item) {
          let one = table.producer(other)
          guard prices.once[one] < least, canBeDone(one),
            table.consumes(one).contains(where: { table.amount($0).fact == station })
          else { continue }
          (best, again, least) = (one, provider, prices.once[one])
        }
      }
    }
    if let best, let again {
      carryOut(best)
      placements[again] += 1
    }
  }
}

extension OperatorTable {
  /// Carries out an operator for which everything is there.
  ///
  /// - Returns: whether something has been gathered since the last find.
  @inline(__always)
  func apply(_ one: Int, to counts: Column<Int32>, hasGathered: Bool) -> Bool {
    for index in consumes(one) { counts[amount(index).fact] &-= amount(index).count }
    if isFind[one] { for position in 0..<nearby.count { counts[nearby[position]] = 0 } }
    for index in obtains(one) {
      let amount = amount(index)
      counts[amount.fact] = isNearby[amount.fact] ? 1 : counts[amount.fact] &+ amount.count
    }
    return isFind[one] ? false : hasGathered || gathers[one]
  }
}
