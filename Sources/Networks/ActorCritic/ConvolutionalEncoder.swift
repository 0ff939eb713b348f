import KnackNumerics

/// The first stage of a network that looks at a grid: embedded cells, two 2×2 convolutions, and a linear layer to which
/// whatever else the observation says is gathered.
///
///     y = b + W · relu(conv(relu(conv(embedding(cells))))) + Σ_k V[row(k, rest_k)]
///
/// The same cell means the same wherever it stands, which the gather layer has to learn for every place anew; the price
/// is an order of magnitude more arithmetic.
struct ConvolutionalEncoder: Sendable {
  static let embedded = 8, channels = (16, 32), kernel = 2

  private let grid: ActorCritic.GridSize
  private let embedding: Embedding
  private let first, second: Convolution
  private let linear: Linear
  private let rest: Gather?

  /// An encoder of a grid of `codes` kinds of cells, whose parameters are added to `layout` under `name`.
  init(
    _ name: String, grid: ActorCritic.GridSize, codes: Int, vocabulary: GatherVocabulary, outputs: Int,
    in layout: inout ParameterLayout
  ) {
    self.grid = grid
    embedding = Embedding("\(name).embedding", vocabulary: codes, features: Self.embedded, in: &layout)
    first = Convolution(
      "\(name).convolution.0", height: grid.height, width: grid.width, inputs: Self.embedded,
      outputs: Self.channels.0, kernel: Self.kernel, in: &layout)
    second = Convolution(
      "\(name).convolution.1", height: first.outputHeight, width: first.outputWidth, inputs: Self.channels.0,
      outputs: Self.channels.1, kernel: Self.kernel, in: &layout)
    linear = Linear("\(name).linear", inputs: second.outputCount, outputs: outputs, in: &layout)
    rest =
      vocabulary.rows > 0
      ? Gather("\(name).rest", vocabulary: vocabulary, outputs: outputs, in: &layout) : nil
  }

  var outputs: Int { linear.outputs }
  private var positions: Int { grid.width * grid.height }

  // The tape of a row: the three stages' outputs, and as much again for their gradients; then the output of `rest`.
  private var stagesWidth: Int { first.inputCount + first.outputCount + second.outputCount }
  /// Floats of tape that a row needs beyond the output.
  var scratchWidth: Int { 2 * stagesWidth + outputs }
  /// Floats of scratch memory beyond that, whatever the number of rows.
  var fixedScratch: Int { max(first.scratchCount, second.scratchCount) }

  func initialize(
    _ parameters: UnsafeMutablePointer<Float>, gain: Float, random: inout some RandomNumberGenerator
  ) {
    embedding.initialize(parameters, random: &random)
    first.initialize(parameters, gain: Float(2).squareRoot(), random: &random)
    second.initialize(parameters, gain: Float(2).squareRoot(), random: &random)
    linear.initialize(parameters, gain: gain, random: &random)
    rest?.initialize(parameters, gain: gain, random: &random)
  }

  func forward(
    _ parameters: UnsafePointer<Float>, _ x: ObservationBatch, rows: Int, into y: UnsafeMutablePointer<Float>,
    tape: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let embedded = tape
    let a = embedded + rows * first.inputCount
    let b = a + rows * first.outputCount
    for row in 0..<rows {
      embedding.forward(
        parameters, x.bytes + Int(x.samples[row]) * x.stride, rows: 1, positions: positions, stride: x.stride,
        into: embedded + row * first.inputCount)
    }
    first.forward(parameters, embedded, rows: rows, into: a, scratch: scratch)
    Elementwise.relu(a, count: rows * first.outputCount)
    second.forward(parameters, a, rows: rows, into: b, scratch: scratch)
    Elementwise.relu(b, count: rows * second.outputCount)
    linear.forward(parameters, b, rows: rows, into: y)
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
    let embedded = tape
    let a = embedded + rows * first.inputCount
    let b = a + rows * first.outputCount
    let dEmbedded = tape + rows * stagesWidth
    let dA = dEmbedded + rows * first.inputCount
    let dB = dA + rows * first.outputCount
    rest?.backward(x.gathered, samples: x.samples, count: rows, dy, gradient: gradient)
    linear.backward(parameters, b, dy, rows: rows, gradient: gradient, dx: dB)
    Elementwise.reluBackward(output: b, gradient: dB, count: rows * second.outputCount)
    second.backward(parameters, a, dB, rows: rows, gradient: gradient, dx: dA, scratch: scratch)
    Elementwise.reluBackward(output: a, gradient: dA, count: rows * first.outputCount)
    first.backward(parameters, embedded, dA, rows: rows, gradient: gradient, dx: dEmbedded, scratch: scratch)
    for row in 0..<rows {
      embedding.backward(
        x.bytes + Int(x.samples[row]) * x.stride, rows: 1, positions: positions, stride: x.stride,
        dEmbedded + row * first.inputCount, gradient: gradient)
    }
  }

  /// Multiply-adds of the matrix products in one row's forward pass.
  var denseMultiplyAdds: Int {
    func cost(_ c: Convolution) -> Int { c.outputCount * c.kernel * c.kernel * c.inputs }
    return cost(first) + cost(second) + linear.inputs * linear.outputs
  }

  /// Offset and width of the gathered part's weights.
  var gatherTable: (offset: Int, width: Int)? { rest.map { ($0.weight, $0.outputs) } }

  /// Additions for each gathered row.
  var gatherWidth: Int { rest?.outputs ?? 0 }
}
