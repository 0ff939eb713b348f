extension ConfigurationKey {
  /// The settings of proximal policy optimisation.
  static let ppo: [ConfigurationKey] = [
    .integer("ppo.worlds", \.ppo.worlds, in: 1..., "Worlds stepped side by side."),
    .integer("ppo.rollout-steps", \.ppo.rolloutSteps, in: 1..., "Steps of each world between two updates."),
    .integer("ppo.epochs", \.ppo.epochs, in: 1..., "Passes over each batch of transitions."),
    .integer(
      "ppo.minibatch-size", \.ppo.minibatchSize, in: 1...,
      "Transitions in a minibatch; divides worlds * rollout-steps."),
    .number("ppo.learning-rate", \.ppo.learningRate, from: 0, open: true, "Adam's step size at the start."),
    .flag(
      "ppo.anneal-learning-rate", \.ppo.annealLearningRate,
      "Whether the learning rate falls linearly to zero over the budget."),
    .number("ppo.discount", \.ppo.discount, from: 0, through: 1, "Discount factor."),
    .number(
      "ppo.gae-lambda", \.ppo.gaeLambda, from: 0, through: 1,
      "The exponential weight of generalised advantage estimation."),
    .number(
      "ppo.clip-range", \.ppo.clipRange, from: 0, open: true, "The clip range of the probability ratio."),
    .flag("ppo.clip-value-loss", \.ppo.clipValueLoss, "Whether the value's change is clipped too."),
    .number("ppo.entropy-coefficient", \.ppo.entropyCoefficient, from: 0, "Weight of the entropy bonus."),
    .number("ppo.value-coefficient", \.ppo.valueCoefficient, from: 0, "Weight of the value loss."),
    .number(
      "ppo.max-gradient-norm", \.ppo.maxGradientNorm, from: 0,
      "The gradient's global norm is clipped to this; 0 for no clipping."),
    .number("ppo.adam-epsilon", \.ppo.adamEpsilon, from: 0, open: true, "Adam's epsilon."),
    .flag(
      "ppo.normalize-advantages", \.ppo.normalizeAdvantages,
      "Whether advantages are normalised within each minibatch."),
    .number(
      "ppo.rarity-exponent", \.ppo.rarityExponent, from: 0, through: 1,
      "How much more an achievement is worth to the learner for being rare: ((1 + 100) / (1 + % of episodes so far)) to "
        + "this power; 0 for not at all."),
    .number(
      "ppo.target-kl", \.ppo.targetKL, from: 0,
      "Ends the epochs of an update once the approximate KL divergence exceeds this; 0 for never."),
    .integer(
      "ppo.sequence-length", \.ppo.sequenceLength, in: 1...,
      "Steps of backpropagation through time of a recurrent network; divides rollout-steps."),
    .integer(
      "ppo.gradient-shards", \.ppo.gradientShards, in: 1...,
      "Parts a minibatch's gradient is summed from; the result depends on it, but not on the workers."),
  ]
}
