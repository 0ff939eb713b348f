@testable import KnackOverworld

/// A small world built by hand: stone up to y = 61, grass at 62, and air above, with the player in its middle.
final class Meadow {
  /// The world.
  let world: UnsafeMutablePointer<OverworldWorld>
  let rules: OverworldRules

  /// The level above the grass, and the player's column.
  static let level = 63, middle = 64

  init(seed: UInt64 = 1, time: Int32 = 6000) {
    rules = OverworldRules()
    world = .allocate(capacity: 1)
    OverworldWorld.initialize(world, rules)
    world.pointee.seed(seed, rules)
    world.pointee.beginEpisode(rules)
    world.pointee.timeOfDay = time
    world.pointee.chunks.made = .max
    for x in 0..<BlockGrid.side {
      for z in 0..<BlockGrid.side {
        for y in 0..<Self.level {
          world.pointee.blocks.set(x, y, z, y == 0 ? .bedrock : y == Self.level - 1 ? .grass : .stone)
        }
        world.pointee.skyline[x * BlockGrid.side + z] = UInt8(Self.level)
      }
    }
    world.pointee.player = OverworldPlayer()
    placePlayer(Double(Self.middle) + 0.5, Double(Self.level), Double(Self.middle) + 0.5)
  }

  deinit { world.deallocate() }

  func placePlayer(_ x: Double, _ y: Double, _ z: Double) {
    (world.pointee.player.x, world.pointee.player.y, world.pointee.player.z) = (x, y, z)
    world.pointee.player.isOnGround = true
  }

  /// Fills a box of cells.
  func fill(_ x: ClosedRange<Int>, _ y: ClosedRange<Int>, _ z: ClosedRange<Int>, _ block: Block) {
    for x in x { for z in z { for y in y { world.pointee.setBlock(x, y, z, block, rules) } } }
  }

  subscript(_ x: Int, _ y: Int, _ z: Int) -> Block {
    get { world.pointee.blocks[x, y, z] }
    set { world.pointee.setBlock(x, y, z, newValue, rules) }
  }

  /// Puts a creature on the grass, a number of blocks east and south of the player.
  @discardableResult
  func spawn(_ kind: CreatureKind, east: Double = 0, south: Double = 0) -> Int {
    let player = world.pointee.player
    let index = world.pointee.spawn(kind, x: player.x + east, y: Double(Self.level), z: player.z + south)
    world.pointee.creatures[index ?? 0].isOnGround = true
    return index ?? -1
  }

  /// Lets time pass, until something is so. Creatures come by themselves only if `spawns` is set.
  func run(_ ticks: Int, growth: Bool = false, spawns: Bool = false, until done: () -> Bool = { false }) {
    for _ in 0..<ticks {
      world.pointee.ticks += 1
      world.pointee.timeOfDay = (world.pointee.timeOfDay + 1) % Daylight.dayLength
      world.pointee.tickPlayer(Controls(), rules)
      if spawns { world.pointee.tickCreatures(rules) } else { world.pointee.moveCreatures(rules) }
      if growth { world.pointee.tickBlocks(rules) }
      if done() { return }
    }
  }

  /// Uses what the player holds on a creature.
  func interact(_ index: Int) -> Bool { world.pointee.interact(with: index, rules) }

  func creature(_ index: Int) -> Creature { world.pointee.creatures[index] }

  func distance(_ index: Int) -> Double {
    let creature = creature(index), player = world.pointee.player
    let dx = creature.x - player.x, dz = creature.z - player.z
    return (dx * dx + dz * dz).squareRoot()
  }

  /// How many of an item lie on the ground and are carried.
  func count(_ name: String, _ metadata: Int = 0) -> Int {
    guard let item = rules.minecraft.items.item(name, metadata) else { return -1 }
    var count = world.pointee.player.count(of: item)
    for index in 0..<Int(world.pointee.dropCount) where world.pointee.drops[index].stack.item == item {
      count += Int(world.pointee.drops[index].stack.count)
    }
    return count
  }

  /// Takes away what lies about and what the player carries.
  func clearItems() {
    world.pointee.dropCount = 0
    world.pointee.player.inventory = InlineArray(repeating: .empty)
  }

  /// Gives the player an item to hold.
  func hold(_ name: String, _ amount: UInt8 = 1) {
    world.pointee.player.inventory[0] = ItemStack(rules.minecraft.items.item(name) ?? .none, amount)
  }
}
