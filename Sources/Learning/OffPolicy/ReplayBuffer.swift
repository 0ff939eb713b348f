import KnackNetworks
import KnackNumerics

/// The latest transitions of many worlds, to be drawn from uniformly: a ring that overwrites the oldest ones.
///
/// Rows are kept as bytes, each with what it takes to learn from it by itself: what was seen, done and got, what was seen then, and how
/// much of what comes after it counts.
public struct ReplayBuffer: Sendable {
  /// The most that it holds.
  public let capacity: Int
  /// How many it has ever been given.
  public private(set) var added = 0
  /// Bytes of an observation, and of a mask; 0 where nothing is masked.
  public let observationSize: Int, maskSize: Int
  /// Numbers beside an observation.
  public let featureSize: Int
  private var observations, nextObservations, masks, nextMasks: [UInt8]
  private var actions: [Int32], rewards: [Float], discounts: [Float], boundaries: [Bool]
  private var features, nextFeatures: [Float]

  /// How many it holds.
  public var count: Int { min(added, capacity) }

  /// An empty buffer, with all its memory.
  public init(capacity: Int, observationSize: Int, maskSize: Int = 0, featureSize: Int = 0) {
    precondition(capacity > 0, "room for a transition at least")
    self.capacity = capacity
    self.observationSize = observationSize
    self.maskSize = maskSize
    self.featureSize = featureSize
    observations = [UInt8](repeating: 0, count: capacity * observationSize)
    nextObservations = observations
    masks = [UInt8](repeating: 1, count: capacity * maskSize)
    nextMasks = masks
    actions = [Int32](repeating: 0, count: capacity)
    rewards = [Float](repeating: 0, count: capacity)
    discounts = rewards
    boundaries = [Bool](repeating: false, count: capacity)
    features = [Float](repeating: 0, count: capacity * featureSize)
    nextFeatures = features
  }

  /// Adds a transition; where there is no room it takes the place of the oldest one.
  ///
  /// - Parameters:
  ///   - observation: what was seen before it, `observationSize` bytes.
  ///   - reward: what was got, of several steps their discounted sum.
  ///   - discount: how much what comes after it counts: the discount factor, to the power of its steps where it took several, and 0
  ///     where the task ended with it. A limit that cut an episode short is no end (Pardo et al. 2018, arXiv:1712.00378).
  ///   - next: what was seen after it.
  ///   - mask: what might be done before it, `maskSize` bytes, 1 where allowed; nil where everything was. `nextMask`: after it.
  ///   - features: numbers beside what was seen before it, `featureSize` of them; nil for zeros. `nextFeatures`: after it.
  ///   - isBoundary: whether the next choice is somebody else's: a skill has ended, and another level chooses.
  public mutating func add(
    _ observation: UnsafePointer<UInt8>, action: Int32, reward: Float, discount: Float,
    next: UnsafePointer<UInt8>, mask: UnsafePointer<UInt8>? = nil, nextMask: UnsafePointer<UInt8>? = nil,
    features: UnsafePointer<Float>? = nil, nextFeatures: UnsafePointer<Float>? = nil, isBoundary: Bool = false
  ) {
    let place = added % capacity
    func copy<T>(_ row: UnsafePointer<T>?, _ size: Int, orElse other: T, into rows: inout [T]) {
      rows.withUnsafeMutableBufferPointer {
        let target = $0.baseAddress! + place * size
        if let row {
          target.update(from: row, count: size)
        } else {
          target.update(repeating: other, count: size)
        }
      }
    }
    copy(observation, observationSize, orElse: 0, into: &observations)
    copy(next, observationSize, orElse: 0, into: &nextObservations)
    if maskSize > 0 {
      copy(mask, maskSize, orElse: 1, into: &masks)
      copy(nextMask, maskSize, orElse: 1, into: &nextMasks)
    }
    if featureSize > 0 {
      copy(features, featureSize, orElse: 0, into: &self.features)
      copy(nextFeatures, featureSize, orElse: 0, into: &self.nextFeatures)
    }
    actions[place] = action
    rewards[place] = reward
    discounts[place] = discount
    boundaries[place] = isBoundary
    added += 1
  }

  /// Fills a batch with transitions drawn independently and uniformly, with replacement.
  ///
  /// - Precondition: there are some, with as many features as the batch has.
  public func sample(into batch: TransitionBatch, random: inout RandomStream) {
    draw(for: batch, random: &random)
    read(into: batch)
  }

  /// Draws which transitions a batch is to have, as ``sample(into:random:)`` does, without copying them.
  public func draw(for batch: TransitionBatch, random: inout RandomStream) {
    precondition(count > 0, "nothing to draw from")
    let count = UInt32(count)
    for row in 0..<batch.count { batch.places[row] = Int(random.below(count)) }
  }

  /// Copies the transitions that were drawn for a batch.
  public func read(into batch: TransitionBatch) {
    for row in 0..<batch.count { read(batch.places[row], into: batch, row: row) }
  }

  /// Copies the transition at a place into a row of a batch.
  public func read(_ place: Int, into batch: TransitionBatch, row: Int) {
    observations.withUnsafeBufferPointer {
      batch.observations.store($0.baseAddress! + place * observationSize, as: row)
    }
    nextObservations.withUnsafeBufferPointer {
      batch.nextObservations.store($0.baseAddress! + place * observationSize, as: row)
    }
    if let target = batch.masks, let nextTarget = batch.nextMasks {
      masks.withUnsafeBufferPointer {
        (target + row * maskSize).update(from: $0.baseAddress! + place * maskSize, count: maskSize)
      }
      nextMasks.withUnsafeBufferPointer {
        (nextTarget + row * maskSize).update(from: $0.baseAddress! + place * maskSize, count: maskSize)
      }
    }
    if featureSize > 0 {
      features.withUnsafeBufferPointer {
        batch.observations.features(of: row).update(
          from: $0.baseAddress! + place * featureSize, count: featureSize)
      }
      nextFeatures.withUnsafeBufferPointer {
        batch.nextObservations.features(of: row).update(
          from: $0.baseAddress! + place * featureSize, count: featureSize)
      }
    }
    batch.actions[row] = actions[place]
    batch.rewards[row] = rewards[place]
    batch.discounts[row] = discounts[place]
    batch.isBoundary[row] = boundaries[place]
  }

