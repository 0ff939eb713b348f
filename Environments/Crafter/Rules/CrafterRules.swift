import KnackEnvironment

/// What all worlds of one kind share: what they offer, and a ``CrafterDescription`` compiled into flat tables.
///
/// A step reads the tables by the codes of materials, kinds and actions, without a detour and without counting
/// references. Sets of materials are masks of 16 bits (bit *m* for the material with code *m*), inventories vectors of
/// 16 counts in the order of ``CrafterItem``.
public final class CrafterRules: WorldRules {
  /// What the world offers.
  public let specification: WorldSpecification
  /// What the tables were compiled from.
  public let description: CrafterDescription
  /// What is observed.
  public let observation: CrafterObservation
  /// The map of every episode; nil where each has its own.
  let map: CrafterMapFile?
  /// What draws the pictures, where they are observed.
  let painter: CrafterPainter?
  /// Whether what is observed at night shows the noise of the package's pictures, which a world then remembers.
  let showsNightNoise: Bool

  /// Steps after which an episode is truncated.
  let stepLimit: Int32
  /// What an episode starts with.
  let inventory: CrafterInventory
  /// What creatures walk on; what the player walks on; what arrows fly over.
  let creatureGround: MaterialMask, playerGround: MaterialMask, arrowSpace: MaterialMask
  /// What kills the player who stands there after an attempt to move.
  let deadlyGround: MaterialMask
  /// By material: what the player's health changes by who stands there after an attempt to move; 0 for most.
  let groundHealth: InlineArray<13, Int8>
  /// By material: what doing something to it leads to.
  let collect: InlineArray<13, CollectingTable>
  /// By action, from ``CrafterAction/placeStone`` on.
  let place: InlineArray<4, PlacingTable>
  /// By action, from ``CrafterAction/makeWoodPickaxe`` on.
  let make: InlineArray<6, MakingTable>
  /// Damage of a blow by the sword, the best one counting: none, wood, stone, iron.
  let damage: InlineArray<4, Int8>
  /// By kind, from ``CrafterKind/player`` on; those of the player and of arrows are empty.
  let creatures: InlineArray<6, CreatureTable>
  /// A plant that has been updated more often than this is ripe.
  let ripensAfter: Int32
  /// What an arrow takes from whatever it hits but the player.
  let arrowDamage: Int8
  /// By material: what it becomes when an arrow hits it; itself for most.
  let arrowLeaves: InlineArray<13, UInt8>
  /// How the map is drawn.
  let terrain: TerrainTable
  /// By lane of ``CrafterPopulation``: how numbers are balanced.
  let balance: InlineArray<3, BalanceTable>
  /// The same by lane, for all of them at once.
  let balanceChances: BalanceChances
  /// The chances that a cell holds a cow, a zombie and a skeleton at first.
  let creatureChances: (cow: CrafterChance, zombie: CrafterChance, skeleton: CrafterChance)
  /// By the player's place, 64 x + y: the chunks that must be made there, bit *i* for chunk *i*.
  let chunksNear: InlineArray<4096, UInt64>
  /// By step modulo 300: how light it is, and how many creatures a chunk should have.
  let days: InlineArray<300, DayPhase>
  /// What can be asked for.
  let goals: CrafterGoals
  /// What the scripted expert plans with.
  let operators: [ExpertOperator]

  /// The rules of a description, for worlds under an id and with one of the observations.
  public convenience init(_ description: CrafterDescription, id: String, observation: CrafterObservation) {
    self.init(description, id: id, observation: observation, map: nil)
  }

