/// Steps that lead from what there is to a goal.
public struct Plan: Sendable, Equatable {
  /// One step: an operator, carried out until it has succeeded once.
  public struct Step: Sendable, Equatable {
    /// Which of ``PlanningProblem/operators``.
    public var `operator`: Int
    /// The environment steps that it is expected to take, failures included.
    public var expectedSteps: Double

    /// A step.
    public init(operator: Int, expectedSteps: Double) {
      self.operator = `operator`
      self.expectedSteps = expectedSteps
    }
  }

  /// The steps, in their order; none where the goal is reached already.
  public var steps: [Step]
  /// Whether it is known that no plan is expected to take fewer environment steps, in the model of ``PlanningProblem``.
  public var isProvenOptimal = false

  /// A plan.
  public init(steps: [Step], isProvenOptimal: Bool = false) {
    self.steps = steps
    self.isProvenOptimal = isProvenOptimal
  }

  /// The environment steps that the plan is expected to take, failures included.
  public var expectedSteps: Double { steps.reduce(0) { $0 + $1.expectedSteps } }
}

/// Why a step is there: what a later step, or the goal, needs of what it obtains.
public struct PlanLink: Sendable, Equatable {
  /// The later step; nil for the goal.
  public var step: Int?
  /// The fact, as a place in ``PlanningProblem/facts``, and how many of it.
  public var fact: Int, count: Int
  /// Whether the later step uses it up.
  public var isConsumed: Bool
}
