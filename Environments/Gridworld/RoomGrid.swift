/// A map of equal rooms in rows and columns that share their walls, with at most one door in each wall.
///
/// Only generators use it; once the map is drawn, nothing of it remains.
struct RoomGrid {
  /// One room.
  struct Room: BitwiseCopyable {
    /// Where the door of each wall is or would be, by the wall's ``Direction``; nowhere at the map's edge.
    var doors = InlineArray<4, Position>(repeating: .nowhere)
    /// The walls that can be passed, each the bit of its direction.
    var passages: UInt8 = 0
    /// Whether the door added last was locked.
    var isLocked = false
  }

  let roomSize: Int, rows: Int, columns: Int
  private var rooms = InlineArray<9, Room>(repeating: Room())

  /// Draws the walls and the doors' places, and puts the agent in the middle, where objects keep their distance
  /// from it until it is placed.
  init(_ world: inout GridWorld, roomSize: Int, rows: Int, columns: Int) {
    (self.roomSize, self.rows, self.columns) = (roomSize, rows, columns)
    for row in 0..<rows {
      for column in 0..<columns { world.wall(around: area(column, row)) }
    }
    for row in 0..<rows {
      for column in 0..<columns {
        let area = area(column, row), last = roomSize - 1
        if column < columns - 1 {
          let door = Position(area.x + last, world.draw(area.y + 1, area.y + last))
          self[column, row].doors[Int(Direction.right.rawValue)] = door
          self[column + 1, row].doors[Int(Direction.left.rawValue)] = door
        }
        if row < rows - 1 {
          let door = Position(world.draw(area.x + 1, area.x + last), area.y + last)
          self[column, row].doors[Int(Direction.down.rawValue)] = door
          self[column, row + 1].doors[Int(Direction.up.rawValue)] = door
        }
      }
    }
    world.putAgent(
      columns / 2 * (roomSize - 1) + roomSize / 2, rows / 2 * (roomSize - 1) + roomSize / 2)
  }

  private subscript(column: Int, row: Int) -> Room {
    get { rooms[row * columns + column] }
    set { rooms[row * columns + column] = newValue }
  }

  /// The room's cells, walls included.
  private func area(_ column: Int, _ row: Int) -> Area {
    Area(column * (roomSize - 1), row * (roomSize - 1), roomSize, roomSize)
  }

  /// Marks a wall as passable from both sides.
  private mutating func open(_ column: Int, _ row: Int, _ wall: Direction) {
    self[column, row].passages |= 1 << wall.rawValue
    let (x, y) = wall.step
    self[column + x, row + y].passages |= 1 << wall.turned(by: 2).rawValue
  }

  /// Puts a door into a wall, of a drawn color where none is given, and returns its color and place.
  @discardableResult
  mutating func addDoor(
    _ world: inout GridWorld, column: Int, row: Int, wall: Direction, color: Color? = nil, isLocked: Bool
  ) -> (color: Color, position: Position) {
    let color = color ?? world.drawColor()
    let position = self[column, row].doors[Int(wall.rawValue)]
    world[position] = .door(color, isLocked ? .locked : .closed)
    self[column, row].isLocked = isLocked
    open(column, row, wall)
    return (color, position)
  }

  /// Takes a whole wall away.
  mutating func removeWall(_ world: inout GridWorld, column: Int, row: Int, wall: Direction) {
    let area = area(column, row), inner = roomSize - 2
    switch wall {
    case .right: world.fill(Area(area.x + roomSize - 1, area.y + 1, 1, inner), with: .empty)
    case .down: world.fill(Area(area.x + 1, area.y + roomSize - 1, inner, 1), with: .empty)
    case .left: world.fill(Area(area.x, area.y + 1, 1, inner), with: .empty)
    case .up: world.fill(Area(area.x + 1, area.y, inner, 1), with: .empty)
    }
    open(column, row, wall)
  }

  /// Puts an object, of a drawn color where none is given, into a room but not beside the agent.
  @discardableResult
  func addObject(
    _ world: inout GridWorld, _ rules: GridRules, column: Int, row: Int, _ kind: ObjectKind,
    _ color: Color? = nil
  ) -> (cell: Cell, color: Color) {
    let color = color ?? world.drawColor(), cell = Cell.object(kind, color), agent = world.agent
    world.place(cell, in: area(column, row), rules) { $0.manhattanDistance(to: agent) < 2 }
    return (cell, color)
  }

  /// Puts the agent into a room, with nothing but floor or wall before it.
  func placeAgent(_ world: inout GridWorld, _ rules: GridRules, column: Int, row: Int) {
    repeat {
      world.placeAgent(in: area(column, row), rules)
    } while world[world.front] != .empty && world[world.front] != .wall
  }

  /// Adds closed doors between drawn rooms until the agent can reach every room; rooms behind a locked door are left
  /// as they are.
  mutating func connectAll(_ world: inout GridWorld) {
    let start = (world.agent.x / (roomSize - 1), world.agent.y / (roomSize - 1))
    while reachable(from: start) != 1 << UInt16(rows * columns) - 1 {
      let column = world.draw(0, columns), row = world.draw(0, rows)
      let wall = world.drawDirection(), room = self[column, row]
      guard room.doors[Int(wall.rawValue)] != .nowhere && room.passages >> wall.rawValue & 1 == 0 else {
        continue
      }
      let (x, y) = wall.step
      if room.isLocked || self[column + x, row + y].isLocked { continue }
      let color = world.drawColor()
      addDoor(&world, column: column, row: row, wall: wall, color: color, isLocked: false)
    }
  }

  /// The rooms that can be reached through doors and missing walls, each the bit of its number.
  private func reachable(from start: (column: Int, row: Int)) -> UInt16 {
    var reached: UInt16 = 1 << UInt16(start.row * columns + start.column)
    while true {
      var grown = reached
      for row in 0..<rows {
        for column in 0..<columns where reached >> UInt16(row * columns + column) & 1 == 1 {
          for wall in Direction.allCases where self[column, row].passages >> wall.rawValue & 1 == 1 {
            let (x, y) = wall.step
            grown |= 1 << UInt16((row + y) * columns + column + x)
          }
        }
      }
      if grown == reached { return reached }
      reached = grown
    }
  }
}
