import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackNumerics

/// Skill-Critic (Hao et al. 2023, arXiv:2306.08388) for a list of actions: a high level that chooses a skill every H steps and a low
/// level that carries it out are refined together, each by critics of its own, each held near what demonstrations have taught. Skills
/// are those of a codebook or, as published, points of a space (see ``SkillSpace``).
///
/// Both levels are soft actor-critics. The high level's transition is a whole skill: what it got, discounted, and what the state
/// after its L steps is worth, times γ^L. The low level's is a step, in a state that says which skill it is in and since when. The levels
/// are coupled where a skill ends: there the low level's critics learn what the state is worth to the high level, V_z(s′), so that
/// a step is judged by all that comes of it and not by its skill alone.
///
/// | | |
/// |---|---|
/// | warm-up | skills by the prior, steps by the decoder; nothing learns |
/// | high level alone, for `highLevelSteps` | the low level's critics learn, its policy does not |
/// | hybrid | all learn |
///
/// The published program indexes k one step late, stores a skill's first state one step late, counts a time-out as an end, and discounts
/// the high level by skills and the low level by steps. The first and the last of these are options here (`indexesLate`,
/// `discountsPerSkill`); by default neither holds, and the two levels agree about what the future is worth.
public final class SkillCriticTrainer: OffPolicyTrainer {
  /// How the levels learn.
  public struct Settings: Sendable, Equatable {
    /// The soft actor-critics of both levels; their `divergence` is by skill and by step, in nats.
    public var highLevel = SACConfiguration(), lowLevel = SACConfiguration()
    /// Worlds stepped side by side, and the most transitions that each level keeps.
    public var worlds = 16, capacity = 100_000
    /// Environment steps before anything is learned.
    public var warmUp = 2000
    /// Environment steps until which the low level's policy stays as it is; `Int.max` for skills that are never refined (SPiRL with a
    /// closed-loop decoder, Pertsch et al. 2020, arXiv:2010.11944).
    public var highLevelSteps = 20_000
    /// Updates of both levels for each step of the batch.
    public var updates = 1
    /// Whether the low level's critics learn from the high level's where a skill ends; otherwise from themselves.
    public var couplesCritics = true
    /// Whether each level is held near what demonstrations have taught; otherwise it is held near chance: entropy takes the
    /// place of the divergence.
    public var keepsPrior = true, keepsDecoder = true
    /// Whether a skill's rewards are summed as they are, and the discount factor counts skills.
    public var discountsPerSkill = false
    /// Whether the low level learns of steps as if each were one later in its skill than it was, which notes a skill's end a step early.
    public var indexesLate = false

    /// The defaults.
    public init() {}
  }

  /// The settings.
  public let settings: Settings
  /// Who chooses skills, and who carries them out.
  public let highLevel: any SkillChooser, lowLevel: DiscreteSAC
  /// Environment steps so far.
  public internal(set) var environmentSteps = 0
  /// The episodes that ended.
  public var episodes = EpisodeAccount()
  /// Where the time went, if the clock tells.
  public private(set) var time = TimeBreakdown()

  /// What was learned from demonstrations.
  public let embedding: any SkillSpace

  /// What a world is about.
  struct Errand: BitwiseCopyable {
    /// The steps since its skill was chosen, what that got, and how much the next reward counts.
    var steps: Int32 = 0, reward: Float = 0, discount: Float = 1
  }

  let environment: VectorEnvironment
  let length: Int, size: Int, maskSize: Int
  var errands: [Errand]
  /// Skills and steps to learn from.
  var highReplay: ReplayBuffer, lowReplay: ReplayBuffer
  private let doer: PerceptronActor
  /// What the low level sees, and saw, of each world: the observation with skill and step behind it; where each skill began; and what
  /// might be done before the step.
  private var seen: [UInt8], before: [UInt8], masks: [UInt8]
  var beginnings: [UInt8]
  /// The skill that each world is in, the one that it was in, and the one that it might begin.
  let skills: SkillDraws
  private let skillsBefore: SkillDraws, choices: SkillDraws
  private var actions: [Int32]
  /// The skills that have ended with the last step, by world.
  private var ended: [Ended] = []
  private let actionRandom: CounterRandom
  var replayRandom: RandomStream
  private let clock: @Sendable () -> UInt64
  /// The high level's view of what the low level's batch leads to, and what that is worth.
  private let boundaryStates: ObservationStore
  private let boundaryValues: UnsafeMutablePointer<Float>
  private let pool: WorkerPool

