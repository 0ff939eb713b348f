/// A world in which goals can be asked for.
///
/// It says where its player is, where the player senses what it looks for, and what a policy should see in view of that.
/// ``GoalConditioned`` makes a world of it in which one goal after another is asked for and rewarded.
public protocol GoalWorld: World {
  /// What can be asked for.
  static func goalSpace(_ rules: Rules) -> GoalSpace

  /// Where the player is.
  mutating func pose(_ rules: Rules) -> Pose

  /// The nearest of what the player senses of a goal's target; nil where it senses none. Where the goal is to obtain something, what
  /// of that lies about to be picked up comes first.
  mutating func sighting(for goal: Int, _ rules: Rules) -> Sighting?

  /// Notes where the player senses what it is not looking for, so that it can go back there. Asked after each of its moves.
  mutating func survey(_ rules: Rules, into seen: inout SeenTargets)

  /// Whether a place lies in the world, so that one may head there.
  static func contains(_ place: Pose, _ rules: Rules) -> Bool

  /// Writes the fields of ``GoalSpace/view``.
  mutating func writeGoalView(for goal: Int, _ rules: Rules, into observation: UnsafeMutablePointer<UInt8>)

  /// A fact that counts for goals, as ``World/writeFacts(_:into:)`` writes it.
  mutating func goalFact(_ fact: Int, _ rules: Rules) -> Int32

  /// How far the player has come with what it is doing to a goal's target, from 0 to 1: a block half broken, a creature half dead.
  mutating func effort(for goal: Int, _ rules: Rules) -> Float

  /// How well the player is, from 0 to 1.
  mutating func wellbeing(_ rules: Rules) -> Float
}

// A world need say no more than what can be asked for, where its player is, what that senses, and the facts.
extension GoalWorld {
  /// All facts, one after another, by ``goalFact(_:_:)``.
  @inlinable
  public mutating func writeFacts(_ rules: Rules, into facts: UnsafeMutablePointer<Int32>) {
    for fact in rules.specification.facts.indices { facts[fact] = goalFact(fact, rules) }
  }

  /// Nothing, for goal spaces whose view has no fields: a policy sees where the target is, and how the attempt stands.
  @inlinable
  public mutating func writeGoalView(
    for goal: Int, _ rules: Rules, into observation: UnsafeMutablePointer<UInt8>
  ) {
    assert(Self.goalSpace(rules).view.isEmpty, "a world writes the fields of its goals' view")
  }

  /// None: what is done to a target is done at once, or does not show.
  @inlinable
  public mutating func effort(for goal: Int, _ rules: Rules) -> Float { 0 }

  /// As well as can be.
  @inlinable
  public mutating func wellbeing(_ rules: Rules) -> Float { 1 }

  /// Notes nothing.
  @inlinable
  public mutating func survey(_ rules: Rules, into seen: inout SeenTargets) {}

  /// Every place.
  @inlinable
  public static func contains(_ place: Pose, _ rules: Rules) -> Bool { true }
}

/// Where targets were seen last in an episode.
@frozen
public struct SeenTargets: BitwiseCopyable, Sendable {
  /// How many targets there is room for.
  public static var capacity: Int { 32 }
  @usableFromInline var known: UInt32 = 0
  /// x, y and z as a ``Pose``.
  @usableFromInline var places = InlineArray<32, SIMD3<Float>>(repeating: .zero)

  @inlinable init() {}

  /// Whether all places are numbers.
  @inlinable var isFinite: Bool {
    places.indices.allSatisfy { places[$0].x.isFinite && places[$0].y.isFinite && places[$0].z.isFinite }
  }

  /// Where a target was seen last; nil where it was not, or is known to be gone. Those beyond the capacity are not remembered.
  @inlinable
  public subscript(target: Int) -> SIMD3<Float>? {
    get { target < Self.capacity && known &>> UInt32(target) & 1 != 0 ? places[target] : nil }
    set {
      guard target < Self.capacity else { return }
      let bit = 1 as UInt32 &<< UInt32(truncatingIfNeeded: target)
      guard let newValue else { return known &= ~bit }
      known |= bit
      places[target] = newValue
    }
  }
}

/// Where a player is, and where it looks.
@frozen
public struct Pose: BitwiseCopyable, Sendable {
  /// Cells along the axes of the world; `y` is upwards, and that of the eyes. Flat worlds leave it 0 and count rows as `z`.
  public var x: Float, y: Float, z: Float
  /// Where it looks in radians: from +z to -x, and downwards. Both 0 where looking has no direction.
  public var yaw: Float, pitch: Float

  /// A pose.
  @inlinable
  public init(x: Float, y: Float = 0, z: Float, yaw: Float = 0, pitch: Float = 0) {
    (self.x, self.y, self.z, self.yaw, self.pitch) = (x, y, z, yaw, pitch)
  }
}

/// Something that a player senses.
@frozen
public struct Sighting: BitwiseCopyable, Sendable {
  /// Where it is, as a ``Pose``.
  public var x: Float, y: Float, z: Float
  /// Whether it is so near that a find has succeeded.
  public var isNear: Bool
  /// Whether it lies about to be picked up.
  public var isItem: Bool

  /// A sighting.
  @inlinable
  public init(x: Float, y: Float = 0, z: Float, isNear: Bool, isItem: Bool = false) {
    (self.x, self.y, self.z, self.isNear, self.isItem) = (x, y, z, isNear, isItem)
  }
}
