import KnackNetworks
import KnackNumerics

/// Soft actor-critic that chooses a point z instead of an action from a list: a policy that puts out a normal distribution for each
/// observation, two critics of observation and point, slowly following copies of those, and a temperature.
///
/// The policy π is to be worth much and stay near a reference ρ, in expectation over z ~ π:
///
///     V(s) = E[min Q(s, z)] − α KL(π ‖ ρ)
///
/// KL of two normal distributions is a sum; E is one draw, through which the gradient goes back to mean and deviation
/// (Haarnoja et al. 2018, arXiv:1812.05905, with the prior of Pertsch et al. 2020, arXiv:2010.11944, in the place of entropy).
/// Points are not squashed by a tanh, as actions with limits are: they are read by a network, which needs none, and a
/// distance from the reference is then the same before and after. The logarithms of deviations are kept in a range.
///
/// ```swift
/// let learner = GaussianSAC(cardinalities: […], dimensions: 10, seed: 1, pool: pool)
/// replay.sample(into: learner.batch, random: &random)      // the points chosen are features of the observations
/// let losses = try learner.update(random: &random)
/// ```
public final class GaussianSAC: TwinCriticLearner, SoftActorCritic, @unchecked Sendable {
  /// What the policy is to stay near.
  public enum Reference: Sendable, Equatable {
    /// The standard normal distribution, in all states.
    case normal
    /// What a network of the policy's shape puts out with these weights.
    case network([Float])
    /// Nothing: the entropy takes the place of −KL, and ``SACConfiguration/divergence`` asks for one of that size with the sign turned
    /// about. This is soft actor-critic as it was published, but for the tanh, so that nothing keeps means from running far.
    case entropy
  }

  /// The distributions that points are drawn from.
  public let gaussian: DiagonalGaussian
  /// What the policy is to stay near.
  public private(set) var reference = Reference.normal
  /// For policy and reference before and after the transition.
  private let policyWorkspaces, referenceWorkspaces: [PerceptronWorkspace]
  /// For the critics before the transition, the same with the policy's points, and their slow copies after it; two each.
  private let criticWorkspaces: [PerceptronWorkspace]
  /// Where the passes have left their outputs: the policy's and the reference's by side, the critics' as above.
  private let distributions, references, values: UnsafeMutablePointer<UnsafeMutablePointer<Float>>
  /// Before and after the transition, what the policy draws with, and what it draws; shape (rows, dimensions).
  private let noise, drawn: [UnsafeMutablePointer<Float>]
  /// Gradients: of each critic's value of what was chosen, and of what the policy draws; of the points by each critic; of the
  /// policy's outputs.
  private let dChosen, dWorth, dPoints: [UnsafeMutablePointer<Float>]
  private let dPolicy: UnsafeMutablePointer<Float>
  /// Where critics' gradients go that nobody needs.
  private let unused: UnsafeMutablePointer<Float>

  /// A learner with fresh weights.
  ///
  /// - Parameters:
  ///   - cardinalities: for each byte of an observation, its number of values.
  ///   - dimensions: numbers of a point.
  ///   - logDeviations: the range of the logarithms of the policy's, and the reference's, deviations.
  ///   - network: hidden layers of policy and critics.
  ///   - pool: who computes; the result does not depend on how many.
  public init(
    cardinalities: [Int], dimensions: Int, logDeviations: ClosedRange<Float> = -5...2,
    network: NetworkConfiguration = NetworkConfiguration(), settings: SACConfiguration = SACConfiguration(),
    seed: UInt64, pool: WorkerPool
  ) {
    precondition(settings.batchSize > 0, "something to learn from")
    let gaussian = DiagonalGaussian(dimensions: dimensions, logDeviations: logDeviations)
    self.gaussian = gaussian
    var random = RandomStream(seed: seed, stream: Self.initialization)
    let policy = TrainedNetwork(
      Perceptron("policy", cardinalities: cardinalities, outputs: gaussian.parameters, network),
      headGain: 0.01, random: &random)
    let critics = (1...2).map {
      TrainedNetwork(
        Perceptron("critic.\($0)", cardinalities: cardinalities, features: dimensions, outputs: 1, network),
        headGain: 1, random: &random)
    }
    let rows = settings.batchSize
    func room(_ count: Int) -> UnsafeMutablePointer<Float> {
      let memory = UnsafeMutablePointer<Float>.allocate(capacity: rows * count)
      memory.initialize(repeating: 0, count: rows * count)
      return memory
    }
    policyWorkspaces = (0..<2).map { _ in PerceptronWorkspace(policy.network, rows: rows) }
    referenceWorkspaces = (0..<2).map { _ in PerceptronWorkspace(policy.network, rows: rows) }
    criticWorkspaces = (0..<6).map { _ in PerceptronWorkspace(critics[0].network, rows: rows) }
    (noise, drawn) = ([room(dimensions), room(dimensions)], [room(dimensions), room(dimensions)])
    (dChosen, dWorth) = ([room(1), room(1)], [room(1), room(1)])
    let dOutputs = room(gaussian.parameters)
    (dPoints, dPolicy) = ([room(dimensions), room(dimensions)], dOutputs)
    unused = .allocate(capacity: critics[0].count)
    unused.initialize(repeating: 0, count: critics[0].count)
    func places(_ count: Int) -> UnsafeMutablePointer<UnsafeMutablePointer<Float>> {
      let memory = UnsafeMutablePointer<UnsafeMutablePointer<Float>>.allocate(capacity: count)
      memory.initialize(repeating: dOutputs, count: count)
      return memory
    }
    (distributions, references, values) = (places(2), places(2), places(6))
    // The points that were chosen are features of what was seen before.
    super.init(
      policy, critics: critics, batch: TransitionBatch(critics[0].network, count: rows), settings: settings,
      pool: pool)
  }

