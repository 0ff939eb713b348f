import KnackNumerics

extension ActorCritic {
  /// The rows of a forward or backward pass: `length` steps of `sequences` sequences, step by step (row =
  /// step * sequences + sequence). A feed-forward network takes `length` 1 and as many sequences as it likes.
  public struct Rows {
    /// The observations, one a row.
    public var observations: ObservationBatch
    /// Sequences side by side.
    public var sequences: Int
    /// Steps of each.
    public var length: Int
    /// The recurrent state before the first step, shape (sequences, stateSize); nil for a feed-forward network.
    public var initialState: UnsafePointer<Float>?
    /// For each row, whether an episode starts there, so that the state is zero before it; nil for "nowhere".
    public var starts: UnsafePointer<Bool>?

    /// Rows of a feed-forward network.
    public init(_ observations: ObservationBatch, count: Int) {
      self.observations = observations
      sequences = count
      length = 1
    }

    /// Rows of a recurrent network.
    public init(
      _ observations: ObservationBatch, sequences: Int, length: Int, initialState: UnsafePointer<Float>?,
      starts: UnsafePointer<Bool>?
    ) {
      self.observations = observations
      self.sequences = sequences
      self.length = length
      self.initialState = initialState
      self.starts = starts
    }

    /// Rows in all.
    public var count: Int { sequences * length }
  }

  /// What a forward pass gives, in the workspace's memory.
  public struct Output {
    /// Shape (rows, actions).
    public let logits: UnsafeMutablePointer<Float>
    /// Shape (rows).
    public let values: UnsafeMutablePointer<Float>
    /// The recurrent state after the last step, shape (sequences, stateSize).
    public let state: UnsafePointer<Float>?
  }

  /// Which of the two heads to run.
  public enum Heads {
    case both, value, policy
  }

  /// Runs the network. The output stays valid until the workspace's next pass; that of a head which was not asked for
  /// means nothing.
  public func forward(
    _ parameters: UnsafePointer<Float>, _ rows: Rows, _ workspace: ActorCriticWorkspace, heads: Heads = .both
  ) -> Output {
    precondition(rows.count <= workspace.rows, "more rows than the workspace was made for")
    guard imageCount > 1 else { return run(parameters, rows, workspace, heads: heads) }
    let images = run(parameters, imageRows(rows, workspace), workspace, heads: heads)
    return mean(images, rows: rows.count, workspace, heads: heads)
  }

  /// The same without regard to images.
  private func run(
    _ parameters: UnsafePointer<Float>, _ rows: Rows, _ workspace: ActorCriticWorkspace, heads: Heads
  ) -> Output {
    var input = Sequential.Input.observations(rows.observations)
    var state: UnsafePointer<Float>?
    if let trunk {
      let features = trunk.forward(parameters, input, rows: rows.count, tape: workspace.trunkTape)
      input = .features(features)
      if let memory {
        let states = remember(memory, parameters, features, rows, workspace)
        input = .features(states)
        state = UnsafePointer(states + (rows.count - rows.sequences) * memory.units)
      }
    }
    let logits =
      heads == .value
      ? workspace.actorTape
      : actor.forward(parameters, input, rows: rows.count, tape: workspace.actorTape)
    let values =
      heads == .policy
      ? workspace.criticTape
      : critic.forward(parameters, input, rows: rows.count, tape: workspace.criticTape)
    return Output(logits: logits, values: values, state: state)
  }

  /// Adds the parameters' gradient, given those of logits and values, after a forward pass with both heads over the same
  /// rows in the same workspace. A recurrent network is differentiated through all `length` steps and no further back.
  ///
  /// - Parameters:
  ///   - dLogits: shape (rows, actions). Overwritten.
  ///   - dValues: shape (rows). Overwritten.
  ///   - gradient: `layout.count` floats, added to.
  public func backward(
    _ parameters: UnsafePointer<Float>, _ rows: Rows, _ workspace: ActorCriticWorkspace,
    dLogits: UnsafeMutablePointer<Float>, dValues: UnsafeMutablePointer<Float>,
    gradient: UnsafeMutablePointer<Float>
  ) {
    guard imageCount > 1 else {
      return differentiate(
        parameters, rows, workspace, dLogits: dLogits, dValues: dValues, gradient: gradient)
    }
    let images = imageGradients(dLogits: dLogits, dValues: dValues, rows: rows.count, workspace)
    differentiate(
      parameters, imageRows(rows, workspace), workspace, dLogits: images.dLogits, dValues: images.dValues,
      gradient: gradient)
  }

  /// The same without regard to images.
  private func differentiate(
    _ parameters: UnsafePointer<Float>, _ rows: Rows, _ workspace: ActorCriticWorkspace,
    dLogits: UnsafeMutablePointer<Float>, dValues: UnsafeMutablePointer<Float>,
    gradient: UnsafeMutablePointer<Float>
  ) {
    let count = rows.count
    let observations = Sequential.Input.observations(rows.observations)
    guard let trunk else {
      actor.backward(
        parameters, observations, rows: count, tape: workspace.actorTape, dOutput: dLogits,
        buffers: workspace.buffers, gradient: gradient, dInput: nil)
      critic.backward(
        parameters, observations, rows: count, tape: workspace.criticTape, dOutput: dValues,
        buffers: workspace.buffers, gradient: gradient, dInput: nil)
      return
    }
    let features = memory == nil ? trunk.output(on: workspace.trunkTape, rows: count) : workspace.states
    let dFeatures = workspace.dFeatures
    let dMore = workspace.dMoreFeatures
    actor.backward(
      parameters, .features(features), rows: count, tape: workspace.actorTape, dOutput: dLogits,
      buffers: workspace.buffers, gradient: gradient, dInput: dFeatures)
    critic.backward(
      parameters, .features(features), rows: count, tape: workspace.criticTape, dOutput: dValues,
      buffers: workspace.buffers, gradient: gradient, dInput: dMore)
    Elementwise.addScaled(dMore, scale: 1, to: dFeatures, count: count * (memory?.units ?? trunk.outputs))
    var dTrunk = dFeatures
    if let memory {
      dTrunk = dMore
      recall(memory, parameters, rows, workspace, dStates: dFeatures, gradient: gradient, dFeatures: dTrunk)
    }
    trunk.backward(
      parameters, observations, rows: count, tape: workspace.trunkTape, dOutput: dTrunk,
      buffers: workspace.buffers, gradient: gradient, dInput: nil)
  }
}
