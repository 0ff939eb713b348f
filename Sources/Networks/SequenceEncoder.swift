import KnackNumerics

/// A short sequence of observations to one row of outputs: the rows that each step's bytes name are gathered, a gated recurrent unit goes
/// over the steps, and what it remembers in the end is read out.
///
///     step -> gathered rows -> tanh ┐
///                     memory ─> GRU ┴> memory -> … -> outputs
///
/// The struct holds sizes and offsets only; weights live in a flat vector that the caller owns, described by ``layout``.
public struct SequenceEncoder: Sendable {
  /// Steps of a sequence.
  public let length: Int
  /// Numbers that come out.
  public var outputs: Int { head.outputs }
  /// Names, shapes and offsets of the parameters.
  public let layout: ParameterLayout
  /// The rows that a step's bytes are turned into before they enter.
  public let vocabulary: GatherVocabulary
  let gather: Gather, memory: GRU, head: Linear

  /// An encoder.
  ///
  /// - Parameters:
  ///   - cardinalities: for each byte of a step, its number of values; 0 means "nothing", see ``Gather``.
  ///   - units: features of a step, and units of memory.
  public init(_ name: String, cardinalities: [Int], length: Int, units: Int, outputs: Int) {
    precondition(length > 0, "a sequence has a step")
    self.length = length
    vocabulary = GatherVocabulary(cardinalities: cardinalities)
    var layout = ParameterLayout()
    gather = Gather("\(name).step", vocabulary: vocabulary, outputs: units, in: &layout)
    memory = GRU("\(name).memory", inputs: units, units: units, in: &layout)
    head = Linear("\(name).head", inputs: units, outputs: outputs, in: &layout)
    self.layout = layout
  }

  /// Fresh parameters.
  ///
  /// - Parameter parameters: `layout.count` floats.
  public func initialize(
    _ parameters: UnsafeMutablePointer<Float>, headGain: Float, random: inout some RandomNumberGenerator
  ) {
    gather.initialize(parameters, gain: Float(2).squareRoot(), random: &random)
    memory.initialize(parameters, random: &random)
    head.initialize(parameters, gain: headGain, random: &random)
  }

  /// Runs over sequences; returns the outputs, shape (rows, outputs), which stay valid until the workspace's next pass.
  ///
  /// - Parameters:
  ///   - steps: `length · rows` observations, the first steps of all sequences first.
  ///   - rows: sequences.
  public func forward(
    _ parameters: UnsafePointer<Float>, _ steps: ObservationBatch, rows: Int,
    _ workspace: SequenceWorkspace
  ) -> UnsafeMutablePointer<Float> {
    precondition(rows <= workspace.rows, "more rows than the workspace was made for")
    let units = memory.units, x = workspace.x, h = workspace.h
    gather.forward(parameters, steps.gathered, samples: steps.samples, count: length * rows, into: x)
    Elementwise.tanh(x, count: length * rows * units)
    memory.project(parameters, x, rows: length * rows, gates: workspace.gates)
    h.update(repeating: 0, count: rows * units)
    for t in 0..<length {
      memory.advance(
        parameters, h + t * rows * units, rows: rows,
        gates: workspace.gates + t * memory.gatesCount(rows: rows),
        into: h + (t + 1) * rows * units)
    }
    head.forward(parameters, h + length * rows * units, rows: rows, into: workspace.outputs)
    return workspace.outputs
  }

  /// Adds the parameters' gradient, given that of the outputs, after a forward pass over the same sequences in the same
  /// workspace, which is used up.
  ///
  /// - Parameter dOutputs: shape (rows, outputs).
  public func backward(
    _ parameters: UnsafePointer<Float>, _ steps: ObservationBatch, rows: Int, _ workspace: SequenceWorkspace,
    dOutputs: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>
  ) {
    let units = memory.units, (x, h, dx, dh) = (workspace.x, workspace.h, workspace.dx, workspace.dh)
    head.backward(
      parameters, h + length * rows * units, dOutputs, rows: rows, gradient: gradient, dx: dh)
    for t in (0..<length).reversed() {
      memory.retreat(
        parameters, h + t * rows * units, gates: workspace.gates + t * memory.gatesCount(rows: rows), dh,
        rows: rows, dh: dh)
    }
    memory.accumulate(
      parameters, x, h, gates: workspace.gates, rows: length * rows, gradient: gradient, dx: dx)
    Elementwise.tanhBackward(output: x, gradient: dx, count: length * rows * units)
    gather.backward(
      steps.gathered, samples: steps.samples, count: length * rows, dx, gradient: gradient)
  }
}

/// Memory for the passes of a ``SequenceEncoder``, made once for the largest batch. One worker uses it at a time.
public final class SequenceWorkspace {
  /// The most rows that a pass may have.
  public let rows: Int
  /// Steps' features and their gradient, shape (length, rows, units); memory before each step and after the last; its gradient.
  let x, dx, h, dh, gates, outputs: UnsafeMutablePointer<Float>

  /// A workspace for passes over at most `rows` sequences.
  public init(_ network: SequenceEncoder, rows: Int) {
    func make(_ count: Int) -> UnsafeMutablePointer<Float> {
      UnsafeMutableRawPointer.allocate(byteCount: max(64, count * 4), alignment: 64)
        .initializeMemory(as: Float.self, repeating: 0, count: count)
    }
    let state = rows * network.memory.units, length = network.length
    self.rows = rows
    (x, dx, h, dh) = (make(length * state), make(length * state), make((length + 1) * state), make(state))
    gates = make(length * network.memory.gatesCount(rows: rows))
    outputs = make(rows * network.outputs)
  }

  deinit { for memory in [x, dx, h, dh, gates, outputs] { memory.deallocate() } }
}
