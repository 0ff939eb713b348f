/// The memory of a batch of worlds: one allocation in sections, one row a world in each.
///
/// A view that does not own: ``VectorEnvironment`` does. Since everything a batch knows lies in one block without
/// references, saving the block saves the batch.
@usableFromInline
struct BatchMemory: @unchecked Sendable {  // disjoint rows are written by disjoint workers
  @usableFromInline let count: Int
  @usableFromInline let observationSize: Int
  @usableFromInline let actionCount: Int
  @usableFromInline let factCount: Int
  @usableFromInline let achievements: Range<Int>
  @usableFromInline let masksActions: Bool
  @usableFromInline let writesFacts: Bool
  @usableFromInline let keepsFinalFacts: Bool

  @usableFromInline let base: UnsafeMutableRawPointer
  @usableFromInline let byteCount: Int

  @usableFromInline let worlds: UnsafeMutableRawPointer
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
  @usableFromInline let episodeAchievements: UnsafeMutablePointer<UInt64>

  /// Allocates zeroed memory for `count` worlds; the caller frees ``base``.
  init(count: Int, worldStride: Int, specification: WorldSpecification, writesFacts: Bool) {
    self.count = count
    observationSize = specification.observation.size
    actionCount = specification.actions.count
    factCount = specification.facts.count
    achievements = specification.achievements
    masksActions = specification.masksActions
    self.writesFacts = writesFacts && !specification.facts.isEmpty
    keepsFinalFacts = self.writesFacts || !specification.achievements.isEmpty

    // Sections start at multiples of a cache line, so that none shares a line with another.
    var end = 0
    func section(_ bytesPerWorld: Int) -> Int {
      defer { end += (bytesPerWorld * count + 63) / 64 * 64 }
      return end
    }
    let offsets = (
      worlds: section(worldStride), observations: section(observationSize), finals: section(observationSize),
      masks: section(masksActions ? actionCount : 0), facts: section(self.writesFacts ? factCount * 4 : 0),
      finalFacts: section(keepsFinalFacts ? factCount * 4 : 0), rewards: section(4), terminated: section(1),
      truncated: section(1), ended: section(1),
      runningReturns: section(8), runningLengths: section(4), returns: section(8), lengths: section(4),
      successes: section(1), achievements: section(achievements.isEmpty ? 0 : 8)
    )
    byteCount = end
    let block = UnsafeMutableRawPointer.allocate(byteCount: end, alignment: 64)
    base = block
    block.initializeMemory(as: UInt8.self, repeating: 0, count: end)
    func at<T>(_ offset: Int, _ type: T.Type) -> UnsafeMutablePointer<T> {
      (block + offset).assumingMemoryBound(to: type)
    }
    worlds = base + offsets.worlds
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
    episodeAchievements = at(offsets.achievements, UInt64.self)
  }

  @inlinable @inline(__always)
  func worlds<W>(as type: W.Type) -> UnsafeMutablePointer<W> { worlds.assumingMemoryBound(to: W.self) }

  /// Forgets the last step's outcome of world `i`, as after a reset.
  @inlinable @inline(__always)
  func clearOutcome(_ i: Int) {
    rewards[i] = 0
    terminated[i] = false
    truncated[i] = false
  }
}
