import KnackNetworks
import KnackNumerics

/// A perceptron with its weights, their gradient, and what Adam remembers of them.
public final class TrainedNetwork: @unchecked Sendable {  // one worker at a time uses it
  /// The network.
  public let network: Perceptron
  /// The weights, and the gradient of the last step, each as long as the network's layout.
  public let parameters, gradient: UnsafeMutablePointer<Float>
  /// Adam's moments.
  let first, second: UnsafeMutablePointer<Float>
  /// Updates so far.
  public internal(set) var steps = 0

  /// Fresh weights.
  public init(_ network: Perceptron, headGain: Float, random: inout RandomStream) {
    self.network = network
    let count = network.layout.count
    func make() -> UnsafeMutablePointer<Float> {
      UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64)
        .initializeMemory(as: Float.self, repeating: 0, count: count)
    }
    (parameters, gradient, first, second) = (make(), make(), make(), make())
    network.initialize(parameters, headGain: headGain, random: &random)
  }

  deinit {
    for memory in [parameters, gradient, first, second] { memory.deallocate() }
  }

  /// The weights.
  public var weights: [Float] { Array(UnsafeBufferPointer(start: parameters, count: network.layout.count)) }

  /// Takes on weights; what Adam remembers is forgotten.
  public func load(_ weights: [Float]) {
    precondition(weights.count == network.layout.count, "as many weights as the network has")
    parameters.update(from: weights, count: weights.count)
    first.update(repeating: 0, count: weights.count)
    second.update(repeating: 0, count: weights.count)
    steps = 0
  }

  /// Follows the gradient that a backward pass over the batch gives.
  ///
  /// - Parameter dOutputs: the outputs' gradient, shape (rows, outputs). Overwritten.
  public func descend(
    _ observations: ObservationBatch, rows: Int, _ workspace: PerceptronWorkspace,
    dOutputs: UnsafeMutablePointer<Float>, _ adam: Adam, learningRate: Float
  ) {
    let count = network.layout.count
    gradient.update(repeating: 0, count: count)
    network.backward(
      parameters, observations, rows: rows, workspace, dOutputs: dOutputs, gradient: gradient)
    steps += 1
    adam.update(
      parameters: parameters, gradient: gradient, first: first, second: second, range: 0..<count, step: steps,
      learningRate: learningRate)
  }

  /// Moves the weights of another network of the same shape towards these: w' ← (1 − rate) w' + rate w.
  public func follow(with target: UnsafeMutablePointer<Float>, rate: Float) {
    let parameters = parameters
    for i in 0..<network.layout.count { target[i] += rate * (parameters[i] - target[i]) }
  }
}
