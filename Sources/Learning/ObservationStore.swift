import KnackNetworks

/// Observations as a network reads them: the bytes, and the rows of weights that they name; of each sample as many as the
/// network sees images of it, side by side, itself first.
public final class ObservationStore: @unchecked Sendable {  // workers write disjoint samples
  private let vocabulary: GatherVocabulary
  /// The images in which a network sees every observation, see ``Relabelling``.
  private let relabellings: [Relabelling]
  /// Bytes in an observation.
  public let size: Int
  /// An observation's bytes, padded with zeros to whole words.
  private let words: UnsafeMutablePointer<UInt64>
  private let wordCount: Int
  private let hashes: UnsafeMutablePointer<UInt64>
  private let gathered: GatheredRows
  private let imageCount: Int
  /// Numbers beside each observation, of all samples.
  private let numbers: UnsafeMutablePointer<Float>
  /// Features that each observation has beside its bytes.
  public let featureCount: Int
  /// The numbers 0, 1, 2, …: a run of them names consecutive samples.
  private let identity: UnsafeMutablePointer<Int32>

  /// Room for `capacity` observations of `size` bytes.
  convenience init(_ network: ActorCritic, size: Int, capacity: Int) {
    self.init(
      network.vocabulary, network.interface.relabellings, imageCount: network.imageCount, size: size,
      capacity: capacity)
  }

  /// Room for `capacity` observations.
  public convenience init(_ network: Perceptron, capacity: Int) {
    self.init(
      network.vocabulary, [], imageCount: 1, size: network.cardinalities.count,
      featureCount: network.features, capacity: capacity)
  }

  /// Room for `capacity` steps of sequences.
  public convenience init(_ network: SequenceEncoder, capacity: Int) {
    self.init(
      network.vocabulary, [], imageCount: 1, size: network.vocabulary.cardinalities.count,
      capacity: capacity)
  }

  private init(
    _ vocabulary: GatherVocabulary, _ relabellings: [Relabelling], imageCount: Int, size: Int,
    featureCount: Int = 0, capacity: Int
  ) {
    self.vocabulary = vocabulary
    self.relabellings = relabellings
    self.imageCount = imageCount
    self.size = size
    self.featureCount = featureCount
    // A sample's rows start on a cache line.
    let room = (vocabulary.capacity + 31) / 32 * 32
    func make<T: BitwiseCopyable>(_ count: Int, _ zero: T) -> UnsafeMutablePointer<T> {
      UnsafeMutableRawPointer.allocate(byteCount: max(64, count * MemoryLayout<T>.stride), alignment: 64)
        .initializeMemory(as: T.self, repeating: zero, count: count)
    }
    wordCount = (size + 7) / 8
    words = make(capacity * imageCount * wordCount, 0)
    hashes = make(capacity, 0)
    gathered = GatheredRows(
      rows: make(capacity * imageCount * room, 0), counts: make(capacity * imageCount, 0), capacity: room)
    numbers = make(capacity * featureCount, 0)
    identity = make(capacity, 0)
    for i in 0..<capacity { identity[i] = Int32(i) }
  }

  deinit {
    words.deallocate()
    hashes.deallocate()
    gathered.rows.deallocate()
    gathered.counts.deallocate()
    numbers.deallocate()
    identity.deallocate()
  }

  /// The features of a sample, `featureCount` numbers to read and to write; 0 at first.
  public func features(of sample: Int) -> UnsafeMutablePointer<Float> { numbers + sample &* featureCount }

  /// Stores an observation as sample `sample`.
  public func store(_ observation: UnsafePointer<UInt8>, as sample: Int) {
    let first = sample &* imageCount
    let own = words + first &* wordCount
    UnsafeMutableRawPointer(own).copyMemory(from: observation, byteCount: size)
    var hash: UInt64 = 0
    for i in 0..<wordCount {
      hash = (hash ^ own[i]) &* 0x9e37_79b9_7f4a_7c15
      hash ^= hash >> 32
    }
    hashes[sample] = hash
    encode(first)
    for image in 1..<max(1, imageCount) {
      relabellings[image].apply(observation, into: bytes(first &+ image))
      encode(first &+ image)
    }
  }

  /// Notes the rows that the bytes at a place name.
  private func encode(_ place: Int) {
    let rows = vocabulary.encode(bytes(place), into: gathered.rows + place &* gathered.capacity)
    gathered.counts[place] = UInt16(truncatingIfNeeded: rows)
  }

  private func bytes(_ place: Int) -> UnsafeMutablePointer<UInt8> {
    UnsafeMutableRawPointer(words + place &* wordCount).assumingMemoryBound(to: UInt8.self)
  }

  /// A number that equal observations share and different ones hardly ever do.
  func hash(of sample: Int) -> UInt64 { hashes[sample] }

  /// Whether two samples are equal, byte for byte.
  func areEqual(_ a: Int, _ b: Int) -> Bool {
    guard hashes[a] == hashes[b] else { return false }
    let first = words + a &* imageCount &* wordCount, second = words + b &* imageCount &* wordCount
    for i in 0..<wordCount where first[i] != second[i] { return false }
    return true
  }

  /// The consecutive samples from `first` on.
  public func batch(from first: Int) -> ObservationBatch { batch(identity + first) }

  /// The samples named by `samples`.
  func batch(_ samples: UnsafePointer<Int32>) -> ObservationBatch {
    ObservationBatch(
      gathered: gathered, bytes: UnsafeRawPointer(words).assumingMemoryBound(to: UInt8.self),
      stride: 8 * wordCount, samples: samples, features: featureCount > 0 ? UnsafePointer(numbers) : nil)
  }

  /// Calls `body` with the rows that each image of a sample names.
  @inline(__always)
  func forEachImage(of sample: Int, _ body: (UnsafeBufferPointer<UInt16>) -> Void) {
    for image in 0..<imageCount { body(gathered.rows(of: sample &* imageCount &+ image)) }
  }

  /// How many rows a sample and its images name.
  func rowCount(of sample: Int) -> Int {
    var count = 0
    forEachImage(of: sample) { count += $0.count }
    return count
  }
}
