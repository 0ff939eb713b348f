/// What practising is rewarded with.
///
/// Coming nearer and making headway count as differences of potentials (Ng et al. 1999, "Policy invariance under reward
/// transformations"), so that going to and fro is worth nothing.
public struct GoalRewards: BitwiseCopyable, Sendable, Equatable {
  /// Reaching the goal.
  public var success: Float = 2
  /// Each cell that one comes nearer to the target; and to a waypoint, which must not be worth more than what is looked for.
  public var cell: Float = 0.1, waypointCell: Float = 0.03
  /// Reaching a waypoint.
  public var waypoint: Float = 0.4
  /// Each radian that one looks nearer to a waypoint below.
  public var look: Float = 0.15
  /// All of the headway that can be made: a target that is sought is sensed, one that is worked on is done.
  public var headway: Float = 0.5
  /// A region that was not visited before, in looking for something.
  public var region: Float = 0.05
  /// Heading where one has been already, in looking for something; this is taken off. The way there is worth as much as any other to
  /// whoever goes it, so that it is the choice that must know better.
  public var revisit: Float = 0
  /// Each step of the world, all of one's wellbeing, and death; these are taken off.
  public var step: Float = 0.001, harm: Float = 1, death: Float = 1

  /// The defaults.
  public init() {}
}
