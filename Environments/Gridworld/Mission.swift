/// What the agent is asked for, as small integers: the part of a mission that varies between episodes.
///
/// In an observation, each token is one byte, and 0 means that the task does not speak of it; tasks whose mission never
/// changes write zeros.
public struct Mission: Equatable, BitwiseCopyable, Sendable {
  /// Which wording is used, from 1; 0 where there is only one.
  public var wording: UInt8 = 0
  /// The first color, its code plus one.
  public var color: UInt8 = 0
  /// The first object, its kind plus one.
  public var kind: UInt8 = 0
  /// The second color, its code plus one.
  public var secondColor: UInt8 = 0
  /// The second object, its kind plus one.
  public var secondKind: UInt8 = 0

  /// The number of values of each token, in the order of the bytes.
  static let cardinalities = [6, 7, 5, 7, 5]

  /// Nothing that varies.
  public init() {}

  /// A mission about one or two things.
  init(
    wording: Int = 0, _ color: Color, _ kind: ObjectKind? = nil, secondColor: Color? = nil,
    secondKind: ObjectKind? = nil
  ) {
    self.wording = UInt8(truncatingIfNeeded: wording)
    self.color = color.rawValue &+ 1
    self.kind = (kind?.rawValue).map { $0 &+ 1 } ?? 0
    self.secondColor = (secondColor?.rawValue).map { $0 &+ 1 } ?? 0
    self.secondKind = (secondKind?.rawValue).map { $0 &+ 1 } ?? 0
  }

  /// The first color's name.
  var colorName: String { Color(rawValue: color &- 1)?.name ?? "" }
  /// The first object's name.
  var kindName: String { ObjectKind(rawValue: kind &- 1)?.name ?? "" }
  /// The second color's name.
  var secondColorName: String { Color(rawValue: secondColor &- 1)?.name ?? "" }
  /// The second object's name.
  var secondKindName: String { ObjectKind(rawValue: secondKind &- 1)?.name ?? "" }
}
