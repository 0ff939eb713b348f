import KnackNumerics

/// What is known of how a skill turns out: attempts and their steps, by context.
///
/// A context is a few words that say where it was tried, such as a biome; what is known of all of them together stands in for
/// one that is not known well.
public struct SkillRecord: Sendable, Equatable {
  /// Attempts in one context.
  public struct Tally: Sendable, Equatable {
    /// Attempts, and those that succeeded.
    public var attempts = 0, successes = 0
    /// Environment steps of all that succeeded, and of all that failed.
    public var successSteps = 0, failureSteps = 0

    /// No attempts.
    public init(attempts: Int = 0, successes: Int = 0, successSteps: Int = 0, failureSteps: Int = 0) {
      self.attempts = attempts
      self.successes = successes
      self.successSteps = successSteps
      self.failureSteps = failureSteps
    }

    /// Adds an attempt.
    public mutating func add(success: Bool, steps: Int) {
      attempts += 1
      if success { successes += 1 }
      if success { successSteps += steps } else { failureSteps += steps }
    }

    /// Adds attempts.
    public mutating func add(_ other: Tally) {
      attempts += other.attempts
      successes += other.successes
      successSteps += other.successSteps
      failureSteps += other.failureSteps
    }

    /// The mean of the probability of success under a uniform prior (Laplace's rule of succession).
    public var probability: Double { Double(successes + 1) / Double(attempts + 2) }

    /// Wilson's interval of the probability of success at 95 % confidence.
    public var interval: (low: Double, high: Double) { wilsonInterval(successes: successes, of: attempts) }

    /// Mean steps of a success, and of a failure; nil where there was none.
    public var meanSuccessSteps: Double? { successes > 0 ? Double(successSteps) / Double(successes) : nil }
    /// Mean steps of a failure; nil where there was none.
    public var meanFailureSteps: Double? {
      attempts > successes ? Double(failureSteps) / Double(attempts - successes) : nil
    }
  }

  /// The attempts by context.
  public private(set) var contexts: [String: Tally] = [:]

  /// Nothing known.
  public init() {}

  /// A record of these attempts.
  public init(contexts: [String: Tally]) { self.contexts = contexts }

  /// Adds an attempt.
  public mutating func add(success: Bool, steps: Int, context: String) {
    contexts[context, default: Tally()].add(success: success, steps: steps)
  }

  /// Adds attempts.
  public mutating func add(_ tally: Tally, context: String) { contexts[context, default: Tally()].add(tally) }

  /// All contexts together.
  public var total: Tally {
    contexts.values.reduce(into: Tally()) { $0.add($1) }
  }

  /// Attempts from which on a context speaks for itself.
  static let enough = 20

  /// What to go by in a context.
  public func tally(in context: String) -> Tally {
    if let one = contexts[context], one.attempts >= Self.enough { return one }
    return total
  }
}
