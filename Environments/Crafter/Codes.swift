// The numbers by which everything in this world is known. They are those of the Python package `crafter` 1.8.3, so that
// its semantic map, inventory and achievements read the same here.

/// What a cell of the map is made of; numbered as in the package's semantic map.
public enum CrafterMaterial: UInt8, Sendable, CaseIterable {
  /// Beyond the edge of the map.
  case nothing
  case water, grass, stone, path, sand, tree, lava, coal, iron, diamond, table, furnace
}

/// The kinds of things that stand on a cell; numbered as in the package's semantic map.
public enum CrafterKind: UInt8, Sendable, CaseIterable {
  case player = 13
  case cow, zombie, skeleton, arrow, plant
}

/// What the player has, vital signs included; in the order of the package's `data.yaml`.
public enum CrafterItem: Int, Sendable, CaseIterable {
  case health, food, drink, energy
  case sapling, wood, stone, coal, iron, diamond
  case woodPickaxe, stonePickaxe, ironPickaxe, woodSword, stoneSword, ironSword

  /// The package's name (`wood_pickaxe`).
  public var name: String { snakeCase("\(self)") }
}

/// What the player can do; numbered as in the package.
public enum CrafterAction: Int, Sendable, CaseIterable {
  case noop
  case moveLeft, moveRight, moveUp, moveDown
  /// Collects, attacks, eats or drinks what is in front.
  case `do`
  case sleep
  case placeStone, placeTable, placeFurnace, placePlant
  case makeWoodPickaxe, makeStonePickaxe, makeIronPickaxe, makeWoodSword, makeStoneSword, makeIronSword

  /// The package's name (`place_stone`).
  public var name: String { snakeCase("\(self)") }
}

/// What an agent is scored by; sorted by name, as the package's achievements are.
public enum CrafterAchievement: Int, Sendable, CaseIterable {
  case collectCoal, collectDiamond, collectDrink, collectIron, collectSapling, collectStone, collectWood
  case defeatSkeleton, defeatZombie
  case eatCow, eatPlant
  case makeIronPickaxe, makeIronSword, makeStonePickaxe, makeStoneSword, makeWoodPickaxe, makeWoodSword
  case placeFurnace, placePlant, placeStone, placeTable
  case wakeUp

  /// The package's name (`collect_coal`).
  public var name: String { snakeCase("\(self)") }
}

/// Where the player faces or an arrow flies; x grows to the right, y downwards.
public enum CrafterDirection: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case left, right, up, down
}

/// `makeWoodPickaxe` as `make_wood_pickaxe`.
private func snakeCase(_ name: String) -> String {
  name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
}
