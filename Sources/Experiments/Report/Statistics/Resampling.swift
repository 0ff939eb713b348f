import KnackNumerics

extension Statistics {
  /// Bootstrap samples of so many values, drawn once for many estimates: ``interquartileMean(_:)`` gives what
  /// ``Statistics/bootstrap(_:resamples:_:)`` of ``Statistics/interquartileMean(_:)`` gives, without sorting each sample.
  struct Resampling {
    private let count: Int
    /// For each sample, how often each value occurs in it.
    private let multiplicities: [UInt16]
    private let resamples: Int

    /// Samples of `count` values, at least one.
    init(_ count: Int, resamples: Int = 2000) {
      self.count = count
      self.resamples = resamples
      var random = RandomStream(seed: 0, stream: 0)
      var multiplicities = [UInt16](repeating: 0, count: resamples * count)
      for sample in 0..<resamples {
        for _ in 0..<count { multiplicities[sample * count + Int(random.below(UInt32(count)))] += 1 }
      }
      self.multiplicities = multiplicities
    }

    /// The interquartile mean of `count` values with its 95 % interval.
    ///
    /// - Complexity: O(`resamples` · `count`).
    func interquartileMean(_ values: [Double]) -> Estimate {
      precondition(values.count == count, "samples of another number of values")
      let order = values.indices.sorted { values[$0] < values[$1] }
      let sorted = order.map { values[$0] }
      let quarter = Double(count) / 4
      var means = (0..<resamples).map { sample -> Double in
        // Equal values lie side by side in a sorted sample: from `start` up to `end`.
        var start = 0.0, sum = 0.0, weights = 0.0
        for i in sorted.indices {
          let end = start + Double(multiplicities[sample * count + order[i]])
          let weight = min(end, 3 * quarter) - max(start, quarter)
          if weight > 0 {
            sum += weight * sorted[i]
            weights += weight
          }
          start = end
        }
        return sum / weights
      }
      means.sort()
      return Estimate(
        value: Statistics.interquartileMean(values), low: quantile(0.025, ofSorted: means),
        high: quantile(0.975, ofSorted: means))
    }
  }
}
