import KnackNetworks
import KnackNumerics

/// A perceptron with its weights, their gradient, and what Adam remembers of them.
///
/// Its first layer has a row of weights for every value that any world of a family might show, and one world shows a tenth of them. Rows
/// that no observation has named yet have neither gradient nor moments: steps pass over them, which changes no bit.
public final class TrainedNetwork: TrainedWeights, @unchecked Sendable {
  /// The network.
  public let network: Perceptron
  /// By row of the first layer, whether it has been named.
  private var isNamed: [Bool]

  /// Fresh weights.
  public init(_ network: Perceptron, headGain: Float, random: inout RandomStream) {
    self.network = network
    isNamed = [Bool](repeating: false, count: network.vocabulary.rows)
    super.init(count: network.layout.count)
    network.initialize(parameters, headGain: headGain, random: &random)
    findActive()
  }

  override func momentsHaveChanged() {
    let (start, width) = network.gatherTable
    for row in isNamed.indices {
      let place = start + row * width
      isNamed[row] = ActiveStretches.hasMoments(place..<place + width, first, second)
    }
    findActive()
  }

  /// Finds the stretches of weights that are no unnamed rows.
  private func findActive() {
    active.removeAll(keepingCapacity: true)
    ActiveStretches.append(count: count, tables: [network.gatherTable], rows: isNamed.count, to: &active) {
      row, _ in isNamed[row]
    }
  }

  /// Marks the rows that a batch names.
  private func name(_ observations: ObservationBatch, rows: Int) {
    var isNew = false
    isNamed.withUnsafeMutableBufferPointer { isNamed in
      for i in 0..<rows {
        for row in observations.gathered.rows(of: Int(observations.samples[i])) where !isNamed[Int(row)] {
          isNamed[Int(row)] = true
          isNew = true
        }
      }
    }
    if isNew { findActive() }
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
    name(observations, rows: rows)
    descend(adam, learningRate: learningRate) { gradient in
      network.backward(
        parameters, observations, rows: rows, workspace, dOutputs: dOutputs, gradient: gradient,
        dFeatures: dFeatures)
    }
  }
}
