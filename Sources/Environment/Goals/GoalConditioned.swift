#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import KnackNumerics

/// A world in which one goal after another is asked for.
///
/// *Practising*, each goal is an episode of its own for the learner, as is the way to each waypoint: it ends once the goal is reached,
/// given up or out of time, and the next one begins where the last one ended, in the same world, until enough have been asked for or the player is
/// dead. So policies meet the states in which other goals leave them. A goal whose target is not near is preceded by finding it.
///
/// *Commanded*, goals are given by ``VectorEnvironment/command(_:leaving:world:)``, and rewards and ends are the world's own. What a
/// step was worth in view of the goal is reported beside them, see ``GoalReport``: so one can practise while one plays.
///
/// Finding has two levels (Plan4MC, arXiv:2303.16563, section 3.2). Where the target is not sensed a heading is chosen, which takes no
/// time in the world and puts a waypoint there; the moves that follow go to the waypoint. The choice is rewarded for what those
/// moves come by: regions not visited before, and the target in sight. Both levels are one policy, told apart by the phase.
@frozen
public struct GoalConditioned<Base: GoalWorld>: World {
  @usableFromInline var base: Base
  @usableFromInline var random: Xoshiro256
  /// The ground of the episode; goals asked for in it; whether the world must begin anew.
  @usableFromInline var ground: Int32 = 0, asked: Int32 = 0
  @usableFromInline var isOver = true
  /// The goal, and the one that it serves; -1 for none.
  @usableFromInline var goal: Int32 = -1, intent: Int32 = -1
  /// How the goal has ended.
  @usableFromInline var outcome = GoalOutcome.open
  /// Whether a heading is to be chosen.
  @usableFromInline var isChoosing = false
  /// The heading that was chosen last, from 1 on, and whether its waypoint was reached.
  @usableFromInline var heading: UInt8 = 0
  @usableFromInline var isReached = false
  /// Whether it goes away from here first, whatever it senses.
  @usableFromInline var isLeaving = false
  /// Whether the waypoint lies above or below, and how far one looks there, in radians.
  @usableFromInline var isVertical = false
  @usableFromInline var gaze: Float = 0
  /// What is gone to, as ``focus`` in an observation; for how many steps it has not been sensed, or been gone to as a waypoint.
  @usableFromInline var focusKind: UInt8 = 0
  @usableFromInline var focusSteps: Int32 = 0
  @usableFromInline var focus = Sighting(x: 0, z: 0, isNear: false)
  /// How far away that is, and was at its nearest, see ``headway(_:)``, how well the player was.
  @usableFromInline var distance: Float = 0, nearestYet: Float = 0, headway: Float = 0, wellbeing: Float = 0
  /// The world's steps since the goal was asked for, in the last move, and in the whole life of this world.
  @usableFromInline var clock: Int32 = 0, taken: Int32 = 0
  @usableFromInline var steps: Int64 = 0
  /// The world's steps at the beginning of its episode, and in the episode, or in the last one once it has ended.
  @usableFromInline var firstStep: Int64 = 0, episodeSteps: Int64 = 0
  /// What there was of the goal's gains.
  @usableFromInline var baseline: Int32 = 0
  /// The achievements of the learner's episode.
  @usableFromInline var achieved: UInt64 = 0
  @usableFromInline var regions = RegionSet()
  /// Where targets were seen, and how many alarms there were.
  @usableFromInline var seen = SeenTargets()
  @usableFromInline var alarms: Int32 = 0
  /// What the last step was worth in view of the goal.
  @usableFromInline var report = GoalReport()

  /// A world without an episode.
  @inlinable
  public init(_ rules: GoalRules<Base>) {
    base = Base(rules.grounds[0].rules)
    random = Xoshiro256(seed: 0, stream: 0)
  }

