import KnackNumerics

/// Numbers beside an observation: to what another layer makes of its bytes, `y += Σ_j f_j W[j]` adds a row of weights for each of
/// its features, times the feature.
///
/// With a ``Gather`` before it, this is one linear layer on the one-hot observation and its features together.
public struct FeatureRows: Sendable {
  /// Features of an observation, and numbers that come out.
  public let features: Int, outputs: Int
  /// Offset of the weights, shape (features, outputs), in the parameters.
  public let weight: Int

  /// A layer whose parameters are added to `layout` as `name.weight`.
  public init(_ name: String, features: Int, outputs: Int, in layout: inout ParameterLayout) {
    self.features = features
    self.outputs = outputs
    weight = layout.add("\(name).weight", [features, outputs])
  }

  /// Draws the weights from a normal distribution whose deviation lets features of deviation 1 add numbers of deviation `gain`: together
  /// they are as loud as all of the observation's bytes, however many those are.
  public func initialize(
    _ parameters: UnsafeMutablePointer<Float>, gain: Float, random: inout some RandomNumberGenerator
  ) {
    Initialization.normal(
      parameters + weight, count: features * outputs, deviation: gain / Float(features).squareRoot(),
      random: &random)
  }

  /// Adds to `y`, shape (count, outputs), for the samples named by `samples`.
  ///
  /// - Parameter x: the features of all samples, shape (…, features).
  public func forward(
    _ parameters: UnsafePointer<Float>, _ x: UnsafePointer<Float>, samples: UnsafePointer<Int32>, count: Int,
    into y: UnsafeMutablePointer<Float>
  ) {
    let table = parameters + weight
    for i in 0..<count {
      let own = x + Int(samples[i]) &* features, output = y + i &* outputs
      for j in 0..<features {
        Elementwise.addScaled(table + j &* outputs, scale: own[j], to: output, count: outputs)
      }
    }
  }

  /// Adds the parameters' gradient, given that of `y`, and writes that of the features where wanted, shape (count, features): row i is
  /// that of the i-th sample named.
  public func backward(
    _ parameters: UnsafePointer<Float>, _ x: UnsafePointer<Float>, samples: UnsafePointer<Int32>, count: Int,
    _ dy: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    dFeatures: UnsafeMutablePointer<Float>?
  ) {
    let table = parameters + weight
    for i in 0..<count {
      let own = x + Int(samples[i]) &* features, dOutput = dy + i &* outputs
      for j in 0..<features {
        Elementwise.addScaled(
          dOutput, scale: own[j], to: gradient + weight + j &* outputs, count: outputs)
        dFeatures?[i &* features &+ j] = Elementwise.dot(dOutput, table + j &* outputs, count: outputs)
      }
    }
  }
}
