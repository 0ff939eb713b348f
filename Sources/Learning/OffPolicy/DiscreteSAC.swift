import KnackNetworks
import KnackNumerics

/// Soft actor-critic over a list of actions: a policy, two critics with a value for each action, slowly following copies of those,
/// and a temperature that keeps the policy as near to a reference as is asked (see ``SoftObjective``).
///
/// ```swift
/// let learner = DiscreteSAC(cardinalities: […], actions: 7, seed: 1, pool: pool)
/// replay.sample(into: learner.batch, random: &random)
/// let losses = try learner.update()
/// ```
///
/// Where several levels learn together, one may choose where another one's doing ends: what such a transition leads to is then worth what
/// the other level says (see ``update(boundaryValues:)``).
public final class DiscreteSAC: TwinCriticLearner, SoftActorCritic, @unchecked Sendable {
  private var reference: [Float]?
  private let actions: Int
  private let distribution: Categorical
  /// One for each of the passes that may run at the same time.
  private let workspaces: [PerceptronWorkspace], referenceWorkspaces: [PerceptronWorkspace]
  /// Policy and reference, before and after the transition, shape (rows, actions) each: log-probabilities and probabilities.
  private let logarithms, probabilities, referenceLogarithms,
    referenceProbabilities: [UnsafeMutablePointer<Float>]
  /// Where the passes have left the critics' values: before the transition, and the targets' after it.
  private let values: UnsafeMutablePointer<UnsafeMutablePointer<Float>>
  private let dLogits: UnsafeMutablePointer<Float>, dValues: [UnsafeMutablePointer<Float>]

  /// A learner with fresh weights.
  ///
  /// - Parameters:
  ///   - cardinalities: for each byte of an observation, its number of values.
  ///   - features: numbers beside an observation.
  ///   - masks: whether not every action may always be taken.
  ///   - network: hidden layers of policy and critics.
  ///   - pool: who computes; the result does not depend on how many.
  public init(
    cardinalities: [Int], features: Int = 0, actions: Int, masks: Bool = false,
    network: NetworkConfiguration = NetworkConfiguration(), settings: SACConfiguration = SACConfiguration(),
    seed: UInt64, pool: WorkerPool
  ) {
    precondition(actions > 0 && settings.batchSize > 0, "something to choose, and to learn from")
    self.actions = actions
    var random = RandomStream(seed: seed, stream: Self.initialization)
    func perceptron(_ name: String) -> Perceptron {
      Perceptron(name, cardinalities: cardinalities, features: features, outputs: actions, network)
    }
    let policy = TrainedNetwork(perceptron("policy"), headGain: 0.01, random: &random)
    let critics = (1...2).map {
      TrainedNetwork(perceptron("critic.\($0)"), headGain: 1, random: &random)
    }
    let rows = settings.batchSize
    distribution = Categorical(actions: actions)
    workspaces = (0..<6).map { _ in PerceptronWorkspace(policy.network, rows: rows) }
    referenceWorkspaces = (0..<2).map { _ in PerceptronWorkspace(policy.network, rows: rows) }
    func room() -> UnsafeMutablePointer<Float> {
      let memory = UnsafeMutablePointer<Float>.allocate(capacity: rows * actions)
      memory.initialize(repeating: 0, count: rows * actions)
      return memory
    }
    (logarithms, probabilities) = ([room(), room()], [room(), room()])
    (referenceLogarithms, referenceProbabilities) = ([room(), room()], [room(), room()])
    (dLogits, dValues) = (room(), [room(), room()])
    values = .allocate(capacity: 4)
    values.initialize(repeating: dLogits, count: 4)
    super.init(
      policy, critics: critics, batch: TransitionBatch(policy.network, count: rows, masks: masks),
      settings: settings, pool: pool)
  }

  deinit {
    for memory in logarithms + probabilities + referenceLogarithms + referenceProbabilities + dValues
      + [dLogits]
    {
      memory.deallocate()
    }
    values.deallocate()
  }

  /// The stream of a seed from which weights are drawn.
  private static let initialization: UInt64 = 0x5ac0

