/// Which stretch of a network's flat parameter vector is what.
///
/// Slices follow one another without holes, in the order in which they were added. The gradient and the optimiser's
/// moments are vectors of the same length with the same layout.
public struct ParameterLayout: Sendable, Equatable {
  /// A named tensor inside the flat vector, row-major.
  public struct Slice: Sendable, Equatable {
    /// The name under which it is saved, such as `actor.0.weight`.
    public let name: String
    /// The sizes of its dimensions.
    public let shape: [Int]
    /// Where it starts.
    public let offset: Int
    /// How many numbers it has: the product of `shape`.
    public let count: Int
  }

  /// The slices in the order of their offsets.
  public private(set) var slices: [Slice] = []

  /// The length of the flat vector.
  public var count: Int { slices.last.map { $0.offset + $0.count } ?? 0 }

  /// No parameters.
  public init() {}

  /// Appends a tensor and returns its offset. The name must be new.
  public mutating func add(_ name: String, _ shape: [Int]) -> Int {
    precondition(!slices.contains { $0.name == name }, "Two parameters are named \(name); name each once.")
    precondition(shape.allSatisfy { $0 > 0 }, "Parameter \(name) has an empty dimension: \(shape).")
    let offset = count
    slices.append(Slice(name: name, shape: shape, offset: offset, count: shape.reduce(1, *)))
    return offset
  }
}
