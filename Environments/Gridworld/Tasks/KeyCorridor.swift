/// A corridor with rooms on both sides: find the key in one, unlock another, pick up the ball in it.
let keyCorridorTasks: [GridTask] = [(3, 1), (3, 2), (3, 3), (4, 3), (5, 3), (6, 3)].map {
  keyCorridor(roomSize: $0, rows: $1)
}

private func keyCorridor(roomSize size: Int, rows: Int) -> GridTask {
  GridTask(
    id: "MiniGrid-KeyCorridorS\(size)R\(rows)-v0",
    summary: "Find the key in one room, unlock another and pick up the ball in it.",
    width: 3 * (size - 1) + 1, height: rows * (size - 1) + 1, stepLimit: 30 * size * size, rule: .pickUp,
    quest: GridQuest(aim: .pickUp),
    mission: { "pick up the \($0.colorName) \($0.kindName)" },
    generate: { world, rules in
      var rooms = RoomGrid(&world, roomSize: size, rows: rows, columns: 3)
      for row in 1..<max(1, rows) { rooms.removeWall(&world, column: 1, row: row, wall: .up) }
      let locked = world.draw(0, rows)
      let door = rooms.addDoor(&world, column: 2, row: locked, wall: .left, isLocked: true)
      let ball = rooms.addObject(&world, rules, column: 2, row: locked, .ball)
      rooms.addObject(&world, rules, column: 0, row: world.draw(0, rows), .key, door.color)
      rooms.placeAgent(&world, rules, column: 1, row: rows / 2)
      rooms.connectAll(&world)
      world.wanted = ball.cell
      world.mission = Mission(ball.color, .ball)
    })
}
