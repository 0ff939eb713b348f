// The table of settings. A new algorithm adds a section of its own in a file of its own and one term to `all`.

extension ConfigurationKey {
  /// Every setting, in the order in which they are written and explained.
  public static let all = general + network + ppo + demonstrations + sac + skillCritic + training + free

  private static let general: [ConfigurationKey] = [
    .text("environment.id", \.environment.id, "The world; `knack environments list` names them all."),
    .text(
      "environment.observation", \.environment.observation,
      "What the agent sees; empty for the world's first observation."),
    .flag(
      "environment.show-achievements", \.environment.showAchievements,
      "Whether observations also say which achievements the episode has reached."),
    .file(
      "environment.world", \.environment.settings.world, nameInRun: "world.yaml",
      "A file with the world's rules, or whatever else it takes; empty for its own."),
    .file(
      "environment.map", \.environment.settings.map, nameInRun: "map.txt",
      "A file with the map of every episode; empty for a new one each."),
    .settings(
      "environment.options", \.environment.settings,
      "The world's own options; `knack environments show ID` explains them."),
    .choice(
      "direction.director", \.direction.director,
      "Who asks for goals that are practised: nobody, or a planner that is after achievements, over the world's own operators or "
        + "over such as it learns."),
    .text(
      "direction.upkeep", \.direction.upkeep,
      "What the player must not run out of, the most urgent first: `drink 5 8, energy 3 8 daylight 60 wake_up <1` sees to drink "
        + "below 5, below 8 where water is near, and to energy as long as there are 60 of daylight and fewer than 1 of wake_up."
    ),
    .text(
      "direction.alarm", \.direction.alarm,
      "What to do at once: `zombie_close defeat_zombie` asks for the latter where the former holds; further pairs follow after commas."
    ),
    .choice("algorithm", \.algorithm, "How it learns."),
  ]

  private static let network: [ConfigurationKey] = [
    .choice(
      "network.encoder", \.network.encoder,
      "The first stage: rows of weights gathered by value, or convolutions over embedded cells or over an image."
    ),
    .integer(
      "network.embedding", \.network.embedding, in: 1..., "The length of an embedded cell's vector."),
    .integers("network.channels", \.network.channels, in: 1...4096, "Channels of each convolution."),
    .integer(
      "network.kernel", \.network.kernel, in: 1..., "The side of the kernels of convolutions over cells."),
    .integers(
      "network.kernels", \.network.kernels, in: 1...4096,
      "The side of the kernels of each convolution over an image."),
    .integers(
      "network.strides", \.network.strides, in: 1...4096,
      "The step from one patch to the next of each convolution over an image."),
    .integers("network.hidden", \.network.hidden, in: 1...65536, "Widths of the hidden layers."),
    .choice("network.activation", \.network.activation, "The nonlinearity between layers."),
    .flag("network.shared", \.network.shared, "Whether actor and critic share all layers but their last."),
    .flag("network.layer-norm", \.network.layerNorm, "Whether hidden layers are normalised."),
    .flag(
      "network.symmetric", \.network.symmetric,
      "Whether the network treats the images of an observation under the world's symmetries alike."),
    .integer("network.memory", \.network.memory, in: 0..., "Units of the recurrent memory; 0 for none."),
  ]

  private static let training: [ConfigurationKey] = [
    .integer("training.steps", \.training.steps, in: 1..., "The budget in environment steps."),
    .integer("training.seed", \.training.seed, in: 0..., "The seed of everything random in the run."),
    .number(
      "training.stop-at-success", \.training.stopAtSuccess, from: 0, through: 1,
      "Stop once this share of the last 100 training episodes succeeded; 0 to use up the budget."),
    .integer(
      "training.checkpoint-every", \.training.checkpointEvery, in: 1...,
      "Environment steps between checkpoints."),
    .integer(
      "training.milestone-every", \.training.milestoneEvery, in: 0...,
      "Environment steps between checkpoints that are kept for good; 0 for none."),
  ]

  private static let free = withoutEffectOnResult([
    .integer("training.workers", \.training.workers, in: 0..., "Threads; 0 for one a core."),
    .integer("evaluation.episodes", \.evaluation.episodes, in: 1..., "Episodes that an evaluation plays."),
    .integer("evaluation.seed", \.evaluation.seed, in: 0..., "The seed of the worlds of an evaluation."),
    .flag(
      "evaluation.greedy", \.evaluation.greedy,
      "Whether an evaluation takes the most probable action rather than a drawn one."),
    .text(
      "agent.tasks", \.agent.tasks,
      "Where goals are practised, the suite of tasks that a planning agent with the skills is evaluated on at the end; empty for none."
    ),
    .integer("agent.worlds", \.agent.worlds, in: 1..., "Worlds a task in that evaluation."),
    .integer(
      "agent.calibration-worlds", \.agent.calibrationWorlds, in: 0...,
      "Worlds a task in which the agent first learns how likely its skills succeed and how long they take."),
  ])
}
