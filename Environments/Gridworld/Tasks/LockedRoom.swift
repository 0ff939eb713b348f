/// Six rooms along a hallway, one of them locked: get its key from another, unlock it, go to the goal inside.
let lockedRoomTasks: [GridTask] = [
  GridTask(
    id: "MiniGrid-LockedRoom-v0", summary: "Get the key from one room, unlock another, go to the goal in it.",
    width: 19, height: 19, stepLimit: 190, quest: GridQuest(aim: .reachGoal),
    mission: {
      "get the \($0.colorName) key from the \($0.secondColorName) room, "
        + "unlock the \($0.colorName) door and go to the goal"
    },
    generate: { world, rules in
      let left = 7, right = 11  // the hallway's walls
      world.wallAround(rules)
      world.fill(Area(left, 0, 1, 19), with: .wall)
      world.fill(Area(right, 0, 1, 19), with: .wall)
      // Rooms are numbered row by row.
      func room(_ i: Int) -> Area { Area(i % 2 == 0 ? 0 : right, i / 2 * 6, 8, 7) }
      for i in 0..<6 { world.fill(Area(room(i).x, room(i).y, 8, 1), with: .wall) }

      let locked = world.draw(0, 6)
      let goal = world.drawInside(room(locked))
      world[goal] = .goal
      var colors = InlineArray<6, Color>(repeating: .red), used: UInt8 = 0
      for i in 0..<6 {
        colors[i] = world.drawColor(excluding: used)
        used |= 1 << colors[i].rawValue
        world[Position(i % 2 == 0 ? left : right, room(i).y + 3)] =
          .door(colors[i], i == locked ? .locked : .closed)
      }
      var keyRoom = locked
      while keyRoom == locked { keyRoom = world.draw(0, 6) }
      let key = world.drawInside(room(keyRoom))
      world[key] = .key(colors[locked])
      world.placeAgent(in: Area(left, 0, right - left, 19), rules)
      world.mission = Mission(colors[locked], secondColor: colors[keyRoom])
    })
]

extension GridWorld {
  /// A place within an area's walls, free or not.
  fileprivate mutating func drawInside(_ area: Area) -> Position {
    let x = draw(area.x + 1, area.x + area.width - 1)
    return Position(x, draw(area.y + 1, area.y + area.height - 1))
  }
}
