/// A simulated world: the contract that every environment of Knack meets.
///
/// A world is a plain value without references (`BitwiseCopyable`), so copying it is an assignment, and saving
/// it is writing its bytes: a search or a test can branch a world at any moment, and a checkpoint holds it bit
/// for bit, random stream included. What never changes during a world's life (its map size, its generator,
/// its step limit) lives in `Rules`, which all worlds of a batch share.
///
/// A world writes observations, masks and facts into memory that it does not own, and allocates nothing.
///
/// ```swift
/// var world = GridWorld(rules)
/// world.seed(7, rules)
/// world.reset(rules)
/// let transition = world.step(2, rules)
/// ```
public protocol World: BitwiseCopyable, Sendable {
  /// What all worlds of a batch share and no step changes.
  associatedtype Rules: WorldRules

  /// A world that has not been seeded or reset yet.
  init(_ rules: Rules)

  /// Makes such a world in memory that holds none yet. Worlds that are too large for a stack do so in place.
  static func initialize(_ place: UnsafeMutablePointer<Self>, _ rules: Rules)

  /// Restarts the world's random stream. Does not reset the world.
  mutating func seed(_ seed: UInt64, _ rules: Rules)

  /// Starts an episode; every random draw continues the world's own stream, as Gymnasium's `reset()` does.
  mutating func reset(_ rules: Rules)

  /// Makes all of the episode's world, where some of it would be made only when something comes near. Nothing to do for worlds
  /// that are made whole.
  mutating func makeWhole(_ rules: Rules)

  /// Takes one step. `action` is in `0 ..< rules.specification.actions.count`.
  mutating func step(_ action: Int, _ rules: Rules) -> Transition

  /// Writes `rules.specification.observation.size` bytes; not needed where that is 0. Like the two that follow, it leaves the
  /// world as it is; it is declared mutating only so that a world of a kilobyte is handed over by its address, not copied.
  mutating func observe(_ rules: Rules, into observation: UnsafeMutablePointer<UInt8>)

  /// Writes `rules.specification.actions.maskSize` bytes, 1 for what may be chosen: one byte an action, or a factor's value.
  /// Called only if `specification.masksActions`.
  mutating func writeActionMask(_ rules: Rules, into mask: UnsafeMutablePointer<UInt8>)

  /// Writes `rules.specification.facts.count` counts.
  mutating func writeFacts(_ rules: Rules, into facts: UnsafeMutablePointer<Int32>)

  /// Which of `rules.specification.achievements` were reached in the episode so far: bit k stands for the k-th. Called
  /// after every step, but only if there are some.
  mutating func reachedAchievements(_ rules: Rules) -> UInt64

  /// Whether bytes are those of a world that can be stepped. Asked of bytes that come from a file, where a field may hold what
  /// no value of its type is: nothing may be read but as bytes or numbers.
  ///
  /// - Parameter bytes: aligned as the type, and as many as its size.
  static func accepts(_ bytes: UnsafeRawPointer, _ rules: Rules) -> Bool

  /// What a trace says of the state after a reset, in the order of printing; nothing unless the world says so, here and below.
  mutating func traceOfReset(_ rules: Rules) -> [TraceField]

  /// What a trace says of the state after a step, in the order of printing.
  mutating func traceOfStep(_ rules: Rules) -> [TraceField]
}

extension World {
  /// Makes the world and moves it there.
  @inlinable
  public static func initialize(_ place: UnsafeMutablePointer<Self>, _ rules: Rules) {
    place.initialize(to: Self(rules))
  }

  /// It is made whole.
  @inlinable
  public mutating func makeWhole(_ rules: Rules) {}

  /// All bytes are.
  @inlinable
  public static func accepts(_ bytes: UnsafeRawPointer, _ rules: Rules) -> Bool { true }

  /// Nothing, for worlds whose observation has no fields: those that are only ever seen in view of a goal.
  @inlinable
  public mutating func observe(_ rules: Rules, into observation: UnsafeMutablePointer<UInt8>) {
    assert(rules.specification.observation.fields.isEmpty, "a world writes the fields of its observation")
  }

  /// Nothing but the step, the reward and what ended.
  @inlinable
  public mutating func traceOfReset(_ rules: Rules) -> [TraceField] { [] }

  /// Nothing but the step, the reward and what ended.
  @inlinable
  public mutating func traceOfStep(_ rules: Rules) -> [TraceField] { [] }

  /// Every action may be taken.
  @inlinable
  public func writeActionMask(_ rules: Rules, into mask: UnsafeMutablePointer<UInt8>) {
    mask.update(repeating: 1, count: rules.specification.actions.maskSize)
  }

  /// Those that the facts count. A world that is to be fast keeps the bits itself.
  @inlinable
  public mutating func reachedAchievements(_ rules: Rules) -> UInt64 {
    let specification = rules.specification
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: specification.facts.count) { facts in
      writeFacts(rules, into: facts.baseAddress!)
      var reached: UInt64 = 0
      for (k, fact) in specification.achievements.enumerated() where facts[fact] > 0 {
        reached |= 1 << UInt64(k)
      }
      return reached
    }
  }
}

/// A world that brings along somebody who can play it: a scripted expert, for demonstrations and for tests.
public protocol ExpertWorld: World {
  /// What the expert keeps in mind between the steps of an episode, such as a way that it has found. It is held beside the
  /// world, copied and saved with it, and all its bytes are zero when an episode begins.
  associatedtype ExpertMemory: BitwiseCopyable

  /// The action that the expert takes in this state, which it may read all of; asked once before each step. It draws nothing
  /// at random: the same state and memory get the same action. Leaves the world as it is, see ``World/observe(_:into:)``.
  mutating func expertAction(_ rules: Rules, _ memory: inout ExpertMemory) -> Int

  /// Whether bytes are those of a memory with which the expert can go on, as ``World/accepts(_:_:)`` is asked of a world's.
  static func acceptsMemory(_ bytes: UnsafeRawPointer, _ rules: Rules) -> Bool
}

extension ExpertWorld {
  /// All bytes are.
  @inlinable
  public static func acceptsMemory(_ bytes: UnsafeRawPointer, _ rules: Rules) -> Bool { true }
}

/// The memory of an expert that needs none.
public struct NoExpertMemory: BitwiseCopyable, Sendable {
  /// Nothing.
  public init() {}
}

/// What all worlds of a batch share.
public protocol WorldRules: Sendable {
  /// What a learner, a planner or a person needs to know about the world.
  var specification: WorldSpecification { get }
}

/// What one step led to.
///
/// `terminated` says that the task itself ended (its value after this step is zero); `truncated` that a limit
/// cut the episode off (the value after this step is that of the final observation). Both may be true, and then
/// the task ended.
@frozen
public struct Transition: BitwiseCopyable, Sendable, Equatable {
  /// The reward of this step, in the precision in which the world defines it.
  public var reward: Double
  /// Whether the task ended.
  public var terminated: Bool
  /// Whether a limit ended the episode.
  public var truncated: Bool

  /// A transition.
  @inlinable
  public init(reward: Double = 0, terminated: Bool = false, truncated: Bool = false) {
    self.reward = reward
    self.terminated = terminated
    self.truncated = truncated
  }
}
