import KnackEnvironment
import KnackLearning

// What no single key's type can say: that settings fit one another and the world.

extension ExperimentConfiguration {
  /// The configuration with its open choices filled in and its settings checked against one another, and its world.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` with a sentence about the first thing that does not fit.
  public func resolved(
    in registry: EnvironmentRegistry
  ) throws(ExperimentError) -> (configuration: ExperimentConfiguration, world: WorldKind) {
    guard !environment.id.isEmpty else {
      throw .mistake("The configuration names no world; set environment.id (`knack environments list`).")
    }
    var resolved = self
    do {
      let entry = try registry.entry(environment.id)
      if environment.observation.isEmpty { resolved.environment.observation = entry.observations[0] }
      resolved.environment.settings = try registry.completed(environment.settings, of: environment.id)
      var world = try registry.kind(
        environment.id, observation: resolved.environment.observation, settings: resolved.environment.settings
      )
      if environment.showAchievements {
        guard !world.specification.achievements.isEmpty else {
          throw ExperimentError.mistake(
            "\(environment.id) has no achievements; leave out environment.show-achievements.")
        }
        world = world.showingAchievements()
      }
      if direction.director != .none {
        guard let commanded = world.commanded else {
          throw ExperimentError.mistake(
            "Nothing can be asked for in \(environment.id); set direction.director to none.")
        }
        world = commanded
        _ = try makeAgenda(for: world)
      }
      try resolved.check(world.specification)
      return (resolved, world)
    } catch let error as ExperimentError {
      throw error
    } catch let error as EnvironmentError {
      throw .mistake(error.description)
    } catch let error as LearningError {
      throw .mistake(error.description)
    } catch {
      throw .failure("\(error)")
    }
  }

  /// The world whose expert demonstrates: ``Demonstrations/environment``, or the one that is learned in, but for
  /// ``Demonstrations/settings``; where there are any, a map from a file is not that of the demonstrations.
  ///
  /// - Parameter own: of the world that is learned in.
  /// - Throws: ``ExperimentError/mistake(_:)`` where there is no such world, or one in which something else is seen or done.
  func demonstratedWorld(
    for own: WorldSpecification, in registry: EnvironmentRegistry
  ) throws(ExperimentError) -> WorldKind {
    let isOther = !demonstrations.environment.isEmpty
    var settings = isOther ? WorldSettings() : environment.settings
    if !demonstrations.settings.options.isEmpty { settings.map = nil }
    for option in demonstrations.settings.options { settings.set(option) }
    var world: WorldKind
    do {
      world = try registry.kind(
        isOther ? demonstrations.environment : environment.id, observation: environment.observation,
        settings: settings)
    } catch {
      throw .mistake(error.description)
    }
    if environment.showAchievements { world = world.showingAchievements() }
    guard world.specification.observation.cardinalities == own.observation.cardinalities,
      world.specification.actions == own.actions
    else {
      throw .mistake(
        "demonstrations.environment: \(world.specification.id) has other observations or actions than \(own.id); name one that is seen "
          + "and played alike.")
    }
    return world
  }

  /// Off-policy learners read rows of codes with perceptrons.
  private func checkNetwork(_ world: WorldSpecification) throws(LearningError) {
    guard network.encoder == .gather, network.memory == 0, !network.symmetric, !network.hidden.isEmpty else {
      throw .invalidSetting(
        "algorithm: \(algorithm.rawValue) learns with perceptrons; set network.encoder to gather, network.memory to 0, "
          + "network.symmetric to false, and name a hidden layer.")
    }
    if let field = world.observation.fields.first(where: { $0.kind == .intensity }) {
      throw .invalidSetting(
        "algorithm: \(algorithm.rawValue) reads codes, but '\(field.name)' of this observation of \(world.id) holds intensities; "
          + "choose another environment.observation.")
    }
    guard direction.director == .none else {
      throw .invalidSetting(
        "Goals are practised with algorithm: ppo; set direction.director to none for \(algorithm.rawValue).")
    }
  }

  /// Both levels learn from the same states.
  private func checkLevels() throws(LearningError) {
    let trainer = skillCritic.trainer
    guard trainer.lowLevel.batchSize <= trainer.highLevel.batchSize else {
      throw .invalidSetting(
        "low-level.batch-size is \(trainer.lowLevel.batchSize), but the high level values no more states at once than its own "
          + "batch has, \(trainer.highLevel.batchSize); make high-level.batch-size as large.")
    }
    guard skillCritic.embedding.skills <= 256, skillCritic.embedding.length <= 256 else {
      throw .invalidSetting("skills.count and skills.length are at most 256.")
    }
  }

  private func check(_ world: WorldSpecification) throws(LearningError) {
    switch algorithm {
    case .ppo: try ppo.validate(playing: world, recurrent: network.memory > 0)
    case .sac, .skillCritic:
      try world.checkList()
      try checkNetwork(world)
      if algorithm == .skillCritic { try checkLevels() }
    }
  }
}
