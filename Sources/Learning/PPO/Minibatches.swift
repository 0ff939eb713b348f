import KnackNumerics

/// The shuffled minibatches of an update, one epoch after the other.
///
/// There is room for two: while the workers learn from one, one of them prepares the next, so that shuffling costs no
/// time of its own.
final class Minibatches: @unchecked Sendable {  // the two are written and read in turns
  /// A minibatch: the numbers it is made of (see ``PPOGradient``), in ascending order, and how they are shared out.
  final class Minibatch {
    let numbers: UnsafeMutableBufferPointer<UInt32>
    /// Shard s has the numbers from `bounds[s]` up to `bounds[s + 1]`.
    let bounds: UnsafeMutableBufferPointer<Int>
    /// Mean of the advantages and one over their deviation, to normalise with.
    var advantages: (mean: Float, scale: Float) = (0, 1)

    init(size: Int, shards: Int) {
      numbers = .allocate(capacity: size)
      numbers.initialize(repeating: 0)
      bounds = .allocate(capacity: shards + 1)
      bounds.initialize(repeating: 0)
    }

    deinit {
      numbers.deallocate()
      bounds.deallocate()
    }
  }

  /// The stream that shuffles. Saved with a run.
  var shuffles: RandomStream
  /// Minibatches in an epoch.
  let perEpoch: Int

  private let rollout: Rollout
  private let distinct: DistinctObservations
  private let isRecurrent: Bool
  private let normalizeAdvantages: Bool
  private let order: UnsafeMutableBufferPointer<UInt32>
  /// One bit for each number in `order`, all zero between uses.
  private let chosen: UnsafeMutableBufferPointer<UInt64>
  private let even, odd: Minibatch

  init(_ rollout: Rollout, _ distinct: DistinctObservations, _ ppo: PPOConfiguration, seed: UInt64) {
    self.rollout = rollout
    self.distinct = distinct
    isRecurrent = rollout.stateSize > 0
    normalizeAdvantages = ppo.normalizeAdvantages
    shuffles = RandomStream(seed: seed, stream: RandomPurpose.minibatches.rawValue)
    let numbers = rollout.count / rollout.sequenceLength
    let size = ppo.minibatchSize / rollout.sequenceLength
    perEpoch = numbers / size
    order = .allocate(capacity: numbers)
    order.initialize(repeating: 0)
    chosen = .allocate(capacity: (numbers + 63) / 64)
    chosen.initialize(repeating: 0)
    even = Minibatch(size: size, shards: ppo.gradientShards)
    odd = Minibatch(size: size, shards: ppo.gradientShards)
  }

  deinit {
    order.deallocate()
    chosen.deallocate()
  }

  /// Minibatch number `k` of the update, once it is prepared.
  subscript(k: Int) -> Minibatch { k % 2 == 0 ? even : odd }

  /// Begins an update.
  func restart() {
    for i in order.indices { order[i] = UInt32(truncatingIfNeeded: i) }
    prepare(0)
  }

  /// Prepares minibatch number `k` of the update; they must be prepared one after the other.
  func prepare(_ k: Int) {
    if k % perEpoch == 0 { shuffles.shuffle(order) }
    let minibatch = self[k]
    let size = minibatch.numbers.count
    let first = k % perEpoch * size
    sort(UnsafeMutableBufferPointer(rebasing: order[first..<first + size]), into: minibatch.numbers)
    share(minibatch)
    if normalizeAdvantages { minibatch.advantages = statistics(minibatch.numbers) }
  }

  /// Sorts a minibatch. It stays the same set, so nothing is learnt differently; but equal observations come to stand
  /// next to each other, to be computed once.
  private func sort(
    _ numbers: UnsafeMutableBufferPointer<UInt32>, into sorted: UnsafeMutableBufferPointer<UInt32>
  ) {
    for number in numbers { chosen[Int(number / 64)] |= 1 << UInt64(number % 64) }
    var next = 0
    for word in chosen.indices {
      var bits = chosen[word]
      chosen[word] = 0
      while bits != 0 {
        sorted[next] = UInt32(truncatingIfNeeded: word &* 64 &+ bits.trailingZeroBitCount)
        next &+= 1
        bits &= bits &- 1
      }
    }
  }

  /// Shares a minibatch out so that every shard has the same number of rows to run the network on: of distinct
  /// observations, or of sequences.
  private func share(_ minibatch: Minibatch) {
    let numbers = minibatch.numbers, bounds = minibatch.bounds, shards = bounds.count - 1
    bounds[shards] = numbers.count
    guard !isRecurrent else {
      for shard in 0..<shards { bounds[shard] = numbers.count * shard / shards }
      return
    }
    func startsGroup(_ i: Int) -> Bool {
      i == 0 || distinct.groups[Int(numbers[i])] != distinct.groups[Int(numbers[i &- 1])]
    }
    var groups = 0
    for i in numbers.indices where startsGroup(i) { groups &+= 1 }
    var shard = 0, seen = 0
    for i in numbers.indices where startsGroup(i) {
      while shard < shards && seen == groups * shard / shards {
        bounds[shard] = i
        shard += 1
      }
      seen &+= 1
    }
    while shard < shards {
      bounds[shard] = numbers.count
      shard += 1
    }
  }

  /// Mean and one over the standard deviation (with Bessel's correction, plus 1e-8) of a minibatch's advantages, detail 7
  /// of Huang et al. 2022.
  private func statistics(_ numbers: UnsafeMutableBufferPointer<UInt32>) -> (mean: Float, scale: Float) {
    var sum = 0.0, squares = 0.0
    func add(_ sample: Int) {
      let a = Double(rollout.samples[sample].advantage)
      sum += a
      squares += a * a
    }
    let length = rollout.sequenceLength
    for number in numbers {
      if isRecurrent {
        for step in 0..<length { add(Int(number) &* length &+ step) }
      } else {
        add(Int(distinct.samples[Int(number)]))
      }
    }
    let count = Double(numbers.count * length)
    let mean = sum / count
    let variance = max(0, squares - sum * mean) / max(1, count - 1)
    return (Float(mean), Float(1 / (variance.squareRoot() + 1e-8)))
  }
}
