import KnackLearning
import KnackNetworks
import KnackNumerics

/// A space of skills that demonstrations are made of: a skill is a point z, a vector of real numbers.
///
/// A stretch of H demonstrated steps is taken to come from a point, carried out by a closed-loop decoder that knows how many steps k ago
/// the skill began (the time-indexed decoder of Skill-Critic, Hao et al. 2023, arXiv:2306.08388). Which point it was is told in
/// hindsight by a posterior q(z | τ) that goes over what was done, and in advance by a prior p(z | s_0); both are normal
/// distributions of independent numbers. With a list of actions, and z ~ q drawn so that the gradient goes through it
/// (Kingma and Welling 2014, arXiv:1312.6114), what is made small is
///
///     −Σ_k log π(a_k | s_k, z, k) + β KL(q ‖ N(0, I)) − log p(z | s_0)
///
/// where the last term's z is taken as given, so that the prior follows the posterior and not the other way round (Pertsch et al. 2020,
/// arXiv:2010.11944). All is in nats: with β = 1 the first two bound the likelihood of the actions. The published program averages the
/// first over steps and the second over dimensions, so that its β counts H / dim z times as much here.
///
/// Deviations: the posterior's memory is a gated recurrent unit in the place of an LSTM, and actions from a list are looked up in a table.
public final class GaussianSkillEmbedding {
  /// How it is learned.
  public struct Settings: Sendable, Equatable {
    /// Numbers of a skill, and steps of each H.
    public var dimensions = 10, length = 10
    /// What a nat of the posterior counts against one of the actions, β.
    public var divergenceWeight: Float = 0.1
    /// Units of the posterior's memory.
    public var units = 64
    /// Whether the posterior sees what was seen, too, and not what was done alone.
    public var seesObservations = false
    /// The range of the logarithms of deviations.
    public var logDeviations: ClosedRange<Float> = -5...2
    /// Stretches of an update.
    public var batchSize = 64
    /// Adam's step size.
    public var learningRate: Float = 1e-3
    /// Hidden layers of prior and decoder.
    public var network = NetworkConfiguration()

    /// The defaults.
    public init() {}
  }

  /// What an update was like.
  public struct Losses: Sendable, Equatable {
    /// −log π by the steps of a stretch, with z from its posterior; in nats a step.
    public var reconstruction: Double
    /// KL(q ‖ N(0, I)), and −log p(z | s_0), in nats a stretch.
    public var divergence: Double, prior: Double
  }

  /// The settings.
  public let settings: Settings
  /// p(z | s), and π(a | s, z, k), a logit for each action, of observations with 0 and k behind them and z beside, see
  /// ``SkillSpace``.
  public let prior: TrainedNetwork, decoder: TrainedNetwork
  /// q(z | τ).
  public let posteriorNetwork: SequenceEncoder
  let posterior: TrainedWeights
  /// What distributions over skills are.
  public let gaussian: DiagonalGaussian

  private let adam = Adam(epsilon: 1e-8)
  private let priorRows, decoderRows, steps: ObservationStore
  private let priorWorkspace, decoderWorkspace: PerceptronWorkspace
  private let posteriorWorkspace: SequenceWorkspace
  private let actions: Categorical
  /// What points are drawn with, they, and their gradient; shape (stretches, dimensions), and by the decoder's rows.
  private let noise, points, dPoints, dRows: UnsafeMutablePointer<Float>
  private let decoderShares, dPosterior, dPrior: UnsafeMutablePointer<Float>
  private let chosen: UnsafeMutablePointer<Int32>

  /// Posterior, prior and decoder with fresh weights.
  ///
  /// - Parameters:
  ///   - cardinalities: for each byte of an observation, its number of values.
  ///   - actions: how many there are.
  public init(cardinalities: [Int], actions: Int, settings: Settings = Settings(), seed: UInt64) {
    let (count, length) = (settings.batchSize, settings.length), rows = count * length
    precondition(length > 0 && length <= 256 && actions <= 256)
    self.settings = settings
    let gaussian = DiagonalGaussian(
      dimensions: settings.dimensions, logDeviations: settings.logDeviations)
    self.gaussian = gaussian
    var random = RandomStream(seed: seed, stream: 0x5e3c)
    prior = TrainedNetwork(
      Perceptron("prior", cardinalities: cardinalities, outputs: gaussian.parameters, settings.network),
      headGain: 0.01, random: &random)
    decoder = TrainedNetwork(
      Perceptron(
        "decoder", cardinalities: cardinalities + [1, length], features: settings.dimensions,
        outputs: actions, settings.network),
      headGain: 0.01, random: &random)
    posteriorNetwork = SequenceEncoder(
      "posterior", cardinalities: (settings.seesObservations ? cardinalities : []) + [actions],
      length: length, units: settings.units, outputs: gaussian.parameters)
    posterior = TrainedWeights(count: posteriorNetwork.layout.count)
    posteriorNetwork.initialize(posterior.parameters, headGain: 0.01, random: &random)
    priorRows = ObservationStore(prior.network, capacity: count)
    decoderRows = ObservationStore(decoder.network, capacity: rows)
    steps = ObservationStore(posteriorNetwork, capacity: rows)
    priorWorkspace = PerceptronWorkspace(prior.network, rows: count)
    decoderWorkspace = PerceptronWorkspace(decoder.network, rows: rows)
    posteriorWorkspace = SequenceWorkspace(posteriorNetwork, rows: count)
    self.actions = Categorical(actions: actions)
    func room(_ count: Int) -> UnsafeMutablePointer<Float> {
      let memory = UnsafeMutablePointer<Float>.allocate(capacity: count)
      memory.initialize(repeating: 0, count: count)
      return memory
    }
    (noise, points) = (room(count * settings.dimensions), room(count * settings.dimensions))
    (dPoints, dRows) = (room(count * settings.dimensions), room(rows * settings.dimensions))
    (dPosterior, dPrior) = (room(count * gaussian.parameters), room(count * gaussian.parameters))
    decoderShares = room(rows * actions)
    chosen = .allocate(capacity: rows)
    chosen.initialize(repeating: 0, count: rows)
  }

