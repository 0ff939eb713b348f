import KnackEnvironment

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension GridWorld: GoalWorld {
  /// What can be asked for in the task, which must be one that has goals.
  public static func goalSpace(_ rules: GridRules) -> GoalSpace { rules.goals!.space }

  /// The agent's cell, rows counted as z, and where it faces.
  public mutating func pose(_ rules: GridRules) -> Pose {
    let (x, y) = direction.step
    return Pose(x: Float(agent.x), z: Float(agent.y), yaw: Float(atan2(Double(-x), Double(y))))
  }

  /// The nearest in view, by steps. What is in view is near.
  public mutating func sighting(for goal: Int, _ rules: GridRules) -> Sighting? {
    guard let target = rules.goals!.targets[goal],
      let place = nearest(of: target, in: view(throughWalls: rules.seesThroughWalls))
    else { return nil }
    return Sighting(x: Float(place.x), z: Float(place.y), isNear: true)
  }

  /// Notes where everything in view is, and that what was seen there is there no longer.
  public mutating func survey(_ rules: GridRules, into seen: inout SeenTargets) {
    let view = view(throughWalls: rules.seesThroughWalls)
    for target in GridGoals.Target.allCases {
      let number = Int(target.rawValue)
      if let place = nearest(of: target, in: view) {
        seen[number] = SIMD3(Float(place.x), 0, Float(place.y))
      } else if let last = seen[number] {
        let (x, y) = place(inView: Position(Int(last.x), Int(last.z)))
        if (0..<7).contains(x) && (0..<7).contains(y) && view[x] >> UInt64(8 * y) & 0xff != 0 {
          seen[number] = nil
        }
      }
    }
  }

  /// A fact that counts for goals.
  public mutating func goalFact(_ fact: Int, _ rules: GridRules) -> Int32 {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: GridWorld.facts.count) { facts in
      writeFacts(rules, into: facts.baseAddress!)
      return facts[fact]
    }
  }

  /// To face the target is everything but the last action.
  public mutating func effort(for goal: Int, _ rules: GridRules) -> Float {
    rules.goals!.targets[goal].map { isTarget(front, $0) } ?? false ? 1 : 0
  }

  /// Nothing harms but lava, which ends the episode.
  public mutating func wellbeing(_ rules: GridRules) -> Float { 1 }

  /// Writes the cells of the view in their classes, what is carried and where the agent faces.
  public mutating func writeGoalView(
    for goal: Int, _ rules: GridRules, into observation: UnsafeMutablePointer<UInt8>
  ) {
    let view = view(throughWalls: rules.seesThroughWalls), target = rules.goals!.targets[goal]
    for x in 0..<7 {
      for y in 0..<7 {
        let cell = Cell(rawValue: UInt8(truncatingIfNeeded: view[x] >> UInt64(8 * y)))
        // Its own cell shows what it carries.
        let isOwn = x == 3 && y == 6
        let isSought =
          cell != .unseen && !isOwn && target.map { isTarget(position(inView: x, y), $0) } ?? false
        observation[7 * x + y] =
          (isSought ? GridGoals.CellClass.target : isOwn ? .free : cell.goalClass).rawValue
      }
    }
    observation[49] = carrying == .empty ? 0 : carrying.isKey ? 1 : 2
    observation[50] = direction.rawValue
  }
}

// MARK: - What is where

extension GridWorld {
  /// Whether what lies on a cell is something that can be looked for.
  func isTarget(_ position: Position, _ target: GridGoals.Target) -> Bool {
    let cell = self[position]
    return switch target {
    case .key: cell.isKey
    case .lockedDoor: cell.doorState == .locked
    case .goal: cell == .goal
    case .wanted: cell == wanted && cell.isPortable
    case .obstacle: cell.isPortable && isBeforeLockedDoor(position)
    }
  }

  /// Whether a cell is beside a locked door, on the side on which the agent is: what lies behind it is in nobody's way.
  private func isBeforeLockedDoor(_ position: Position) -> Bool {
    Direction.allCases.contains { direction in
      let door = position.neighbor(direction), (x, y) = direction.step
      return self[door].doorState == .locked && (door.x - agent.x) * x + (door.y - agent.y) * y > 0
    }
  }

  /// Whether an object lies before a locked door, seen or not.
  func isWayBlocked(_ rules: GridRules) -> Bool {
    for y in 0..<rules.task.height {
      for x in 0..<rules.task.width where isTarget(Position(x, y), .obstacle) { return true }
    }
    return false
  }

  /// The nearest of something in the agent's view, by steps.
  func nearest(of target: GridGoals.Target, in view: ViewColumns) -> Position? {
    var best = Int.max, found: Position?
    for x in 0..<7 {
      for y in 0..<7 where view[x] >> UInt64(8 * y) & 0xff != 0 && !(x == 3 && y == 6) {
        let far = abs(x - 3) + 6 - y, position = position(inView: x, y)
        if far < best && isTarget(position, target) { (best, found) = (far, position) }
      }
    }
    return found
  }

  /// The place of a cell of the view.
  private func position(inView x: Int, _ y: Int) -> Position {
    let ahead = direction.step, right = direction.turned(by: 1).step
    return Position(
      agent.x + (6 - y) * ahead.0 + (x - 3) * right.0, agent.y + (6 - y) * ahead.1 + (x - 3) * right.1)
  }

  /// The cell of the view at a place, which may be beyond it.
  private func place(inView position: Position) -> (x: Int, y: Int) {
    let ahead = direction.step, right = direction.turned(by: 1).step
    let x = position.x - agent.x, y = position.y - agent.y
    return (3 + x * right.0 + y * right.1, 6 - x * ahead.0 - y * ahead.1)
  }
}

extension Cell {
  /// What it is to somebody who is about something else.
  fileprivate var goalClass: GridGoals.CellClass {
    switch self {
    case .unseen: .unseen
    case .empty, .goal: .free
    case .lava: .lava
    case .wall: .wall
    default:
      switch doorState {
      case .open: .openDoor
      case .closed: .closedDoor
      case .locked: .lockedDoor
      case nil: .object
      }
    }
  }
}
