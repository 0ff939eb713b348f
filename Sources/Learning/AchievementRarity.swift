import KnackNumerics

/// Makes rare achievements worth more to a learner than common ones.
///
/// An agent that is paid alike for everything it can achieve learns what comes easily, over and over, and forgets what it
/// has seen twice. Crafter's score pays otherwise: it is the geometric mean of 1 + sᵢ over the achievements, where sᵢ is the
/// success rate in percent, and its logarithm grows with sᵢ by 1 / (1 + sᵢ). The first reaching of achievement i in an
/// episode is therefore worth
///
///     wᵢ = ((1 + 100) / (1 + sᵢ))ᵖ
///
/// where sᵢ is the rate over all training episodes so far, as in the score: with p = 1 the gradient of the score up to a
/// factor, with p = 0 the world's own rewards. Between them lies what can be learned from: a hundredfold reward is too
/// loud, and so is one that comes and goes with the rates of the last hundred episodes, whose noise is of the size of a
/// rare achievement's rate. What the world pays for an achievement is taken to be 1, so wᵢ - 1 is added. Only the learner
/// sees this; reported returns are the world's.
struct AchievementRarity {
  private let exponent: Float
  /// wᵢ - 1.
  private var bonuses = SIMD64<Float>()

  init(exponent: Double) { self.exponent = Float(exponent) }

  /// Takes the success rates from episodes; where there are none yet, all achievements are as rare as can be.
  mutating func weigh(by episodes: EpisodeSummary) {
    guard exponent > 0 else { return }
    let count = Float(max(1, episodes.count))
    for i in bonuses.indices {
      let percent = 100 * Float(episodes.achievements[i]) / count
      bonuses[i] = Elementwise.exp(exponent * Elementwise.log(101 / (1 + percent))) - 1
    }
  }

  /// What is added to the reward of a step that reaches achievements for the first time, given as bits.
  func bonus(for reached: UInt64) -> Float {
    guard exponent > 0 else { return 0 }
    var sum: Float = 0, left = reached
    while left != 0 {
      sum += bonuses[left.trailingZeroBitCount]
      left &= left &- 1
    }
    return sum
  }
}