  deinit {
    for memory in [noise, points, dPoints, dRows, dPosterior, dPrior, decoderShares] { memory.deallocate() }
    chosen.deallocate()
  }

  // MARK: - Learning

  /// Learns from stretches drawn uniformly from those that there are.
  ///
  /// - Parameters:
  ///   - stretches: see ``DemonstrationSet/stretches(of:)``; not empty.
  ///   - random: what stretches and points are drawn with.
  /// - Throws: ``LearningError/notANumber(place:update:)``; then nothing has been learned.
  @discardableResult
  public func update(
    _ demonstrations: DemonstrationSet, _ stretches: [(episode: Int, step: Int)], random: inout RandomStream
  ) throws(LearningError) -> Losses {
    draw(demonstrations, stretches, &random)
    let q = infer(settings.batchSize)
    let surprise = decode(settings.batchSize), p = expect(settings.batchSize)
    let losses = Losses(
      reconstruction: surprise, divergence: mean { gaussian.divergence(q + $0, from: nil) },
      prior: mean { -gaussian.logDensity(p + $0, points + $0 / 2) })
    guard losses.reconstruction.isFinite && losses.divergence.isFinite && losses.prior.isFinite else {
      throw .notANumber(place: "loss", update: prior.steps)
    }
    learn(q, p)
    return losses
  }

  /// Follows the gradient of the batch's loss, given what posterior and prior say of it.
  private func learn(_ q: UnsafePointer<Float>, _ p: UnsafePointer<Float>) {
    let (count, length, dimensions) = (settings.batchSize, settings.length, settings.dimensions)
    let scale = 1 / Float(count * length), rate = settings.learningRate
    for row in 0..<count * length {
      let d = decoderShares + row * actions.actions
      d[Int(chosen[row])] -= 1
      for a in 0..<actions.actions { d[a] *= scale }
    }
    decoder.descend(
      decoderRows.batch(from: 0), rows: count * length, decoderWorkspace, dOutputs: decoderShares,
      dFeatures: dRows, adam, learningRate: rate)
    // All steps of a stretch have its point in common.
    dPoints.update(repeating: 0, count: count * dimensions)
    for i in 0..<count {
      Elementwise.sumRows(
        dRows + i * length * dimensions, rows: length, columns: dimensions, into: dPoints + i * dimensions)
    }
    gaussian.sampleBackward(q, noise: noise, dPoints, rows: count, into: dPosterior)
    dPrior.update(repeating: 0, count: count * gaussian.parameters)
    for place in stride(from: 0, to: count * gaussian.parameters, by: gaussian.parameters) {
      gaussian.addDivergenceGradient(
        q + place, from: nil, scale: settings.divergenceWeight * scale, to: dPosterior + place)
      gaussian.addLogDensityGradient(
        p + place, points + place / 2, scale: -1 / Float(count), to: dPrior + place)
    }
    gaussian.confine(q, dPosterior, rows: count)
    gaussian.confine(p, dPrior, rows: count)
    posterior.descend(adam, learningRate: rate) {
      posteriorNetwork.backward(
        posterior.parameters, steps.batch(from: 0), rows: count, posteriorWorkspace, dOutputs: dPosterior,
        gradient: $0)
    }
    prior.descend(
      priorRows.batch(from: 0), rows: count, priorWorkspace, dOutputs: dPrior, adam, learningRate: rate)
  }

  // MARK: - Examining

  /// What there is to know of how well demonstrations have been understood.
  public struct Diagnosis: Sendable, Equatable {
    /// KL(q ‖ N(0, I)) in nats a stretch: how much is told of what was done; near 0 the points are not used.
    public var divergence: Double
    /// −log π in nats a step, with z from the posterior, and with z from the prior, which knows only where the stretch began.
    public var hindsight: Double, foresight: Double
  }