  // MARK: - The policy

  /// Somebody who teaches the policy what was demonstrated.
  public func cloning(_ settings: BehaviorCloning.Settings) -> BehaviorCloning {
    BehaviorCloning(policy, settings: settings)
  }

  /// Lets the policy stay near the one with these weights, or near no one.
  public func setReference(_ weights: [Float]?) {
    precondition(
      weights.map { $0.count == network.layout.count } ?? true, "as many weights as the network has")
    reference = weights
  }

  // MARK: - Learning

  /// Learns from ``batch``.
  ///
  /// - Parameters:
  ///   - boundaryValues: by row, what the state after the transition is worth to whoever chooses there, where that is a
  ///     boundary; shape (rows). Without it, boundaries are states as others are.
  ///   - trainsPolicy: whether the policy and its temperature learn, too, or the critics alone.
  /// - Throws: ``LearningError/notANumber(place:update:)``; then nothing has been learned.
  @discardableResult
  public func update(
    boundaryValues: UnsafePointer<Float>? = nil, trainsPolicy: Bool = true
  ) throws(LearningError) -> Losses {
    try updateByItself(boundaryValues: boundaryValues, trainsPolicy: trainsPolicy)
  }

  /// What states are worth to this learner: V of ``SoftObjective`` by the slow copies of its critics.
  ///
  /// - Parameters:
  ///   - observations: at most as many rows as a batch has.
  ///   - masks: what may be done there, shape (rows, actions); nil where everything may.
  ///   - values: shape (rows).
  public func values(
    of observations: ObservationBatch, masks: UnsafePointer<UInt8>? = nil, rows: Int,
    into values: UnsafeMutablePointer<Float>
  ) {
    precondition(rows <= batch.count, "more rows than a batch has")
    nonisolated(unsafe) let observations = observations, masks = masks  // read alone
    pool.run(3) { [self] task, _ in
      guard task > 0 else { return consult(1, observations, masks, rows) }
      self.values[1 + task] = critics[task - 1].network.forward(
        targets[task - 1], observations, rows: rows, workspaces[2 * task + 1])
    }
    let alpha = temperature.value
    for row in 0..<rows {
      let place = row * actions
      values[row] =
        SoftObjective.value(
          logarithms[1] + place, probabilities[1] + place, near(1, place), q(1, place), alpha: alpha,
          actions: actions
        ).value
    }
  }

  // MARK: - An update's parts

  /// See ``SoftActorCritic/passes``.
  public var passes: Int { 6 }

  /// The policy and the reference before and after the transition, the critics before it and their slow copies after it.
  public func evaluate(_ task: Int) {
    let isAfter = task % 2 == 1, side = isAfter ? 1 : 0
    let observations = (isAfter ? batch.nextObservations : batch.observations).batch(from: 0)
    let mask = (isAfter ? batch.nextMasks : batch.masks).map { UnsafePointer($0) }
    guard task >= 2 else { return consult(side, observations, mask, batch.count) }
    let critic = task / 2 - 1
    values[2 * side + critic] = critics[critic].network.forward(
      isAfter ? targets[critic] : critics[critic].parameters, observations, rows: batch.count,
      workspaces[task])
  }

  /// Asks policy and reference about the states on one side.
  private func consult(
    _ side: Int, _ observations: ObservationBatch, _ mask: UnsafePointer<UInt8>?, _ rows: Int
  ) {
    let logits = network.forward(policy.parameters, observations, rows: rows, workspaces[side])
    logarithms[side].update(from: logits, count: rows * actions)
    distribution.normalize(logarithms[side], mask: mask, rows: rows, probabilities: probabilities[side])
    guard let reference else { return }
    let others = network.forward(reference, observations, rows: rows, referenceWorkspaces[side])
    referenceLogarithms[side].update(from: others, count: rows * actions)
    distribution.normalize(
      referenceLogarithms[side], mask: mask, rows: rows, probabilities: referenceProbabilities[side])
    mixFloor(referenceLogarithms[side], referenceProbabilities[side], rows)
  }

