import KnackNumerics

/// Layers one after the other, with forward and backward passes over a batch of rows.
///
/// The forward pass leaves every stage's output on a *tape*, memory that the caller provides; the backward pass reads it.
/// An activation works in place on the stage before it, since its derivative needs nothing but its output.
public struct Sequential: Sendable {
  /// One layer.
  enum Stage: Sendable {
    case gather(Gather)
    /// Adds to the stage before it, in place.
    case features(FeatureRows)
    case convolution(ConvolutionalEncoder)
    case linear(Linear)
    case layerNorm(LayerNorm)
    case activation(NetworkConfiguration.Activation)
  }

  /// What goes in: observations, or the features of another network.
  public enum Input {
    /// The observations that ``ObservationBatch/samples`` names, one a row.
    case observations(ObservationBatch)
    /// Features, shape (rows, `inputs`).
    case features(UnsafePointer<Float>)
  }

  private(set) var stages: [Stage] = []
  /// For each stage, where its output lies on the tape, in floats a row, and how wide it is.
  private var places: [(offset: Int, width: Int)] = []
  /// For each stage, where its scratch memory lies on the tape, in floats a row.
  private var scratches: [Int] = []
  /// Features that come out.
  public private(set) var outputs: Int
  /// Floats of tape that each row needs.
  public private(set) var tapeWidth = 0
  /// Floats that the tape needs beyond those, whatever the number of rows.
  public private(set) var fixedScratch = 0
  /// The widest stage: the backward pass needs two buffers of this many floats a row.
  public private(set) var widest: Int

  /// No layers yet: what comes in goes out.
  init(inputs: Int) {
    outputs = inputs
    widest = inputs
  }

  mutating func append(_ stage: Stage) {
    var width = outputs
    var scratch = 0
    switch stage {
    case .gather(let layer): width = layer.outputs
    case .convolution(let layer):
      (width, scratch) = (layer.outputs, layer.scratchWidth)
      fixedScratch = layer.fixedScratch
    case .linear(let layer): width = layer.outputs
    case .layerNorm(let layer): scratch = layer.statisticsCount(rows: 1)
    case .activation, .features:
      stages.append(stage)
      places.append(places.last!)
      scratches.append(tapeWidth)
      return
    }
    stages.append(stage)
    places.append((tapeWidth, width))
    scratches.append(tapeWidth + width)
    tapeWidth += width + scratch
    outputs = width
    widest = max(widest, width)
  }

  /// Appends the hidden layers of a configuration, with their normalisation and nonlinearity; the first one is `first`, of the
  /// name and width that it is given, and reads so many features besides.
  mutating func appendHidden(
    _ name: String, _ configuration: NetworkConfiguration, features: Int = 0,
    in layout: inout ParameterLayout,
    first: (String, Int, inout ParameterLayout) -> Stage
  ) {
    for (i, width) in configuration.hidden.enumerated() {
      append(
        i == 0
          ? first("\(name).0", width, &layout)
          : .linear(Linear("\(name).\(i)", inputs: outputs, outputs: width, in: &layout)))
      if i == 0 && features > 0 {
        append(
          .features(
            FeatureRows("\(name).\(i).features", features: features, outputs: width, in: &layout)))
      }
      if configuration.layerNorm {
        append(.layerNorm(LayerNorm("\(name).\(i).norm", features: width, in: &layout)))
      }
      append(.activation(configuration.activation))
    }
  }

  /// Fresh parameters: gain √2 in all layers but the last stage, which has `headGain`; biases zero.
  func initialize(
    _ parameters: UnsafeMutablePointer<Float>, headGain: Float, random: inout some RandomNumberGenerator
  ) {
    for (i, stage) in stages.enumerated() {
      let gain = i == stages.count - 1 ? headGain : Float(2).squareRoot()
      switch stage {
      case .gather(let layer): layer.initialize(parameters, gain: gain, random: &random)
      case .features(let layer): layer.initialize(parameters, gain: gain, random: &random)
      case .convolution(let layer): layer.initialize(parameters, gain: gain, random: &random)
      case .linear(let layer): layer.initialize(parameters, gain: gain, random: &random)
      case .layerNorm(let layer): layer.initialize(parameters)
      case .activation: break
      }
    }
  }

  /// Where ``forward(_:_:rows:tape:)`` leaves the last stage's output.
  func output(on tape: UnsafeMutablePointer<Float>, rows: Int) -> UnsafeMutablePointer<Float> {
    tape + (places.last?.offset ?? 0) * rows
  }

  /// Runs all layers; returns the last one's output, shape (rows, outputs), which lies on the tape.
  @discardableResult
  public func forward(
    _ parameters: UnsafePointer<Float>, _ input: Input, rows: Int, tape: UnsafeMutablePointer<Float>
  ) -> UnsafeMutablePointer<Float> {
    var x: UnsafePointer<Float>
    switch input {
    case .observations: x = UnsafePointer(tape)  // never read: the first layer reads the observations
    case .features(let features): x = features
    }
    var y = tape
    for i in stages.indices {
      y = tape + places[i].offset * rows
      let scratch = tape + scratches[i] * rows
      switch stages[i] {
      case .gather(let layer):
        guard case .observations(let batch) = input else { preconditionFailure("gather layers come first") }
        layer.forward(parameters, batch.gathered, samples: batch.samples, count: rows, into: y)
      case .features(let layer):
        let batch = Self.batch(with: input)
        layer.forward(parameters, batch.features!, samples: batch.samples, count: rows, into: y)
      case .convolution(let layer):
        guard case .observations(let batch) = input else { preconditionFailure("encoders come first") }
        layer.forward(
          parameters, batch, rows: rows, into: y, tape: scratch, scratch: tape + tapeWidth * rows)
      case .linear(let layer):
        layer.forward(parameters, x, rows: rows, into: y)
      case .layerNorm(let layer):
        layer.forward(parameters, x, rows: rows, into: y, statistics: scratch)
      case .activation(.tanh):
        Elementwise.tanh(y, count: rows * places[i].width)
      case .activation(.relu):
        Elementwise.relu(y, count: rows * places[i].width)
      }
      x = UnsafePointer(y)
    }
    return y
  }

