/// The action space of MineDojo as one integer: eight factors in mixed radix, the first the most significant.
///
/// | factor | values |
/// |---|---|
/// | forward | 3: none, forward, back |
/// | strafe | 3: none, left, right |
/// | gait | 4: none, jump, sneak, sprint |
/// | pitch | 25: turns the look by 15° × (value - 12), down where positive |
/// | yaw | 25: likewise, to the right where positive |
/// | function | 8: none, use, drop (one item out of the hand), attack, craft, equip, place, destroy |
/// | product | for craft: what, first all of ``OverworldActions/crafts``, then all of ``OverworldActions/smelts`` |
/// | slot | 36: for equip, place and destroy: which slot |
///
/// Arguments that the function does not take are ignored.
public struct FactoredAction: BitwiseCopyable, Sendable, Equatable {
  /// The functions, in the order of their numbers.
  public enum Function: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    case none, use, drop, attack, craft, equip, place, destroy
  }

  /// Each factor's value; pitch and yaw at rest are 12.
  public var forward = 0, strafe = 0, gait = 0, pitch = 12, yaw = 12
  /// What is done at once.
  public var function = Function.none
  /// What is crafted or smelted, and the slot that a function is about.
  public var product = 0, slot = 0

  /// Does nothing.
  public init() {}

  /// The number of values of each factor, in the order of the table.
  public static func sizes(_ actions: OverworldActions) -> [Int] {
    [3, 3, 4, 25, 25, Function.allCases.count, actions.crafts.count + actions.smelts.count, 36]
  }

  /// The number of actions: the product of the sizes.
  public static func count(_ actions: OverworldActions) -> Int { sizes(actions).reduce(1, *) }

  /// The action of a number in `0 ..< count`.
  public init(_ code: Int, _ actions: OverworldActions) {
    var rest = code
    func next(_ size: Int) -> Int {
      defer { rest /= size }
      return rest % size
    }
    slot = next(36)
    product = next(actions.crafts.count + actions.smelts.count)
    function = Function(rawValue: UInt8(next(8)))!
    yaw = next(25)
    pitch = next(25)
    gait = next(4)
    strafe = next(3)
    forward = next(3)
  }

  /// The action that does what another one says; throwing away is none of the list's, and is left out.
  init(_ action: OverworldAction, _ actions: OverworldActions) {
    let controls = action.controls
    forward = controls.forward > 0 ? 1 : controls.forward < 0 ? 2 : 0
    strafe = controls.strafe < 0 ? 1 : controls.strafe > 0 ? 2 : 0
    gait = controls.jump ? 1 : controls.sneak ? 2 : controls.sprint ? 3 : 0
    pitch = 12 + Int(controls.tilt)
    yaw = 12 + Int(controls.turn)
    function = controls.use ? .use : controls.attack ? .attack : .none
    switch action.command {
    case .none, .drop: break
    case .equip(let slot): (function, self.slot) = (.equip, slot)
    case .place(let slot): (function, self.slot) = (.place, slot)
    case .destroy(let slot): (function, self.slot) = (.destroy, slot)
    case .craft(let product): (function, self.product) = (.craft, product)
    case .smelt(let product): (function, self.product) = (.craft, actions.crafts.count + product)
    }
  }

  /// Its number.
  public func code(_ actions: OverworldActions) -> Int {
    var code = forward
    code = code * 3 + strafe
    code = code * 4 + gait
    code = code * 25 + pitch
    code = code * 25 + yaw
    code = code * 8 + Int(function.rawValue)
    code = code * (actions.crafts.count + actions.smelts.count) + product
    return code * 36 + slot
  }

  /// What the player does.
  public func action(_ actions: OverworldActions) -> OverworldAction {
    var controls = Controls(
      forward: forward == 1 ? 1 : forward == 2 ? -1 : 0, strafe: strafe == 1 ? -1 : strafe == 2 ? 1 : 0,
      jump: gait == 1, sneak: gait == 2, sprint: gait == 3, turn: Int8(yaw - 12), tilt: Int8(pitch - 12))
    var command = OverworldCommand.none
    switch function {
    case .none: break
    case .use: controls.use = true
    case .attack: controls.attack = true
    case .drop: command = .drop(slot: 0, all: false)
    case .craft:
      let crafts = actions.crafts.count
      command = product < crafts ? .craft(product: product) : .smelt(product: product - crafts)
    case .equip: command = .equip(slot: slot)
    case .place: command = .place(slot: slot)
    case .destroy: command = .destroy(slot: slot)
    }
    return OverworldAction(controls, command)
  }
}
