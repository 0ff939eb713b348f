/// A cell of the world, small enough to be remembered by the hundred.
struct Place: BitwiseCopyable, Hashable, Sendable {
  var x: Int16 = 0, y: Int16 = 0, z: Int16 = 0

  init() {}

  init(_ x: Int, _ y: Int, _ z: Int) {
    self.x = Int16(truncatingIfNeeded: x)
    self.y = Int16(truncatingIfNeeded: y)
    self.z = Int16(truncatingIfNeeded: z)
  }

  /// The cell moved.
  func moved(_ dx: Int, _ dy: Int, _ dz: Int) -> Place { Place(Int(x) + dx, Int(y) + dy, Int(z) + dz) }

  /// The middle of the cell along x and along z.
  var middleX: Double { Double(x) + 0.5 }
  var middleZ: Double { Double(z) + 0.5 }
}

/// What the expert sees at a moment: the whole world, read where it lies, and what its player carries.
///
/// It must not outlive the call that made it: it holds the world's address.
struct ExpertScene {
  let world: UnsafeMutablePointer<OverworldWorld>
  let rules: OverworldRules
  let view: BlockView
  /// Which chunks have been made; nobody knows what is in the others.
  let chunks: ChunkMap
  let player: OverworldPlayer
  /// The tables of creatures and of what lies on the ground, where they lie: reading them through the world could copy it.
  let creatures: UnsafePointer<Creature>, drops: UnsafePointer<DroppedItem>
  let creatureCount: Int, dropCount: Int
  /// How many of each item the player carries.
  let counts: ItemCounts
  /// The cell that its feet are in.
  let feet: Place
  /// Its tools: a column of the breaking table and the slot; the hand, or whatever is in it that is no tool, comes first.
  let tools: [(column: UInt8, slot: Int)]

  /// The scene of a world, whose address must stay valid.
  init(_ world: UnsafeMutablePointer<OverworldWorld>, _ rules: OverworldRules) {
    self.world = world
    self.rules = rules
    view = BlockView(&world.pointee.blocks)
    chunks = world.pointee.chunks
    player = world.pointee.player
    creatures = withUnsafePointer(to: &world.pointee.creatures) {
      UnsafeRawPointer($0).assumingMemoryBound(to: Creature.self)
    }
    drops = withUnsafePointer(to: &world.pointee.drops) {
      UnsafeRawPointer($0).assumingMemoryBound(to: DroppedItem.self)
    }
    creatureCount = Int(world.pointee.creatureCount)
    dropCount = Int(world.pointee.dropCount)
    var counts = ItemCounts()
    counts.add(player)
    self.counts = counts
    // Farmland is a little lower than a block.
    feet = Place(cell(player.x), cell(player.y + 0.1), cell(player.z))
    var tools: [(column: UInt8, slot: Int)] = []
    let columns = rules.minecraft.items.breakingColumn
    for slot in player.inventory.indices where !player.inventory[slot].isEmpty {
      let column = columns[player.inventory[slot].item.index]
      if slot == 0 || column != 0 { tools.append((column, slot)) }
    }
    if tools.first?.slot != 0 { tools.insert((0, 0), at: 0) }
    self.tools = tools
  }

  /// The cell that the player stands in: the one its feet are in, unless it stands on an edge and that one has no floor.
  var footing: Place {
    guard player.isOnGround else { return feet }
    let half = OverworldPlayer.width / 2
    var nearest = feet, least = Double.infinity
    for dx in [-half, 0, half] {
      for dz in [-half, 0, half] {
        let place = Place(cell(player.x + dx), Int(feet.y), cell(player.z + dz))
        let distance = abs(place.middleX - player.x) + abs(place.middleZ - player.z)
        if distance < least, rules.traits[self[place.moved(0, -1, 0)]].height > PlayerPhysics.step {
          (nearest, least) = (place, distance)
        }
      }
    }
    return nearest
  }

  /// The block in a cell.
  subscript(_ place: Place) -> Block { view[Int(place.x), Int(place.y), Int(place.z)] }

  /// Whether the chunk of a column has been made.
  func isKnown(_ x: Int, _ z: Int) -> Bool {
    BlockGrid.hasColumn(x, z) && chunks[x / ChunkMap.side, z / ChunkMap.side]
  }

  /// The first level above the ground of a column, trees and plants aside.
  func surface(_ x: Int, _ z: Int) -> Int {
    guard BlockGrid.hasColumn(x, z) else { return 0 }
    var level = BlockGrid.height
    while level > 0 && !view[x, level &- 1, z].isGround { level &-= 1 }
    return level
  }

  // MARK: - Tools

  /// Ticks until a block breaks under the best tool at hand, and the slot of that tool, which is 0 where another is no
  /// better; infinitely many where none will do.
  ///
  /// - Parameter harvesting: whether the block must drop what it drops.
  func breaking(_ block: Block, harvesting: Bool = false) -> (ticks: Float, slot: Int) {
    let table = rules.minecraft.breaking
    var best: (ticks: Float, slot: Int) = (.infinity, 0)
    for tool in tools where !harvesting || table.harvests(block, tool.column) {
      let ticks = table.work(block, tool.column).rounded(.up)
      if ticks < best.ticks { best = (ticks, tool.slot) }
    }
    return best
  }

  /// By block, what it costs in ticks to make its cell free: nothing where one walks or swims through it, the breaking with
  /// the best tool and the pause after it, infinitely much for lava and what cannot or should not be broken.
  func clearingCosts() -> [Float] {
    Block.allCases.map { block in
      let traits = rules.traits[block]
      if traits.isLava || block == .craftingTable || block == .furnace { return .infinity }
      if traits.height <= PlayerPhysics.step { return 0 }
      return breaking(block).ticks + Float(Handiwork.pause) + 1
    }
  }
}
