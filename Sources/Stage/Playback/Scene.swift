import KnackEnvironment

/// All that a frame says, apart from the picture of the world.
public struct Scene: Sendable {
  /// A run of steps in which the agent did the same: was in the same skill, or else took the same action.
  public struct Stretch: Sendable, Equatable {
    /// What it did, and for how many steps.
    public var name: String, count: Int
    /// Its number among the skills or actions, by which it is colored.
    public var number: Int
    /// Whether somebody else acted in its place.
    public var byHand = false
  }

  /// Who plays, in what, and what is asked for.
  public var title = "", environment = "", mission = ""
  /// The names of the world's actions.
  public var actions: [String] = []
  /// The episode, its seed, the step shown, steps known, and the limit if there is one.
  public var episode = 0, seed: UInt64 = 0, position = 0, count = 0, stepLimit: Int?
  /// The return up to the step shown, and the reward of the last step.
  public var episodeReturn = 0.0, reward: Float = 0
  /// Whether the episode ends here, and whether it was a success.
  public var isOver = false, isSuccess = false
  /// How many achievements the episode has reached, and of how many; nil in a world without.
  public var achievements: (reached: Int, count: Int)?
  /// What the agent says, and the number of the skill that it is in.
  public var report = AgentReport(), skillNumber = 0
  /// What it thought each state of the episode worth, up to the step shown; empty where it says nothing of that.
  public var values: [Float] = []
  /// What was done, from the episode's beginning; steps that were rewarded.
  public var timeline: [Stretch] = [], rewards: [(step: Int, reward: Float)] = []
  /// The latest episodes, the newest last.
  public var ended: [Playback.Episode] = []

  /// Whether it stands still; steps a second otherwise; whether a person acts.
  public var isPaused = false, speed = 0.0, isByHand = false
  /// The number of the world's view that is shown.
  public var view = 0
  /// Something to be told, for a while.
  public var notice: String?
  /// Whether a recording is being made.
  public var isRecording = false
  /// Keys and what they do, where that is to be shown.
  public var help: [(key: String, meaning: String)] = []
  /// Actions to choose from and the one that is marked, where there is such a choice.
  public var menu: [String] = [], marked = 0

  /// A scene that says nothing.
  public init() {}
}

extension Playback {
  /// What there is to be said of the state shown.
  ///
  /// - Complexity: O(steps of the episode).
  public var scene: Scene {
    var scene = Scene()
    scene.title = agent.title
    scene.environment = environment.specification.id
    scene.mission = environment.mission(world: 0)
    scene.actions = environment.specification.actions.names
    scene.episode = episode
    scene.seed = seed &+ UInt64(episode)
    scene.position = position
    scene.count = steps.count
    scene.stepLimit = environment.specification.stepLimit
    scene.isOver = isOver
    scene.isSuccess = isOver && environment.episodeSuccesses[0]
    scene.reward = position > 0 ? steps[position - 1].reward : 0
    scene.report = report
    scene.skillNumber = report.skill.map { skillNumber($0) } ?? 0
    scene.ended = ended.suffix(8)
    let achievements = environment.specification.achievements
    if let facts = environment.facts, !achievements.isEmpty {
      scene.achievements = (achievements.count { facts[$0] > 0 }, achievements.count)
    }
    let actions = scene.actions
    for (index, step) in steps.enumerated() {
      let name =
        step.report.skill
        ?? (actions.indices.contains(step.action) ? actions[step.action] : "action \(step.action)")
      let number = step.report.skill.map { skillNumber($0) } ?? step.action
      if let last = scene.timeline.indices.last, scene.timeline[last].name == name,
        scene.timeline[last].byHand == step.byHand
      {
        scene.timeline[last].count += 1
      } else {
        scene.timeline.append(Scene.Stretch(name: name, count: 1, number: number, byHand: step.byHand))
      }
      if step.reward != 0 { scene.rewards.append((index + 1, step.reward)) }
      if index < position {
        scene.episodeReturn += Double(step.reward)
        if let value = step.report.value { scene.values.append(Float(value)) }
      }
    }
    if let value = report.value { scene.values.append(Float(value)) }
    return scene
  }
}
