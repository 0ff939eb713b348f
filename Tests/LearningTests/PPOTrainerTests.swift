import KnackEnvironment
import KnackNetworks
import KnackNumerics
import Testing

@testable import KnackLearning

@Suite struct PPOTrainerTests {
  static func settings(memory: Int = 0) -> (NetworkConfiguration, PPOConfiguration) {
    var network = NetworkConfiguration()
    network.hidden = [32]
    network.memory = memory
    var ppo = PPOConfiguration()
    ppo.worlds = 16
    ppo.rolloutSteps = 32
    ppo.minibatchSize = 128
    ppo.sequenceLength = 8
    ppo.learningRate = 3e-3
    ppo.annealLearningRate = false
    return (network, ppo)
  }

  func trainer(
    _ rules: CueWorld.Rules, memory: Int = 0, symmetric: Bool = false, workers: Int = 1, seed: UInt64 = 1,
    change: (inout PPOConfiguration) -> Void = { _ in }
  ) throws -> PPOTrainer {
    var (network, ppo) = Self.settings(memory: memory)
    network.shared = memory > 0
    network.symmetric = symmetric
    change(&ppo)
    return try PPOTrainer(
      world: WorldKind(CueWorld.self, rules), network: network, ppo: ppo, totalSteps: 20_000, seed: seed,
      pool: WorkerPool(workers: workers))
  }

  @Test(arguments: [false, true], [false, true])
  func aFeedForwardPolicyLearnsToAnswer(endless: Bool, masks: Bool) throws {
    let trainer = try trainer(CueWorld.Rules(endless: endless, masks: masks))
    for _ in 0..<30 { _ = try trainer.iterate() }
    #expect(trainer.recent.summary.successRate > 0.95)
  }

  @Test func aRecurrentPolicyRemembersWhatAFeedForwardOneCannot() throws {
    let rules = CueWorld.Rules(delay: 3)
    let remembering = try trainer(rules, memory: 32)
    let forgetting = try trainer(rules)
    for _ in 0..<120 {
      _ = try remembering.iterate()
      _ = try forgetting.iterate()
    }
    #expect(remembering.recent.summary.successRate > 0.95)
    #expect(forgetting.recent.summary.successRate < 0.5)
  }

  @Test(arguments: [false, true]) func symmetriesTeachWhatNeverOccurs(symmetric: Bool) throws {
    let trainer = try trainer(CueWorld.Rules(masks: true, cues: 1), symmetric: symmetric)
    for _ in 0..<30 { _ = try trainer.iterate() }
    let outcomes = evaluate(
      trainer.policy, world: WorldKind(CueWorld.self, CueWorld.Rules(masks: true)), episodes: 400, seed: 3,
      greedy: true, pool: WorkerPool(workers: 1))
    let successes = outcomes.count { $0.success }
    #expect(symmetric ? successes > 380 : successes < 300)
  }

