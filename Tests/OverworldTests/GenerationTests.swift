import Testing

@testable import KnackOverworld

@Suite struct GenerationTests {
  @Test(arguments: [nil] + Biome.allCases.map(Optional.some))
  func chunksDoNotDependOnTheOrderInWhichTheyAreMade(_ biome: Biome?) {
    let forwards = TestWorld.whole(seed: 5, biome: biome), backwards = TestWorld(seed: 5, biome: biome)
    for index in 0..<64 {
      // 37 is odd: every chunk once, neighbours far apart.
      let chunk = (index * 37 + 11) % 64
      backwards.place.pointee.makeChunk(chunk / 8, chunk % 8, backwards.rules)
    }
    #expect(forwards.hasTerrain(of: backwards))
  }

  /// A seed that somebody has written down stays the seed of that world: a change that makes worlds differently changes
  /// what was measured in them.
  @Test(
    arguments: [
      (nil, 1, 0x90AB_5806_ADF7_8658),
      (nil, 2, 0x20DD_4455_230E_D529),
      (nil, 3, 0xAF81_A140_7F22_807A),
      (nil, 4, 0x13E0_5BB3_845D_434C),
      (.plains, 5, 0xB7FD_95B4_4379_D625),
      (.forest, 6, 0x3E03_69F8_AFC2_8553),
      (.extremeHills, 7, 0xF459_1B15_DB1E_7F38),
      (.forestHills, 8, 0xE891_CE09_7647_DCC4),
      (.desert, 9, 0x9395_5FDB_C9CF_B5D7),
      (.taiga, 10, 0xB1D7_4E43_CF78_BD63),
    ] as [(Biome?, UInt64, UInt64)])
  func aSeedsWorldStaysWhatItWas(_ biome: Biome?, _ seed: UInt64, _ digest: UInt64) {
    #expect(TestWorld.whole(seed: seed, biome: biome).digest == digest)
  }

  @Test func seedsAndEpisodesHaveWorldsOfTheirOwn() {
    let first = TestWorld.whole(seed: 1)
    #expect(first.hasTerrain(of: .whole(seed: 1)))
    #expect(!first.hasTerrain(of: .whole(seed: 2)))
    let second = TestWorld.whole(seed: 1)
    second.renew()
    #expect(!first.hasTerrain(of: second))
    // What the episode before left behind is gone.
    let fresh = TestWorld(seed: 1)
    fresh.place.pointee.beginEpisode(fresh.rules)
    fresh.place.pointee.makeWhole(fresh.rules)
    #expect(second.hasTerrain(of: fresh))
  }

  @Test func chunksAreMadeWhereSomethingComesNear() {
    let world = TestWorld(seed: 1)
    world.place.pointee.makeChunks(aroundX: 0, z: 127, radius: 1, world.rules)
    #expect(world.place.pointee.chunks.made.nonzeroBitCount == 4)
    world.place.pointee.makeChunks(aroundX: 64, z: 64, radius: 1, world.rules)
    #expect(world.place.pointee.chunks.made.nonzeroBitCount == 13)
    #expect(world[10, 0, 10] == .air && world[64, 0, 64] == .bedrock)
    world.place.pointee.makeChunks(aroundX: 64, z: 64, radius: 9, world.rules)
    #expect(world.place.pointee.chunks.made == .max)
  }

  @Test(arguments: [nil] + Biome.allCases.map(Optional.some))
  func playersBeginOnSafeGround(_ biome: Biome?) {
    let world = TestWorld(seed: 9, biome: biome)
    var yaws = Set<Int8>()
    for _ in 0..<60 {
      world.place.pointee.beginEpisode(world.rules)
      world.place.pointee.placePlayer(world.rules)
      let player = world.place.pointee.player
      let x = Int(player.x), y = Int(player.y), z = Int(player.z)
      #expect(world.place.pointee.chunks[x / 16, z / 16])
      #expect(abs(x - 64) < 60 && abs(z - 64) < 60)
      #expect([.grass, .dirt, .sand, .stone, .gravel, .sandstone, .clay].contains(world[x, y - 1, z]))
      for level in y..<BlockGrid.height { #expect(!world[x, level, z].blocksTheSky, "\(world[x, level, z])") }
      if let biome { #expect(world.place.pointee.biome(x, z) == biome) }
      yaws.insert(player.yaw)
    }
    #expect(yaws.count > 15 && yaws.allSatisfy { (0..<24).contains($0) })
  }
}

extension Block {
  /// Whether it is anything but air and what grows on the ground.
  var blocksTheSky: Bool {
    switch self {
    case .air, .tallGrass, .fern, .deadBush, .yellowFlower, .redFlower, .brownMushroom, .redMushroom, .reeds,
      .cactus,
      .pumpkin:
      false
    default: true
    }
  }
}
