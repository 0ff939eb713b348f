/// What is held during a step.
public struct Controls: BitwiseCopyable, Sendable, Equatable {
  /// 1 forward, -1 back; 1 to the right, -1 to the left.
  public var forward: Int8 = 0, strafe: Int8 = 0
  /// Whether jump, sneak, sprint, attack and use are held.
  public var jump = false, sneak = false, sprint = false, attack = false, use = false
  /// Steps of 15 degrees to turn to the right (below zero to the left) and down (below zero up), in the first tick.
  public var turn: Int8 = 0, tilt: Int8 = 0

  /// Nothing held.
  public init() {}

  /// Some of the controls.
  public init(
    forward: Int8 = 0, strafe: Int8 = 0, jump: Bool = false, sneak: Bool = false, sprint: Bool = false,
    attack: Bool = false, use: Bool = false, turn: Int8 = 0, tilt: Int8 = 0
  ) {
    self.forward = forward
    self.strafe = strafe
    self.jump = jump
    self.sneak = sneak
    self.sprint = sprint
    self.attack = attack
    self.use = use
    self.turn = turn
    self.tilt = tilt
  }
}
