import KnackEnvironment

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
      let world = try registry.kind(environment.id, observation: resolved.environment.observation)
      try resolved.check()
      return (resolved, world)
    } catch let error as EnvironmentError {
      throw .mistake(error.description)
    } catch let error as ExperimentError {
      throw error
    } catch {
      throw .failure("\(error)")
    }
  }

  private func check() throws(ExperimentError) {
    switch algorithm {
    case .ppo: try checkPPO()
    }
  }

  private func checkPPO() throws(ExperimentError) {
    let (batch, overflow) = ppo.worlds.multipliedReportingOverflow(by: ppo.rolloutSteps)
    guard !overflow, batch <= 1 << 31 else {
      throw .mistake("ppo.worlds * ppo.rollout-steps is too large for memory; lower one of them.")
    }
    guard batch % ppo.minibatchSize == 0 else {
      throw .mistake(
        "ppo.minibatch-size (\(ppo.minibatchSize)) must divide ppo.worlds * ppo.rollout-steps (\(batch)).")
    }
    if network.memory > 0 {
      guard ppo.rolloutSteps % ppo.sequenceLength == 0 else {
        throw .mistake(
          "ppo.sequence-length (\(ppo.sequenceLength)) must divide ppo.rollout-steps (\(ppo.rolloutSteps)).")
      }
    }
    guard ppo.gradientShards <= ppo.minibatchSize else {
      throw .mistake(
        "ppo.gradient-shards (\(ppo.gradientShards)) must not exceed ppo.minibatch-size (\(ppo.minibatchSize))."
      )
    }
  }
}
