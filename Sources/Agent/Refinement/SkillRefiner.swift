import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackNumerics
import KnackSkills

/// Refines a skill of a library where a planning agent has used it, as the low level of Skill-Critic (Hao et al. 2023,
/// arXiv:2306.08388) whose high level is the planner.
///
/// The skill begins again from copies of the worlds in which it began while the agent played, more often from those where it failed.
/// Its policy is held near what it was by a divergence; critics learn first, then policy and critics. A skill's end is the end of what it is
/// rewarded for: what comes after it is the planner's, and it is worth the more the more surely the skill succeeds.
public final class SkillRefiner {
  /// What an attempt is rewarded for.
  public enum Objective: String, Sendable, CaseIterable {
    /// What the skill was practised for, as its world tells: of looking for something, the way to each waypoint is an episode by itself.
    case practice
    /// For success, and for nothing before; where to look is then worth what is found there in the end.
    case success
  }

  /// How it is refined.
  public struct Settings: Sendable, Equatable {
    /// What it is rewarded for.
    public var objective = Objective.practice
    /// The soft actor-critic; its divergence is in nats a step from the skill as it was.
    public var learner = SACConfiguration()
    /// Worlds side by side, and the most steps that are kept.
    public var worlds = 16, capacity = 100_000
    /// Steps of the policy before anything is learned, those until which critics learn alone, and all.
    public var warmUp = 2_000, criticSteps = 10_000, steps = 60_000
    /// Updates for each step of all worlds.
    public var updates = 2
    /// How much more often an attempt begins where one failed than where one succeeded.
    public var preference = 3.0

    /// The defaults.
    public init() {
      learner.divergence = 0.05
      learner.temperature = 0.02
      learner.targetRate = 0.01
      learner.discount = 0.98
      learner.batchSize = 128
    }
  }

  /// The settings.
  public let settings: Settings
  /// Who learns.
  public let learner: DiscreteSAC
  private let reference: PerceptronPolicy
  private let contexts: [SkillContexts]
  private var replay: ReplayBuffer
  private let seed: UInt64
  private let size: Int, actions: Int, isMasked: Bool

  /// A refiner of a policy.
  ///
  /// - Parameters:
  ///   - policy: the skill as it is.
  ///   - contexts: where it begins; not empty, all of worlds with the same observations and actions.
  public init(
    _ policy: PerceptronPolicy, contexts: [SkillContexts], network: NetworkConfiguration,
    settings: Settings = Settings(),
    seed: UInt64, pool: WorkerPool
  ) {
    let specification = contexts[0].world.specification
    precondition(contexts.contains { $0.count > 0 }, "somewhere to begin")
    self.settings = settings
    self.contexts = contexts
    self.seed = seed
    reference = policy
    size = specification.observation.size
    actions = specification.actions.count
    isMasked = specification.masksActions
    learner = DiscreteSAC(
      cardinalities: policy.network.cardinalities, actions: policy.network.outputs, masks: isMasked,
      network: network,
      settings: settings.learner, seed: seed, pool: pool)
    learner.loadPolicy(policy.parameters)
    learner.setReference(policy.parameters)
    replay = ReplayBuffer(
      capacity: settings.capacity, observationSize: size, maskSize: isMasked ? policy.network.outputs : 0)
  }

  /// The policy as it has become.
  public var policy: PerceptronPolicy { PerceptronPolicy(learner.network, parameters: learner.policyWeights) }

  /// Practises and learns.
  ///
  /// - Parameter observe: called after each step of all worlds with the steps so far and the last losses.
  /// - Returns: how the attempts on the way went.
  /// - Throws: ``LearningError/notANumber(place:update:)``.
  @discardableResult
  public func refine(
    observe: (Int, DiscreteSAC.Losses?) -> Void = { _, _ in }
  ) throws(LearningError) -> SkillRecord.Tally {
    var random = RandomStream(seed: seed, stream: 0x4ef1), tally = SkillRecord.Tally(), steps = 0
    let stage = Stage(contexts, worlds: settings.worlds, policy: reference, seed: seed)
    stage.begin { self.draw(&random) }
    while steps < settings.steps {
      stage.act(learner.policyParameters, step: UInt64(steps))
      stage.step { slot in
        let outcome = stage.outcome(slot), report = stage.report(slot)
        let isPractice = settings.objective == .practice
        replay.add(
          stage.before + slot * size, action: stage.actions[slot],
          reward: isPractice ? report.reward : outcome == .success ? 1 : 0,
          discount: (isPractice ? report.isTerminated : outcome != nil) ? 0 : settings.learner.discount,
          next: stage.observation(slot),
          mask: isMasked ? stage.masksBefore + slot * actions : nil,
          nextMask: isMasked ? stage.mask(slot) : nil)
        guard let outcome else { return }
        tally.add(success: outcome == .success, steps: Int(stage.report(slot).steps))
        let (place, context) = self.draw(&random)
        stage.place(slot, at: place, context)
      }
      steps += settings.worlds
      var losses: DiscreteSAC.Losses?
      if steps >= settings.warmUp {
        for _ in 0..<settings.updates {
          replay.sample(into: learner.batch, random: &random)
          losses = try learner.update(trainsPolicy: steps >= settings.criticSteps)
        }
      }
      observe(steps, losses)
    }
    return tally
  }

  /// Where an attempt begins: which of the kinds of world, and which of the copies.
  private func draw(_ random: inout RandomStream) -> (Int, Int) {
    let total = contexts.reduce(0.0) { sum, one in
      sum + one.failed.reduce(0.0) { $0 + ($1 ? settings.preference : 1) }
    }
    var rest = Double(random.uniform()) * total
    for (place, one) in contexts.enumerated() {
      for (context, hasFailed) in one.failed.enumerated() {
        rest -= hasFailed ? settings.preference : 1
        if rest < 0 { return (place, context) }
      }
    }
    let last = contexts.lastIndex { $0.count > 0 }!
    return (last, contexts[last].count - 1)
  }

  /// Lets a policy begin from each of some contexts, so many times.
  ///
  /// - Parameter observe: called with each attempt.
  public static func examine(
    _ policy: PerceptronPolicy, from contexts: [SkillContexts], repetitions: Int = 1, seed: UInt64,
    observe: (SuccessCritic.Attempt) -> Void = { _ in }
  ) -> SkillRecord.Tally {
    let all = contexts.enumerated().flatMap { place, one in (0..<one.count).map { (place, $0) } }
    let queue = (0..<repetitions).flatMap { _ in all }
    guard !queue.isEmpty else { return SkillRecord.Tally() }
    let worlds = min(16, queue.count)
    let stage = Stage(contexts, worlds: worlds, policy: policy, seed: seed)
    var next = 0, tally = SkillRecord.Tally(), playing = worlds, step: UInt64 = 0
    var played = Array(queue[..<worlds])
    stage.begin {
      defer { next += 1 }
      return queue[next]
    }
    policy.parameters.withUnsafeBufferPointer { parameters in
      while playing > 0 {
        stage.act(parameters.baseAddress!, step: step)
        step += 1
        stage.step { slot in
          guard let outcome = stage.outcome(slot) else { return }
          tally.add(success: outcome == .success, steps: Int(stage.report(slot).steps))
          let (kind, context) = played[slot]
          observe(SuccessCritic.Attempt(contexts[kind], context, succeeded: outcome == .success))
          if next < queue.count {
            played[slot] = queue[next]
            stage.place(slot, at: queue[next].0, queue[next].1)
            next += 1
          } else {
            stage.rest(slot)
            playing -= 1
          }
        }
      }
    }
    return tally
  }
}
