import KnackEnvironment

extension ErrandWorld {
  /// The whole map, drawn as MiniGrid's worlds are; what the player sees is brighter.
  static func mapView(_ rules: ErrandRules) -> WorldView {
    let (columns, rows) = (rules.width, rules.height)
    return WorldView(
      name: "map", summary: "the whole map; what the player sees is brighter",
      aspect: Double(columns) / Double(rows), of: ErrandWorld.self
    ) { width, height, _ in
      let painter = GridPainter(width: width, height: height, columns: columns, rows: rows)
      return { world, canvas in
        let stage = painter.stage(columns, rows, on: canvas)
        let (x, y) = (Int(world.pointee.x), Int(world.pointee.y))
        for row in 0..<rows {
          for column in 0..<columns {
            let isSeen = rules.reach.map { max(abs(column - x), abs(row - y)) <= $0 } ?? false
            painter.draw(
              GridTile(
                cell: cell(world.pointee[column, row], rules), agent: column == x && row == y ? .up : nil,
                isSeen: isSeen && !rules.picksUp), column: column, row: rows - 1 - row, on: stage)
          }
        }
      }
    }
  }

  /// How a code is drawn: the ten kinds of thing are balls of six colors, and boxes of four.
  private static func cell(_ code: UInt8, _ rules: ErrandRules) -> Cell {
    switch code {
    case floor: return .empty
    case wall: return .wall
    default:
      guard rules.picksUp else { return .goal }
      let kind = code - firstThing
      return kind < 6 ? Cell(rawValue: 10 + kind) : Cell(rawValue: 16 + kind - 6)
    }
  }
}
