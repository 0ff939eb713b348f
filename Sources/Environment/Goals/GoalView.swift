/// How what is gone to is shown.
@usableFromInline
enum GoalView {
  /// Upper ends of the steps of distance, in cells.
  @usableFromInline static let distances: [Float] = [
    0.75, 1.25, 1.75, 2.25, 2.75, 3.25, 4, 5, 6.5, 8.5, 11, 15, 20, 28,
  ]
  /// The regions that are shown, as steps along the axes.
  @usableFromInline static let neighbours: [(x: Int, y: Int, z: Int)] =
    (-2...2).flatMap { x in (-2...2).map { z in (x, 0, z) } } + [(0, -1, 0), (0, 1, 0)]

  /// Codes of angles.
  @usableFromInline static var angles: Int { 26 }

  /// An angle in steps of 15 degrees: 13 for none, from 2 for nearly half a turn one way to 25 for half a turn.
  @inlinable
  static func code(of angle: Float) -> UInt8 {
    let turned = angle - (angle / (2 * .pi)).rounded() * (2 * .pi)
    let steps = (turned * (12 / .pi)).rounded()
    return UInt8(13 + (steps <= -12 ? 12 : min(12, steps)))
  }

  /// What the code of each bearing becomes in a mirror image, where bearings are turned from +z to -x.
  static func mirrored(_ symmetry: GoalSymmetry) -> [UInt8] {
    (0..<angles).map { code in
      guard code > 1 else { return UInt8(code) }  // those of no bearing
      var steps = code - 13
      if symmetry.flipsX { steps = -steps }
      if symmetry.flipsZ { steps = 12 - steps }
      return UInt8(13 + (steps > 12 ? steps - 24 : steps <= -12 ? steps + 24 : steps))
    }
  }

  /// The step of a distance, from 1 on.
  @inlinable
  static func code(distance: Float) -> UInt8 {
    var code: UInt8 = 1
    for end in distances where distance > end { code += 1 }
    return code
  }
}
