import KnackNumerics

/// The field's statistics over episodes and seeds.
public enum Statistics {
  /// An estimate with its interval.
  public struct Estimate: Sendable, Equatable {
    /// The estimate.
    public var value: Double
    /// The ends of its 95 % interval.
    public var low: Double, high: Double

    /// An estimate with its interval.
    public init(value: Double, low: Double, high: Double) {
      self.value = value
      self.low = low
      self.high = high
    }
  }

  /// The arithmetic mean; NaN of nothing.
  public static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// The standard deviation of the values themselves (divided by *n*), as published scores give it. NaN of nothing.
  public static func standardDeviation(_ values: [Double]) -> Double {
    let mean = mean(values)
    return self.mean(values.map { ($0 - mean) * ($0 - mean) }).squareRoot()
  }

  /// The mean of the middle half, values on its borders counted by the part that lies inside (Agarwal et al. 2021,
  /// arXiv:2108.13264). NaN of nothing.
  public static func interquartileMean(_ values: [Double]) -> Double {
    let quarter = Double(values.count) / 4
    var sum = 0.0, weights = 0.0
    for (i, value) in values.sorted().enumerated() {
      let weight = min(Double(i + 1), 3 * quarter) - max(Double(i), quarter)
      guard weight > 0 else { continue }
      sum += weight * value
      weights += weight
    }
    return sum / weights
  }

  /// The share of successes with Wilson's interval; NaN of nothing.
  public static func proportion(successes: Int, of count: Int) -> Estimate {
    guard count > 0 else { return Estimate(value: .nan, low: .nan, high: .nan) }
    let interval = wilsonInterval(successes: successes, of: count)
    return Estimate(value: Double(successes) / Double(count), low: interval.low, high: interval.high)
  }

  /// A statistic with its percentile-bootstrap 95 % interval. The resamples are drawn from a fixed seed, so the same
  /// values have the same interval.
  ///
  /// - Complexity: O(*n* · `resamples`) for the mean of *n* values.
  public static func bootstrap(
    _ values: [Double], resamples: Int = 2000, _ statistic: ([Double]) -> Double = mean
  ) -> Estimate {
    guard !values.isEmpty else { return Estimate(value: .nan, low: .nan, high: .nan) }
    var random = RandomStream(seed: 0, stream: 0)
    var sample = values
    var statistics: [Double] = []
    for _ in 0..<resamples {
      for i in sample.indices { sample[i] = values[Int(random.below(UInt32(values.count)))] }
      statistics.append(statistic(sample))
    }
    statistics.sort()
    return Estimate(
      value: statistic(values), low: quantile(0.025, ofSorted: statistics),
      high: quantile(0.975, ofSorted: statistics))
  }

  /// The quantile by linear interpolation between sorted values.
  static func quantile(_ share: Double, ofSorted values: [Double]) -> Double {
    let position = share * Double(values.count - 1)
    let lower = Int(position.rounded(.down)), upper = min(lower + 1, values.count - 1)
    return values[lower] + (position - Double(lower)) * (values[upper] - values[lower])
  }

  /// The middle value, or the mean of the middle two.
  public static func median(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : quantile(0.5, ofSorted: values.sorted())
  }
}
