extension CrafterDescription {
  /// Crafter itself, as the Python package `crafter` 1.8.3 has it.
  public static let crafter = CrafterDescription(
    summary: "survive on an island and unlock 22 achievements, from collecting wood to mining a diamond",
    stepLimit: 10_000,
    inventory: [.health: 9, .food: 9, .drink: 9, .energy: 9],
    ground: Ground(
      creatures: [.grass, .path, .sand], player: [.grass, .path, .sand, .lava], deadly: [.lava], health: [:]),
    terrain: Terrain(
      start: .grass, meadow: .grass, shore: .sand,
      nearDiamond: .stone, nearIron: .stone, nearCoal: .stone, nearLava: .stone,
      trees: 0.2, coal: 0.15, iron: 0.25, diamonds: 0.006),
    collect: [
      .tree: collecting(.wood, leaves: .grass),
      .stone: collecting(.stone, with: .woodPickaxe, leaves: .path),
      .coal: collecting(.coal, with: .woodPickaxe, leaves: .path),
      .iron: collecting(.iron, with: .stonePickaxe, leaves: .path),
      .diamond: collecting(.diamond, with: .ironPickaxe, leaves: .path),
      .water: collecting(.drink, quenchesThirst: true, leaves: .water),
      .grass: collecting(.sapling, chance: 0.1, leaves: .grass),
    ],
    place: [
      .stone: Placing(uses: [.stone: 1], on: [.grass, .sand, .path, .water, .lava]),
      .table: Placing(uses: [.wood: 2], on: [.grass, .sand, .path]),
      .furnace: Placing(uses: [.stone: 4], on: [.grass, .sand, .path]),
      .plant: Placing(uses: [.sapling: 1], on: [.grass]),
    ],
    make: [
      .woodPickaxe: Making(uses: [.wood: 1], nearby: [.table], gives: 1),
      .stonePickaxe: Making(uses: [.wood: 1, .stone: 1], nearby: [.table], gives: 1),
      .ironPickaxe: Making(uses: [.wood: 1, .coal: 1, .iron: 1], nearby: [.table, .furnace], gives: 1),
      .woodSword: Making(uses: [.wood: 1], nearby: [.table], gives: 1),
      .stoneSword: Making(uses: [.wood: 1, .stone: 1], nearby: [.table], gives: 1),
      .ironSword: Making(uses: [.wood: 1, .coal: 1, .iron: 1], nearby: [.table, .furnace], gives: 1),
    ],
    damage: Damage(hand: 1, woodSword: 2, stoneSword: 3, ironSword: 5),
    cow: Creature(
      health: 3, movement: .wander, attack: nil, arrowDamage: 0, reward: [.food: 6], stillsHunger: true,
      population: Population(
        ground: .grass, initialShare: 0.015, birthDistance: 5, deathDistance: 5,
        birthChance: 0.01, deathChance: 0.1, space: 30,
        fewest: ByDaylight(1), most: ByDaylight(1.5, light: 1))),
    zombie: Creature(
      health: 5, movement: .chase, attack: Attack(damage: 2, damageAsleep: 7, firstWait: 0, wait: 5),
      arrowDamage: 0, reward: [:], stillsHunger: false,
      population: Population(
        ground: .grass, initialShare: 0.007, birthDistance: 6, deathDistance: 0,
        birthChance: 0.3, deathChance: 0.4, space: 50,
        fewest: ByDaylight(3.5, light: -3), most: ByDaylight(3.5, light: -3))),
    skeleton: Creature(
      health: 3, movement: .shootAndFlee, attack: nil, arrowDamage: 2, reward: [:], stillsHunger: false,
      population: Population(
        ground: .path, initialShare: 0.05, birthDistance: 7, deathDistance: 7,
        birthChance: 0.1, deathChance: 0.1, space: 6,
        fewest: ByDaylight(1), most: ByDaylight(2))),
    plant: Creature(
      health: 1, movement: .stay, attack: nil, arrowDamage: 0, reward: [.food: 4], stillsHunger: false,
      population: nil),
    ripensAfter: 300,
    arrow: Arrow(passes: [.water, .lava], damage: 2, breaks: [.table: .path, .furnace: .path]))

  private static func collecting(
    _ item: CrafterItem, with tool: CrafterItem? = nil, chance: Double = 1, quenchesThirst: Bool = false,
    leaves: CrafterMaterial
  ) -> Collecting {
    Collecting(
      requires: tool.map { [$0: 1] } ?? [:], receives: [Receipt(item: item, amount: 1, chance: chance)],
      changes: [:], quenchesThirst: quenchesThirst, leaves: leaves, appears: nil, appearanceChance: 0)
  }
}
