import KnackEnvironment
import KnackLearning
import KnackSkills

/// What is known of a skill that is being learned. Older attempts count less, because it is no longer what it was; those of a skill that
/// is done count alike, by context, in its `SkillRecord`, which this becomes when it joins a library.
struct GoalRecord: BitwiseCopyable, Sendable {
  /// Weighted counts of attempts and of successes.
  private(set) var attempts = 0.0, successes = 0.0
  /// Weighted steps of all attempts.
  private(set) var steps = 0.0
  /// The steps that a success is taken to cost before anything is known.
  var expectation: Double

  init(expectation: Double) { self.expectation = expectation }

  /// How much an attempt still counts when another one has been made.
  private static var memory: Double { 0.998 }

  mutating func add(_ attempt: GoalAttempt) {
    // What was broken off says nothing but that it took time.
    guard attempt.outcome != .interrupted else { return steps += Double(attempt.steps) }
    attempts = attempts * Self.memory + 1
    successes = successes * Self.memory + (attempt.outcome == .success ? 1 : 0)
    steps = steps * Self.memory + Double(max(1, attempt.steps))
  }

  /// The steps that one success costs, failures before it included.
  var cost: Double { (steps + expectation) / (successes + 1) }

  /// The steps of one attempt.
  var stepsPerAttempt: Double { (steps + expectation) / (attempts + 1) }

  /// The same in whole numbers. Steps are not told apart by how an attempt ended, so that any counts as taking the mean of all.
  var tally: SkillRecord.Tally {
    let all = Int(attempts.rounded()), won = min(all, Int(successes.rounded()))
    let mean = attempts > 0 ? steps / attempts : 0
    func taken(_ count: Int) -> Int { Int((mean * Double(count)).rounded()) }
    return SkillRecord.Tally(
      attempts: all, successes: won, successSteps: taken(won), failureSteps: taken(all - won))
  }

  /// Whether the numbers are such as attempts lead to.
  var isValid: Bool {
    [attempts, successes, steps, expectation].allSatisfy { $0.isFinite && $0 >= 0 } && successes <= attempts
  }
}
