// What a step was worth in view of the goal: what one goes to, how near it is, how far one has come with it.
extension GoalConditioned {
  /// A step that is given as headings are, along the world's axes: turned by the quarters that one looks away from +z, where headings
  /// turn.
  @inlinable
  func turned<Number: SignedNumeric>(
    _ x: Number, _ z: Number, _ pose: Pose, _ rules: GoalRules<Base>
  ) -> (x: Number, z: Number) {
    guard rules.turnsHeadings else { return (x, z) }
    return switch Int((pose.yaw * (2 / .pi)).rounded()) & 3 {
    case 0: (x, z)
    case 1: (-z, x)
    case 2: (-x, -z)
    default: (z, -x)
    }
  }

  /// Where a heading leads from a pose.
  @inlinable
  func end(of way: Heading, from pose: Pose, _ rules: GoalRules<Base>) -> Pose {
    let (x, z) = turned(way.x, way.z, pose, rules)
    var end = Pose(x: pose.x + x, y: pose.y + way.y, z: pose.z + z)
    // Who goes down or up to where the target is to be expected goes no further.
    let lowest = rules.lowest[Int(goal)], highest = rules.highest[Int(goal)], reach = rules.verticalReach
    if way.y < 0 && pose.y > highest { end.y = max(end.y, max(lowest, highest - reach)) }
    if way.y > 0 && pose.y < lowest { end.y = min(end.y, min(highest, lowest + reach)) }
    if way.y == 0 && pose.y <= highest { end.y = max(end.y, lowest) }
    return end
  }

  /// How far down one should look on the way where a heading leads, in radians: straight down to what lies below, and along rock as the
  /// goal says. Infinite where that does not matter.
  @inlinable
  func lead(of way: Heading, from pose: Pose, _ rules: GoalRules<Base>) -> Float {
    if way.y != 0 { return way.y < 0 ? .pi / 2 : .infinity }
    return pose.y <= rules.highest[Int(goal)] ? rules.gazes[Int(goal)] : .infinity
  }

  /// Whether one has been where a heading leads.
  @inlinable
  func isVisited(_ way: Heading, from pose: Pose, _ rules: GoalRules<Base>) -> Bool {
    regions[RegionSet.index(end(of: way, from: pose, rules), side: rules.regionSide)]
  }

  /// Chooses a heading; returns what that is worth. Along rock nothing is to be found where one has been; above ground one sees far, and
  /// what one looks for may have moved.
  @inlinable
  mutating func choose(_ way: Heading, _ rules: GoalRules<Base>) -> Float {
    let pose = base.pose(rules.worlds[Int(ground)])
    let isVain = way.y == 0 && lead(of: way, from: pose, rules).isFinite && isVisited(way, from: pose, rules)
    head(way, from: pose, rules)
    return isVain ? -rules.rewards.revisit : 0
  }

  /// Puts a waypoint where a heading leads.
  @inlinable
  mutating func head(_ way: Heading, from pose: Pose, _ rules: GoalRules<Base>) {
    let end = end(of: way, from: pose, rules)
    focus = Sighting(x: end.x, y: end.y, z: end.z, isNear: false)
    focusKind = .waypoint
    focusSteps = 0
    rise = way.y < 0 ? -1 : way.y > 0 ? 1 : 0
    lead = lead(of: way, from: pose, rules)
    gaze = gaze(pose)
    distance = waypointDistance(pose)
    nearestYet = distance
    isChoosing = false
  }

  /// How near one looks to where one should on the way: 0 for exactly or where it does not matter, below for the radians that one is off.
  @inlinable
  func gaze(_ pose: Pose) -> Float { lead.isFinite ? -abs(pose.pitch - lead) : 0 }

  /// How far a waypoint is: only along the axis that its heading has. One above or below is passed, too, by whoever goes beyond it; a
  /// way along rock keeps its level, too.
  @inlinable
  func waypointDistance(_ pose: Pose) -> Float {
    if rise != 0 { return max(0, Float(rise) * (focus.y - pose.y)) }
    let dx = focus.x - pose.x, dz = focus.z - pose.z
    return (dx * dx + dz * dz).squareRoot() + (lead.isFinite ? abs(focus.y - pose.y) : 0)
  }

