import KnackEnvironment
import Testing

@testable import KnackOverworld

/// What senses show of a world, by field; nil where they write more or less than their layout says.
func observation(
  _ senses: OverworldSenses, of world: UnsafeMutablePointer<OverworldWorld>, _ rules: OverworldRules
) -> [String: [UInt8]]? {
  let size = senses.layout.size, margin = 64
  // Written twice over different bytes: what differs was not written.
  let rows = ([0xA5, 0x5A] as [UInt8]).map { filler in
    var row = [UInt8](repeating: filler, count: size + 2 * margin)
    row.withUnsafeMutableBufferPointer {
      senses.write(&world.pointee, rules, into: $0.baseAddress! + margin)
    }
    let isInside =
      row.prefix(margin).allSatisfy { $0 == filler } && row.suffix(margin).allSatisfy { $0 == filler }
    return isInside ? Array(row[margin..<margin + size]) : []
  }
  guard rows[0].count == size && rows[0] == rows[1] else { return nil }
  var fields: [String: [UInt8]] = [:], start = 0
  for field in senses.layout.fields {
    fields[field.name] = Array(rows[0][start..<start + field.count])
    start += field.count
  }
  return fields
}

extension FlatWorld {
  func observe(_ senses: OverworldSenses) -> [String: [UInt8]]? { observation(senses, of: place, rules) }

  /// One field of one sense.
  func observe(_ sense: Sense) -> [UInt8]? { observe(OverworldSenses([sense]))?[sense.name] }
}

/// What an agent is shown of itself and of the blocks about it.
@Suite struct SenseTests {
  /// The places in `voxels` that hold a block, as steps along its axes from the player's feet.
  private func steps(to block: Block, _ box: VoxelBox, in world: FlatWorld) -> [SIMD3<Int>] {
    guard let voxels = world.observe(OverworldSenses([.voxels], voxels: box))?["voxels"] else { return [] }
    var found: [SIMD3<Int>] = []
    for i in 0..<box.width {
      for j in 0..<box.depth {
        for k in 0..<box.height where voxels[(i * box.depth + j) * box.height + k] == block.rawValue {
          found.append(SIMD3(i - box.width / 2, j - box.depth / 2, k - box.height / 2))
        }
      }
    }
    return found
  }

  @Test func voxelsGoEastSouthAndUp() {
    let world = FlatWorld()
    let box = VoxelBox()
    #expect(steps(to: .stone, box, in: world).count == 50, "two of five levels are floor")
    for (place, step) in [
      ((66, 64, 64), SIMD3(2, 0, 0)), ((64, 64, 65), SIMD3(0, 1, 0)), ((63, 66, 62), SIMD3(-1, -2, 2)),
    ] {
      world.set(place.0, place.1, place.2, .diamondOre)
      #expect(steps(to: .diamondOre, box, in: world) == [step])
      world.set(place.0, place.1, place.2, .air)
    }
  }

  @Test func turnedVoxelsGoRightAheadAndUp() {
    let world = FlatWorld()
    let box = VoxelBox(width: 5, depth: 7, height: 3, alignment: .facing)
    world.set(65, 64, 64, .diamondOre)  // to the east
    for (yaw, step) in [
      (0, SIMD3(-1, 0, 0)), (3, SIMD3(0, -1, 0)), (8, SIMD3(0, -1, 0)), (12, SIMD3(1, 0, 0)),
      (18, SIMD3(0, 1, 0)), (20, SIMD3(0, 1, 0)), (21, SIMD3(-1, 0, 0)), (23, SIMD3(-1, 0, 0)),
    ] {
      world.player.yaw = Int8(yaw)
      #expect(steps(to: .diamondOre, box, in: world) == [step], "yaw \(yaw)")
    }
  }

  /// Boxes of every height, at places near every border, are what the world says block by block.
  @Test func voxelsAreTheWorldsBlocksAtItsBordersToo() {
    let world = FlatWorld()
    var random = world.place.pointee.random
    let palette: [Block] = [.stone, .dirt, .oakLog, .water, .air, .ironOre]
    for x in [0...7, 120...127] {
      for x in x {
        for z in [0...7, 120...127] {
          for z in z { for y in 1..<88 { world.place.pointee.blocks.set(x, y, z, palette[random.below(6)]) } }
        }
      }
    }
    for (x, y, z) in [
      (3, 4, 3), (0, 0, 0), (127, 87, 127), (3, 80, 124), (124, 40, 2), (4, 86, 4), (5, -3, 5),
    ] {
      world.stand(Double(x) + 0.5, Double(y), Double(z) + 0.5)
      for height in [1, 3, 5, 7, 9, 11, 15, 17, 31] {
        let box = VoxelBox(width: 3, depth: 5, height: height)
        let voxels = world.observe(OverworldSenses([.voxels], voxels: box))?["voxels"]
        var expected: [UInt8] = []
        for i in -1...1 {
          for j in -2...2 {
            for k in -(height / 2)...height / 2 {
              expected.append(world.block(x + i, y + k, z + j).rawValue)
            }
          }
        }
        #expect(voxels == expected, "at \(x) \(y) \(z), height \(height)")
      }
    }
  }