  /// A trainer whose worlds and critics are fresh, and whose policies are those of the embedding.
  ///
  /// - Parameter clock: nanoseconds, for ``time``; nothing else depends on them.
  /// - Precondition: the embedding is one of this world's observations and actions, which are a list.
  public init(
    world: WorldKind, embedding: any SkillSpace, settings: Settings = Settings(), seed: UInt64,
    pool: WorkerPool, clock: @escaping @Sendable () -> UInt64 = { 0 }
  ) {
    let specification = world.specification, cardinalities = specification.observation.cardinalities
    precondition(
      !specification.actions.isFactored && embedding.prior.network.cardinalities == cardinalities
        && embedding.decoder.network.outputs == specification.actions.count, "skills of another world")
    self.settings = settings
    self.embedding = embedding
    self.clock = clock
    length = embedding.length
    size = specification.observation.size
    maskSize = specification.masksActions ? specification.actions.count : 0
    environment = VectorEnvironment(world, count: settings.worlds)
    environment.reset(seed: seed << 32)
    highLevel = embedding.makeChooser(
      settings: settings.highLevel, worlds: settings.worlds, seed: seed, pool: pool)
    let dimensions = embedding.dimensions
    lowLevel = DiscreteSAC(
      cardinalities: embedding.decoder.network.cardinalities, features: dimensions,
      actions: specification.actions.count, masks: specification.masksActions,
      network: embedding.hiddenLayers, settings: settings.lowLevel, seed: seed &+ 1, pool: pool)
    highReplay = ReplayBuffer(
      capacity: settings.capacity, observationSize: size, featureSize: dimensions)
    lowReplay = ReplayBuffer(
      capacity: settings.capacity, observationSize: size + 2, maskSize: maskSize, featureSize: dimensions)
    doer = PerceptronActor(lowLevel.network, rows: settings.worlds)
    errands = [Errand](repeating: Errand(), count: settings.worlds)
    seen = [UInt8](repeating: 0, count: settings.worlds * (size + 2))
    before = seen
    beginnings = [UInt8](repeating: 0, count: settings.worlds * size)
    masks = [UInt8](repeating: 1, count: settings.worlds * maskSize)
    skills = SkillDraws(worlds: settings.worlds, dimensions: dimensions)
    skillsBefore = SkillDraws(worlds: settings.worlds, dimensions: dimensions)
    choices = SkillDraws(worlds: settings.worlds, dimensions: dimensions)
    actions = [Int32](repeating: 0, count: settings.worlds)
    actionRandom = CounterRandom(seed: seed, stream: Self.actionStream)
    replayRandom = RandomStream(seed: seed, stream: Self.replayStream)
    boundaryStates = ObservationStore(highLevel.network, capacity: settings.lowLevel.batchSize)
    boundaryValues = .allocate(capacity: settings.lowLevel.batchSize)
    boundaryValues.initialize(repeating: 0, count: settings.lowLevel.batchSize)
    self.pool = pool
    precondition(
      settings.lowLevel.batchSize <= settings.highLevel.batchSize,
      "the high level values the low level's batch")
    beginnings.withUnsafeMutableBufferPointer {
      $0.baseAddress!.update(from: environment.observations, count: $0.count)
    }
    adoptSkills()
  }

  /// Lets both levels begin with what the embedding has learned, and stay near it, where that has changed since; no step
  /// may have been taken.
  public func adoptSkills() {
    precondition(environmentSteps == 0, "skills are learned before they are refined")
    highLevel.loadPolicy(embedding.prior.weights)
    lowLevel.loadPolicy(embedding.decoder.weights)
    stayNearDemonstrations()
    choose(0..<environment.count)
    look()
  }

  /// Tells both levels what to stay near.
  func stayNearDemonstrations() {
    highLevel.stayNear(settings.keepsPrior ? embedding.prior.weights : nil)
    lowLevel.setReference(settings.keepsDecoder ? embedding.decoder.weights : nil)
  }

  deinit { boundaryValues.deallocate() }

  private static let actionStream: UInt64 = 0x5c02, replayStream: UInt64 = 0x5c03

  // MARK: - Collecting and learning

