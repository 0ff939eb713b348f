/// The rules of one world, as plain data: what a world file says.
///
/// Crafter itself is one such value, and each of the Mars worlds another. What is not here is the same in all of them:
/// how time passes, how hunger, thirst and fatigue grow, what the actions are. ``CrafterRules`` compiles the value into
/// the tables that a step reads; `Worlds/*.yaml` are the files, and ``CrafterDescription/init(yaml:name:)`` says how
/// one is written.
public struct CrafterDescription: Sendable, Equatable {
  /// One sentence: what is particular about the world.
  public var summary: String
  /// Steps after which an episode is truncated.
  public var stepLimit: Int
  /// What an episode starts with, vital signs included; 0 for what is not named. At most 9 each.
  public var inventory: [CrafterItem: Int]
  /// What can be walked on.
  public var ground: Ground
  /// How the map is drawn.
  public var terrain: Terrain
  /// What doing something to a material leads to; nothing for those that are not named.
  public var collect: [CrafterMaterial: Collecting]
  /// What can be placed: stone, table, furnace and sapling, by the item or material that is placed.
  public var place: [Placeable: Placing]
  /// What can be made: the three pickaxes and three swords.
  public var make: [CrafterItem: Making]
  /// Damage of one blow: with bare hands, and with each sword; of those that one has the best counts.
  public var damage: Damage
  /// The creatures, and the plant that grows from a sapling.
  public var cow: Creature, zombie: Creature, skeleton: Creature, plant: Creature
  /// The updates after which a plant may be eaten.
  public var ripensAfter: Int
  /// What an arrow does on its way.
  public var arrow: Arrow
}

extension CrafterDescription {
  /// What can be walked on, and what walking does.
  public struct Ground: Sendable, Equatable {
    /// What creatures and plants walk on.
    public var creatures: Set<CrafterMaterial>
    /// What the player walks on.
    public var player: Set<CrafterMaterial>
    /// What kills the player who stands there after an attempt to move.
    public var deadly: Set<CrafterMaterial>
    /// What the player's health changes by who stands there after an attempt to move.
    public var health: [CrafterMaterial: Int]
  }

  /// How the map is drawn. The noise that decides where mountains, caves, water and meadows lie is the same in all worlds.
  public struct Terrain: Sendable, Equatable {
    /// The ground about the player's start, of meadows, and of shores.
    public var start: CrafterMaterial, meadow: CrafterMaterial, shore: CrafterMaterial
    /// The rock of a mountain in the neighbourhood of what may lie in it. A cell that is near several takes the last of
    /// diamond, iron, coal and lava.
    public var nearDiamond: CrafterMaterial, nearIron: CrafterMaterial
    public var nearCoal: CrafterMaterial, nearLava: CrafterMaterial
    /// The share of fitting cells that become a tree, coal, iron and diamond.
    public var trees: Double, coal: Double, iron: Double, diamonds: Double
  }

  /// What doing something to a material leads to.
  public struct Collecting: Sendable, Equatable {
    /// What one must have; nothing of it is used up.
    public var requires: [CrafterItem: Int]
    /// What one receives, with its chance; the chances of those that are not certain are disjoint and add up to at
    /// most 1.
    public var receives: [Receipt]
    /// What else changes by it, without counting as collected.
    public var changes: [CrafterItem: Int]
    /// Whether thirst begins anew.
    public var quenchesThirst: Bool
    /// What the cell becomes.
    public var leaves: CrafterMaterial
    /// A creature that may appear on the cell, and the chance that it does.
    public var appears: CrafterKind?, appearanceChance: Double
  }

  /// What one receives by collecting.
  public struct Receipt: Sendable, Equatable {
    /// What, and how many of it.
    public var item: CrafterItem, amount: Int
    /// The chance of it; 1 is certain.
    public var chance: Double
  }

  /// What can be placed.
  public enum Placeable: String, Sendable, CaseIterable {
    case stone, table, furnace, plant
  }

  /// What placing needs.
  public struct Placing: Sendable, Equatable {
    /// What is used up.
    public var uses: [CrafterItem: Int]
    /// On what it can be placed.
    public var on: Set<CrafterMaterial>
  }

  /// What making needs.
  public struct Making: Sendable, Equatable {
    /// What is used up.
    public var uses: [CrafterItem: Int]
    /// What must be among the nine cells about the player.
    public var nearby: Set<CrafterMaterial>
    /// How many one gets.
    public var gives: Int
  }

  /// Damage of one blow.
  public struct Damage: Sendable, Equatable {
    /// Without a sword, and with each.
    public var hand: Int, woodSword: Int, stoneSword: Int, ironSword: Int
  }

  /// How a kind of creature lives.
  public struct Creature: Sendable, Equatable {
    /// Its health at birth.
    public var health: Int
    /// How it moves. A plant moves only when it is ripe.
    public var movement: Movement
    /// How it fights at close range; nil where it does not. A plant fights only when it is ripe.
    public var attack: Attack?
    /// What an arrow of its takes from the player's health; negative gives.
    public var arrowDamage: Int
    /// What the player gets who defeats or eats it.
    public var reward: [CrafterItem: Int]
    /// Whether hunger begins anew by it.
    public var stillsHunger: Bool
    /// How it is born and dies out; nil for plants.
    public var population: Population?
  }

  /// How a creature moves.
  public enum Movement: String, Sendable, BitwiseCopyable, CaseIterable {
    /// Not at all.
    case stay
    /// Half of the time, in a random direction.
    case wander
    /// Towards a player within eight steps nine times out of ten, else in a random direction.
    case chase
    /// Shoots at a player within five steps, approaches one within eight, wanders about at times.
    case shoot
    /// As `shoot`, but draws back from a player within three steps.
    case shootAndFlee = "shoot-and-flee"
  }

  /// How a creature fights a player beside it.
  public struct Attack: Sendable, Equatable {
    /// What it takes from the health of a player who is awake or asleep; negative gives.
    public var damage: Int, damageAsleep: Int
    /// Updates beside the player before the first attack.
    public var firstWait: Int
    /// Updates beside the player between attacks.
    public var wait: Int
  }

  /// How many there are of a kind.
  public struct Population: Sendable, Equatable {
    /// The ground on which they are born in the course of an episode. (At the beginning cows stand on meadows, zombies
    /// anywhere that creatures walk on, skeletons in tunnels.)
    public var ground: CrafterMaterial
    /// The share of fitting cells that hold one at the beginning.
    public var initialShare: Double
    /// Cells that must lie between a birth or a death and the player.
    public var birthDistance: Int, deathDistance: Int
    /// The chance of a birth and of a death in a chunk, every ten steps.
    public var birthChance: Double, deathChance: Double
    /// Cells of its ground that a chunk must have for births.
    public var space: Int
    /// The fewest and the most in a chunk.
    public var fewest: ByDaylight, most: ByDaylight
  }

  /// A number that depends on how light it is.
  public struct ByDaylight: Sendable, Equatable {
    /// In darkness, and what full daylight adds.
    public var dark: Double, light: Double

    /// A number in darkness, and what full daylight adds to it.
    public init(_ dark: Double, light: Double = 0) {
      self.dark = dark
      self.light = light
    }
  }

  /// What an arrow does on its way.
  public struct Arrow: Sendable, Equatable {
    /// What it flies over beyond what creatures walk on.
    public var passes: Set<CrafterMaterial>
    /// What it takes from the health of whatever it hits but the player.
    public var damage: Int
    /// What a material becomes that it breaks.
    public var breaks: [CrafterMaterial: CrafterMaterial]
  }
}
