import Glibc

/// The two tests on which everything that is learned rests. Both are exact.
enum Chance {
  /// The probability that none of `successes` falls among `absent` of the trials if it made no difference to them: Fisher's
  /// exact test of a table with a zero in it.
  ///
  /// - Parameters:
  ///   - absent: trials in which a literal was false; all of them failed.
  ///   - successes: trials that succeeded; in all of them it was true.
  ///   - failures: trials that failed although it was true.
  static func coincidence(absent: Int, successes: Int, failures: Int) -> Double {
    let all = absent + successes + failures
    var probability = 1.0
    for i in 0..<successes { probability *= Double(all - absent - i) / Double(all - i) }
    return probability
  }

  /// The probability of at least `count` of `trials` where each has this probability.
  static func tail(atLeast count: Int, of trials: Int, probability: Double) -> Double {
    guard count > 0 else { return 1 }
    guard probability > 0 else { return 0 }
    guard probability < 1 else { return 1 }
    // The logarithm of the number of ways, so that nothing overflows.
    var sum = 0.0
    for k in count...max(count, trials) where k <= trials {
      let ways = lgamma(Double(trials) + 1) - lgamma(Double(k) + 1) - lgamma(Double(trials - k) + 1)
      sum += exp(ways + Double(k) * log(probability) + Double(trials - k) * log(1 - probability))
    }
    return min(1, sum)
  }

  /// How many failures in a row it takes until something that succeeds with this probability would have succeeded but for a
  /// chance of `error`: ⌈ln error / ln (1 - probability)⌉.
  static func failuresNeeded(probability: Double, error: Double) -> Int {
    guard probability < 1 else { return 1 }
    guard probability > 0 else { return .max }
    return max(1, Int((log(error) / log(1 - probability)).rounded(.up)))
  }
}
