import KnackNumerics

/// Layer normalisation (Ba et al. 2016, arXiv:1607.06450): every row gets mean 0 and variance 1, then a learned scale
/// and shift of each feature.
public struct LayerNorm: Sendable {
  /// Features of a row.
  public let features: Int
  /// Added to the variance.
  public let epsilon: Float
  /// Offsets of the scale and the shift, [features] each, in the flat parameter vector.
  public let weight: Int, bias: Int

  /// Adds `name.weight` and `name.bias` to the layout.
  public init(_ name: String, features: Int, epsilon: Float = 1e-5, in layout: inout ParameterLayout) {
    self.features = features
    self.epsilon = epsilon
    self.weight = layout.add("\(name).weight", [features])
    self.bias = layout.add("\(name).bias", [features])
  }

  /// Sets the scale to 1 and the shift to 0.
  public func initialize(_ parameters: UnsafeMutablePointer<Float>) {
    (parameters + weight).update(repeating: 1, count: features)
    (parameters + bias).update(repeating: 0, count: features)
  }

  /// How many numbers `forward` keeps for `backward`: the mean and the inverse deviation of each row.
  public func statisticsCount(rows: Int) -> Int { 2 * rows }

  /// Computes y, [rows, features], from x, [rows, features]; y may be x where no `backward` follows.
  ///
  /// - Parameter statistics: filled for `backward`, [rows, 2].
  public func forward(
    _ parameters: UnsafePointer<Float>, _ x: UnsafePointer<Float>, rows: Int,
    into y: UnsafeMutablePointer<Float>, statistics: UnsafeMutablePointer<Float>
  ) {
    let (scale, shift) = (parameters + weight, parameters + bias)
    let share = 1 / Float(features)
    for r in 0..<rows {
      let (row, out) = (x + r &* features, y + r &* features)
      let mean = Elementwise.sum(row, count: features) * share
      for j in 0..<features { out[j] = row[j] - mean }
      let variance = Elementwise.dot(out, out, count: features) * share
      let inverse = 1 / (variance + epsilon).squareRoot()
      for j in 0..<features { out[j] = out[j] * inverse * scale[j] + shift[j] }
      statistics[2 &* r] = mean
      statistics[2 &* r &+ 1] = inverse
    }
  }

  /// Adds the gradients of scale and shift to `gradient` and overwrites dx, [rows, features]; dx may be dy.
  ///
  /// - Parameters:
  ///   - x: what `forward` was given.
  ///   - statistics: what `forward` wrote.
  ///   - dy: the gradient with respect to y, [rows, features].
  public func backward(
    _ parameters: UnsafePointer<Float>, _ x: UnsafePointer<Float>, statistics: UnsafePointer<Float>,
    _ dy: UnsafePointer<Float>, rows: Int, gradient: UnsafeMutablePointer<Float>,
    dx: UnsafeMutablePointer<Float>
  ) {
    let scale = parameters + weight
    let (dScale, dShift) = (gradient + weight, gradient + bias)
    let share = 1 / Float(features)
    for r in 0..<rows {
      let (row, dRow, out) = (x + r &* features, dy + r &* features, dx + r &* features)
      let (mean, inverse) = (statistics[2 &* r], statistics[2 &* r &+ 1])
      for j in 0..<features { dShift[j] += dRow[j] }
      for j in 0..<features { dScale[j] += dRow[j] * ((row[j] - mean) * inverse) }
      // With g = dy · scale and n the normalised row: dx = inverse · (g - mean(g) - n · mean(g · n)).
      for j in 0..<features { out[j] = dRow[j] * scale[j] }
      let g = Elementwise.sum(out, count: features) * share
      let gx = Elementwise.dot(out, row, count: features) * share
      let gn = (gx - g * mean) * inverse
      for j in 0..<features { out[j] = inverse * (out[j] - g - (row[j] - mean) * inverse * gn) }
    }
  }
}
