/// How often each operator must be carried out to reach a goal: an account that goes backwards from what is needed to what
/// gives it, over whole amounts.
///
/// What is consumed adds up; what is required is needed once, however many need it. What is left over of a batch, and what
/// comes along with what was wanted, is used. The order of execution is the ``Schedule``'s matter.
final class RequirementAccount {
  let table: OperatorTable, question: Question, prices: Prices
  /// The facts that can matter.
  let facts: [Int]

  /// By operator: the cost of carrying it out once, with all that it takes beyond what there is; by fact: the least of those
  /// that obtain it. Infinite for what cannot be had.
  let total: Column<Double>, value: Column<Double>
  /// By fact, how many the cheapest that obtains it gives.
  private let batch: Column<Int32>
  /// By fact, for how much it would be given.
  let gift: Column<Double>
  /// By fact, what there is beyond what is spoken for: what costs nothing.
  let free: Column<Int32>
  /// By fact, the operator that is to obtain it; -1 for the cheapest.
  let forced: Column<Int32>
  /// By fact that is near when something was placed, how often that has to be done at least.
  let copies: Column<Int32>

  /// By operator, how often it is carried out; those of which that is more than 0, in the order in which they were chosen.
  let times: Column<Int32>
  private(set) var chosen: [Int] = []
  /// By fact: how many are consumed, how many must be there at once, how many are obtained.
  let consumed: Column<Int32>, kept: Column<Int32>, obtained: Column<Int32>

  private let arena = Arena()
  /// By fact, what there is at the start.
  private let start: Column<Int32>
  /// The operators that can be carried out, those nearest to the sources first.
  private let order: Column<Int>
  private var open: [Int] = []
  private let isOpen: Column<Bool>

  init(_ table: OperatorTable, _ question: Question, _ prices: Prices) {
    self.table = table
    self.question = question
    self.prices = prices
    total = arena.column(table.count, .infinity)
    value = arena.column(table.factCount, .infinity)
    batch = arena.column(table.factCount, 1)
    gift = arena.column(table.factCount, .infinity)
    free = arena.column(question.counts)
    start = arena.column(question.counts)
    forced = arena.column(table.factCount, -1)
    copies = arena.column(table.factCount, 1)
    times = arena.column(table.count, 0)
    consumed = arena.column(table.factCount, 0)
    kept = arena.column(table.factCount, 0)
    obtained = arena.column(table.factCount, 0)
    isOpen = arena.column(table.factCount, false)
    // So an estimate is done in few rounds.
    let usable = question.operators.filter { prices.once[$0].isFinite }
    order = arena.column(Array(usable.reversed()))
    var seen = [Bool](repeating: false, count: table.factCount), facts: [Int] = []
    func add(_ fact: Int) {
      if !seen[fact] {
        seen[fact] = true
        facts.append(fact)
      }
    }
    for amount in question.goal { add(amount.fact) }
    for one in question.operators { for index in table.needs(one) { add(table.amount(index).fact) } }
    self.facts = facts
  }

  /// Begins with other counts than the question's.
  func begin(with counts: Column<Int32>) { start.copy(from: counts) }

  // MARK: Estimates

  /// The least cost of having so many of a fact, as far as it is estimated.
  @inline(__always)
  func cost(of amount: OperatorTable.Amount) -> Double {
    let short = amount.count &- free[amount.fact]
    if short <= 0 { return 0 }
    return value[amount.fact] * Double((short &+ batch[amount.fact] &- 1) / batch[amount.fact])
  }