  /// The same, with a map for every episode unless that is nil.
  init(
    _ description: CrafterDescription, id: String, observation: CrafterObservation, map: CrafterMapFile?
  ) {
    self.map = map
    specification = WorldSpecification(
      id: id, summary: description.summary, observation: observation.layout,
      actions: ActionSpace(CrafterAction.allCases.map(\.name)), facts: CrafterFacts.names,
      achievements: CrafterFacts.achievements, operators: description.operators,
      symmetries: observation == .symbolic ? Symmetry.ofCrafter : [], stepLimit: description.stepLimit)
    self.observation = observation
    painter = observation == .pixels ? CrafterPainter() : nil
    showsNightNoise = observation.showsNightNoise
    self.description = description
    stepLimit = Int32(description.stepLimit)
    inventory = CrafterInventory(description.inventory)
    creatureGround = MaterialMask(description.ground.creatures)
    playerGround = MaterialMask(description.ground.player)
    arrowSpace = MaterialMask(description.ground.creatures.union(description.arrow.passes))
    deadlyGround = MaterialMask(description.ground.deadly)
    let health = description.ground.health
    groundHealth = InlineArray { Int8(health[CrafterMaterial(code: $0)] ?? 0) }
    let collecting = description.collect
    collect = InlineArray { code in
      CollectingTable(collecting[CrafterMaterial(code: code)], of: CrafterMaterial(code: code))
    }
    let placing = description.place
    place = InlineArray { PlacingTable(placing[CrafterDescription.Placeable.allCases[$0]]) }
    let making = description.make
    make = InlineArray { MakingTable(making[CrafterItem(rawValue: CrafterItem.woodPickaxe.rawValue + $0)!]) }
    let blow = description.damage
    damage = [Int8(blow.hand), Int8(blow.woodSword), Int8(blow.stoneSword), Int8(blow.ironSword)]
    let kinds = [nil, description.cow, description.zombie, description.skeleton, nil, description.plant]
    creatures = InlineArray { CreatureTable(kinds[$0]) }
    ripensAfter = Int32(description.ripensAfter)
    arrowDamage = Int8(description.arrow.damage)
    let breaks = description.arrow.breaks
    arrowLeaves = InlineArray { (breaks[CrafterMaterial(code: $0)] ?? CrafterMaterial(code: $0)).rawValue }
    terrain = TerrainTable(description.terrain)
    let table = creatures
    let balanced = InlineArray<3, CreatureTable> {
      table[Int(CrafterPopulation.balancedKinds[$0].rawValue - CrafterKind.player.rawValue)]
    }
    balance = InlineArray { BalanceTable(balanced[$0]) }
    balanceChances = BalanceChances(balanced)
    creatureChances = (
      CrafterChance(1 - table[1].initialThreshold), CrafterChance(1 - table[2].initialThreshold),
      CrafterChance(1 - table[3].initialThreshold)
    )
    // In a step the player takes one, then creatures less than 18 cells away may take one too, or be eaten by those on
    // their neighbours' cells. Births and deaths may depend on whether the player is nearer than a world's file says.
    let distances = (0..<3).map { max(balanced[$0].birthDistance, balanced[$0].deathDistance) }
    let reach = max(18, Int(distances.max()!) - 1) + 1
    chunksNear = InlineArray { CrafterMap.chunks(within: reach, of: ($0 / 64, $0 % 64)) }
    days = InlineArray { DayPhase(step: $0, balanced) }
    operators = ExpertOperator.all(description)
    goals = CrafterGoals(description)
  }
}

/// Counts of the 16 items, in the order of ``CrafterItem``.
typealias CrafterInventory = SIMD16<Int8>

/// A set of materials: bit *m* is set where the material with code *m* belongs to it.
typealias MaterialMask = UInt16

extension MaterialMask {
  /// The mask of a set.
  init(_ materials: Set<CrafterMaterial>) {
    self = materials.reduce(0) { $0 | 1 << $1.rawValue }
  }

  /// Whether the material with this code belongs to the set.
  @inline(__always)
  func contains(_ code: UInt8) -> Bool { self &>> UInt16(truncatingIfNeeded: code) & 1 != 0 }
}

extension CrafterMaterial {
  /// The material with a code that is known to be one.
  init(code: Int) { self = Self.allCases[code] }
}

