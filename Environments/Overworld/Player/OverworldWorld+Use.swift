/// What the use key would do.
enum Use {
  case nothing
  /// Milk, shear or feed a creature.
  case interact(Int)
  /// Open or close a door, gate or trapdoor.
  case turn(x: Int, y: Int, z: Int)
  case place(Placement)
  /// Fill the bucket from a block of water or lava, pour it out, drink the milk.
  case fill(x: Int, y: Int, z: Int)
  case pour(x: Int, y: Int, z: Int)
  case drink
  /// Make farmland with a hoe.
  case till(x: Int, y: Int, z: Int)
  case eat
}

/// The items that the use key treats each in its own way.
struct UsedItems: BitwiseCopyable, Sendable {
  let bucket: Item, waterBucket: Item, lavaBucket: Item, milkBucket: Item, bowl: Item
  let mushroomStew: Item, rabbitStew: Item, beetrootSoup: Item, goldenApple: Item

  /// Those of the built-in rules.
  static let standard = UsedItems(MinecraftRules.standard.items)

  /// Looks them up.
  init(_ items: ItemTable) {
    func item(_ name: String) -> Item { items.item(name) ?? .none }
    bucket = item("bucket")
    waterBucket = item("water_bucket")
    lavaBucket = item("lava_bucket")
    milkBucket = item("milk_bucket")
    bowl = item("bowl")
    mushroomStew = item("mushroom_stew")
    rabbitStew = item("rabbit_stew")
    beetrootSoup = item("beetroot_soup")
    goldenApple = item("golden_apple")
  }
}

extension OverworldWorld {
  /// Ticks that a meal takes (netherite: `item_food_eat.h`), and between two uses of a held key.
  private static let meal: Int32 = 32, usePause: Int32 = 4

  /// A tick of the held use key.
  ///
  /// What it does depends on what the player looks at and holds, in Minecraft's order: the creature, the door, the item. A
  /// meal takes 32 ticks of holding it. Chests, furnaces and tables have no windows here and beds are not slept in.
  mutating func use(_ rules: OverworldRules) {
    if player.eatingTicks > 0 && player.busyItem == player.held.item {
      eat(rules)
      return
    }
    player.eatingTicks = 0
    guard player.useTicks == 0 else { return }
    let used = usage(rules)
    switch used {
    case .nothing: return
    case .interact(let index): interact(with: index, rules)
    case .turn(let x, let y, let z): turnBlock(x, y, z, rules)
    case .place(let placement): place(placement, from: 0, rules)
    case .fill(let x, let y, let z):
      let filled = rules.traits[blocks[x, y, z]].isWater ? rules.used.waterBucket : rules.used.lavaBucket
      setBlock(x, y, z, .air, rules)
      exchangeHeldItem(for: filled, rules)
    case .pour(let x, let y, let z):
      let block = player.held.item == rules.used.waterBucket ? Block.water : .lava
      exchangeHeldItem(for: rules.used.bucket, rules)
      setBlock(x, y, z, block, rules)
    case .till(let x, let y, let z):
      setBlock(x, y, z, .farmland, rules)
      wearHeldItem(1, rules)
    case .eat, .drink:
      stopBreaking()
      player.busyItem = player.held.item
      eat(rules)
      return
    }
    player.useTicks = Self.usePause
  }

  /// What the use key would do now.
  mutating func usage(_ rules: OverworldRules) -> Use {
    let held = player.held
    let aim = aim()
    switch aim {
    case .creature(let index): if canInteract(with: index, rules) { return .interact(index) }
    case .block(let hit): if hit.block.turned != nil { return .turn(x: hit.x, y: hit.y, z: hit.z) }
    case .nothing: break
    }
    guard !held.isEmpty else { return .nothing }
    let used = rules.used, items = rules.minecraft.items
    if held.item == used.bucket { return filling(rules) }
    if held.item == used.milkBucket { return .drink }
    if items.foodPoints[held.item.index] > 0 && (player.food < Vitals.food || held.item == used.goldenApple) {
      return .eat
    }
    guard case .block(let hit) = aim else { return .nothing }
    if held.item == used.waterBucket || held.item == used.lavaBucket { return pouring(hit, rules) }
    if items.toolClass[held.item.index] == .hoe {
      let canTill =
        (hit.block == .grass || hit.block == .dirt) && hit.normalY >= 0
        && blocks[hit.x, hit.y + 1, hit.z] == .air
      return canTill ? .till(x: hit.x, y: hit.y, z: hit.z) : .nothing
    }
    return placement(of: held.item, at: hit, rules).map { .place($0) } ?? .nothing
  }

  /// The still water or lava that an empty bucket would take.
  private mutating func filling(_ rules: OverworldRules) -> Use {
    guard let hit = targetBlock(throughLiquids: false), hit.block == .water || hit.block == .lava else {
      return .nothing
    }
    return .fill(x: hit.x, y: hit.y, z: hit.z)
  }

  /// The cell into which a full bucket would be poured.
  private func pouring(_ hit: RayHit, _ rules: OverworldRules) -> Use {
    let isInPlace = rules.traits[hit.block].isReplaceable
    let x = isInPlace ? hit.x : hit.x + hit.normalX, y = isInPlace ? hit.y : hit.y + hit.normalY
    let z = isInPlace ? hit.z : hit.z + hit.normalZ
    guard BlockGrid.hasColumn(x, z), y > 0, y < BlockGrid.height, rules.traits[blocks[x, y, z]].isReplaceable
    else {
      return .nothing
    }
    return .pour(x: x, y: y, z: z)
  }

  /// Puts another item into the hand in place of one that it holds; beside a stack it goes into the inventory.
  private mutating func exchangeHeldItem(for item: Item, _ rules: OverworldRules) {
    takeOut(0, 1)
    if player.held.isEmpty {
      player.inventory[0] = ItemStack(item, 1)
    } else {
      give(ItemStack(item, 1), rules)
    }
  }

  /// Opens or closes; of a door both halves.
  private mutating func turnBlock(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) {
    let block = blocks[x, y, z]
    guard let turned = block.turned else { return }
    if block.turnedDoor != nil {
      let other = block.isLowerDoor ? y + 1 : y - 1
      if let half = blocks[x, other, z].turnedDoor { replace(x, other, z, half, rules) }
    }
    setBlock(x, y, z, turned, rules)
  }

  /// A tick of a meal; at its end it is eaten.
  private mutating func eat(_ rules: OverworldRules) {
    player.eatingTicks += 1
    guard player.eatingTicks >= Self.meal else { return }
    player.eatingTicks = 0
    let item = player.held.item, items = rules.minecraft.items, used = rules.used
    noteMeal(of: item, rules)
    if item == used.milkBucket {
      exchangeHeldItem(for: used.bucket, rules)
      return
    }
    player.food = min(Vitals.food, player.food + Int32(items.foodPoints[item.index]))
    player.saturation = min(Float(player.food), player.saturation + items.saturation[item.index])
    if item == used.mushroomStew || item == used.rabbitStew || item == used.beetrootSoup {
      exchangeHeldItem(for: used.bowl, rules)
    } else {
      takeOut(0, 1)
    }
  }
}
