import KnackEnvironment
import KnackNetworks

/// Somebody who chooses actions for the worlds of a batch, and may keep something in mind of each.
public protocol BatchActor: AnyObject {
  /// Writes one action for each world.
  ///
  /// - Parameters:
  ///   - greedy: whether the most probable one is taken.
  ///   - uniform: a number in [0, 1) for each world and each of what is drawn there, numbered from 0; not called if `greedy`.
  func act(
    _ environment: VectorEnvironment, greedy: Bool, into actions: inout [Int32],
    uniform: (_ world: Int, _ draw: Int) -> Float)

  /// Forgets everything about a world, whose next observation is the first of an episode.
  func forget(world: Int)

  /// What is kept in mind of a world, as bytes.
  func save(world: Int) -> [UInt8]

  /// Takes on what ``save(world:)`` gave; what means nothing here is forgotten.
  func restore(_ bytes: [UInt8], world: Int)

  /// Fills in what can be said of the last choice in a world.
  func explain(world: Int, in report: inout AgentReport)
}

extension BatchActor {
  /// Nothing to forget.
  public func forget(world: Int) {}
  /// Nothing.
  public func save(world: Int) -> [UInt8] { [] }
  /// Nothing.
  public func restore(_ bytes: [UInt8], world: Int) {}
}

/// A policy of any shape, of which actors can be made.
public protocol ActingPolicy: Sendable {
  /// An actor for so many worlds.
  func actor(worlds: Int) -> any BatchActor
}

/// A perceptron with its weights, whose outputs are a logit for each action.
public struct PerceptronPolicy: ActingPolicy {
  /// The network.
  public let network: Perceptron
  /// Its flat parameter vector.
  public let parameters: [Float]

  /// A policy with these weights.
  public init(_ network: Perceptron, parameters: [Float]) {
    precondition(parameters.count == network.layout.count, "as many weights as the network has")
    self.network = network
    self.parameters = parameters
  }

  /// See ``ActingPolicy``.
  public func actor(worlds: Int) -> any BatchActor { FlatActor(self, worlds: worlds) }
}

private final class FlatActor: BatchActor {
  private let policy: PerceptronPolicy
  private let actor: PerceptronActor

  init(_ policy: PerceptronPolicy, worlds: Int) {
    self.policy = policy
    actor = PerceptronActor(policy.network, rows: worlds)
  }

  func act(
    _ environment: VectorEnvironment, greedy: Bool, into actions: inout [Int32],
    uniform: (Int, Int) -> Float
  ) {
    policy.parameters.withUnsafeBufferPointer {
      actor.act(
        $0.baseAddress!, environment.observations, masks: environment.actionMasks.map { UnsafePointer($0) },
        greedy: greedy, into: &actions
      ) { uniform($0, 0) }
    }
  }

  func explain(world: Int, in report: inout AgentReport) {
    report.probabilities = actor.probabilities(row: world)
  }
}
