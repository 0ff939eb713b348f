import KnackNetworks

/// Chooses actions for rows of observations with a perceptron's outputs as logits.
public final class PerceptronActor {
  private let network: Perceptron
  private let rows: Int
  private let observations: ObservationStore
  private let workspace: PerceptronWorkspace
  private let distribution: Categorical
  private let probabilities, uniforms: UnsafeMutablePointer<Float>

  /// An actor for so many rows.
  public init(_ network: Perceptron, rows: Int) {
    self.network = network
    self.rows = rows
    observations = ObservationStore(network, capacity: rows)
    workspace = PerceptronWorkspace(network, rows: rows)
    distribution = Categorical(actions: network.outputs)
    probabilities = .allocate(capacity: rows * network.outputs)
    probabilities.initialize(repeating: 0, count: rows * network.outputs)
    uniforms = .allocate(capacity: rows)
    uniforms.initialize(repeating: 0, count: rows)
  }

  deinit {
    probabilities.deallocate()
    uniforms.deallocate()
  }

  /// Draws an action for each row.
  ///
  /// - Parameters:
  ///   - shown: observations, one after the other, shape (rows, the network's cardinalities).
  ///   - features: the numbers beside them, shape (rows, the network's features); nil where it reads none.
  ///   - masks: shape (rows, actions), 1 where allowed; nil where everything is.
  ///   - uniform: a number in [0, 1) for each row to draw with.
  public func act(
    _ parameters: UnsafePointer<Float>, _ shown: UnsafePointer<UInt8>,
    features: UnsafePointer<Float>? = nil, masks: UnsafePointer<UInt8>?,
    into actions: inout [Int32], uniform: (Int) -> Float
  ) {
    for row in 0..<rows {
      observations.store(shown + row * observations.size, as: row)
      uniforms[row] = uniform(row)
    }
    var shown = observations.batch(from: 0)
    shown.features = features
    let logits = network.forward(parameters, shown, rows: rows, workspace)
    distribution.normalize(logits, mask: masks, rows: rows, probabilities: probabilities)
    actions.withUnsafeMutableBufferPointer {
      distribution.sample(probabilities, uniforms: uniforms, rows: rows, into: $0.baseAddress!)
    }
  }
}