  /// Examines as many stretches as an update learns from, drawn uniformly from those that there are.
  public func examine(
    _ demonstrations: DemonstrationSet, _ stretches: [(episode: Int, step: Int)], random: inout RandomStream
  ) -> Diagnosis {
    let count = settings.batchSize
    draw(demonstrations, stretches, &random)
    let q = infer(count), divergence = mean { gaussian.divergence(q + $0, from: nil) }
    let hindsight = decode(count), p = expect(count)
    random.fillNormal(noise, count: count * settings.dimensions)
    gaussian.sample(p, noise: noise, rows: count, into: points)
    return Diagnosis(divergence: divergence, hindsight: hindsight, foresight: decode(count))
  }

  /// The posterior of a stretch: mean and standard deviation of each of z's numbers.
  public func posterior(
    _ demonstrations: DemonstrationSet, _ stretch: (episode: Int, step: Int)
  ) -> (mean: [Float], deviation: [Float]) {
    fill(0, of: 1, demonstrations, stretch)
    return described(infer(1))
  }

  /// The prior where a stretch begins, likewise.
  public func prior(
    _ demonstrations: DemonstrationSet, _ stretch: (episode: Int, step: Int)
  ) -> (mean: [Float], deviation: [Float]) {
    fill(0, of: 1, demonstrations, stretch)
    return described(expect(1))
  }

  private func described(_ output: UnsafePointer<Float>) -> (mean: [Float], deviation: [Float]) {
    let dimensions = settings.dimensions
    return (
      (0..<dimensions).map { output[$0] },
      (0..<dimensions).map { Elementwise.exp(output[dimensions + $0]) }
    )
  }

  // MARK: - Passes

  /// The mean over the batch of what a function says of the places at which distributions begin; their points, half as wide, begin at
  /// half of those.
  private func mean(_ body: (Int) -> Float) -> Double {
    (0..<settings.batchSize).reduce(0.0) { $0 + Double(body($1 * gaussian.parameters)) }
      / Double(settings.batchSize)
  }

  /// Fills the batch with stretches, and draws what their points are drawn with.
  private func draw(
    _ demonstrations: DemonstrationSet, _ stretches: [(episode: Int, step: Int)],
    _ random: inout RandomStream
  ) {
    let count = settings.batchSize
    for i in 0..<count {
      fill(i, of: count, demonstrations, stretches[Int(random.below(UInt32(stretches.count)))])
    }
    random.fillNormal(noise, count: count * settings.dimensions)
  }

  /// Notes a stretch as the i-th of a batch of so many.
  private func fill(
    _ i: Int, of count: Int, _ demonstrations: DemonstrationSet, _ stretch: (episode: Int, step: Int)
  ) {
    let size = demonstrations.observationSize, length = settings.length
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size + 2) { seen in
      let seen = seen.baseAddress!
      for k in 0..<length {
        let done = demonstrations.read(stretch.episode, stretch.step + k) {
          seen.update(from: $0, count: size)
        }
        chosen[i * length + k] = done
        if k == 0 { priorRows.store(seen, as: i) }
        (seen[size], seen[size + 1]) = (0, UInt8(k))
        decoderRows.store(seen, as: i * length + k)
        seen[size] = UInt8(done)
        steps.store(settings.seesObservations ? seen : seen + size, as: k * count + i)
      }
    }
  }

  /// Runs the posterior over the first stretches of the batch, and draws their points; valid until it is run again.
  private func infer(_ count: Int) -> UnsafePointer<Float> {
    let outputs = posteriorNetwork.forward(
      posterior.parameters, steps.batch(from: 0), rows: count, posteriorWorkspace)
    gaussian.clamp(outputs, rows: count)
    gaussian.sample(outputs, noise: noise, rows: count, into: points)
    return UnsafePointer(outputs)
  }

  /// Runs the prior where the first stretches of the batch begin; valid until it is run again.
  private func expect(_ count: Int) -> UnsafePointer<Float> {
    let outputs = prior.network.forward(
      prior.parameters, priorRows.batch(from: 0), rows: count, priorWorkspace)
    gaussian.clamp(outputs, rows: count)
    return UnsafePointer(outputs)
  }

  /// Runs the decoder over the first stretches of the batch with the points at hand; the mean of −log π in nats a step.
  private func decode(_ count: Int) -> Double {
    let rows = count * settings.length
    for row in 0..<rows {
      decoderRows.features(of: row).update(
        from: points + row / settings.length * settings.dimensions, count: settings.dimensions)
    }
    let logits = decoder.network.forward(
      decoder.parameters, decoderRows.batch(from: 0), rows: rows, decoderWorkspace)
    actions.normalize(logits, rows: rows, probabilities: decoderShares)
    return (0..<rows).reduce(0.0) { $0 - Double(logits[$1 * actions.actions + Int(chosen[$1])]) }
      / Double(rows)
  }
}