  @Test(arguments: [0, 16], [false, true])
  func theNumberOfWorkersChangesNoBit(memory: Int, symmetric: Bool) throws {
    let rules = CueWorld.Rules(delay: 2)
    let alone = try trainer(rules, memory: memory, symmetric: symmetric, workers: 1)
    let together = try trainer(rules, memory: memory, symmetric: symmetric, workers: 3)
    for _ in 0..<5 { #expect(try alone.iterate() == together.iterate()) }
    #expect(alone.state() == together.state())
    #expect(alone.policy.parameters != (try trainer(rules, memory: memory)).policy.parameters)
  }

  @Test(arguments: [0, 16]) func aResumedRunGoesOnBitForBit(memory: Int) throws {
    let rules = CueWorld.Rules(delay: 2)
    let unbroken = try trainer(rules, memory: memory)
    for _ in 0..<3 { _ = try unbroken.iterate() }
    let resumed = try trainer(rules, memory: memory)
    try resumed.restore(unbroken.state())
    for _ in 0..<3 { #expect(try unbroken.iterate() == resumed.iterate()) }
    #expect(unbroken.state() == resumed.state())
  }

  /// An episode here is one step long, so that as many end within the budget as it has steps.
  @Test func everyEpisodeWithinTheBudgetIsCountedAndNoOtherIs() throws {
    let trainer = try trainer(CueWorld.Rules()) { $0.rolloutSteps = 24 }
    var statistics = IterationStatistics()
    for _ in 0..<51 { statistics = try trainer.iterate() }
    #expect(statistics.total.count == 51 * 384 && statistics.total.lengths == 51 * 384)
    for _ in 0..<5 { statistics = try trainer.iterate() }
    #expect(trainer.environmentSteps == 21504 && statistics.total.count == 20000, "the budget is 20,000")
    let total = statistics.total
    #expect(Int(total.achievements[0]) == total.successes && total.achievements[0] > 10_000)
    #expect(Int(total.achievements[0]) + Int(total.achievements[1]) == total.count)
    #expect(statistics.recent.achievements[0] + statistics.recent.achievements[1] == 100)
    let resumed = try self.trainer(CueWorld.Rules()) { $0.rolloutSteps = 24 }
    try resumed.restore(trainer.state())
    #expect(resumed.total == total && resumed.recent == trainer.recent)
  }

  @Test func seedsDiffer() throws {
    let first = try trainer(CueWorld.Rules(), seed: 1)
    let second = try trainer(CueWorld.Rules(), seed: 2)
    #expect(first.policy.parameters != second.policy.parameters)
  }

  @Test func aStateOfAnotherShapeIsRefusedAndChangesNothing() throws {
    let trainer = try trainer(CueWorld.Rules())
    let before = trainer.state()
    var state = before
    state.vectors["weights"]!.removeLast()
    #expect(throws: LearningError.self) { try trainer.restore(state) }
    state = before
    state.blobs["worlds"]!.removeLast()
    #expect(throws: LearningError.self) { try trainer.restore(state) }
    state = before
    state.counters["seed"] = 2
    #expect(throws: LearningError.self) { try trainer.restore(state) }
    #expect(trainer.state() == before)
  }

  @Test func aRewardThatIsNoNumberIsNamed() throws {
    let trainer = try trainer(CueWorld.Rules(reward: .nan))
    let weights = trainer.policy.parameters
    #expect(throws: LearningError.notANumber(place: "reward", update: 1)) { try trainer.iterate() }
    #expect(trainer.policy.parameters == weights)
  }

  @Test func settingsThatContradictEachOtherAreNamed() {
    #expect(throws: LearningError.self) { try trainer(CueWorld.Rules()) { $0.minibatchSize = 100 } }
    #expect(throws: LearningError.self) { try trainer(CueWorld.Rules(), memory: 8) { $0.sequenceLength = 7 } }
    #expect(throws: LearningError.self) { try trainer(CueWorld.Rules()) { $0.worlds = 0 } }
    #expect(throws: LearningError.self) { try trainer(CueWorld.Rules()) { $0.worlds = Int.max } }
  }

  @Test func annealingReachesZeroAtTheBudget() throws {
    let trainer = try trainer(CueWorld.Rules()) { $0.annealLearningRate = true }
    #expect(try trainer.iterate().learningRate == 3e-3)
    let second = try trainer.iterate().learningRate
    #expect(abs(second - 3e-3 * (1 - 512.0 / 20_000)) < 1e-12)
  }

  @Test func evaluationDependsOnSeedAndNumberOnly() throws {
    let world = WorldKind(CueWorld.self, CueWorld.Rules(delay: 1))
    let trainer = try trainer(CueWorld.Rules(delay: 1), memory: 8)
    let alone = evaluate(
      trainer.policy, world: world, episodes: 70, seed: 3, pool: WorkerPool(workers: 1))
    let together = evaluate(
      trainer.policy, world: world, episodes: 70, seed: 3, pool: WorkerPool(workers: 3))
    #expect(alone == together)
    #expect(alone.count == 70 && alone.allSatisfy { $0.length == 2 })
    let other = evaluate(
      trainer.policy, world: world, episodes: 70, seed: 4, pool: WorkerPool(workers: 1))
    #expect(alone != other)
  }
}
