/// Points to draw on: rows from the top, 32 bits a point, `0xRRGGBB` in the lower three bytes.
///
/// That is what windows and textures take as they are, and what fills and copies of whole words are quick on. The fourth byte
/// means nothing.
///
/// Drawing beyond the edges draws nothing; a canvas is never written outside of its points.
public struct Canvas {
  /// The point at the upper left.
  public let base: UnsafeMutablePointer<UInt32>
  /// Points across and down, and from one row to the next.
  public let width: Int, height: Int, stride: Int
  /// What keeps the points alive.
  private let owner: AnyObject?

  /// A canvas on `stride * height` points.
  ///
  /// - Parameter owner: what the points live as long as; nil where the caller sees to it that they outlive the canvas.
  public init(
    _ base: UnsafeMutablePointer<UInt32>, width: Int, height: Int, stride: Int, owner: AnyObject? = nil
  ) {
    precondition(width >= 0 && height >= 0 && stride >= width, "rows of a canvas do not overlap")
    self.base = base
    self.width = width
    self.height = height
    self.stride = stride
    self.owner = owner
  }

  /// The part of it that lies in an area, whose own upper left is then the origin.
  public func part(_ area: PixelArea) -> Canvas {
    let area = area.intersection(bounds)
    return Canvas(
      base + area.y * stride + area.x, width: area.width, height: area.height, stride: stride, owner: owner)
  }

  /// All of it.
  public var bounds: PixelArea { PixelArea(x: 0, y: 0, width: width, height: height) }

  /// The first point of a row.
  @inlinable @inline(__always)
  public func row(_ y: Int) -> UnsafeMutablePointer<UInt32> { base + y &* stride }

  /// Fills an area, or everything, with a color.
  ///
  /// - Complexity: O(points).
  public func fill(_ area: PixelArea? = nil, with color: UInt32) {
    let area = (area ?? bounds).intersection(bounds)
    for y in area.y..<area.y + area.height {
      (row(y) + area.x).update(repeating: color, count: area.width)
    }
  }

  /// Lays a color over an area, so that `part` of 256 of it shows.
  public func tint(_ area: PixelArea? = nil, with color: UInt32, part: UInt32) {
    let area = (area ?? bounds).intersection(bounds)
    for y in area.y..<area.y + area.height {
      let points = row(y) + area.x
      for x in 0..<area.width { points[x] = mixed(points[x], color, part: part) }
    }
  }

  /// Copies another canvas of the same size.
  public func copy(_ other: Canvas) {
    for y in 0..<min(height, other.height) {
      row(y).update(from: other.row(y), count: min(width, other.width))
    }
  }

  /// Copies another canvas, whose points become squares or rectangles of several where this one is larger. Each point is that
  /// of the place in the middle of which it lies.
  ///
  /// - Complexity: O(points).
  public func copyScaled(_ other: Canvas) {
    guard other.width > 0, other.height > 0, width > 0 else { return }
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: width) { sources in
      for x in 0..<width { sources[x] = Int32((2 * x + 1) * other.width / (2 * width)) }
      var last = -1
      for y in 0..<height {
        let from = (2 * y + 1) * other.height / (2 * height), target = row(y)
        if from == last {
          target.update(from: row(y - 1), count: width)
        } else {
          let source = other.row(from)
          for x in 0..<width { target[x] = source[Int(sources[x])] }
          last = from
        }
      }
    }
  }

  /// The points as a picture.
  public var picture: Picture {
    var bytes = [UInt8](repeating: 0, count: 3 * width * height)
    bytes.withUnsafeMutableBufferPointer { bytes in
      var next = bytes.baseAddress!
      for y in 0..<height {
        let points = row(y)
        for x in 0..<width {
          let point = points[x]
          next[0] = UInt8(truncatingIfNeeded: point >> 16)
          next[1] = UInt8(truncatingIfNeeded: point >> 8)
          next[2] = UInt8(truncatingIfNeeded: point)
          next += 3
        }
      }
    }
    return Picture(width: width, height: height, bytes: bytes)
  }

  /// Copies the points of a picture of the same size.
  public func copy(_ picture: Picture) {
    guard picture.width == width && picture.height == height else { return }
    picture.bytes.withUnsafeBufferPointer { copy(rgb: $0.baseAddress!) }
  }

  /// Copies as many points as it has from rows of three bytes a point, red first.
  public func copy(rgb bytes: UnsafePointer<UInt8>) {
    var next = bytes
    for y in 0..<height {
      let points = row(y)
      for x in 0..<width {
        points[x] = UInt32(next[0]) << 16 | UInt32(next[1]) << 8 | UInt32(next[2])
        next += 3
      }
    }
  }
}

/// Of two colors, `part` of 256 of the second and the rest of the first.
@inlinable @inline(__always)
public func mixed(_ first: UInt32, _ second: UInt32, part: UInt32) -> UInt32 {
  // Red and blue share a multiplication; each has eight bits of room above it.
  let rest = 256 &- part
  let redBlue = ((first & 0xFF00FF) &* rest &+ (second & 0xFF00FF) &* part) >> 8 & 0xFF00FF
  let green = ((first & 0x00FF00) &* rest &+ (second & 0x00FF00) &* part) >> 8 & 0x00FF00
  return redBlue | green
}

/// A rectangle of points.
public struct PixelArea: Equatable, Sendable {
  /// Its upper left point.
  public var x: Int, y: Int
  /// Points across and down; 0 for nothing.
  public var width: Int, height: Int

  /// A rectangle; a size below 0 is 0.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// What lies in both.
  public func intersection(_ other: PixelArea) -> PixelArea {
    let left = max(x, other.x), top = max(y, other.y)
    return PixelArea(
      x: left, y: top, width: min(x + width, other.x + other.width) - left,
      height: min(y + height, other.y + other.height) - top)
  }

  /// Whether a point lies in it.
  public func contains(x: Int, y: Int) -> Bool {
    x >= self.x && y >= self.y && x < self.x + width && y < self.y + height
  }

  /// What is left inside a margin.
  public func inset(by margin: Int) -> PixelArea {
    PixelArea(x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin)
  }

  /// The largest rectangle in its middle whose width is `aspect` times its height.
  public func fitted(aspect: Double) -> PixelArea {
    let fittedWidth = min(width, Int((Double(height) * aspect).rounded(.down)))
    let fittedHeight = min(height, Int((Double(width) / aspect).rounded(.down)))
    return PixelArea(
      x: x + (width - fittedWidth) / 2, y: y + (height - fittedHeight) / 2, width: fittedWidth,
      height: fittedHeight)
  }
}

extension Canvas {
  /// A canvas with memory of its own, black at first, which lives as long as the canvas or a part of it does.
  public init(width: Int, height: Int) {
    let memory = PointMemory(count: max(1, width * height))
    self.init(memory.start, width: width, height: height, stride: width, owner: memory)
  }
}

/// Points that are freed with it.
private final class PointMemory {
  let start: UnsafeMutablePointer<UInt32>

  init(count: Int) {
    start = .allocate(capacity: count)
    start.initialize(repeating: 0, count: count)
  }

  deinit { start.deallocate() }
}
