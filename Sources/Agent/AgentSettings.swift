import KnackPlanning

/// How a hierarchical agent goes about its goals.
public struct AgentSettings: Sendable, Equatable {
  /// How plans are looked for.
  public var planner = Planner.costOptimal
  /// Whether it plans again after every skill, from what it senses then. Without, it carries out its first plan to the end and
  /// stops where a skill fails: Plan4MC's zero-shot variant.
  public var replans = true
  /// Whether it may look for things. Without, what is not near is worked on as if it were: Plan4MC's variant without find skills.
  public var finds = true
  /// Failures of a skill in a row after which it tries elsewhere, or leaves the alarm be that it was to answer.
  public var patience = 2
  /// How much less likely each failure in a row makes a skill's success, for the planner, until it succeeds again.
  public var doubt = 0.5
  /// Steps of the world for which it waits before it plans again where there is no way to the goal.
  public var restSteps = 100
  /// Whether policies take their most probable actions.
  public var isGreedy = false

  /// The defaults.
  public init() {}
}
