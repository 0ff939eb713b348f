import KnackEnvironment

/// A room with a red door on the left and a blue one on the right: open the red one first.
let redBlueDoorsTasks: [GridTask] = [6, 8].map { size in
  GridTask(
    id: "MiniGrid-RedBlueDoors-\(size)x\(size)-v0", summary: "Open the red door, then the blue door.",
    width: 2 * size, height: size, stepLimit: 20 * size * size, rule: .redBlueDoors,
    mission: { _ in "open the red door then the blue door" },
    generate: { world, rules in
      let room = Area(size / 2, 0, size, size)
      world.wallAround(rules)
      world.wall(around: room)
      world.placeAgent(in: room, rules)
      world.target = Position(room.x, world.draw(1, size - 1))
      world.second = Position(room.x + size - 1, world.draw(1, size - 1))
      world[world.target] = .door(.red, .closed)
      world[world.second] = .door(.blue, .closed)
    })
}

extension GridWorld {
  /// An open blue door ends the episode, with success if the red one was open before.
  mutating func actInRedBlueDoors(_ action: GridAction, _ rules: GridRules) -> Transition {
    let redWasOpen = self[target].doorState == .open, blueWasOpen = self[second].doorState == .open
    let transition = act(action, rules)
    if self[second].doorState == .open { return redWasOpen ? success(rules) : Transition(terminated: true) }
    let redIsOpen = self[target].doorState == .open
    return redIsOpen && blueWasOpen ? Transition(terminated: true) : transition
  }
}
