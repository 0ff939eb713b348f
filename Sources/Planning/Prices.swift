/// What an operator costs a search, in expected environment steps.
///
/// It is tried until it succeeds and has given what it gives by chance; whenever the place is gone meanwhile, it is found
/// again. What is near when several of a thing are gathered there may be gone after each: the next one then costs a share
/// of finding it.
struct Prices {
  /// By operator of the table: one execution, and what is added where something has been gathered since the last find.
  let once: Column<Double>, again: Column<Double>

  private let arena = Arena()

  /// - Parameter costs: what is known of the operator of a number, asked once for each that is `relevant`.
  init(_ table: OperatorTable, relevant: [Int], costs: (Int) -> SkillCost) {
    once = arena.column(table.count, .infinity)
    again = arena.column(table.count, 0)
    var known: [Int32: SkillCost] = [:]
    func cost(_ one: Int) -> SkillCost {
      let source = table.source[one]
      if let cost = known[source] { return cost }
      let cost = costs(Int(source))
      known[source] = cost
      return cost
    }
    for one in relevant where table.isFind[one] { once[one] = cost(one).expectedSteps / table.chance[one] }
    for one in relevant where !table.isFind[one] {
      let cost = cost(one), chance = table.chance[one]
      guard cost.probability > 0 else { continue }
      once[one] = cost.expectedSteps / chance
      guard table.gathers[one] else { continue }
      func searching(_ needs: Range<Int>) -> Double {
        needs.reduce(0) { sum, index in
          let fact = table.amount(index).fact
          guard table.isFound[fact] else { return sum }
          let cheapest = table.producers(of: fact).reduce(Double.infinity) { best, place in
            let producer = table.producer(place)
            return table.isFind[producer] ? min(best, once[producer]) : best
          }
          return sum + (cheapest.isFinite ? cheapest : 0)
        }
      }
      let again = cost.loss * searching(table.requires(one)), anew = searching(table.consumes(one))
      let attempts = 1 / (cost.probability * chance), successes = 1 / chance
      once[one] += (attempts - 1) * again + (successes - 1) * anew + (attempts - successes) * cost.loss * anew
      self.again[one] = again
    }
  }
}
