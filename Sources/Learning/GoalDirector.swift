import KnackEnvironment

/// Says what to ask for in worlds in which goals can be asked for.
///
/// A learner asks it whenever a goal has ended and whenever an episode begins, and so practises by playing.
public protocol GoalDirector: Sendable {
  /// What to ask for next.
  ///
  /// Worlds are asked about on several threads at the same time; the answer depends on nothing but the arguments and what
  /// has been learnt.
  ///
  /// - Parameters:
  ///   - facts: what holds at the moment, as ``WorldSpecification/facts`` names it.
  ///   - last: how the goal before it has ended; nil where an episode begins.
  func goal(for facts: UnsafeBufferPointer<Int32>, after last: GoalAttempt?) -> GoalRequest

  /// Says what it means by what it has asked for: its plan, and why. Whoever only learns does not ask.
  func explain(_ goal: Int, for facts: UnsafeBufferPointer<Int32>, in report: inout AgentReport)

  /// Learns from attempts, given world by world in the order in which they ended.
  mutating func learn(from attempts: [GoalAttempt])

  /// Whether it wants to see every step.
  var watchesSteps: Bool { get }

  /// Learns from steps, given world by world in the order in which they were taken.
  mutating func learn(from steps: [WatchedStep])

  /// The operators that it has learnt; none where it was given some.
  var learnedOperators: [Operator] { get }

  /// What has been learnt, as bytes.
  func save() -> [UInt8]

  /// Takes on what ``save()`` gave; false, with nothing changed, where the bytes are not that.
  mutating func restore(_ bytes: [UInt8]) -> Bool
}

extension GoalDirector {
  /// Says nothing.
  public func explain(_ goal: Int, for facts: UnsafeBufferPointer<Int32>, in report: inout AgentReport) {}
  /// Steps do not matter to most.
  public var watchesSteps: Bool { false }
  /// Steps do not matter to most.
  public mutating func learn(from steps: [WatchedStep]) {}
  /// Most are given their operators.
  public var learnedOperators: [Operator] { [] }
}

/// A step that was taken, within an episode.
public struct WatchedStep: Sendable, Equatable {
  /// The goal that it was taken for.
  public var goal: Int
  /// The action: a place among the moves of the worlds' goal space, or behind them.
  public var move: Int
  /// The facts before and after it.
  public var before: [Int32], after: [Int32]

  /// A step.
  public init(goal: Int, move: Int, before: [Int32], after: [Int32]) {
    self.goal = goal
    self.move = move
    self.before = before
    self.after = after
  }
}

/// What is asked for.
public struct GoalRequest: BitwiseCopyable, Sendable, Equatable {
  /// The goal, as a place in the worlds' goal space, and whether to find it elsewhere than here.
  public var goal: Int, isElsewhere: Bool

  /// What is asked for.
  public init(_ goal: Int, isElsewhere: Bool = false) {
    self.goal = goal
    self.isElsewhere = isElsewhere
  }
}

/// An attempt to reach a goal.
public struct GoalAttempt: Sendable, Equatable {
  /// The goal, and how it has ended: open where the episode ended before it.
  public var goal: Int, outcome: GoalOutcome
  /// The world's steps that it took.
  public var steps: Int
  /// The facts when the goal was asked for, and when it had ended; nil where the episode had ended too.
  public var before: [Int32], after: [Int32]?
  /// How many attempts in a row have now been in vain.
  public var failures: Int

  /// An attempt.
  public init(
    goal: Int, outcome: GoalOutcome, steps: Int, before: [Int32], after: [Int32]?, failures: Int = 0
  ) {
    self.failures = failures
    self.goal = goal
    self.outcome = outcome
    self.steps = steps
    self.before = before
    self.after = after
  }
}

/// Asks for goals in the worlds of a batch, and notes what comes of it where the director is to learn.
///
/// Each world has places of its own, so that disjoint worlds can be directed on different threads.
final class Direction: @unchecked Sendable {  // see above
  private(set) var director: any GoalDirector
  let environment: VectorEnvironment
  private let isLearning: Bool
  private let factCount: Int
  /// By world, the facts when its goal was asked for, and scratch memory for those of the moment.
  private let before, now: UnsafeMutablePointer<Int32>
  private let attempts: UnsafeMutablePointer<[GoalAttempt]>
  /// By world, how many attempts in a row were in vain.
  private let failures: UnsafeMutablePointer<Int32>
  /// Whether the director watches steps; by world, the facts before the step of the moment, and the steps so far.
  private let isWatching: Bool
  private let previous: UnsafeMutablePointer<Int32>
  private let steps: UnsafeMutablePointer<[WatchedStep]>

  init(_ director: any GoalDirector, _ environment: VectorEnvironment, isLearning: Bool) {
    self.director = director
    self.isLearning = isLearning
    self.environment = environment
    factCount = environment.specification.facts.count
    before = .allocate(capacity: environment.count * factCount)
    before.initialize(repeating: 0, count: environment.count * factCount)
    now = .allocate(capacity: environment.count * factCount)
    now.initialize(repeating: 0, count: environment.count * factCount)
    attempts = .allocate(capacity: environment.count)
    attempts.initialize(repeating: [], count: environment.count)
    failures = .allocate(capacity: environment.count)
    failures.initialize(repeating: 0, count: environment.count)
    isWatching = isLearning && director.watchesSteps
    previous = .allocate(capacity: environment.count * factCount)
    previous.initialize(repeating: 0, count: environment.count * factCount)
    steps = .allocate(capacity: environment.count)
    steps.initialize(repeating: [], count: environment.count)
  }

