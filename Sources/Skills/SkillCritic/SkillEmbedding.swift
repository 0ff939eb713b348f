import KnackLearning
import KnackNetworks
import KnackNumerics

/// A codebook of skills that demonstrations are made of.
///
/// A stretch of H demonstrated steps is taken to be one of K skills z, chosen where it begins and carried out by a closed-loop decoder
/// that knows how many steps k ago that was (the time-indexed decoder of Skill-Critic, Hao et al. 2023, arXiv:2306.08388):
///
///     p(a_0 … a_{H−1} | s_0 … s_{H−1}) = Σ_z p(z | s_0) Π_k π(a_k | s_k, z, k)
///
/// With a list of actions and few skills nothing need be approximated. The posterior is Bayes' rule,
/// q(z | τ) ∝ p(z | s_0) Π_k π(a_k | s_k, z, k), and prior and decoder follow the exact gradient of the log-likelihood: that of a mixture
/// in which every skill answers for a stretch by its share in the posterior (Dempster et al. 1977). The variational bound of the
/// continuous case, its sampled z and its weight β have no counterpart.
public final class SkillEmbedding {
  /// How it is learned.
  public struct Settings: Sendable, Equatable {
    /// Skills K, and steps of each H.
    public var skills = 8, length = 10
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
    /// −log p of a stretch by its steps, and −Σ_z q(z | τ) log π by its steps: with the skill known in hindsight; both in nats a
    /// step.
    public var likelihood: Double, reconstruction: Double
    /// exp of the entropy of the skills' mean share: how many are used.
    public var usedSkills: Double
  }

  /// The settings.
  public let settings: Settings
  /// p(z | s), a logit for each skill, and π(a | s, z, k), one for each action, of observations with z and k behind them.
  public let prior: TrainedNetwork, decoder: TrainedNetwork

  private let adam = Adam(epsilon: 1e-8)
  private let priorRows, decoderRows: ObservationStore
  private let priorWorkspace, decoderWorkspace: PerceptronWorkspace
  private let skills: Categorical, actions: Categorical
  private let priorShares, decoderShares: UnsafeMutablePointer<Float>
  private let chosen: UnsafeMutablePointer<Int32>

  /// Prior and decoder with fresh weights.
  ///
  /// - Parameters:
  ///   - cardinalities: for each byte of an observation, its number of values.
  ///   - actions: how many there are.
  public init(cardinalities: [Int], actions: Int, settings: Settings = Settings(), seed: UInt64) {
    let (count, length) = (settings.batchSize, settings.length)
    precondition(settings.skills > 0 && length > 0 && settings.skills <= 256 && length <= 256)
    self.settings = settings
    var random = RandomStream(seed: seed, stream: 0x5e3b)
    prior = TrainedNetwork(
      Perceptron("prior", cardinalities: cardinalities, outputs: settings.skills, settings.network),
      headGain: 0.01, random: &random)
    decoder = TrainedNetwork(
      Perceptron(
        "decoder", cardinalities: cardinalities + [settings.skills, length], outputs: actions,
        settings.network),
      headGain: 0.01, random: &random)
    let rows = count * length * settings.skills
    priorRows = ObservationStore(prior.network, capacity: count)
    decoderRows = ObservationStore(decoder.network, capacity: rows)
    priorWorkspace = PerceptronWorkspace(prior.network, rows: count)
    decoderWorkspace = PerceptronWorkspace(decoder.network, rows: rows)
    skills = Categorical(actions: settings.skills)
    self.actions = Categorical(actions: actions)
    priorShares = .allocate(capacity: count * settings.skills)
    priorShares.initialize(repeating: 0, count: count * settings.skills)
    decoderShares = .allocate(capacity: rows * actions)
    decoderShares.initialize(repeating: 0, count: rows * actions)
    chosen = .allocate(capacity: count * length)
    chosen.initialize(repeating: 0, count: count * length)
  }

  deinit {
    priorShares.deallocate()
    decoderShares.deallocate()
    chosen.deallocate()
  }

  /// Learns from stretches drawn uniformly from those that there are.
  ///
  /// - Parameter stretches: see ``DemonstrationSet/stretches(of:)``; not empty.
  /// - Throws: ``LearningError/notANumber(place:update:)``; then nothing has been learned.
  @discardableResult
  public func update(
    _ demonstrations: DemonstrationSet, _ stretches: [(episode: Int, step: Int)], random: inout RandomStream
  ) throws(LearningError) -> Losses {
    for i in 0..<settings.batchSize {
      fill(i, demonstrations, stretches[Int(random.below(UInt32(stretches.count)))])
    }
    return try learn()
  }

  /// The posterior of a stretch, a share for each skill.
  public func posterior(
    _ demonstrations: DemonstrationSet, _ stretch: (episode: Int, step: Int)
  ) -> [Double] {
    fill(0, demonstrations, stretch)
    let joint = joint(0, run(1)).joint, likelihood = Self.logSumExp(joint)
    return joint.map { exp($0 - likelihood) }
  }

