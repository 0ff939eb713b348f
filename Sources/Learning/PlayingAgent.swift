import KnackEnvironment
import KnackNumerics

/// A player in one world that says what moves it. It plays the episodes that ``evaluate(_:world:episodes:seed:pool:)`` plays.
public final class PlayingAgent: ReportingAgent {
  /// Who plays.
  public let title: String
  private var player: Player
  private let actor: Actor?
  private let other: (any BatchActor)?
  private let random: CounterRandom
  /// Who asks for goals, once the world is known in which; how the latest ones ended, the last one last.
  private var direction: Direction?
  private var outcomes: [GoalOutcomeRecord] = []

  /// An agent for worlds of a specification.
  ///
  /// - Parameter seed: that of the worlds of episode 0, from which random actions are drawn too.
  public init(_ player: Player, _ world: WorldSpecification, seed: UInt64, title: String) {
    self.player = player
    self.title = title
    actor =
      if case .policy(let policy, _, _) = player { Actor(policy, world, worlds: 1, valued: true) } else {
        nil
      }
    other = if case .acting(let policy, _) = player { policy.actor(worlds: 1) } else { nil }
    random = CounterRandom(seed: seed, stream: RandomPurpose.actions.rawValue)
  }

  /// Whether a policy takes its most probable action; nil for others.
  public var isGreedy: Bool? {
    get {
      switch player {
      case .policy(_, let greedy, _), .acting(_, let greedy): greedy
      case .random, .expert: nil
      }
    }
    set {
      guard let newValue else { return }
      switch player {
      case .policy(let policy, _, let director):
        player = .policy(policy, greedy: newValue, director: director)
      case .acting(let policy, _): player = .acting(policy, greedy: newValue)
      case .random, .expert: break
      }
    }
  }

  /// Forgets the recurrent state and what became of goals.
  public func beginEpisode() {
    actor?.forget(world: 0)
    other?.forget(world: 0)
    outcomes = []
  }

  /// Chooses as in an evaluation; a policy also says what it expects and how probable it makes each action, and where goals are
  /// asked for, which one and why.
  public func act(
    in environment: VectorEnvironment, step: Int, episode: Int, report: inout AgentReport
  ) -> Int {
    let step = UInt64(step), episode = UInt64(episode)
    var actions: [Int32] = [0]
    switch player {
    case .policy(_, let greedy, let director):
      guard let actor else { break }
      if let director { direct(environment, director, isBeginning: step == 0, report: &report) }
      actor.act(environment, greedy: greedy, into: &actions) { _ in random.uniform(at: step, episode) }
      report.value = Double(actor.values[0])
      report.probabilities = Array(
        UnsafeBufferPointer(start: actor.probabilities, count: environment.specification.actions.count))
    case .acting(_, let greedy):
      other?.act(environment, greedy: greedy, into: &actions) { _, draw in
        random.uniform(at: step, episode | UInt64(draw) << 32)
      }
      other?.explain(world: 0, in: &report)
    case .random:
      actions[0] = environment.anyAction(world: 0) { choice in
        random.uniform(at: step, episode | UInt64(choice) << 32)
      }
    case .expert: environment.expertActions(into: &actions)
    }
    report.action = Int(actions[0])
    return Int(actions[0])
  }

  /// Asks for a goal where the last one has ended, and says so.
  private func direct(
    _ environment: VectorEnvironment, _ director: any GoalDirector, isBeginning: Bool,
    report: inout AgentReport
  ) {
    if direction?.environment !== environment {
      direction = Direction(director, environment, isLearning: false)
    }
    guard let direction, let space = environment.goalSpace else { return }
    if isBeginning || environment.goal(world: 0) < 0 {
      direction.begin(0)
    } else if let attempt = direction.goOn(0, isOver: false) {
      outcomes.append(GoalOutcomeRecord(attempt))
      if outcomes.count > 16 { outcomes.removeFirst() }
    }
    direction.explain(0, in: &report)
    report.outcomes = outcomes.map {
      AgentReport.Outcome(
        space.goals[Int($0.goal)].name, success: $0.outcome == .success, steps: Int($0.steps))
    }
  }

  /// The bytes of what became of goals, and the recurrent state's.
  public func save() -> [UInt8] {
    let state = actor?.state(world: 0).withUnsafeBytes(Array.init) ?? other?.save(world: 0) ?? []
    return withUnsafeBytes(of: outcomes.count) { Array($0) } + outcomes.withUnsafeBytes { Array($0) } + state
  }

  /// Takes on what ``save()`` gave.
  public func restore(_ bytes: [UInt8]) {
    let count = bytes.withUnsafeBytes { $0.loadUnaligned(as: Int.self) }
    let first = MemoryLayout<Int>.size, stride = MemoryLayout<GoalOutcomeRecord>.stride
    outcomes = bytes.withUnsafeBytes { bytes in
      (0..<count).map { bytes.loadUnaligned(fromByteOffset: first + $0 * stride, as: GoalOutcomeRecord.self) }
    }
    let bytes = Array(bytes[(first + count * stride)...])
    other?.restore(bytes, world: 0)
    guard let actor else { return }
    let state = bytes.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    // A state of another network, whose policy played before, means nothing to this one.
    guard state.count == actor.state(world: 0).count else { return actor.forget(world: 0) }
    actor.setState(state, world: 0)
  }
}

/// How a goal ended, for those who watch.
private struct GoalOutcomeRecord: BitwiseCopyable {
  var goal: Int32, steps: Int32, outcome: GoalOutcome

  init(_ attempt: GoalAttempt) {
    (goal, steps, outcome) = (Int32(attempt.goal), Int32(attempt.steps), attempt.outcome)
  }
}
