import KnackNetworks
import KnackNumerics

/// PPO's loss on one sample, with its derivative (Schulman et al. 2017, arXiv:1707.06347, equations 7 and 9).
///
///     L = max(-A r, -A clip(r, 1 - ε, 1 + ε)) + c_v · ½ (V - R)² - c_e · H,      r = π(a|s) / π_old(a|s)
///
/// The value loss has the factor ½ of CleanRL and of OpenAI's baselines.
struct PPOLoss {
  let clipRange: Float
  let clipValueLoss: Bool
  let entropyCoefficient: Float
  let valueCoefficient: Float
  /// What the sample's loss is multiplied by: one over the minibatch's size.
  let scale: Float

  init(_ ppo: PPOConfiguration) {
    clipRange = Float(ppo.clipRange)
    clipValueLoss = ppo.clipValueLoss
    entropyCoefficient = Float(ppo.entropyCoefficient)
    valueCoefficient = Float(ppo.valueCoefficient)
    scale = 1 / Float(ppo.minibatchSize)
  }

  /// Sums over samples, for metrics.
  struct Sums {
    var policyLoss = 0.0, valueLoss = 0.0, entropy = 0.0
    var approximateKL = 0.0, oldApproximateKL = 0.0, clipped = 0.0

    static func += (a: inout Sums, b: Sums) {
      a.policyLoss += b.policyLoss
      a.valueLoss += b.valueLoss
      a.entropy += b.entropy
      a.approximateKL += b.approximateKL
      a.oldApproximateKL += b.oldApproximateKL
      a.clipped += b.clipped
    }
  }

  /// What was noted of the sample when it was collected.
  struct Sample {
    var action: Int
    var logProbability: Float, advantage: Float, value: Float, `return`: Float
  }

  /// Replaces `logits` by the loss's derivative with respect to them, and returns the one with respect to the value.
  @inline(__always)
  func differentiate(
    _ logits: UnsafeMutablePointer<Float>, mask: UnsafePointer<UInt8>?, actions: Int, value: Float,
    _ sample: Sample, _ sums: inout Sums
  ) -> Float {
    Categorical.logSoftmax(logits, mask: mask, count: actions)
    let logRatio = logits[sample.action] - sample.logProbability
    let ratio = Elementwise.exp(logRatio)
    let unclippedLoss = -sample.advantage * ratio
    let clippedRatio = min(max(ratio, 1 - clipRange), 1 + clipRange)
    let clippedLoss = -sample.advantage * clippedRatio
    // Where the clipped loss is the larger one, it is constant: no gradient.
    let dLogProbability = unclippedLoss >= clippedLoss ? unclippedLoss : 0

    let entropy = Categorical.replaceByGradient(
      logits, count: actions, action: sample.action, logProbabilityWeight: dLogProbability * scale,
      entropyWeight: -entropyCoefficient * scale)

    let error = value - sample.return
    var valueLoss = 0.5 * error * error
    var dValue = error
    if clipValueLoss {
      let change = value - sample.value
      let clippedError = sample.value + min(max(change, -clipRange), clipRange) - sample.return
      let clippedLoss = 0.5 * clippedError * clippedError
      if clippedLoss > valueLoss {
        valueLoss = clippedLoss
        dValue = abs(change) < clipRange ? clippedError : 0
      }
    }

    sums.policyLoss += Double(max(unclippedLoss, clippedLoss))
    sums.valueLoss += Double(valueLoss)
    sums.entropy += Double(entropy)
    sums.oldApproximateKL += Double(-logRatio)
    sums.approximateKL += Double(ratio - 1 - logRatio)
    sums.clipped += abs(ratio - 1) > clipRange ? 1 : 0
    return valueCoefficient * scale * dValue
  }
}
