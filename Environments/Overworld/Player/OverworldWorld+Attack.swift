/// The numbers of blows and of breaking (MinestomPvP: `VanillaCriticalFeature.java`; netherite: `player_break.h`,
/// `items_tools_armor.h`).
enum Handiwork {
  /// A blow in falling does so much more.
  static let critical: Float = 1.5
  /// Ticks between two blocks that were not broken at once.
  static let pause: Int32 = 5
  /// Off the ground and with the head under water breaking takes so much longer, each.
  static let slowness: Float = 5
  /// Sums of fractions that ought to be 1 may fall short of it by so much.
  static let slack: Float = 1e-4
  /// What a blow and a broken block wear off a sword; and off a pickaxe, an axe and a shovel.
  static let swordBlow: UInt16 = 1, swordBlock: UInt16 = 2, toolBlow: UInt16 = 2, toolBlock: UInt16 = 1
}

extension OverworldWorld {
  /// A tick of the held attack key: strikes the creature or breaks the block that the player looks at.
  ///
  /// Breaking goes on from tick to tick and begins anew when the look meets another block or the player holds another item.
  /// Creatures are struck as often as full strength is back, so a held key never wastes a blow.
  mutating func attack(_ rules: OverworldRules) {
    switch aim() {
    case .nothing: stopBreaking()
    case .creature(let index):
      stopBreaking()
      strike(index, rules)
    case .block(let hit): breakOn(hit, rules)
    }
  }

  /// Lets go of the block that the player is breaking.
  mutating func stopBreaking() {
    (player.breakingX, player.breakingY, player.breakingZ) = (-1, -1, -1)
    player.breakingProgress = 0
  }

  /// Hits a creature with what the player holds.
  private mutating func strike(_ index: Int, _ rules: OverworldRules) {
    guard player.attackTicks == 0 else { return }
    let items = rules.minecraft.items
    let tool = player.held.item
    var damage = items.attackDamage[tool.index]
    let isClimbing = rules.traits[blocks[cell(player.x), cell(player.y), cell(player.z)]].isClimbable
    if player.fallDistance > 0 && !player.isOnGround && !player.isInWater && !player.isSprinting
      && !isClimbing
    {
      damage *= Handiwork.critical
    }
    player.isSprinting = false
    player.exhaustion += Exhaustion.attack
    player.attackTicks = rechargeTicks(tool, rules)
    switch items.toolClass[tool.index] {
    case .sword, .hoe: wearHeldItem(Handiwork.swordBlow, rules)
    case .pickaxe, .axe, .shovel: wearHeldItem(Handiwork.toolBlow, rules)
    case .hand, .shears: break
    }
    hurtCreature(index, damage, fromX: player.x, z: player.z, rules)
  }

  /// Ticks until a blow with an item has full strength again: half a tick before its period is over (MinestomPvP:
  /// `VanillaAttackCooldownFeature.java`).
  func rechargeTicks(_ item: Item, _ rules: OverworldRules) -> Int32 {
    Int32((20 / rules.minecraft.items.attackSpeed[item.index] - 0.5).rounded(.up))
  }

  /// Goes on breaking a block.
  private mutating func breakOn(_ hit: RayHit, _ rules: OverworldRules) {
    let tool = player.held.item
    if Int(player.breakingX) != hit.x || Int(player.breakingY) != hit.y || Int(player.breakingZ) != hit.z
      || player.busyItem != tool
    {
      (player.breakingX, player.breakingY, player.breakingZ) = (Int32(hit.x), Int32(hit.y), Int32(hit.z))
      player.busyItem = tool
      player.breakingProgress = 0
    }
    guard player.breakTicks == 0 else { return }
    var work = rules.minecraft.breaking.work(hit.block, rules.minecraft.items.breakingColumn[tool.index])
    if player.isUnderWater { work *= Handiwork.slowness }
    if !player.isOnGround { work *= Handiwork.slowness }
    guard work.isFinite else { return }
    if work >= 1 {
      player.breakingProgress += 1 / work
      guard player.breakingProgress >= 1 - Handiwork.slack else { return }
      player.breakTicks = Handiwork.pause
    }
    stopBreaking()
    breakBlock(hit.x, hit.y, hit.z, rules)
  }

  /// Breaks a block with what the player holds: it drops what the tool harvests, and the tool wears off.
  mutating func breakBlock(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) {
    let block = blocks[x, y, z]
    let items = rules.minecraft.items
    let tool = player.held.item, kind = items.toolClass[tool.index]
    if rules.minecraft.breaking.harvests(block, items.breakingColumn[tool.index]) {
      dropYield(of: block, x, y, z, sheared: kind == .shears, rules)
    }
    player.exhaustion += Exhaustion.breaking
    let isHard = rules.minecraft.blocks.hardness[Int(block.rawValue)] > 0
    switch kind {
    case .shears: wearHeldItem(Handiwork.toolBlock, rules)
    case .pickaxe, .axe, .shovel: if isHard { wearHeldItem(Handiwork.toolBlock, rules) }
    case .sword: if isHard { wearHeldItem(Handiwork.swordBlock, rules) }
    case .hand, .hoe: break
    }
    // Ice over something leaves water.
    let below = rules.traits[blocks[x, y - 1, z]]
    let leavesWater = block == .ice && (below.height > 0 || below.isWater)
    setBlock(x, y, z, leavesWater ? .water : .air, rules)
  }
}
