import KnackEnvironment

/// Two rooms with a locked door between them: open it; or, behind it, pick up the box; or do so with a ball before the
/// door.
let unlockTasks: [GridTask] = [
  GridTask(
    id: "MiniGrid-Unlock-v0", summary: "Pick up the key and open the locked door.",
    width: 11, height: 6, stepLimit: 288, rule: .unlock,
    quest: GridQuest(aim: .unlock),
    mission: { _ in "open the door" },
    generate: { world, rules in
      var rooms = RoomGrid(&world, roomSize: 6, rows: 1, columns: 2)
      let door = rooms.addDoor(&world, column: 0, row: 0, wall: .right, isLocked: true)
      rooms.addObject(&world, rules, column: 0, row: 0, .key, door.color)
      rooms.placeAgent(&world, rules, column: 0, row: 0)
      world.target = door.position
    }),
  unlockPickup("UnlockPickup", "Unlock the door and pick up the box behind it.", stepLimit: 288),
  unlockPickup(
    "BlockedUnlockPickup", "Move the ball away from the door, unlock it and pick up the box behind it.",
    stepLimit: 576, isBlocked: true),
]

private func unlockPickup(
  _ name: String, _ summary: String, stepLimit: Int, isBlocked: Bool = false
) -> GridTask {
  GridTask(
    id: "MiniGrid-\(name)-v0", summary: summary, width: 11, height: 6, stepLimit: stepLimit, rule: .pickUp,
    quest: GridQuest(aim: .pickUp, isBlocked: isBlocked),
    mission: { "pick up the \($0.colorName) \($0.kindName)" },
    generate: { world, rules in
      var rooms = RoomGrid(&world, roomSize: 6, rows: 1, columns: 2)
      let box = rooms.addObject(&world, rules, column: 1, row: 0, .box)
      let door = rooms.addDoor(&world, column: 0, row: 0, wall: .right, isLocked: true)
      if isBlocked { world[door.position.neighbor(.left)] = .ball(world.drawColor()) }
      rooms.addObject(&world, rules, column: 0, row: 0, .key, door.color)
      rooms.placeAgent(&world, rules, column: 0, row: 0)
      world.wanted = box.cell
      world.mission = Mission(box.color, .box)
    })
}

extension GridWorld {
  /// A toggle after which the door is open ends the episode with success.
  mutating func actInUnlock(_ action: GridAction, _ rules: GridRules) -> Transition {
    let transition = act(action, rules)
    guard action == .toggle && self[target].doorState == .open else { return transition }
    return success(rules)
  }

  /// Picking up the wanted object, of which there is one, ends the episode with success.
  mutating func actInPickUp(_ action: GridAction, _ rules: GridRules) -> Transition {
    let transition = act(action, rules)
    guard action == .pickup && carrying == wanted else { return transition }
    return success(rules)
  }
}
