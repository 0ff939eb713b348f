/// A symmetry of a world: a way to relabel observations and actions after which the world's rules are what they were, as
/// a landscape and its mirror image are equally likely and equally walked.
///
/// What holds in one state then holds in its image, so a policy may treat them alike.
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
