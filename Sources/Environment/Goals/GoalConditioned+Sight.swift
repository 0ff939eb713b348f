#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// What a policy sees, and what it may choose.
extension GoalConditioned {
  /// Writes what is asked for, where it is, and what the world shows in view of it; zeros where nothing is asked for.
  @inlinable
  public mutating func observe(_ rules: GoalRules<Base>, into observation: UnsafeMutablePointer<UInt8>) {
    let world = rules.worlds[Int(ground)]
    let explored = 9, steep = explored + GoalView.neighbours.count
    let own = steep + (rules.goesThroughRock ? 1 + rules.headings.count : 0)
    observation.update(repeating: 0, count: own + rules.viewSize)
    guard goal >= 0 else { return }
    let pose = base.pose(world)
    // Who goes to a waypoint does so whatever for: all finds learn it together.
    observation[0] = UInt8(focusKind == .waypoint && !isChoosing ? Int32(rules.kinds.count) + 1 : goal + 1)
    observation[1] = isChoosing ? 1 : 0
    if focusKind != .nothing {
      let dx = focus.x - pose.x, dy = focus.y - pose.y, dz = focus.z - pose.z
      let horizontal = (dx * dx + dz * dz).squareRoot()
      let isWaypoint = focusKind == .waypoint
      observation[2] = focusKind.rawValue
      observation[3] = GoalView.code(of: angle(-dx, dz) - pose.yaw)
      // Along, it is the look itself that may be too high or too low.
      let pitch = isWaypoint && rise == 0 ? lead : angle(-dy, horizontal)
      observation[4] = pitch.isFinite ? GoalView.code(of: pitch - pose.pitch) : 0
      observation[5] = GoalView.code(
        distance: isWaypoint ? distance : (horizontal * horizontal + dy * dy).squareRoot())
    }
    observation[6] = UInt8(min(8, 8 * clock / rules.stepLimits[Int(goal)]))
    if isChoosing {
      observation[7] = heading
      observation[8] = isReached ? 1 : 0
      var place = explored
      for step in GoalView.neighbours {
        let (x, z) = turned(step.x, step.z, pose, rules)
        let index = RegionSet.index(pose, side: rules.regionSide, x, step.y, z)
        observation[place] = regions[index] ? 1 : 0
        place += 1
      }
    }
    if rules.goesThroughRock {
      let rise = focusKind == .nothing ? 0 : max(-2, min(2, (focus.y - pose.y).rounded()))
      observation[steep] = UInt8(2 + rise)
      for heading in rules.headings.indices where isChoosing {
        observation[steep + 1 + heading] = isVisited(rules.headings[heading], from: pose, rules) ? 1 : 0
      }
    }
    base.writeGoalView(for: Int(goal), world, into: observation + own)
  }

  /// Headings where one is to be chosen, and moves of the goal elsewhere.
  @inlinable
  public mutating func writeActionMask(_ rules: GoalRules<Base>, into mask: UnsafeMutablePointer<UInt8>) {
    let moves = rules.moves.count, headings = rules.headings.count
    mask.update(repeating: 0, count: rules.choices)
    let first = max(0, Int(goal)) * rules.choices
    let world = rules.worlds[Int(ground)]
    if isChoosing {
      // What lies deep is looked for where it is to be expected: above that one goes down, and up again to what is at the surface.
      let pose = base.pose(world), level = pose.y
      let isAbove = level > rules.highest[Int(goal)], isBelow = level < rules.lowest[Int(goal)]
      // Where ways along keep the level, they lead up to it again.
      let canRise = rules.gazes[Int(goal)].isFinite
      for heading in 0..<headings {
        let way = rules.headings[heading], rise = way.y
        let leadsThere =
          isAbove ? rise < 0 : isBelow && !canRise ? rise > 0 : rules.allowed[first + moves + heading] != 0
        mask[moves + heading] = leadsThere && Base.contains(end(of: way, from: pose, rules), world) ? 1 : 0
      }
      return
    }
    let count = rules.baseActionCount
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { all in
      let all = all.baseAddress!
      base.writeActionMask(world, into: all)
      for move in 0..<moves {
        mask[move] =
          (goal < 0 ? 1 : rules.allowed[first + move]) & all[Int(rules.moves[move].action)]
      }
    }
    // Something can always be done, if only to wait.
    if !(0..<moves).contains(where: { mask[$0] != 0 }) { mask[0] = 1 }
  }
}

/// The angle of a direction.
@inlinable @inline(__always)
func angle(_ y: Float, _ x: Float) -> Float { y == 0 && x == 0 ? 0 : Float(atan2(Double(y), Double(x))) }
