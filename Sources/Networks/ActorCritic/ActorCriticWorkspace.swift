/// Memory for the passes of an ``ActorCritic``, made once for the largest batch. One worker uses it at a time.
public final class ActorCriticWorkspace {
  /// The most rows that a pass may have.
  public let rows: Int
  let trunkTape, actorTape, criticTape: UnsafeMutablePointer<Float>
  /// The states that enter and leave the memory, shape (rows, units), and what its backward pass needs of each step.
  let enteringStates, states, gates, dEntering: UnsafeMutablePointer<Float>
  let dFeatures, dMoreFeatures: UnsafeMutablePointer<Float>
  let buffers: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>)
  /// Of a network with relabellings: the images' samples and starts, the means over images, and their gradients.
  let imageSamples: UnsafeMutablePointer<Int32>
  let imageStarts: UnsafeMutablePointer<Bool>
  let meanLogits, meanValues, dImageLogits, dImageValues: UnsafeMutablePointer<Float>
  private let block: UnsafeMutablePointer<Float>

  /// A workspace for passes of at most `rows` rows.
  public init(_ network: ActorCritic, rows: Int) {
    self.rows = rows
    let rows = rows * network.imageCount
    let averaged = network.imageCount > 1 ? network.interface.actions : 0
    imageSamples = .allocate(capacity: rows)
    imageSamples.initialize(repeating: 0, count: rows)
    imageStarts = .allocate(capacity: rows)
    imageStarts.initialize(repeating: false, count: rows)
    let units = network.memory?.units ?? 0
    let features = max(units, network.trunk?.outputs ?? 0)
    let widest = max(network.actor.widest, network.critic.widest, network.trunk?.widest ?? 0)
    let widths = [
      network.trunk?.tapeWidth ?? 0, network.actor.tapeWidth, network.critic.tapeWidth, units, units,
      network.memory?.gatesCount(rows: 1) ?? 0, units, features, features, widest, widest,
      averaged, averaged > 0 ? 1 : 0, averaged, averaged > 0 ? 1 : 0,
    ]
    let fixed = [network.trunk?.fixedScratch ?? 0, network.actor.fixedScratch, network.critic.fixedScratch]
    // Each part starts on a cache line.
    let sizes = widths.enumerated().map { ($1 * rows + ($0 < fixed.count ? fixed[$0] : 0) + 15) / 16 * 16 }
    let total = sizes.reduce(0, +)
    let raw = UnsafeMutableRawPointer.allocate(byteCount: max(64, total * 4), alignment: 64)
    block = raw.bindMemory(to: Float.self, capacity: total)
    block.initialize(repeating: 0, count: total)
    var next = block
    var parts: [UnsafeMutablePointer<Float>] = []
    for size in sizes {
      parts.append(next)
      next += size
    }
    (trunkTape, actorTape, criticTape) = (parts[0], parts[1], parts[2])
    (enteringStates, states, gates, dEntering) = (parts[3], parts[4], parts[5], parts[6])
    (dFeatures, dMoreFeatures) = (parts[7], parts[8])
    buffers = (parts[9], parts[10])
    (meanLogits, meanValues, dImageLogits, dImageValues) = (parts[11], parts[12], parts[13], parts[14])
  }

  deinit {
    block.deallocate()
    imageSamples.deallocate()
    imageStarts.deallocate()
  }
}
