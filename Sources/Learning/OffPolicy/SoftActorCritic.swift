/// The parts that an update of a soft actor-critic is made of. Arrows say what needs what; parts that do not need each other may run at
/// the same time, and beside those of another learner:
///
///     evaluate(0), evaluate(1), … ──> judgePolicy  ──> learnPolicy ─────────────────────┐
///                                └──> judgeCritics ──> learnCritic(0), learnCritic(1) ──┴──> finish
///
/// Both levels of ``SkillCriticTrainer`` learn by parts, so that their backward passes, three at a level, divide by two cores.
public protocol SoftActorCritic: TwinCriticLearner {
  /// The number of forward passes, or small groups of them, that an update begins with.
  var passes: Int { get }
  /// One of those.
  func evaluate(_ pass: Int)

  /// Writes the gradient of what the policy does with respect to what it put out.
  ///
  /// - Throws: ``LearningError/notANumber(place:update:)``.
  func judgePolicy() throws(LearningError)
  /// Finds what the critics should have said, and writes the gradients of their errors.
  ///
  /// - Parameter boundaryValues: by row, what the state after the transition is worth to whoever chooses there, where that is a boundary;
  ///   shape (rows), of which others are not read. Without it, boundaries are states as others are.
  /// - Throws: ``LearningError/notANumber(place:update:)``.
  func judgeCritics(_ boundaryValues: UnsafePointer<Float>?) throws(LearningError)

  /// A step of the policy.
  func learnPolicy()
  /// A step of one of both critics, and of its slow copy.
  func learnCritic(_ critic: Int)
}

extension SoftActorCritic {
  /// An update by itself; nothing has been learned where it throws.
  func updateByItself(
    boundaryValues: UnsafePointer<Float>?, trainsPolicy: Bool
  ) throws(LearningError) -> Losses {
    pool.run(passes) { [self] pass, _ in evaluate(pass) }
    try judgeCritics(boundaryValues)
    try judgePolicy()
    pool.run(3) { [self] task, _ in
      if task > 0 { learnCritic(task - 1) } else if trainsPolicy { learnPolicy() }
    }
    return finish(trainsPolicy: trainsPolicy)
  }
}
