import KnackNetworks
import KnackNumerics

/// The learning half of an iteration: epochs of shuffled minibatches, each one step of Adam.
///
/// A step has three parts, each spread over the workers: the shards' gradients; their sum, shard by shard in a fixed
/// order, with its norm; and Adam. Every part splits its work the same way whatever the number of workers, so the
/// weights come out the same, bit for bit.
final class PPOUpdate: @unchecked Sendable {  // the parts of a step write disjoint memory
  let gradient: PPOGradient
  private let ppo: PPOConfiguration
  private let pool: WorkerPool
  private let adam: Adam

  let parameters, first, second: UnsafeMutablePointer<Float>
  /// Steps of Adam so far. Saved with a run.
  var gradientSteps = 0
  let minibatches: Minibatches

  /// By part of the active parameters.
  private let squaredNorms: UnsafeMutablePointer<Double>

  /// What the tasks of the step at hand work on: which minibatch of the update, and the number of the last one.
  private var minibatch = 0, lastMinibatch = 0
  private var learningRate: Float = 0
  private var clipScale: Float = 1
  // Made once: a closure that is made for each call would be an allocation a step.
  private var gradientTask: @Sendable (Int, Int) -> Void = { _, _ in }
  private var sumTask: @Sendable (Int, Int) -> Void = { _, _ in }
  private var adamTask: @Sendable (Int, Int) -> Void = { _, _ in }

  init(_ gradient: PPOGradient, _ ppo: PPOConfiguration, seed: UInt64, pool: WorkerPool) {
    self.gradient = gradient
    self.ppo = ppo
    self.pool = pool
    adam = Adam(epsilon: Float(ppo.adamEpsilon))
    let raw = UnsafeMutableRawPointer.allocate(byteCount: 3 * gradient.stride * 4, alignment: 64)
    parameters = raw.initializeMemory(as: Float.self, repeating: 0, count: 3 * gradient.stride)
    first = parameters + gradient.stride
    second = first + gradient.stride
    squaredNorms = .allocate(capacity: ActiveParameters.partCount)
    squaredNorms.initialize(repeating: 0, count: ActiveParameters.partCount)
    minibatches = Minibatches(gradient.rollout, gradient.distinct, ppo, seed: seed)

    gradientTask = { [unowned self] task, worker in
      let hasNext = minibatch < lastMinibatch
      if hasNext && task == 0 { return minibatches.prepare(minibatch + 1) }
      self.gradient.compute(
        shard: hasNext ? task - 1 : task, worker: worker, parameters: parameters,
        minibatch: minibatches[minibatch])
    }
    sumTask = { [unowned self] part, _ in sumGradients(part) }
    adamTask = { [unowned self] part, _ in updateParameters(part) }
  }

  deinit {
    parameters.deallocate()
    squaredNorms.deallocate()
  }

  /// Rows that the network was run on in the last update, and rows of weights that they gathered.
  var work: (rows: Int, gatheredRows: Int) { (gradient.totals.rows, gradient.totals.gatheredRows) }

  /// Learns from the rollout; writes what it measured into `statistics`.
  ///
  /// - Throws: ``LearningError/notANumber(place:update:)`` before any weight is touched by the number that is none.
  func run(learningRate: Double, update: Int, _ statistics: inout IterationStatistics) throws(LearningError) {
    self.learningRate = Float(learningRate)
    gradient.distinct.find(in: gradient.rollout)
    gradient.active.find(gradient.rollout, gradient.distinct, first: first, second: second)
    gradient.resetSums()
    minibatches.restart()
    var norms = 0.0, klOfEarlierEpochs = 0.0
    minibatch = 0
    lastMinibatch = ppo.epochs * minibatches.perEpoch - 1
    while true {
      let norm = try step(update: update)
      norms += norm
      if (minibatch + 1) % minibatches.perEpoch == 0 && ppo.targetKL > 0 {
        let kl = gradient.totals.approximateKL
        if (kl - klOfEarlierEpochs) / Double(gradient.rollout.count) > ppo.targetKL { break }
        klOfEarlierEpochs = kl
      }
      if minibatch == lastMinibatch { break }
      minibatch += 1
    }
    let steps = minibatch + 1

    let sums = gradient.totals
    let samples = Double(steps * ppo.minibatchSize)
    statistics.policyLoss = sums.policyLoss / samples
    statistics.valueLoss = sums.valueLoss / samples
    statistics.entropy = sums.entropy / samples
    statistics.approximateKL = sums.approximateKL / samples
    statistics.oldApproximateKL = sums.oldApproximateKL / samples
    statistics.clipFraction = sums.clipped / samples
    statistics.learningRate = learningRate
    statistics.gradientNorm = norms / Double(steps)
    statistics.gradientSteps = gradientSteps
  }

  /// One step of Adam, on the minibatch at hand; returns the gradient's norm before clipping.
  private func step(update: Int) throws(LearningError) -> Double {
    // Before the shards comes the preparation of the next minibatch, if there is one.
    pool.run(gradient.shards + (minibatch < lastMinibatch ? 1 : 0), gradientTask)
    let parts = gradient.active.parts.count
    pool.run(parts, sumTask)
    var squaredNorm = 0.0
    for part in 0..<parts { squaredNorm += squaredNorms[part] }
    let norm = squaredNorm.squareRoot()
    guard norm.isFinite else { throw .notANumber(place: sourceOfNaN(), update: update) }
    clipScale = Adam.clipScale(norm: norm, maximum: ppo.maxGradientNorm)
    gradientSteps += 1
    pool.run(parts, adamTask)
    return norm
  }

  /// Adds the shards' gradients to the first one's, in the order of the shards.
  private func sumGradients(_ part: Int) {
    let active = gradient.active
    var squaredNorm = 0.0
    for i in active.parts[part] {
      let stretch = active.stretches[i]
      let total = gradient.gradients + stretch.lowerBound
      for shard in 1..<max(1, gradient.shards) {
        Elementwise.addScaled(
          total + shard * gradient.stride, scale: 1, to: total, count: stretch.count)
      }
      squaredNorm += Elementwise.squaredNorm(total, count: stretch.count)
    }
    squaredNorms[part] = squaredNorm
  }

  /// Adam's step on one part of the parameters.
  private func updateParameters(_ part: Int) {
    let active = gradient.active
    for i in active.parts[part] {
      adam.update(
        parameters: parameters, gradient: gradient.gradients, first: first, second: second,
        range: active.stretches[i], step: gradientSteps, learningRate: learningRate, gradientScale: clipScale)
    }
  }

  /// The first quantity, on the way from the worlds to the gradient, that is not finite.
  private func sourceOfNaN() -> String {
    let r = gradient.rollout
    let collected: [(String, KeyPath<Rollout.Sample, Float>)] = [
      ("reward", \.reward), ("log-probability of an action", \.logProbability), ("value", \.value),
      ("advantage", \.advantage),
    ]
    for (name, number) in collected {
      for i in 0..<r.count where !r.samples[i][keyPath: number].isFinite { return name }
    }
    let sums = gradient.totals
    if !sums.policyLoss.isFinite { return "policy loss" }
    if !sums.valueLoss.isFinite { return "value loss" }
    if !sums.entropy.isFinite { return "entropy" }
    for slice in gradient.network.layout.slices
    where !Elementwise.isFinite(gradient.gradients + slice.offset, count: slice.count) {
      return "gradient of \(slice.name)"
    }
    return "norm of the gradient"
  }
}
