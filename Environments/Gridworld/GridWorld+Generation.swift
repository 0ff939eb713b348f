// What generators draw with. Every draw is MiniGrid's, in its order.
extension GridWorld {
  /// Sets all cells of an area.
  mutating func fill(_ area: Area, with cell: Cell) {
    for y in area.y..<area.y &+ area.height {
      var position = Position(area.x, y)
      for _ in 0..<area.width {
        self[position] = cell
        position.index &+= 1
      }
    }
  }

  /// Walls along the inner edge of an area.
  mutating func wall(around area: Area) {
    fill(Area(area.x, area.y, area.width, 1), with: .wall)
    fill(Area(area.x, area.y &+ area.height &- 1, area.width, 1), with: .wall)
    fill(Area(area.x, area.y, 1, area.height), with: .wall)
    fill(Area(area.x &+ area.width &- 1, area.y, 1, area.height), with: .wall)
  }

  /// Walls around the whole map.
  mutating func wallAround(_ rules: GridRules) { wall(around: rules.area) }

  /// An integer in `low ..< high`.
  mutating func draw(_ low: Int, _ high: Int) -> Int { random.integers(low, high) }

  /// One of the six colors but those excluded, each the bit of its code.
  mutating func drawColor(excluding excluded: UInt8 = 0) -> Color {
    var left = draw(0, 6 &- excluded.nonzeroBitCount)
    for i in 0..<6 {
      let color = Color.byName[i]
      if excluded >> color.rawValue & 1 == 1 { continue }
      if left == 0 { return color }
      left &-= 1
    }
    preconditionFailure("there are six colors")
  }

  /// A free place in an area, off the agent and not rejected; nil after `tries` failures.
  mutating func drawPlace(
    in area: Area, _ rules: GridRules, tries: Int = .max, unless rejected: (Position) -> Bool = { _ in false }
  ) -> Position? {
    let right = min(area.x &+ area.width, rules.task.width),
      bottom = min(area.y &+ area.height, rules.task.height)
    for _ in 0..<tries {
      let x = draw(area.x, right)
      let position = Position(x, draw(area.y, bottom))
      if self[position] == .empty && position != agent && !rejected(position) { return position }
    }
    return nil
  }

  /// Puts something on a free place of an area, the whole map by default, and returns the place.
  @discardableResult
  mutating func place(
    _ cell: Cell, in area: Area? = nil, _ rules: GridRules,
    unless rejected: (Position) -> Bool = { _ in false }
  ) -> Position {
    let position = drawPlace(in: area ?? rules.area, rules, unless: rejected) ?? .nowhere
    self[position] = cell
    return position
  }

  /// Puts the agent on a free place of an area, the whole map by default, facing anywhere.
  mutating func placeAgent(in area: Area? = nil, _ rules: GridRules) {
    agent = .nowhere
    agent = drawPlace(in: area ?? rules.area, rules) ?? .nowhere
    direction = drawDirection()
  }

  /// One of the four directions.
  mutating func drawDirection() -> Direction { Direction(rawValue: UInt8(draw(0, 4)))! }

  /// Puts the agent on a given place.
  mutating func putAgent(_ x: Int, _ y: Int, _ direction: Direction = .right) {
    agent = Position(x, y)
    self.direction = direction
  }
}

extension GridRules {
  /// The whole map.
  var area: Area { Area(0, 0, task.width, task.height) }
}
