/// The memory of a batch of worlds: one allocation in sections, one row a world in each.
///
/// A view that does not own: ``VectorEnvironment`` does. Since everything a batch knows lies in one block without
/// references, saving the block saves the batch.
@usableFromInline
struct BatchMemory: @unchecked Sendable {  // disjoint rows are written by disjoint workers
  @usableFromInline let count: Int
  @usableFromInline let observationSize: Int
  @usableFromInline let maskSize: Int
  @usableFromInline let factCount: Int
  @usableFromInline let achievementCount: Int
  @usableFromInline let expertMemorySize: Int
  /// Whether observations end with what was reached.
  @usableFromInline let showsAchievements: Bool
  @usableFromInline let masksActions: Bool
  @usableFromInline let writesFacts: Bool

  @usableFromInline let base: UnsafeMutableRawPointer
  @usableFromInline let byteCount: Int

  @usableFromInline let worlds: UnsafeMutableRawPointer
  @usableFromInline let expertMemories: UnsafeMutableRawPointer
  @usableFromInline let observations: UnsafeMutablePointer<UInt8>
  @usableFromInline let finalObservations: UnsafeMutablePointer<UInt8>
  @usableFromInline let actionMasks: UnsafeMutablePointer<UInt8>
  @usableFromInline let facts: UnsafeMutablePointer<Int32>
  @usableFromInline let finalFacts: UnsafeMutablePointer<Int32>
  @usableFromInline let rewards: UnsafeMutablePointer<Float>
  @usableFromInline let terminated: UnsafeMutablePointer<Bool>
  @usableFromInline let truncated: UnsafeMutablePointer<Bool>
  @usableFromInline let ended: UnsafeMutablePointer<Bool>
  @usableFromInline let runningReturns: UnsafeMutablePointer<Double>
  @usableFromInline let runningLengths: UnsafeMutablePointer<Int32>
  @usableFromInline let episodeReturns: UnsafeMutablePointer<Double>
  @usableFromInline let episodeLengths: UnsafeMutablePointer<Int32>
  @usableFromInline let episodeSuccesses: UnsafeMutablePointer<Bool>
  @usableFromInline let runningAchievements: UnsafeMutablePointer<UInt64>
  @usableFromInline let newAchievements: UnsafeMutablePointer<UInt64>
  @usableFromInline let episodeAchievements: UnsafeMutablePointer<UInt64>

  /// Allocates zeroed memory for `count` worlds; the caller frees ``base``.
  init(_ kind: WorldKind, count: Int, writesFacts: Bool) {
    let specification = kind.specification
    self.count = count
    observationSize = specification.observation.size
    maskSize = specification.actions.maskSize
    factCount = specification.facts.count
    achievementCount = specification.achievements.count
    expertMemorySize = kind.expertMemorySize
    showsAchievements = kind.showsAchievements
    masksActions = specification.masksActions
    self.writesFacts = writesFacts && !specification.facts.isEmpty

    // Sections start at multiples of a cache line, so that none shares a line with another.
    var end = 0
    func section(_ bytesPerWorld: Int) -> Int {
      defer { end += (bytesPerWorld * count + 63) / 64 * 64 }
      return end
    }
    let achievementBytes = achievementCount > 0 ? 8 : 0
    let offsets = (
      worlds: section(kind.stride), observations: section(observationSize), finals: section(observationSize),
      masks: section(masksActions ? maskSize : 0), facts: section(self.writesFacts ? factCount * 4 : 0),
      finalFacts: section(self.writesFacts ? factCount * 4 : 0), rewards: section(4), terminated: section(1),
      truncated: section(1), ended: section(1),
      runningReturns: section(8), runningLengths: section(4), returns: section(8), lengths: section(4),
      successes: section(1), reached: section(achievementBytes), new: section(achievementBytes),
      achievements: section(achievementBytes), experts: section(expertMemorySize)
    )
    byteCount = end
    let block = UnsafeMutableRawPointer.allocate(byteCount: end, alignment: 64)
    base = block
    block.initializeMemory(as: UInt8.self, repeating: 0, count: end)
    func at<T>(_ offset: Int, _ type: T.Type) -> UnsafeMutablePointer<T> {
      (block + offset).assumingMemoryBound(to: type)
    }
    worlds = base + offsets.worlds
    expertMemories = base + offsets.experts
    observations = at(offsets.observations, UInt8.self)
    finalObservations = at(offsets.finals, UInt8.self)
    actionMasks = at(offsets.masks, UInt8.self)
    facts = at(offsets.facts, Int32.self)
    finalFacts = at(offsets.finalFacts, Int32.self)
    rewards = at(offsets.rewards, Float.self)
    terminated = at(offsets.terminated, Bool.self)
    truncated = at(offsets.truncated, Bool.self)
    ended = at(offsets.ended, Bool.self)
    runningReturns = at(offsets.runningReturns, Double.self)
    runningLengths = at(offsets.runningLengths, Int32.self)
    episodeReturns = at(offsets.returns, Double.self)
    episodeLengths = at(offsets.lengths, Int32.self)
    episodeSuccesses = at(offsets.successes, Bool.self)
    runningAchievements = at(offsets.reached, UInt64.self)
    newAchievements = at(offsets.new, UInt64.self)
    episodeAchievements = at(offsets.achievements, UInt64.self)
  }

  @inlinable @inline(__always)
  func worlds<W>(as type: W.Type) -> UnsafeMutablePointer<W> { worlds.assumingMemoryBound(to: W.self) }

  /// What the worlds' experts keep in mind.
  @inlinable @inline(__always)
  func expertMemories<M: BitwiseCopyable>(as type: M.Type) -> UnsafeMutablePointer<M> {
    expertMemories.assumingMemoryBound(to: M.self)
  }

  /// Lets the expert of world `i` forget everything.
  @inlinable @inline(__always)
  func forgetExpert(_ i: Int) {
    guard expertMemorySize > 0 else { return }
    (expertMemories + i &* expertMemorySize).initializeMemory(
      as: UInt8.self, repeating: 0, count: expertMemorySize)
  }

  /// Writes the observation of world `i` into its row of `rows`.
  @inlinable @inline(__always)
  func observe<W: World>(
    _ world: inout W, _ rules: W.Rules, into rows: UnsafeMutablePointer<UInt8>, _ i: Int
  ) {
    let row = rows + i &* observationSize
    world.observe(rules, into: row)
    guard showsAchievements else { return }
    let end = row + (observationSize &- achievementCount), reached = runningAchievements[i]
    for k in 0..<achievementCount {
      end[k] = UInt8(truncatingIfNeeded: reached &>> UInt64(truncatingIfNeeded: k) & 1)
    }
  }

  /// Forgets the last step's outcome of world `i`, as after a reset.
  @inlinable @inline(__always)
  func clearOutcome(_ i: Int) {
    rewards[i] = 0
    terminated[i] = false
    truncated[i] = false
    if achievementCount > 0 { newAchievements[i] = 0 }
  }
}
