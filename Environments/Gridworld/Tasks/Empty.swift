/// Walk across an empty room to the goal in its corner.
let emptyTasks: [GridTask] = [
  empty("5x5", 5), empty("Random-5x5", 5, random: true), empty("6x6", 6),
  empty("Random-6x6", 6, random: true),
  empty("8x8", 8), empty("16x16", 16),
]

private func empty(_ name: String, _ size: Int, random: Bool = false) -> GridTask {
  GridTask(
    id: "MiniGrid-Empty-\(name)-v0", summary: "Walk across an empty room to the goal.",
    width: size, height: size, stepLimit: 4 * size * size, seesThroughWalls: true,
    mission: { _ in "get to the green goal square" },
    generate: { world, rules in
      world.wallAround(rules)
      world[Position(size - 2, size - 2)] = .goal
      if random { world.placeAgent(rules) } else { world.putAgent(1, 1) }
    })
}