  /// Estimates ``value`` and ``total``, beginning anew: rounds over all operators until nothing becomes cheaper.
  ///
  /// The estimate is of one execution with everything that it takes, so that what several executions share, such as a tool
  /// or a way, counts for each.
  func estimate() {
    value.copy(from: gift)
    batch.fill(1)
    var changed = true, rounds = 0
    while changed && rounds < 64 {
      changed = false
      rounds += 1
      for position in 0..<order.count {
        let one = order[position]
        var sum = prices.once[one]
        for index in table.needs(one) {
          sum += cost(of: table.amount(index))
          if sum.isInfinite { break }
        }
        total[one] = sum
        guard sum.isFinite else { continue }
        for index in table.obtains(one) {
          let amount = table.amount(index)
          guard sum < value[amount.fact], forced[amount.fact] < 0 || forced[amount.fact] == Int32(one) else {
            continue
          }
          value[amount.fact] = sum
          batch[amount.fact] = amount.count
          changed = true
        }
      }
    }
  }

  // MARK: The account

  /// Fills ``times``.
  ///
  /// - Returns: false where something cannot be had.
  func account() -> Bool {
    for one in chosen {
      times[one] = 0
      for index in table.obtains(one) { obtained[table.amount(index).fact] = 0 }
    }
    chosen.removeAll(keepingCapacity: true)
    for fact in facts {
      consumed[fact] = 0
      kept[fact] = 0
      obtained[fact] = 0
      isOpen[fact] = false
      free[fact] = start[fact]
    }
    open.removeAll(keepingCapacity: true)
    estimate()
    for amount in question.goal {
      if table.isNearby[amount.fact] { kept[amount.fact] = 1 } else { consumed[amount.fact] += amount.count }
      ask(for: amount.fact)
    }
    var executions: Int32 = 0
    while let fact = dearest() {
      let short = shortage(fact)
      guard short > 0 else { continue }
      if start[fact] > 0 && free[fact] > 0 {
        // What there was is used up: what takes it is dearer from here on.
        free[fact] = 0
        estimate()
      }
      guard let one = cheapest(fact, short) else { return false }
      let count = (short &+ table.yield(one, fact) &- 1) / table.yield(one, fact)
      executions &+= count
      guard executions < 100_000 else { return false }
      carryOut(one, count)
      if shortage(fact) > 0 { ask(for: fact) }
    }
    useLeftovers()
    trim()
    return true
  }

  /// How many of a fact are still to be obtained.
  @inline(__always)
  private func shortage(_ fact: Int) -> Int32 {
    let needed = max(consumed[fact], kept[fact])
    guard table.isNearby[fact] && !table.isFound[fact] && needed > 0 else {
      return needed &- start[fact] &- obtained[fact]
    }
    return max(needed, copies[fact]) &- start[fact] &- obtained[fact]
  }

  private func ask(for fact: Int) {
    guard !isOpen[fact] else { return }
    isOpen[fact] = true
    open.append(fact)
  }

  /// Takes that one of the facts asked for that costs the most: what it takes costs less.
  private func dearest() -> Int? {
    guard var best = open.indices.first else { return nil }
    for place in open.indices where value[open[place]] > value[open[best]] { best = place }
    let fact = open[best]
    open[best] = open[open.count - 1]
    open.removeLast()
    isOpen[fact] = false
    return fact
  }

  private func cheapest(_ fact: Int, _ short: Int32) -> Int? {
    if forced[fact] >= 0 { return total[Int(forced[fact])].isFinite ? Int(forced[fact]) : nil }
    var best: Int?, least = Double.infinity
    for place in table.producers(of: fact) {
      let one = table.producer(place)
      guard prices.once[one].isFinite else { continue }
      let yield = table.yield(one, fact)
      let cost = total[one] * Double((short &+ yield &- 1) / yield)
      if cost < least { (best, least) = (one, cost) }
    }
    return best
  }

  /// Enters so many executions of an operator.
  private func carryOut(_ one: Int, _ count: Int32) {
    if times[one] == 0 { chosen.append(one) }
    times[one] &+= count
    for index in table.consumes(one) {
      let amount = table.amount(index)
      consumed[amount.fact] &+= amount.count &* count
      if shortage(amount.fact) > 0 { ask(for: amount.fact) }
    }
    for index in table.requires(one) {
      let amount = table.amount(index)
      kept[amount.fact] = max(kept[amount.fact], amount.count)
      if shortage(amount.fact) > 0 { ask(for: amount.fact) }
    }
    for index in table.obtains(one) {
      let amount = table.amount(index)
      obtained[amount.fact] &+= amount.count &* count
    }
  }

