import KnackEnvironment

/// Draws cells as tiles of one size, each made when it is first needed.
final class GridPainter {
  /// Points of a cell each way.
  let unit: Int
  /// By cell, agent and whether it is seen; empty where the tile has not been made yet.
  private var tiles = [[UInt32]](repeating: [], count: Cell.count * 10)

  /// A painter whose `columns` × `rows` cells fit into a picture.
  init(width: Int, height: Int, columns: Int, rows: Int) {
    unit = max(1, min(width / columns, height / rows))
  }

  /// Draws a cell; `column` and `row` are counted in cells.
  func draw(_ tile: GridTile, column: Int, row: Int, on canvas: Canvas) {
    let index =
      (Int(tile.cell.rawValue) * 5 + (tile.agent.map { Int($0.rawValue) + 1 } ?? 0)) * 2
      + (tile.isSeen ? 1 : 0)
    if tiles[index].isEmpty { tiles[index] = tile.points(unit) }
    let x = column * unit, y = row * unit
    let width = min(unit, canvas.width - x), height = min(unit, canvas.height - y)
    guard width > 0, height > 0 else { return }
    tiles[index].withUnsafeBufferPointer { points in
      for line in 0..<height {
        (canvas.row(y + line) + x).update(from: points.baseAddress! + line * unit, count: width)
      }
    }
  }

  /// The part of a canvas, in its middle, on which `columns` × `rows` cells are drawn; the rest is darkened.
  func stage(_ columns: Int, _ rows: Int, on canvas: Canvas) -> Canvas {
    let width = columns * unit, height = rows * unit
    let area = PixelArea(
      x: (canvas.width - width) / 2, y: (canvas.height - height) / 2, width: width, height: height)
    if area.width < canvas.width || area.height < canvas.height { canvas.fill(with: 0) }
    return canvas.part(area)
  }
}