  /// Looks for the target, and where it is not sensed, for what to go to instead. Returns the reward for having come nearer.
  @inlinable
  mutating func look(_ pose: Pose, _ rules: GoalRules<Base>) -> Float {
    let number = Int(goal), kind = rules.kinds[number]
    if kind == .place || rules.targets[number] < 0 { return 0 }
    let before = focusKind, last = focus, lastDistance = distance
    if !isLeaving, let sighting = base.sighting(for: number, rules.worlds[Int(ground)]) {
      focus = sighting
      focusKind = sighting.isItem ? .item : .target
      focusSteps = 0
      isChoosing = false
      if kind == .find && sighting.isNear { outcome = .success }
      distance = length(focus.x - pose.x, focus.y - pose.y, focus.z - pose.z)
      let moved = abs(focus.x - last.x) + abs(focus.y - last.y) + abs(focus.z - last.z)
      // What one goes to may have changed; only to one and the same one comes nearer.
      let isSame = (before == focusKind || before == .remembered && focusKind == .target) && moved < 1.5
      return isSame ? rules.rewards.cell * max(-2, min(2, lastDistance - distance)) : 0
    }
    focusSteps += taken
    var approach: Float = 0
    switch focusKind {
    case .waypoint:
      distance = waypointDistance(pose)
      if distance < nearestYet - 0.5 { (nearestYet, focusSteps) = (distance, 0) }
      isReached = distance < (rise != 0 ? rules.verticalReach : rules.waypointReach)
      isChoosing = isReached || focusSteps >= rules.waypointSteps
      if isChoosing { isLeaving = false }
      // On the way down or up to where the target is to be expected one comes nearer to it indeed (Plan4MC rewards mining by depth).
      let isNearer = rise < 0 && pose.y > rules.highest[number] || rise > 0 && pose.y < rules.lowest[number]
      let worth = isNearer ? rules.rewards.cell : rules.rewards.waypointCell
      // Whoever is to dig looks there first.
      let lastLook = gaze
      gaze = gaze(pose)
      return worth * max(-2, min(2, lastDistance - distance)) + rules.rewards.look * (gaze - lastLook)
        + (isReached ? rules.rewards.waypoint : 0)
    case .item: focusKind = .nothing
    case .target, .remembered:
      // It remembers where the target was, until it has been there or too long ago.
      focusKind = .remembered
      distance = length(focus.x - pose.x, focus.y - pose.y, focus.z - pose.z)
      approach = lastDistance - distance
      if distance < 1.5 || focusSteps > rules.memorySteps { focusKind = .nothing }
    case .nothing: break
    }
    if focusKind == .nothing && kind == .find && !isLeaving {
      let target = Int(rules.targets[number])
      if before == .remembered { seen[target] = nil }
      if let place = seen[target] {
        focus = Sighting(x: place.x, y: place.y, z: place.z, isNear: false)
        focusKind = .remembered
        focusSteps = 0
        distance = length(focus.x - pose.x, focus.y - pose.y, focus.z - pose.z)
      }
    }
    if focusKind == .nothing {
      if kind == .find { isChoosing = true }
      if kind == .obtain && focusSteps > rules.patienceSteps { outcome = .lost }
    }
    return rules.rewards.cell * max(-2, min(2, approach))
  }

  /// How far the goal has come apart from distance, from 0 to 1: a target that is sought has been sensed, one that is worked on is
  /// so far done, what was to be had of it lies on the ground.
  @inlinable
  mutating func headway(_ rules: GoalRules<Base>) -> Float {
    switch rules.kinds[Int(goal)] {
    case .find: focusKind == .target || focusKind == .remembered ? 1 : 0
    case .place: 0
    case .obtain where rules.targets[Int(goal)] < 0:
      base.effort(for: Int(goal), rules.worlds[Int(ground)])
    case .obtain:
      focusKind == .item
        ? 1 : focusKind == .target ? base.effort(for: Int(goal), rules.worlds[Int(ground)]) : 0
    }
  }

  /// Judges a step: whether the goal is reached or given up, and what the step was worth apart from that.
  @inlinable
  mutating func judge(_ rules: GoalRules<Base>) -> Float {
    let world = rules.worlds[Int(ground)]
    clock += taken
    base.survey(world, into: &seen)
    let kind = rules.kinds[Int(goal)]
    let pose = base.pose(world)
    var reward = look(pose, rules) - rules.rewards.step * Float(taken)
    if regions.insert(RegionSet.index(pose, side: rules.regionSide)) && kind == .find
      && focusKind == .waypoint
    {
      reward += rules.rewards.region
    }
    let headway = headway(rules)
    reward += rules.rewards.headway * (headway - self.headway)
    self.headway = headway
    if kind != .find {
      let gained = gains(rules)
      if kind == .place ? gained > 0 : gained > baseline { outcome = .success }
    }
    let wellbeing = base.wellbeing(world)
    reward += rules.rewards.harm * min(0, wellbeing - self.wellbeing)
    self.wellbeing = wellbeing
    let last = alarms
    alarms = alarms(rules)
    if alarms > last && outcome == .open && rules.heedsAlarms[Int(goal)] {
      outcome = .interrupted
      return reward
    }
    switch outcome {
    case .success: return max(0, reward)
    case .open where clock < rules.stepLimits[Int(goal)]: return reward
    // What ends without success must not look like it.
    case .open: outcome = .late
    case .lost, .late, .interrupted: break
    }
    return min(0, reward)
  }

  /// What a step means to a learner, given what it was worth apart from what has ended with it.
  @inlinable
  func practised(_ reward: Float, died: Bool, wasChoosing: Bool, _ rules: GoalRules<Base>) -> Transition {
    if outcome == .success {
      return Transition(reward: Double(reward + rules.rewards.success), terminated: true, truncated: isOver)
    }
    if died { return Transition(reward: Double(min(reward, 0) - rules.rewards.death), terminated: true) }
    // The way to a waypoint is an episode of its own, so that going about is worth nothing by itself. Running out of time is the end,
    // too, which the clock announces: if what might have come after it counted, to be late would be worth as much as to succeed.
    return Transition(
      reward: Double(reward),
      terminated: outcome == .lost || outcome == .late
        || isChoosing && (focusKind == .waypoint || wasChoosing),
      truncated: outcome == .interrupted || isOver)
  }
}

/// The length of a vector.
@inlinable @inline(__always)
func length(_ x: Float, _ y: Float, _ z: Float) -> Float { (x * x + y * y + z * z).squareRoot() }
