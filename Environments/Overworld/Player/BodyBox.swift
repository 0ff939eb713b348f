/// An upright box about a body, in blocks.
struct BodyBox: BitwiseCopyable {
  var minX: Double, minY: Double, minZ: Double, maxX: Double, maxY: Double, maxZ: Double

  /// Boxes that overlap by less than this only touch: sums of decimal fractions are not exact.
  static let slack = 1e-7

  /// The box of a body with the middle of its soles at a place.
  @inline(__always)
  init(x: Double, y: Double, z: Double, width: Double, height: Double) {
    minX = x - width / 2
    maxX = x + width / 2
    minZ = z - width / 2
    maxZ = z + width / 2
    minY = y
    maxY = y + height
  }

  /// The box moved.
  @inline(__always)
  func moved(_ dx: Double, _ dy: Double, _ dz: Double) -> BodyBox {
    var box = self
    box.minX += dx
    box.maxX += dx
    box.minY += dy
    box.maxY += dy
    box.minZ += dz
    box.maxZ += dz
    return box
  }

  /// Whether two boxes overlap.
  @inline(__always)
  func overlaps(_ other: BodyBox) -> Bool {
    minX < other.maxX - Self.slack && maxX > other.minX + Self.slack && minY < other.maxY - Self.slack
      && maxY > other.minY + Self.slack && minZ < other.maxZ - Self.slack && maxZ > other.minZ + Self.slack
  }

  /// Whether the box reaches into the cell of a block that fills it up to `height`.
  @inline(__always)
  func overlaps(cell x: Int, _ y: Int, _ z: Int, height: Double) -> Bool {
    minX < Double(x + 1) - Self.slack && maxX > Double(x) + Self.slack && minZ < Double(z + 1) - Self.slack
      && maxZ > Double(z) + Self.slack && minY < Double(y) + height - Self.slack
      && maxY > Double(y) + Self.slack
  }
}

/// The cell that a coordinate lies in.
@inline(__always)
func cell(_ coordinate: Double) -> Int { Int(coordinate.rounded(.down)) }

extension BlockView {
  /// The first and last cell that an interval reaches into.
  @inline(__always)
  private static func cells(_ low: Double, _ high: Double) -> ClosedRange<Int> {
    let first = cell(low + BodyBox.slack)
    return first...max(first, cell(high - BodyBox.slack))
  }

  /// How far a box can move up (or down, where `way` is negative) until a block stops it; at most `way`.
  @inline(__always)
  func clearY(_ box: BodyBox, _ way: Double, _ blocks: BlockTraitsTable) -> Double {
    var way = way
    // A block of one level lower can reach up into this one: fences are half a block higher than their cell.
    let levels =
      way > 0
      ? cell(box.maxY - BodyBox.slack)...cell(box.maxY + way) : cell(box.minY + way) - 1...cell(box.minY)
    for x in Self.cells(box.minX, box.maxX) {
      for z in Self.cells(box.minZ, box.maxZ) {
        for y in levels {
          let height = blocks[self[x, y, z]].height
          guard height > 0 else { continue }
          if way > 0 {
            let room = Double(y) - box.maxY
            if room >= -BodyBox.slack { way = max(0, min(way, room)) }
          } else {
            let room = Double(y) + height - box.minY
            if room <= BodyBox.slack { way = min(0, max(way, room)) }
          }
        }
      }
    }
    return way
  }

  /// How far a box can move along x; at most `way`.
  @inline(__always)
  func clearX(_ box: BodyBox, _ way: Double, _ blocks: BlockTraitsTable) -> Double {
    guard way != 0 else { return 0 }
    var way = way
    let first = way > 0 ? Int((box.maxX - BodyBox.slack).rounded(.up)) : cell(box.minX + way)
    let last = way > 0 ? cell(box.maxX + way) : cell(box.minX + BodyBox.slack) - 1
    guard first <= last else { return way }
    for x in first...last {
      for z in Self.cells(box.minZ, box.maxZ) where isObstructed(x, z, box, blocks) {
        way = way > 0 ? max(0, min(way, Double(x) - box.maxX)) : min(0, max(way, Double(x + 1) - box.minX))
      }
    }
    return way
  }

  /// How far a box can move along z; at most `way`.
  @inline(__always)
  func clearZ(_ box: BodyBox, _ way: Double, _ blocks: BlockTraitsTable) -> Double {
    guard way != 0 else { return 0 }
    var way = way
    let first = way > 0 ? Int((box.maxZ - BodyBox.slack).rounded(.up)) : cell(box.minZ + way)
    let last = way > 0 ? cell(box.maxZ + way) : cell(box.minZ + BodyBox.slack) - 1
    guard first <= last else { return way }
    for z in first...last {
      for x in Self.cells(box.minX, box.maxX) where isObstructed(x, z, box, blocks) {
        way = way > 0 ? max(0, min(way, Double(z) - box.maxZ)) : min(0, max(way, Double(z + 1) - box.minZ))
      }
    }
    return way
  }

  /// Whether something in a column is in the way of a box at its height.
  @inline(__always)
  private func isObstructed(_ x: Int, _ z: Int, _ box: BodyBox, _ blocks: BlockTraitsTable) -> Bool {
    let levels = Self.cells(box.minY, box.maxY)
    for y in levels.lowerBound - 1...levels.upperBound {
      let height = blocks[self[x, y, z]].height
      if height > 0 && Double(y) + height > box.minY + BodyBox.slack { return true }
    }
    return false
  }

  /// Whether no block reaches into a box.
  @inline(__always)
  func isFree(_ box: BodyBox, _ blocks: BlockTraitsTable) -> Bool {
    for x in Self.cells(box.minX, box.maxX) {
      for z in Self.cells(box.minZ, box.maxZ) where isObstructed(x, z, box, blocks) { return false }
    }
    return true
  }

  /// Whether a box reaches into a cell for which `holds` is true.
  @inline(__always)
  func contains(_ box: BodyBox, _ holds: (Block) -> Bool) -> Bool {
    for x in Self.cells(box.minX, box.maxX) {
      for z in Self.cells(box.minZ, box.maxZ) {
        for y in Self.cells(box.minY, box.maxY) where holds(self[x, y, z]) { return true }
      }
    }
    return false
  }
}
