import KnackLearning

extension ConfigurationKey {
  /// What is learned from before the world is played in.
  static let demonstrations: [ConfigurationKey] = [
    .text(
      "demonstrations.folder", \.demonstrations.folder,
      "A folder that `knack demonstrate` made, to learn from before playing; empty to let the world's expert play."
    ),
    .text(
      "demonstrations.environment", \.demonstrations.environment,
      "The world whose expert demonstrates, of the same observations and actions; empty for that of environment.id. Given, environment.options and environment.map do not hold there."
    ),
    .settings(
      "demonstrations.options", \.demonstrations.settings,
      "The world's options where its expert demonstrates, where they differ from environment.options; given any, environment.map does not hold there."
    ),
    .integer(
      "demonstrations.episodes", \.demonstrations.plan.episodes, in: 1...,
      "Episodes that the expert plays; those that fail do not count."),
    .number(
      "demonstrations.noise", \.demonstrations.plan.noise, from: 0, through: 1,
      "With what probability an action is any, in the place of the expert's."),
    .integer(
      "demonstrations.worlds", \.demonstrations.plan.worlds, in: 0...,
      "In how many different worlds it plays, over and over; 0 for a new one each episode."),
    .integer(
      "demonstrations.seed", \.demonstrations.plan.seed, in: 0..., "The seed of the first of those worlds."),
  ]

  /// Soft actor-critic with one level.
  static let sac: [ConfigurationKey] =
    learner("sac", \.sac.learner, "its reference, which is chance") + [
      .integer("sac.worlds", \.sac.collection.worlds, in: 1..., "Worlds stepped side by side."),
      .integer("sac.capacity", \.sac.collection.capacity, in: 1..., "The most transitions that are kept."),
      .integer(
        "sac.warm-up", \.sac.collection.warmUp, in: 1...,
        "Transitions that are collected before anything is learned from them."),
      .integer("sac.updates", \.sac.collection.updates, in: 1..., "Updates for each step of all worlds."),
      .integer(
        "sac.cloning-updates", \.sac.cloningUpdates, in: 0...,
        "Updates in which the policy learns what was demonstrated, before it plays; 0 for none."),
      .integer(
        "sac.cloning-batch-size", \.sac.cloning.batchSize, in: 1..., "Demonstrated steps of such an update."),
      .number(
        "sac.cloning-learning-rate", \.sac.cloning.learningRate, from: 0, open: true,
        "Adam's step size in it."),
    ]

  /// Skills from demonstrations and Skill-Critic.
  static let skillCritic: [ConfigurationKey] =
    [
      .choice(
        "skills.kind", \.skillCritic.kind,
        "Whether a skill is one of a few, or a point of a space."),
      .integer(
        "skills.count", \.skillCritic.embedding.skills, in: 1..., "Skills in the codebook, at most 256."),
      .integer("skills.length", \.skillCritic.embedding.length, in: 1..., "Steps of a skill, at most 256."),
      .integer(
        "skills.updates", \.skillCritic.embeddingUpdates, in: 1...,
        "Updates in which they are learned from demonstrations."),
      .integer(
        "skills.batch-size", \.skillCritic.embedding.batchSize, in: 1...,
        "Demonstrated stretches of an update."),
      .number(
        "skills.learning-rate", \.skillCritic.embedding.learningRate, from: 0, open: true,
        "Adam's step size in it."),
      .integer(
        "skills.dimensions", \.skillCritic.points.dimensions, in: 1...,
        "Of points: how many numbers a skill is."),
      .number(
        "skills.divergence-weight", \.skillCritic.points.divergenceWeight, from: 0,
        "Of points: what a nat by which the posterior tells skills apart counts against one of the actions."),
      .flag(
        "skills.sees-observations", \.skillCritic.points.seesObservations,
        "Of points: whether the posterior sees what was seen, and not only what was done."),
      .integer("skill-critic.worlds", \.skillCritic.trainer.worlds, in: 1..., "Worlds stepped side by side."),
      .integer(
        "skill-critic.capacity", \.skillCritic.trainer.capacity, in: 1...,
        "The most skills, and the most steps, that are kept."),
      .integer(
        "skill-critic.warm-up", \.skillCritic.trainer.warmUp, in: 0...,
        "Environment steps before anything is learned."),
      .integer(
        "skill-critic.high-level-steps", \.skillCritic.trainer.highLevelSteps, in: 0...,
        "Environment steps until which skills stay as demonstrated; more than the budget for skills that are never refined."
      ),
      .integer(
        "skill-critic.updates", \.skillCritic.trainer.updates, in: 1...,
        "Updates of both levels for each step of all worlds."),
      .flag(
        "skill-critic.couples-critics", \.skillCritic.trainer.couplesCritics,
        "Whether the low level's critics learn from the high level's where a skill ends, rather than from themselves."
      ),
      .flag(
        "skill-critic.keeps-prior", \.skillCritic.trainer.keepsPrior,
        "Whether the choice of skills is held near the demonstrations', rather than near chance."),
      .flag(
        "skill-critic.keeps-decoder", \.skillCritic.trainer.keepsDecoder,
        "Whether skills are held near the demonstrations', rather than near chance."),
      .flag(
        "skill-critic.indexes-late", \.skillCritic.trainer.indexesLate,
        "Whether the low level learns of steps as if each were one later in its skill, as the published program does."
      ),
      .flag(
        "skill-critic.discounts-per-skill", \.skillCritic.trainer.discountsPerSkill,
        "Whether the high level's discount factor counts skills and their rewards are summed as they are, as the published program does."
      ),
    ] + learner("high-level", \.skillCritic.trainer.highLevel, "its reference, a choice of skill")
    + learner("low-level", \.skillCritic.trainer.lowLevel, "its reference, a step")

