import KnackNetworks

/// The gradient of PPO's loss over a minibatch, in shards: each adds up the gradient of its own samples in its own
/// vector, in chunks small enough to stay in the cache.
///
/// A minibatch is made of *sequences*: `sequenceLength` consecutive steps of one world, which a recurrent network runs
/// through from their stored initial state. For a feed-forward network a sequence is one sample.
final class PPOGradient: @unchecked Sendable {  // shards write disjoint memory
  let network: ActorCritic
  let rollout: Rollout
  let loss: PPOLoss
  let shards: Int
  private let normalizeAdvantages: Bool
  /// The parameters that have a gradient.
  let active: ActiveParameters

  /// The shards' gradients, shape (shards, parameters rounded up to a cache line).
  let gradients: UnsafeMutablePointer<Float>
  let stride: Int
  /// The shards' sums since ``resetSums()``.
  private let sums: UnsafeMutablePointer<PPOLoss.Sums>

  /// Rows in a chunk, and one worker's memory for it.
  private let sequencesPerChunk: Int
  private let scratch: [Scratch]

  init(
    _ network: ActorCritic, _ rollout: Rollout, _ ppo: PPOConfiguration, workers: Int
  ) {
    self.network = network
    self.rollout = rollout
    loss = PPOLoss(ppo, actions: rollout.actionCount)
    shards = ppo.gradientShards
    normalizeAdvantages = ppo.normalizeAdvantages
    active = ActiveParameters(network)
    stride = (network.layout.count + 15) / 16 * 16
    let raw = UnsafeMutableRawPointer.allocate(byteCount: shards * stride * 4, alignment: 64)
    gradients = raw.initializeMemory(as: Float.self, repeating: 0, count: shards * stride)
    sums = .allocate(capacity: shards)
    sums.initialize(repeating: PPOLoss.Sums(), count: shards)
    let length = rollout.sequenceLength
    let most = (ppo.minibatchSize / length + shards - 1) / shards
    sequencesPerChunk = min(most, length == 1 ? 256 : 32)
    let rows = sequencesPerChunk * length
    scratch = (0..<workers).map { [sequencesPerChunk] _ in
      Scratch(network, rollout, rows: rows, sequences: sequencesPerChunk)
    }
  }

  deinit {
    gradients.deallocate()
    sums.deallocate()
  }

  /// Forgets the sums.
  func resetSums() { sums.update(repeating: PPOLoss.Sums(), count: shards) }

  /// The sums over all shards, in their order.
  var totals: PPOLoss.Sums {
    var total = PPOLoss.Sums()
    for shard in 0..<shards { total += sums[shard] }
    return total
  }

  /// Writes the gradient of one shard of a minibatch.
  ///
  /// - Parameters:
  ///   - sequences: the minibatch's sequences, by their numbers in the rollout.
  ///   - advantages: their mean and one over their deviation, to normalise with.
  func compute(
    shard: Int, worker: Int, parameters: UnsafePointer<Float>, sequences: UnsafeBufferPointer<UInt32>,
    advantages: (mean: Float, scale: Float)
  ) {
    let gradient = gradients + shard * stride
    for stretch in active.stretches {
      (gradient + stretch.lowerBound).update(repeating: 0, count: stretch.count)
    }
    let own = sequences.count * shard / shards..<sequences.count * (shard + 1) / shards
    let scratch = scratch[worker]
    var start = own.lowerBound
    while start < own.upperBound {
      let end = min(start + sequencesPerChunk, own.upperBound)
      addChunk(
        UnsafeBufferPointer(rebasing: sequences[start..<end]), parameters, gradient, advantages, scratch,
        &sums[shard])
      start = end
    }
  }

  private func addChunk(
    _ sequences: UnsafeBufferPointer<UInt32>, _ parameters: UnsafePointer<Float>,
    _ gradient: UnsafeMutablePointer<Float>, _ advantages: (mean: Float, scale: Float), _ scratch: Scratch,
    _ sums: inout PPOLoss.Sums
  ) {
    let r = rollout, n = sequences.count, length = r.sequenceLength, actionCount = r.actionCount
    let t = scratch.transitions
    // A chunk's samples lie far apart. Copied together first, by loads that do not wait for each other, they are at hand
    // for the passes that follow.
    for (k, sequence) in sequences.enumerated() {
      for step in 0..<length {
        let i = Int(sequence) &* length &+ step
        let row = step &* n &+ k
        let sample = r.samples[i]
        scratch.observations.copy(i, of: r.observations, to: row)
        scratch.starts[row] = sample.starts
        t.actions[row] = sample.action
        t.logProbabilities[row] = sample.logProbability
        t.advantages[row] = (sample.advantage - advantages.mean) * advantages.scale
        t.values[row] = sample.value
        t.returns[row] = sample.return
        if let masks = r.masks {
          (t.masks! + row &* actionCount).update(from: masks + i &* actionCount, count: actionCount)
        }
      }
      (scratch.initialStates + k &* r.stateSize).update(
        from: r.initialStates + Int(sequence) &* r.stateSize, count: r.stateSize)
    }
    let rows = ActorCritic.Rows(
      scratch.observations.batch(from: 0), sequences: n, length: length, initialState: scratch.initialStates,
      starts: scratch.starts)
    let output = network.forward(parameters, rows, scratch.workspace)
    loss.differentiate(output.logits, output.values, t, rows: rows.count, &sums)
    network.backward(
      parameters, rows, scratch.workspace, dLogits: output.logits, dValues: output.values, gradient: gradient)
  }

  /// Mean and one over the standard deviation (with Bessel's correction, plus 1e-8) of a minibatch's advantages, detail 7
  /// of Huang et al. 2022; 0 and 1 where normalisation is off.
  func advantageStatistics(_ sequences: UnsafeBufferPointer<UInt32>) -> (mean: Float, scale: Float) {
    guard normalizeAdvantages else { return (0, 1) }
    let r = rollout
    var sum = 0.0, squares = 0.0
    for sequence in sequences {
      for step in 0..<r.sequenceLength {
        let a = Double(r.samples[Int(sequence) &* r.sequenceLength &+ step].advantage)
        sum += a
        squares += a * a
      }
    }
    let count = Double(sequences.count * r.sequenceLength)
    let mean = sum / count
    let variance = max(0, squares - sum * mean) / max(1, count - 1)
    return (Float(mean), Float(1 / (variance.squareRoot() + 1e-8)))
  }

  /// One worker's memory for a chunk.
  private final class Scratch {
    let workspace: ActorCriticWorkspace
    let observations: ObservationStore
    let starts: UnsafeMutablePointer<Bool>
    let initialStates: UnsafeMutablePointer<Float>
    let transitions: TransitionRows

    init(_ network: ActorCritic, _ rollout: Rollout, rows: Int, sequences: Int) {
      workspace = ActorCriticWorkspace(network, rows: rows)
      observations = ObservationStore(network, size: rollout.observations.size, capacity: rows)
      starts = .allocate(capacity: rows)
      starts.initialize(repeating: false, count: rows)
      initialStates = .allocate(capacity: max(1, sequences * network.stateSize))
      initialStates.initialize(repeating: 0, count: sequences * network.stateSize)
      transitions = TransitionRows(
        rows: rows, actions: rollout.actionCount, masked: rollout.masks != nil)
    }

    deinit {
      starts.deallocate()
      initialStates.deallocate()
      transitions.deallocate()
    }
  }
}
