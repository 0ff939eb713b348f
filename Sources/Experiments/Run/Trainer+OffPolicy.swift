import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackNumerics
import KnackSkills

// The trainers that learn from demonstrations and from what they keep.

extension ExperimentConfiguration {
  /// Soft actor-critic with one level, after behaviour cloning where that is asked for.
  func makeSAC(
    world: WorldKind, demonstrated: WorldKind?, pool: WorkerPool
  ) throws(LearningError) -> any Trainer {
    let trainer = try SACTrainer(
      world: world, network: network, settings: sac.learner, collection: sac.collection, seed: training.seed,
      pool: pool, clock: monotonicNanoseconds)
    let (sac, seed, demonstrations) = (sac, training.seed, demonstrations)
    return OffPolicyRun(trainer) { () throws(LearningError) in
      guard sac.cloningUpdates > 0 else { return [] }
      let loss = try trainer.clone(
        try demonstrations.read(demonstrated ?? world), updates: sac.cloningUpdates, settings: sac.cloning,
        seed: seed)
      return [Measure("demonstrations/cloning_loss", loss)]
    }
  }

  /// Skill-Critic, after its skills were learned from demonstrations.
  func makeSkillCritic(
    world: WorldKind, demonstrated: WorldKind?, pool: WorkerPool
  ) throws(LearningError) -> any Trainer {
    let specification = world.specification, settings = skillCritic
    let embedding = settings.skills(
      cardinalities: specification.observation.cardinalities, actions: specification.actions.count,
      network: network, seed: training.seed)
    let trainer = SkillCriticTrainer(
      world: world, embedding: embedding, settings: settings.trainer, seed: training.seed, pool: pool,
      clock: monotonicNanoseconds)
    let (seed, demonstrations) = (training.seed, demonstrations)
    return OffPolicyRun(trainer) { () throws(LearningError) in
      let set = try demonstrations.read(demonstrated ?? world)
      let stretches = set.stretches(of: embedding.length)
      guard !stretches.isEmpty else {
        throw .invalidSetting(
          "No demonstration is as long as a skill, \(embedding.length) steps; lower skills.length.")
      }
      var random = RandomStream(seed: seed, stream: 0x5e3c)
      let measures = try embedding.learn(
        set, stretches, updates: settings.embeddingUpdates, random: &random)
      trainer.adoptSkills()
      return measures
    }
  }
}

extension ExperimentConfiguration.SkillCritic {
  /// Skills with fresh weights.
  func skills(
    cardinalities: [Int], actions: Int, network: NetworkConfiguration, seed: UInt64
  ) -> any SkillSpace {
    switch kind {
    case .codebook:
      var settings = embedding
      settings.network = network
      return SkillEmbedding(cardinalities: cardinalities, actions: actions, settings: settings, seed: seed)
    case .points:
      var settings = points
      (settings.length, settings.batchSize) = (embedding.length, embedding.batchSize)
      (settings.learningRate, settings.network) = (embedding.learningRate, network)
      return GaussianSkillEmbedding(
        cardinalities: cardinalities, actions: actions, settings: settings, seed: seed)
    }
  }
}

extension ExperimentConfiguration.Demonstrations {
  /// The demonstrations: of the folder, or of the world's expert.
  ///
  /// - Throws: ``LearningError/invalidSetting(_:)`` where there are none to be had.
  func read(_ world: WorldKind) throws(LearningError) -> DemonstrationSet {
    guard folder.isEmpty else {
      do {
        return try DemonstrationSet(folder: folder, for: world.specification)
      } catch {
        throw .invalidSetting("demonstrations.folder: \(error)")
      }
    }
    return try DemonstrationSet(expertOf: world, plan)
  }
}
