import Testing

@testable import KnackOverworld

/// What generated worlds look like, over many of them.
@Suite struct TerrainTests {
  /// Blocks of a kind in each level, over worlds.
  private func levels(of kinds: [Block], worlds: Int, biome: Biome?) -> [Block: [Double]] {
    let world = TestWorld(seed: 17, biome: biome)
    var counts = [[Double]](repeating: .init(repeating: 0, count: BlockGrid.height), count: Block.count)
    for episode in 0..<worlds {
      if episode == 0 { world.place.pointee.makeWhole(world.rules) } else { world.renew() }
      world.forEachBlock { _, y, _, block in counts[Int(block.rawValue)][y] += 1 }
    }
    let columns = Double(worlds * BlockGrid.side * BlockGrid.side)
    return Dictionary(
      uniqueKeysWithValues: kinds.map { kind in (kind, counts[Int(kind.rawValue)].map { $0 / columns }) })
  }

  /// The share of blocks in each level that veins of a kind would take if all were stone.
  private func expectedLevels(_ vein: OreVein) -> [Double] {
    let count = VeinShapes.count
    let cells = (0..<count).flatMap { VeinShapes.drawn(vein.size, $0) }
    var expected = [Double](repeating: 0, count: BlockGrid.height)
    let starts = (0..<vein.levels).flatMap { first in
      vein.isTriangular ? (0..<vein.levels).map { first + $0 } : [first]
    }
    for start in starts {
      for cell in cells where (0..<BlockGrid.height).contains(start + Int(cell.y)) {
        expected[start + Int(cell.y)] += Double(vein.attempts) / Double(count * starts.count) / 256
      }
    }
    return expected
  }

  @Test func oresLieAtTheirLevelsInTheirNumbers() {
    let kinds: [Block] = [
      .coalOre, .ironOre, .goldOre, .redstoneOre, .lapisOre, .diamondOre, .emeraldOre, .bedrock,
    ]
    let shares = levels(of: kinds, worlds: 12, biome: .plains)
    /// Blocks a chunk.
    func total(_ kind: Block, _ range: Range<Int> = 0..<BlockGrid.height) -> Double {
      256 * range.reduce(0) { $0 + shares[kind]![$1] }
    }
    for (kind, top) in [
      (Block.ironOre, 68), (.goldOre, 36), (.redstoneOre, 20), (.diamondOre, 20), (.lapisOre, 35),
    ] {
      #expect(total(kind, top..<BlockGrid.height) == 0, "\(kind)")
    }
    for vein in OreVein.all where kinds.contains(vein.block) {
      let expected = expectedLevels(vein)
      // Caves take some of the stone, and so do other veins.
      for range in [5..<16, 16..<32, 32..<58] {
        let share = 256 * range.reduce(0) { $0 + expected[$1] }, found = total(vein.block, range)
        #expect(
          found <= 1.1 * share + 0.1 && found >= 0.7 * share - 0.1,
          "\(vein.block) \(range): \(found) of \(share)")
      }
    }
    #expect(total(.emeraldOre) == 0)
    #expect(shares[.bedrock]![0] == 1 && shares[.bedrock]![5] == 0)
    for level in 1...4 { #expect(abs(shares[.bedrock]![level] - Double(5 - level) / 5) < 0.01) }
    let hills = levels(of: [.emeraldOre], worlds: 4, biome: .extremeHills)[.emeraldOre]!
    #expect(hills.indices.allSatisfy { (4..<32).contains($0) || hills[$0] == 0 })
    #expect((4.5...5.5).contains(256 * hills.reduce(0, +)))
  }

  /// The largest veins of a size: Minecraft Wiki, "Ore (feature)".
  @Test(arguments: [(7, 10), (8, 10), (9, 13), (17, 37), (33, 160)])
  func veinsAreNoLargerThanMinecrafts(_ size: Int, _ most: Int) {
    let sizes = (0..<VeinShapes.count).map { VeinShapes.drawn(size, $0).count }
    #expect(sizes.max()! <= most && sizes.max()! > most / 3 && sizes.min()! > 0, "\(sizes)")
  }

