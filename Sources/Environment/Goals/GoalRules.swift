/// A place to practise: a world to begin in, and what is asked for there.
public struct TrainingGround<Rules: WorldRules>: Sendable {
  /// The world's rules.
  public var rules: Rules
  /// What is asked for, as places in ``GoalSpace/goals``; drawn with equal chances.
  public var goals: [Int]
  /// How often episodes begin here, among all grounds.
  public var weight: Double
  /// Goals that are asked for before the next episode begins.
  public var goalsPerEpisode: Int

  /// A training ground.
  public init(_ rules: Rules, goals: [Int], weight: Double = 1, goalsPerEpisode: Int = 20) {
    self.rules = rules
    self.goals = goals
    self.weight = weight
    self.goalsPerEpisode = goalsPerEpisode
  }
}

/// What all goal-conditioned worlds of a batch share.
public final class GoalRules<Base: GoalWorld>: WorldRules {
  /// What a learner sees and does.
  public let specification: WorldSpecification
  /// Where episodes begin. Where goals are given from outside there is one ground without goals.
  @usableFromInline let grounds: [TrainingGround<Base.Rules>]
  @usableFromInline let space: GoalSpace

  // What steps ask for lies in columns, so that nothing with a name is copied on the way.

  /// By ground, the world's rules.
  @usableFromInline let worlds: [Base.Rules]
  /// The moves, and the turn by which one looks about with how often it is taken.
  @usableFromInline let moves: [HeldAction], turn: HeldAction, turns: Int
  @usableFromInline let headings: [Heading], turnsHeadings: Bool
  /// The facts that goals gain: those of goal *i* from `firstGain[i]` up to `firstGain[i + 1]`; and those that raise alarms.
  @usableFromInline let gains: [Int], firstGain: [Int32], alarms: [Int]
  @usableFromInline let regionSide: Float, waypointReach: Float, verticalReach: Float
  @usableFromInline let waypointSteps: Int32, memorySteps: Int32, patienceSteps: Int32
  /// Whether goals are given from outside, and rewards are the world's own.
  @usableFromInline let isCommanded: Bool
  /// Running sums of the grounds' shares.
  @usableFromInline let shares: [Double]
  /// By goal, its kind, and the heights between which its target is to be expected.
  @usableFromInline let kinds: [Goal.Kind], lowest: [Float], highest: [Float]
  /// By goal, how far down one looks on the way along; infinite where that does not matter. And whether it does for any.
  @usableFromInline let gazes: [Float], goesThroughRock: Bool
  /// By goal, its target.
  @usableFromInline let targets: [Int32]
  /// By goal, its step limit; whether it may take each move, and then each heading, in ``choices`` bytes a goal.
  @usableFromInline let stepLimits: [Int32], allowed: [UInt8], choices: Int
  /// By goal, the goal that finds its target.
  @usableFromInline let finders: [Int32]
  /// By goal, whether alarms break it off.
  @usableFromInline let heedsAlarms: [Bool]
  /// The world's own actions. Moves are masked as the world masks them, whether or not it does so for others.
  @usableFromInline let baseActionCount: Int
  /// Bytes of the world's part of an observation.
  @usableFromInline let viewSize: Int

  /// What practising is rewarded with.
  @usableFromInline let rewards: GoalRewards

  /// Rules for practising on some grounds, all of whose rules have the same goal space.
  public convenience init(
    id: String, grounds: [TrainingGround<Base.Rules>], rewards: GoalRewards = GoalRewards()
  ) {
    self.init(id: id, grounds, rewards, isCommanded: false)
  }

  /// Rules for worlds whose goals are given from outside.
  public convenience init(commanding rules: Base.Rules) {
    self.init(
      id: rules.specification.id, [TrainingGround(rules, goals: [])], GoalRewards(), isCommanded: true)
  }

