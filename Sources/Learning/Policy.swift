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
  /// - Throws: ``LearningError/invalidSetting(_:)`` where a convolution is asked for and the observation does not begin
  ///   with a two-dimensional field that is large enough.
  init(
    playing world: WorldSpecification, _ configuration: NetworkConfiguration
  ) throws(LearningError) {
    let grid = world.observation.grid
    if configuration.encoder == .convolution {
      let side = 1 + configuration.channels.count * (configuration.kernel - 1)
      guard let grid, min(grid.rows, grid.columns) >= side else {
        throw .invalidSetting(
          "network.encoder: convolution with these network.channels and network.kernel needs an observation that begins "
            + "with a field of at least \(side)×\(side) cells, which this observation of \(world.id) does not; choose "
            + "another environment.observation, fewer channels, a smaller kernel or encoder: gather.")
      }
    }
    guard !configuration.hidden.isEmpty, configuration.hidden.allSatisfy({ $0 > 0 }) else {
      throw .invalidSetting("network.hidden must name at least one layer, each with at least one unit.")
    }
    self.init(
      Interface(
        cardinalities: world.observation.cardinalities, actions: world.actions.count, grid: grid),
      configuration)
  }
}

extension ObservationLayout {
  /// The planes of cells with which the observation begins: its first fields, as long as they are two-dimensional and of
  /// one shape.
  var grid: ActorCritic.Grid? {
    guard let shape = fields.first?.shape, shape.count == 2 else { return nil }
    let planes = fields.prefix { $0.shape == shape && $0.cardinalities.count == 1 }.count
    return planes == 0 ? nil : ActorCritic.Grid(planes: planes, rows: shape[0], columns: shape[1])
  }
}