  @Test func inventoryCountsWhatIsThereAndSlotsSayWhere() {
    let world = FlatWorld()
    world.give("log", 3)
    world.give("log", 5, metadata: 2)
    world.give("cobblestone", 40)
    world.give("iron_pickaxe")
    world.give("clock")
    let names = SensedItems.standard.names
    func place(_ name: String) -> Int { names.firstIndex(of: name)! }
    let inventory = world.observe(.inventory)!
    #expect(inventory[place("log")] == 8 && inventory[place("cobblestone")] == 16)
    #expect(inventory[place("iron_pickaxe")] == 1 && inventory.reduce(0) { $0 + Int($1) } == 25)
    let slots = world.observe(.slots)!
    #expect(slots[0] == UInt8(place("log") + 1) && slots[1] == 3)
    #expect(slots[4] == UInt8(place("cobblestone") + 1) && slots[5] == 40)
    #expect(slots[8] == UInt8(names.count + 1) && slots[9] == 1, "a clock is something else")
    #expect(slots[10...].allSatisfy { $0 == 0 })
  }

  @Test func equippedSaysWhatIsHeldAndHowWorn() {
    let world = FlatWorld()
    #expect(world.observe(.equipped) == [0, 0])
    world.give("stone_pickaxe")
    let code = UInt8(SensedItems.standard.names.firstIndex(of: "stone_pickaxe")! + 1)
    #expect(world.observe(.equipped) == [code, 0])
    world.player.inventory[0].wear = 1
    #expect(world.observe(.equipped) == [code, 1])
    world.player.inventory[0].wear = 131
    #expect(world.observe(.equipped) == [code, 16])
  }

  @Test func vitalSignsCompassAndPlace() {
    let world = FlatWorld()
    #expect(world.observe(.life) == [20, 20, 20])
    (world.player.health, world.player.food, world.player.air) = (0.5, 7, 14)
    #expect(world.observe(.life) == [1, 7, 1])
    (world.player.health, world.player.air) = (-3, -10)
    #expect(world.observe(.life) == [0, 7, 0])
    (world.player.yaw, world.player.pitch) = (18, -6)
    #expect(world.observe(.compass) == [18, 0])
    world.stand(3.5, 64, 100.2)
    #expect(world.observe(.position) == [3, 64, 100])
    world.player.y = 200
    #expect(world.observe(.position) == [3, 87, 100])
    #expect(world.observe(.biome) == [1])
  }

  @Test func daylightKnowsTheHourAndTheRoof() {
    let world = FlatWorld()
    #expect(world.observe(.daylight) == [15, 0, 1])
    world.place.pointee.timeOfDay = 18_000
    #expect(world.observe(.daylight) == [4, 18, 1])
    world.set(64, 70, 64, .stone)
    #expect(world.observe(.daylight) == [4, 18, 0])
  }

  @Test func aimSeesBlocksProgressAndCreatures() {
    let world = FlatWorld()
    #expect(world.observe(.aim) == [0, 0])
    world.set(64, 65, 66, .oakLog)
    #expect(world.observe(.aim) == [Block.oakLog.rawValue, 0])
    world.tick(20, Controls(attack: true))
    #expect(world.observe(.aim)![1] == UInt8(10 * world.player.breakingProgress))
    #expect(world.player.breakingProgress > 0.2)
    world.place.pointee.spawn(.cow, x: 64.5, y: 64, z: 65.7)
    world.player.pitch = 2
    #expect(world.observe(.aim)![0] == SightCode.creature(.cow))
  }

  @Test func stationsAreNearOrNot() {
    let world = FlatWorld()
    world.set(60, 64, 64, .craftingTable)
    world.set(64, 64, 69, .furnace)
    #expect(world.observe(.stations) == [1, 0])
    world.set(64, 64, 68, .litFurnace)
    #expect(world.observe(.stations) == [1, 1])
  }

  /// In random play no byte is as large as its field says bytes cannot be, all bytes are written and none beside them, and
  /// the world stays as it is.
  @Test(arguments: [Biome.forest, .taiga])
  func randomPlayStaysInsideTheLayout(_ biome: Biome) {
    let world = TestWorld(seed: 5, biome: biome), place = world.place
    place.pointee.placePlayer(world.rules)
    let senses = OverworldSenses(Sense.allCases)
    let cardinalities = senses.layout.cardinalities
    func bytes() -> [UInt8] {
      Array(UnsafeRawBufferPointer(start: place, count: MemoryLayout<OverworldWorld>.size))
    }
    var random = place.pointee.random
    for step in 0..<600 {
      if step == 300 { place.pointee.timeOfDay = 18_000 }
      let action = random.below(world.rules.actions.flat.count)
      place.pointee.advance(place.pointee.flatAction(action, world.rules), world.rules)
      guard step % 20 == 0 else { continue }
      let before = bytes()
      let fields = observation(senses, of: place, world.rules)
      #expect(fields != nil && bytes() == before)
      let row = senses.layout.fields.flatMap { fields?[$0.name] ?? [] }
      #expect(zip(row, cardinalities).allSatisfy { Int($0) < $1 })
    }
  }
}
