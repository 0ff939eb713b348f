import KnackEnvironment
import KnackNetworks

/// Chooses actions for a batch of worlds with a policy; keeps the recurrent state of each.
public final class Actor {
  private let policy: Policy
  private let worlds: Int
  private let observations: ObservationStore
  private let workspace: ActorCriticWorkspace
  private let distribution: Categorical
  private let states, uniforms: UnsafeMutablePointer<Float>
  /// How probable each action was made in each world, shape (worlds, actions); means something after ``act``.
  public let probabilities: UnsafeMutablePointer<Float>
  /// What each world's observation was worth, shape (worlds); means something after ``act`` where it was asked for.
  public let values: UnsafeMutablePointer<Float>
  private let heads: ActorCritic.Heads

  /// An actor for `worlds` worlds of the given specification; `valued` where it is to say what their observations are worth.
  public init(_ policy: Policy, _ world: WorldSpecification, worlds: Int, valued: Bool = false) {
    self.policy = policy
    heads = valued ? .both : .policy
    self.worlds = worlds
    observations = ObservationStore(policy.network, size: world.observation.size, capacity: worlds)
    workspace = ActorCriticWorkspace(policy.network, rows: worlds)
    states = .allocate(capacity: max(1, worlds * policy.network.stateSize))
    states.initialize(repeating: 0, count: worlds * policy.network.stateSize)
    distribution = Categorical(actions: world.actions.count)
    probabilities = .allocate(capacity: worlds * world.actions.count)
    probabilities.initialize(repeating: 0, count: worlds * world.actions.count)
    values = .allocate(capacity: worlds)
    values.initialize(repeating: 0, count: worlds)
    uniforms = .allocate(capacity: worlds)
    uniforms.initialize(repeating: 0, count: worlds)
  }

  deinit {
    states.deallocate()
    probabilities.deallocate()
    values.deallocate()
    uniforms.deallocate()
  }

  /// The recurrent state of a world; empty where the network keeps none.
  public func state(world: Int) -> [Float] {
    let size = policy.network.stateSize
    return Array(UnsafeBufferPointer(start: states + world * size, count: size))
  }

  /// Gives a world a recurrent state that ``state(world:)`` gave.
  public func setState(_ state: [Float], world: Int) {
    let size = policy.network.stateSize
    precondition(state.count == size, "a state of this network")
    state.withUnsafeBufferPointer {
      if size > 0 { (states + world * size).update(from: $0.baseAddress!, count: size) }
    }
  }

  /// Zeroes the recurrent state of a world whose next observation is the first of an episode.
  public func forget(world: Int) {
    let size = policy.network.stateSize
    (states + world * size).update(repeating: 0, count: size)
  }

  /// Writes one action for each world.
  ///
  /// - Parameter uniform: a number in [0, 1) for each world to draw with; not called if `greedy`.
  public func act(
    _ environment: VectorEnvironment, greedy: Bool, into actions: inout [Int32], uniform: (Int) -> Float
  ) {
    let network = policy.network, count = worlds
    for world in 0..<count {
      observations.store(environment.observations + world * observations.size, as: world)
    }
    policy.parameters.withUnsafeBufferPointer { parameters in
      let output = network.forward(
        parameters.baseAddress!,
        ActorCritic.Rows(
          observations.batch(from: 0), sequences: count, length: 1, initialState: states, starts: nil),
        workspace, heads: heads)
      if heads == .both { values.update(from: output.values, count: count) }
      if let state = output.state { states.update(from: state, count: count * network.stateSize) }
      distribution.normalize(
        output.logits, mask: environment.actionMasks.map { UnsafePointer($0) }, rows: count,
        probabilities: probabilities)
      actions.withUnsafeMutableBufferPointer { actions in
        if greedy {
          distribution.mode(probabilities, rows: count, into: actions.baseAddress!)
        } else {
          for world in 0..<count { uniforms[world] = uniform(world) }
          distribution.sample(
            probabilities, uniforms: uniforms, rows: count, into: actions.baseAddress!)
        }
      }
    }
  }
}
