import KnackEnvironment

/// Stand beside the door or the object that the mission names, and say "done".
let goToTasks: [GridTask] =
  [5, 6, 8].map { size in
    GridTask(
      id: "MiniGrid-GoToDoor-\(size)x\(size)-v0",
      summary: "Go to the door that the mission names and say done.",
      width: size, height: size, stepLimit: 4 * size * size, seesThroughWalls: true, rule: .goTo,
      mission: { "go to the \($0.colorName) \($0.kindName)" },
      generate: { world, rules in
        let width = world.draw(5, size + 1), height = world.draw(5, size + 1)
        world.wall(around: Area(0, 0, width, height))
        var doors = InlineArray<4, Position>(repeating: .nowhere)
        doors[0] = Position(world.draw(2, width - 2), 0)
        doors[1] = Position(world.draw(2, width - 2), height - 1)
        doors[2] = Position(0, world.draw(2, height - 2))
        doors[3] = Position(width - 1, world.draw(2, height - 2))
        var colors = InlineArray<4, Color>(repeating: .red), used: UInt8 = 0
        for i in 0..<4 {
          repeat { colors[i] = world.drawColor() } while used >> colors[i].rawValue & 1 == 1
          used |= 1 << colors[i].rawValue
        }
        for i in 0..<4 { world[doors[i]] = .door(colors[i], .closed) }
        world.placeAgent(in: Area(0, 0, width, height), rules)
        let wanted = world.draw(0, 4)
        world.target = doors[wanted]
        world.mission = Mission(colors[wanted], .door)
      })
  }
  + [6, 8].map { size in
    GridTask(
      id: "MiniGrid-GoToObject-\(size)x\(size)-N2-v0",
      summary: "Go to the object that the mission names and say done.",
      width: size, height: size, stepLimit: 5 * size * size, seesThroughWalls: true, rule: .goTo,
      mission: { "go to the \($0.colorName) \($0.kindName)" },
      generate: { world, rules in
        world.wallAround(rules)
        let objects = world.placeDistinctObjects(2, apart: false, rules)
        world.placeAgent(rules)
        let wanted = objects[world.draw(0, 2)]
        world.target = wanted.position
        world.mission = Mission(wanted.color, wanted.kind)
      })
  }

extension GridWorld {
  /// Both "toggle" and "done" end the episode; "done" beside the target is success.
  mutating func actInGoTo(_ action: GridAction, _ rules: GridRules) -> Transition {
    let transition = act(action, rules)
    switch action {
    case .done where agent.manhattanDistance(to: target) == 1: return success(rules)
    case .done, .toggle: return Transition(terminated: true)
    default: return transition
    }
  }
}