  /// Adds the parameters' gradient, given that of the output.
  ///
  /// - Parameters:
  ///   - tape: what ``forward(_:_:rows:tape:)`` left there for the same input.
  ///   - dOutput: the output's gradient, shape (rows, outputs). Overwritten.
  ///   - buffers: scratch memory, two buffers of `rows * widest` floats.
  ///   - dInput: where the gradient of features goes, shape (rows, inputs), or of those beside observations; nil where nobody
  ///     needs it.
  public func backward(
    _ parameters: UnsafePointer<Float>, _ input: Input, rows: Int, tape: UnsafeMutablePointer<Float>,
    dOutput: UnsafeMutablePointer<Float>,
    buffers: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>),
    gradient: UnsafeMutablePointer<Float>, dInput: UnsafeMutablePointer<Float>?
  ) {
    var dy = dOutput
    var (free, next) = buffers
    for i in stages.indices.reversed() {
      let x: UnsafePointer<Float>
      if i > 0 {
        x = UnsafePointer(tape + places[i - 1].offset * rows)
      } else if case .features(let features) = input {
        x = features
      } else {
        x = UnsafePointer(tape)
      }
      let y = tape + places[i].offset * rows
      let scratch = tape + scratches[i] * rows
      let dx = i > 0 ? free : dInput
      switch stages[i] {
      case .gather(let layer):
        guard case .observations(let batch) = input else { preconditionFailure("gather layers come first") }
        layer.backward(batch.gathered, samples: batch.samples, count: rows, dy, gradient: gradient)
        return
      case .features(let layer):
        let batch = Self.batch(with: input)
        layer.backward(
          parameters, batch.features!, samples: batch.samples, count: rows, dy, gradient: gradient,
          dFeatures: dInput)
        continue  // what it was added to has the same gradient
      case .convolution(let layer):
        guard case .observations(let batch) = input else { preconditionFailure("encoders come first") }
        layer.backward(
          parameters, batch, rows: rows, dy, gradient: gradient, tape: scratch,
          scratch: tape + tapeWidth * rows)
        return
      case .linear(let layer):
        layer.backward(parameters, x, dy, rows: rows, gradient: gradient, dx: dx)
      case .layerNorm(let layer):
        layer.backward(parameters, x, statistics: scratch, dy, rows: rows, gradient: gradient, dx: free)
      case .activation(.tanh):
        Elementwise.tanhBackward(output: y, gradient: dy, count: rows * places[i].width)
        continue  // in place: dy stays where it is
      case .activation(.relu):
        Elementwise.reluBackward(output: y, gradient: dy, count: rows * places[i].width)
        continue
      }
      guard i > 0 else { return }
      dy = free
      (free, next) = (next, free)
    }
  }

  /// Observations with features beside them.
  private static func batch(with input: Input) -> ObservationBatch {
    guard case .observations(let batch) = input, batch.features != nil else {
      preconditionFailure("observations come with features")
    }
    return batch
  }

  /// Multiply-adds of the dense layers in one row's forward pass.
  public var denseMultiplyAdds: Int {
    stages.reduce(0) { total, stage in
      switch stage {
      case .linear(let layer): total + layer.inputs * layer.outputs
      case .features(let layer): total + layer.features * layer.outputs
      case .convolution(let layer): total + layer.denseMultiplyAdds
      case .gather, .layerNorm, .activation: total
      }
    }
  }

  /// Width of the first layer if it gathers: each gathered row costs as many additions, forward and backward alike.
  public var gatherWidth: Int {
    switch stages.first {
    case .gather(let layer): layer.outputs
    case .convolution(let layer): layer.gatherWidth
    default: 0
    }
  }
}

/// Observations in memory owned by someone else, and which of them are meant.
public struct ObservationBatch {
  /// The rows that gather layers look up.
  public let gathered: GatheredRows
  /// The observations themselves, one every `stride` bytes.
  public let bytes: UnsafePointer<UInt8>
  /// Bytes from one observation to the next.
  public let stride: Int
  /// The samples that are meant, one a row.
  public let samples: UnsafePointer<Int32>
  /// Numbers beside the observations, as many for each as the network reads; nil where it reads none.
  public var features: UnsafePointer<Float>?

  /// A batch.
  public init(
    gathered: GatheredRows, bytes: UnsafePointer<UInt8>, stride: Int, samples: UnsafePointer<Int32>,
    features: UnsafePointer<Float>? = nil
  ) {
    self.features = features
    self.gathered = gathered
    self.bytes = bytes
    self.stride = stride
    self.samples = samples
  }
}
