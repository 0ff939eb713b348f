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
  /// Consecutive stretches of weights, in order; outside of them gradient and moments are zero, where Adam changes nothing.
  var active: [Range<Int>]

  /// So many weights, all of them 0.
  public init(count: Int) {
    self.count = count
    func make() -> UnsafeMutablePointer<Float> {
      UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64)
        .initializeMemory(as: Float.self, repeating: 0, count: count)
    }
    (parameters, gradient, first, second) = (make(), make(), make(), make())
    active = [0..<count]
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
    momentsHaveChanged()
  }

  /// Called after somebody else has written the moments.
  func momentsHaveChanged() {}

  /// Follows the gradient that `backward` adds to zeros.
  public func descend(
    _ adam: Adam, learningRate: Float, backward: (_ gradient: UnsafeMutablePointer<Float>) -> Void
  ) {
    for range in active { (gradient + range.lowerBound).update(repeating: 0, count: range.count) }
    backward(gradient)
    steps += 1
    for range in active {
      adam.update(
        parameters: parameters, gradient: gradient, first: first, second: second, range: range, step: steps,
        learningRate: learningRate)
    }
  }

  /// Moves other weights, which began as a copy of these, towards them: w' ← (1 − rate) w' + rate w.
  public func follow(with target: UnsafeMutablePointer<Float>, rate: Float) {
    for range in active {
      let (parameters, target) = (parameters + range.lowerBound, target + range.lowerBound)
      for i in 0..<range.count { target[i] += rate * (parameters[i] - target[i]) }
    }
  }
}