  /// Makes such a world in place, since its base may be large.
  @inlinable
  public static func initialize(_ place: UnsafeMutablePointer<Self>, _ rules: GoalRules<Base>) {
    let offset = MemoryLayout<Self>.offset(of: \Self.base)!
    UnsafeMutableRawPointer(place).initializeMemory(
      as: UInt8.self, repeating: 0, count: MemoryLayout<Self>.size)
    let inner = (UnsafeMutableRawPointer(place) + offset).assumingMemoryBound(to: Base.self)
    Base.initialize(inner, rules.grounds[0].rules)
    place.pointee.random = Xoshiro256(seed: 0, stream: 0)
    place.pointee.isOver = true
    place.pointee.goal = -1
    place.pointee.intent = -1
  }

  /// Restarts both random streams.
  @inlinable
  public mutating func seed(_ seed: UInt64, _ rules: GoalRules<Base>) {
    base.seed(seed, rules.grounds[0].rules)
    random = Xoshiro256(seed: seed, stream: 0x6f41)
    isOver = true
  }

  /// Asks for the next goal; begins the world anew where it must.
  @inlinable
  public mutating func reset(_ rules: GoalRules<Base>) {
    achieved = 0
    if rules.isCommanded {
      begin(rules)
      ask(-1, rules)
      return
    }
    if !isOver && isChoosing && outcome == .open { return }  // the find goes on with its next waypoint
    if isOver || asked >= Int32(rules.grounds[Int(ground)].goalsPerEpisode) {
      let draw = random.uniform()
      ground = Int32(rules.shares.firstIndex { draw < $0 } ?? rules.shares.count - 1)
      begin(rules)
      intent = -1
    }
    let goals = rules.grounds[Int(ground)].goals
    if intent < 0 || outcome != .success || goal == intent {
      intent = Int32(goals[random.below(goals.count)])
    }
    asked += 1
    let finder = rules.finders[Int(intent)]
    if finder >= 0 && rules.kinds[Int(intent)] != .find {
      let near = base.sighting(for: Int(finder), rules.grounds[Int(ground)].rules)
      if !(near?.isNear ?? false) { return ask(finder, rules) }
    }
    ask(intent, rules)
  }

  /// Begins the world anew.
  @inlinable
  mutating func begin(_ rules: GoalRules<Base>) {
    base.reset(rules.grounds[Int(ground)].rules)
    isOver = false
    asked = 0
    firstStep = steps
    regions = RegionSet()
    seen = SeenTargets()
    outcome = .open
  }

  /// Asks for a goal, or for none (-1); for a find, whether somewhere else than here.
  @inlinable
  mutating func ask(_ goal: Int32, leaving: Bool = false, _ rules: GoalRules<Base>) {
    let world = rules.grounds[Int(ground)].rules
    self.goal = goal
    outcome = .open
    isLeaving = leaving && goal >= 0 && rules.kinds[Int(goal)] == .find
    isChoosing = isLeaving
    focusKind = 0
    focusSteps = 0
    heading = 0
    isReached = false
    clock = 0
    wellbeing = base.wellbeing(world)
    guard goal >= 0 else { return }
    if isLeaving { seen[Int(rules.targets[Int(goal)])] = nil }
    alarms = alarms(rules)
    baseline = gains(rules)
    let pose = base.pose(world)
    _ = regions.insert(RegionSet.index(pose.x, pose.y, pose.z))
    taken = 0
    _ = look(pose, rules)
    outcome = .open  // what is there from the start is noticed after the first step
    headway = headway(rules)
  }

  /// What there is of the goal's gains: the most of any.
  @inlinable
  mutating func gains(_ rules: GoalRules<Base>) -> Int32 {
    var total: Int32 = 0
    for fact in rules.space.goals[Int(goal)].gains {
      total &+= base.goalFact(fact, rules.grounds[Int(ground)].rules)
    }
    return total
  }

  /// How many alarms there are.
  @inlinable
  mutating func alarms(_ rules: GoalRules<Base>) -> Int32 {
    var total: Int32 = 0
    for fact in rules.space.alarms { total &+= base.goalFact(fact, rules.grounds[Int(ground)].rules) }
    return total
  }

