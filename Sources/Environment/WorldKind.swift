/// One kind of world, ready to be run: its specification and its batch operations, specialised for the world's type.
///
/// A generic class behind a protocol would be run unspecialised, tens of times slower. A kind is made where the
/// world's type is known, so its closures are compiled for that type, and everything behind it is ordinary code
/// without generics. A call costs one indirect jump a batch, never one a step.
public struct WorldKind: Sendable {
  /// What the world offers.
  public var specification: WorldSpecification { offered }
  @usableFromInline var offered: WorldSpecification
  /// Whether the last bytes of an observation say which achievements were reached (``showingAchievements()``).
  public internal(set) var showsAchievements = false

  /// Ways to show people such worlds, the usual one first.
  public var views: [WorldView] = []
  /// A view of what the agent sees; nil where it is that of ``views`` or cannot be drawn.
  public var agentView: WorldView?
  /// The keys with which a person plays, each with the action's number.
  public var keys: [WorldKey] = []
  /// What the episode of a world asks for, in words; nil where the summary says it all.
  @usableFromInline var mission: (@Sendable (UnsafeMutableRawPointer) -> String)?

  /// What can be asked of such worlds; nil where nothing can.
  @usableFromInline var goalControl: GoalControl?
  @usableFromInline var practised: Practice?
  /// What is practised in such worlds; nil where nothing is.
  public var practice: Practice? { practised }
  /// The same worlds, ready to be asked for goals; nil where they cannot be.
  @usableFromInline var commandedKind: (@Sendable () -> WorldKind)?

  /// Bytes of one world in a batch, without its rows.
  public let stride: Int
  /// Bytes of what one world's expert keeps in mind; 0 where there is nothing.
  @usableFromInline var expertMemorySize = 0
  @usableFromInline let initialize: @Sendable (BatchMemory) -> Void
  @usableFromInline let reset: @Sendable (BatchMemory, UInt64?, Range<Int>) -> Void
  @usableFromInline
  let step: @Sendable (BatchMemory, UnsafePointer<Int32>, Range<Int>, Autoreset) -> Void
  @usableFromInline let makeWhole: @Sendable (BatchMemory, Range<Int>) -> Void
  /// Whether the bytes of one world, aligned, are those of a world that can be stepped.
  @usableFromInline let accepts: @Sendable (UnsafeRawPointer) -> Bool
  /// Whether the bytes of one expert's memory, aligned, are those of a memory with which it can go on.
  @usableFromInline var acceptsExpertMemory: @Sendable (UnsafeRawPointer) -> Bool = { _ in true }
  /// Runs one world from a seed through actions, -1 being a reset, and hands out each trace line.
  @usableFromInline let trace: @Sendable (UInt64, [Int], (TraceLine) -> Void) -> Void
  /// Writes the actions of the world's expert; nil where it has none.
  @usableFromInline
  var expert: (@Sendable (BatchMemory, UnsafeMutablePointer<Int32>, Range<Int>) -> Void)?

  /// The kind of worlds of type `W` under the given rules.
  @inlinable
  public init<W: World>(_ world: W.Type, _ rules: W.Rules) {
    offered = rules.specification
    stride = MemoryLayout<W>.stride
    initialize = { memory in
      let worlds = memory.worlds(as: W.self)
      for i in 0..<memory.count { W.initialize(worlds + i, rules) }
    }
    reset = { memory, seed, range in
      let worlds = memory.worlds(as: W.self)
      for i in range {
        if let seed { worlds[i].seed(seed &+ UInt64(i), rules) }
        beginEpisode(&worlds[i], rules, memory, i)
        memory.clearOutcome(i)
      }
    }
    step = { memory, actions, range, autoreset in
      let worlds = memory.worlds(as: W.self)
      for i in range { advance(&worlds[i], rules, memory, i, Int(actions[i]), autoreset) }
    }
    makeWhole = { memory, range in
      let worlds = memory.worlds(as: W.self)
      for i in range { worlds[i].makeWhole(rules) }
    }
    accepts = { W.accepts($0, rules) }
    trace = { seed, actions, emit in runTrace(W.self, rules, seed, actions, emit) }
  }

  /// The kind of worlds of type `W` under the given rules, with their expert.
  @inlinable
  public init<W: ExpertWorld>(withExpert world: W.Type, _ rules: W.Rules) {
    self.init(world, rules)
    let size = MemoryLayout<W.ExpertMemory>.size
    expertMemorySize = size == 0 ? 0 : MemoryLayout<W.ExpertMemory>.stride
    acceptsExpertMemory = { W.acceptsMemory($0, rules) }
    expert = { memory, actions, range in
      let worlds = memory.worlds(as: W.self), minds = memory.expertMemories(as: W.ExpertMemory.self)
      for i in range { actions[i] = Int32(truncatingIfNeeded: worlds[i].expertAction(rules, &minds[i])) }
    }
  }

