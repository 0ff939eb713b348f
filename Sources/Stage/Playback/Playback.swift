import KnackEnvironment

/// Episodes of one world, played by an agent step by step, with the way back to every step.
///
/// The agent is asked on arrival at each state, so that what it thinks there can be seen before it acts; whoever acts in its
/// place, it is asked all the same and keeps up. Going back restores a keyframe and plays on from it, which is exact, since
/// worlds and agents are: the same state gets the same decision.
///
/// Belongs to one thread.
public final class Playback {
  /// A step that was taken.
  public struct Step: Sendable {
    /// What the agent said before it.
    public var report: AgentReport
    /// The action that was taken, and whether somebody else than the agent took it.
    public var action: Int, byHand: Bool
    /// What it was rewarded with.
    public var reward: Float
  }

  /// An episode that has ended.
  public struct Episode: Sendable, Equatable {
    /// Its number, steps and undiscounted return, and whether its last step was rewarded.
    public var number: Int, steps: Int, episodeReturn: Double, success: Bool
  }

  /// A state that can be gone back to: the batch with its expert's memory, and what the agent had in mind on arrival.
  private struct Keyframe {
    var world: [UInt8], mind: [UInt8]
  }

  /// The only world, and what it shows now. It is changed by this playback alone.
  public let environment: VectorEnvironment
  /// The seed of episode 0; episode *i* is the first of a world seeded with `seed + i`.
  public let seed: UInt64
  /// Who plays. Another one may take over at any moment; it begins without a memory of the episode.
  public var agent: any ReportingAgent {
    didSet {
      agent.beginEpisode()
      lookAround()
    }
  }

  /// The number of the episode.
  public private(set) var episode = 0
  /// Steps from the episode's beginning to the state shown.
  public private(set) var position = 0
  /// The steps that were taken, those after ``position`` too; whoever goes on from there repeats them.
  public private(set) var steps: [Step] = []
  /// What the agent says now.
  public private(set) var report = AgentReport()
  /// Whether the episode ends with the state shown.
  public private(set) var isOver = false
  /// Episodes that have ended, in the order in which they did.
  public private(set) var ended: [Episode] = []
  /// The return so far.
  public var episodeReturn: Double { steps[..<position].reduce(0) { $0 + Double($1.reward) } }

  private var action = 0
  /// Skills that the agent has been in, each with its number.
  private var skills: [String: Int] = [:]
  private var keyframes: [Keyframe] = []
  private var interval: Int
  private let firstInterval: Int
  private let keyframeLimit: Int

  /// A playback at the beginning of episode 0.
  ///
  /// - Parameter memory: bytes that the way back may take.
  public init(
    _ kind: WorldKind, agent: any ReportingAgent, seed: UInt64, episode: Int = 0,
    memory: Int = 256 << 20
  ) {
    environment = VectorEnvironment(kind, count: 1, autoreset: .nextStep, facts: true)
    self.agent = agent
    self.seed = seed
    // Small worlds are kept at every step, large ones now and then: steps are quick, copies of a megabyte less so.
    firstInterval = min(32, max(1, kind.stride / 32768))
    interval = firstInterval
    keyframeLimit = max(2, memory / (kind.stride + 4096))
    begin(episode)
  }

  /// Begins an episode.
  public func begin(_ number: Int) {
    episode = max(0, number)
    position = 0
    steps = []
    keyframes = []
    interval = firstInterval
    isOver = false
    environment.reset(seed: seed &+ UInt64(episode))
    agent.beginEpisode()
    arrive()
  }

  /// Takes the next step: the one that was taken from here before, or else the agent's. Does nothing at an episode's end.
  ///
  /// - Parameter action: what somebody else does in the agent's place; what came after is then forgotten.
  public func advance(by action: Int? = nil) {
    guard !isOver else { return }
    if action != nil {
      steps.removeSubrange(position...)
      // The states that came after go with the steps that led to them.
      keyframes.removeSubrange(min(keyframes.count, position / interval + 1)...)
    }
    let known = position < steps.count ? steps[position] : nil
    let chosen = action ?? known?.action ?? self.action
    withUnsafePointer(to: Int32(chosen)) { environment.step($0) }
    if known == nil {
      steps.append(
        Step(report: report, action: chosen, byHand: action != nil, reward: environment.rewards[0]))
    }
    position += 1
    isOver = environment.terminated[0] || environment.truncated[0]
    if isOver && known == nil {
      ended.append(
        Episode(
          number: episode, steps: position, episodeReturn: environment.episodeReturns[0],
          success: environment.episodeSuccesses[0]))
    }
    arrive()
  }

  /// Goes to a step of the episode that was taken before.
  ///
  /// - Complexity: O(steps between two keyframes) backwards, O(steps) forwards.
  public func seek(to target: Int) {
    let target = max(0, min(steps.count, target))
    if target <= position || target / interval > position / interval {
      let index = min(target / interval, keyframes.count - 1)
      restore(index)
    }
    while position < target { advance() }
  }

  private func restore(_ index: Int) {
    do {
      try environment.restore(keyframes[index].world)
    } catch {
      preconditionFailure("A state that was saved is one that can be restored: \(error)")
    }
    agent.restore(keyframes[index].mind)
    position = index * interval
    isOver = environment.terminated[0] || environment.truncated[0]
    lookAround()
  }

  /// Keeps the state if it is one to come back to, then asks the agent.
  private func arrive() {
    if position % interval == 0, position / interval == keyframes.count {
      keyframes.append(Keyframe(world: environment.save(), mind: agent.save()))
      if keyframes.count > keyframeLimit {
        keyframes = stride(from: 0, to: keyframes.count, by: 2).map { keyframes[$0] }
        interval *= 2
      }
    }
    lookAround()
  }

  /// Lets the agent say what it thinks of the state shown; of an end there is nothing to think.
  private func lookAround() {
    if isOver { report = AgentReport() } else { decide() }
    if report.facts.isEmpty { report.facts = environment.presentFacts }
  }

  private func decide() {
    report = AgentReport()
    action = agent.act(in: environment, step: position, episode: episode, report: &report)
    if let skill = report.skill, skills[skill] == nil { skills[skill] = skills.count }
  }

  /// The number of a skill that the agent has been in, in the order of first use.
  func skillNumber(_ name: String) -> Int { skills[name] ?? 0 }
}

extension VectorEnvironment {
  /// The facts of the first world that are not zero, without its achievements.
  var presentFacts: [AgentReport.Fact] {
    guard let facts else { return [] }
    let specification = specification
    return specification.facts.enumerated().compactMap { index, name in
      facts[index] == 0 || specification.achievements.contains(index)
        ? nil : AgentReport.Fact(name, Int(facts[index]))
    }
  }
}
