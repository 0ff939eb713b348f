import KnackNetworks

/// The gradient of PPO's loss over a minibatch, in shards: each adds up the gradient of its own samples in its own
/// vector, chunk by chunk.
///
/// A minibatch is a list of numbers (see ``Minibatches``). For a feed-forward network, a number is a place among the rollout's distinct
/// observations (see ``DistinctObservations``). For a recurrent one it is a *sequence*: `sequenceLength` consecutive
/// steps of one world, which the network runs through from their stored initial state.
final class PPOGradient: @unchecked Sendable {  // shards write disjoint memory
  let network: ActorCritic
  let rollout: Rollout
  let loss: PPOLoss
  let shards: Int
  /// Which samples are alike, and which parameters have a gradient, of the rollout at hand.
  let distinct: DistinctObservations
  let active: ActiveParameters

  /// The shards' gradients, shape (shards, stride): the parameters rounded up to a cache line.
  let gradients: UnsafeMutablePointer<Float>
  let stride: Int
  /// The shards' sums since ``resetSums()``.
  private let sums: UnsafeMutablePointer<PPOLoss.Sums>
  private let chunks: [Chunk]  // one a worker

  init(_ network: ActorCritic, _ rollout: Rollout, _ ppo: PPOConfiguration, workers: Int) {
    self.network = network
    self.rollout = rollout
    loss = PPOLoss(ppo, actions: rollout.actionCount)
    shards = ppo.gradientShards
    distinct = DistinctObservations(capacity: rollout.count)
    active = ActiveParameters(network)
    stride = (network.layout.count + 15) / 16 * 16
    let raw = UnsafeMutableRawPointer.allocate(byteCount: shards * stride * 4, alignment: 64)
    gradients = raw.initializeMemory(as: Float.self, repeating: 0, count: shards * stride)
    sums = .allocate(capacity: shards)
    sums.initialize(repeating: PPOLoss.Sums(), count: shards)
    let own = (ppo.minibatchSize + shards - 1) / shards
    // What a chunk computes on its way shall stay near: 4 MiB, but never so few rows that products become slow.
    let near = max(32, (1 << 20) / network.tapeWidth)
    let rows = min(own, network.stateSize == 0 ? min(256, near) : min(32, near) * rollout.sequenceLength)
    chunks = (0..<workers).map { _ in
      Chunk(
        network, rollout, rows: max(rows, rollout.sequenceLength), samples: ppo.minibatchSize)
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
  func compute(
    shard: Int, worker: Int, parameters: UnsafePointer<Float>, minibatch: Minibatches.Minibatch
  ) {
    let gradient = gradients + shard * stride
    for stretch in active.stretches {
      (gradient + stretch.lowerBound).update(repeating: 0, count: stretch.count)
    }
    let chunk = chunks[worker]
    let advantages = minibatch.advantages
    var start = minibatch.bounds[shard]
    let end = minibatch.bounds[shard + 1]
    while start < end {
      let rest = UnsafeBufferPointer(rebasing: minibatch.numbers[start..<end])
      let rows: ActorCritic.Rows
      if network.stateSize == 0 {
        start += chunk.fill(rest, distinct, advantages)
        rows = ActorCritic.Rows(rollout.observations.batch(chunk.observations), count: chunk.rowCount)
      } else {
        let taken = chunk.fill(sequences: rest, length: rollout.sequenceLength, advantages)
        start += taken
        rows = ActorCritic.Rows(
          rollout.observations.batch(chunk.observations), sequences: taken, length: rollout.sequenceLength,
          initialState: chunk.initialStates, starts: chunk.starts)
      }
      let output = network.forward(parameters, rows, chunk.workspace)
      loss.differentiate(output.logits, output.values, chunk, &sums[shard])
      network.backward(
        parameters, rows, chunk.workspace, dLogits: output.logits, dValues: output.values, gradient: gradient)
      sums[shard].rows += chunk.rowCount
      for row in 0..<chunk.rowCount {
        sums[shard].gatheredRows += rollout.observations.rowCount(of: Int(chunk.observations[row]))
      }
    }
  }
}
