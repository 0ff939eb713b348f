import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackNumerics
import KnackSkills
import Testing

@testable import KnackAgent

/// Skills that are refined where an agent fails with them.
@Suite struct RefinementTests {
  /// An agent whose skills have no weights and so move at random.
  private func agent(_ library: SkillLibrary) throws -> HierarchicalAgent {
    try HierarchicalAgent(world: WorldKind(commanding: Orchard.self, OrchardRules()), library: library)
  }

  private func contexts(_ library: SkillLibrary, seed: UInt64) throws -> SkillContexts {
    let found = SkillContexts.collect(
      try agent(library), skills: ["pick_apple"], episodes: 0..<8, seed: seed, capacity: 40)
    return try #require(found["pick_apple"])
  }

  private func settings() -> SkillRefiner.Settings {
    var settings = SkillRefiner.Settings()
    settings.learner.divergence = 1
    settings.learner.learningRate = 1e-3
    (settings.steps, settings.criticSteps, settings.warmUp) = (30_000, 6000, 1000)
    settings.learner.batchSize = 64
    return settings
  }

  @Test("Contexts are where the skill began: from a copy it goes on as the world did")
  func contextsAreBeginnings() throws {
    let contexts = try contexts(try LibraryTests.library(), seed: 7)
    #expect(contexts.count > 8 && contexts.failed.contains(true) && contexts.failed.contains(false))
    for place in 0..<contexts.count {
      #expect(contexts.gallery.goal(world: place) == 1, "it is asked to pick an apple")
      #expect(contexts.gallery.goalOutcome(world: place) == .open)
    }
  }

  @Test("A refined skill fails less than half as often in contexts that it was not refined in")
  func refines() throws {
    let library = try LibraryTests.library()
    let practised = try contexts(library, seed: 7), judged = try contexts(library, seed: 1007)
    let entry = library.policies["any"]!, policy = try #require(entry.policy.perceptron)
    let refiner = SkillRefiner(
      policy, contexts: [practised], network: entry.network, settings: settings(), seed: 1,
      pool: WorkerPool(workers: 1))
    try refiner.refine()
    func failures(_ policy: PerceptronPolicy) -> Double {
      let tally = SkillRefiner.examine(policy, from: [judged], repetitions: 5, seed: 3).tally
      #expect(tally.attempts == 5 * judged.count)
      return Double(tally.attempts - tally.successes) / Double(tally.attempts)
    }
    let (before, after) = (failures(policy), failures(refiner.policy))
    #expect(before > 0.2 && after < before / 2, "\(before) \(after)")
    // The library's network takes the refined weights on, and says the same.
    let adopted = entry.policy.adopting(refiner.policy)
    #expect(adopted.perceptron?.parameters == refiner.policy.parameters)
  }

  @Test("Refining is the same for any number of workers")
  func isDeterministic() throws {
    let library = try LibraryTests.library(), practised = try contexts(library, seed: 7)
    let entry = library.policies["any"]!, policy = try #require(entry.policy.perceptron)
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