  @Test func treesAreAsDenseAsInMinecraft() {
    /// Trunks a chunk of land, and the share of spruces and birches among them.
    func trees(_ biome: Biome) -> (density: Double, spruces: Double, birches: Double) {
      let world = TestWorld(seed: 4, biome: biome)
      var trunks = [Block: Double](), land = 0.0
      for _ in 0..<8 {
        world.renew()
        for x in 0..<BlockGrid.side {
          for z in 0..<BlockGrid.side {
            let level = world.place.pointee.surface(x, z)
            if level > 63 { land += 1 }
            let foot = world[x, level, z]
            if [.oakLog, .spruceLog, .birchLog].contains(foot) { trunks[foot, default: 0] += 1 }
          }
        }
      }
      let all = trunks.values.reduce(0, +)
      return (
        256 * all / land, trunks[.spruceLog, default: 0] / max(1, all),
        trunks[.birchLog, default: 0] / max(1, all)
      )
    }
    for biome in [Biome.forest, .forestHills] {
      let found = trees(biome)
      #expect(
        (5...8).contains(found.density) && (0.15...0.25).contains(found.birches) && found.spruces == 0,
        "\(found)")
    }
    let taiga = trees(.taiga), plains = trees(.plains), hills = trees(.extremeHills), desert = trees(.desert)
    #expect((5...8).contains(taiga.density) && taiga.spruces == 1, "\(taiga)")
    // Three times Minecraft's, so that no world is without a tree.
    #expect((0.06...0.27).contains(plains.density) && plains.spruces == 0, "\(plains)")
    #expect((0.03...0.15).contains(hills.density) && (0.4...0.9).contains(hills.spruces), "\(hills)")
    #expect(desert.density == 0)
  }

  @Test(arguments: [nil] + Biome.allCases.map(Optional.some))
  func nothingHangsInTheAir(_ biome: Biome?) {
    let world = TestWorld.whole(seed: 21, biome: biome)
    var faults: [String] = []
    world.forEachBlock { x, y, z, block in
      let below = world[x, y - 1, z]
      func fault(_ what: String) { faults.append("\(what) \(block) on \(below) at \(x) \(y) \(z)") }
      switch block {
      case .oakLog, .birchLog, .spruceLog: if below != block && below != .dirt { fault("a trunk") }
      case .tallGrass, .fern, .yellowFlower, .redFlower, .brownMushroom, .redMushroom, .pumpkin:
        if below != .grass { fault("a plant") }
      case .deadBush: if below != .sand { fault("a plant") }
      case .cactus: if below != .sand && below != .cactus { fault("a plant") }
      case .reeds: if ![.reeds, .sand, .grass].contains(below) { fault("a plant") }
      case .sand: if below == .air || below == .lava { fault("loose") }
      case .water, .lava:
        // Nothing flows: liquid must be held from below and from all sides.
        for (dx, dy, dz) in [(0, -1, 0), (1, 0, 0), (-1, 0, 0), (0, 0, 1), (0, 0, -1)] {
          let beside = world[x + dx, y + dy, z + dz]
          if [.air, .tallGrass, .fern].contains(beside) && !(block == .lava && y <= 10) { fault("unheld") }
          if block == .water && beside == .lava { fault("boiling") }
        }
      case .oakLeaves, .birchLeaves, .spruceLeaves:
        let log: Block = block == .oakLeaves ? .oakLog : block == .birchLeaves ? .birchLog : .spruceLog
        var isHeld = false
        for dx in -3...3 {
          for dz in -3...3 {
            for dy in -3...1 where BlockGrid.hasColumn(x + dx, z + dz) && world[x + dx, y + dy, z + dz] == log
            { isHeld = true }
          }
        }
        if !isHeld { fault("loose") }
      default: break
      }
    }
    #expect(faults.isEmpty, "\(faults.count): \(faults.prefix(5))")
  }

  @Test func biomesHaveTheirGround() {
    for biome in Biome.allCases {
      let world = TestWorld.whole(seed: 6, biome: biome)
      var covers = [Block: Int](), highest = 0, lowest = 255
      for x in 0..<BlockGrid.side {
        for z in 0..<BlockGrid.side {
          let level = world.place.pointee.surface(x, z)
          covers[world[x, level - 1, z], default: 0] += 1
          highest = max(highest, level)
          lowest = min(lowest, level)
        }
      }
      func share(_ block: Block) -> Double { Double(covers[block, default: 0]) / 16384 }
      #expect(highest <= 84 && share(.water) > 0 && share(.water) < 0.5, "\(biome): \(covers)")
      #expect(
        biome == .desert ? share(.sand) > 0.5 && share(.grass) == 0 : share(.grass) > 0.4,
        "\(biome): \(covers)")
      if biome == .extremeHills || biome == .forestHills {
        #expect(share(.stone) > 0.03 && highest >= 76, "\(biome): \(covers)")
      }
    }
  }

  @Test func mixedWorldsHaveAllBiomes() {
    let world = TestWorld(seed: 30)
    for _ in 0..<20 {
      world.renew()
      let found = Set((0..<1024).map { world.place.pointee.biome($0 / 32 * 4, $0 % 32 * 4) })
      #expect(found.count == Biome.allCases.count, "\(found)")
    }
  }

  /// Floods each world with air from the open sky: how deep does it come, and which ores does it touch? Those can be seen
  /// from caves without digging.
  @Test func oresAreReachable() {
    let world = TestWorld(seed: 40)
    let worlds = 12
    var touched = [Block: Int](), deep = 0
    for _ in 0..<worlds {
      world.renew()
      var isReached = [Bool](repeating: false, count: 128 * 128 * 88), found = Set<Block>(), lowest = 88
      var open: [(Int, Int, Int)] = [(64, 87, 64)]
      while let (x, y, z) = open.popLast() {
        for (dx, dy, dz) in [(1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)] {
          let x = x + dx, y = y + dy, z = z + dz
          guard BlockGrid.hasColumn(x, z), y >= 0, y < 88, !isReached[BlockGrid.index(x, y, z)] else {
            continue
          }
          isReached[BlockGrid.index(x, y, z)] = true
          let block = world[x, y, z]
          found.insert(block)
          if block == .air {
            open.append((x, y, z))
            lowest = min(lowest, y)
          }
        }
      }
      for block in found { touched[block, default: 0] += 1 }
      if lowest < 40 { deep += 1 }
    }
    #expect(touched[.coalOre] == worlds && touched[.ironOre] == worlds, "\(touched)")
    #expect(deep >= worlds * 3 / 4, "\(deep)")
  }

  /// Diamonds are seldom seen from caves; but every world has many that one can dig to from above, through nothing but stone,
  /// soil and ores.
  @Test func diamondsCanBeDugTo() {
    let world = TestWorld(seed: 50)
    for _ in 0..<6 {
      world.renew()
      var count = 0
      world.forEachBlock { x, y, z, block in
        guard block == .diamondOre else { return }
        let isOpen = (y..<world.place.pointee.surface(x, z)).allSatisfy {
          ![.lava, .water, .bedrock].contains(world[x, $0, z])
        }
        if isOpen { count += 1 }
      }
      #expect(count > 50)
    }
  }
}