extension CrafterInventory {
  /// The counts of a dictionary, 0 where it says nothing.
  init(_ counts: [CrafterItem: Int]) {
    self = .zero
    for (item, count) in counts { self[item.rawValue] = Int8(count) }
  }

  /// Whether there is at least as much of everything as in `other`.
  @inline(__always)
  func covers(_ other: CrafterInventory) -> Bool { all(self .>= other) }
}

/// What doing something to a material leads to.
struct CollectingTable: BitwiseCopyable {
  /// Whether anything happens at all.
  var exists = false
  /// Whether thirst begins anew.
  var quenchesThirst = false
  /// The code of the material that is left.
  var leaves: UInt8
  /// The code of the kind of creature that may appear; 0 where none does, and then no chance is drawn.
  var appears: UInt8 = 0
  /// The chance that it appears: where a uniform draw is at most this.
  var appearanceChance = 0.0
  /// What one must have.
  var requires = CrafterInventory.zero
  /// What changes without counting as collected.
  var changes = CrafterInventory.zero
  /// The number of entries of `receipts` in use.
  var receiptCount = 0
  /// What one receives, at most four things: each where the one uniform draw of a collection lies in `above ..< upTo`,
  /// the upper end included.
  var receipts = InlineArray<4, Receipt>(repeating: Receipt())

  struct Receipt: BitwiseCopyable {
    /// The index of the item, how many of it, and the index of its achievement (-1 for none).
    var item: UInt8 = 0
    var amount: Int8 = 0
    var achievement: Int8 = -1
    var above = 0.0, upTo = 0.0
  }

  init(_ collecting: CrafterDescription.Collecting?, of material: CrafterMaterial) {
    guard let collecting else {
      leaves = material.rawValue
      return
    }
    exists = true
    quenchesThirst = collecting.quenchesThirst
    leaves = collecting.leaves.rawValue
    appears = collecting.appears?.rawValue ?? 0
    appearanceChance = collecting.appearanceChance
    requires = CrafterInventory(collecting.requires)
    changes = CrafterInventory(collecting.changes)
    receiptCount = collecting.receives.count
    var used = 0.0
    for (index, receipt) in collecting.receives.enumerated() {
      let isCertain = receipt.chance >= 1
      receipts[index] = Receipt(
        item: UInt8(receipt.item.rawValue), amount: Int8(receipt.amount),
        achievement: Int8(receipt.item.achievementOfCollecting?.rawValue ?? -1),
        above: isCertain || used == 0 ? -1 : used, upTo: isCertain ? 1 : used + receipt.chance)
      if !isCertain { used += receipt.chance }
    }
  }
}

extension CrafterItem {
  /// The achievement of collecting it, where that is one.
  public var achievementOfCollecting: CrafterAchievement? {
    CrafterAchievement.allCases.first { $0.name == "collect_" + name }
  }
}

/// What placing needs.
struct PlacingTable: BitwiseCopyable {
  /// What is used up.
  var uses = CrafterInventory.zero
  /// On what it can be placed; on nothing where the world does not know it.
  var on: MaterialMask = 0

  init(_ placing: CrafterDescription.Placing?) {
    guard let placing else { return }
    uses = CrafterInventory(placing.uses)
    on = MaterialMask(placing.on)
  }
}

/// What making needs.
struct MakingTable: BitwiseCopyable {
  /// Whether the world knows it.
  var exists = false
  /// How many one gets.
  var gives: Int8 = 0
  /// What must be nearby, all of it.
  var nearby: MaterialMask = 0
  /// What is used up.
  var uses = CrafterInventory.zero

  init(_ making: CrafterDescription.Making?) {
    guard let making else { return }
    exists = true
    gives = Int8(making.gives)
    nearby = MaterialMask(making.nearby)
    uses = CrafterInventory(making.uses)
  }
}

