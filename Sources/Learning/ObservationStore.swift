import KnackNetworks

/// Observations as a network reads them: the rows to gather and, where an encoder wants them, the bytes themselves.
final class ObservationStore: @unchecked Sendable {  // workers write disjoint samples
  let capacity: Int
  /// Bytes in an observation.
  let size: Int
  private let network: ActorCritic
  private let gathered: GatheredRows
  private let bytes: UnsafeMutablePointer<UInt8>
  /// The numbers 0, 1, 2, …: a run of them names consecutive samples.
  private let identity: UnsafeMutablePointer<Int32>

  /// Room for `capacity` observations of `size` bytes.
  init(_ network: ActorCritic, size: Int, capacity: Int) {
    self.network = network
    self.size = size
    self.capacity = capacity
    // Each sample's rows start on a cache line.
    let room = (network.vocabulary.capacity + 31) / 32 * 32
    func make<T: BitwiseCopyable>(_ count: Int, _ zero: T) -> UnsafeMutablePointer<T> {
      UnsafeMutableRawPointer.allocate(byteCount: max(64, count * MemoryLayout<T>.stride), alignment: 64)
        .initializeMemory(as: T.self, repeating: zero, count: count)
    }
    gathered = GatheredRows(rows: make(capacity * room, 0), counts: make(capacity, 0), capacity: room)
    bytes = make(network.readsObservations ? capacity * size : 0, 0)
    identity = make(capacity, 0)
    for i in 0..<capacity { identity[i] = Int32(i) }
  }

  deinit {
    gathered.rows.deallocate()
    gathered.counts.deallocate()
    bytes.deallocate()
    identity.deallocate()
  }

  /// Stores an observation as sample `sample`.
  func store(_ observation: UnsafePointer<UInt8>, as sample: Int) {
    let rows = network.vocabulary.encode(observation, into: gathered.rows + sample &* gathered.capacity)
    gathered.counts[sample] = UInt16(truncatingIfNeeded: rows)
    if network.readsObservations {
      (bytes + sample &* size).update(from: observation, count: size)
    }
  }

  /// Copies a sample of another store of the same network.
  @inline(__always)
  func copy(_ source: Int, of other: ObservationStore, to sample: Int) {
    let count = other.gathered.counts[source]
    gathered.counts[sample] = count
    // Whole cache lines; the first without asking for the count, which would have to arrive before.
    let from = UnsafeRawPointer(other.gathered.rows + source &* gathered.capacity)
    let to = UnsafeMutableRawPointer(gathered.rows + sample &* gathered.capacity)
    var line = 0
    repeat {
      to.storeBytes(
        of: from.loadUnaligned(fromByteOffset: line, as: SIMD32<UInt16>.self), toByteOffset: line,
        as: SIMD32<UInt16>.self)
      line &+= 64
    } while line < Int(count) &* 2
    if network.readsObservations {
      (bytes + sample &* size).update(from: other.bytes + source &* size, count: size)
    }
  }

  /// The consecutive samples from `first` on.
  func batch(from first: Int) -> ObservationBatch { batch(identity + first) }

  /// The samples named by `samples`.
  func batch(_ samples: UnsafePointer<Int32>) -> ObservationBatch {
    ObservationBatch(gathered: gathered, bytes: bytes, size: size, samples: samples)
  }

  /// The rows that a sample names.
  @inline(__always)
  func rows(of sample: Int) -> UnsafeBufferPointer<UInt16> { gathered.rows(of: sample) }
}