  private init(id: String, _ grounds: [TrainingGround<Base.Rules>], _ rewards: GoalRewards, isCommanded: Bool)
  {
    precondition(!grounds.isEmpty, "a training ground at least")
    let space = Base.goalSpace(grounds[0].rules)
    precondition(
      isCommanded || space.goals.count <= 32,
      "the attempts and successes of goals are counted as 64 achievements")
    self.grounds = grounds
    self.space = space
    self.rewards = rewards
    self.isCommanded = isCommanded
    let total = grounds.reduce(0) { $0 + $1.weight }
    var sum = 0.0
    shares = grounds.map { ground in
      sum += ground.weight / total
      return sum
    }
    precondition(
      space.turn != nil || space.headings.allSatisfy { $0.x != 0 || $0.y != 0 || $0.z != 0 },
      "whoever can stay and look about has a turn for that")
    precondition(!space.turnsHeadings || space.symmetries.isEmpty, "headings that turn have no mirror image")
    worlds = grounds.map(\.rules)
    moves = space.moves.map(HeldAction.init)
    turn = space.turn.map(HeldAction.init) ?? HeldAction(action: 0, steps: 0)
    turns = space.turns
    headings = space.headings
    turnsHeadings = space.turnsHeadings
    gains = space.goals.flatMap(\.gains)
    firstGain = space.goals.reduce(into: [0]) { $0.append($0.last! + Int32($1.gains.count)) }
    alarms = space.alarms
    regionSide = space.regionSide
    waypointReach = space.waypointReach
    verticalReach = space.verticalReach
    waypointSteps = Int32(space.waypointSteps)
    memorySteps = Int32(space.memorySteps)
    patienceSteps = Int32(space.patienceSteps)
    kinds = space.goals.map(\.kind)
    lowest = space.goals.map(\.levels.lowerBound)
    highest = space.goals.map(\.levels.upperBound)
    gazes = space.goals.map { $0.gaze ?? .infinity }
    goesThroughRock = space.goesThroughRock
    targets = space.goals.map { Int32($0.target) }
    heedsAlarms = space.goals.map(\.heedsAlarms)
    stepLimits = space.goals.map { Int32($0.stepLimit) }
    choices = space.moves.count + space.headings.count
    allowed = space.goals.flatMap { goal in
      space.moves.indices.map { goal.moves.contains($0) ? 1 : 0 }
        + space.headings.indices.map { goal.headings?.contains($0) ?? true ? 1 : 0 }
    }
    finders = space.goals.map { goal in
      Int32(space.goals.firstIndex { $0.kind == .find && $0.target == goal.target } ?? -1)
    }
    viewSize = space.view.reduce(0) { $0 + $1.count }
    let base = grounds[0].rules.specification
    baseActionCount = base.actions.count
    let names = space.goals.map(\.name)
    let facts = isCommanded ? base.facts : names.map { "tried " + $0 } + names
    specification = WorldSpecification(
      id: id,
      summary: isCommanded
        ? base.summary : "Bring about what is asked for: \(names.joined(separator: ", ")).",
      observation: ObservationLayout(Self.fields(space) + space.view),
      actions: ActionSpace(
        space.moves.map(\.name) + space.headings.map { "head \($0.x) \($0.y) \($0.z)" }),
      masksActions: true, facts: facts, achievements: isCommanded ? base.achievements : 0..<facts.count,
      operators: base.operators, goal: base.goal,
      symmetries: space.symmetries.map { Self.symmetry($0, space) },
      stepLimit: isCommanded ? base.stepLimit : nil)
  }

