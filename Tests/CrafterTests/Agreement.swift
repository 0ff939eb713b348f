/// Whether two samples agree: the difference of their means in standard errors.
///
/// Under the hypothesis that both come from one distribution, this is close to standard normal; of a hundred such
/// differences, the largest stays below ``limit`` with a probability above 99.9 %.
struct Agreement {
  /// The differences, with what they are of.
  private(set) var differences: [(name: String, deviations: Double)] = []

  /// What counts as disagreement.
  static let limit = 4.5

  /// The comparisons that disagree.
  var disagreements: [String] {
    differences.filter { abs($0.deviations) > Self.limit }.map {
      "\($0.name): \($0.deviations) standard errors"
    }
  }

  /// Compares the means of two samples of independent numbers.
  mutating func compare(_ name: String, _ a: [Double], _ b: [Double]) {
    func moments(_ sample: [Double]) -> (mean: Double, error: Double) {
      let count = Double(sample.count), mean = sample.reduce(0, +) / count
      return (mean, sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1) / count)
    }
    let first = moments(a), second = moments(b), error = (first.error + second.error).squareRoot()
    differences.append(
      (name, error > 0 ? (first.mean - second.mean) / error : first.mean == second.mean ? 0 : .infinity))
  }

  /// Compares two sets of rates, each as successes among trials, under one name each. Rates of policies that were
  /// trained on one variant and evaluated on both go in here.
  mutating func compare(rates names: [String], _ a: [Int], of trialsA: Int, _ b: [Int], of trialsB: Int) {
    for (i, name) in names.enumerated() {
      let first = Double(a[i]) / Double(trialsA), second = Double(b[i]) / Double(trialsB)
      let rate = Double(a[i] + b[i]) / Double(trialsA + trialsB)
      let error = (rate * (1 - rate) * (1 / Double(trialsA) + 1 / Double(trialsB))).squareRoot()
      differences.append((name, error > 0 ? (first - second) / error : 0))
    }
  }
}
