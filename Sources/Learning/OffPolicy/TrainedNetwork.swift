import KnackNetworks
import KnackNumerics

/// A perceptron with its weights, their gradient, and what Adam remembers of them.
public final class TrainedNetwork: TrainedWeights, @unchecked Sendable {
  /// The network.
  public let network: Perceptron

  /// Fresh weights.
  public init(_ network: Perceptron, headGain: Float, random: inout RandomStream) {
    self.network = network
    super.init(count: network.layout.count)
    network.initialize(parameters, headGain: headGain, random: &random)
  }

  /// Follows the gradient that a backward pass over the batch gives.
  ///
  /// - Parameters:
  ///   - dOutputs: the outputs' gradient, shape (rows, outputs). Overwritten.
  ///   - dFeatures: where that of the features is written, shape (rows, features); nil where nobody needs it.
  public func descend(
    _ observations: ObservationBatch, rows: Int, _ workspace: PerceptronWorkspace,
    dOutputs: UnsafeMutablePointer<Float>, dFeatures: UnsafeMutablePointer<Float>? = nil, _ adam: Adam,
    learningRate: Float
  ) {
    descend(adam, learningRate: learningRate) { gradient in
      network.backward(
        parameters, observations, rows: rows, workspace, dOutputs: dOutputs, gradient: gradient,
        dFeatures: dFeatures)
    }
  }
}
