import KnackEnvironment
import KnackNumerics

/// A player in one world that says what moves it. It plays the episodes that ``evaluate(_:world:episodes:seed:pool:)`` plays.
public final class PlayingAgent: ReportingAgent {
  /// Who plays.
  public let title: String
  private var player: Player
  private let actor: Actor?
  private let random: CounterRandom

  /// An agent for worlds of a specification.
  ///
  /// - Parameter seed: that of the worlds of episode 0, from which random actions are drawn too.
  public init(_ player: Player, _ world: WorldSpecification, seed: UInt64, title: String) {
    self.player = player
    self.title = title
    actor =
      if case .policy(let policy, _) = player { Actor(policy, world, worlds: 1, valued: true) } else { nil }
    random = CounterRandom(seed: seed, stream: RandomPurpose.actions.rawValue)
  }

  /// Whether a policy takes its most probable action; nil for others.
  public var isGreedy: Bool? {
    get { if case .policy(_, let greedy) = player { greedy } else { nil } }
    set {
      if case .policy(let policy, _) = player, let newValue {
        player = .policy(policy, greedy: newValue)
      }
    }
  }

  /// Forgets the recurrent state.
  public func beginEpisode() { actor?.forget(world: 0) }

  /// Chooses as in an evaluation; a policy also says what it expects and how probable it makes each action.
  public func act(
    in environment: VectorEnvironment, step: Int, episode: Int, report: inout AgentReport
  ) -> Int {
    let step = UInt64(step), episode = UInt64(episode)
    var actions: [Int32] = [0]
    switch player {
    case .policy(_, let greedy):
      guard let actor else { break }
      actor.act(environment, greedy: greedy, into: &actions) { _ in random.uniform(at: step, episode) }
      report.value = Double(actor.values[0])
      report.probabilities = Array(
        UnsafeBufferPointer(start: actor.probabilities, count: environment.specification.actions.count))
    case .random:
      actions[0] = environment.anyAction(world: 0) { choice in
        random.uniform(at: step, episode | UInt64(choice) << 32)
      }
    case .expert: environment.expertActions(into: &actions)
    }
    report.action = Int(actions[0])
    return Int(actions[0])
  }

  /// The recurrent state's bytes.
  public func save() -> [UInt8] {
    actor?.state(world: 0).withUnsafeBytes(Array.init) ?? []
  }

  /// Takes on a recurrent state.
  public func restore(_ bytes: [UInt8]) {
    guard let actor else { return }
    let state = bytes.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    // A state of another network, whose policy played before, means nothing to this one.
    guard state.count == actor.state(world: 0).count else { return actor.forget(world: 0) }
    actor.setState(state, world: 0)
  }
}
