import KnackNumerics

/// Adam (Kingma and Ba 2015, arXiv:1412.6980), as PyTorch computes it: bias correction of both moments, epsilon
/// outside the square root.
public struct Adam: Sendable, Equatable {
  /// Decay of the mean of the gradients.
  public var beta1: Float = 0.9
  /// Decay of the mean of their squares.
  public var beta2: Float = 0.999
  /// What keeps the quotient finite; PPO's implementations use 1e-5.
  public var epsilon: Float = 1e-5

  /// PPO's usual settings.
  public init(beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-5) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  /// One step, in one pass over memory, of the parameters in `range`; distinct ranges may be updated in parallel.
  ///
  /// - Parameters:
  ///   - parameters: the network's flat parameter vector, changed in place.
  ///   - gradient: its gradient.
  ///   - first: the running mean of the gradients, changed in place; 0 at first.
  ///   - second: the running mean of their squares, changed in place; 0 at first.
  ///   - range: which parameters.
  ///   - step: 1 for the first step, then 2, …
  ///   - learningRate: the step size.
  ///   - gradientScale: the gradient counts times this (see `clipScale`).
  public func update(
    parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
    first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>, range: Range<Int>, step: Int,
    learningRate: Float, gradientScale: Float = 1
  ) {
    let correction1 = 1 - Self.power(Double(beta1), step)
    let correction2 = 1 - Self.power(Double(beta2), step)
    let stepSize = Float(Double(learningRate) / correction1)
    let rootScale = Float(1 / correction2.squareRoot())
    let (beta1, beta2, epsilon) = (beta1, beta2, epsilon)
    let (rest1, rest2) = (Float(1 - Double(beta1)), Float(1 - Double(beta2)))
    // Offsets from one base, so that the loop is over a plain count; four streams are few enough to vectorise.
    let (p, g) = (parameters + range.lowerBound, gradient + range.lowerBound)
    let (m, v) = (first + range.lowerBound, second + range.lowerBound)
    for i in 0..<range.count {
      let scaled = g[i] * gradientScale
      let mean = beta1 * m[i] + rest1 * scaled
      let square = beta2 * v[i] + rest2 * (scaled * scaled)
      let old = p[i]
      m[i] = mean
      v[i] = square
      p[i] = old - stepSize * mean / (Elementwise.squareRoot(square) * rootScale + epsilon)
    }
  }

  /// The factor that clips a gradient of this global norm: min(1, maximum / (norm + 1e-6)), as PyTorch does it.
  /// A maximum of 0 switches clipping off; a norm of NaN gives NaN.
  public static func clipScale(norm: Double, maximum: Double) -> Float {
    let scale = maximum / (norm + 1e-6)
    return maximum <= 0 || scale >= 1 ? 1 : Float(scale)
  }

  /// base^exponent by repeated squaring, so that it has the same bits everywhere.
  static func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 != 0 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