  /// Notes a stretch as the i-th of the batch.
  private func fill(_ i: Int, _ demonstrations: DemonstrationSet, _ stretch: (episode: Int, step: Int)) {
    let size = demonstrations.observationSize
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size + 2) { seen in
      let seen = seen.baseAddress!
      for k in 0..<settings.length {
        chosen[i * settings.length + k] = demonstrations.read(stretch.episode, stretch.step + k) {
          seen.update(from: $0, count: size)
        }
        if k == 0 { priorRows.store(seen, as: i) }
        seen[size + 1] = UInt8(k)
        for z in 0..<settings.skills {
          seen[size] = UInt8(z)
          decoderRows.store(seen, as: row(i, k, z))
        }
      }
    }
  }

  /// The decoder's row of a stretch, a step and a skill.
  private func row(_ i: Int, _ k: Int, _ z: Int) -> Int { (i * settings.length + k) * settings.skills + z }

  /// log p(z | s_0), shape (stretches, skills), and log π, shape (the decoder's rows, actions).
  private typealias Logarithms = (prior: UnsafePointer<Float>, decoder: UnsafePointer<Float>)

  /// Runs prior and decoder over the first stretches of the batch; valid until it is run again.
  private func run(_ count: Int) -> Logarithms {
    let choices = prior.network.forward(
      prior.parameters, priorRows.batch(from: 0), rows: count, priorWorkspace)
    skills.normalize(choices, rows: count, probabilities: priorShares)
    let rows = count * settings.length * settings.skills
    let doings = decoder.network.forward(
      decoder.parameters, decoderRows.batch(from: 0), rows: rows, decoderWorkspace)
    actions.normalize(doings, rows: rows, probabilities: decoderShares)
    return (UnsafePointer(choices), UnsafePointer(doings))
  }

  /// For each skill, log π of what was done, summed over the steps of a stretch; and that with log p(z | s_0).
  private func joint(_ i: Int, _ logarithms: Logarithms) -> (reconstruction: [Double], joint: [Double]) {
    let reconstruction = (0..<settings.skills).map { z in
      (0..<settings.length).reduce(0.0) { sum, k in
        let done = Int(chosen[i * settings.length + k])
        return sum + Double(logarithms.decoder[row(i, k, z) * actions.actions + done])
      }
    }
    let joint = reconstruction.indices.map {
      Double(logarithms.prior[i * settings.skills + $0]) + reconstruction[$0]
    }
    return (reconstruction, joint)
  }

  /// log Σ exp x, without leaving the numbers.
  private static func logSumExp(_ x: [Double]) -> Double {
    let largest = x.max()!
    return largest + log(x.reduce(0) { $0 + exp($1 - largest) })
  }

  /// Follows the gradient of the batch's log-likelihood.
  private func learn() throws(LearningError) -> Losses {
    let count = settings.batchSize, steps = Double(count * settings.length)
    let logarithms = run(count)
    var losses = Losses(likelihood: 0, reconstruction: 0, usedSkills: 0)
    var use = [Double](repeating: 0, count: settings.skills)
    for i in 0..<count {
      let (reconstruction, joint) = joint(i, logarithms), likelihood = Self.logSumExp(joint)
      losses.likelihood -= likelihood / steps
      for z in 0..<settings.skills {
        let share = exp(joint[z] - likelihood)
        use[z] += share / Double(count)
        losses.reconstruction -= share * reconstruction[z] / steps
        differentiate(i, z, share)
      }
    }
    guard losses.likelihood.isFinite else { throw .notANumber(place: "likelihood", update: prior.steps) }
    losses.usedSkills = exp(-use.reduce(0) { $1 > 0 ? $0 + $1 * log($1) : $0 })
    prior.descend(
      priorRows.batch(from: 0), rows: count, priorWorkspace, dOutputs: priorShares, adam,
      learningRate: settings.learningRate)
    decoder.descend(
      decoderRows.batch(from: 0), rows: count * settings.length * settings.skills, decoderWorkspace,
      dOutputs: decoderShares, adam, learningRate: settings.learningRate)
    return losses
  }

  /// Replaces probabilities by the gradient of the mean of −log p a step with respect to the logits, for what a skill has to answer
  /// for in a stretch: p(z) − q(z) of the prior, q(z) (π(a) − [a was done]) of the decoder.
  private func differentiate(_ i: Int, _ z: Int, _ share: Double) {
    let scale = 1 / Float(settings.batchSize * settings.length)
    let place = i * settings.skills + z
    priorShares[place] = scale * (priorShares[place] - Float(share))
    for k in 0..<settings.length {
      let d = decoderShares + row(i, k, z) * actions.actions
      d[Int(chosen[i * settings.length + k])] -= 1
      for a in 0..<actions.actions { d[a] *= scale * Float(share) }
    }
  }
}

// The project's own, which have the same bits on every machine.
private func exp(_ x: Double) -> Double { Double(Elementwise.exp(Float(x))) }
private func log(_ x: Double) -> Double { Double(Elementwise.log(Float(x))) }
