/// What a learner, a planner or a person needs to know about a world: its observation's layout, its actions,
/// its facts and its limits. `knack environments show ID` prints it.
public struct WorldSpecification: Sendable, Equatable {
  /// The id, as the benchmark that defined the world spells it (`MiniGrid-DoorKey-8x8-v0`).
  public var id: String
  /// One sentence: the task.
  public var summary: String
  /// What each byte of an observation means.
  public var observation: ObservationLayout
  /// What can be done in a step.
  public var actions: ActionSpace
  /// Whether some actions may be forbidden in some states.
  public var masksActions: Bool
  /// The names of the facts, in the order in which a world writes them.
  public var facts: [String]
  /// Which of the facts count the achievements by which an agent is scored; empty where there are none. A world writes
  /// there how often each was reached in the episode, up to the moment.
  public var achievements: Range<Int>
  /// What can be brought about, over facts; empty where the world does not say.
  public var operators: [Operator]
  /// What an episode is for, where facts can say it: at least so many of each of these, all at the same moment; nil where
  /// they cannot, or where nothing is asked. It is what a planner plans for; how an episode ends is the world's own matter.
  public var goal: [Operator.Amount]?
  /// The world's symmetries beside the identity.
  public var symmetries: [Symmetry]
  /// Steps after which an episode is truncated; nil where the world has no limit.
  public var stepLimit: Int?

  /// A specification. At most 64 facts may be achievements, and the range must lie within them.
  public init(
    id: String, summary: String, observation: ObservationLayout = ObservationLayout([]),
    actions: ActionSpace, masksActions: Bool = false,
    facts: [String] = [], achievements: Range<Int> = 0..<0, operators: [Operator] = [],
    goal: [Operator.Amount]? = nil, symmetries: [Symmetry] = [], stepLimit: Int? = nil
  ) {
    precondition(
      achievements.count <= 64 && achievements.upperBound <= facts.count,
      "achievements are at most 64 of the facts")
    self.id = id
    self.summary = summary
    self.observation = observation
    self.actions = actions
    self.masksActions = masksActions
    self.facts = facts
    self.achievements = achievements
    self.operators = operators
    self.goal = goal
    self.symmetries = symmetries
    self.stepLimit = stepLimit
  }

  /// The names of the achievements.
  public var achievementNames: [String] { Array(facts[achievements]) }
}

/// The meaning of an observation: a row of bytes in consecutive fields.
///
/// Codes stay small integers until a network's first layer, which looks up one row of its weight matrix
/// for each value; one-hot vectors are never built. Intensities stay bytes until the first layer multiplies them.
public struct ObservationLayout: Sendable, Equatable {
  /// The fields, in the order of their bytes.
  public var fields: [ObservationField]

  /// A layout of consecutive fields.
  public init(_ fields: [ObservationField]) {
    self.fields = fields
  }

  /// Bytes in one observation.
  public var size: Int { fields.reduce(0) { $0 + $1.count } }

  /// For each byte of an observation, the number of values it can take (at most 256).
  public var cardinalities: [Int] {
    fields.flatMap { field in (0..<field.count).map { field.cardinalities[$0 % field.cardinalities.count] } }
  }
}

/// A run of bytes with one meaning.
public struct ObservationField: Sendable, Equatable {
  /// What a byte is.
  public enum Kind: String, Sendable {
    /// One of a few values, none of them more than another.
    case categorical
    /// A number from 0 to 255.
    case intensity
  }

  /// The name (`cells`, `direction`).
  public var name: String
  /// One sentence: what the values mean.
  public var summary: String
  /// The shape, C order: `[7, 7]` for a view of cells indexed `[x][y]`, `[7, 7, 3]` for one with three channels.
  public var shape: [Int]
  /// The number of values along the last axis, repeated cyclically: one entry where all values share one
  /// vocabulary, one a channel where channels differ. Value 0 means "nothing".
  public var cardinalities: [Int]
  /// What its bytes are.
  public var kind = Kind.categorical

  /// A field of codes. The number of cardinalities must divide the number of bytes.
  public init(_ name: String, shape: [Int], cardinalities: [Int], summary: String) {
    self.name = name
    self.shape = shape
    self.cardinalities = cardinalities
    self.summary = summary
  }

  /// A field of numbers from 0 to 255.
  public init(_ name: String, intensities shape: [Int], summary: String) {
    self.init(name, shape: shape, cardinalities: [256], summary: summary)
    kind = .intensity
  }

  /// Bytes in this field.
  public var count: Int { shape.reduce(1, *) }
}
