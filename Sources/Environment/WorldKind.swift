/// One kind of world, ready to be run: its specification and its batch operations, specialised for the world's type.
///
/// A generic class behind a protocol would be run unspecialised, tens of times slower. A kind is made where the
/// world's type is known, so its closures are compiled for that type, and everything behind it is ordinary code
/// without generics. A call costs one indirect jump a batch, never one a step.
public struct WorldKind: Sendable {
  /// What the world offers.
  public let specification: WorldSpecification

  /// Bytes of one world in a batch.
  @usableFromInline let stride: Int
  @usableFromInline let initialize: @Sendable (BatchMemory) -> Void
  @usableFromInline let reset: @Sendable (BatchMemory, UInt64?, Range<Int>) -> Void
  @usableFromInline
  let step: @Sendable (BatchMemory, UnsafePointer<Int32>, Range<Int>, Autoreset) -> Void
  /// Runs one world from a seed through actions, -1 being a reset, and hands out each trace line.
  @usableFromInline let trace: @Sendable (UInt64, [Int], (TraceLine) -> Void) -> Void

  /// The kind of worlds of type `W` under the given rules.
  @inlinable
  public init<W: World>(_ world: W.Type, _ rules: W.Rules) {
    specification = rules.specification
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
    trace = { seed, actions, emit in runTrace(W.self, rules, seed, actions, emit) }
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
  writeRow(&world, rules, memory, i)
}

/// Writes what world `i` shows: observation and, where the world has them, mask and facts.
@inlinable @inline(__always)
func writeRow<W: World>(_ world: inout W, _ rules: W.Rules, _ memory: BatchMemory, _ i: Int) {
  world.observe(rules, into: memory.observations + i &* memory.observationSize)
  if memory.masksActions { world.writeActionMask(rules, into: memory.actionMasks + i &* memory.actionCount) }
  if memory.writesFacts { world.writeFacts(rules, into: memory.facts + i &* memory.factCount) }
}

/// Writes the facts at the end of an episode of world `i`, and which achievements they count.
@inlinable
func keepFinalFacts<W: World>(_ world: inout W, _ rules: W.Rules, _ memory: BatchMemory, _ i: Int) {
  let facts = memory.finalFacts + i &* memory.factCount
  world.writeFacts(rules, into: facts)
  guard !memory.achievements.isEmpty else { return }
  var reached: UInt64 = 0
  for achievement in 0..<memory.achievements.count
  where facts[memory.achievements.lowerBound + achievement] > 0 {
    reached |= 1 << UInt64(achievement)
  }
  memory.episodeAchievements[i] = reached
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
  guard transition.terminated || transition.truncated else {
    writeRow(&world, rules, memory, i)
    return
  }
  memory.episodeReturns[i] = memory.runningReturns[i]
  memory.episodeLengths[i] = memory.runningLengths[i]
  memory.episodeSuccesses[i] = transition.reward > 0
  if memory.keepsFinalFacts { keepFinalFacts(&world, rules, memory, i) }
  world.observe(rules, into: memory.finalObservations + i &* memory.observationSize)
  switch autoreset {
  case .sameStep:
    beginEpisode(&world, rules, memory, i)
  case .nextStep:
    memory.ended[i] = true
    writeRow(&world, rules, memory, i)
  }
}