  /// The fields that say what is asked for and where it is.
  private static func fields(_ space: GoalSpace) -> [ObservationField] {
    let fields = [
      ObservationField(
        "goal", shape: [1], cardinalities: [space.goals.count + 2],
        summary: "what is asked for: 0 nothing, "
          + (space.goals.map(\.name) + ["going to a waypoint"]).enumerated().map { "\($0 + 1) \($1)" }.joined(
            separator: ", ")),
      ObservationField(
        "phase", shape: [1], cardinalities: [2], summary: "1 where a heading is to be chosen, 0 where to move"
      ),
      ObservationField(
        "focus", shape: [1], cardinalities: [5],
        summary:
          "what is gone to: 0 nothing, 1 the target, 2 the target where it was sensed last, 3 something to be picked up, "
          + "4 a waypoint"),
      ObservationField(
        "bearing", shape: [1], cardinalities: [GoalView.angles],
        summary: "how far it is to the right, in steps of 15 degrees: 13 ahead, 25 half a turn"),
      ObservationField(
        "descent", shape: [1], cardinalities: [GoalView.angles],
        summary: "how far it is below the look, likewise; or, along rock, where one digs"),
      ObservationField(
        "distance", shape: [1], cardinalities: [GoalView.distances.count + 2],
        summary: "how far away it is, from 1 on, in steps that grow"),
      ObservationField(
        "clock", shape: [1], cardinalities: [9], summary: "the eighths of the goal's time that are over"),
      ObservationField(
        "heading", shape: [1], cardinalities: [space.headings.count + 1],
        summary: "where a heading is to be chosen, the last one, from 1 on"),
      ObservationField(
        "reached", shape: [1], cardinalities: [2], summary: "1 where its waypoint was reached"),
      ObservationField(
        "explored", shape: [GoalView.neighbours.count], cardinalities: [2],
        summary:
          "where a heading is to be chosen, 1 for each of the regions around that has been visited: 5 × 5 at this level, "
          + "[x][z]\(space.turnsHeadings ? " with z ahead and x to the left" : ""), then the ones below and above"
      ),
    ]
    return space.goesThroughRock ? fields + rockFields(space) : fields
  }

  /// What else is shown where there is rock to go through.
  private static func rockFields(_ space: GoalSpace) -> [ObservationField] {
    [
      ObservationField(
        "rise", shape: [1], cardinalities: [5],
        summary:
          "how many cells what is gone to lies above: 0 for two below or more, 2 level, 4 for two above or more"
      ),
      ObservationField(
        "visited", shape: [space.headings.count], cardinalities: [2],
        summary: "where a heading is to be chosen, 1 for each that leads to a region that has been visited"),
    ]
  }
}

// MARK: - Symmetries

extension GoalRules {
  /// A symmetry of the world in view of goals, as one of what a learner sees and does.
  private static func symmetry(_ one: GoalSymmetry, _ space: GoalSpace) -> Symmetry {
    var fields = one.fields
    fields["bearing"] = Symmetry.FieldImage(values: GoalView.mirrored(one))
    fields["explored"] = Symmetry.FieldImage(
      sources: GoalView.neighbours.map { step in
        GoalView.neighbours.firstIndex {
          $0 == (one.flipsX ? -step.x : step.x, step.y, one.flipsZ ? -step.z : step.z)
        }!
      })
    let headings = space.headings.map { way -> Int in
      let image = Heading(one.flipsX ? -way.x : way.x, way.y, one.flipsZ ? -way.z : way.z)
      guard let place = space.headings.firstIndex(of: image) else {
        preconditionFailure("\(one.name) has no image of a heading")
      }
      return place
    }
    if space.goesThroughRock {
      fields["visited"] = Symmetry.FieldImage(sources: headings)
    }
    fields["heading"] = Symmetry.FieldImage(values: [0] + headings.map { UInt8($0 + 1) })
    return Symmetry(one.name, fields: fields, actions: one.moves + headings.map { space.moves.count + $0 })
  }
}

/// A ``Move`` without its name.
@frozen @usableFromInline
struct HeldAction: BitwiseCopyable, Sendable {
  @usableFromInline var action: Int32, steps: Int32

  @inlinable
  init(action: Int32, steps: Int32) { (self.action, self.steps) = (action, steps) }

  init(_ move: Move) { self.init(action: Int32(move.action), steps: Int32(move.steps)) }
}
