/// Four rooms joined by gaps in their walls (Sutton, Precup and Singh 1999): go to the goal.
let fourRoomsTasks: [GridTask] = [
  GridTask(
    id: "MiniGrid-FourRooms-v0", summary: "Find the goal in one of four rooms.",
    width: 19, height: 19, stepLimit: 100,
    mission: { _ in "reach the goal" },
    generate: { world, rules in
      world.wallAround(rules)
      let room = 9
      for row in 0..<2 {
        for column in 0..<2 {
          let left = column * room, top = row * room
          if column == 0 {
            world.fill(Area(left + room, top, 1, room), with: .wall)
            world[Position(left + room, world.draw(top + 1, top + room))] = .empty
          }
          if row == 0 {
            world.fill(Area(left, top + room, room, 1), with: .wall)
            world[Position(world.draw(left + 1, left + room), top + room)] = .empty
          }
        }
      }
      world.placeAgent(rules)
      world.place(.goal, rules)
    })
]