  /// One step of all worlds, and what is learned after it; the last update's losses, nothing where none was made yet.
  ///
  /// - Throws: ``LearningError/notANumber(place:update:)``.
  @discardableResult
  public func step() throws(LearningError) -> [Measure] {
    let start = clock()
    act()
    let acted = clock()
    swap(&seen, &before)
    if let allowed = environment.actionMasks {
      masks.withUnsafeMutableBufferPointer { $0.baseAddress!.update(from: allowed, count: $0.count) }
    }
    environment.step(actions)
    environmentSteps += environment.count
    let stepped = clock()
    advance()
    choose(ended.lazy.map(\.world))
    look()
    keep()
    let kept = clock()
    time.stepping += stepped - acted
    time.inference += acted - start + (kept - stepped)
    guard environmentSteps >= settings.warmUp, highReplay.count > 0 else { return [] }
    var losses: (high: DiscreteSAC.Losses, low: DiscreteSAC.Losses)?
    for _ in 0..<settings.updates { losses = try learn() }
    time.update += clock() - kept
    return losses.map { $0.high.measures(prefix: "high_level_") + $0.low.measures(prefix: "low_level_") }
      ?? []
  }

  /// One update of each level. Parts that do not need each other run at the same time: the low level's policy learns beside the high
  /// level, and its critics after that, since they learn what the high level has learned about boundaries.
  private func learn() throws(LearningError) -> (DiscreteSAC.Losses, DiscreteSAC.Losses) {
    let low = lowLevel, refines = environmentSteps >= settings.highLevelSteps
    highReplay.draw(for: highLevel.batch, random: &replayRandom)
    lowReplay.draw(for: low.batch, random: &replayRandom)
    nonisolated(unsafe) let memory = self  // read alone
    pool.run(2) { level, _ in
      if level == 0 {
        memory.highReplay.read(into: memory.highLevel.batch)
      } else {
        memory.lowReplay.read(into: low.batch)
      }
    }
    let high = highLevel.beginUpdate(), passes = high.passes
    pool.run(passes + low.passes) { pass, _ in
      if pass < passes { high.evaluate(pass) } else { low.evaluate(pass - passes) }
    }
    try high.judgeCritics(nil)
    try high.judgePolicy()
    try low.judgePolicy()
    pool.run(refines ? 4 : 3) { task, _ in
      switch task {
      case 0: high.learnPolicy()
      case 3: low.learnPolicy()
      default: high.learnCritic(task - 1)
      }
    }
    let highLosses = high.finish(trainsPolicy: true)
    if settings.couplesCritics { valueBoundaries() }
    try low.judgeCritics(settings.couplesCritics ? UnsafePointer(boundaryValues) : nil)
    pool.run(2) { critic, _ in low.learnCritic(critic) }
    return (highLosses, low.finish(trainsPolicy: refines))
  }

  /// Asks the high level what the states are worth in which skills of the low level's batch have ended.
  private func valueBoundaries() {
    let batch = lowLevel.batch, led = batch.nextObservations.batch(from: 0)
    var count = 0
    for row in 0..<batch.count where batch.isBoundary[row] {
      // What skill and step say lies behind what the high level sees.
      boundaryStates.store(led.bytes + row * led.stride, as: count)
      count += 1
    }
    guard count > 0 else { return }
    highLevel.values(of: boundaryStates.batch(from: 0), rows: count, into: boundaryValues)
    // Each value moves to its row, which is never before its place: from the last one on none is overwritten.
    for row in (0..<batch.count).reversed() where batch.isBoundary[row] {
      count -= 1
      boundaryValues[row] = boundaryValues[count]
    }
  }

  // MARK: - Acting

  /// Lets the low level act in all worlds.
  private func act() {
    let step = UInt64(environmentSteps / environment.count)
    doer.act(
      lowLevel.policyParameters, seen, features: skills.points,
      masks: environment.actionMasks.map { UnsafePointer($0) },
      into: &actions
    ) { actionRandom.uniform(at: step, UInt64($0)) }
  }

  /// Lets the high level choose a skill in some worlds, which begin it where they are.
  private func choose(_ worlds: some Collection<Int>) {
    for world in 0..<environment.count { skillsBefore.take(world, from: skills) }
    guard !worlds.isEmpty else { return }
    let step = UInt64(environmentSteps / environment.count)
    highLevel.choose(environment.observations, step: step, into: choices)
    for world in worlds {
      skills.take(world, from: choices)
      errands[world] = Errand()
    }
  }

  /// Notes what the low level sees in all worlds.
  func look() {
    for world in 0..<environment.count {
      write(world, environment.observations + world * size, skills.codes[world], Int(errands[world].steps))
    }
  }

