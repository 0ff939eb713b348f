import KnackEnvironment
import KnackLearning

/// What is known of a skill from its attempts. Older ones count less, because a skill that learns is no longer what it was.
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

  /// Whether the numbers are such as attempts lead to.
  var isValid: Bool {
    [attempts, successes, steps, expectation].allSatisfy { $0.isFinite && $0 >= 0 } && successes <= attempts
  }
}
