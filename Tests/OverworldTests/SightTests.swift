import KnackEnvironment
import Testing

@testable import KnackOverworld

/// What agents see along lines: rays, semantic pictures, and the facts that are sensed with them.
@Suite struct SightTests {
  /// The fast way along a line of sight finds what the plain one finds, from places under the sky, in caves, in trees, at
  /// the edge and above everything.
  @Test(arguments: [Biome.forest, .extremeHills, .taiga, .plains])
  func linesOfSightMeetWhatPlainRaysMeet(_ biome: Biome) {
    let world = TestWorld(seed: 11, biome: biome)
    for chunkX in 0..<8 {
      for chunkZ in 0..<5 { world.place.pointee.makeChunk(chunkX, chunkZ, world.rules) }
    }
    let view = world.place.pointee.view
    var random = world.place.pointee.random
    /// A direction of length 1, sometimes along an axis or a diagonal.
    func direction() -> SIMD3<Double> {
      while true {
        var direction = SIMD3(random.uniform(), random.uniform(), random.uniform()) * 2 - 1
        switch random.below(8) {
        case 0: direction.y = 0
        case 1: direction.x = 0
        case 2: direction.x = direction.z
        case 3: (direction.x, direction.z) = (0, 0)
        default: break
        }
        let length = (direction * direction).sum().squareRoot()
        if length > 0.1 { return direction / length }
      }
    }
    var hits = 0
    for round in 0..<12_000 {
      var eye = SIMD3<Double>(random.uniform() * 128, 4 + random.uniform() * 90, random.uniform() * 90)
      if round % 3 == 0 {
        eye.y = Double(world.place.pointee.surface(Int(eye.x), min(79, Int(eye.z)))) + 1.62
        if round % 2 == 0 { (eye.x, eye.z) = (eye.x.rounded(.down) + 0.5, eye.z.rounded(.down) + 0.5) }
      }
      if eye.y < 88, view[Int(eye.x), Int(eye.y), Int(eye.z)] == .stone && round % 4 != 0 { continue }
      let way = direction(), maximum = Double(1 + random.below(64))
      let plain = view.cast(
        x: eye.x, y: eye.y, z: eye.z, dx: way.x, dy: way.y, dz: way.z, maximum: maximum, stops: { $0 != .air }
      )
      var found: SightHit?
      let ceiling = view.ceiling(aroundX: Int(eye.x), z: Int(eye.z), reach: Int(maximum))
      let ended = view.look(
        x: eye.x, y: eye.y, z: eye.z, dx: way.x, dy: way.y, dz: way.z, maximum: maximum,
        ceiling: Double(ceiling)
      ) {
        found = $0
        return true
      }
      #expect(ended == (found != nil))
      if found != nil { hits += 1 }
      let isSame =
        found?.code == plain?.block.rawValue && abs((found?.distance ?? 0) - (plain?.distance ?? 0)) < 1e-9
        && (found == nil || [found!.x, found!.y, found!.z] == [plain!.x, plain!.y, plain!.z])
      if isSame { continue }
      // Where a line goes through an edge, either neighbour may be met; and a hit may lie just at the limit.
      let distance = min(found?.distance ?? .infinity, plain?.distance ?? .infinity)
      let point = eye + way * distance
      let isAtEdge = (0..<3).count { abs(point[$0] - point[$0].rounded()) < 1e-6 } >= 2
      #expect(isAtEdge || abs(distance - maximum) < 1e-6, "from \(eye) along \(way)")
    }
    #expect(hits > 2000)
  }

