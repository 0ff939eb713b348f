import KnackEnvironment

/// What is known of how an operator is carried out: how often it succeeds, and how many environment steps it takes.
///
/// Whoever plans says it for each operator, from what its skills have done so far.
public struct SkillCost: Sendable, Equatable {
  /// The probability that an attempt succeeds; 0 for what cannot be done, which no plan then holds.
  public var probability: Double
  /// The mean environment steps of a successful attempt, and of one that failed.
  public var steps: Double, failureSteps: Double
  /// The probability that what had to be near is no longer near afterwards, so that it must be found again before the next
  /// attempt of the same kind; for operators that need something near and do not use it up.
  public var loss: Double

  /// What is known of how an operator is carried out.
  ///
  /// - Parameter failureSteps: nil for as many as a success takes.
  public init(probability: Double = 1, steps: Double = 1, failureSteps: Double? = nil, loss: Double = 0) {
    self.probability = probability
    self.steps = steps
    self.failureSteps = failureSteps ?? steps
    self.loss = loss
  }

  /// The mean steps until the first success, if it is tried until it succeeds: the failures before it are distributed
  /// geometrically. Infinite for what cannot be done.
  public var expectedSteps: Double {
    probability > 0 ? steps + (1 / probability - 1) * failureSteps : .infinity
  }

  /// What is assumed of a skill of which nothing is known yet: guesses of the right order for a step of the Overworld.
  public static func assumed(_ kind: Operator.Kind) -> SkillCost {
    switch kind {
    case .find: SkillCost(probability: 0.9, steps: 200, failureSteps: 1000)
    case .manipulate: SkillCost(probability: 0.9, steps: 50, failureSteps: 200, loss: 0.2)
    case .craft: SkillCost()
    }
  }
}
