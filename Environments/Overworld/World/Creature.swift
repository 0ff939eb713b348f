/// The kinds of creatures.
public enum CreatureKind: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case none
  case cow, sheep, pig, chicken
  case zombie, skeleton, spider, creeper
  case arrow

  /// Whether it attacks the player.
  public var isHostile: Bool { self >= .zombie && self <= .creeper }
  /// Whether it is an animal.
  public var isAnimal: Bool { self >= .cow && self <= .chicken }
}

extension CreatureKind: Comparable {
  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// One creature. Lengths are in blocks, speeds in blocks a tick.
public struct Creature: BitwiseCopyable, Sendable {
  /// What it is; ``CreatureKind/none`` where the place in the table is free.
  public var kind = CreatureKind.none
  /// Whether it stands on something, is a young one, is shorn.
  public var isOnGround = false, isYoung = false, isShorn = false
  /// What its wool is coloured: the metadata of Minecraft's wool.
  public var color: UInt8 = 0
  /// What it is doing, and for how many more ticks.
  var task: UInt8 = 0
  var taskTicks: Int16 = 0
  /// The middle of the soles of its feet.
  public var x: Float = 0, y: Float = 0, z: Float = 0
  /// Its speed.
  var vx: Float = 0, vy: Float = 0, vz: Float = 0
  /// Where it faces, in degrees as Minecraft's yaw.
  public var yaw: Float = 0
  /// Where it is going.
  var goalX: Int16 = 0, goalZ: Int16 = 0
  /// In half hearts.
  public var health: Float = 0
  /// Ticks for which it cannot be hurt again, until it attacks again, of fire, of fuse, and of age without a player near.
  var hurtTicks: Int16 = 0, attackTicks: Int16 = 0, fireTicks: Int16 = 0, fuseTicks: Int16 = 0, idleTicks: Int16 = 0
  /// How far it has been falling.
  var fallDistance: Float = 0
}
