import KnackEnvironment
import KnackLearning
import KnackNumerics

/// Worlds of several kinds side by side, in which one policy acts from contexts. A place for a world is a *slot*; since kinds differ in
/// their rules, a slot has a world of each kind, of which one is played.
final class Stage {
  private let contexts: [SkillContexts]
  private let environments: [VectorEnvironment]
  private let worlds: Int, size: Int, maskSize: Int
  private let actor: PerceptronActor, random: CounterRandom
  /// By slot, the kind that is played; -1 for none.
  private var kinds: [Int]
  /// What was seen and allowed before the last step, shape (slots, ...), and what was done.
  let before: UnsafeMutablePointer<UInt8>, masksBefore: UnsafeMutablePointer<UInt8>
  private(set) var actions: [Int32]

  init(_ contexts: [SkillContexts], worlds: Int, policy: PerceptronPolicy, seed: UInt64) {
    let specification = contexts[0].world.specification
    self.contexts = contexts
    self.worlds = worlds
    environments = contexts.map {
      VectorEnvironment($0.world, count: $0.count == 0 ? 1 : worlds, autoreset: .nextStep)
    }
    size = specification.observation.size
    maskSize = specification.masksActions ? specification.actions.maskSize : 0
    actor = PerceptronActor(policy.network, rows: worlds)
    random = CounterRandom(seed: seed, stream: 0x4ef2)
    kinds = [Int](repeating: -1, count: worlds)
    before = .allocate(capacity: worlds * size)
    before.initialize(repeating: 0, count: worlds * size)
    masksBefore = .allocate(capacity: max(1, worlds * maskSize))
    masksBefore.initialize(repeating: 1, count: worlds * maskSize)
    actions = [Int32](repeating: 0, count: worlds)
  }

  deinit {
    before.deallocate()
    masksBefore.deallocate()
  }

  /// Puts a world into each slot.
  func begin(_ context: () -> (Int, Int)) {
    for slot in 0..<worlds {
      let (kind, number) = context()
      place(slot, at: kind, number)
    }
  }

  /// Puts a copy of a context into a slot.
  func place(_ slot: Int, at kind: Int, _ context: Int) {
    kinds[slot] = kind
    environments[kind].copy(world: context, of: contexts[kind].gallery, to: slot)
  }

  /// Leaves a slot empty.
  func rest(_ slot: Int) { kinds[slot] = -1 }

  /// Chooses an action for each slot.
  func act(_ parameters: UnsafePointer<Float>, step: UInt64) {
    for slot in 0..<worlds where kinds[slot] >= 0 {
      (before + slot * size).update(from: observation(slot), count: size)
      if let mask = mask(slot) { (masksBefore + slot * maskSize).update(from: mask, count: maskSize) }
    }
    actor.act(parameters, before, masks: maskSize > 0 ? UnsafePointer(masksBefore) : nil, into: &actions) {
      random.uniform(at: step, UInt64($0))
    }
  }

  /// Takes one step in each slot that is not empty, and then calls `body` for it.
  func step(_ body: (Int) -> Void) {
    for slot in 0..<worlds where kinds[slot] >= 0 {
      let environment = environments[kinds[slot]]
      actions.withUnsafeBufferPointer { environment.step($0.baseAddress!, in: slot..<slot + 1) }
    }
    for slot in 0..<worlds where kinds[slot] >= 0 { body(slot) }
  }

  /// What is seen in a slot, and what may be done there.
  func observation(_ slot: Int) -> UnsafePointer<UInt8> {
    UnsafePointer(environments[kinds[slot]].observations + slot * size)
  }
  func mask(_ slot: Int) -> UnsafePointer<UInt8>? {
    environments[kinds[slot]].actionMasks.map { UnsafePointer($0 + slot * maskSize) }
  }

  /// What the last step was worth.
  func report(_ slot: Int) -> GoalReport { environments[kinds[slot]].goalReport(world: slot) }

  /// How the attempt has ended; nil where it goes on. Whoever dies has lost.
  func outcome(_ slot: Int) -> GoalOutcome? {
    let environment = environments[kinds[slot]]
    let outcome = environment.goalOutcome(world: slot)
    if outcome != .open { return outcome }
    if environment.terminated[slot] { return .lost }
    return environment.truncated[slot] ? .late : nil
  }
}
