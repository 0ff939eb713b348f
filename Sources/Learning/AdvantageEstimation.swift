/// Generalised advantage estimation (Schulman et al. 2016, arXiv:1506.02438, equation 16) with correct bootstrapping.
///
/// Working backwards over the steps of each world,
///
///     δ_t = r_t + γ V(s_{t+1}) - V(s_t),        A_t = δ_t + γ λ A_{t+1},
///
/// where V(s_{t+1}) is zero after a step that ended the task; after one that ran into a limit it is the value of the
/// episode's final observation, not of the next episode's first; and A_{t+1} does not reach across either end.
///
/// - Parameters:
///   - worlds: the worlds whose columns are computed.
///   - rewards, values, ended: shape (steps, stride); `ended` where the episode ended at that step in either way.
///   - bootstraps: shape (steps, stride), the value of the final observation where an episode was truncated and zero
///     elsewhere; only read where `ended`.
///   - lastValues: shape (stride), the values of the observations after the last step.
///   - advantages, returns: written, shape (steps, stride); returns are `A_t + V(s_t)`.
/// - Complexity: O(steps × worlds).
func estimateAdvantages(
  worlds: Range<Int>, steps: Int, stride: Int, discount: Float, lambda: Float,
  rewards: UnsafePointer<Float>, values: UnsafePointer<Float>, ended: UnsafePointer<Bool>,
  bootstraps: UnsafePointer<Float>, lastValues: UnsafePointer<Float>,
  advantages: UnsafeMutablePointer<Float>, returns: UnsafeMutablePointer<Float>
) {
  for step in (0..<steps).reversed() {
    let row = step * stride
    for world in worlds {
      let i = row &+ world
      let following: Float
      let carried: Float
      if ended[i] {
        following = bootstraps[i]
        carried = 0
      } else if step + 1 < steps {
        following = values[i &+ stride]
        carried = advantages[i &+ stride]
      } else {
        following = lastValues[world]
        carried = 0
      }
      let delta = rewards[i] + discount * following - values[i]
      advantages[i] = delta + discount * lambda * carried
      returns[i] = advantages[i] + values[i]
    }
  }
}
