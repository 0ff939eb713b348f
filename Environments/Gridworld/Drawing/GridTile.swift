/// How one cell looks: a function of the place in it, sampled several times a point so that edges are smooth.
///
/// A place is (0, 0) at the upper left of the cell and (1, 1) at its lower right. Colors are MiniGrid's, shapes our own.
struct GridTile {
  /// What lies there, and whether and how the agent stands on it.
  var cell: Cell
  var agent: Direction?
  /// Whether the agent sees it now.
  var isSeen = false

  /// The colors of ``Color``, in its order.
  private static let colors: [SIMD3<Float>] = [
    SIMD3(0.92, 0.22, 0.2), SIMD3(0.2, 0.8, 0.3), SIMD3(0.25, 0.45, 1), SIMD3(0.62, 0.32, 0.86),
    SIMD3(0.98, 0.85, 0.2), SIMD3(0.6, 0.62, 0.66),
  ]
  private static let floor = SIMD3<Float>(0.075, 0.08, 0.095), line = SIMD3<Float>(0.2, 0.21, 0.24)
  private static let stone = SIMD3<Float>(0.37, 0.385, 0.42), dark = SIMD3<Float>(0.02, 0.02, 0.03)

  /// The points of the tile at a size, row by row, `0xRRGGBB`.
  ///
  /// - Complexity: O(`unit`²), nine samples a point.
  func points(_ unit: Int) -> [UInt32] {
    var points: [UInt32] = []
    points.reserveCapacity(unit * unit)
    let step = 1 / Float(3 * unit)
    for y in 0..<unit {
      for x in 0..<unit {
        var sum = SIMD3<Float>.zero
        for sample in 0..<9 {
          let across = (Float(3 * x + sample % 3) + 0.5) * step
          let down = (Float(3 * y + sample / 3) + 0.5) * step
          sum += color(across, down, edge: 1 / Float(unit))
        }
        let bytes = SIMD3<UInt32>((sum / 9).clamped(lowerBound: .zero, upperBound: .one) * 255 + 0.5)
        points.append(bytes.x << 16 | bytes.y << 8 | bytes.z)
      }
    }
    return points
  }

  /// The color at a place.
  private func color(_ x: Float, _ y: Float, edge: Float) -> SIMD3<Float> {
    var color = content(x, y, edge)
    if let agent, isInArrow(x, y, agent) { color = SIMD3(1, 0.25, 0.2) }
    if isSeen { color += (SIMD3(1, 1, 1) - color) * 0.16 }
    return color
  }

  private func content(_ x: Float, _ y: Float, _ edge: Float) -> SIMD3<Float> {
    let ground = min(x, y) < max(edge, 0.03) ? Self.line : Self.floor
    switch cell {
    case .unseen: return Self.dark
    case .empty: return ground
    case .wall: return wall(x, y)
    case .goal: return min(x, y) < max(edge, 0.03) ? Self.line : SIMD3(0.16, 0.72, 0.3)
    case .lava: return lava(x, y)
    default: break
    }
    guard let color = cell.color.map({ Self.colors[Int($0.rawValue)] }) else { return ground }
    if cell.isKey { return isInKey(x, y) ? color : ground }
    if cell.isBall { return distance(x, y, 0.5, 0.5) < 0.31 ? shaded(color, x, y) : ground }
    if cell.isBox { return box(x, y, color) ?? ground }
    return door(x, y, color) ?? ground
  }

  /// Two courses of stones, the lower one shifted by half a stone.
  private func wall(_ x: Float, _ y: Float) -> SIMD3<Float> {
    let course = y < 0.5 ? 0 : Float(0.25)
    let along = (x + course) * 2, across = y * 2
    let joint = min(along - along.rounded(.down), across - across.rounded(.down))
    return Self.stone * (joint < 0.08 ? 0.72 : 1)
  }

  /// Waves of a brighter orange.
  private func lava(_ x: Float, _ y: Float) -> SIMD3<Float> {
    let wave = 0.06 * (abs((2 * x - (2 * x).rounded(.down)) - 0.5) * 4 - 1)
    let height = (y * 3 + wave * 3)
    let crest = abs(height - height.rounded(.down) - 0.5) < 0.12
    return crest ? SIMD3(1, 0.78, 0.3) : SIMD3(0.95, 0.42, 0.08)
  }

  /// A ring, a shaft and two teeth.
  private func isInKey(_ x: Float, _ y: Float) -> Bool {
    let ring = distance(x, y, 0.5, 0.3)
    if ring < 0.19 { return ring > 0.09 }
    if abs(x - 0.5) < 0.05 && y > 0.3 && y < 0.88 { return true }
    return x > 0.5 && x < 0.7 && (abs(y - 0.68) < 0.045 || abs(y - 0.83) < 0.045)
  }

  private func box(_ x: Float, _ y: Float, _ color: SIMD3<Float>) -> SIMD3<Float>? {
    let reach = max(abs(x - 0.5), abs(y - 0.5))
    guard reach < 0.36 else { return nil }
    if reach > 0.29 || abs(y - 0.44) < 0.03 { return color }
    return color * 0.35
  }

  /// A door from above: a frame, with the leaf in it or turned aside.
  private func door(_ x: Float, _ y: Float, _ color: SIMD3<Float>) -> SIMD3<Float>? {
    let reach = max(abs(x - 0.5), abs(y - 0.5))
    guard cell.doorState != .open else {
      guard x < 0.18 else { return nil }
      return x > 0.05 && x < 0.13 && y > 0.05 && y < 0.95 ? color * 0.4 : color
    }
    if reach > 0.42 { return color }
    if reach > 0.36 { return color * 0.25 }
    let body = cell.doorState == .locked ? color * 0.45 : color * 0.22
    if cell.doorState == .locked {
      let hole =
        distance(x, y, 0.5, 0.44) < 0.09 || (abs(x - 0.5) < 0.04 && y > 0.44 && y < 0.64)
      return hole ? color : body
    }
    return distance(x, y, 0.74, 0.5) < 0.07 ? color : body
  }

  /// A triangle that points where the agent faces.
  private func isInArrow(_ x: Float, _ y: Float, _ direction: Direction) -> Bool {
    let (across, down) = (x - 0.5, y - 0.5)
    let step = direction.step
    let ahead = across * Float(step.0) + down * Float(step.1)
    let aside = abs(across * Float(step.1) - down * Float(step.0))
    return ahead > -0.3 && ahead < 0.36 && aside < 0.3 * (0.36 - ahead) / 0.66
  }

  private func distance(_ x: Float, _ y: Float, _ centerX: Float, _ centerY: Float) -> Float {
    ((x - centerX) * (x - centerX) + (y - centerY) * (y - centerY)).squareRoot()
  }

  /// Lighter towards the upper left.
  private func shaded(_ color: SIMD3<Float>, _ x: Float, _ y: Float) -> SIMD3<Float> {
    color * (1.1 - 0.6 * distance(x, y, 0.4, 0.4))
  }
}
