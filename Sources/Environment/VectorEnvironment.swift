/// A batch of worlds of one kind, stepped together: the only thing a learner talks to.
///
/// All per-step data is contiguous, one row a world, written in place. Steps over disjoint ranges of worlds may run
/// at the same time on different threads; everything else must not overlap a step. Stepping allocates nothing.
///
/// ```swift
/// let environment = VectorEnvironment(kind, count: 64)
/// environment.reset(seed: 1)                     // world i is seeded with 1 + i
/// environment.step(actions)                      // writes observations, rewards, terminated, truncated
/// ```
public final class VectorEnvironment: @unchecked Sendable {  // see the rule on disjoint ranges above
  /// The kind of world.
  public let kind: WorldKind
  /// The number of worlds.
  public let count: Int
  /// When ended episodes are followed by new ones.
  public let autoreset: Autoreset
  @usableFromInline let memory: BatchMemory

  /// A batch of `count` worlds, not reset yet. Facts are written after every step only if `facts` is true, since not
  /// every learner reads them.
  public init(_ kind: WorldKind, count: Int, autoreset: Autoreset = .sameStep, facts: Bool = false) {
    precondition(count > 0, "a batch holds at least one world")
    self.kind = kind
    self.count = count
    self.autoreset = autoreset
    memory = BatchMemory(kind, count: count, writesFacts: facts)
    kind.initialize(memory)
  }

  deinit { memory.base.deallocate() }

  /// What the worlds offer.
  public var specification: WorldSpecification { kind.specification }

  /// Starts an episode in every world. With a seed, world `i` restarts its random stream from `seed + i` first;
  /// without one, streams go on.
  public func reset(seed: UInt64?) {
    kind.reset(memory, seed, 0..<count)
  }

  /// Makes all of the worlds in `range`, where some of them would be made only when something comes near. What is made
  /// because of this may differ from what would have come later; terrain does not.
  public func makeWhole(in range: Range<Int>) { kind.makeWhole(memory, range) }

  /// Starts an episode in the worlds of `range`; their random streams go on.
  public func reset(in range: Range<Int>) { kind.reset(memory, nil, range) }

  /// Steps the worlds in `range` (all by default). `actions` has one entry for each world of the batch, of which those
  /// in `range` are read, each in `0 ..< specification.actions.count`.
  @inlinable
  public func step(_ actions: UnsafePointer<Int32>, in range: Range<Int>? = nil) {
    kind.step(memory, actions, range ?? 0..<count, autoreset)
  }

  /// Writes what the world's expert would do next in each world of `range` (all by default), one entry a world as in
  /// ``step(_:in:)``. Ask once before each step: an expert may keep in mind what it is about. The worlds stay as they are. The
  /// kind must have an expert, see ``WorldKind/hasExpert``.
  public func expertActions(into actions: UnsafeMutablePointer<Int32>, in range: Range<Int>? = nil) {
    guard let expert = kind.expert else { preconditionFailure("\(specification.id) has no expert") }
    expert(memory, actions, range ?? 0..<count)
  }

