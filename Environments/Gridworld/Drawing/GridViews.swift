import KnackEnvironment

extension GridWorld {
  /// The whole map, with the cells that the agent sees in a brighter light.
  static func mapView(_ rules: GridRules) -> WorldView {
    let columns = rules.task.width, rows = rules.task.height
    return WorldView(
      name: "map", summary: "the whole map; what the agent sees is brighter",
      aspect: Double(columns) / Double(rows), of: GridWorld.self
    ) { width, height, _ in
      let painter = GridPainter(width: width, height: height, columns: columns, rows: rows)
      return { world, canvas in
        let stage = painter.stage(columns, rows, on: canvas)
        let seen = world.pointee.seenCells(rules)
        let agent = world.pointee.agent
        for y in 0..<rows {
          for x in 0..<columns {
            let position = Position(x, y)
            painter.draw(
              GridTile(
                cell: world.pointee[position], agent: position == agent ? world.pointee.direction : nil,
                isSeen: seen[y] >> UInt32(x) & 1 != 0),
              column: x, row: y, on: stage)
          }
        }
      }
    }
  }

  /// The 7 × 7 cells that the agent sees, which faces up, on whatever it carries.
  static func agentView(_ rules: GridRules) -> WorldView {
    WorldView(
      name: "agent", summary: "what the agent sees, turned so that it faces up, on what it carries",
      aspect: 1,
      of: GridWorld.self
    ) { width, height, _ in
      let painter = GridPainter(width: width, height: height, columns: 7, rows: 7)
      return { world, canvas in
        let stage = painter.stage(7, 7, on: canvas)
        let view = world.pointee.view(throughWalls: rules.seesThroughWalls)
        for x in 0..<7 {
          for y in 0..<7 {
            let cell = Cell(rawValue: UInt8(truncatingIfNeeded: view[x] >> UInt64(8 * y)))
            painter.draw(
              GridTile(cell: cell, agent: x == 3 && y == 6 ? .up : nil), column: x, row: y, on: stage)
          }
        }
      }
    }
  }

  /// Which cells the agent sees: a word a row, bit *x* for the cell at [*x*].
  private mutating func seenCells(_ rules: GridRules) -> [UInt32] {
    var seen = [UInt32](repeating: 0, count: rules.task.height)
    let view = view(throughWalls: rules.seesThroughWalls)
    let ahead = direction.step, right = direction.turned(by: 1).step
    for column in 0..<7 {
      for row in 0..<7 where view[column] >> UInt64(8 * row) & 0xFF != UInt64(Cell.unseen.rawValue) {
        let (forward, aside) = (6 - row, column - 3)
        let x = agent.x + ahead.0 * forward + right.0 * aside
        let y = agent.y + ahead.1 * forward + right.1 * aside
        guard (0..<rules.task.width).contains(x), (0..<rules.task.height).contains(y) else { continue }
        seen[y] |= 1 << UInt32(x)
      }
    }
    return seen
  }
}

extension GridAction {
  /// The keys with which people play; the arrows and the space bar are MiniGrid's.
  static let keys: [WorldKey] = [
    ("left", left), ("right", right), ("up", forward), ("a", left), ("d", right), ("w", forward),
    ("p", pickup), ("o", drop), ("space", toggle), ("return", done), ("page up", pickup),
    ("page down", drop),
  ].map { WorldKey($0, $1.rawValue) }
}
