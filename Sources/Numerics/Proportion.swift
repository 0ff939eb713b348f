/// Wilson's score interval of the probability behind `successes` of `count` trials at 95 % confidence (Wilson 1927, "Probable inference,
/// the law of succession, and statistical inference"), which stays sound at 0 and 1. All that is possible where there were no trials.
public func wilsonInterval(successes: Int, of count: Int) -> (low: Double, high: Double) {
  guard count > 0 else { return (0, 1) }
  let z = 1.959963984540054, n = Double(count), p = Double(successes) / n
  let scale = 1 / (1 + z * z / n)
  let center = scale * (p + z * z / (2 * n))
  let half = scale * z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
  return (max(0, min(p, center - half)), min(1, max(p, center + half)))
}
