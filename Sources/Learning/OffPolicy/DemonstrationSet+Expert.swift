import KnackEnvironment

extension DemonstrationSet {
  /// Which episodes an expert plays to be learned from.
  public struct Plan: Sendable, Equatable {
    /// Episodes that are kept.
    public var episodes = 500
    /// With what probability an action is any that may be taken, in the place of the expert's.
    public var noise = 0.0
    /// In how many different worlds they are played, over and over; 0 for a new one each. Few make narrow data.
    public var worlds = 0
    /// The seed of the first world.
    public var seed: UInt64 = 0

    /// The defaults.
    public init() {}
  }

  /// Lets the world's expert play episodes, of which those that succeed are kept.
  ///
  /// - Throws: ``LearningError/invalidSetting(_:)`` where the world has no expert, or one that hardly ever succeeds.
  public init(expertOf world: WorldKind, _ plan: Plan) throws(LearningError) {
    let specification = world.specification, size = specification.observation.size
    guard world.hasExpert else {
      throw .invalidSetting(
        "\(specification.id) has no expert to demonstrate; let a trained agent do so with `knack demonstrate`, and name the folder in "
          + "demonstrations.folder.")
    }
    self.init(observationSize: size)
    let environment = VectorEnvironment(world, count: 1)
    let slips = Slips(probability: plan.noise, seed: plan.seed)
    var played: UInt64 = 0
    while count.episodes < plan.episodes {
      guard played < UInt64(100 + 20 * plan.episodes) else {
        throw .invalidSetting(
          "The expert of \(specification.id) succeeded in only \(count.episodes) of \(played) episodes; ask for fewer in "
            + "demonstrations.episodes, or for less demonstrations.noise.")
      }
      environment.reset(seed: plan.seed &+ (plan.worlds > 0 ? played % UInt64(plan.worlds) : played))
      var observations: [UInt8] = [], actions: [Int32] = [], step: UInt64 = 0
      var isOver = false, choice: [Int32] = [0]
      while !isOver {
        observations += UnsafeBufferPointer(start: environment.observations, count: size)
        environment.expertActions(into: &choice)
        if let slip = slips.action(in: environment, episode: played, step: step) { choice[0] = slip }
        actions.append(choice[0])
        environment.step(choice)
        step += 1
        isOver = environment.terminated[0] || environment.truncated[0]
      }
      played += 1
      guard environment.episodeSuccesses[0] else { continue }
      observations += UnsafeBufferPointer(start: environment.finalObservations, count: size)
      append(observations: observations, actions: actions)
    }
  }
}