  /// Observations, shape (count, `specification.observation.size`).
  @inlinable public var observations: UnsafeMutablePointer<UInt8> { memory.observations }
  /// The last observation of the episode that ended most recently in each world, same shape; a row counts after a
  /// step in which its world terminated or was truncated.
  @inlinable public var finalObservations: UnsafeMutablePointer<UInt8> { memory.finalObservations }
  /// What may be chosen, shape (count, `specification.actions.maskSize`), 1 where allowed; nil where the world masks nothing.
  @inlinable
  public var actionMasks: UnsafeMutablePointer<UInt8>? { memory.masksActions ? memory.actionMasks : nil }
  /// Facts, shape (count, facts); nil where they were not asked for or there are none.
  @inlinable public var facts: UnsafeMutablePointer<Int32>? { memory.writesFacts ? memory.facts : nil }
  /// The facts at the end of the episode that ended most recently in each world, same shape; nil as for ``facts``.
  @inlinable
  public var finalFacts: UnsafeMutablePointer<Int32>? { memory.writesFacts ? memory.finalFacts : nil }
  /// The last step's rewards, shape (count).
  @inlinable public var rewards: UnsafeMutablePointer<Float> { memory.rewards }
  /// Where the last step ended a task, shape (count).
  @inlinable public var terminated: UnsafeMutablePointer<Bool> { memory.terminated }
  /// Where the last step ran into a limit, shape (count).
  @inlinable public var truncated: UnsafeMutablePointer<Bool> { memory.truncated }
  /// Undiscounted return of the episode that ended most recently in each world, shape (count).
  @inlinable public var episodeReturns: UnsafeMutablePointer<Double> { memory.episodeReturns }
  /// Steps of that episode, shape (count).
  @inlinable public var episodeLengths: UnsafeMutablePointer<Int32> { memory.episodeLengths }
  /// Whether that episode succeeded: whether its last step was rewarded. Shape (count).
  @inlinable public var episodeSuccesses: UnsafeMutablePointer<Bool> { memory.episodeSuccesses }
  /// Which achievements the last step reached for the first time in its episode, shape (count), as bits like those of
  /// ``episodeAchievements``. Nil where the world has none.
  @inlinable
  public var newAchievements: UnsafeMutablePointer<UInt64>? {
    memory.achievementCount == 0 ? nil : memory.newAchievements
  }
  /// Which achievements were reached in that episode, shape (count): bit k stands for the k-th fact of
  /// `specification.achievements`. Nil where the world has none.
  @inlinable
  public var episodeAchievements: UnsafeMutablePointer<UInt64>? {
    memory.achievementCount == 0 ? nil : memory.episodeAchievements
  }
}

extension VectorEnvironment {
  /// The batch's whole state: worlds with their random streams, rows, running episodes.
  ///
  /// The bytes are this build's own layout, for checkpoints and branching; they are no exchange format.
  public func save() -> [UInt8] {
    label + UnsafeRawBufferPointer(start: memory.base, count: memory.byteCount)
  }

  /// Takes on a state that ``save()`` made of a batch of the same kind and count.
  ///
  /// - Throws: ``EnvironmentError/stateOfAnotherBatch(environment:count:)``, or
  ///   ``EnvironmentError/damagedState(environment:)`` where a world, or what its expert keeps in mind, says what cannot
  ///   be; the batch is then as it was.
  public func restore(_ bytes: [UInt8]) throws(EnvironmentError) {
    let label = label
    guard bytes.starts(with: label) && bytes.count == label.count + memory.byteCount else {
      throw .stateOfAnotherBatch(environment: specification.id, count: count)
    }
    guard bytes.withUnsafeBytes({ accepts($0.baseAddress! + label.count) }) else {
      throw .damagedState(environment: specification.id)
    }
    bytes.withUnsafeBytes {
      memory.base.copyMemory(from: $0.baseAddress! + label.count, byteCount: memory.byteCount)
    }
  }

  /// Whether a saved state's bytes are those of worlds, of what their experts keep in mind, and of flags.
  private func accepts(_ state: UnsafeRawPointer) -> Bool {
    func saved(_ section: UnsafeMutableRawPointer) -> UnsafeRawPointer { state + (section - memory.base) }
    let flags = [memory.terminated, memory.truncated, memory.ended, memory.episodeSuccesses]
    return accepts(saved(memory.worlds), kind.stride, kind.accepts)
      && accepts(saved(memory.expertMemories), kind.expertMemorySize, kind.acceptsExpertMemory)
      && flags.allSatisfy { UnsafeRawBufferPointer(start: saved($0), count: count).allSatisfy { $0 <= 1 } }
  }

  /// Whether a check takes the bytes of each world's row in a section.
  private func accepts(
    _ rows: UnsafeRawPointer, _ size: Int, _ check: (UnsafeRawPointer) -> Bool
  ) -> Bool {
    // Saved bytes lie anywhere, values where their type wants to be.
    let place = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
    defer { place.deallocate() }
    return (0..<count).allSatisfy { i in
      place.copyMemory(from: rows + i * size, byteCount: size)
      return check(place)
    }
  }

  /// What a saved state starts with, so that it is not taken for another's of the same size.
  private var label: [UInt8] {
    let size = specification.observation.size
    return Array("\(specification.id) \(count) \(kind.stride) \(size) \(memory.writesFacts)\n".utf8)
  }

  /// Makes world `target` an exact copy of world `source`, random stream, row and running episode included.
  public func copy(world source: Int, to target: Int) { copy(world: source, of: self, to: target) }

