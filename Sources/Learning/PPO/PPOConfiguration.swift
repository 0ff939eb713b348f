import KnackEnvironment

/// The settings of proximal policy optimisation (Schulman et al. 2017, arXiv:1707.06347), with the defaults of the
/// published implementations (Huang et al. 2022, "The 37 implementation details of PPO").
public struct PPOConfiguration: Sendable, Equatable {
  /// Worlds stepped side by side.
  public var worlds = 64
  /// Steps of each world between two updates; an update learns from `worlds * rolloutSteps` transitions.
  public var rolloutSteps = 128
  /// Passes over each batch of transitions.
  public var epochs = 4
  /// Transitions in a minibatch. Must divide `worlds * rolloutSteps`.
  public var minibatchSize = 2048
  /// Adam's step size at the start.
  public var learningRate = 2.5e-4
  /// Whether the learning rate falls linearly to zero over the run.
  public var annealLearningRate = true
  /// Discount factor.
  public var discount = 0.99
  /// The exponential weight of generalised advantage estimation (Schulman et al. 2016, arXiv:1506.02438).
  public var gaeLambda = 0.95
  /// The clip range of the probability ratio.
  public var clipRange = 0.2
  /// Whether the value's change is clipped too, to `clipRange`.
  public var clipValueLoss = false
  /// Weight of the entropy bonus.
  public var entropyCoefficient = 0.01
  /// Weight of the value loss.
  public var valueCoefficient = 0.5
  /// The gradient's global norm is clipped to this; 0 switches clipping off.
  public var maxGradientNorm = 0.5
  /// Adam's epsilon.
  public var adamEpsilon = 1e-5
  /// How much more an achievement is worth to the learner for being rare (``AchievementRarity``); 0 for not at all.
  public var rarityExponent = 0.0
  /// Whether advantages are normalised within each minibatch.
  public var normalizeAdvantages = true
  /// Stops the epochs of an update once the approximate KL divergence exceeds this; 0 switches the stop off.
  public var targetKL = 0.0
  /// Steps of backpropagation through time of a recurrent policy. Must divide `rolloutSteps`.
  public var sequenceLength = 16
  /// Into how many parts a minibatch's gradient is split for the workers. The parts are summed in a fixed order, so the
  /// result depends on this number but never on the number of workers.
  public var gradientShards = 4

  /// The defaults.
  public init() {}

  /// Checks that the settings go together, and with the world.
  ///
  /// - Throws: ``LearningError/invalidSetting(_:)``, whose sentence names the setting.
  public func validate(playing world: WorldSpecification, recurrent: Bool) throws(LearningError) {
    func require(_ condition: Bool, _ sentence: String) throws(LearningError) {
      if !condition { throw .invalidSetting(sentence) }
    }
    try require(worlds > 0 && rolloutSteps > 0, "ppo.worlds and ppo.rollout-steps must be at least 1.")
    let batch = worlds.multipliedReportingOverflow(by: rolloutSteps)
    try require(
      !batch.overflow && batch.partialValue <= 1 << 26,
      "ppo.worlds times ppo.rollout-steps must not exceed \(1 << 26).")
    try require(
      minibatchSize > 0 && batch.partialValue % minibatchSize == 0,
      "ppo.minibatch-size (\(minibatchSize)) must divide ppo.worlds × ppo.rollout-steps (\(batch.partialValue))."
    )
    try require(epochs > 0, "ppo.epochs must be at least 1.")
    try require(gradientShards > 0, "ppo.gradient-shards must be at least 1.")
    try require(
      rarityExponent == 0 || !world.achievements.isEmpty,
      "ppo.rarity-exponent weighs achievements, of which \(world.id) has none; set it to 0.")
    guard recurrent else { return }
    try require(
      sequenceLength > 0 && rolloutSteps % sequenceLength == 0,
      "ppo.sequence-length (\(sequenceLength)) must divide ppo.rollout-steps (\(rolloutSteps)).")
    try require(
      minibatchSize % sequenceLength == 0,
      "ppo.sequence-length (\(sequenceLength)) must divide ppo.minibatch-size (\(minibatchSize)).")
  }
}
