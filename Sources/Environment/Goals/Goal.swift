/// Something that a policy can be asked to bring about: what a skill is for.
public struct Goal: Sendable, Equatable {
  /// What counts as having reached it, after the three kinds of skills of Plan4MC (arXiv:2303.16563): its crafting skills are
  /// single actions, which nobody need learn.
  public enum Kind: UInt8, Sendable {
    /// The target is near.
    case find
    /// There is more of one of the gains than there was.
    case obtain
    /// One of the gains is there.
    case place
  }

  /// The name, such as `find_log`.
  public var name: String
  /// What counts.
  public var kind: Kind
  /// What is looked for or worked on, as a place in ``GoalSpace/targets``; -1 for nothing.
  public var target: Int
  /// The facts that count, as places in the world's facts; none for ``Kind/find``.
  public var gains: [Int]
  /// The moves that may be taken on the way, as places in ``GoalSpace/moves``.
  public var moves: [Int]
  /// The world's steps after which an attempt has failed.
  public var stepLimit: Int
  /// For finds, the heights between which the target is to be expected: above them one can only head downwards, below them only
  /// upwards, or along as well where there is a ``gaze``, since such ways lead up to the level.
  public var levels: ClosedRange<Float>
  /// For finds, where one can head to look for it, as places in ``GoalSpace/headings``; nil for all.
  public var headings: [Int]?
  /// For finds, how far down one looks on the way along, in radians, once one is where the target is to be expected: whoever goes
  /// through rock digs where it looks. Nil where looks are free.
  public var gaze: Float?
  /// Facts about things that help when they are in the hand, the best first.
  public var tools: [String]
  /// Whether it is broken off when one of ``GoalSpace/alarms`` is raised.
  public var heedsAlarms: Bool

  /// A goal.
  public init(
    _ name: String, _ kind: Kind, target: Int, gains: [Int] = [], moves: [Int], stepLimit: Int,
    levels: ClosedRange<Float> = -.infinity ... .infinity, headings: [Int]? = nil,
    gaze: Float? = nil, tools: [String] = [], heedsAlarms: Bool = true
  ) {
    self.heedsAlarms = heedsAlarms
    self.name = name
    self.kind = kind
    self.target = target
    self.gains = gains
    self.moves = moves
    self.stepLimit = stepLimit
    self.levels = levels
    self.headings = headings
    self.gaze = gaze
    self.tools = tools
  }
}

/// A direction in which one can go to look for something: where the next waypoint lies, from where one is.
@frozen
public struct Heading: BitwiseCopyable, Sendable, Equatable {
  /// In cells along the world's axes, or as the player looks (``GoalSpace/turnsHeadings``), ``Pose/y`` being upwards; all zero for staying
  /// and looking about.
  public var x: Float, y: Float, z: Float

  /// A heading.
  public init(_ x: Float, _ y: Float, _ z: Float) { (self.x, self.y, self.z) = (x, y, z) }
}

/// A move of a policy that reaches goals: one of the world's actions, taken for some steps on end.
public struct Move: Sendable, Equatable {
  /// The name.
  public var name: String
  /// The action's number, and for how many steps it is taken.
  public var action: Int, steps: Int

  /// A move.
  public init(_ name: String, action: Int, steps: Int = 1) {
    self.name = name
    self.action = action
    self.steps = steps
  }
}

/// What can be asked for in a world, and how a policy that is asked sees and does it. Worlds state it as data.
public struct GoalSpace: Sendable, Equatable {
  /// The names of what can be looked for.
  public var targets: [String]
  /// What can be asked for.
  public var goals: [Goal]
  /// What goals are reached by.
  public var moves: [Move]
  /// Where one can go to look for things.
  public var headings: [Heading]
  /// Whether headings, and the regions about, are as the player looks, to the nearest quarter: z ahead and x to its left. So what is learned
  /// of one way holds for all. Only where looking has a direction, and there are no ``symmetries``.
  public var turnsHeadings: Bool
  /// The move by which one looks about, and how often it is taken for that; none where one sees all around anyway.
  public var turn: Move?, turns: Int
  /// What the world shows in view of a goal, see ``GoalWorld/writeGoalView(for:_:into:)``.
  public var view: [ObservationField]
  /// The side of the regions by which ground counts as visited, in cells.
  public var regionSide: Float
  /// How near a waypoint must be, in cells, to be reached, one above or below along the height alone; and after how many steps without
  /// coming nearer it is given up.
  public var waypointReach: Float, verticalReach: Float, waypointSteps: Int
  /// For how many steps one remembers where a target was, and looks about for another before it counts as lost.
  public var memorySteps: Int, patienceSteps: Int
  /// Facts that are more urgent than most goals when they come to hold, as places in the world's facts.
  public var alarms: [Int]
  /// The world's symmetries in view of goals, beside the identity.
  public var symmetries: [GoalSymmetry]

  /// Whether anything is looked for in rock, where the way has to be dug: see ``Goal/gaze``.
  public var goesThroughRock: Bool { goals.contains { $0.gaze != nil } }

  /// A goal space. What is left out is as in a flat world of cells in which nothing of the world is shown beside the target.
  public init(
    targets: [String], goals: [Goal], moves: [Move], headings: [Heading], turnsHeadings: Bool = false,
    turn: Move? = nil, turns: Int = 0, view: [ObservationField] = [], regionSide: Float = 8,
    waypointReach: Float = 1.5, verticalReach: Float = 1, waypointSteps: Int = 10, memorySteps: Int = 60,
    patienceSteps: Int = 12,
    alarms: [Int] = [], symmetries: [GoalSymmetry] = []
  ) {
    self.targets = targets
    self.goals = goals
    self.moves = moves
    self.headings = headings
    self.turnsHeadings = turnsHeadings
    self.turn = turn
    self.turns = turns
    self.view = view
    self.regionSide = regionSide
    self.waypointReach = waypointReach
    self.verticalReach = verticalReach
    self.waypointSteps = waypointSteps
    self.memorySteps = memorySteps
    self.patienceSteps = patienceSteps
    self.alarms = alarms
    self.symmetries = symmetries
  }
}

/// A symmetry of a world in view of goals: a mirror image. Only worlds in which looking has no direction have any.
public struct GoalSymmetry: Sendable, Equatable {
  /// A name (`mirror-x`).
  public var name: String
  /// The fields of ``GoalSpace/view`` that it changes, by name.
  public var fields: [String: Symmetry.FieldImage]
  /// What each of ``GoalSpace/moves`` becomes.
  public var moves: [Int]
  /// Whether it changes the sign of x, and of z.
  public var flipsX: Bool, flipsZ: Bool

  /// A symmetry.
  public init(_ name: String, fields: [String: Symmetry.FieldImage], moves: [Int], flipsX: Bool, flipsZ: Bool)
  {
    self.name = name
    self.fields = fields
    self.moves = moves
    self.flipsX = flipsX
    self.flipsZ = flipsZ
  }
}
