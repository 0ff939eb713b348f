import KnackNumerics

/// A batch of distributions over `actions` choices, of which a mask may forbid some.
///
/// `normalize` turns logits into log-probabilities and probabilities, both [rows, actions]; everything else reads those
/// and computes no further exponentials. A forbidden action has probability exactly 0, is never sampled and gets no
/// gradient. Every row must allow at least one.
public struct Categorical: Sendable {
  /// Choices.
  public let actions: Int

  /// The log-probability of a forbidden action: finite, so that 0 · log 0 is 0.
  public static let forbidden: Float = -1e9

  /// Distributions over `actions` choices.
  public init(actions: Int) {
    precondition(actions >= 1, "A categorical distribution needs at least one action.")
    self.actions = actions
  }

  /// Replaces `logits` by log-probabilities and fills `probabilities`.
  ///
  /// - Parameter mask: [rows, actions], 0 where an action is forbidden; nil forbids none.
  public func normalize(
    _ logits: UnsafeMutablePointer<Float>, mask: UnsafePointer<UInt8>? = nil, rows: Int,
    probabilities: UnsafeMutablePointer<Float>
  ) {
    if let mask {
      for i in 0..<rows &* actions { logits[i] = mask[i] != 0 ? logits[i] : Self.forbidden }
    }
    for r in 0..<rows {
      let row = logits + r &* actions
      var largest = row[0]
      for j in 1..<actions { largest = row[j] > largest ? row[j] : largest }
      for j in 0..<actions { row[j] -= largest }
    }
    let floor = 0.5 * Self.forbidden
    for i in 0..<rows &* actions {
      let p = Elementwise.exp(logits[i])
      probabilities[i] = logits[i] < floor ? 0 : p
    }
    for r in 0..<rows {
      let (row, p) = (logits + r &* actions, probabilities + r &* actions)
      var sum: Float = 0
      for j in 0..<actions { sum += p[j] }
      let (logSum, inverse) = (Elementwise.log(sum), 1 / sum)
      for j in 0..<actions {
        row[j] = row[j] < floor ? Self.forbidden : row[j] - logSum
        p[j] *= inverse
      }
    }
  }

  /// Draws an action for each row by inverting the cumulative distribution at `uniforms`, [rows], each in [0, 1).
  public func sample(
    _ probabilities: UnsafePointer<Float>, uniforms: UnsafePointer<Float>, rows: Int,
    into chosen: UnsafeMutablePointer<Int32>
  ) {
    for r in 0..<rows {
      let p = probabilities + r &* actions
      let u = uniforms[r]
      var (cumulative, index, last): (Float, Int32, Int32) = (0, 0, 0)
      for j in 0..<actions {
        cumulative += p[j]
        index &+= cumulative <= u ? 1 : 0
        last = p[j] > 0 ? Int32(truncatingIfNeeded: j) : last
      }
      chosen[r] = min(index, last)  // rounding may leave the sum below a u near 1
    }
  }

  /// The most probable action of each row, the first of several.
  public func mode(
    _ probabilities: UnsafePointer<Float>, rows: Int, into chosen: UnsafeMutablePointer<Int32>
  ) {
    for r in 0..<rows {
      let p = probabilities + r &* actions
      var best = 0
      for j in 1..<actions { best = p[j] > p[best] ? j : best }
      chosen[r] = Int32(truncatingIfNeeded: best)
    }
  }

  /// The log-probability of `chosen`, [rows], in each row.
  public func logProbability(
    _ logProbabilities: UnsafePointer<Float>, of chosen: UnsafePointer<Int32>, rows: Int,
    into result: UnsafeMutablePointer<Float>
  ) {
    for r in 0..<rows { result[r] = logProbabilities[r &* actions &+ Int(chosen[r])] }
  }

  /// The entropy of each row, in nats.
  public func entropy(
    _ logProbabilities: UnsafePointer<Float>, _ probabilities: UnsafePointer<Float>, rows: Int,
    into result: UnsafeMutablePointer<Float>
  ) {
    for r in 0..<rows {
      let (l, p) = (logProbabilities + r &* actions, probabilities + r &* actions)
      var sum: Float = 0
      for j in 0..<actions { sum -= p[j] * l[j] }
      result[r] = sum
    }
  }

  /// Overwrites `dLogits`, [rows, actions], with the gradient of
  /// `Σ_a scores[r, a] · log p(a) + entropyWeights[r] · entropy[r]` of each row with respect to its logits. A score for
  /// every action, so that a row can stand for several samples.
  ///
  /// - Parameters:
  ///   - scores: [rows, actions]; may be `dLogits`.
  ///   - entropies: what `entropy` computed, [rows].
  ///   - entropyWeights: [rows].
  public func backward(
    _ logProbabilities: UnsafePointer<Float>, _ probabilities: UnsafePointer<Float>,
    scores: UnsafePointer<Float>, entropies: UnsafePointer<Float>, entropyWeights: UnsafePointer<Float>,
    rows: Int, dLogits: UnsafeMutablePointer<Float>
  ) {
    for r in 0..<rows {
      let (l, p, d) = (logProbabilities + r &* actions, probabilities + r &* actions, dLogits + r &* actions)
      let score = scores + r &* actions
      let (entropy, weight) = (entropies[r], entropyWeights[r])
      var total: Float = 0
      for j in 0..<actions { total += score[j] }
      for j in 0..<actions { d[j] = score[j] - p[j] * (total + weight * (l[j] + entropy)) }
    }
  }
}
