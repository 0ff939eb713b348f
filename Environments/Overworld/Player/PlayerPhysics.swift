/// The numbers of a player's movement, in blocks and ticks (prismarine-physics: `index.js`, for 1.11; netherite:
/// `player_survival.h`).
enum PlayerPhysics {
  /// What a tick takes off the vertical speed, and what air leaves of it.
  static let gravity = 0.08, verticalDrag = 0.98
  /// What air leaves of the horizontal speed; on the ground the slipperiness of the block below comes on top.
  static let horizontalDrag = 0.91
  static let slipperiness = 0.6, slipperinessOfIce = 0.98
  /// Speeds below this are none.
  static let leastSpeed = 0.003

  /// What a walker adds to its speed in a tick on ordinary ground; in the air; and how much more a sprinter.
  static let acceleration = 0.1, airAcceleration = 0.02, sprintFactor = 1.3
  /// How much of a pressed key arrives, when sneaking, and when eating.
  static let input = 0.98, sneakFactor = 0.3, eatingFactor = 0.2
  /// The upward speed of a jump, what a sprinter gains forward, and ticks until a held key makes it jump again.
  static let jump = 0.42, sprintJump = 0.2, jumpTicks: Int32 = 10
  /// How high a step is climbed without a jump.
  static let step = 0.6

  /// In water and in lava: acceleration, what is left of the speed, gravity, the pull of a held jump key, and the upward
  /// speed at a bank.
  static let liquidAcceleration = 0.02, waterDrag = 0.8, lavaDrag = 0.5, liquidGravity = 0.02, swim = 0.04,
    bank = 0.3
  /// On a ladder: the fastest in any direction, and upwards against it.
  static let ladderSpeed = 0.15, ladderClimb = 0.2
  /// What a cobweb leaves of the way, sideways and down.
  static let webFactor = 0.25, webFall = 0.05

  /// How far the hands reach, for blocks and for creatures (Minecraft Wiki: "Interaction range").
  static let reach = 4.5, attackReach = 3.0

  /// The sine of a number of steps of 15 degrees.
  @inline(__always)
  static func sine(_ steps: Int) -> Double {
    let quarter: InlineArray<7, Double> = [
      0, 0.258_819_045_102_520_76, 0.5, 0.707_106_781_186_547_5, 0.866_025_403_784_438_6,
      0.965_925_826_289_068_3, 1,
    ]
    let turn = ((steps % 24) + 24) % 24
    let half = turn % 12
    let value = quarter[half > 6 ? 12 - half : half]
    return turn >= 12 ? -value : value
  }

  /// The cosine of a number of steps of 15 degrees.
  @inline(__always)
  static func cosine(_ steps: Int) -> Double { sine(steps + 6) }
}

extension OverworldPlayer {
  /// Where it looks, as a vector of length 1.
  var gaze: (x: Double, y: Double, z: Double) {
    let level = PlayerPhysics.cosine(Int(pitch))
    return (
      -PlayerPhysics.sine(Int(yaw)) * level, -PlayerPhysics.sine(Int(pitch)),
      PlayerPhysics.cosine(Int(yaw)) * level
    )
  }

  /// The height of its eyes above its feet now; a sneaking player's are lower.
  var eyes: Double { isSneaking ? Self.eyeHeight - 0.08 : Self.eyeHeight }
}
