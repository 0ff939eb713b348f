import KnackNumerics

/// The first stage of a network that looks at a grid of cells or at an image: convolutions, and a linear layer to which
/// whatever else the observation says is gathered.
///
///     y = b + W · relu(conv(… relu(conv(x)))) + Σ_k V[row(k, rest_k)]
///
/// where x is the embedded cells, or the image's bytes divided by 255. The same cell means the same wherever it stands, which the gather layer has to learn for every place anew; the price
/// is an order of magnitude more arithmetic.
struct ConvolutionalEncoder: Sendable {
  private let positions: Int
  /// What makes vectors of cells; nil for an image.
  private let embedding: Embedding?
  private let convolutions: [Convolution]
  private let linear: Linear
  private let rest: Gather?

  /// An encoder of the interface's grid or image, whose parameters are added to `layout` under `name`.
  init(
    _ name: String, _ interface: ActorCritic.Interface, _ configuration: NetworkConfiguration,
    vocabulary: GatherVocabulary, outputs: Int, in layout: inout ParameterLayout
  ) {
    var (height, width, inputs) = (0, 0, 0)
    if configuration.encoder == .image {
      let image = interface.image!
      (height, width, inputs) = (image.rows, image.columns, image.channels)
      positions = 0
      embedding = nil
    } else {
      let grid = interface.grid!
      (height, width, inputs) = (grid.rows, grid.columns, configuration.embedding)
      positions = grid.positions
      embedding = Embedding(
        "\(name).embedding",
        vocabularies: (0..<grid.planes).map { interface.cardinalities[$0 * grid.positions] },
        features: configuration.embedding, in: &layout)
    }
    var convolutions: [Convolution] = []
    for (i, shape) in configuration.convolutions.enumerated() {
      let layer = Convolution(
        "\(name).convolution.\(i)", height: height, width: width, inputs: inputs, outputs: shape.channels,
        kernel: shape.kernel, stride: shape.stride, in: &layout)
      convolutions.append(layer)
      (height, width, inputs) = (layer.outputHeight, layer.outputWidth, layer.outputs)
    }
    self.convolutions = convolutions
    linear = Linear("\(name).linear", inputs: height * width * inputs, outputs: outputs, in: &layout)
    rest =
      vocabulary.rows > 0
      ? Gather("\(name).rest", vocabulary: vocabulary, outputs: outputs, in: &layout) : nil
  }

  var outputs: Int { linear.outputs }

  // The tape of a row: every stage's output, the embedding's first; as much again for their gradients; then the output of
  // `rest`.
  private var stagesWidth: Int { embeddedCount + convolutions.reduce(0) { $0 + $1.outputCount } }
  private var embeddedCount: Int { embedding.map { positions * $0.features } ?? 0 }
  /// Floats of tape that a row needs beyond the output.
  var scratchWidth: Int { 2 * stagesWidth + outputs }
  /// Floats of scratch memory beyond that, whatever the number of rows.
  var fixedScratch: Int { convolutions.reduce(0) { max($0, $1.scratchCount) } }

  func initialize(
    _ parameters: UnsafeMutablePointer<Float>, gain: Float, random: inout some RandomNumberGenerator
  ) {
    embedding?.initialize(parameters, random: &random)
    for layer in convolutions {
      layer.initialize(parameters, gain: Float(2).squareRoot(), random: &random)
    }
    linear.initialize(parameters, gain: gain, random: &random)
    rest?.initialize(parameters, gain: gain, random: &random)
  }

  func forward(
    _ parameters: UnsafePointer<Float>, _ x: ObservationBatch, rows: Int, into y: UnsafeMutablePointer<Float>,
    tape: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows {
      embedding?.forward(
        parameters, x.bytes + Int(x.samples[row]) * x.stride, rows: 1, positions: positions, stride: x.stride,
        into: tape + row * embeddedCount)
    }
    var input = tape, output = tape + rows * embeddedCount
    for (i, layer) in convolutions.enumerated() {
      if i == 0 && embedding == nil {
        layer.forward(parameters, bytes: x, rows: rows, into: output, scratch: scratch)
      } else {
        layer.forward(parameters, input, rows: rows, into: output, scratch: scratch)
      }
      Elementwise.relu(output, count: rows * layer.outputCount)
      (input, output) = (output, output + rows * layer.outputCount)
    }
    linear.forward(parameters, input, rows: rows, into: y)
    if let rest {
      let gathered = tape + 2 * rows * stagesWidth
      rest.forward(parameters, x.gathered, samples: x.samples, count: rows, into: gathered)
      Elementwise.addScaled(gathered, scale: 1, to: y, count: rows * outputs)
    }
  }

  func backward(
    _ parameters: UnsafePointer<Float>, _ x: ObservationBatch, rows: Int, _ dy: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>, tape: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    // A stage's gradient lies as far behind its output as the tape of outputs is long.
    let behind = rows * stagesWidth
    var output = tape + behind - rows * linear.inputs
    rest?.backward(x.gathered, samples: x.samples, count: rows, dy, gradient: gradient)
    linear.backward(parameters, output, dy, rows: rows, gradient: gradient, dx: output + behind)
    for (i, layer) in convolutions.enumerated().reversed() {
      Elementwise.reluBackward(output: output, gradient: output + behind, count: rows * layer.outputCount)
      if i == 0 && embedding == nil {
        return layer.backward(bytes: x, output + behind, rows: rows, gradient: gradient, scratch: scratch)
      }
      let input = output - rows * layer.inputCount
      layer.backward(
        parameters, input, output + behind, rows: rows, gradient: gradient, dx: input + behind,
        scratch: scratch)
      output = input
    }
    for row in 0..<rows {
      embedding?.backward(
        x.bytes + Int(x.samples[row]) * x.stride, rows: 1, positions: positions, stride: x.stride,
        tape + behind + row * embeddedCount, gradient: gradient)
    }
  }

  /// Multiply-adds of the matrix products in one row's forward pass.
  var denseMultiplyAdds: Int {
    convolutions.reduce(linear.inputs * linear.outputs) { $0 + $1.multiplyAdds }
  }

  /// Offset and width of the gathered part's weights.
  var gatherTable: (offset: Int, width: Int)? { rest.map { ($0.weight, $0.outputs) } }

  /// Additions for each gathered row.
  var gatherWidth: Int { rest?.outputs ?? 0 }
}