  deinit {
    before.deallocate()
    now.deallocate()
    attempts.deinitialize(count: environment.count)
    attempts.deallocate()
    failures.deallocate()
    previous.deallocate()
    steps.deinitialize(count: environment.count)
    steps.deallocate()
  }

  /// Asks for a first goal in a world whose episode has just begun.
  func begin(_ world: Int) {
    environment.writeFacts(world: world, into: now + world * factCount)
    ask(world, after: nil)
  }

  /// Notes how things stand before the first of some steps.
  func attend(_ world: Int) {
    if isWatching { environment.writeFacts(world: world, into: previous + world * factCount) }
  }

  /// Notes what a step led to; to be called before ``goOn(_:isOver:)``.
  ///
  /// - Parameter isOver: whether the episode has ended, and the next one has begun.
  func watch(_ world: Int, action: Int, isOver: Bool) {
    guard isWatching else { return }
    let last = previous + world * factCount, facts = now + world * factCount
    environment.writeFacts(world: world, into: facts)
    if !isOver {
      steps[world].append(
        WatchedStep(
          goal: environment.goal(world: world), move: action,
          before: Array(UnsafeBufferPointer(start: last, count: factCount)),
          after: Array(UnsafeBufferPointer(start: facts, count: factCount))))
    }
    last.update(from: facts, count: factCount)
  }

  /// Notes how a world's goal has ended, if it has, and asks for the next one.
  ///
  /// - Parameter isOver: whether the episode has ended, and the next one has begun.
  /// - Returns: the attempt that has ended; nil where none has.
  @discardableResult
  func goOn(_ world: Int, isOver: Bool) -> GoalAttempt? {
    guard isOver || environment.goalOutcome(world: world) != .open else { return nil }
    let report = environment.goalReport(world: world)
    let facts = now + world * factCount
    environment.writeFacts(world: world, into: facts)
    guard report.goal >= 0 else {
      ask(world, after: nil)
      return nil
    }
    func copy(_ facts: UnsafePointer<Int32>) -> [Int32] {
      Array(UnsafeBufferPointer(start: facts, count: factCount))
    }
    let before = copy(before + world * factCount)
    failures[world] = isOver || report.outcome == .success ? 0 : failures[world] + 1
    let attempt = GoalAttempt(
      goal: Int(report.goal), outcome: report.outcome, steps: Int(report.steps), before: before,
      after: isOver ? nil : copy(facts), failures: Int(failures[world]))
    if isLearning { attempts[world].append(attempt) }
    ask(world, after: isOver ? nil : attempt)
    return attempt
  }

  private func ask(_ world: Int, after last: GoalAttempt?) {
    let facts = now + world * factCount
    (before + world * factCount).update(from: facts, count: factCount)
    let request = director.goal(for: UnsafeBufferPointer(start: facts, count: factCount), after: last)
    environment.command(request.goal, leaving: request.isElsewhere, world: world)
  }

  /// Lets the director learn from what was noted; to be called while no world is stepped.
  func learn() {
    for world in 0..<environment.count {
      director.learn(from: attempts[world])
      attempts[world].removeAll(keepingCapacity: true)
    }
    guard isWatching else { return }
    var all: [WatchedStep] = []
    for world in 0..<environment.count {
      all += steps[world]
      steps[world].removeAll(keepingCapacity: true)
    }
    director.learn(from: all)
  }

  /// Says what a world is asked for and why.
  func explain(_ world: Int, in report: inout AgentReport) {
    let goal = environment.goal(world: world)
    guard let space = environment.goalSpace, goal >= 0 else { return }
    let facts = now + world * factCount
    environment.writeFacts(world: world, into: facts)
    report.skill = space.goals[goal].name
    director.explain(goal, for: UnsafeBufferPointer(start: facts, count: factCount), in: &report)
  }

  /// The facts when goals were asked for, and the attempts in vain.
  func save() -> [UInt8] {
    [UInt8](UnsafeRawBufferPointer(start: before, count: environment.count * factCount * 4))
      + [UInt8](UnsafeRawBufferPointer(start: failures, count: environment.count * 4))
  }

  /// Takes on what ``save()`` gave, and what a director saved; false, with nothing changed, where the bytes are not that.
  func restore(_ bytes: [UInt8], director saved: [UInt8]) -> Bool {
    let size = environment.count * factCount * 4
    guard bytes.count == size + environment.count * 4 else { return false }
    let counts = bytes[size...].withUnsafeBytes { Array($0.bindMemory(to: Int32.self)) }
    guard counts.allSatisfy({ $0 >= 0 }), director.restore(saved) else { return false }
    bytes.withUnsafeBytes {
      UnsafeMutableRawPointer(before).copyMemory(from: $0.baseAddress!, byteCount: size)
    }
    failures.update(from: counts, count: counts.count)
    return true
  }
}
