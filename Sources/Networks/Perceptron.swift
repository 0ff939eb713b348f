/// A multi-layer perceptron on observations of small integers: a row of outputs for each.
///
///     observation -> gathered rows -> hidden layers -> outputs
///        features -> weighted rows ⤴
///
/// Beside its bytes an observation may have features, numbers such as a point in a space of skills.
///
/// The struct holds sizes and offsets only; weights live in a flat vector that the caller owns, described by ``layout``.
public struct Perceptron: Sendable {
  /// For each byte of an observation, its number of values.
  public let cardinalities: [Int]
  /// Numbers that come out, and features that are read beside the bytes.
  public let outputs: Int, features: Int
  /// Names, shapes and offsets of the parameters.
  public let layout: ParameterLayout
  /// The rows that observations are turned into before they enter.
  public let vocabulary: GatherVocabulary
  let layers: Sequential

  /// A perceptron with the hidden layers, the nonlinearity and the normalisation of a configuration; the rest of it does not
  /// matter here.
  ///
  /// - Precondition: there is a hidden layer.
  public init(
    _ name: String, cardinalities: [Int], features: Int = 0, outputs: Int,
    _ configuration: NetworkConfiguration
  ) {
    precondition(!configuration.hidden.isEmpty, "a perceptron has a hidden layer")
    self.cardinalities = cardinalities
    self.outputs = outputs
    self.features = features
    let vocabulary = GatherVocabulary(cardinalities: cardinalities)
    var layout = ParameterLayout(), layers = Sequential(inputs: 0)
    layers.appendHidden(name, configuration, features: features, in: &layout) { name, width, layout in
      .gather(Gather(name, vocabulary: vocabulary, outputs: width, in: &layout))
    }
    layers.append(.linear(Linear("\(name).head", inputs: layers.outputs, outputs: outputs, in: &layout)))
    self.vocabulary = vocabulary
    self.layout = layout
    self.layers = layers
  }

  /// Where the rows lie that observations name, ``GatherVocabulary/rows`` of them, and the width of each.
  public var gatherTable: (offset: Int, width: Int) {
    guard case .gather(let layer) = layers.stages[0] else { preconditionFailure("rows come first") }
    return (layer.weight, layer.outputs)
  }

  /// Fresh parameters: orthogonal, with gain √2 in hidden layers and `headGain` in the last one, biases zero.
  ///
  /// - Parameter parameters: `layout.count` floats.
  public func initialize(
    _ parameters: UnsafeMutablePointer<Float>, headGain: Float, random: inout some RandomNumberGenerator
  ) {
    layers.initialize(parameters, headGain: headGain, random: &random)
  }

  /// Runs the network over the observations that a batch names; returns the outputs, shape (rows, outputs), which stay valid until the
  /// workspace's next pass.
  public func forward(
    _ parameters: UnsafePointer<Float>, _ observations: ObservationBatch, rows: Int,
    _ workspace: PerceptronWorkspace
  ) -> UnsafeMutablePointer<Float> {
    precondition(rows <= workspace.rows, "more rows than the workspace was made for")
    return layers.forward(parameters, .observations(observations), rows: rows, tape: workspace.tape)
  }

  /// Adds the parameters' gradient, given that of the outputs, after a forward pass over the same rows in the same workspace.
  ///
  /// - Parameters:
  ///   - dOutputs: shape (rows, outputs). Overwritten.
  ///   - dFeatures: where the features' gradient is written, shape (rows, features); nil where nobody needs it.
  public func backward(
    _ parameters: UnsafePointer<Float>, _ observations: ObservationBatch, rows: Int,
    _ workspace: PerceptronWorkspace, dOutputs: UnsafeMutablePointer<Float>,
    gradient: UnsafeMutablePointer<Float>, dFeatures: UnsafeMutablePointer<Float>? = nil
  ) {
    layers.backward(
      parameters, .observations(observations), rows: rows, tape: workspace.tape, dOutput: dOutputs,
      buffers: workspace.buffers, gradient: gradient, dInput: dFeatures)
  }
}

/// Memory for the passes of a ``Perceptron``, made once for the largest batch. One worker uses it at a time.
public final class PerceptronWorkspace {
  /// The most rows that a pass may have.
  public let rows: Int
  let tape: UnsafeMutablePointer<Float>
  let buffers: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>)

  /// A workspace for passes of at most `rows` rows.
  public init(_ network: Perceptron, rows: Int) {
    func make(_ count: Int) -> UnsafeMutablePointer<Float> {
      UnsafeMutableRawPointer.allocate(byteCount: max(64, count * 4), alignment: 64)
        .initializeMemory(as: Float.self, repeating: 0, count: count)
    }
    self.rows = rows
    tape = make(network.layers.tapeWidth * rows + network.layers.fixedScratch)
    buffers = (make(network.layers.widest * rows), make(network.layers.widest * rows))
  }

  deinit {
    tape.deallocate()
    buffers.0.deallocate()
    buffers.1.deallocate()
  }
}
