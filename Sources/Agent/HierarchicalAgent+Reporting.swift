import KnackEnvironment
import KnackNumerics

/// A hierarchical agent in one world that says what moves it, for windows, recordings and reports.
public final class ReportingHierarchicalAgent: ReportingAgent {
  /// Who it is.
  public let title: String
  private let agent: HierarchicalAgent
  private let random: CounterRandom
  private var snapshots: [HierarchicalAgent.Snapshot] = []

  /// An agent for a world of its kind.
  ///
  /// - Parameter seed: that of the worlds, from which actions are drawn too.
  public init(_ agent: HierarchicalAgent, seed: UInt64, title: String) {
    self.agent = agent
    self.title = title
    random = CounterRandom(seed: seed, stream: HierarchicalAgent.randomStream)
    agent.begin(worlds: 1)
  }

  /// Forgets everything.
  public func beginEpisode() { agent.begin(worlds: 1) }

  /// Chooses an action, and says the plan, the skill, the facts that there are and what has been tried of late.
  public func act(
    in environment: VectorEnvironment, step: Int, episode: Int, report: inout AgentReport
  ) -> Int {
    var actions: [Int32] = [0]
    agent.act(in: environment, into: &actions) { _ in random.uniform(at: UInt64(step), UInt64(episode)) }
    report = agent.report(world: 0, in: environment)
    let action = Int(actions[0])
    // An action of the world itself is none of the moves that there are names for.
    report.action = action < environment.specification.actions.count ? action : nil
    return action
  }

  /// What it has in mind, as the number of a snapshot that it keeps.
  public func save() -> [UInt8] {
    snapshots.append(agent.snapshot(world: 0))
    return withUnsafeBytes(of: snapshots.count - 1) { Array($0) }
  }

  /// Goes on with what it had in mind.
  public func restore(_ bytes: [UInt8]) {
    let number = bytes.withUnsafeBytes { $0.loadUnaligned(as: Int.self) }
    agent.restore(snapshots[number], world: 0)
  }
}
