/// A way to show people a world: a picture of how the first episode of a seed begins.
public struct WorldView: Sendable {
  /// Its name (`first-person`), and in one sentence what it shows.
  public let name: String, summary: String
  /// Draws it: points across and down, each at least 1.
  public let draw: @Sendable (_ seed: UInt64, _ width: Int, _ height: Int) -> Picture

  /// A view.
  public init(
    name: String, summary: String,
    draw: @escaping @Sendable (_ seed: UInt64, _ width: Int, _ height: Int) -> Picture
  ) {
    self.name = name
    self.summary = summary
    self.draw = draw
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