  /// Makes world `target` an exact copy of a world of another batch.
  ///
  /// - Precondition: it is a batch of worlds of the same kind, which writes facts where this one does.
  public func copy(world source: Int, of other: VectorEnvironment, to target: Int) {
    precondition(
      (0..<other.count).contains(source) && (0..<count).contains(target), "no such world in this batch")
    precondition(
      other.specification == specification && other.kind.stride == kind.stride
        && other.memory.writesFacts == memory.writesFacts, "a world of another kind")
    guard other !== self || source != target else { return }
    let from = other.memory
    func copyRow(_ section: UnsafeMutableRawPointer, _ read: UnsafeMutableRawPointer, _ size: Int) {
      (section + target * size).copyMemory(from: read + source * size, byteCount: size)
    }
    copyRow(memory.worlds, from.worlds, kind.stride)
    copyRow(memory.expertMemories, from.expertMemories, memory.expertMemorySize)
    copyRow(memory.observations, from.observations, memory.observationSize)
    copyRow(memory.finalObservations, from.finalObservations, memory.observationSize)
    if memory.masksActions { copyRow(memory.actionMasks, from.actionMasks, memory.maskSize) }
    if memory.writesFacts {
      copyRow(memory.facts, from.facts, memory.factCount * 4)
      copyRow(memory.finalFacts, from.finalFacts, memory.factCount * 4)
    }
    if memory.achievementCount > 0 {
      copyRow(memory.runningAchievements, from.runningAchievements, 8)
      copyRow(memory.newAchievements, from.newAchievements, 8)
      copyRow(memory.episodeAchievements, from.episodeAchievements, 8)
    }
    rewards[target] = other.rewards[source]
    terminated[target] = other.terminated[source]
    truncated[target] = other.truncated[source]
    memory.ended[target] = from.ended[source]
    memory.runningReturns[target] = from.runningReturns[source]
    memory.runningLengths[target] = from.runningLengths[source]
    episodeReturns[target] = other.episodeReturns[source]
    episodeLengths[target] = other.episodeLengths[source]
    episodeSuccesses[target] = other.episodeSuccesses[source]
  }
}

/// What can go wrong between a caller and an environment.
public enum EnvironmentError: Error, Equatable, CustomStringConvertible {
  /// No world is registered under this id.
  case unknownEnvironment(String, nearest: String?)
  /// The world has no observation of this name.
  case unknownObservation(String, environment: String, known: [String])
  /// A saved state does not fit this batch.
  case stateOfAnotherBatch(environment: String, count: Int)
  /// A saved state has the right size, but holds a world that cannot be.
  case damagedState(environment: String)
  /// An action is not among the world's.
  case actionOutOfRange(Int, environment: String, count: Int)
  /// The world cannot be made otherwise than it comes; these others can.
  case takesNoSettings(environment: String, others: [String])
  /// The world has no rules to print; these others have.
  case printsNoRules(environment: String, others: [String])
  /// A file that a world should be made from says something that cannot be: a sentence with its place.
  case wrongFile(String)
  /// A value that an option cannot have, or an option that there is not: a sentence with its place.
  case wrongSetting(String)

  /// One sentence that names the thing and the mend.
  public var description: String {
    switch self {
    case .unknownEnvironment(let id, let nearest):
      "There is no environment '\(id)'"
        + (nearest.map { "; did you mean '\($0)'?" } ?? "; `knack environments list` names them all.")
    case .unknownObservation(let name, let environment, let known):
      "\(environment) has no observation '\(name)'; choose one of: \(known.joined(separator: ", "))."
    case .stateOfAnotherBatch(let id, let count):
      "The saved state is not one of \(count) worlds of \(id); resume with the configuration and the build that "
        + "saved it."
    case .damagedState(let id):
      "The saved state of \(id) is damaged: a world in it cannot be stepped; go back to an earlier checkpoint."
    case .actionOutOfRange(let action, let environment, let count):
      "Action \(action) is not among those of \(environment); give 0 to \(count - 1), or -1 for a reset."
    case .takesNoSettings(let id, let others):
      "\(id) has its rules and maps built in; leave out files and options"
        + (others.isEmpty ? "." : ", or choose one of: \(others.joined(separator: ", ")).")
    case .printsNoRules(let id, let others):
      "\(id) has no rules that could be printed"
        + (others.isEmpty ? "." : "; choose one of: \(others.joined(separator: ", ")).")
    case .wrongFile(let sentence), .wrongSetting(let sentence): sentence
    }
  }
}
