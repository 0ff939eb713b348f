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
  ///   with a two-dimensional field.
  init(
    playing world: WorldSpecification, _ configuration: NetworkConfiguration
  ) throws(LearningError) {
    let shape = world.observation.fields.first?.shape ?? []
    let grid =
      shape.count == 2 && shape[0] >= 3 && shape[1] >= 3 ? GridSize(width: shape[0], height: shape[1]) : nil
    if configuration.encoder == .convolution && grid == nil {
      throw .invalidSetting(
        "network.encoder: convolution needs an observation that begins with a field of at least 3×3 cells, which this "
          + "observation of \(world.id) does not; choose another environment.observation or encoder: gather.")
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