  /// Writes what the low level sees of a world.
  private func write(_ world: Int, _ observation: UnsafePointer<UInt8>, _ skill: Int32, _ step: Int) {
    seen.withUnsafeMutableBufferPointer { seen in
      let row = seen.baseAddress! + world * (size + 2)
      row.update(from: observation, count: size)
      row[size] = UInt8(skill)
      row[size + 1] = UInt8(step)
    }
  }

  /// A skill that has ended with a step, and its world.
  private struct Ended {
    var world: Int, errand: Errand
  }

  /// Counts the step of each world towards its skill, and notes the skills that have ended.
  private func advance() {
    ended.removeAll(keepingCapacity: true)
    let discount = settings.highLevel.discount
    for world in 0..<environment.count {
      let isOver = environment.terminated[world] || environment.truncated[world]
      errands[world].reward += errands[world].discount * environment.rewards[world]
      if !settings.discountsPerSkill { errands[world].discount *= discount }
      errands[world].steps += 1
      guard isOver || errands[world].steps == Int32(length) else { continue }
      ended.append(Ended(world: world, errand: errands[world]))
      guard isOver else { continue }
      episodes.add(EpisodeOutcome(of: world, in: environment))
    }
  }

  /// Keeps the last step of each world for the low level, and the skills that have ended with it for the high level. What ran into a
  /// limit goes on to be worth something.
  private func keep() {
    var next = 0
    for world in 0..<environment.count {
      let isBoundary = next < ended.count && ended[next].world == world
      if isBoundary { next += 1 }
      keepStep(world, isBoundary: isBoundary)
    }
    for one in ended { keepSkill(one) }
  }

  private func keepStep(_ world: Int, isBoundary: Bool) {
    let isOver = environment.terminated[world] || environment.truncated[world]
    let width = size + 2
    var last: [UInt8] = []
    if isOver {
      let final = environment.finalObservations + world * size
      last = Array(UnsafeBufferPointer(start: final, count: size)) + [UInt8(skills.codes[world]), 0]
    }
    before.withUnsafeBufferPointer { before in
      seen.withUnsafeBufferPointer { seen in
        last.withUnsafeBufferPointer { last in
          let first = before.baseAddress! + world * width
          let next = isOver ? last.baseAddress! : seen.baseAddress! + world * width
          guard settings.indexesLate else { return add(world, first, next, isOver, isBoundary) }
          withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * width) { rows in
            let rows = rows.baseAddress!
            rows.update(from: first, count: width)
            (rows + width).update(from: next, count: width)
            for k in [size + 1, width + size + 1] { rows[k] = (rows[k] + 1) % UInt8(length) }
            add(world, rows, rows + width, isOver, isOver || rows[width + size + 1] == 0)
          }
        }
      }
    }
  }

  private func add(
    _ world: Int, _ first: UnsafePointer<UInt8>, _ next: UnsafePointer<UInt8>, _ isOver: Bool,
    _ isBoundary: Bool
  ) {
    let isMasked = maskSize > 0
    masks.withUnsafeBufferPointer { masks in
      lowReplay.add(
        first, action: actions[world], reward: environment.rewards[world],
        discount: environment.terminated[world] ? 0 : settings.lowLevel.discount, next: next,
        mask: isMasked ? masks.baseAddress! + world * maskSize : nil,
        nextMask: isMasked && !isOver
          ? environment.actionMasks.map { UnsafePointer($0 + world * maskSize) } : nil,
        features: skillsBefore.point(world), nextFeatures: skills.point(world), isBoundary: isBoundary)
    }
  }

  private func keepSkill(_ ended: Ended) {
    let world = ended.world, isOver = environment.terminated[world] || environment.truncated[world]
    let next = (isOver ? environment.finalObservations : environment.observations) + world * size
    let discount = settings.discountsPerSkill ? settings.highLevel.discount : ended.errand.discount
    beginnings.withUnsafeMutableBufferPointer { beginnings in
      let beginning = beginnings.baseAddress! + world * size
      highReplay.add(
        beginning, action: skillsBefore.codes[world], reward: ended.errand.reward,
        discount: environment.terminated[world] ? 0 : discount, next: next,
        features: skillsBefore.point(world))
      // The next one begins where the world is now.
      beginning.update(from: environment.observations + world * size, count: size)
    }
  }
}
