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
