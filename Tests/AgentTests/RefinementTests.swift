import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackNumerics
import KnackSkills
import Testing

@testable import KnackAgent

/// Skills that are refined where an agent fails with them.
@Suite struct RefinementTests {
  private func agent(_ library: SkillLibrary) throws -> HierarchicalAgent {
    try HierarchicalAgent(world: WorldKind(commanding: Orchard.self, OrchardRules()), library: library)
  }

  /// Skills that move nearly at random: their policy has its first weights.
  private func library() throws -> SkillLibrary {
    let empty = try LibraryTests.library(), entry = empty.policies["any"]!
    var policy = entry.policy, random = RandomStream(seed: 3, stream: 0)
    policy.parameters.withUnsafeMutableBufferPointer {
      policy.network.initialize($0.baseAddress!, random: &random)
    }
    return SkillLibrary(
      of: WorldKind(commanding: Orchard.self, OrchardRules()).goalSpace!.goals, in: empty.world,
      SkillLibrary.PolicyEntry(policy, entry.network))
  }

  private func contexts(
    _ library: SkillLibrary, of skill: String = "pick_apple", seed: UInt64
  ) throws -> SkillContexts {
    let found = SkillContexts.collect(
      try agent(library), skills: [skill], episodes: 0..<8, seed: seed, capacity: 40)
    return try #require(found[skill])
  }

  private func settings() -> SkillRefiner.Settings {
    var settings = SkillRefiner.Settings()
    settings.learner.divergence = 1
    settings.learner.learningRate = 1e-3
    (settings.steps, settings.criticSteps, settings.warmUp, settings.updates) = (40_000, 6000, 1000, 4)
    (settings.learner.temperature, settings.learner.targetRate) = (0.02, 0.02)
    settings.learner.batchSize = 64
    return settings
  }

  @Test("Contexts are where the skill began: from a copy it goes on as the world did")
  func contextsAreBeginnings() throws {
    let contexts = try contexts(try library(), seed: 7)
    #expect(contexts.count > 8 && contexts.failed.contains(true) && contexts.failed.contains(false))
    for place in 0..<contexts.count {
      #expect(contexts.gallery.goal(world: place) == 1, "it is asked to pick an apple")
      #expect(contexts.gallery.goalOutcome(world: place) == .open)
    }
  }

  @Test("A refined skill fails less than half as often in contexts that it was not refined in")
  func refines() throws {
    let library = try library()
    let practised = try contexts(library, seed: 7), judged = try contexts(library, seed: 1007)
    let entry = library.policies["goals"]!, policy = try #require(entry.policy.perceptron)
    let refiner = SkillRefiner(
      policy, contexts: [practised], network: entry.network, settings: settings(), seed: 1,
      pool: WorkerPool(workers: 1))
    try refiner.refine()
    func failures(_ policy: PerceptronPolicy) -> Double {
      let tally = SkillRefiner.examine(policy, from: [judged], repetitions: 5, seed: 3)
      #expect(tally.attempts == 5 * judged.count)
      return Double(tally.attempts - tally.successes) / Double(tally.attempts)
    }
    let (before, after) = (failures(policy), failures(refiner.policy))
    #expect(before > 0.2 && after < before / 2, "\(before) \(after)")
    // The library's network takes the refined weights on, and says the same.
    let adopted = entry.policy.adopting(refiner.policy)
    #expect(adopted.perceptron?.parameters == refiner.policy.parameters)
  }

  @Test("The high level's critic knows how likely each skill is to succeed, and the planner goes by it")
  func estimates() throws {
    let library = try library()
    let all = try ["find_tree", "pick_apple"].map { try contexts(library, of: $0, seed: 7) }
    let specification = all[0].world.specification
    var settings = SuccessCritic.Settings()
    (settings.network.hidden, settings.learningRate) = ([32], 1e-3)
    let critic = SuccessCritic(
      cardinalities: specification.observation.cardinalities, settings: settings, seed: 1)
    let attempts = all.flatMap(\.attempts)
    try critic.learn(from: attempts, seed: 1)
    let loss = critic.crossEntropy(of: attempts)
    #expect(loss < 0.68, "less than a coin's \(loss)")
    for contexts in all {
      let said = (0..<contexts.count).reduce(0.0) {
        $0 + critic.probability(contexts.gallery.observations + $1 * specification.observation.size)
      }
      let succeeded = contexts.failed.count { !$0 }
      #expect(abs(said - Double(succeeded)) < 0.1 * Double(contexts.count), "\(said) \(succeeded)")
    }
    // An agent that has it plays, and plays the same twice.
    let episodes = try (0..<2).map { _ in
      let agent = try agent(library)
      agent.successCritic = critic
      return agent.playEpisodes(0..<4, seed: 5)
    }
    #expect(episodes[0] == episodes[1])
  }

  @Test("Refining is the same for any number of workers")
  func isDeterministic() throws {
    let library = try library(), practised = try contexts(library, seed: 7)
    let entry = library.policies["goals"]!, policy = try #require(entry.policy.perceptron)
    let weights = try [1, 2].map { workers in
      var settings = settings()
      (settings.steps, settings.criticSteps) = (3000, 1500)
      let refiner = SkillRefiner(
        policy, contexts: [practised], network: entry.network, settings: settings, seed: 1,
        pool: WorkerPool(workers: workers))
      try refiner.refine()
      return refiner.policy.parameters
    }
    #expect(weights[0] == weights[1] && weights[0] != policy.parameters)
  }

  @Test(
    "A policy's way to its actions is the same as a perceptron, layers shared or not",
    arguments: [false, true])
  func perceptrons(shared: Bool) throws {
    var network = NetworkConfiguration()
    (network.hidden, network.shared, network.layerNorm) = ([8, 6], shared, true)
    let specification = WorldKind(commanding: Orchard.self, OrchardRules()).specification
    var policy = try Policy(world: specification, network: network)
    var random = RandomStream(seed: 4, stream: 0)
    policy.parameters.withUnsafeMutableBufferPointer {
      policy.network.initialize($0.baseAddress!, random: &random)
    }
    let perceptron = try #require(policy.perceptron)
    let environment = VectorEnvironment(WorldKind(commanding: Orchard.self, OrchardRules()), count: 4)
    environment.reset(seed: 2)
    for world in 0..<4 { environment.command(world % 2, world: world) }
    let actor = Actor(policy, specification, worlds: 4), other = PerceptronActor(perceptron.network, rows: 4)
    var one: [Int32] = [0, 0, 0, 0], two = one
    actor.act(environment, greedy: false, into: &one) { Float($0) / 4 }
    let masks = environment.actionMasks.map { UnsafePointer($0) }
    other.act(perceptron.parameters, environment.observations, masks: masks, into: &two) { Float($0) / 4 }
    #expect(one == two)
    for world in 0..<4 {
      let shares = other.probabilities(row: world)
      for (action, share) in shares.enumerated() {
        #expect(actor.probabilities[world * shares.count + action] == share)
      }
    }
  }
}