  /// Lets the kind say in words what the episode of a world of type `W` asks for.
  @inlinable
  public mutating func setMission<W: World>(
    of world: W.Type, _ words: @escaping @Sendable (UnsafeMutablePointer<W>) -> String
  ) {
    mission = { words($0.assumingMemoryBound(to: W.self)) }
  }

  /// Whether the world brings an expert along.
  public var hasExpert: Bool { expert != nil }
}

extension WorldKind {
  /// The same worlds with one more field at the end of their observations: which achievements the episode has reached so
  /// far, a byte each. An agent that is rewarded for what it reaches first could keep this account itself; without it,
  /// the same view is worth more or less for reasons that cannot be seen.
  ///
  /// The kind itself where the world has no achievements.
  public func showingAchievements() -> WorldKind {
    guard !showsAchievements, !specification.achievements.isEmpty else { return self }
    var kind = self
    kind.showsAchievements = true
    kind.offered.observation.fields.append(
      ObservationField(
        "achievements", shape: [specification.achievements.count], cardinalities: [2],
        summary: "1 for each achievement that this episode has reached: "
          + specification.achievementNames.joined(separator: ", ")))
    return kind
  }
}

/// When a world whose episode has ended starts the next one, as Gymnasium names the modes.
public enum Autoreset: String, Sendable, CaseIterable {
  /// In the same step: the observation after the step is the next episode's first, and the episode's last one is
  /// kept in ``VectorEnvironment/finalObservations``. Nothing is lost, so learners use this.
  case sameStep = "same-step"
  /// In the next step, whose action is ignored and whose reward is zero.
  case nextStep = "next-step"
}

/// Resets world `i` and writes its row.
@inlinable @inline(__always)
func beginEpisode<W: World>(_ world: inout W, _ rules: W.Rules, _ memory: BatchMemory, _ i: Int) {
  world.reset(rules)
  memory.runningReturns[i] = 0
  memory.runningLengths[i] = 0
  memory.ended[i] = false
  memory.forgetExpert(i)
  if memory.achievementCount > 0 { memory.runningAchievements[i] = 0 }
  writeRow(&world, rules, memory, i)
}

/// Writes what world `i` shows: observation and, where the world has them, mask and facts.
@inlinable @inline(__always)
func writeRow<W: World>(_ world: inout W, _ rules: W.Rules, _ memory: BatchMemory, _ i: Int) {
  memory.observe(&world, rules, into: memory.observations, i)
  if memory.masksActions { world.writeActionMask(rules, into: memory.actionMasks + i &* memory.maskSize) }
  if memory.writesFacts { world.writeFacts(rules, into: memory.facts + i &* memory.factCount) }
}

/// One step of world `i`, with its automatic reset.
@inlinable @inline(__always)
func advance<W: World>(
  _ world: inout W, _ rules: W.Rules, _ memory: BatchMemory, _ i: Int, _ action: Int, _ autoreset: Autoreset
) {
  if memory.ended[i] {  // only in next-step mode
    beginEpisode(&world, rules, memory, i)
    memory.clearOutcome(i)
    return
  }
  let transition = world.step(action, rules)
  memory.rewards[i] = Float(transition.reward)
  memory.terminated[i] = transition.terminated
  memory.truncated[i] = transition.truncated
  memory.runningReturns[i] += transition.reward
  memory.runningLengths[i] &+= 1
  if memory.achievementCount > 0 {
    let reached = world.reachedAchievements(rules)
    memory.newAchievements[i] = reached & ~memory.runningAchievements[i]
    memory.runningAchievements[i] = reached
  }
  guard transition.terminated || transition.truncated else {
    writeRow(&world, rules, memory, i)
    return
  }
  memory.episodeReturns[i] = memory.runningReturns[i]
  memory.episodeLengths[i] = memory.runningLengths[i]
  memory.episodeSuccesses[i] = transition.reward > 0
  if memory.achievementCount > 0 { memory.episodeAchievements[i] = memory.runningAchievements[i] }
  if memory.writesFacts { world.writeFacts(rules, into: memory.finalFacts + i &* memory.factCount) }
  memory.observe(&world, rules, into: memory.finalObservations, i)
  switch autoreset {
  case .sameStep:
    beginEpisode(&world, rules, memory, i)
  case .nextStep:
    memory.ended[i] = true
    writeRow(&world, rules, memory, i)
  }
}
