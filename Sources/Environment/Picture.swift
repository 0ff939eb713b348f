/// A picture: rows of points from the top, three bytes each for red, green and blue.
public struct Picture: Sendable, Equatable {
  /// Points across and down.
  public let width: Int, height: Int
  /// `3 * width * height` bytes, row by row.
  public var bytes: [UInt8]

  /// A picture; there must be as many bytes as it has points, three for each.
  public init(width: Int, height: Int, bytes: [UInt8]) {
    precondition(
      width > 0 && height > 0 && bytes.count == 3 * width * height, "a picture has three bytes a point")
    self.width = width
    self.height = height
    self.bytes = bytes
  }
}
