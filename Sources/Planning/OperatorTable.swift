import KnackEnvironment

/// Operators as a search reads them: facts are small integers, amounts lie in one column.
///
/// An operator that obtains something by chance becomes several: one with what is certain, and one for each chance with
/// what is at least as likely, which has to be tried the more often the smaller the chance is. So searches know no chance.
final class OperatorTable: @unchecked Sendable {
  /// So many of a fact.
  struct Amount: BitwiseCopyable {
    var fact: Int, count: Int32
  }

  /// The number of operators here, and of facts.
  let count: Int, factCount: Int
  /// By operator: which of the planner's it is, and with what chance it obtains all that it obtains here.
  let source: Column<Int32>, chance: Column<Double>
  /// By operator, whether it is a find.
  let isFind: Column<Bool>
  /// By operator, whether it needs something near that can be found.
  let gathers: Column<Bool>
  /// By fact: whether it is about what is near, and whether a find obtains it.
  let isNearby: Column<Bool>, isFound: Column<Bool>
  /// The facts about what is near.
  let nearby: Column<Int>

  private let arena = Arena()
  private let amounts: Column<Amount>
  /// By operator, where its amounts begin: of what it consumes, requires and obtains; four numbers, the last being the end.
  private let bounds: Column<Int32>
  private let producers: Column<Int32>, firstProducer: Column<Int32>

  @inline(__always)
  func amount(_ index: Int) -> Amount { amounts[index] }

  /// What an operator consumes, requires, both, and obtains, as indices for ``amount(_:)``.
  @inline(__always)
  func consumes(_ one: Int) -> Range<Int> { Int(bounds[4 &* one])..<Int(bounds[4 &* one &+ 1]) }
  @inline(__always)
  func requires(_ one: Int) -> Range<Int> { Int(bounds[4 &* one &+ 1])..<Int(bounds[4 &* one &+ 2]) }
  @inline(__always)
  func needs(_ one: Int) -> Range<Int> { Int(bounds[4 &* one])..<Int(bounds[4 &* one &+ 2]) }
  @inline(__always)
  func obtains(_ one: Int) -> Range<Int> { Int(bounds[4 &* one &+ 2])..<Int(bounds[4 &* one &+ 3]) }

  /// The places in the list of producers of those that obtain a fact.
  @inline(__always)
  func producers(of fact: Int) -> Range<Int> { Int(firstProducer[fact])..<Int(firstProducer[fact &+ 1]) }
  @inline(__always)
  func producer(_ index: Int) -> Int { Int(producers[index]) }

  /// How many of a fact an operator obtains.
  @inline(__always)
  func yield(_ one: Int, _ fact: Int) -> Int32 {
    for index in obtains(one) where amounts[index].fact == fact { return amounts[index].count }
    return 0
  }

  init(_ operators: [Operator], factCount: Int, isNearby nearby: [Bool], number: (String) -> Int) {
    var amounts: [Amount] = [], bounds: [Int32] = []
    var source: [Int32] = [], chance: [Double] = [], isFind: [Bool] = []
    var isFound = [Bool](repeating: false, count: factCount)
    var producers = [[Int32]](repeating: [], count: factCount)
    /// Adds amounts, those of the same fact together.
    func add(_ list: [Operator.Amount]) {
      let first = amounts.count
      for amount in list where amount.count > 0 {
        let fact = number(amount.fact), count = Int32(clamping: amount.count)
        if let place = amounts[first...].firstIndex(where: { $0.fact == fact }) {
          amounts[place].count += count
        } else {
          amounts.append(Amount(fact: fact, count: nearby[fact] ? 1 : count))
        }
      }
    }
    for (index, one) in operators.enumerated() {
      let chances = Set(one.obtains.map(\.chance)).union(one.obtains.isEmpty ? [1] : [])
      for least in chances.sorted(by: >) where least > 0 {
        for (part, list) in [one.consumes, one.requires, one.obtains.filter { $0.chance >= least }]
          .enumerated()
        {
          bounds.append(Int32(amounts.count))
          add(list)
          guard part == 2 else { continue }
          for amount in amounts[Int(bounds[bounds.count - 1])...] {
            producers[amount.fact].append(Int32(source.count))
            if one.kind == .find { isFound[amount.fact] = true }
          }
        }
        bounds.append(Int32(amounts.count))
        source.append(Int32(index))
        chance.append(least)
        isFind.append(one.kind == .find)
      }
    }
    count = source.count
    self.factCount = factCount
    self.amounts = arena.column(amounts)
    self.bounds = arena.column(bounds)
    self.source = arena.column(source)
    self.chance = arena.column(chance)
    self.isFind = arena.column(isFind)
    self.isFound = arena.column(isFound)
    isNearby = arena.column(nearby)
    self.nearby = arena.column(nearby.indices.filter { nearby[$0] })
    self.producers = arena.column(producers.flatMap(\.self))
    firstProducer = arena.column(
      producers.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1.count)) })
    gathers = arena.column(count, false)
    for one in 0..<count where !isFind[one] {
      gathers[one] = needs(one).contains { isFound[amounts[$0].fact] && nearby[amounts[$0].fact] }
    }
  }
}
