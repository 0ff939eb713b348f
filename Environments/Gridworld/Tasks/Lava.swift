/// Reach the goal without stepping into lava: through a gap, or around two strips whose place shifts between the two
/// ids.
let lavaTasks: [GridTask] =
  [5, 6, 7].map { size in
    GridTask(
      id: "MiniGrid-LavaGapS\(size)-v0", summary: "Reach the goal through a gap in a wall of lava.",
      width: size, height: size, stepLimit: 4 * size * size,
      mission: { _ in "avoid the lava and get to the green goal square" },
      generate: { world, rules in
        world.wallAround(rules)
        world.putAgent(1, 1)
        world[Position(size - 2, size - 2)] = .goal
        let x = world.draw(2, size - 2)
        world.fill(Area(x, 1, 1, size - 2), with: .lava)
        world[Position(x, world.draw(1, size - 1))] = .empty
      })
  }
  + [(1, 2), (2, 5)].map { number, row in
    GridTask(
      id: "MiniGrid-DistShift\(number)-v0", summary: "Reach the goal around two strips of lava.",
      width: 9, height: 7, stepLimit: 252, seesThroughWalls: true,
      mission: { _ in "get to the green goal square" },
      generate: { world, rules in
        world.wallAround(rules)
        world[Position(7, 1)] = .goal
        world.fill(Area(3, 1, 3, 1), with: .lava)
        world.fill(Area(3, row, 3, 1), with: .lava)
        world.putAgent(1, 1)
      })
  }
