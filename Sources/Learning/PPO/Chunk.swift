import KnackNetworks

/// A part of a minibatch that is small enough for the cache: some samples, and the rows that the network is run on for
/// them. Several samples may share a row.
///
/// One worker's memory, filled anew for each chunk.
final class Chunk {
  /// Room for rows and for samples.
  let rowCapacity: Int, sampleCapacity: Int
  let workspace: ActorCriticWorkspace

  private(set) var sampleCount = 0
  /// What was noted of each sample, its advantage normalised, and its row.
  let samples: UnsafeMutablePointer<Sample>
  let rowOfSample: UnsafeMutablePointer<Int32>

  private(set) var rowCount = 0
  /// The rollout's observation that a row shows.
  let observations: UnsafeMutablePointer<Int32>
  /// What the row's actions are masked with, shape (rows, actions); nil where nothing is.
  let masks: UnsafeMutablePointer<UInt8>?
  /// For recurrent networks: whether an episode starts at a row, and the states before the first step.
  let starts: UnsafeMutablePointer<Bool>
  let initialStates: UnsafeMutablePointer<Float>

  /// Scratch memory of the loss: shape (rows, actions) the first two, (rows) the others.
  let probabilities, scores, entropies, entropyWeights, dValues: UnsafeMutablePointer<Float>

  /// A sample, as the loss needs it.
  struct Sample: BitwiseCopyable {
    var action: Int32 = 0
    var logProbability: Float = 0, advantage: Float = 0, value: Float = 0, `return`: Float = 0
  }

  private let rollout: Rollout

  init(_ network: ActorCritic, _ rollout: Rollout, rows: Int, samples sampleCapacity: Int) {
    self.rollout = rollout
    rowCapacity = rows
    self.sampleCapacity = sampleCapacity
    workspace = ActorCriticWorkspace(network, rows: rows)
    func make<T>(_ count: Int, _ zero: T) -> UnsafeMutablePointer<T> {
      let memory = UnsafeMutablePointer<T>.allocate(capacity: max(1, count))
      memory.initialize(repeating: zero, count: count)
      return memory
    }
    samples = make(sampleCapacity, Sample())
    rowOfSample = make(sampleCapacity, 0)
    observations = make(rows, 0)
    masks = rollout.masks == nil ? nil : make(rows * rollout.actionCount, 1)
    starts = make(rows, false)
    initialStates = make(rows * rollout.stateSize, 0)
    probabilities = make(rows * rollout.actionCount, 0)
    scores = make(rows * rollout.actionCount, 0)
    entropies = make(rows, 0)
    entropyWeights = make(rows, 0)
    dValues = make(rows, 0)
  }

  deinit {
    samples.deallocate()
    rowOfSample.deallocate()
    observations.deallocate()
    masks?.deallocate()
    starts.deallocate()
    initialStates.deallocate()
    for floats in [probabilities, scores, entropies, entropyWeights, dValues] { floats.deallocate() }
  }

  /// Takes as many samples as there is room for, named by their places among the distinct observations, in order; returns
  /// how many. Equal observations share a row.
  func fill(
    _ places: UnsafeBufferPointer<UInt32>, _ distinct: DistinctObservations,
    _ advantages: (mean: Float, scale: Float)
  ) -> Int {
    sampleCount = 0
    rowCount = 0
    var last = UInt32.max
    for place in places {
      let group = distinct.groups[Int(place)]
      if group != last {
        if rowCount == rowCapacity { break }
        addRow(Int(distinct.representatives[Int(group)]))
        last = group
      }
      if sampleCount == sampleCapacity { break }
      add(Int(distinct.samples[Int(place)]), row: rowCount &- 1, advantages)
    }
    return sampleCount
  }

  /// Takes the sequences of a recurrent network, as many as there is room for; returns how many. Every sample has its own
  /// row, step by step (row = step * sequences + sequence).
  func fill(
    sequences: UnsafeBufferPointer<UInt32>, length: Int, _ advantages: (mean: Float, scale: Float)
  ) -> Int {
    sampleCount = 0
    rowCount = 0
    let taken = min(sequences.count, rowCapacity / length)
    for step in 0..<length {
      for k in 0..<taken {
        let sample = Int(sequences[k]) &* length &+ step
        starts[rowCount] = rollout.samples[sample].starts
        addRow(sample)
        add(sample, row: rowCount &- 1, advantages)
      }
    }
    let size = rollout.stateSize
    for k in 0..<taken {
      (initialStates + k &* size).update(
        from: rollout.initialStates + Int(sequences[k]) &* size, count: size)
    }
    return taken
  }

  private func addRow(_ sample: Int) {
    observations[rowCount] = Int32(truncatingIfNeeded: sample)
    if let masks, let all = rollout.masks {
      let actions = rollout.actionCount
      (masks + rowCount &* actions).update(from: all + sample &* actions, count: actions)
    }
    rowCount &+= 1
  }

  private func add(_ index: Int, row: Int, _ advantages: (mean: Float, scale: Float)) {
    let sample = rollout.samples[index]
    samples[sampleCount] = Sample(
      action: sample.action, logProbability: sample.logProbability,
      advantage: (sample.advantage - advantages.mean) * advantages.scale, value: sample.value,
      return: sample.return)
    rowOfSample[sampleCount] = Int32(truncatingIfNeeded: row)
    sampleCount &+= 1
  }
}
