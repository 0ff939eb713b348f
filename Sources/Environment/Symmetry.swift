/// A symmetry of a world: a way to relabel observations and actions after which the world's rules are what they were, as
/// a landscape and its mirror image are equally likely and equally walked.
///
/// What holds in one state then holds in its image, so a learner may show every observation in all its images.
public struct Symmetry: Sendable, Equatable {
  /// What a symmetry does with one field of an observation.
  public struct FieldImage: Sendable, Equatable {
    /// For each byte of the field's image, the byte of the field that it is taken from; nil where they stay.
    public var sources: [Int]?
    /// What each value becomes; nil where they stay. As many as the field's first cardinality.
    public var values: [UInt8]?

    /// An image of a field.
    public init(sources: [Int]? = nil, values: [UInt8]? = nil) {
      self.sources = sources
      self.values = values
    }
  }

  /// A name (`mirror-x`).
  public var name: String
  /// The fields that it changes, by name.
  public var fields: [String: FieldImage]
  /// What each action becomes.
  public var actions: [Int]

  /// A symmetry.
  public init(_ name: String, fields: [String: FieldImage], actions: [Int]) {
    self.name = name
    self.fields = fields
    self.actions = actions
  }
}

/// A symmetry compiled for an observation's layout: what a learner applies.
public struct SymmetryMap: Sendable {
  /// For each byte of the image, where it comes from, and where its table of values starts in ``values``.
  @usableFromInline let sources: [Int32], tables: [Int32]
  /// Tables of 256 values; the first leaves every value as it is.
  @usableFromInline let values: [UInt8]
  /// What each action becomes.
  public let actions: [Int32]

  /// The map of a symmetry, or of none.
  ///
  /// - Precondition: images fit their fields.
  public init(_ symmetry: Symmetry?, of world: WorldSpecification) {
    var sources: [Int32] = [], tables: [Int32] = [], values = (0...255).map(UInt8.init)
    for field in world.observation.fields {
      let image = symmetry?.fields[field.name] ?? Symmetry.FieldImage()
      let start = Int32(sources.count)
      precondition(image.sources.map { $0.count == field.count } ?? true, "\(field.name) keeps its size")
      sources += (image.sources ?? Array(0..<field.count)).map { start + Int32($0) }
      var table: Int32 = 0
      if let relabelled = image.values {
        precondition(relabelled.count == field.cardinalities[0], "\(field.name) keeps its values")
        table = Int32(values.count)
        values += relabelled + [UInt8](repeating: 0, count: 256 - relabelled.count)
      }
      tables += [Int32](repeating: table, count: field.count)
    }
    self.sources = sources
    self.tables = tables
    self.values = values
    actions = (symmetry?.actions ?? Array(world.actions.indices)).map(Int32.init)
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