  /// Mixes a uniform distribution over what is allowed into the reference.
  private func mixFloor(
    _ logarithms: UnsafeMutablePointer<Float>, _ probabilities: UnsafePointer<Float>, _ rows: Int
  ) {
    for row in 0..<rows {
      let (l, p) = (logarithms + row * actions, probabilities + row * actions)
      var allowed = 0
      for a in 0..<actions where l[a] > 0.5 * Categorical.forbidden { allowed += 1 }
      let floor = settings.referenceFloor / Float(allowed)
      for a in 0..<actions where l[a] > 0.5 * Categorical.forbidden {
        l[a] = Elementwise.log((1 - settings.referenceFloor) * p[a] + floor)
      }
    }
  }

  /// The reference's log-probabilities in a row on one side; nil where there is no reference.
  private func near(_ side: Int, _ place: Int) -> SoftObjective.Reference? {
    reference == nil ? nil : UnsafePointer(referenceLogarithms[side] + place)
  }

  /// What both critics say before the transition (side 0), or their slow copies after it.
  private func q(_ side: Int, _ place: Int) -> (UnsafePointer<Float>, UnsafePointer<Float>) {
    (UnsafePointer(values[2 * side] + place), UnsafePointer(values[2 * side + 1] + place))
  }

  /// See ``SoftActorCritic/judgeCritics(_:)``.
  public func judgeCritics(_ boundaryValues: UnsafePointer<Float>?) throws(LearningError) {
    let rows = batch.count, scale = 1 / Float(rows), alpha = temperature.value
    var loss = 0.0
    for memory in dValues { memory.update(repeating: 0, count: rows * actions) }
    for row in 0..<rows {
      let place = row * actions, chosen = place + Int(batch.actions[row])
      let after = SoftObjective.value(
        logarithms[1] + place, probabilities[1] + place, near(1, place), q(1, place), alpha: alpha,
        actions: actions)
      let then = batch.isBoundary[row] ? boundaryValues?[row] ?? after.value : after.value
      let goal = batch.rewards[row] + batch.discounts[row] * then
      for critic in 0..<2 {
        let error = values[critic][chosen] - goal
        loss += Double(0.5 * error * error)
        dValues[critic][chosen] = scale * error
      }
    }
    losses.critic = loss / Double(rows)
    guard loss.isFinite else { throw .notANumber(place: "critic loss", update: updates) }
  }

  /// See ``SoftActorCritic/judgePolicy()``.
  public func judgePolicy() throws(LearningError) {
    let rows = batch.count, scale = 1 / Float(rows), alpha = temperature.value
    var loss = 0.0, divergence = 0.0
    for row in 0..<rows {
      let place = row * actions
      let now = SoftObjective.value(
        logarithms[0] + place, probabilities[0] + place, near(0, place), q(0, place), alpha: alpha,
        actions: actions)
      loss -= Double(now.value)
      divergence += Double(now.divergence)
      SoftObjective.differentiate(
        logarithms[0] + place, probabilities[0] + place, near(0, place), q(0, place), alpha: alpha,
        actions: actions, scale: scale, into: dLogits + place)
    }
    (losses.policy, losses.divergence) = (loss / Double(rows), divergence / Double(rows))
    guard loss.isFinite else { throw .notANumber(place: "policy loss", update: updates) }
  }

  /// See ``SoftActorCritic/learnPolicy()``.
  public func learnPolicy() {
    policy.descend(
      batch.observations.batch(from: 0), rows: batch.count, workspaces[0], dOutputs: dLogits, adam,
      learningRate: settings.learningRate)
  }

  /// See ``SoftActorCritic/learnCritic(_:)``.
  public func learnCritic(_ critic: Int) {
    critics[critic].descend(
      batch.observations.batch(from: 0), rows: batch.count, workspaces[2 * critic + 2],
      dOutputs: dValues[critic], adam, learningRate: settings.learningRate)
    critics[critic].follow(with: targets[critic], rate: settings.targetRate)
  }
}
