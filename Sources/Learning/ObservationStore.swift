import KnackNetworks

/// Observations as a network reads them: the bytes, and the rows of weights that they name.
final class ObservationStore: @unchecked Sendable {  // workers write disjoint samples
  private let network: ActorCritic
  /// Bytes in an observation.
  let size: Int
  /// An observation's bytes, padded with zeros to whole words.
  private let words: UnsafeMutablePointer<UInt64>
  private let wordCount: Int
  private let hashes: UnsafeMutablePointer<UInt64>
  private let gathered: GatheredRows
  /// The numbers 0, 1, 2, …: a run of them names consecutive samples.
  private let identity: UnsafeMutablePointer<Int32>

  /// Room for `capacity` observations of `size` bytes.
  init(_ network: ActorCritic, size: Int, capacity: Int) {
    self.network = network
    self.size = size
    // A sample's rows start on a cache line.
    let room = (network.vocabulary.capacity + 31) / 32 * 32
    func make<T: BitwiseCopyable>(_ count: Int, _ zero: T) -> UnsafeMutablePointer<T> {
      UnsafeMutableRawPointer.allocate(byteCount: max(64, count * MemoryLayout<T>.stride), alignment: 64)
        .initializeMemory(as: T.self, repeating: zero, count: count)
    }
    wordCount = (size + 7) / 8
    words = make(capacity * wordCount, 0)
    hashes = make(capacity, 0)
    gathered = GatheredRows(rows: make(capacity * room, 0), counts: make(capacity, 0), capacity: room)
    identity = make(capacity, 0)
    for i in 0..<capacity { identity[i] = Int32(i) }
  }

  deinit {
    words.deallocate()
    hashes.deallocate()
    gathered.rows.deallocate()
    gathered.counts.deallocate()
    identity.deallocate()
  }

  /// Stores an observation as sample `sample`.
  func store(_ observation: UnsafePointer<UInt8>, as sample: Int) {
    let rows = network.vocabulary.encode(observation, into: gathered.rows + sample &* gathered.capacity)
    gathered.counts[sample] = UInt16(truncatingIfNeeded: rows)
    let own = words + sample &* wordCount
    UnsafeMutableRawPointer(own).copyMemory(from: observation, byteCount: size)
    var hash: UInt64 = 0
    for i in 0..<wordCount {
      hash = (hash ^ own[i]) &* 0x9e37_79b9_7f4a_7c15
      hash ^= hash >> 32
    }
    hashes[sample] = hash
  }

  /// A sample's bytes.
  func bytes(of sample: Int) -> UnsafePointer<UInt8> {
    UnsafeRawPointer(words + sample &* wordCount).assumingMemoryBound(to: UInt8.self)
  }

  /// A number that equal observations share and different ones hardly ever do.
  func hash(of sample: Int) -> UInt64 { hashes[sample] }

  /// Whether two samples are equal, byte for byte.
  func areEqual(_ a: Int, _ b: Int) -> Bool {
    guard hashes[a] == hashes[b] else { return false }
    for i in 0..<wordCount where words[a &* wordCount &+ i] != words[b &* wordCount &+ i] { return false }
    return true
  }

  /// The consecutive samples from `first` on.
  func batch(from first: Int) -> ObservationBatch { batch(identity + first) }

  /// The samples named by `samples`.
  func batch(_ samples: UnsafePointer<Int32>) -> ObservationBatch {
    ObservationBatch(
      gathered: gathered, bytes: UnsafeRawPointer(words).assumingMemoryBound(to: UInt8.self),
      stride: 8 * wordCount, samples: samples)
  }

  /// The rows that a sample names.
  @inline(__always)
  func rows(of sample: Int) -> UnsafeBufferPointer<UInt16> { gathered.rows(of: sample) }
}
