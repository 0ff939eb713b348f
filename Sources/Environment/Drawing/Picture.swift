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

extension Picture {
  /// The same picture in another size; each point is that of the place in the middle of which it lies.
  public func scaled(width: Int, height: Int) -> Picture {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(3 * width * height)
    for row in 0..<height {
      let from = (2 * row + 1) * self.height / (2 * height)
      for column in 0..<width {
        let point = 3 * (from * self.width + (2 * column + 1) * self.width / (2 * width))
        bytes += self.bytes[point..<point + 3]
      }
    }
    return Picture(width: width, height: height, bytes: bytes)
  }
}
