import KnackEnvironment

/// See an object, walk down a hallway, and turn to the side where its like lies.
let memoryTasks: [GridTask] =
  [7, 9, 11, 13].map { memory("S\($0)", $0) } + [13, 17].map { memory("S\($0)Random", $0, random: true) }

private func memory(_ name: String, _ size: Int, random: Bool = false) -> GridTask {
  GridTask(
    id: "MiniGrid-Memory\(name)-v0",
    summary: "Remember the object in the first room and go to its like at the hallway's end.",
    width: size, height: size, stepLimit: 5 * size * size, rule: .memory,
    mission: { _ in "go to the matching object at the end of the hallway" },
    generate: { world, rules in
      world.wallAround(rules)
      let middle = size / 2, end = random ? world.draw(4, size - 2) : size - 3
      world.fill(Area(1, middle - 2, 4, 1), with: .wall)
      world.fill(Area(1, middle + 2, 4, 1), with: .wall)
      // The hallway's walls start at the first room's last column.
      world.fill(Area(4, middle - 1, max(1, end - 4), 1), with: .wall)
      world.fill(Area(4, middle + 1, max(1, end - 4), 1), with: .wall)
      for y in 0..<size where y != middle { world[Position(end, y)] = .wall }
      world.fill(Area(end + 2, 0, 1, size), with: .wall)

      world.putAgent(world.draw(1, end + 1), middle)
      let showsBall = world.draw(0, 2) == 1, keyIsAbove = world.draw(0, 2) == 1
      world[Position(1, middle - 1)] = showsBall ? .ball(.green) : .key(.green)
      world[Position(end + 1, middle - 2)] = keyIsAbove ? .key(.green) : .ball(.green)
      world[Position(end + 1, middle + 2)] = keyIsAbove ? .ball(.green) : .key(.green)
      let above = Position(end + 1, middle - 1), below = Position(end + 1, middle + 1)
      let isAbove = showsBall != keyIsAbove
      world.target = isAbove ? above : below
      world.second = isAbove ? below : above
    })
}

extension GridWorld {
  /// Standing before either object at the end ends the episode, with success at the right one. Nothing can be picked
  /// up: the action counts as a toggle.
  mutating func actInMemory(_ action: GridAction, _ rules: GridRules) -> Transition {
    let transition = act(action == .pickup ? .toggle : action, rules)
    if agent == target { return success(rules) }
    return agent == second ? Transition(terminated: true) : transition
  }
}
