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

  private func check(_ world: WorldSpecification) throws(LearningError) {
    switch algorithm {
    case .ppo: try ppo.validate(playing: world, recurrent: network.memory > 0)
    }
  }
}
