/// The player but for its place.
public struct CrafterPlayer: BitwiseCopyable, Sendable {
  /// Counts of the 16 items in the order of ``CrafterItem``, vital signs included.
  var inventory = CrafterInventory.zero
  /// How often each achievement was reached in this episode.
  var achievements = InlineArray<22, Int32>(repeating: 0)
  /// Which were reached at all: bit *i* for achievement *i*.
  var reached: UInt32 = 0
  /// Where the player faces.
  public internal(set) var facing = CrafterDirection.down
  /// Whether it sleeps.
  public internal(set) var isSleeping = false
  /// Health at the end of its last action.
  var lastHealth: Int8 = 0
  // Time since the last change of food, drink and health in half steps, of energy in steps.
  var hunger: Int16 = 0, thirst: Int16 = 0, recovery: Int16 = 0, fatigue: Int16 = 0

  init() {}

  /// The player at the start of an episode.
  init(_ rules: CrafterRules) {
    inventory = rules.inventory
    lastHealth = health
  }

  /// The most that one can have of anything.
  static let most: Int8 = 9

  /// Health; never below zero.
  public internal(set) var health: Int8 {
    @inline(__always) get { inventory[CrafterItem.health.rawValue] }
    @inline(__always) set { inventory[CrafterItem.health.rawValue] = max(0, newValue) }
  }

  /// How many of an item the player has.
  public subscript(item: CrafterItem) -> Int { Int(inventory[item.rawValue]) }

  /// How often an achievement was reached in this episode.
  public func count(_ achievement: CrafterAchievement) -> Int { Int(achievements[achievement.rawValue]) }

  /// Counts an achievement.
  @inline(__always)
  mutating func reach(_ achievement: CrafterAchievement) { reach(achievement.rawValue) }

  /// Counts the achievement with this number.
  @inline(__always)
  mutating func reach(_ achievement: Int) {
    achievements[unchecked: achievement] &+= 1
    reached |= 1 &<< UInt32(truncatingIfNeeded: achievement)
  }

  /// Lets a step pass in the body: hunger, thirst, fatigue and recovery.
  @inline(__always)
  mutating func live() {
    let food = CrafterItem.food.rawValue, drink = CrafterItem.drink.rawValue,
      energy = CrafterItem.energy.rawValue
    hunger &+= isSleeping ? 1 : 2
    if hunger > 50 {
      hunger = 0
      inventory[food] &-= 1
    }
    thirst &+= isSleeping ? 1 : 2
    if thirst > 40 {
      thirst = 0
      inventory[drink] &-= 1
    }
    fatigue = isSleeping ? min(fatigue &- 1, 0) : fatigue &+ 1
    if fatigue < -10 {
      fatigue = 0
      inventory[energy] &+= 1
    }
    if fatigue > 30 {
      fatigue = 0
      inventory[energy] &-= 1
    }
    if inventory[food] > 0 && inventory[drink] > 0 && (inventory[energy] > 0 || isSleeping) {
      recovery &+= isSleeping ? 4 : 2
    } else {
      recovery &-= isSleeping ? 1 : 2
    }
    if recovery > 50 {
      recovery = 0
      health &+= 1
    }
    if recovery < -30 {
      recovery = 0
      health &-= 1
    }
    inventory = inventory.clamped(
      lowerBound: .zero, upperBound: CrafterInventory(repeating: Self.most))
    // Waking up by being hurt is no achievement.
    if health < lastHealth { isSleeping = false }
    lastHealth = health
  }
}