  /// Takes a move, chooses a heading, or, from `actions.count` on, takes any action of the world itself.
  @inlinable
  public mutating func step(_ action: Int, _ rules: GoalRules<Base>) -> Transition {
    let moves = rules.space.moves.count
    if isChoosing && action >= moves && action < moves + rules.space.headings.count {
      heading = UInt8(action - moves + 1)
      let way = rules.space.headings[action - moves]
      if way.x != 0 || way.y != 0 || way.z != 0 {
        head(way, rules)
        report = GoalReport(goal: goal, steps: clock)
        return Transition()
      }
      return lookAbout(rules)
    }
    let world = rules.grounds[Int(ground)].rules
    let choices = moves + rules.space.headings.count
    // A heading that nobody asked for is a moment of waiting.
    let move =
      action < moves ? rules.space.moves[action] : Move("", action: action >= choices ? action - choices : 0)
    taken = 0
    var transition = Transition()
    while taken < Int32(move.steps) && !transition.terminated && !transition.truncated {
      transition = base.step(move.action, world)
      taken += 1
    }
    return conclude(transition, rules)
  }

  /// Turns about until the target is sensed, or once around.
  @inlinable
  mutating func lookAbout(_ rules: GoalRules<Base>) -> Transition {
    let world = rules.grounds[Int(ground)].rules
    var transition = Transition()
    taken = 0
    isReached = true
    focusKind = 0
    guard let turn = rules.space.turn else { return transition }
    for _ in 0..<rules.space.turns {
      for _ in 0..<turn.steps where !transition.terminated && !transition.truncated {
        transition = base.step(turn.action, world)
        taken += 1
      }
      if transition.terminated || transition.truncated || base.sighting(for: Int(goal), world) != nil {
        break
      }
    }
    return conclude(transition, rules)
  }

