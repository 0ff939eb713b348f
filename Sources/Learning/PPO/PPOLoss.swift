import KnackNetworks
import KnackNumerics

/// PPO's loss and its derivative (Schulman et al. 2017, arXiv:1707.06347, equations 7 and 9), for a chunk of a minibatch.
///
///     L = max(-A r, -A clip(r, 1 - ε, 1 + ε)) + c_v · ½ (V - R)² - c_e · H,      r = π(a|s) / π_old(a|s)
///
/// averaged over the minibatch. The value loss has the factor ½ of CleanRL and of OpenAI's baselines.
struct PPOLoss {
  let clipRange: Float
  let clipValueLoss: Bool
  let entropyCoefficient: Float
  let valueCoefficient: Float
  /// What each sample's loss is multiplied by: one over the minibatch's size.
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

  /// Sums over samples, for metrics.
  struct Sums {
    /// Rows that the network was run on, and rows of weights that they gathered.
    var rows = 0, gatheredRows = 0
    var policyLoss = 0.0, valueLoss = 0.0, entropy = 0.0
    var approximateKL = 0.0, oldApproximateKL = 0.0, clipped = 0.0

    static func += (a: inout Sums, b: Sums) {
      a.rows += b.rows
      a.gatheredRows += b.gatheredRows
      a.policyLoss += b.policyLoss
      a.valueLoss += b.valueLoss
      a.entropy += b.entropy
      a.approximateKL += b.approximateKL
      a.oldApproximateKL += b.oldApproximateKL
      a.clipped += b.clipped
    }
  }

  /// Replaces `logits`, shape (rows, actions), and `values`, shape (rows), by the derivatives of the loss with respect
  /// to them, summed over the chunk's samples.
  func differentiate(
    _ logits: UnsafeMutablePointer<Float>, _ values: UnsafeMutablePointer<Float>, _ chunk: Chunk,
    _ sums: inout Sums
  ) {
    let rows = chunk.rowCount, actions = distribution.actions
    distribution.normalize(
      logits, mask: chunk.masks.map { UnsafePointer($0) }, rows: rows, probabilities: chunk.probabilities)
    distribution.entropy(logits, chunk.probabilities, rows: rows, into: chunk.entropies)
    chunk.scores.update(repeating: 0, count: rows * actions)
    chunk.entropyWeights.update(repeating: 0, count: rows)
    chunk.dValues.update(repeating: 0, count: rows)

    for i in 0..<chunk.sampleCount {
      let sample = chunk.samples[i], row = Int(chunk.rowOfSample[i])
      let action = row &* actions &+ Int(sample.action)
      let logRatio = logits[action] - sample.logProbability
      let ratio = Elementwise.exp(logRatio)
      let unclippedLoss = -sample.advantage * ratio
      let clippedRatio = min(max(ratio, 1 - clipRange), 1 + clipRange)
      let clippedLoss = -sample.advantage * clippedRatio
      // Where the clipped loss is the larger one, it is constant.
      chunk.scores[action] += unclippedLoss >= clippedLoss ? unclippedLoss * scale : 0
      chunk.entropyWeights[row] -= entropyCoefficient * scale

      let error = values[row] - sample.return
      var valueLoss = 0.5 * error * error
      var derivative = error
      if clipValueLoss {
        let change = values[row] - sample.value
        let clippedError = sample.value + min(max(change, -clipRange), clipRange) - sample.return
        if 0.5 * clippedError * clippedError > valueLoss {
          valueLoss = 0.5 * clippedError * clippedError
          derivative = abs(change) < clipRange ? clippedError : 0
        }
      }
      chunk.dValues[row] += valueCoefficient * scale * derivative

      sums.policyLoss += Double(max(unclippedLoss, clippedLoss))
      sums.valueLoss += Double(valueLoss)
      sums.entropy += Double(chunk.entropies[row])
      sums.oldApproximateKL += Double(-logRatio)
      sums.approximateKL += Double(ratio - 1 - logRatio)
      sums.clipped += abs(ratio - 1) > clipRange ? 1 : 0
    }
    distribution.backward(
      logits, chunk.probabilities, scores: chunk.scores, entropies: chunk.entropies,
      entropyWeights: chunk.entropyWeights, rows: rows, dLogits: logits)
    values.update(from: chunk.dValues, count: rows)
  }
}
