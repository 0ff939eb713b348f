import KnackNetworks
import KnackNumerics

/// A network's weights with their gradient, and what Adam remembers of them.
public class TrainedWeights: @unchecked Sendable {  // one worker at a time uses them
  /// How many there are.
  public let count: Int
  /// The weights, and the gradient of the last step.
  public let parameters, gradient: UnsafeMutablePointer<Float>
  /// Adam's moments.
  let first, second: UnsafeMutablePointer<Float>
  /// Updates so far.
  public internal(set) var steps = 0

  /// So many weights, all of them 0.
  public init(count: Int) {
    self.count = count
    func make() -> UnsafeMutablePointer<Float> {
      UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64)
        .initializeMemory(as: Float.self, repeating: 0, count: count)
    }
    (parameters, gradient, first, second) = (make(), make(), make(), make())
  }

  deinit {
    for memory in [parameters, gradient, first, second] { memory.deallocate() }
  }

  /// The weights.
  public var weights: [Float] { Array(UnsafeBufferPointer(start: parameters, count: count)) }

  /// Takes on weights; what Adam remembers is forgotten.
  public func load(_ weights: [Float]) {
    precondition(weights.count == count, "as many weights as the network has")
    parameters.update(from: weights, count: count)
    first.update(repeating: 0, count: count)
    second.update(repeating: 0, count: count)
    steps = 0
  }

  /// Follows the gradient that `backward` adds to zeros.
  public func descend(
    _ adam: Adam, learningRate: Float, backward: (_ gradient: UnsafeMutablePointer<Float>) -> Void
  ) {
    gradient.update(repeating: 0, count: count)
    backward(gradient)
    steps += 1
    adam.update(
      parameters: parameters, gradient: gradient, first: first, second: second, range: 0..<count, step: steps,
      learningRate: learningRate)
  }

  /// Moves other weights of the same network towards these: w' ← (1 − rate) w' + rate w.
  public func follow(with target: UnsafeMutablePointer<Float>, rate: Float) {
    let parameters = parameters
    for i in 0..<count { target[i] += rate * (parameters[i] - target[i]) }
  }
}
