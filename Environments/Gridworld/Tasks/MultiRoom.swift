/// A chain of rooms of drawn sizes, a door between each two: go from the first to the goal in the last.
let multiRoomTasks: [GridTask] = [
  multiRoom("N2-S4-v0", rooms: 2, largest: 4),
  multiRoom("N4-S5-v0", rooms: 6, largest: 5),  // six rooms: published so, and kept for comparison
  multiRoom("N4-S5-v1", rooms: 4, largest: 5),
  multiRoom("N6-v0", rooms: 6, largest: 10),
]

private func multiRoom(_ name: String, rooms count: Int, largest: Int) -> GridTask {
  GridTask(
    id: "MiniGrid-MultiRoom-\(name)", summary: "Open doors from room to room until the goal is reached.",
    width: 25, height: 25, stepLimit: 20 * count,
    mission: { _ in "traverse the rooms to get to the goal" },
    generate: { world, rules in
      var longest = RoomChain(largest: largest)
      while longest.count < count {
        var chain = RoomChain(largest: largest)
        let x = world.draw(0, 23), y = world.draw(0, 23)
        _ = chain.extend(&world, by: count, entry: .left, at: Position(x, y))
        if chain.count > longest.count { longest = chain }
      }
      var previous: Color?
      for i in 0..<count {
        let room = longest.rooms[i]
        world.wall(around: room.area)
        guard i > 0 else { continue }
        let color = world.drawColor(excluding: previous.map { 1 << $0.rawValue } ?? 0)
        world[room.entry] = .door(color, .closed)
        previous = color
      }
      world.placeAgent(in: longest.rooms[0].area, rules)
      world.place(.goal, in: longest.rooms[count - 1].area, rules)
    })
}

/// A chain of rooms under construction.
private struct RoomChain {
  struct Room: BitwiseCopyable {
    var area: Area
    /// The place of the door to the room before.
    var entry: Position
  }

  let largest: Int
  var rooms = InlineArray<6, Room>(repeating: Room(area: Area(0, 0, 0, 0), entry: .nowhere))
  var count = 0

  init(largest: Int) { self.largest = largest }

  /// Tries to append a room that is entered at a place through one of its walls, and as many after it as it takes to
  /// have `missing` more. Returns whether the room itself fitted, however many followed.
  mutating func extend(_ world: inout GridWorld, by missing: Int, entry wall: Direction, at entry: Position)
    -> Bool
  {
    let width = world.draw(4, largest + 1), height = world.draw(4, largest + 1)
    var x = entry.x, y = entry.y
    if count > 0 {
      switch wall {
      case .right:
        x -= width - 1
        y = world.draw(y - height + 2, y)
      case .down:
        x = world.draw(x - width + 2, x)
        y -= height - 1
      case .left: y = world.draw(y - height + 2, y)
      case .up: x = world.draw(x - width + 2, x)
      }
    }
    // One row more is kept free below than columns on the right: so it was published.
    guard x >= 0 && y >= 0 && x + width <= 25 && y + height < 25 else { return false }
    for i in 0..<max(0, count - 1) {
      let other = rooms[i].area
      let apart =
        x + width < other.x || other.x + other.width <= x || y + height < other.y
        || other.y + other.height <= y
      guard apart else { return false }
    }
    rooms[count] = Room(area: Area(x, y, width, height), entry: entry)
    count += 1
    if missing == 1 { return true }

    for _ in 0..<8 {
      let drawn = UInt8(world.draw(0, 3))
      let exit = Direction(rawValue: drawn < wall.rawValue ? drawn : drawn + 1)!  // any but the entry
      let door =
        switch exit {
        case .right: Position(x + width - 1, y + world.draw(1, height - 1))
        case .down: Position(x + world.draw(1, width - 1), y + height - 1)
        case .left: Position(x, y + world.draw(1, height - 1))
        case .up: Position(x + world.draw(1, width - 1), y)
        }
      if extend(&world, by: missing - 1, entry: exit.turned(by: 2), at: door) { break }
    }
    return true
  }
}
