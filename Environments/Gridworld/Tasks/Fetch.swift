import KnackEnvironment

/// Among a few keys and balls, pick up one like the mission's.
let fetchTasks: [GridTask] = [(5, 2), (6, 2), (8, 3)].map { size, count in
  GridTask(
    id: "MiniGrid-Fetch-\(size)x\(size)-N\(count)-v0", summary: "Pick up the object that the mission names.",
    width: size, height: size, stepLimit: 5 * size * size, seesThroughWalls: true, rule: .fetch,
    mission: { "\(wordings[Int($0.wording) - 1]) a \($0.colorName) \($0.kindName)" },
    generate: { world, rules in
      world.wallAround(rules)
      var objects = InlineArray<3, DrawnObject>(repeating: .none)
      for i in 0..<count {
        objects[i] = world.drawObject(kinds: 2)
        world.place(objects[i].cell, rules)
      }
      world.placeAgent(rules)
      let wanted = objects[world.draw(0, count)]
      world.wanted = wanted.cell
      world.mission = Mission(wording: 1 + world.draw(0, 5), wanted.color, wanted.kind)
    })
}

private let wordings = ["get", "go get", "fetch", "go fetch", "you must fetch"]

extension GridWorld {
  /// Carrying anything ends the episode, with success if it is what was asked for.
  mutating func actInFetch(_ action: GridAction, _ rules: GridRules) -> Transition {
    let transition = act(action, rules)
    guard carrying != .empty else { return transition }
    return carrying == wanted ? success(rules) : Transition(terminated: true)
  }
}
