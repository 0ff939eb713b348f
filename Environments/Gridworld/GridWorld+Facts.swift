extension GridWorld {
  /// The names of the facts, in the order in which they are written.
  ///
  /// `carrying_…` and `facing_…` are 0 or 1; `doors_…` count the whole map, seen or not; `at_goal` says whether the
  /// agent stands on a goal. `…_nearby` say what is in view, an obstacle being an object before a locked door; `way_free` says that
  /// there is none on the map, `way_open` that there is no locked door, `put_aside` that
  /// hands and way are free. `solved` holds where a task with goals is done.
  static let facts =
    [
      "carrying_key", "carrying_ball", "carrying_box",
      "facing_key", "facing_ball", "facing_box", "facing_open_door", "facing_closed_door",
      "facing_locked_door",
      "facing_goal", "doors_open", "doors_closed", "doors_locked", "at_goal", "hands_free",
    ] + GridGoals.Target.allCases.map { $0.name + "_nearby" } + [
      "way_free", "way_open", "put_aside", "solved",
    ]

  /// Writes one count for each name in ``facts``. O(cells of the map).
  public mutating func writeFacts(_ rules: GridRules, into facts: UnsafeMutablePointer<Int32>) {
    let ahead = self[front]
    var doors = SIMD4<Int32>()
    for y in 0..<rules.task.height {
      for x in 0..<rules.task.width {
        if let state = self[Position(x, y)].doorState { doors[Int(state.rawValue)] &+= 1 }
      }
    }
    facts[0] = carrying.isKey ? 1 : 0
    facts[1] = carrying.isBall ? 1 : 0
    facts[2] = carrying.isBox ? 1 : 0
    facts[3] = ahead.isKey ? 1 : 0
    facts[4] = ahead.isBall ? 1 : 0
    facts[5] = ahead.isBox ? 1 : 0
    facts[6] = ahead.doorState == .open ? 1 : 0
    facts[7] = ahead.doorState == .closed ? 1 : 0
    facts[8] = ahead.doorState == .locked ? 1 : 0
    facts[9] = ahead == .goal ? 1 : 0
    facts[10] = doors.x
    facts[11] = doors.y
    facts[12] = doors.z
    facts[13] = self[agent] == .goal ? 1 : 0
    facts[14] = carrying == .empty ? 1 : 0
    let view = view(throughWalls: rules.seesThroughWalls)
    for target in GridGoals.Target.allCases {
      facts[15 + Int(target.rawValue)] = nearest(of: target, in: view) == nil ? 0 : 1
    }
    facts[20] = isWayBlocked(rules) ? 0 : 1
    facts[21] = doors.z == 0 ? 1 : 0
    facts[22] = facts[14] & facts[20]
    facts[23] = isSolved(rules) ? 1 : 0
  }

  /// Whether what the task comes down to has been done.
  private func isSolved(_ rules: GridRules) -> Bool {
    switch rules.task.quest?.aim {
    case .reachGoal: self[agent] == .goal
    case .pickUp: carrying == wanted && wanted.isPortable
    case .unlock: self[target].doorState == .open
    case nil: false
    }
  }
}