  /// What a step has led to, after the world has taken it.
  @inlinable
  mutating func conclude(_ transition: Transition, _ rules: GoalRules<Base>) -> Transition {
    steps += Int64(taken)
    episodeSteps = steps - firstStep
    let wasChoosing = isChoosing
    let reward = goal >= 0 && outcome == .open ? judge(rules) : 0
    isOver = transition.terminated || transition.truncated
    let died = transition.terminated && transition.reward <= 0
    let practised = practised(reward, died: died, wasChoosing: wasChoosing, rules)
    guard rules.isCommanded else {
      if outcome != .open || isOver { achieved |= 1 &<< UInt64(goal) }
      if outcome == .success { achieved |= 1 &<< UInt64(32 + goal) }
      return practised
    }
    report = GoalReport(
      goal: goal, outcome: outcome, steps: clock, reward: Float(practised.reward),
      isTerminated: practised.terminated, isTruncated: practised.truncated)
    return transition
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
      terminated: outcome == .lost || outcome == .late || isChoosing && (focusKind == 4 || wasChoosing),
      truncated: outcome == .interrupted || isOver)
  }

  /// Puts a waypoint where a heading leads.
  @inlinable
  mutating func head(_ way: Heading, _ rules: GoalRules<Base>) {
    let pose = base.pose(rules.grounds[Int(ground)].rules)
    focus = Sighting(x: pose.x + way.x, y: pose.y + way.y, z: pose.z + way.z, isNear: false)
    focusKind = 4
    focusSteps = 0
    isVertical = way.y != 0
    gaze = isVertical ? (way.y < 0 ? pose.pitch : -pose.pitch) : 0
    distance = waypointDistance(pose)
    nearestYet = distance
    isChoosing = false
  }

  /// How far a waypoint is: only along the axis that its heading has.
  @inlinable
  func waypointDistance(_ pose: Pose) -> Float {
    if isVertical { return abs(focus.y - pose.y) }
    let dx = focus.x - pose.x, dz = focus.z - pose.z
    return (dx * dx + dz * dz).squareRoot()
  }

  /// Looks for the target, and where it is not sensed, for what to go to instead. Returns the reward for having come nearer.
  @inlinable
  mutating func look(_ pose: Pose, _ rules: GoalRules<Base>) -> Float {
    let number = Int(goal), kind = rules.kinds[number]
    if kind == .place || rules.targets[number] < 0 { return 0 }
    let before = focusKind, last = focus, lastDistance = distance
    if !isLeaving, let sighting = base.sighting(for: number, rules.grounds[Int(ground)].rules) {
      focus = sighting
      focusKind = sighting.isItem ? 3 : 1
      focusSteps = 0
      isChoosing = false
      if kind == .find && sighting.isNear { outcome = .success }
      distance = length(focus.x - pose.x, focus.y - pose.y, focus.z - pose.z)
      let moved = abs(focus.x - last.x) + abs(focus.y - last.y) + abs(focus.z - last.z)
      // What one goes to may have changed; only to one and the same one comes nearer.
      let isSame = (before == focusKind || before == 2 && focusKind == 1) && moved < 1.5
      return isSame ? rules.rewards.cell * max(-2, min(2, lastDistance - distance)) : 0
    }
    focusSteps += taken
    var approach: Float = 0
    switch focusKind {
    case 4:
      distance = waypointDistance(pose)
      if distance < nearestYet - 0.5 { (nearestYet, focusSteps) = (distance, 0) }
      isReached = distance < rules.space.waypointReach
      isChoosing = isReached || focusSteps >= Int32(rules.space.waypointSteps)
      if isChoosing { isLeaving = false }
      // Down to where the target is to be expected one comes nearer to it indeed (Plan4MC rewards mining by depth).
      let isNearer = isVertical && focus.y < pose.y && pose.y > rules.levels[number]
      let worth = isNearer ? rules.rewards.cell : rules.rewards.waypointCell
      // Whoever is to dig down or up looks there first.
      let lastLook = gaze
      gaze = isVertical ? (focus.y < pose.y ? pose.pitch : -pose.pitch) : 0
      return worth * max(-2, min(2, lastDistance - distance)) + rules.rewards.look * (gaze - lastLook)
        + (isReached ? rules.rewards.waypoint : 0)
    case 3: focusKind = 0
    case 1, 2:
      // It remembers where the target was, until it has been there or too long ago.
      focusKind = 2
      distance = length(focus.x - pose.x, focus.y - pose.y, focus.z - pose.z)
      approach = lastDistance - distance
      if distance < 1.5 || focusSteps > Int32(rules.space.memorySteps) { focusKind = 0 }
    default: break
    }
    if focusKind == 0 && kind == .find && !isLeaving {
      let target = Int(rules.targets[number])
      if before == 2 { seen[target] = nil }
      if let place = seen[target] {
        focus = Sighting(x: place.x, y: place.y, z: place.z, isNear: false)
        focusKind = 2
        focusSteps = 0
        distance = length(focus.x - pose.x, focus.y - pose.y, focus.z - pose.z)
      }
    }
    if focusKind == 0 {
      if kind == .find { isChoosing = true }
      if kind == .obtain && focusSteps > Int32(rules.space.patienceSteps) { outcome = .lost }
    }
    return rules.rewards.cell * max(-2, min(2, approach))
  }

  /// How far the goal has come apart from distance, from 0 to 1: a target that is sought has been sensed, one that is worked on is
  /// so far done, what was to be had of it lies on the ground.
  @inlinable
  mutating func headway(_ rules: GoalRules<Base>) -> Float {
    switch rules.kinds[Int(goal)] {
    case .find: focusKind == 1 || focusKind == 2 ? 1 : 0
    case .place: 0
    case .obtain where rules.targets[Int(goal)] < 0:
      base.effort(for: Int(goal), rules.grounds[Int(ground)].rules)
    case .obtain:
      focusKind == 3 ? 1 : focusKind == 1 ? base.effort(for: Int(goal), rules.grounds[Int(ground)].rules) : 0
    }
  }

  /// Judges a step: whether the goal is reached or given up, and what the step was worth apart from that.
  @inlinable
  mutating func judge(_ rules: GoalRules<Base>) -> Float {
    let world = rules.grounds[Int(ground)].rules
    clock += taken
    base.survey(world, into: &seen)
    let kind = rules.kinds[Int(goal)]
    let pose = base.pose(world)
    var reward = look(pose, rules) - rules.rewards.step * Float(taken)
    if regions.insert(RegionSet.index(pose.x, pose.y, pose.z)) && kind == .find && focusKind == 4 {
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

  /// Writes what is asked for, where it is, and what the world shows in view of it; zeros where nothing is asked for.
  @inlinable
  public mutating func observe(_ rules: GoalRules<Base>, into observation: UnsafeMutablePointer<UInt8>) {
    let world = rules.grounds[Int(ground)].rules
    let own = 9 + GoalView.neighbours.count
    observation.update(repeating: 0, count: own + rules.viewSize)
    guard goal >= 0 else { return }
    let pose = base.pose(world)
    // Who goes to a waypoint does so whatever for: all finds learn it together.
    observation[0] = UInt8(focusKind == 4 && !isChoosing ? Int32(rules.space.goals.count) + 1 : goal + 1)
    observation[1] = isChoosing ? 1 : 0
    if focusKind != 0 {
      let dx = focus.x - pose.x, dy = focus.y - pose.y, dz = focus.z - pose.z
      let horizontal = (dx * dx + dz * dz).squareRoot()
      let isWaypoint = focusKind == 4
      observation[2] = focusKind
      observation[3] = GoalView.code(of: angle(-dx, dz) - pose.yaw)
      observation[4] = isWaypoint && !isVertical ? 0 : GoalView.code(of: angle(-dy, horizontal) - pose.pitch)
      observation[5] = GoalView.code(
        distance: isWaypoint ? distance : (horizontal * horizontal + dy * dy).squareRoot())
    }
    observation[6] = UInt8(min(8, 8 * clock / rules.stepLimits[Int(goal)]))
    if isChoosing {
      observation[7] = heading
      observation[8] = isReached ? 1 : 0
      var place = 9
      for step in GoalView.neighbours {
        let index = RegionSet.index(pose.x, pose.y, pose.z, step.x, step.y, step.z)
        observation[place] = regions[index] ? 1 : 0
        place += 1
      }
    }
    base.writeGoalView(for: Int(goal), world, into: observation + own)
  }

  /// Headings where one is to be chosen, and moves of the goal elsewhere.
  @inlinable
  public mutating func writeActionMask(_ rules: GoalRules<Base>, into mask: UnsafeMutablePointer<UInt8>) {
    let moves = rules.space.moves.count, headings = rules.space.headings.count
    mask.update(repeating: 0, count: moves + headings)
    let world = rules.grounds[Int(ground)].rules
    if isChoosing {
      // What lies deep is looked for where it is to be expected: above that one goes down.
      let isAbove = base.pose(world).y > rules.levels[Int(goal)]
      for heading in 0..<headings {
        mask[moves + heading] = !isAbove || rules.space.headings[heading].y < 0 ? 1 : 0
      }
      return
    }
    let count = rules.baseActionCount
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { all in
      let all = all.baseAddress!
      base.writeActionMask(world, into: all)
      let first = max(0, Int(goal)) * moves
      for move in 0..<moves {
        mask[move] =
          (goal < 0 ? 1 : rules.allowed[first + move]) & all[rules.space.moves[move].action]
      }
    }
    // Something can always be done, if only to wait.
    if !(0..<moves).contains(where: { mask[$0] != 0 }) { mask[0] = 1 }
  }

  /// Attempts and successes of the goals in practising; the world's own facts where it is commanded.
  @inlinable
  public mutating func writeFacts(_ rules: GoalRules<Base>, into facts: UnsafeMutablePointer<Int32>) {
    if rules.isCommanded { return base.writeFacts(rules.grounds[0].rules, into: facts) }
    let goals = rules.space.goals.count
    for k in 0..<goals {
      facts[k] = Int32(achieved &>> UInt64(k) & 1)
      facts[goals + k] = Int32(achieved &>> UInt64(32 + k) & 1)
    }
  }

  /// Attempts and successes of the goals in the learner's episode.
  @inlinable
  public mutating func reachedAchievements(_ rules: GoalRules<Base>) -> UInt64 {
    if rules.isCommanded { return base.reachedAchievements(rules.grounds[0].rules) }
    let goals = UInt64(rules.space.goals.count)
    return achieved & 0xffff_ffff | (achieved &>> 32) &<< goals
  }

  /// Whether the world is one, and what is kept beside it can be.
  @inlinable
  public static func accepts(_ bytes: UnsafeRawPointer, _ rules: GoalRules<Base>) -> Bool {
    func byte<T>(_ path: PartialKeyPath<Self>, _ type: T.Type) -> T {
      (bytes + MemoryLayout<Self>.offset(of: path)!).load(as: T.self)
    }
    let goals = -1..<Int32(rules.space.goals.count)
    return Base.accepts(bytes + MemoryLayout<Self>.offset(of: \Self.base)!, rules.grounds[0].rules)
      && (0..<Int32(rules.grounds.count)).contains(byte(\Self.ground, Int32.self))
      && goals.contains(byte(\Self.goal, Int32.self)) && goals.contains(byte(\Self.intent, Int32.self))
      && byte(\Self.outcome, UInt8.self) <= GoalOutcome.interrupted.rawValue
      && byte(\Self.report.outcome, UInt8.self) <= GoalOutcome.interrupted.rawValue
      && byte(\Self.report.isTerminated, UInt8.self) <= 1 && byte(\Self.report.isTruncated, UInt8.self) <= 1
      && byte(\Self.focusKind, UInt8.self) <= 4
      && byte(\Self.isOver, UInt8.self) <= 1 && byte(\Self.isChoosing, UInt8.self) <= 1
      && byte(\Self.isVertical, UInt8.self) <= 1 && byte(\Self.isLeaving, UInt8.self) <= 1
      && byte(\Self.isReached, UInt8.self) <= 1
      && byte(\Self.focus.isNear, UInt8.self) <= 1 && byte(\Self.focus.isItem, UInt8.self) <= 1
  }

  /// Makes all of the world.
  @inlinable
  public mutating func makeWhole(_ rules: GoalRules<Base>) {
    base.makeWhole(rules.grounds[Int(ground)].rules)
  }

  /// The world's own.
  @inlinable
  public mutating func traceOfReset(_ rules: GoalRules<Base>) -> [TraceField] {
    base.traceOfReset(rules.grounds[Int(ground)].rules)
  }

  /// The world's own.
  @inlinable
  public mutating func traceOfStep(_ rules: GoalRules<Base>) -> [TraceField] {
    base.traceOfStep(rules.grounds[Int(ground)].rules)
  }
}

/// How a goal has ended.
public enum GoalOutcome: UInt8, BitwiseCopyable, Sendable {
  /// It has not.
  case open
  /// It is reached.
  case success
  /// The target was lost, or there was no time left.
  case lost, late
  /// An alarm broke it off.
  case interrupted
}

/// What a step was worth to somebody who learns to reach goals.
@frozen
public struct GoalReport: BitwiseCopyable, Sendable {
  /// The goal; -1 for none.
  public var goal: Int32
  /// How it has ended: open where it goes on, or where the world's episode has ended before it.
  public var outcome: GoalOutcome
  /// The world's steps since it was asked for.
  public var steps: Int32
  /// The reward in view of the goal, and whether what is learnt as an episode has ended or was cut off.
  public var reward: Float, isTerminated: Bool, isTruncated: Bool

  /// A report.
  @inlinable
  public init(
    goal: Int32 = -1, outcome: GoalOutcome = .open, steps: Int32 = 0, reward: Float = 0,
    isTerminated: Bool = false,
    isTruncated: Bool = false
  ) {
    self.goal = goal
    self.outcome = outcome
    self.steps = steps
    self.reward = reward
    self.isTerminated = isTerminated
    self.isTruncated = isTruncated
  }
}

/// The length of a vector.
@inlinable @inline(__always)
func length(_ x: Float, _ y: Float, _ z: Float) -> Float { (x * x + y * y + z * z).squareRoot() }

/// The angle of a direction.
@inlinable @inline(__always)
func angle(_ y: Float, _ x: Float) -> Float { y == 0 && x == 0 ? 0 : Float(atan2(Double(y), Double(x))) }