  // MARK: What is left over

  /// How many of a fact there are more than anyone needs.
  @inline(__always)
  private func surplus(_ fact: Int) -> Int32 {
    start[fact] &+ obtained[fact] &- max(consumed[fact], kept[fact])
  }

  /// Whether an operator brings nothing but something near: those are carried out as often as the schedule asks.
  func isProvider(_ one: Int) -> Bool {
    var providesNearby = false
    for index in table.obtains(one) {
      let fact = table.amount(index).fact
      if table.isNearby[fact] {
        providesNearby = true
      } else if consumed[fact] > 0 || kept[fact] > 0 {
        return false
      }
    }
    return providesNearby
  }

  /// Puts an operator that lives on what is left over into the place of another one, as often as that lasts: heat that burns
  /// on smelts the next one.
  private func useLeftovers() {
    for one in chosen where times[one] > 1 && !isProvider(one) {
      for index in table.obtains(one) {
        let product = table.amount(index)
        guard consumed[product.fact] > 0, forced[product.fact] < 0 || forced[product.fact] == Int32(one)
        else { continue }
        for place in table.producers(of: product.fact) {
          let other = table.producer(place)
          guard other != one, prices.once[other] <= prices.once[one],
            table.yield(other, product.fact) >= product.count, comesBefore(product.fact, other)
          else { continue }
          while times[one] > 0 && exchange(one, other) {}
        }
      }
    }
  }

  /// Whether an operator takes nothing that costs more than a fact: what does may have been made of it.
  private func comesBefore(_ fact: Int, _ one: Int) -> Bool {
    for index in table.consumes(one) where value[table.amount(index).fact] > value[fact] { return false }
    return true
  }

  /// Replaces one execution of an operator by one of another, where what that takes is there anyway.
  private func exchange(_ one: Int, _ other: Int) -> Bool {
    enter(one, -1)
    // What it requires must be there from the start, or have been required already: else it may be needed to make itself.
    let isAffordable =
      table.consumes(other).allSatisfy { surplus(table.amount($0).fact) >= table.amount($0).count }
      && table.requires(other).allSatisfy { index in
        let need = table.amount(index)
        return start[need.fact] >= need.count
          || table.requires(one).contains {
            table.amount($0).fact == need.fact && table.amount($0).count >= need.count
          }
      }
    if isAffordable { enter(other, 1) }
    let isBalanced = isAffordable && table.obtains(one).allSatisfy { surplus(table.amount($0).fact) >= 0 }
    if isBalanced { return true }
    if isAffordable { enter(other, -1) }
    enter(one, 1)
    return false
  }

  /// Changes the account by so many executions, without asking for anything.
  private func enter(_ one: Int, _ count: Int32) {
    if count > 0 && times[one] == 0 && !chosen.contains(one) { chosen.append(one) }
    times[one] &+= count
    for index in table.consumes(one) {
      consumed[table.amount(index).fact] &+= table.amount(index).count &* count
    }
    for index in table.obtains(one) {
      obtained[table.amount(index).fact] &+= table.amount(index).count &* count
    }
  }

  /// Takes out what nobody needs.
  private func trim() {
    var changed = true
    while changed {
      changed = false
      for one in chosen where times[one] > 0 && !isProvider(one) {
        while times[one] > 0
          && table.obtains(one).allSatisfy({ surplus(table.amount($0).fact) >= table.amount($0).count })
        {
          enter(one, -1)
          changed = true
        }
      }
      chosen.removeAll { times[$0] == 0 }
      // What is required may be less now.
      for fact in facts { kept[fact] = 0 }
      for amount in question.goal where table.isNearby[amount.fact] { kept[amount.fact] = 1 }
      for one in chosen {
        for index in table.requires(one) {
          let amount = table.amount(index)
          kept[amount.fact] = max(kept[amount.fact], amount.count)
        }
      }
    }
  }
}