  // MARK: - Saving

  /// All that it holds, as bytes of this build's own layout.
  public func save() -> [UInt8] {
    func bytes<T: BitwiseCopyable>(_ values: ArraySlice<T>) -> [UInt8] { values.withUnsafeBytes(Array.init) }
    let count = count
    var saved = withUnsafeBytes(of: added) { Array($0) }
    saved += observations[..<(count * observationSize)] + nextObservations[..<(count * observationSize)]
    saved += masks[..<(count * maskSize)] + nextMasks[..<(count * maskSize)]
    saved += bytes(actions[..<count]) + bytes(rewards[..<count]) + bytes(discounts[..<count])
    saved += bytes(features[..<(count * featureSize)]) + bytes(nextFeatures[..<(count * featureSize)])
    return saved + boundaries[..<count].map { $0 ? 1 : 0 }
  }

  /// Takes on what ``save()`` gave of a buffer of the same sizes; false, with nothing changed, where the bytes are not that.
  ///
  /// - Parameters:
  ///   - actions: how many there are.
  ///   - cardinalities: for each byte of an observation, its number of values.
  public mutating func restore(_ bytes: [UInt8], actions: Int, cardinalities: [Int]) -> Bool {
    precondition(cardinalities.count == observationSize, "a number of values for each byte")
    guard bytes.count >= 8 else { return false }
    let added = bytes.withUnsafeBytes { $0.loadUnaligned(as: Int.self) }
    guard added >= 0 else { return false }
    let count = min(added, capacity)
    guard bytes.count == 8 + count * (2 * observationSize + 2 * maskSize + 8 * featureSize + 13) else {
      return false
    }
    var other = self, rest = bytes[8...]
    func take<T: BitwiseCopyable>(_ count: Int, into values: inout [T]) {
      let size = count * MemoryLayout<T>.stride
      values.withUnsafeMutableBytes { $0.copyBytes(from: rest.prefix(size)) }
      rest = rest.dropFirst(size)
    }
    take(count * observationSize, into: &other.observations)
    take(count * observationSize, into: &other.nextObservations)
    take(count * maskSize, into: &other.masks)
    take(count * maskSize, into: &other.nextMasks)
    take(count, into: &other.actions)
    take(count, into: &other.rewards)
    take(count, into: &other.discounts)
    take(count * featureSize, into: &other.features)
    take(count * featureSize, into: &other.nextFeatures)
    guard rest.allSatisfy({ $0 <= 1 }),
      other.actions[..<count].allSatisfy({ (0..<Int32(actions)).contains($0) }),
      [other.observations, other.nextObservations].allSatisfy({ rows in
        (0..<count * observationSize).allSatisfy { Int(rows[$0]) < cardinalities[$0 % observationSize] }
      }),
      (other.rewards[..<count] + other.discounts[..<count]).allSatisfy(\.isFinite),
      (other.features[..<(count * featureSize)] + other.nextFeatures[..<(count * featureSize)])
        .allSatisfy(\.isFinite)
    else { return false }
    for (place, flag) in rest.enumerated() { other.boundaries[place] = flag == 1 }
    other.added = added
    self = other
    return true
  }
}

/// A minibatch of transitions as networks read them.
public final class TransitionBatch: @unchecked Sendable {  // one worker at a time fills it
  /// Rows.
  public let count: Int
  /// What was seen before and after, with the numbers beside it.
  public let observations, nextObservations: ObservationStore
  /// By row, as ``ReplayBuffer/add(_:action:reward:discount:next:mask:nextMask:features:nextFeatures:isBoundary:)`` was given them.
  public let actions: UnsafeMutablePointer<Int32>
  /// See above.
  public let rewards, discounts: UnsafeMutablePointer<Float>
  /// By row, whether the next choice is somebody else's.
  public let isBoundary: UnsafeMutablePointer<Bool>
  /// What might be done before and after, shape (count, actions); nil where nothing is masked.
  let masks, nextMasks: UnsafeMutablePointer<UInt8>?
  /// By row, where in the memory its transition was drawn.
  let places: UnsafeMutablePointer<Int>

  /// Room for `count` transitions in which such a network reads what was seen.
  public init(_ network: Perceptron, count: Int, masks isMasked: Bool = false) {
    func make<T: BitwiseCopyable>(_ count: Int, _ value: T) -> UnsafeMutablePointer<T> {
      let memory = UnsafeMutablePointer<T>.allocate(capacity: max(1, count))
      memory.initialize(repeating: value, count: count)
      return memory
    }
    self.count = count
    observations = ObservationStore(network, capacity: count)
    nextObservations = ObservationStore(network, capacity: count)
    actions = make(count, 0)
    rewards = make(count, 0)
    discounts = make(count, 0)
    isBoundary = make(count, false)
    places = make(count, 0)
    masks = isMasked ? make(count * network.outputs, 1) : nil
    nextMasks = isMasked ? make(count * network.outputs, 1) : nil
  }

  deinit {
    actions.deallocate()
    rewards.deallocate()
    discounts.deallocate()
    isBoundary.deallocate()
    places.deallocate()
    masks?.deallocate()
    nextMasks?.deallocate()
  }
}