/// How a kind of creature lives.
struct CreatureTable: BitwiseCopyable {
  var movement: CrafterDescription.Movement = .stay
  var health: Int8 = 0
  /// Whether it fights at close range, what it takes from a player awake or asleep (negative gives), how many updates
  /// beside the player it waits before the first attack and between attacks.
  var attacks = false
  var damage: Int8 = 0, damageAsleep: Int8 = 0
  var firstWait: Int8 = 0, wait: Int8 = 0
  /// What an arrow of its takes from the player; negative gives.
  var arrowDamage: Int8 = 0
  /// Whether hunger begins anew when it is defeated or eaten, and what that gives.
  var stillsHunger = false
  var reward = CrafterInventory.zero
  /// The code of the ground on which creatures are born; 0 where none are.
  var ground: UInt8 = 0
  /// Cells between a birth or a death and the player; cells of ground in a chunk for births.
  var birthDistance: Int32 = 0, deathDistance: Int32 = 0, space: Int32 = 0
  /// A cell holds one at the beginning where a uniform draw is more than this.
  var initialThreshold = 1.0
  /// The chance of a birth and of a death.
  var birthChance = 0.0, deathChance = 0.0
  /// The fewest and the most in a chunk: in darkness, and what daylight adds.
  var fewest = 0.0, fewestLight = 0.0, most = 0.0, mostLight = 0.0

  init(_ creature: CrafterDescription.Creature?) {
    guard let creature else { return }
    movement = creature.movement
    health = Int8(creature.health)
    if let attack = creature.attack {
      attacks = true
      (damage, damageAsleep) = (Int8(attack.damage), Int8(attack.damageAsleep))
      (firstWait, wait) = (Int8(attack.firstWait), Int8(attack.wait))
    }
    arrowDamage = Int8(creature.arrowDamage)
    stillsHunger = creature.stillsHunger
    reward = CrafterInventory(creature.reward)
    guard let population = creature.population else { return }
    ground = population.ground.rawValue
    (birthDistance, deathDistance) = (Int32(population.birthDistance), Int32(population.deathDistance))
    space = Int32(population.space)
    initialThreshold = 1 - population.initialShare
    (birthChance, deathChance) = (population.birthChance, population.deathChance)
    (fewest, fewestLight) = (population.fewest.dark, population.fewest.light)
    (most, mostLight) = (population.most.dark, population.most.light)
  }
}

/// How the map is drawn: codes of materials, and the values that a uniform draw must exceed.
struct TerrainTable: BitwiseCopyable {
  var start: UInt8, meadow: UInt8, shore: UInt8
  var nearDiamond: UInt8, nearIron: UInt8, nearCoal: UInt8, nearLava: UInt8
  /// Whether anything but stone lies near ores and lava, so that the noise must be looked at for it.
  var variesRock: Bool
  var treeThreshold: Double, coalThreshold: Double, ironThreshold: Double, diamondThreshold: Double
  /// The same as chances.
  var treeChance: CrafterChance, coalChance: CrafterChance, ironChance: CrafterChance,
    diamondChance: CrafterChance

  init(_ terrain: CrafterDescription.Terrain) {
    (start, meadow, shore) = (terrain.start.rawValue, terrain.meadow.rawValue, terrain.shore.rawValue)
    (nearDiamond, nearIron) = (terrain.nearDiamond.rawValue, terrain.nearIron.rawValue)
    (nearCoal, nearLava) = (terrain.nearCoal.rawValue, terrain.nearLava.rawValue)
    let near = [terrain.nearDiamond, terrain.nearIron, terrain.nearCoal, terrain.nearLava]
    variesRock = near.contains { $0 != .stone }
    (treeThreshold, coalThreshold) = (1 - terrain.trees, 1 - terrain.coal)
    (ironThreshold, diamondThreshold) = (1 - terrain.iron, 1 - terrain.diamonds)
    (treeChance, coalChance) = (CrafterChance(terrain.trees), CrafterChance(terrain.coal))
    (ironChance, diamondChance) = (CrafterChance(terrain.iron), CrafterChance(terrain.diamonds))
  }
}
