/// The kinds of creatures.
public enum CreatureKind: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case none
  case cow, sheep, pig, chicken
  case zombie, skeleton, spider, creeper
  case arrow

  /// Minecraft's name (`cow`).
  public var name: String { "\(self)" }
  /// Whether it attacks the player.
  public var isHostile: Bool { self >= .zombie && self <= .creeper }
  /// Whether it is an animal.
  public var isAnimal: Bool { self >= .cow && self <= .chicken }
}

extension CreatureKind: Comparable {
  /// The order in which kinds of a sort lie together.
  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// What a creature is about.
enum CreatureTask: UInt8, BitwiseCopyable, Sendable {
  /// It stands.
  case rest
  /// It walks to its goal for no reason.
  case wander
  /// It runs, because it was hurt.
  case flee
  /// It goes to the player, who holds what it likes to eat.
  case follow
  /// It goes to its goal, another animal that is in love.
  case court
  /// It eats grass.
  case graze
  /// It is after the player.
  case chase
}

/// One creature, or an arrow in flight. Lengths are in blocks, speeds in blocks a tick.
///
/// The fields leave no gaps, so that equal creatures are equal bytes.
public struct Creature: BitwiseCopyable, Sendable {
  /// The middle of the soles of its feet.
  public var x = 0.0, y = 0.0, z = 0.0
  /// Its speed.
  var vx = 0.0, vy = 0.0, vz = 0.0
  /// Steps of a path around obstacles, two bits each, the next one lowest.
  var path: UInt64 = 0
  /// Where it faces, in degrees as Minecraft's yaw.
  public var yaw: Float = 0
  /// In half hearts.
  public var health: Float = 0
  /// How far it has been falling, and the damage after which it cannot be hurt for a while, except by more.
  var fallDistance: Float = 0, lastDamage: Float = 0
  /// The column where it is going.
  var goalX: Int16 = 0, goalZ: Int16 = 0
  /// For how many more ticks it is about what it is about, and for how many it has not seen the player.
  var taskTicks: Int16 = 0, lostTicks: Int16 = 0
  /// Ticks for which it cannot be hurt again, until it attacks again, and of fire.
  var hurtTicks: Int16 = 0, attackTicks: Int16 = 0, fireTicks: Int16 = 0
  /// Ticks since a creeper's fuse was lit, or until a chicken lays an egg.
  var fuseTicks: Int16 = 0
  /// Ticks without a player near.
  var idleTicks: Int16 = 0
  /// Ticks until a young one is grown or a parent can breed again, and for which it is in love.
  var growTicks: Int16 = 0, loveTicks: Int16 = 0
  /// The number of steps in `path`.
  var pathCount: UInt8 = 0
  /// What it is about.
  var task = CreatureTask.rest
  /// What it is; ``CreatureKind/none`` where the place in the table is free.
  public var kind = CreatureKind.none
  /// What its wool is coloured: the metadata of Minecraft's wool.
  public var color: UInt8 = 0
  /// Whether it stands on something, is a young one, is shorn.
  public var isOnGround = false, isYoung = false, isShorn = false
  /// Whether it is in water; whether something was in its way in the last tick; whether it was hurt by the player, so that
  /// a spider is after it in daylight too.
  var isInWater = false, isBlocked = false, isProvoked = false
}
