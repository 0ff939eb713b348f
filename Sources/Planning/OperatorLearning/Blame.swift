/// How reliable an effect is, which is another matter than what it needs.
///
/// A failure in spite of everything that is claimed does not make the claims wrong: it lowers the probability, whether the
/// policy was weak, luck was bad, or a cause is none of the facts. Only many such failures that have something in common
/// become a claim (``Preconditions``).
struct Reliability: Sendable, Equatable {
  /// How often the effect came about, and how often it did not although it could have.
  var successes = 0, failures = 0

  /// The probability of the effect where what it needs is there (Laplace's rule of succession).
  var probability: Double { (Double(successes) + 1) / (Double(successes + failures) + 2) }

  /// The reliability of one of a skill's effects.
  ///
  /// Where another effect came about although this one could have, luck decided between them, or an order: the first
  /// recipe that can be made is made. If this one never came about where the other could have, it is an order, and
  /// nobody's failure.
  init(of index: Int, among effects: [Effect], _ preconditions: [Preconditions], _ trials: [Trial]) {
    successes = effects[index].count
    failures = preconditions[index].unexplained
    for other in effects.indices where other != index {
      let instead = effects[other].trials.filter { preconditions[index].hold(in: trials[$0].before) }
      let inSpite = effects[index].trials.contains { preconditions[other].hold(in: trials[$0].before) }
      if inSpite { failures += instead.reduce(0) { $0 + trials[$1].count } }
    }
  }

  /// A reliability of so many of each.
  init(successes: Int = 0, failures: Int = 0) {
    self.successes = successes
    self.failures = failures
  }
}
