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
  /// Steps of Adam so far, and the stream that shuffles. Saved with a run.
  var gradientSteps = 0
  var shuffles: RandomStream

  private let order: UnsafeMutableBufferPointer<UInt32>
  /// One bit a sequence, all zero between uses.
  private let chosen: UnsafeMutablePointer<UInt64>
  private let chosenWords: Int
  /// By part of the active parameters.
  private let squaredNorms: UnsafeMutablePointer<Double>

  /// What the tasks of the step at hand work on.
  private var minibatch = UnsafeBufferPointer<UInt32>(start: nil, count: 0)
  private var advantages: (mean: Float, scale: Float) = (0, 1)
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
    shuffles = RandomStream(seed: seed, stream: RandomPurpose.minibatches.rawValue)
    order = .allocate(capacity: gradient.rollout.count / gradient.rollout.sequenceLength)
    order.initialize(repeating: 0)
    chosenWords = (order.count + 63) / 64
    chosen = .allocate(capacity: chosenWords)
    chosen.initialize(repeating: 0, count: chosenWords)

    gradientTask = { [unowned self] shard, worker in
      self.gradient.compute(
        shard: shard, worker: worker, parameters: parameters, sequences: minibatch, advantages: advantages)
    }
    sumTask = { [unowned self] part, _ in sumGradients(part) }
    adamTask = { [unowned self] part, _ in step(part) }
  }

  deinit {
    parameters.deallocate()
    squaredNorms.deallocate()
    order.deallocate()
    chosen.deallocate()
  }

  /// Learns from the rollout; writes what it measured into `statistics`.
  ///
  /// - Throws: ``LearningError/notANumber(place:update:)`` before any weight is touched by the number that is none.
  func run(learningRate: Double, update: Int, _ statistics: inout IterationStatistics) throws(LearningError) {
    self.learningRate = Float(learningRate)
    gradient.active.find(gradient.rollout, first: first, second: second)
    let parts = gradient.active.parts.count
    gradient.resetSums()
    var minibatches = 0, norms = 0.0
    let size = ppo.minibatchSize / gradient.rollout.sequenceLength
    for i in order.indices { order[i] = UInt32(truncatingIfNeeded: i) }

    epochs: for _ in 0..<ppo.epochs {
      shuffles.shuffle(order)
      let before = gradient.totals.approximateKL
      for start in stride(from: 0, to: order.count, by: size) {
        sort(order[start..<start + size])
        minibatch = UnsafeBufferPointer(rebasing: order[start..<start + size])
        advantages = gradient.advantageStatistics(minibatch)
        pool.run(gradient.shards, gradientTask)
        pool.run(parts, sumTask)
        var squaredNorm = 0.0
        for part in 0..<parts { squaredNorm += squaredNorms[part] }
        let norm = squaredNorm.squareRoot()
        guard norm.isFinite else { throw .notANumber(place: sourceOfNaN(), update: update) }
        clipScale = Adam.clipScale(norm: norm, maximum: ppo.maxGradientNorm)
        gradientSteps += 1
        pool.run(parts, adamTask)
        minibatches += 1
        norms += norm
      }
      let samples = Double(gradient.rollout.count)
      if ppo.targetKL > 0, (gradient.totals.approximateKL - before) / samples > ppo.targetKL { break epochs }
    }

    let sums = gradient.totals
    let samples = Double(minibatches * ppo.minibatchSize)
    statistics.policyLoss = sums.policyLoss / samples
    statistics.valueLoss = sums.valueLoss / samples
    statistics.entropy = sums.entropy / samples
    statistics.approximateKL = sums.approximateKL / samples
    statistics.oldApproximateKL = sums.oldApproximateKL / samples
    statistics.clipFraction = sums.clipped / samples
    statistics.learningRate = learningRate
    statistics.gradientNorm = norms / Double(minibatches)
    statistics.gradientSteps = gradientSteps
  }

  /// Puts the sequences of a minibatch into the order of the rollout. They are the same ones, so nothing is learnt
  /// differently; but neighbours in the rollout look alike and share rows of weights, which then stay in the cache.
  private func sort(_ sequences: Slice<UnsafeMutableBufferPointer<UInt32>>) {
    for sequence in sequences { chosen[Int(sequence / 64)] |= 1 << UInt64(sequence % 64) }
    var next = sequences.startIndex
    for word in 0..<chosenWords {
      var bits = chosen[word]
      chosen[word] = 0
      while bits != 0 {
        order[next] = UInt32(truncatingIfNeeded: word &* 64 &+ bits.trailingZeroBitCount)
        next &+= 1
        bits &= bits &- 1
      }
    }
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
  private func step(_ part: Int) {
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
