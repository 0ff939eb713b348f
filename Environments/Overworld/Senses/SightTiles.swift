/// A picture in tiles of 8 × 4 points, whose lines go through the same air for the most part: it is passed over once for all
/// of them.
struct SightTiles {
  private static let width = 8, height = 4, points = width * height
  private let width: Int, height: Int
  /// Tiles beside each other; the last ones may reach beyond the picture.
  private let across: Int

  /// The number of tiles.
  let count: Int

  init(_ camera: Camera) {
    width = camera.width
    height = camera.height
    across = (camera.width &+ Self.width &- 1) / Self.width
    count = across &* ((camera.height &+ Self.height &- 1) / Self.height)
  }

  /// Adds the lines of a tile to a bundle, row by row, and lets them meet blocks.
  @inline(__always)
  func look(at tile: Int, _ lines: Camera.Lines, _ outlook: Outlook, _ bundle: inout SightBundle) {
    let row = tile / across &* Self.height, column = tile % across &* Self.width
    let first = bundle.count
    for row in row..<row &+ Self.height {
      let (x, y, z) = lines.eight(row, column)
      bundle.append(x, y, z)
    }
    let lastRow = row &+ Self.height &- 1, lastColumn = column &+ Self.width &- 1
    let beam = SightBeam(
      lines.point(row, column), lines.point(row, lastColumn), lines.point(lastRow, column),
      lines.point(lastRow, lastColumn))
    outlook.meetBlocks(bundle, from: first, clear: beam?.clearWay(outlook) ?? .none)
  }

  /// The point that a line of the tiles goes through, row by row through the picture; nil beyond the picture.
  @inline(__always)
  func point(_ line: Int) -> Int? {
    let tile = line / Self.points, place = line % Self.points
    let row = tile / across &* Self.height &+ place / Self.width
    let column = tile % across &* Self.width &+ place % Self.width
    return row < height && column < width ? row &* width &+ column : nil
  }
}