  deinit {
    for memory in noise + drawn + dChosen + dWorth + dPoints + [dPolicy, unused] {
      memory.deallocate()
    }
    for memory in [distributions, references, values] { memory.deallocate() }
  }

  /// The stream of a seed from which weights are drawn.
  private static let initialization: UInt64 = 0x5ac1

  /// Lets the policy stay near something else.
  public func setReference(_ reference: Reference) {
    if case .network(let weights) = reference {
      precondition(weights.count == policy.count, "as many weights as the network has")
    }
    self.reference = reference
  }

  // MARK: - Learning

  /// Learns from ``batch``.
  ///
  /// - Parameters:
  ///   - boundaryValues: by row, what the state after the transition is worth to whoever chooses there, where that is a
  ///     boundary; shape (rows). Without it, boundaries are states as others are.
  ///   - trainsPolicy: whether the policy and its temperature learn, too, or the critics alone.
  ///   - random: what points are drawn with.
  /// - Throws: ``LearningError/notANumber(place:update:)``; then nothing has been learned.
  @discardableResult
  public func update(
    boundaryValues: UnsafePointer<Float>? = nil, trainsPolicy: Bool = true, random: inout RandomStream
  ) throws(LearningError) -> Losses {
    draw(&random)
    return try updateByItself(boundaryValues: boundaryValues, trainsPolicy: trainsPolicy)
  }

  /// Draws what the next update's points are made of; its other parts are those of ``SoftActorCritic``.
  public func draw(_ random: inout RandomStream) {
    for side in 0..<2 { random.fillNormal(noise[side], count: batch.count * gaussian.dimensions) }
  }

  /// What states are worth to this learner: V by the slow copies of its critics, with one draw for each.
  ///
  /// - Parameters:
  ///   - observations: at most as many rows as a batch has.
  ///   - random: what points are drawn with.
  ///   - values: shape (rows).
  public func values(
    of observations: ObservationBatch, rows: Int, random: inout RandomStream,
    into values: UnsafeMutablePointer<Float>
  ) {
    precondition(rows <= batch.count, "more rows than a batch has")
    random.fillNormal(noise[1], count: rows * gaussian.dimensions)
    consult(1, observations, rows)
    var observations = observations
    observations.features = UnsafePointer(drawn[1])
    let q = (0..<2).map {
      critics[$0].network.forward(targets[$0], observations, rows: rows, criticWorkspaces[4 + $0])
    }
    let alpha = temperature.value
    for row in 0..<rows { values[row] = min(q[0][row], q[1][row]) - alpha * divergence(1, row) }
  }

  /// What was seen on one side, with what was chosen there, or with points in its place.
  private func seen(_ side: Int, with points: UnsafePointer<Float>? = nil) -> ObservationBatch {
    var observations = (side == 0 ? batch.observations : batch.nextObservations).batch(from: 0)
    if let points { observations.features = points }
    return observations
  }

  /// Asks policy and reference about the states on one side, before the transition (0) or after it (1), and draws points.
  private func consult(_ side: Int, _ observations: ObservationBatch, _ rows: Int) {
    let outputs = network.forward(policy.parameters, observations, rows: rows, policyWorkspaces[side])
    gaussian.clamp(outputs, rows: rows)
    distributions[side] = outputs
    gaussian.sample(outputs, noise: noise[side], rows: rows, into: drawn[side])
    guard case .network(let weights) = reference else { return }
    let others = network.forward(weights, observations, rows: rows, referenceWorkspaces[side])
    gaussian.clamp(others, rows: rows)
    references[side] = others
  }

  /// KL(π ‖ ρ) of a state, or minus the entropy.
  private func divergence(_ side: Int, _ row: Int) -> Float {
    let p = distributions[side] + row * gaussian.parameters
    if reference == .entropy { return -gaussian.entropy(p) }
    return gaussian.divergence(p, from: other(side, row))
  }

