/// A way to relabel observations and actions that leaves a world's rules as they are: a symmetry of the world, compiled
/// for a network.
///
/// A network with relabellings sees every observation in all its images and takes the mean of what it says of them, each
/// in the original's terms:
///
///     logits(s)[a] = 1/n Σ_g f(g s)[g a]          value(s) = 1/n Σ_g v(g s)
///
/// so that it treats images alike by construction, whatever its weights (averaging over a group; van der Pol et al. 2020,
/// arXiv:2006.16908, section 2). What it learns in one state it knows in all *n* images, at *n* times the arithmetic.
public struct Relabelling: Sendable, Equatable {
  /// For each byte of the image, where it comes from, and where its table of values starts in ``values``.
  public let sources: [Int32], tables: [Int32]
  /// Tables of 256 values, one after the other.
  public let values: [UInt8]
  /// What each action becomes.
  public let actions: [Int32]

  /// A relabelling. The actions must be a permutation of themselves, and the sources one of the bytes.
  public init(sources: [Int32], tables: [Int32], values: [UInt8], actions: [Int32]) {
    self.sources = sources
    self.tables = tables
    self.values = values
    self.actions = actions
  }

  /// Writes an observation's image.
  @inlinable
  public func apply(_ observation: UnsafePointer<UInt8>, into image: UnsafeMutablePointer<UInt8>) {
    sources.withUnsafeBufferPointer { sources in
      tables.withUnsafeBufferPointer { tables in
        values.withUnsafeBufferPointer { values in
          for i in sources.indices {
            image[i] = values[Int(tables[i]) &+ Int(observation[Int(sources[i])])]
          }
        }
      }
    }
  }
}
