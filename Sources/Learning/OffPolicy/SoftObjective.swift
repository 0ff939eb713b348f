import KnackNetworks
import KnackNumerics

/// What soft actor-critic maximises over a list of actions, in closed form: expectations are sums, so nothing is drawn and nothing
/// reparameterised (Christodoulou 2019, arXiv:1910.07207).
///
/// The policy π is to be worth much and stay near a reference ρ. In a state with values Q(a), the smaller ones of two critics,
///
///     V = Σ_a π(a) Q(a) − α KL(π ‖ ρ),      KL(π ‖ ρ) = Σ_a π(a) (log π(a) − log ρ(a)).
///
/// With a uniform ρ over n actions KL is log n minus the entropy, and this is maximum-entropy reinforcement learning (Haarnoja et al.
/// 2018, arXiv:1812.05905); with one learned from demonstrations it is that of skill priors (Pertsch et al. 2020, arXiv:2010.11944).
enum SoftObjective {
  /// The distribution that a policy is to stay near, in one state: the logarithms of its probabilities; nil for the uniform one over what
  /// is allowed.
  typealias Reference = UnsafePointer<Float>

  /// V and KL of one state.
  ///
  /// - Parameters:
  ///   - logarithms: those of π, as ``Categorical/normalize(_:mask:rows:probabilities:)`` leaves them, and π itself.
  ///   - q: both critics' values of all actions.
  @inline(__always)
  static func value(
    _ logarithms: UnsafePointer<Float>, _ probabilities: UnsafePointer<Float>, _ reference: Reference?,
    _ q: (UnsafePointer<Float>, UnsafePointer<Float>), alpha: Float, actions: Int
  ) -> (value: Float, divergence: Float) {
    let uniform = logarithmOfUniform(logarithms, actions)
    var worth: Float = 0, divergence: Float = 0
    for a in 0..<actions {
      worth += probabilities[a] * min(q.0[a], q.1[a])
      divergence += probabilities[a] * (logarithms[a] - (reference.map { $0[a] } ?? uniform))
    }
    return (worth - alpha * divergence, divergence)
  }

  /// Writes the gradient of −V with respect to the policy's logits, times `scale`: π(a) (f(a) − Σ π f) where
  /// f = α (log π − log ρ) − Q. That f depends on π too does not matter: Σ π d log π = 0.
  @inline(__always)
  static func differentiate(
    _ logarithms: UnsafePointer<Float>, _ probabilities: UnsafePointer<Float>, _ reference: Reference?,
    _ q: (UnsafePointer<Float>, UnsafePointer<Float>), alpha: Float, actions: Int, scale: Float,
    into dLogits: UnsafeMutablePointer<Float>
  ) {
    let uniform = logarithmOfUniform(logarithms, actions)
    var mean: Float = 0
    for a in 0..<actions {
      let f = alpha * (logarithms[a] - (reference.map { $0[a] } ?? uniform)) - min(q.0[a], q.1[a])
      // What is forbidden has no probability and no gradient, whatever its f.
      dLogits[a] = f
      mean += probabilities[a] * f
    }
    for a in 0..<actions { dLogits[a] = scale * probabilities[a] * (dLogits[a] - mean) }
  }

  /// log 1/n of n allowed actions.
  @inline(__always)
  private static func logarithmOfUniform(_ logarithms: UnsafePointer<Float>, _ actions: Int) -> Float {
    var allowed: Float = 0
    for a in 0..<actions where logarithms[a] > 0.5 * Categorical.forbidden { allowed += 1 }
    return -Elementwise.log(allowed)
  }
}
