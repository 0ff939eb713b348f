#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A camera at the player's eyes, which sees in perspective, straight lines being straight.
public struct Camera: Sendable, Equatable, BitwiseCopyable {
  /// Points across and down.
  public let width: Int, height: Int
  /// The angle between the middles of the upper and the lower edge, in degrees.
  public let fieldOfView: Double
  /// How far it sees, in blocks.
  public let range: Int
  /// What half the picture measures, across and upwards, one block ahead.
  private let halfWidth: Double, halfHeight: Double

  /// A camera. Minecraft's own field of view is 70 degrees.
  public init(width: Int, height: Int, fieldOfView: Double = 70, range: Int = 32) {
    precondition(
      (1...4096).contains(width) && (1...4096).contains(height), "a picture has 1 to 4096 points each way")
    precondition((10...150).contains(fieldOfView), "the field of view is 10 to 150 degrees")
    precondition((1...128).contains(range), "a camera sees 1 to 128 blocks far")
    self.width = width
    self.height = height
    self.fieldOfView = fieldOfView
    self.range = range
    halfHeight = tan(fieldOfView * .pi / 360)
    halfWidth = halfHeight * Double(width) / Double(height)
  }

  /// How far apart the lines of points beside each other are, one block ahead.
  var pointSize: Float { Float(2 * halfHeight / Double(height)) }

  /// Points in a picture.
  public var count: Int { width &* height }

  /// The lines of sight through its points for who looks somewhere.
  func lines(_ gaze: Gaze) -> Lines {
    let axes = gaze.axes
    let right = axes.right * (2 * halfWidth / Double(width))
    let down = axes.up * (-2 * halfHeight / Double(height))
    let corner = axes.ahead - axes.right * halfWidth + axes.up * halfHeight
    return Lines(first: SIMD3(corner + (right + down) / 2), right: SIMD3(right), down: SIMD3(down))
  }

  /// Lines of sight through the points of a picture.
  struct Lines: BitwiseCopyable {
    /// Where the upper left point lies, and the steps to the one to its right and the one below.
    let first: SIMD3<Float>, right: SIMD3<Float>, down: SIMD3<Float>

    /// The point of the picture one block ahead, or as far as the picture is extended.
    @inline(__always)
    func point(_ row: Int, _ column: Int) -> SIMD3<Float> {
      first + down * Float(row) + right * Float(column)
    }

    /// The direction of a point's line, of length 1.
    @inline(__always)
    subscript(_ row: Int, _ column: Int) -> SIMD3<Float> {
      let point = point(row, column)
      return point / (point * point).sum().squareRoot()
    }

    /// Eight directions of a row from a column on.
    @inline(__always)
    func eight(_ row: Int, _ column: Int) -> (x: SIMD8<Float>, y: SIMD8<Float>, z: SIMD8<Float>) {
      let columns = SIMD8(0, 1, 2, 3, 4, 5, 6, 7) + Float(column)
      let begin = first + down * Float(row)
      let x = begin.x + right.x * columns, y = begin.y + right.y * columns, z = begin.z + right.z * columns
      let length = (x * x + y * y + z * z).squareRoot()
      return (x / length, y / length, z / length)
    }
  }
}
