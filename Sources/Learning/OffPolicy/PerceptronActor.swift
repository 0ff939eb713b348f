import KnackNetworks

/// Chooses actions for rows of observations with a perceptron's outputs as logits.
public final class PerceptronActor {
  private let network: Perceptron
  private let rows: Int
  private let observations: ObservationStore
  private let workspace: PerceptronWorkspace
  private let distribution: Categorical
  private let shares, uniforms: UnsafeMutablePointer<Float>

  /// An actor for so many rows.
  public init(_ network: Perceptron, rows: Int) {
    self.network = network
    self.rows = rows
    observations = ObservationStore(network, capacity: rows)
    workspace = PerceptronWorkspace(network, rows: rows)
    distribution = Categorical(actions: network.outputs)
    shares = .allocate(capacity: rows * network.outputs)
    shares.initialize(repeating: 0, count: rows * network.outputs)
    uniforms = .allocate(capacity: rows)
    uniforms.initialize(repeating: 0, count: rows)
  }

  deinit {
    shares.deallocate()
    uniforms.deallocate()
  }

  /// How probable the actions of a row were made when somebody last acted.
  public func probabilities(row: Int) -> [Float] {
    Array(UnsafeBufferPointer(start: shares + row * network.outputs, count: network.outputs))
  }

  /// Draws an action for each row, or takes the most probable one.
  ///
  /// - Parameters:
  ///   - shown: observations, one after the other, shape (rows, the network's cardinalities).
  ///   - features: the numbers beside them, shape (rows, the network's features); nil where it reads none.
  ///   - masks: shape (rows, actions), 1 where allowed; nil where everything is.
  ///   - uniform: a number in [0, 1) for each row to draw with; not called if `greedy`.
  public func act(
    _ parameters: UnsafePointer<Float>, _ shown: UnsafePointer<UInt8>,
    features: UnsafePointer<Float>? = nil, masks: UnsafePointer<UInt8>?, greedy: Bool = false,
    into actions: inout [Int32], uniform: (Int) -> Float
  ) {
    for row in 0..<rows {
      observations.store(shown + row * observations.size, as: row)
      if !greedy { uniforms[row] = uniform(row) }
    }
    var shown = observations.batch(from: 0)
    shown.features = features
    let logits = network.forward(parameters, shown, rows: rows, workspace)
    distribution.normalize(logits, mask: masks, rows: rows, probabilities: shares)
    actions.withUnsafeMutableBufferPointer {
      if greedy {
        distribution.mode(shares, rows: rows, into: $0.baseAddress!)
      } else {
        distribution.sample(shares, uniforms: uniforms, rows: rows, into: $0.baseAddress!)
      }
    }
  }
}
