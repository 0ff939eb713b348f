/// Pick up the key, open the door in the wall, go to the goal behind it.
let doorKeyTasks: [GridTask] = [5, 6, 8, 16].map { size in
  GridTask(
    id: "MiniGrid-DoorKey-\(size)x\(size)-v0", summary: "Pick up the key, open the door, go to the goal.",
    width: size, height: size, stepLimit: 10 * size * size,
    quest: GridQuest(aim: .reachGoal),
    mission: { _ in "use the key to open the door and then get to the goal" },
    generate: { world, rules in
      world.wallAround(rules)
      world[Position(size - 2, size - 2)] = .goal
      let wall = world.draw(2, size - 2), leftSide = Area(0, 0, wall, size)
      world.fill(Area(wall, 0, 1, size), with: .wall)
      world.placeAgent(in: leftSide, rules)
      world[Position(wall, world.draw(1, size - 2))] = .door(.yellow, .locked)
      world.place(.key(.yellow), in: leftSide, rules)
    })
}
