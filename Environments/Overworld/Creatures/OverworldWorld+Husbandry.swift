/// The numbers of keeping animals (Glowstone: `GlowAgeable.java`, `GlowAnimal.java`, `GlowChicken.java`). Times are in ticks.
enum Husbandry {
  /// How long a young one grows, a parent rests, and love lasts.
  static let growth: Int16 = 24_000, pause: Int16 = 6000, love: Int16 = 600
  /// How near an animal in love looks for another, and how near they must come.
  static let courtDistance = 8.0, breedDistance = 1.75
  /// What is left of a young one's growth after it was fed, and how much grass takes off.
  static let fedGrowth = 0.9
  static let grazedGrowth: Int16 = 1200
  /// The fewest ticks between two eggs, and how many more there can be.
  static let eggTicks: Int16 = 6000
  static let eggSpread = 6000
}

extension OverworldWorld {
  /// What the player can do to a creature with what it holds.
  private enum Care {
    case milk, shear, feed
  }

  private func care(for animal: Creature) -> Care? {
    let kinds = CreatureRules.standard
    let held = player.inventory[0]
    guard animal.kind.isAnimal, !held.isEmpty else { return nil }
    if held.item == kinds.bucket && animal.kind == .cow && !animal.isYoung { return .milk }
    if held.item == kinds.shears && animal.kind == .sheep && !animal.isShorn && !animal.isYoung {
      return .shear
    }
    let takesFood = animal.isYoung || (animal.growTicks == 0 && animal.loveTicks == 0)
    return takesFood && kinds[animal.kind].eats(held.item) ? .feed : nil
  }

  /// Whether the player can milk, shear or feed a creature with what it holds.
  func canInteract(with index: Int, _ rules: OverworldRules) -> Bool { care(for: creatures[index]) != nil }

  /// Uses what the player holds on a creature: milks a cow with a bucket, shears a sheep, feeds an animal.
  ///
  /// A shorn sheep gives one to three wool of its colour, which fall beside it. Returns whether anything came of it.
  @discardableResult
  mutating func interact(with index: Int, _ rules: OverworldRules) -> Bool {
    let animal = creatures[index]
    switch care(for: animal) {
    case nil: return false
    case .milk:
      let milk = ItemStack(CreatureRules.standard.milkBucket, 1)
      takeOut(0, 1)
      if player.inventory[0].isEmpty { player.inventory[0] = milk } else { give(milk, rules) }
    case .shear:
      creatures[index].isShorn = true
      for drop in rules.minecraft.drops.sheared(.sheep) {
        leave(rules.minecraft.drops.drops[drop], of: animal, rules)
      }
      wearHeldItem(1, rules)
    case .feed:
      takeOut(0, 1)
      if animal.isYoung {
        creatures[index].growTicks = Int16(Double(animal.growTicks) * Husbandry.fedGrowth)
      } else {
        creatures[index].loveTicks = Husbandry.love
      }
    }
    return true
  }

  /// What time does to an animal between two decisions: it grows, its love passes, a hen lays eggs.
  mutating func age(_ animal: inout Creature, _ rules: OverworldRules) {
    let step = Int16(CreatureClock.decision)
    if animal.growTicks > 0 {
      animal.growTicks = max(0, animal.growTicks &- step)
      if animal.growTicks == 0 { animal.isYoung = false }
    }
    if animal.loveTicks > 0 { animal.loveTicks = max(0, animal.loveTicks &- step) }
    if animal.kind == .chicken && !animal.isYoung {
      animal.fuseTicks &-= step
      if animal.fuseTicks <= 0 {
        animal.fuseTicks = Husbandry.eggTicks &+ Int16(random.below(Husbandry.eggSpread))
        dropItem(ItemStack(CreatureRules.standard.egg, 1), animal.x, animal.y, animal.z, rules)
      }
    }
  }

  /// Sends an animal in love to the nearest other one of its kind; where they meet, a young one is born. False where there
  /// is no other.
  mutating func court(_ animal: inout Creature, _ index: Int, _ rules: OverworldRules) -> Bool {
    var partner = -1
    var nearest = Husbandry.courtDistance * Husbandry.courtDistance
    for other in 0..<Int(creatureCount) where other != index && creatures[other].kind == animal.kind {
      guard creatures[other].loveTicks > 0 else { continue }
      let dx = creatures[other].x - animal.x, dz = creatures[other].z - animal.z
      guard dx * dx + dz * dz < nearest else { continue }
      nearest = dx * dx + dz * dz
      partner = other
    }
    guard partner >= 0 else { return false }
    animal.task = .court
    animal.goalX = Int16(cell(creatures[partner].x))
    animal.goalZ = Int16(cell(creatures[partner].z))
    guard nearest < Husbandry.breedDistance * Husbandry.breedDistance else { return true }
    (animal.loveTicks, animal.growTicks, animal.task) = (0, Husbandry.pause, .rest)
    creatures[partner].loveTicks = 0
    creatures[partner].growTicks = Husbandry.pause
    creatures[partner].task = .rest
    if let young = spawn(animal.kind, x: animal.x, y: animal.y, z: animal.z) {
      creatures[young].isYoung = true
      creatures[young].growTicks = Husbandry.growth
      creatures[young].color = random.below(2) == 0 ? animal.color : creatures[partner].color
    }
    return true
  }

  /// Whether a sheep stands in tall grass or on grass.
  func canGraze(_ sheep: Creature, _ scene: CreatureScene) -> Bool {
    let x = cell(sheep.x), y = cell(sheep.y + 0.01), z = cell(sheep.z)
    return scene.view[x, y, z] == .tallGrass || scene.view[x, y &- 1, z] == .grass
  }

  /// The grass is eaten and the wool is back.
  mutating func finishGrazing(_ sheep: inout Creature, _ scene: CreatureScene, _ rules: OverworldRules) {
    sheep.task = .rest
    let x = cell(sheep.x), y = cell(sheep.y + 0.01), z = cell(sheep.z)
    if scene.view[x, y, z] == .tallGrass {
      setBlock(x, y, z, .air, rules)
    } else if scene.view[x, y &- 1, z] == .grass {
      setBlock(x, y &- 1, z, .dirt, rules)
    } else {
      return
    }
    sheep.isShorn = false
    if sheep.isYoung { sheep.growTicks = max(10, sheep.growTicks &- Husbandry.grazedGrowth) }
  }
}
