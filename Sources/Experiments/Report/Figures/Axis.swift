import Glibc

/// A range of numbers with round marks.
struct Axis: Sendable, Equatable {
  /// The ends.
  let low: Double, high: Double
  /// Where the marks are.
  let ticks: [Double]
  private let step: Double

  /// The axis from the last mark below `values` to the first above them, with about `count` marks at 1, 2 or 5 times a
  /// power of ten. Values that are not finite are left out.
  init(covering values: some Sequence<Double>, count: Int = 5) {
    var least = Double.infinity, most = -Double.infinity
    for value in values where value.isFinite {
      least = min(least, value)
      most = max(most, value)
    }
    if least > most { (least, most) = (0, 1) }
    if least == most { (least, most) = (min(0, least), max(0, least)) }
    if least == most { most = 1 }
    let rough = (most - least) / Double(count)
    let power = pow(10, log10(rough).rounded(.down))
    let step = power * ([1.0, 2, 5].first { $0 * power >= rough * 0.999 } ?? 10)
    let first = (least / step + 1e-9).rounded(.down), last = (most / step - 1e-9).rounded(.up)
    self.step = step
    low = first * step
    high = last * step
    ticks = (0...Int(last - first)).map { (first + Double($0)) * step }
  }

  /// What stands at a mark. All marks of an axis have the same unit and as many digits as tell them apart.
  func label(_ tick: Double) -> String {
    let most = max(abs(low), abs(high))
    let (size, unit) =
      most >= 1e9 ? (1e9, "G") : most >= 1e6 ? (1e6, "M") : most >= 1e4 ? (1e3, "k") : (1, "")
    let digits = max(0, Int((-log10(step / size) - 1e-9).rounded(.up)))
    return abs(tick) < step / 2 ? "0" : fixed(tick / size, min(digits, 6)) + unit
  }

  /// Where a value lies, 0 being the low end and 1 the high one.
  func share(_ value: Double) -> Double { (value - low) / (high - low) }
}
