/// Generalised advantage estimation (Schulman et al. 2016, arXiv:1506.02438, equation 16) with correct bootstrapping.
///
/// Working backwards over the steps of one world,
///
///     δ_t = r_t + γ V(s_{t+1}) - V(s_t),        A_t = δ_t + γ λ A_{t+1},
///
/// where V(s_{t+1}) is zero after a step that ended the task; after one that ran into a limit it is the value of the
/// episode's final observation, not of the next episode's first; and A_{t+1} does not reach across either end.
///
/// - Parameters:
///   - samples: consecutive steps of one world; their advantages are written.
///   - lastValue: the value of the observation after the last step.
/// - Complexity: O(steps).
func estimateAdvantages(
  _ samples: UnsafeMutableBufferPointer<Rollout.Sample>, lastValue: Float, discount: Float, lambda: Float
) {
  var followingValue = lastValue
  var carried: Float = 0
  for t in samples.indices.reversed() {
    if samples[t].ended {
      followingValue = samples[t].bootstrap
      carried = 0
    }
    let delta = samples[t].reward + discount * followingValue - samples[t].value
    carried = delta + discount * lambda * carried
    samples[t].advantage = carried
    followingValue = samples[t].value
  }
}
