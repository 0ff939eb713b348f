/// A policy and a value function: observations in, one row of logits and one value for each out.
///
///     separate:   observation -> actor -> logits        observation -> critic -> value
///     shared:     observation -> trunk -> actor -> logits,  trunk -> critic -> value
///     recurrent:  observation -> trunk -> memory -> actor -> logits,  memory -> critic -> value
///
/// The struct holds sizes and offsets only; weights live in one flat vector that the caller owns, described by
/// ``layout``.
public struct ActorCritic: Sendable {
  /// The grid of cells with which an observation begins: planes of codes one after the other, each [rows, columns].
  public struct Grid: Sendable, Equatable {
    /// Codes of a cell: a plane each.
    public var planes: Int
    /// Cells along the first and along the second axis.
    public var rows: Int, columns: Int

    /// A grid.
    public init(planes: Int = 1, rows: Int, columns: Int) {
      self.planes = planes
      self.rows = rows
      self.columns = columns
    }

    /// Cells of a plane.
    var positions: Int { rows * columns }
  }

  /// The image with which an observation begins: bytes, [rows, columns, channels].
  public struct Image: Sendable, Equatable {
    /// Points along the first and along the second axis.
    public var rows: Int, columns: Int
    /// Bytes of a point.
    public var channels: Int

    /// An image.
    public init(rows: Int, columns: Int, channels: Int) {
      self.rows = rows
      self.columns = columns
      self.channels = channels
    }

    /// Bytes of an image.
    public var count: Int { rows * columns * channels }
  }

  /// What the network is built for.
  public struct Interface: Sendable, Equatable {
    /// For each byte of an observation, its number of values; what it says of an image's bytes does not matter.
    public var cardinalities: [Int]
    /// Number of actions.
    public var actions: Int
    /// The cells with which an observation begins, for the convolutional encoder; codes of a plane share one number of
    /// values.
    public var grid: Grid?
    /// The image with which an observation begins, for the image encoder.
    public var image: Image?
    /// The images in which the network sees every observation, the identity among them; none for a network that sees it
    /// as it is.
    public var relabellings: [Relabelling] = []

    /// An interface.
    public init(cardinalities: [Int], actions: Int, grid: Grid? = nil, image: Image? = nil) {
      self.cardinalities = cardinalities
      self.actions = actions
      self.grid = grid
      self.image = image
    }
  }

  /// What the network is built for.
  public let interface: Interface
  /// Its shape.
  public let configuration: NetworkConfiguration
  /// Names, shapes and offsets of the parameters.
  public let layout: ParameterLayout
  /// The rows that observations are turned into before they enter.
  public let vocabulary: GatherVocabulary

  let trunk: Sequential?
  let memory: GRU?
  let actor: Sequential
  let critic: Sequential

  /// A network of the configured shape.
  ///
  /// - Precondition: with the convolutional encoder, the interface has a grid large enough for the kernels; with the image
  ///   encoder, such an image.
  public init(_ interface: Interface, _ configuration: NetworkConfiguration) {
    self.interface = interface
    self.configuration = configuration
    var layout = ParameterLayout()

    switch configuration.encoder {
    case .gather:
      vocabulary = GatherVocabulary(cardinalities: interface.cardinalities)
    case .convolution:
      guard let grid = interface.grid else { preconditionFailure("a convolution needs a grid") }
      vocabulary = GatherVocabulary(
        cardinalities: interface.cardinalities, from: grid.planes * grid.positions)
    case .image:
      guard let image = interface.image else { preconditionFailure("an image encoder needs an image") }
      vocabulary = GatherVocabulary(cardinalities: interface.cardinalities, from: image.count)
    }

    let vocabulary = vocabulary
    func hiddenLayers(_ name: String) -> Sequential {
      var stack = Sequential(inputs: 0)
      stack.appendHidden(name, configuration, in: &layout) { name, width, layout in
        configuration.encoder == .gather
          ? .gather(Gather(name, vocabulary: vocabulary, outputs: width, in: &layout))
          : .convolution(
            ConvolutionalEncoder(
              name, interface, configuration, vocabulary: vocabulary, outputs: width, in: &layout))
      }
      return stack
    }
    func head(_ name: String, on stack: Sequential, outputs: Int) -> Sequential {
      var stack = stack
      stack.append(.linear(Linear(name, inputs: stack.outputs, outputs: outputs, in: &layout)))
      return stack
    }

    if configuration.shared || configuration.memory > 0 {
      let trunk = hiddenLayers("trunk")
      self.trunk = trunk
      memory =
        configuration.memory > 0
        ? GRU("memory", inputs: trunk.outputs, units: configuration.memory, in: &layout) : nil
      let features = Sequential(inputs: memory?.units ?? trunk.outputs)
      actor = head("actor.head", on: features, outputs: interface.actions)
      critic = head("critic.head", on: features, outputs: 1)
    } else {
      trunk = nil
      memory = nil
      actor = head("actor.head", on: hiddenLayers("actor"), outputs: interface.actions)
      critic = head("critic.head", on: hiddenLayers("critic"), outputs: 1)
    }
    self.layout = layout
  }

  /// Offset and width of the weight table of each gather layer, in the order of their offsets; each has
  /// `vocabulary.rows` rows.
  public var gatherTables: [(offset: Int, width: Int)] {
    [trunk, actor, critic].compactMap { stack in
      switch stack?.stages.first {
      case .gather(let layer): (layer.weight, layer.outputs)
      case .convolution(let encoder): encoder.gatherTable
      default: nil
      }
    }
  }

  /// Floats that a pass writes for each row.
  public var tapeWidth: Int { (trunk?.tapeWidth ?? 0) + actor.tapeWidth + critic.tapeWidth }

  /// Numbers of recurrent state, those of all images; 0 where the network is feed-forward.
  public var stateSize: Int { (memory?.units ?? 0) * imageCount }

  /// Fresh parameters: orthogonal, with gain √2 in hidden layers, 0.01 before the logits and 1 before the value, biases
  /// zero (details 2 of Huang et al. 2022).
  ///
  /// - Parameter parameters: `layout.count` floats.
  public func initialize(
    _ parameters: UnsafeMutablePointer<Float>, random: inout some RandomNumberGenerator
  ) {
    trunk?.initialize(parameters, headGain: Float(2).squareRoot(), random: &random)
    memory?.initialize(parameters, random: &random)
    actor.initialize(parameters, headGain: 0.01, random: &random)
    critic.initialize(parameters, headGain: 1, random: &random)
  }

  /// Multiply-adds of the matrix products in one row's forward pass; a backward pass costs twice as many.
  public var denseMultiplyAdds: Int {
    let recurrent = memory.map { 3 * $0.units * ($0.inputs + $0.units) } ?? 0
    return imageCount
      * ((trunk?.denseMultiplyAdds ?? 0) + recurrent + actor.denseMultiplyAdds + critic.denseMultiplyAdds)
  }

  /// Additions for each gathered row, in a forward and in a backward pass alike.
  public var gatherWidth: Int { trunk?.gatherWidth ?? (actor.gatherWidth + critic.gatherWidth) }
}
