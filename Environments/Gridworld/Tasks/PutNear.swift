import KnackEnvironment

/// Among a few objects, pick up the one that the mission names first and drop it beside the other.
let putNearTasks: [GridTask] = [(6, 2), (8, 3)].map { size, count in
  GridTask(
    id: "MiniGrid-PutNear-\(size)x\(size)-N\(count)-v0", summary: "Put one object beside another.",
    width: size, height: size, stepLimit: 5 * size, seesThroughWalls: true, rule: .putNear,
    mission: { "put the \($0.colorName) \($0.kindName) near the \($0.secondColorName) \($0.secondKindName)" },
    generate: { world, rules in
      world.wallAround(rules)
      let objects = world.placeDistinctObjects(count, apart: true, rules)
      world.placeAgent(rules)
      let moved = world.draw(0, count)
      var near = moved
      while near == moved { near = world.draw(0, count) }
      world.wanted = objects[moved].cell
      world.target = objects[near].position
      world.mission = Mission(
        objects[moved].color, objects[moved].kind, secondColor: objects[near].color,
        secondKind: objects[near].kind)
    })
}

extension GridWorld {
  /// Picking up another object ends the episode, and so does every attempt to drop one; dropping it beside the place
  /// where the target was at the start, diagonally or not, is success.
  mutating func actInPutNear(_ action: GridAction, _ rules: GridRules) -> Transition {
    let carriedBefore = carrying
    let transition = act(action, rules)
    switch action {
    case .pickup where carrying != .empty && carrying != wanted: return Transition(terminated: true)
    case .drop where carriedBefore != .empty:
      let isDropped = carrying == .empty
      return isDropped && front.chebyshevDistance(to: target) <= 1
        ? success(rules) : Transition(terminated: true)
    default: return transition
    }
  }
}
