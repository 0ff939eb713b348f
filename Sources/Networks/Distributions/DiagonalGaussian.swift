import KnackNumerics

/// Normal distributions of independent numbers, as a network puts them out: a row of means, and behind them a row of logarithms of
/// standard deviations.
///
/// Nothing squashes the numbers that are drawn: they are for networks to read, which need no bounds. The deviations are kept in a range
/// instead, see ``clamp(_:rows:)``.
public struct DiagonalGaussian: Sendable, Equatable {
  /// Numbers of a draw.
  public let dimensions: Int
  /// The range of the logarithms of deviations.
  public let logDeviations: ClosedRange<Float>

  /// Numbers that describe a distribution.
  public var parameters: Int { 2 * dimensions }

  /// Distributions over so many numbers.
  public init(dimensions: Int, logDeviations: ClosedRange<Float> = -5...2) {
    precondition(dimensions > 0, "something to draw")
    self.dimensions = dimensions
    self.logDeviations = logDeviations
  }

  /// Brings the logarithms of deviations into their range; `rows` distributions of 2 · `dimensions` numbers each, as in all that follows.
  public func clamp(_ outputs: UnsafeMutablePointer<Float>, rows: Int) {
    let (low, high) = (logDeviations.lowerBound, logDeviations.upperBound)
    for row in 0..<rows {
      let s = outputs + (row &* parameters &+ dimensions)
      for d in 0..<dimensions { s[d] = s[d] < low ? low : (s[d] > high ? high : s[d]) }
    }
  }

  /// Clears what would lead the logarithms of deviations further out of their range; what leads back stays, so that none is caught.
  ///
  /// - Parameters:
  ///   - outputs: clamped.
  ///   - dOutputs: their gradient.
  public func confine(
    _ outputs: UnsafePointer<Float>, _ dOutputs: UnsafeMutablePointer<Float>, rows: Int
  ) {
    for row in 0..<rows {
      let s = outputs + (row &* parameters &+ dimensions), ds = dOutputs + (row &* parameters &+ dimensions)
      for d in 0..<dimensions
      where (s[d] <= logDeviations.lowerBound && ds[d] > 0)
        || (s[d] >= logDeviations.upperBound && ds[d] < 0)
      {
        ds[d] = 0
      }
    }
  }

  // MARK: - Drawing

  /// Draws from each distribution by standard normal numbers ε: z = μ + σ ε, shape (rows, dimensions).
  public func sample(
    _ outputs: UnsafePointer<Float>, noise: UnsafePointer<Float>, rows: Int,
    into z: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows {
      let m = outputs + row &* parameters, s = m + dimensions, place = row &* dimensions
      for d in 0..<dimensions {
        z[place &+ d] = m[d] + Elementwise.exp(s[d]) * noise[place &+ d]
      }
    }
  }

  /// Overwrites `dOutputs` with the gradient that what was drawn hands on (Kingma and Welling 2014, arXiv:1312.6114): dμ = dz,
  /// d log σ = dz σ ε.
  public func sampleBackward(
    _ outputs: UnsafePointer<Float>, noise: UnsafePointer<Float>, _ dz: UnsafePointer<Float>, rows: Int,
    into dOutputs: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows {
      let s = outputs + (row &* parameters &+ dimensions), place = row &* dimensions
      let dm = dOutputs + row &* parameters, ds = dm + dimensions
      for d in 0..<dimensions {
        dm[d] = dz[place &+ d]
        ds[d] = dz[place &+ d] * Elementwise.exp(s[d]) * noise[place &+ d]
      }
    }
  }

  // MARK: - One distribution

  /// The logarithm of a distribution's density at z.
  public func logDensity(_ output: UnsafePointer<Float>, _ z: UnsafePointer<Float>) -> Float {
    let s = output + dimensions
    var sum = -0.5 * Self.logTwoPi * Float(dimensions)
    for d in 0..<dimensions {
      let x = (z[d] - output[d]) * Elementwise.exp(-s[d])
      sum -= 0.5 * x * x + s[d]
    }
    return sum
  }

  /// Adds the gradient of that with respect to the distribution, times `scale`.
  public func addLogDensityGradient(
    _ output: UnsafePointer<Float>, _ z: UnsafePointer<Float>, scale: Float,
    to dOutput: UnsafeMutablePointer<Float>
  ) {
    let s = output + dimensions, ds = dOutput + dimensions
    for d in 0..<dimensions {
      let inverse = Elementwise.exp(-s[d]), x = (z[d] - output[d]) * inverse
      dOutput[d] += scale * x * inverse
      ds[d] += scale * (x * x - 1)
    }
  }

  /// The entropy of a distribution, in nats; its gradient is 1 for each logarithm of a deviation, and 0 for means.
  public func entropy(_ output: UnsafePointer<Float>) -> Float {
    var sum = 0.5 * (1 + Self.logTwoPi) * Float(dimensions)
    for d in 0..<dimensions { sum += output[dimensions &+ d] }
    return sum
  }

  /// KL(p ‖ q) in nats, where nil for q is the standard normal distribution.
  public func divergence(_ p: UnsafePointer<Float>, from q: UnsafePointer<Float>?) -> Float {
    var sum: Float = 0
    for d in 0..<dimensions {
      let (m, s) = (p[d] - (q?[d] ?? 0), p[dimensions &+ d]), t = q?[dimensions &+ d] ?? 0
      let ratio = Elementwise.exp(2 * (s - t)), x = m * Elementwise.exp(-t)
      sum += t - s + 0.5 * (ratio + x * x - 1)
    }
    return sum
  }

  /// Adds the gradient of KL(p ‖ q) with respect to p, times `scale`.
  public func addDivergenceGradient(
    _ p: UnsafePointer<Float>, from q: UnsafePointer<Float>?, scale: Float,
    to dp: UnsafeMutablePointer<Float>
  ) {
    for d in 0..<dimensions {
      let (m, s) = (p[d] - (q?[d] ?? 0), p[dimensions &+ d]), t = q?[dimensions &+ d] ?? 0
      dp[d] += scale * m * Elementwise.exp(-2 * t)
      dp[dimensions &+ d] += scale * (Elementwise.exp(2 * (s - t)) - 1)
    }
  }

  private static let logTwoPi: Float = 1.837_877_1
}
