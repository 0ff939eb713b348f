import KnackEnvironment

/// Reach the goal among balls that move one cell a step; bumping into anything costs 1 and ends the episode.
let dynamicObstaclesTasks: [GridTask] = [
  dynamicObstacles("5x5", 5, balls: 2), dynamicObstacles("Random-5x5", 5, balls: 2, random: true),
  dynamicObstacles("6x6", 6, balls: 3), dynamicObstacles("Random-6x6", 6, balls: 3, random: true),
  dynamicObstacles("8x8", 8, balls: 4), dynamicObstacles("16x16", 16, balls: 8),
]

private func dynamicObstacles(_ name: String, _ size: Int, balls: Int, random: Bool = false) -> GridTask {
  GridTask(
    id: "MiniGrid-Dynamic-Obstacles-\(name)-v0", summary: "Reach the goal without bumping into moving balls.",
    width: size, height: size, stepLimit: 4 * size * size, seesThroughWalls: true, rule: .dynamicObstacles,
    mission: { _ in "get to the green goal square" },
    generate: { world, rules in
      world.wallAround(rules)
      world[Position(size - 2, size - 2)] = .goal
      if random { world.placeAgent(rules) } else { world.putAgent(1, 1) }
      for i in 0..<balls { world.obstacles[i] = world.place(.ball(.blue), rules) }
    })
}

extension GridWorld {
  /// The balls move first, each to a drawn free cell around it, if it finds one in 101 tries. Whether the agent bumps
  /// into something is decided by what was before it until then, so it may even enter the cell it is punished for.
  mutating func actAmongObstacles(_ action: GridAction, _ rules: GridRules) -> Transition {
    let ahead = self[front]
    for i in 0..<8 where obstacles[i] != .nowhere {
      let old = obstacles[i]
      let around = Area(max(0, old.x - 1), max(0, old.y - 1), 3, 3)
      guard let new = drawPlace(in: around, rules, tries: 101) else { continue }
      self[new] = self[old]
      self[old] = .empty
      obstacles[i] = new
    }
    let transition = act(action, rules)
    guard action == .forward && ahead != .empty && ahead != .goal else { return transition }
    return Transition(reward: -1, terminated: true)
  }
}
