@testable import KnackOverworld

/// A world for a test: a floor of one kind, its top at y = 64, and the player on it in the middle. On the heap, because
/// test threads have small stacks.
final class FlatWorld {
  let place: UnsafeMutablePointer<OverworldWorld>
  let rules: OverworldRules

  /// - Parameter isFed: whether the player has enough in its stomach to heal.
  init(floor: Block = .stone, isFed: Bool = true, ticksPerStep: Int = 1) {
    rules = OverworldRules(ticksPerStep: ticksPerStep)
    place = .allocate(capacity: 1)
    OverworldWorld.initialize(place, rules)
    place.pointee.seed(1, rules)
    place.pointee.beginEpisode(rules)
    place.pointee.chunks.made = .max
    for x in 0..<BlockGrid.side {
      for z in 0..<BlockGrid.side {
        place.pointee.blocks.set(x, 0, z, .bedrock)
        for y in 60..<64 { place.pointee.blocks.set(x, y, z, floor) }
        place.pointee.skyline[x * BlockGrid.side + z] = 64
      }
    }
    stand(64.5, 64, 64.5)
    if !isFed { (player.food, player.saturation) = (17, 0) }
  }

  deinit { place.deallocate() }

  /// The world, in place.
  var world: OverworldWorld {
    _read { yield place.pointee }
    _modify { yield &place.pointee }
  }

  var player: OverworldPlayer {
    _read { yield place.pointee.player }
    _modify { yield &place.pointee.player }
  }

  /// Puts the player somewhere, at rest.
  func stand(_ x: Double, _ y: Double, _ z: Double) {
    player.x = x
    player.y = y
    player.z = z
    (player.vx, player.vy, player.vz) = (0, 0, 0)
    player.isOnGround = place.pointee.blocks[Int(x), Int(y) - 1, Int(z)] != .air
    player.fallDistance = 0
  }

  func set(_ x: Int, _ y: Int, _ z: Int, _ block: Block) { place.pointee.setBlock(x, y, z, block, rules) }

  func block(_ x: Int, _ y: Int, _ z: Int) -> Block { place.pointee.blocks[x, y, z] }

  func tick(_ count: Int = 1, _ controls: Controls = Controls()) {
    for _ in 0..<count {
      place.pointee.tickPlayer(controls, rules)
      place.pointee.ticks += 1
    }
  }

  func item(_ name: String, _ metadata: Int = 0) -> Item {
    guard let item = rules.minecraft.items.item(name, metadata) else {
      fatalError("there is no item \(name)")
    }
    return item
  }

  func give(_ name: String, _ count: Int = 1, metadata: Int = 0) {
    place.pointee.give(ItemStack(item(name, metadata), UInt8(count)), rules)
  }

  func count(_ name: String) -> Int { player.count(of: name, rules) }
}

extension FlatWorld {
  /// Takes over another world's state.
  func restore(_ other: FlatWorld) {
    UnsafeMutableRawPointer(place).copyMemory(
      from: UnsafeRawPointer(other.place), byteCount: MemoryLayout<OverworldWorld>.size)
  }

  /// Whether a block is another than in a world.
  func hasOtherBlocks(than other: FlatWorld) -> Bool {
    for x in 50..<80 {
      for z in 50..<80 {
        for y in 55..<80 where block(x, y, z) != other.block(x, y, z) { return true }
      }
    }
    return false
  }

  /// Whether something else is carried or lies about than in a world.
  func hasOtherItems(than other: FlatWorld) -> Bool {
    for slot in 0..<36 where player.inventory[slot] != other.player.inventory[slot] { return true }
    if place.pointee.dropCount != other.place.pointee.dropCount { return true }
    for index in 0..<Int(place.pointee.dropCount) {
      if place.pointee.drops[index].stack != other.place.pointee.drops[index].stack { return true }
    }
    return false
  }

  /// By item code, how many are carried and lie about.
  func totals() -> [Int] {
    var totals = [Int](repeating: 0, count: rules.minecraft.items.count)
    for slot in 0..<36 { totals[player.inventory[slot].item.index] += Int(player.inventory[slot].count) }
    for index in 0..<Int(place.pointee.dropCount) {
      totals[place.pointee.drops[index].stack.item.index] += Int(place.pointee.drops[index].stack.count)
    }
    return totals
  }

  /// How many blocks are not air about the middle.
  func solidCount() -> Int {
    var count = 0
    for x in 45..<85 { for z in 45..<85 { for y in 0..<88 where block(x, y, z) != .air { count += 1 } } }
    return count
  }
}