  /// Every point of a picture shows what a plain ray along its line meets, and how far away, wherever one stands and looks:
  /// on the ground, in trees, in caves, above everything, near the edge and near chunks that are not made yet; and for
  /// pictures that are narrow, wide, tiny and far-sighted.
  @Test(arguments: [Biome.forest, .extremeHills, .taiga, .desert])
  func picturesShowWhatPlainRaysMeet(_ biome: Biome) {
    let world = TestWorld(seed: 12, biome: biome), place = world.place
    for chunkX in 0..<8 {
      for chunkZ in 0..<6 { place.pointee.makeChunk(chunkX, chunkZ, world.rules) }
    }
    place.pointee.creatureCount = 0
    place.pointee.dropCount = 0
    var random = place.pointee.random
    let cameras = [
      Camera(width: 64, height: 36), Camera(width: 33, height: 21, fieldOfView: 110, range: 64),
      Camera(width: 5, height: 3, fieldOfView: 150, range: 20),
      Camera(width: 90, height: 13, fieldOfView: 30, range: 128),
    ]
    var shown = 0, clear = 0, unequal: [String] = []
    for round in 0..<160 {
      let x = random.uniform() * 128, z = random.uniform() * 128
      let ground = Double(place.pointee.surface(Int(x), min(95, Int(z))))
      place.pointee.player.x = round % 5 == 0 ? x.rounded(.down) + 0.5 : x
      place.pointee.player.z = round % 5 == 0 ? z.rounded(.down) + 0.5 : z
      place.pointee.player.y = round % 4 == 0 ? random.uniform() * 90 : ground
      place.pointee.player.yaw = Int8(random.below(24))
      place.pointee.player.pitch = Int8(random.below(13) - 6)
      let eye = place.pointee.player.eye, view = place.pointee.view
      let camera = cameras[round % 2 == 0 ? 0 : round / 2 % cameras.count], maximum = Double(camera.range)
      let lines = camera.lines(Gaze(place.pointee.player))
      var codes = [UInt8](repeating: 255, count: camera.count + 8), depths = codes
      codes.withUnsafeMutableBufferPointer { codes in
        depths.withUnsafeMutableBufferPointer { depths in
          place.pointee.writePicture(camera, codes: codes.baseAddress!, depths: depths.baseAddress!)
        }
      }
      #expect(
        codes[camera.count...].allSatisfy { $0 == 255 } && depths[camera.count...].allSatisfy { $0 == 255 })
      /// What a plain ray meets, and how far away.
      func plain(_ way: SIMD3<Double>) -> SIMD2<UInt8> {
        let hit = view.cast(
          x: eye.x, y: eye.y, z: eye.z, dx: way.x, dy: way.y, dz: way.z, maximum: maximum,
          stops: { $0 != .air })
        return hit.map { [$0.block.rawValue, UInt8(max(1, Float($0.distance).rounded(.up)))] } ?? [0, 0]
      }
      for row in 0..<camera.height {
        for column in 0..<camera.width {
          let way = SIMD3<Double>(lines[row, column]), met = plain(way)
          let seen: SIMD2<UInt8> = [codes[row * camera.width + column], depths[row * camera.width + column]]
          if met == .zero { clear += 1 } else { shown += 1 }
          // Where a line goes through an edge, either neighbour may be met, as lines a hair beside it do.
          let hair = 1e-7
          let beside: [SIMD3<Double>] = [[hair, 0, 0], [-hair, 0, 0], [0, hair, 0], [0, -hair, 0]]
          if seen != met && !beside.contains(where: { plain(way + $0) == seen }) {
            unequal.append("from \(eye) along \(way): \(seen), not \(met)")
          }
        }
      }
    }
    #expect(unequal.isEmpty)
    #expect(shown > 50_000 && clear > 20_000)
  }

  /// Wherever there is a block, lines of sight do not pass it over, however it came there.
  @Test func blocksOfAPlayedWorldAreNotPassedOver() {
    let world = TestWorld(seed: 3, biome: .forest), place = world.place
    place.pointee.placePlayer(world.rules)
    var random = place.pointee.random
    for _ in 0..<300 {
      let x = random.below(128), y = random.below(88), z = random.below(128)
      place.pointee.setBlock(x, y, z, random.below(2) == 0 ? .air : .gravel, world.rules)
    }
    let view = place.pointee.view
    var missed = 0
    world.forEachBlock { x, y, z, block in
      if block != .air && view.occupancy(patch: x / 4, z / 4) >> BlockGrid.occupancyBit(y) & 1 == 0 {
        missed += 1
      }
    }
    #expect(missed == 0)
  }

  /// The rays of the standard fan as [pitch][yaw]: code and distance.
  private func rays(_ world: FlatWorld) -> [[(code: UInt8, distance: Int)]] {
    let fields = world.observe(OverworldSenses([.rays]))!
    let codes = fields["rays"]!, distances = fields["ray_distances"]!
    return (0..<12).map { row in (0..<18).map { (codes[18 * row + $0], Int(distances[18 * row + $0])) } }
  }

  /// Rows and columns of the standard fan that look level and straight ahead.
  private static let level = 6, ahead = 9

  @Test func raysFanOutFromTheLook() {
    let world = FlatWorld()
    var fan = rays(world)
    #expect(fan[Self.level][Self.ahead] == (0, 0), "nothing ahead")
    #expect(fan[11].allSatisfy { $0 == (Block.stone.rawValue, 4) }, "the floor 25 degrees down")
    #expect(fan[0].allSatisfy { $0.code == 0 })
    // Facing south: a block a little to the west is to the right.
    world.set(61, 65, 70, .goldOre)
    fan = rays(world)
    let gold = (0..<18).filter { fan[Self.level][$0].code == Block.goldOre.rawValue }
    #expect(!gold.isEmpty && gold.allSatisfy { $0 > Self.ahead })
    world.player.yaw = 2  // 30 degrees to the right
    fan = rays(world)
    #expect(fan[Self.level][8].code == Block.goldOre.rawValue)
    // Looking down turns all rays down.
    world.player.pitch = 6
    fan = rays(world)
    #expect(fan[Self.level][0] == (Block.stone.rawValue, 2))
    // Looking straight up.
    world.player.pitch = -6
    #expect(rays(world).allSatisfy { $0.allSatisfy { $0.code == 0 || $0.code == Block.goldOre.rawValue } })
  }

  @Test func creaturesAndItemsAreSeenUnlessSomethingHidesThem() {
    let world = FlatWorld()
    world.place.pointee.spawn(.cow, x: 64.5, y: 64, z: 70.5)
    let cow = SightCode.creature(.cow)
    func seen() -> [Int] { rays(world).flatMap(\.self).filter { $0.code == cow }.map(\.distance) }
    #expect(seen().count >= 3 && seen().allSatisfy { $0 == 6 || $0 == 7 })
    world.player.yaw = 12
    #expect(seen().isEmpty, "it is behind")
    world.player.yaw = 0
    for x in 62...67 { for y in 64...67 { world.set(x, y, 67, .glass) } }
    #expect(seen().isEmpty, "it is behind glass, which counts as a cube")
    for x in 62...67 { for y in 64...67 { world.set(x, y, 67, .air) } }
    // A sheep in front hides it from some rays.
    let before = seen().count
    world.place.pointee.spawn(.sheep, x: 64.2, y: 64, z: 68.5)
    #expect(seen().count < before)
    world.place.pointee.dropItem(ItemStack(world.item("apple"), 1), 64.5, 64, 66.5, world.rules)
    world.player.pitch = 2
    #expect(rays(world).flatMap(\.self).contains { $0.code == SightCode.item })
    #expect(world.observe(.semantic)!.contains(SightCode.item))
  }

  /// The semantic picture: what is to the right is on the right, what is above is above, and all is seen as one cast finds.
  @Test func pictureIsTheRightWayRound() {
    let world = FlatWorld()
    world.player.yaw = 18  // to the east; south is to the right
    world.set(70, 65, 67, .goldOre)
    world.set(70, 67, 61, .ironOre)
    let camera = Camera(width: 64, height: 36)
    let fields = world.observe(OverworldSenses([.semantic, .depth], camera: camera))!
    let codes = fields["semantic"]!, depths = fields["depth"]!
    func places(_ block: Block) -> [(row: Int, column: Int)] {
      codes.indices.filter { codes[$0] == block.rawValue }.map { ($0 / 64, $0 % 64) }
    }
    let gold = places(.goldOre), iron = places(.ironOre)
    #expect(!gold.isEmpty && gold.allSatisfy { $0.column >= 40 })
    #expect(!iron.isEmpty && iron.allSatisfy { $0.column < 24 && $0.row < 18 })
    #expect(gold.map(\.row).max()! >= 18)
    #expect(codes[35 * 64 + 32] == Block.stone.rawValue && codes[32] == 0)
    #expect(zip(codes, depths).allSatisfy { ($0 == 0) == ($1 == 0) && $1 <= 32 })
  }

  /// The map from above: the player in the middle, east and south along its axes.
  @Test func mapShowsTheHighestBlocksAndWhoStandsThere() {
    let world = FlatWorld()
    world.set(67, 66, 60, .goldOre)
    world.set(64, 61, 70, .air)
    world.place.pointee.spawn(.pig, x: 60.5, y: 64, z: 64.5)
    let fields = world.observe(OverworldSenses([.map]))!
    let side = MapWindow.side, middle = side / 2
    func at(_ field: String, _ east: Int, _ south: Int) -> UInt8 {
      fields[field]![(middle + east) * side + middle + south]
    }
    #expect(at("map", 3, -4) == Block.goldOre.rawValue && at("map_levels", 3, -4) == 11)
    #expect(at("map", 1, 1) == Block.stone.rawValue && at("map_levels", 1, 1) == 8)
    #expect(at("map", -4, 0) == SightCode.creature(.pig) && at("map_levels", -4, 0) == 8)
    world.stand(2.5, 64, 64.5)
    let edge = world.observe(OverworldSenses([.map]))!
    #expect(edge["map"]![middle] == 0 && edge["map_levels"]![middle] == 0)
  }

  /// The picture in colours: sky above, ground below, light and dark, and a creature that stands in the way.
  @Test func pixelsShowSkyGroundAndCreatures() {
    let world = FlatWorld(floor: .sand)
    let camera = Camera(width: 64, height: 36)
    func pixel(_ row: Int, _ column: Int) -> SIMD3<Int> {
      let bytes = world.observe(OverworldSenses([.pixels], camera: camera))!["pixels"]!
      return SIMD3((0..<3).map { Int(bytes[3 * (64 * row + column) + $0]) })
    }
    let sky = pixel(2, 32), ground = pixel(34, 32)
    #expect(sky.z > sky.x + 40, "the sky is blue")
    #expect(ground.x > ground.z + 20 && ground.x > 150, "sand is yellow")
    let ahead = pixel(20, 32)
    world.place.pointee.spawn(.pig, x: 64.5, y: 64, z: 67.5)
    world.place.pointee.creatures[0].yaw = 180
    #expect(pixel(24, 32) != ahead)
    world.place.pointee.timeOfDay = 18_000
    let night = pixel(34, 32)
    #expect(night.x < ground.x / 3)
    world.set(65, 64, 65, .torch)
    #expect(pixel(34, 32).x > 2 * night.x, "a torch lights the ground")
  }

  @Test func whatIsNearIsSensed() {
    let world = FlatWorld()
    let facts = OverworldFacts.standard
    func fact(_ name: String) -> Int32 {
      var values = [Int32](repeating: -7, count: facts.names.count + 2)
      values.withUnsafeMutableBufferPointer {
        facts.write(&world.place.pointee, world.rules, into: $0.baseAddress! + 1)
      }
      #expect(values.first == -7 && values.last == -7 && !values.dropFirst().dropLast().contains(-7))
      return values[1 + facts.names.firstIndex(of: name)!]
    }
    #expect(Set(facts.names).count == facts.names.count)
    #expect(fact("log_nearby") == 0 && fact("log_in_sight") == 0)
    world.set(64, 65, 74, .birchLog)
    #expect(fact("log_nearby") == 0 && fact("log_in_sight") == 1)
    world.stand(64.5, 64, 71.5)
    #expect(fact("log_nearby") == 1)
    world.player.yaw = 12
    #expect(fact("log_nearby") == 0, "it is behind")
    // Stone is what cobblestone is got from; the floor is near when it is looked at.
    #expect(fact("cobblestone_nearby") == 0 && fact("cobblestone_in_sight") == 1)
    world.player.pitch = 3
    #expect(fact("cobblestone_nearby") == 1)
    world.player.pitch = 0
    world.place.pointee.spawn(.sheep, x: 64.5, y: 64, z: 69)
    #expect(fact("sheep_nearby") == 1 && fact("cow_nearby") == 0)
    world.set(64, 64, 70, .stone)
    world.set(64, 65, 70, .stone)
    world.set(63, 64, 70, .stone)
    world.set(65, 64, 70, .stone)
    #expect(fact("sheep_nearby") == 0 && fact("sheep_in_sight") == 0)
    // Tables and furnaces need not be seen.
    #expect(fact("crafting_table_nearby") == 0)
    world.set(66, 62, 74, .craftingTable)
    #expect(fact("crafting_table_nearby") == 1 && fact("furnace_nearby") == 0)
    world.give("planks", 5, metadata: 1)
    world.give("planks", 7)
    #expect(fact("planks") == 12 && fact("stick") == 0)
    #expect(fact("health") == 20 && fact("level") == 64 && fact("light") == 15 && fact("under_cover") == 0)
    world.set(64, 68, 71, .stone)
    #expect(fact("under_cover") == 1)
  }

  /// Every name that Plan4MC's skills obtain is a fact.
  @Test func plan4MCsNamesAreFacts() {
    let names = """
      cow_nearby sheep_nearby log_nearby cobblestone_nearby crafting_table_nearby furnace_nearby milk_bucket wool log \
      cobblestone beef leather mutton planks stick bowl chest trapdoor sign wooden_pickaxe wooden_axe wooden_sword \
      wooden_shovel crafting_table furnace stone_stairs stone_slab cobblestone_wall lever stone_pickaxe stone_axe \
      stone_sword stone_shovel coal torch shears bucket bed painting carpet item_frame cooked_beef cooked_mutton iron_ore \
      diamond iron_ingot iron_pickaxe iron_sword tripwire_hook heavy_weighted_pressure_plate minecart hopper
      """
    let missing = names.split(separator: " ").filter { !OverworldFacts.standard.names.contains(String($0)) }
    #expect(missing.isEmpty)
  }
}
