import KnackEnvironment
import KnackNetworks

/// Observations in their images under a world's symmetries: one worker's memory, filled anew for each chunk.
///
/// A transition is as true of the image as of the original, so learning from both is learning from more data without
/// another step in the world (van der Pol et al. 2020, arXiv:2006.16908, build the same knowledge into the network). The
/// probability with which the image's action was taken is that of the original: a policy that is trained on all
/// images soon treats them alike.
final class ObservationImages {
  /// The rows' images.
  let store: ObservationStore
  private let maps: [SymmetryMap]
  private let image: UnsafeMutablePointer<UInt8>

  /// Room for `rows` observations of `size` bytes. The identity is one of `maps`.
  init(_ network: ActorCritic, _ maps: [SymmetryMap], size: Int, rows: Int) {
    self.maps = maps
    store = ObservationStore(network, size: size, capacity: rows)
    image = .allocate(capacity: size)
    image.initialize(repeating: 0, count: size)
  }

  deinit { image.deallocate() }

  /// Shows an observation in one of its images in a row. `number` may be any number that is not negative.
  func show(_ observation: UnsafePointer<UInt8>, image number: Int, row: Int) {
    maps[number % maps.count].apply(observation, into: image)
    store.store(image, as: row)
  }

  /// What an action becomes in that image.
  func action(_ action: Int32, image number: Int) -> Int32 { maps[number % maps.count].actions[Int(action)] }
}