  /// The settings of a soft actor-critic.
  ///
  /// - Parameter near: what its policy is held near, and by what.
  private static func learner(
    _ section: String, _ path: WritableKeyPath<ExperimentConfiguration, SACConfiguration> & Sendable,
    _ near: String
  ) -> [ConfigurationKey] {
    [
      .integer("\(section).batch-size", path.appending(\.batchSize), in: 1..., "Transitions of an update."),
      .number(
        "\(section).learning-rate", path.appending(\.learningRate), from: 0, open: true, "Adam's step size."),
      .number(
        "\(section).discount", path.appending(\.discount), from: 0, through: 1, "Discount factor, by step."),
      .number(
        "\(section).target-rate", path.appending(\.targetRate), from: 0, through: 1,
        "How far target critics follow the critics with each update."),
      .number(
        "\(section).divergence", path.appending(\.divergence), from: 0,
        "How far, in nats, the policy may be on average from \(near); the temperature sees to it."),
      .number(
        "\(section).temperature", path.appending(\.temperature), from: 0, open: true,
        "The temperature at the start."),
      .flag("\(section).fixes-temperature", path.appending(\.fixesTemperature), "Whether it stays at that."),
      .number(
        "\(section).reference-floor", path.appending(\.referenceFloor), from: 0, through: 1,
        "How much of a uniform distribution is mixed into a learned reference."),
    ]
  }

  /// A number that is kept in single precision.
  private static func number(
    _ path: String, _ keyPath: WritableKeyPath<ExperimentConfiguration, Float> & Sendable, from lower: Double,
    open: Bool = false, through upper: Double? = nil, _ meaning: String
  ) -> ConfigurationKey {
    .number(path, keyPath.appending(\.asWritten), from: lower, open: open, through: upper, meaning)
  }
}

extension WritableKeyPath where Root == ExperimentConfiguration {
  /// The same path further on.
  fileprivate func appending<Next>(
    _ next: WritableKeyPath<Value, Next> & Sendable
  ) -> WritableKeyPath<Root, Next> & Sendable {
    let path: WritableKeyPath<Root, Next> = self.appending(path: next)
    return unsafeBitCast(path, to: (WritableKeyPath<Root, Next> & Sendable).self)
  }
}

extension Float {
  /// The number in double precision: the shortest one that is written as this is, so that 0.1 stays 0.1.
  fileprivate var asWritten: Double {
    get { Double("\(self)") ?? Double(self) }
    set { self = Float(newValue) }
  }
}
