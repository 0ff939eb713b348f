import KnackEnvironment
import KnackNetworks
import KnackNumerics

/// A network with its weights, ready to act.
public struct Policy: Sendable {
  /// The network.
  public let network: ActorCritic
  /// Its flat parameter vector, as long as `network.layout.count`.
  public var parameters: [Float]

  /// A policy with the given weights.
  public init(network: ActorCritic, parameters: [Float]) {
    precondition(parameters.count == network.layout.count, "as many weights as the network has")
    self.network = network
    self.parameters = parameters
  }

  /// The policy for a world whose weights are all zero, to be filled from a file.
  ///
  /// - Throws: ``LearningError/invalidSetting(_:)`` where the network does not suit the world.
  public init(
    world: WorldSpecification, network configuration: NetworkConfiguration
  ) throws(LearningError) {
    network = try ActorCritic(playing: world, configuration)
    parameters = [Float](repeating: 0, count: network.layout.count)
  }
}

extension ActorCritic {
  /// The network of the given shape that reads the world's observations and chooses among its actions.
  ///
  /// - Throws: ``LearningError/invalidSetting(_:)`` where the encoder does not suit the observation.
  init(
    playing world: WorldSpecification, _ configuration: NetworkConfiguration
  ) throws(LearningError) {
    guard !world.actions.isFactored else {
      throw .invalidSetting(
        "An action of \(world.id) is one value for each of \(world.actions.factors.count) factors, and policies choose from a "
          + "list; give the world a list of actions.")
    }
    let observation = world.observation
    if configuration.encoder != .gather {
      try configuration.check(observation, of: world.id)
    }
    let numbers = observation.fields.dropFirst(configuration.encoder == .image ? 1 : 0)
    if let field = numbers.first(where: { $0.kind == .intensity }) {
      throw .invalidSetting(
        "network.encoder: \(configuration.encoder) reads codes, but '\(field.name)' of this observation of \(world.id) "
          + "holds intensities; choose encoder: image for an observation that begins with one image, or another "
          + "environment.observation.")
    }
    guard !configuration.hidden.isEmpty, configuration.hidden.allSatisfy({ $0 > 0 }) else {
      throw .invalidSetting("network.hidden must name at least one layer, each with at least one unit.")
    }
    var interface = Interface(
      cardinalities: world.observation.cardinalities, actions: world.actions.count, grid: observation.grid,
      image: observation.image)
    if configuration.symmetric {
      guard !world.symmetries.isEmpty else {
        throw .invalidSetting(
          "network.symmetric: \(world.id) states no symmetries of this observation; set it to false or choose another "
            + "environment.observation.")
      }
      interface.relabellings = ([nil] + world.symmetries).map { Relabelling($0, of: world) }
    }
    self.init(interface, configuration)
  }
}

extension Relabelling {
  /// A world's symmetry, or the identity, for the bytes of its observations.
  ///
  /// - Precondition: images fit their fields.
  init(_ symmetry: Symmetry?, of world: WorldSpecification) {
    var sources: [Int32] = [], tables: [Int32] = [], values = (0...255).map(UInt8.init)
    for field in world.observation.fields {
      let image = symmetry?.fields[field.name] ?? Symmetry.FieldImage()
      let start = Int32(sources.count)
      precondition(image.sources.map { $0.count == field.count } ?? true, "\(field.name) keeps its size")
      sources += (image.sources ?? Array(0..<field.count)).map { start + Int32($0) }
      var table: Int32 = 0
      if let relabelled = image.values {
        precondition(relabelled.count == field.cardinalities[0], "\(field.name) keeps its values")
        table = Int32(values.count)
        values += relabelled + [UInt8](repeating: 0, count: 256 - relabelled.count)
      }
      tables += [Int32](repeating: table, count: field.count)
    }
    self.init(
      sources: sources, tables: tables, values: values,
      actions: (symmetry?.actions ?? Array(0..<world.actions.count)).map(Int32.init))
  }
}

extension NetworkConfiguration {
  /// Checks that the convolutions fit the grid or the image.
  fileprivate func check(_ observation: ObservationLayout, of id: String) throws(LearningError) {
    if encoder == .image {
      guard channels.count == kernels.count && channels.count == strides.count else {
        throw .invalidSetting(
          "network.channels, network.kernels and network.strides have \(channels.count), \(kernels.count) and "
            + "\(strides.count) entries; encoder: image needs one of each for every convolution.")
      }
    }
    let size =
      encoder == .image
      ? observation.image.map { ($0.rows, $0.columns) } : observation.grid.map { ($0.rows, $0.columns) }
    guard let size else {
      throw .invalidSetting(
        encoder == .image
          ? "network.encoder: image needs an observation that begins with an image of intensities, which this one of "
            + "\(id) does not; choose another environment.observation or encoder: gather."
          : "network.encoder: convolution needs an observation that begins with a grid of cells, which this one of \(id) "
            + "does not; choose another environment.observation or encoder: gather.")
    }
    var (rows, columns) = size
    for (i, layer) in convolutions.enumerated() {
      guard min(rows, columns) >= layer.kernel else {
        throw .invalidSetting(
          "network.channels: convolution \(i + 1) has kernels of \(layer.kernel)×\(layer.kernel), but only "
            + "\(rows)×\(columns) of the \(size.0)×\(size.1) which this observation of \(id) begins with are left "
            + "there; choose fewer channels or smaller kernels.")
      }
      rows = (rows - layer.kernel) / layer.stride + 1
      columns = (columns - layer.kernel) / layer.stride + 1
    }
  }
}

extension ObservationLayout {
  /// The planes of cells with which the observation begins: its first fields, as long as they are two-dimensional and of
  /// one shape.
  var grid: ActorCritic.Grid? {
    guard let shape = fields.first?.shape, shape.count == 2 else { return nil }
    let planes = fields.prefix {
      $0.shape == shape && $0.cardinalities.count == 1 && $0.kind == .categorical
    }.count
    return planes == 0 ? nil : ActorCritic.Grid(planes: planes, rows: shape[0], columns: shape[1])
  }

  /// The image with which the observation begins.
  var image: ActorCritic.Image? {
    guard let field = fields.first, field.kind == .intensity, field.shape.count == 3 else { return nil }
    return ActorCritic.Image(rows: field.shape[0], columns: field.shape[1], channels: field.shape[2])
  }
}
