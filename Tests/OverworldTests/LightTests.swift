import Testing

@testable import KnackOverworld

@Suite struct LightTests {
  /// A tunnel in the stone, one block wide and high, from x = 20 to 50 at y = 30, z = 64.
  private func tunnel() -> Meadow {
    let meadow = Meadow()
    meadow.fill(20...50, 30...30, 64...64, .air)
    return meadow
  }

  @Test func torchlightFallsByOneABlock() {
    let meadow = tunnel()
    meadow[30, 30, 64] = .torch
    for distance in 0...16 {
      let light = meadow.world.pointee.lightLevel(30 + distance, 30, 64)
      #expect(light == (sky: 0, block: max(0, 14 - distance)), "\(distance) blocks away")
    }
    #expect(meadow.world.pointee.lightLevel(30, 31, 64) == (0, 0), "stone is dark")
    meadow[30, 30, 64] = .litFurnace
    #expect(meadow.world.pointee.lightLevel(33, 30, 64).block == 10)
    meadow[30, 30, 64] = .lava
    #expect(meadow.world.pointee.lightLevel(33, 30, 64).block == 12)
    #expect(meadow.world.pointee.lightLevel(30, 30, 64).block == 15)
  }

  @Test func cornersDoNotStopTorchlight() {
    let meadow = tunnel()
    meadow.fill(35...35, 30...30, 64...74, .air)
    meadow[30, 30, 64] = .torch
    #expect(meadow.world.pointee.lightLevel(35, 30, 70).block == 14 - 11)
    meadow[33, 30, 64] = .stone
    #expect(meadow.world.pointee.lightLevel(35, 30, 70).block == 0)
  }

  @Test func daylightEntersCaves() {
    let meadow = tunnel()
    meadow.fill(20...20, 30...62, 64...64, .air)
    #expect(meadow.world.pointee.lightLevel(64, 63, 64) == (15, 0))
    #expect(meadow.world.pointee.lightLevel(20, 30, 64).sky == 15, "a shaft is as bright as its mouth")
    for distance in 1...16 {
      #expect(meadow.world.pointee.lightLevel(20 + distance, 30, 64).sky == max(0, 15 - distance))
    }
  }

  @Test func leavesAndWaterDimDaylight() {
    let meadow = Meadow()
    // A crown of 7 × 7 leaves.
    meadow.fill(37...43, 66...66, 37...43, .oakLeaves)
    #expect(meadow.world.pointee.lightLevel(40, 66, 40).sky == 14)
    #expect(meadow.world.pointee.lightLevel(40, 65, 40).sky == 13)
    #expect(meadow.world.pointee.lightLevel(40, 63, 40).sky == 11)
    #expect(meadow.world.pointee.lightLevel(43, 63, 40).sky == 14, "the open is a step away")
    // A pool, five blocks deep.
    meadow.fill(80...90, 58...62, 80...90, .water)
    for depth in 0...4 { #expect(meadow.world.pointee.lightLevel(85, 62 - depth, 85).sky == 12 - 3 * depth) }
  }

  /// Floods light forward from every source, as Minecraft keeps it, and compares every cell with what is asked for.
  @Test func lightIsThatOfAFlood() {
    let meadow = Meadow(seed: 9)
    let low = (x: 40, y: 50, z: 40), size = 16
    var random = meadow.world.pointee.random
    let palette: [Block] = [
      .air, .air, .air, .air, .stone, .stone, .oakLeaves, .water, .torch, .glass, .lava,
    ]
    meadow.fill(39...56, 49...66, 39...56, .stone)
    for x in 0..<size {
      for y in 0..<size {
        for z in 0..<size {
          var block = palette[random.below(palette.count)]
          if block == .torch || block == .lava { block = random.below(12) == 0 ? block : .air }
          meadow.world.pointee.blocks.set(low.x + x, low.y + y, low.z + z, block)
        }
      }
    }
    // Holes in the lid let the sky in.
    for _ in 0..<6 {
      meadow.world.pointee.blocks.set(
        low.x + random.below(size), low.y + size, low.z + random.below(size), .air)
    }
    let table = LightTable.standard
    var sky: [Int] = [], block: [Int] = []
    let side = 18
    func index(_ x: Int, _ y: Int, _ z: Int) -> Int { (x * side + y) * side + z }
    for x in 39..<57 {
      for z in 39..<57 {
        var top = BlockGrid.height
        while table.cost[Int(meadow[x, top - 1, z].rawValue)] == 1 && meadow[x, top - 1, z] != .oakLeaves {
          top -= 1
        }
        meadow.world.pointee.skyline[x * BlockGrid.side + z] = UInt8(top)
      }
    }
    for x in 39..<57 {
      for y in 49..<67 {
        for z in 39..<57 {
          sky.append(meadow.world.pointee.isOpenToSky(x, y, z) ? 15 : 0)
          block.append(Int(table.emits[Int(meadow[x, y, z].rawValue)]))
        }
      }
    }
    for _ in 0..<15 {
      for x in 0..<side {
        for y in 0..<side {
          for z in 0..<side {
            let cost = Int(table.cost[Int(meadow[39 + x, 49 + y, 39 + z].rawValue)])
            guard cost < 15 else { continue }
            for (nx, ny, nz) in [
              (x + 1, y, z), (x - 1, y, z), (x, y + 1, z), (x, y - 1, z), (x, y, z + 1), (x, y, z - 1),
            ] {
              guard min(nx, ny, nz) >= 0, max(nx, ny, nz) < side else { continue }
              sky[index(x, y, z)] = max(sky[index(x, y, z)], sky[index(nx, ny, nz)] - cost)
              block[index(x, y, z)] = max(block[index(x, y, z)], block[index(nx, ny, nz)] - cost)
            }
          }
        }
      }
    }
    var wrong = 0
    for cell in stride(from: 0, to: size * size * size, by: 5) {
      let x = cell / (size * size), y = cell / size % size, z = cell % size
      let light = meadow.world.pointee.lightLevel(low.x + x, low.y + y, low.z + z)
      let at = index(x + 1, y + 1, z + 1)
      if light != (sky[at], block[at]) { wrong += 1 }
      let level = [3, 7, 11][cell % 3], sunlight = [4, 10, 15][cell / 3 % 3]
      let isBrighter = max(light.sky - 15 + sunlight, light.block) > level
      if isBrighter
        != meadow.world.pointee.isBrighter(low.x + x, low.y + y, low.z + z, than: level, sunlight: sunlight)
      {
        wrong += 1
      }
    }
    #expect(wrong == 0)
  }

  /// Times of day at which the light changes, by the angle of Minecraft's sun.
  @Test func duskAndDawnComeWhenTheyDoInMinecraft() {
    let table: [(Int32, Int)] = [
      (0, 15), (6000, 15), (12_040, 15), (12_041, 14), (12_542, 11), (13_187, 8), (13_188, 7), (13_670, 4),
      (18_000, 4),
      (22_330, 4), (22_331, 5), (23_460, 12), (23_961, 15),
    ]
    for (time, level) in table { #expect(Daylight.sunlight(time) == level, "at \(time)") }
  }
}
