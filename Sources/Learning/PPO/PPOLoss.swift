import KnackNetworks
import KnackNumerics

/// PPO's loss and its derivative (Schulman et al. 2017, arXiv:1707.06347, equations 7 and 9), for a chunk of rows.
///
///     L = max(-A r, -A clip(r, 1 - ε, 1 + ε)) + c_v · ½ (V - R)² - c_e · H,      r = π(a|s) / π_old(a|s)
///
/// averaged over the minibatch. The value loss has the factor ½ of CleanRL and of OpenAI's baselines.
struct PPOLoss {
  let clipRange: Float
  let clipValueLoss: Bool
  let entropyCoefficient: Float
  let valueCoefficient: Float
  /// What each row's loss is multiplied by: one over the minibatch's size.
  let scale: Float
  let distribution: Categorical

  init(_ ppo: PPOConfiguration, actions: Int) {
    clipRange = Float(ppo.clipRange)
    clipValueLoss = ppo.clipValueLoss
    entropyCoefficient = Float(ppo.entropyCoefficient)
    valueCoefficient = Float(ppo.valueCoefficient)
    scale = 1 / Float(ppo.minibatchSize)
    distribution = Categorical(actions: actions)
  }

  /// Sums over rows, for metrics.
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

  /// Replaces `logits`, shape (rows, actions), and `values`, shape (rows), by the derivatives of the loss with respect
  /// to them.
  func differentiate(
    _ logits: UnsafeMutablePointer<Float>, _ values: UnsafeMutablePointer<Float>, _ t: TransitionRows,
    rows: Int, _ sums: inout Sums
  ) {
    distribution.normalize(
      logits, mask: t.masks.map { UnsafePointer($0) }, rows: rows, probabilities: t.probabilities)
    distribution.logProbability(logits, of: t.actions, rows: rows, into: t.scores)
    distribution.entropy(logits, t.probabilities, rows: rows, into: t.entropies)
    for row in 0..<rows {
      let logRatio = t.scores[row] - t.logProbabilities[row]
      let ratio = Elementwise.exp(logRatio)
      let unclippedLoss = -t.advantages[row] * ratio
      let clippedRatio = min(max(ratio, 1 - clipRange), 1 + clipRange)
      let clippedLoss = -t.advantages[row] * clippedRatio
      // Where the clipped loss is the larger one it is constant. Of the loss, downwards is better: hence no minus here.
      t.scores[row] = unclippedLoss >= clippedLoss ? unclippedLoss * scale : 0
      sums.policyLoss += Double(max(unclippedLoss, clippedLoss))
      sums.entropy += Double(t.entropies[row])
      sums.oldApproximateKL += Double(-logRatio)
      sums.approximateKL += Double(ratio - 1 - logRatio)
      sums.clipped += abs(ratio - 1) > clipRange ? 1 : 0
    }
    distribution.backward(
      logits, t.probabilities, chosen: t.actions, scores: t.scores, entropies: t.entropies,
      entropyWeight: -entropyCoefficient * scale, rows: rows, dLogits: logits)

    for row in 0..<rows {
      let error = values[row] - t.returns[row]
      var valueLoss = 0.5 * error * error
      var derivative = error
      if clipValueLoss {
        let change = values[row] - t.values[row]
        let clippedError = t.values[row] + min(max(change, -clipRange), clipRange) - t.returns[row]
        if 0.5 * clippedError * clippedError > valueLoss {
          valueLoss = 0.5 * clippedError * clippedError
          derivative = abs(change) < clipRange ? clippedError : 0
        }
      }
      sums.valueLoss += Double(valueLoss)
      values[row] = valueCoefficient * scale * derivative
    }
  }
}

/// What was noted of a chunk's transitions when they were collected, side by side, with scratch memory for the loss.
struct TransitionRows {
  let actions: UnsafeMutablePointer<Int32>
  let logProbabilities, advantages, values, returns: UnsafeMutablePointer<Float>
  /// Shape (rows, actions); nil where nothing is masked.
  let masks: UnsafeMutablePointer<UInt8>?
  /// Scratch: shape (rows, actions), (rows) and (rows).
  let probabilities, scores, entropies: UnsafeMutablePointer<Float>

  init(rows: Int, actions actionCount: Int, masked: Bool) {
    func make<T>(_ count: Int, _ zero: T) -> UnsafeMutablePointer<T> {
      let memory = UnsafeMutablePointer<T>.allocate(capacity: count)
      memory.initialize(repeating: zero, count: count)
      return memory
    }
    actions = make(rows, 0)
    logProbabilities = make(rows, 0)
    advantages = make(rows, 0)
    values = make(rows, 0)
    returns = make(rows, 0)
    masks = masked ? make(rows * actionCount, 1) : nil
    probabilities = make(rows * actionCount, 0)
    scores = make(rows, 0)
    entropies = make(rows, 0)
  }

  func deallocate() {
    actions.deallocate()
    masks?.deallocate()
    for floats in [logProbabilities, advantages, values, returns, probabilities, scores, entropies] {
      floats.deallocate()
    }
  }
}
