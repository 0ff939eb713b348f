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
  /// Whether the waypoint lies above (1), below (-1) or along (0).
  @usableFromInline var rise: Int8 = 0
  /// How far down one should look on the way there, in radians, infinite where it does not matter; and how near one looks to that.
  @usableFromInline var lead = Float.infinity, gaze: Float = 0
  /// What is gone to, as ``focus`` in an observation; for how many steps it has not been sensed, or been gone to as a waypoint.
  @usableFromInline var focusKind = GoalFocus.nothing
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
      let near = base.sighting(for: Int(finder), rules.worlds[Int(ground)])
      if !(near?.isNear ?? false) { return ask(finder, rules) }
    }
    ask(intent, rules)
  }

  /// Begins the world anew.
  @inlinable
  mutating func begin(_ rules: GoalRules<Base>) {
    base.reset(rules.worlds[Int(ground)])
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
    let world = rules.worlds[Int(ground)]
    self.goal = goal
    outcome = .open
    isLeaving = leaving && goal >= 0 && rules.kinds[Int(goal)] == .find
    isChoosing = isLeaving
    focusKind = .nothing
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
    _ = regions.insert(RegionSet.index(pose, side: rules.regionSide))
    taken = 0
    _ = look(pose, rules)
    outcome = .open  // what is there from the start is noticed after the first step
    headway = headway(rules)
  }

  /// What there is of the goal's gains, all together.
  @inlinable
  mutating func gains(_ rules: GoalRules<Base>) -> Int32 {
    var total: Int32 = 0
    for place in Int(rules.firstGain[Int(goal)])..<Int(rules.firstGain[Int(goal) &+ 1]) {
      total &+= base.goalFact(rules.gains[place], rules.worlds[Int(ground)])
    }
    return total
  }

  /// How many alarms there are.
  @inlinable
  mutating func alarms(_ rules: GoalRules<Base>) -> Int32 {
    var total: Int32 = 0
    for fact in rules.alarms { total &+= base.goalFact(fact, rules.worlds[Int(ground)]) }
    return total
  }

  /// Takes a move, chooses a heading, or, from `actions.count` on, takes any action of the world itself.
  @inlinable
  public mutating func step(_ action: Int, _ rules: GoalRules<Base>) -> Transition {
    let moves = rules.moves.count
    if isChoosing && action >= moves && action < moves + rules.headings.count {
      heading = UInt8(action - moves + 1)
      let way = rules.headings[action - moves]
      if way.x != 0 || way.y != 0 || way.z != 0 {
        let worth = choose(way, rules)
        report = GoalReport(goal: goal, steps: clock, reward: worth)
        return Transition(reward: rules.isCommanded ? 0 : Double(worth))
      }
      return lookAbout(rules)
    }
    let world = rules.worlds[Int(ground)]
    let choices = moves + rules.headings.count
    // A heading that nobody asked for is a moment of waiting.
    let move =
      action < moves
      ? rules.moves[action] : HeldAction(action: Int32(action >= choices ? action - choices : 0), steps: 1)
    return conclude(hold(move, world), rules)
  }

  /// Turns about until the target is sensed, or once around.
  @inlinable
  mutating func lookAbout(_ rules: GoalRules<Base>) -> Transition {
    let world = rules.worlds[Int(ground)]
    var transition = Transition(), turns = 0, all: Int32 = 0
    isReached = true
    focusKind = .nothing
    repeat {
      transition = hold(rules.turn, world)
      all += taken
      turns += 1
    } while turns < rules.turns && !transition.terminated && !transition.truncated
      && base.sighting(for: Int(goal), world) == nil
    taken = all
    return conclude(transition, rules)
  }

  /// Takes an action for some steps, or until the world's episode ends.
  @inlinable
  mutating func hold(_ move: HeldAction, _ world: Base.Rules) -> Transition {
    var transition = Transition()
    taken = 0
    while taken < move.steps && !transition.terminated && !transition.truncated {
      transition = base.step(Int(move.action), world)
      taken += 1
    }
    return transition
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

  /// Attempts and successes of the goals in practising; the world's own facts where it is commanded.
  @inlinable
  public mutating func writeFacts(_ rules: GoalRules<Base>, into facts: UnsafeMutablePointer<Int32>) {
    if rules.isCommanded { return base.writeFacts(rules.grounds[0].rules, into: facts) }
    let goals = rules.kinds.count
    for k in 0..<goals {
      facts[k] = Int32(achieved &>> UInt64(k) & 1)
      facts[goals + k] = Int32(achieved &>> UInt64(32 + k) & 1)
    }
  }

  /// Attempts and successes of the goals in the learner's episode.
  @inlinable
  public mutating func reachedAchievements(_ rules: GoalRules<Base>) -> UInt64 {
    if rules.isCommanded { return base.reachedAchievements(rules.grounds[0].rules) }
    let goals = UInt64(rules.kinds.count)
    return achieved & 0xffff_ffff | (achieved &>> 32) &<< goals
  }

  /// Makes all of the world.
  @inlinable
  public mutating func makeWhole(_ rules: GoalRules<Base>) {
    base.makeWhole(rules.worlds[Int(ground)])
  }

  /// The world's own.
  @inlinable
  public mutating func traceOfReset(_ rules: GoalRules<Base>) -> [TraceField] {
    base.traceOfReset(rules.worlds[Int(ground)])
  }

  /// The world's own.
  @inlinable
  public mutating func traceOfStep(_ rules: GoalRules<Base>) -> [TraceField] {
    base.traceOfStep(rules.worlds[Int(ground)])
  }
}