  /// The reference's distribution in a state; nil for the standard normal one.
  private func other(_ side: Int, _ row: Int) -> UnsafePointer<Float>? {
    reference == .normal ? nil : UnsafePointer(references[side] + row * gaussian.parameters)
  }

  // MARK: - An update's parts

  /// See ``SoftActorCritic/passes``.
  public var passes: Int { 4 }

  /// What is chosen before and after the transition, and what critics say of that; what they say of what was chosen. What the policy
  /// draws is also led back through the critics here, before they learn.
  public func evaluate(_ pass: Int) {
    guard pass < 2 else { return ask(pass - 2, seen(0)) }
    consult(pass, seen(pass), batch.count)
    for critic in 0..<2 { ask(2 * pass + 2 + critic, seen(pass, with: drawn[pass])) }
    if pass == 0 { criticize() }
  }

  /// One of the critics' passes.
  private func ask(_ place: Int, _ observations: ObservationBatch) {
    let critic = place % 2
    values[place] = critics[critic].network.forward(
      place >= 4 ? targets[critic] : critics[critic].parameters, observations, rows: batch.count,
      criticWorkspaces[place])
  }

  /// See ``SoftActorCritic/judgeCritics(_:)``.
  public func judgeCritics(_ boundaryValues: UnsafePointer<Float>?) throws(LearningError) {
    let rows = batch.count, scale = 1 / Float(rows), alpha = temperature.value
    var loss = 0.0
    for row in 0..<rows {
      let after = min(values[4][row], values[5][row]) - alpha * divergence(1, row)
      let then = batch.isBoundary[row] ? boundaryValues?[row] ?? after : after
      let goal = batch.rewards[row] + batch.discounts[row] * then
      for critic in 0..<2 {
        let error = values[critic][row] - goal
        loss += Double(0.5 * error * error)
        dChosen[critic][row] = scale * error
      }
    }
    losses.critic = loss / Double(rows)
    guard loss.isFinite else { throw .notANumber(place: "critic loss", update: updates) }
  }

  /// Finds the gradient with respect to the points that the policy draws: what is worth less by one of the critics is worth so
  /// little. That the critics' weights get a gradient on the way is of no use.
  private func criticize() {
    let rows = batch.count, scale = 1 / Float(rows)
    for row in 0..<rows {
      let isFirst = values[2][row] <= values[3][row]
      dWorth[0][row] = isFirst ? -scale : 0
      dWorth[1][row] = isFirst ? 0 : -scale
    }
    for critic in 0..<2 {
      unused.update(repeating: 0, count: critics[critic].count)
      critics[critic].network.backward(
        critics[critic].parameters, seen(0, with: drawn[0]), rows: rows, criticWorkspaces[2 + critic],
        dOutputs: dWorth[critic], gradient: unused, dFeatures: dPoints[critic])
    }
  }

  /// See ``SoftActorCritic/judgePolicy()``.
  public func judgePolicy() throws(LearningError) {
    let rows = batch.count, alpha = temperature.value
    var loss = 0.0, divergences = 0.0
    for row in 0..<rows {
      let divergence = divergence(0, row)
      loss -= Double(min(values[2][row], values[3][row]) - alpha * divergence)
      divergences += Double(divergence)
    }
    (losses.policy, losses.divergence) = (loss / Double(rows), divergences / Double(rows))
    guard loss.isFinite else { throw .notANumber(place: "policy loss", update: updates) }
    differentiate(alpha: alpha)
  }

  /// See ``SoftActorCritic/learnPolicy()``.
  public func learnPolicy() {
    policy.descend(
      seen(0), rows: batch.count, policyWorkspaces[0], dOutputs: dPolicy, adam,
      learningRate: settings.learningRate)
  }

  /// Writes the gradient of −V with respect to the policy's outputs.
  private func differentiate(alpha: Float) {
    let rows = batch.count, scale = alpha / Float(rows), dimensions = gaussian.dimensions
    Elementwise.addScaled(dPoints[1], scale: 1, to: dPoints[0], count: rows * dimensions)
    gaussian.sampleBackward(distributions[0], noise: noise[0], dPoints[0], rows: rows, into: dPolicy)
    for row in 0..<rows {
      let place = row * gaussian.parameters, d = dPolicy + place
      if reference == .entropy {
        for i in 0..<dimensions { d[dimensions + i] -= scale }
      } else {
        gaussian.addDivergenceGradient(
          distributions[0] + place, from: other(0, row), scale: scale, to: d)
      }
    }
    gaussian.confine(distributions[0], dPolicy, rows: rows)
  }

  /// See ``SoftActorCritic/learnCritic(_:)``.
  public func learnCritic(_ critic: Int) {
    critics[critic].descend(
      seen(0), rows: batch.count, criticWorkspaces[critic], dOutputs: dChosen[critic], adam,
      learningRate: settings.learningRate)
    critics[critic].follow(with: targets[critic], rate: settings.targetRate)
  }
}
