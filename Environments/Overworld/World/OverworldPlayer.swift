/// The player: body, senses' direction, vital signs, inventory, and what it is about to do.
///
/// Lengths are in blocks, speeds in blocks a tick, of which there are 20 a second. The fields leave no gaps, so that equal
/// players are equal bytes.
public struct OverworldPlayer: BitwiseCopyable, Sendable {
  /// The middle of the soles of its feet.
  public var x = 0.0, y = 0.0, z = 0.0
  /// Its speed.
  var vx = 0.0, vy = 0.0, vz = 0.0
  /// How far it has been falling.
  var fallDistance = 0.0

  /// Health in half hearts, 0 … 20.
  public var health: Float = 20
  /// Hunger in half shanks, 0 … 20.
  public var food: Int32 = 20
  /// Minecraft's saturation and exhaustion, which hide behind hunger.
  var saturation: Float = 5, exhaustion: Float = 0
  /// Ticks since hunger last healed or hurt.
  var foodTimer: Int32 = 0
  /// Breath in ticks, 300 when full; below zero it drowns.
  public var air: Int32 = 300
  /// Ticks for which it burns, and for which it cannot be hurt again, but by more than the last damage.
  var fireTicks: Int32 = 0, hurtTicks: Int32 = 0
  var lastDamage: Float = 0
  /// Ticks until it strikes with full strength, can use or place again, can break another block, and jumps again under a held
  /// key.
  var attackTicks: Int32 = 0, useTicks: Int32 = 0, breakTicks: Int32 = 0, jumpTicks: Int32 = 0
  /// Ticks it has been eating.
  var eatingTicks: Int32 = 0
  /// Ticks that the fuel which it has lit for smelting still burns.
  public internal(set) var burnTicks: Int32 = 0

  /// The block it is breaking; -1 where it breaks none.
  var breakingX: Int32 = -1, breakingY: Int32 = -1, breakingZ: Int32 = -1
  /// How much of breaking it is done, 0 … 1.
  public var breakingProgress: Float = 0
  /// What it breaks the block with, or what it eats.
  var busyItem = Item.none

  /// Where it looks: steps of 15 degrees, yaw 0 to the south (+z) and growing clockwise in 0 ..< 24 as Minecraft's yaw
  /// does, pitch from -6 straight up to 6 straight down.
  public var yaw: Int8 = 0, pitch: Int8 = 0
  /// Whether it stands on something, is in water with its feet and with its eyes, in lava, sneaks, sprints.
  public var isOnGround = false, isInWater = false, isUnderWater = false, isInLava = false
  public var isSneaking = false, isSprinting = false

  /// 36 slots; the first is what it holds.
  public var inventory = InlineArray<36, ItemStack>(repeating: .empty)
  private var unused: UInt16 = 0

  /// The height of its eyes above its feet.
  static let eyeHeight = 1.62
  /// Width and height of its body.
  static let width = 0.6, height = 1.8
}
