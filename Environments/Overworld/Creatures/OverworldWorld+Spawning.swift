import KnackNumerics

/// The numbers of natural spawning (netherite: `hostile_spawn.h`, `populate_animals.h`).
enum Spawning {
  /// Ticks between two attempts to spawn monsters, and animals. Minecraft attempts in every chunk in every tick and so has
  /// its limits reached within seconds; here that takes about half a minute.
  static let monsterTicks: Int32 = 4, animalTicks: Int32 = 400
  /// The most of each in the 289 chunks around a player; a smaller world has its share.
  static let monsters = 70, animals = 10, chunks = 289
  /// Nothing spawns nearer to the player.
  static let leastDistance = 24.0
  /// Members of a pack are tried for up to so far from the first, at the same level.
  static let spread = 6
  /// Monsters need a light below a number drawn from this, animals one above.
  static let monsterLight = 8, animalLight = 8
  /// The light of the sky alone must be below a number drawn from this.
  static let monsterSkyLight = 32
  /// The chance of a new chunk for a pack of animals, and for another one, and their spread.
  static let initialChance = 0.1
  static let initialSpread = 5
  /// Names the random stream of a chunk's animals.
  static let stream: UInt64 = 0xC4EA_7E5A
}

extension OverworldWorld {
  /// Puts animals into a new chunk: in one of ten a pack of four, sheep, pigs, chickens or cows, on grass.
  ///
  /// What it draws depends on the episode's seed and the chunk alone.
  mutating func spawnInitialCreatures(_ chunkX: Int, _ chunkZ: Int, _ rules: OverworldRules) {
    var draws = Xoshiro256(
      seed: episodeSeed ^ Spawning.stream, stream: UInt64(ChunkMap.count &* chunkX &+ chunkZ))
    while draws.uniform() < Spawning.initialChance {
      let kind = drawnKind(from: .cow, through: .chicken, &draws)
      var x = draws.below(ChunkMap.side), z = draws.below(ChunkMap.side)
      for _ in 0..<CreatureRules.standard[kind].pack {
        for _ in 0..<4 {
          let columnX = ChunkMap.side &* chunkX &+ x, columnZ = ChunkMap.side &* chunkZ &+ z
          let place = grassLevel(columnX, columnZ, rules)
          x = min(15, max(0, x &+ draws.below(Spawning.initialSpread) &- draws.below(Spawning.initialSpread)))
          z = min(15, max(0, z &+ draws.below(Spawning.initialSpread) &- draws.below(Spawning.initialSpread)))
          guard let place else { continue }
          spawnMember(kind, columnX, place, columnZ, &draws)
          break
        }
      }
    }
  }

  /// The level above a column's grass, under the open sky or leaves; nil where the ground is not grass or not free.
  private func grassLevel(_ x: Int, _ z: Int, _ rules: OverworldRules) -> Int? {
    var y = Int(skyline[x &* BlockGrid.side &+ z])
    while y > 1 && blocks[x, y &- 1, z] != .grass {
      if blocks[x, y &- 1, z] == .stone { return nil }
      y &-= 1
    }
    guard y > 1, isFree(x, y, z, rules), isFree(x, y &+ 1, z, rules) else { return nil }
    return y
  }

  @inline(__always)
  private func isFree(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) -> Bool {
    let traits = rules.traits[blocks[x, y, z]]
    return traits.height == 0 && !traits.isWater && !traits.isLava
  }

  /// Whether a creature can stand at a place: on a cube that lets no light through, in two free cells.
  @inline(__always)
  private func isFloor(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) -> Bool {
    let below = blocks[x, y &- 1, z]
    return rules.traits[below].isOpaque && below != .bedrock && isFree(x, y, z, rules)
      && isFree(x, y &+ 1, z, rules)
  }

  /// Puts one of a pack into the middle of a cell, sheep in a natural colour.
  private mutating func spawnMember(
    _ kind: CreatureKind, _ x: Int, _ y: Int, _ z: Int, _ draws: inout Xoshiro256
  ) {
    let yaw = Float(draws.uniform()) * 360 - 180
    let shade = kind == .sheep ? draws.uniform() : 0
    guard let index = spawn(kind, x: Double(x) + 0.5, y: Double(y), z: Double(z) + 0.5) else { return }
    creatures[index].yaw = yaw
    creatures[index].isOnGround = true
    if kind == .sheep { creatures[index].color = Self.woolColor(shade) }
  }

  /// The natural colour of a sheep for a number drawn from 0 to 1: the metadata of its wool.
  static func woolColor(_ shade: Double) -> UInt8 {
    let colors = CreatureRules.standard.woolColors
    var shade = shade
    for i in 0..<colors.count {
      shade -= colors[i].share
      if shade < 0 { return colors[i].color }
    }
    return colors[0].color
  }

  /// A kind of a range, by weight.
  private func drawnKind(
    from first: CreatureKind, through last: CreatureKind, _ draws: inout Xoshiro256
  ) -> CreatureKind {
    let kinds = CreatureRules.standard
    var total = 0
    for code in first.rawValue...last.rawValue {
      total &+= Int(kinds[CreatureKind(rawValue: code) ?? first].weight)
    }
    var draw = draws.below(total)
    for code in first.rawValue...last.rawValue {
      let kind = CreatureKind(rawValue: code) ?? first
      draw &-= Int(kinds[kind].weight)
      if draw < 0 { return kind }
    }
    return last
  }

  /// Lets creatures come by themselves, when it is time.
  mutating func spawnNaturally(_ rules: OverworldRules) {
    guard ticks % Spawning.monsterTicks == 0 else { return }
    let made = chunks.made.nonzeroBitCount
    let monsters = max(1, Spawning.monsters * made / Spawning.chunks)
    if countCreatures(where: \.isHostile) < monsters { spawnPack(ofMonsters: true, limit: monsters, rules) }
    guard ticks % Spawning.animalTicks == 0 else { return }
    let animals = max(1, Spawning.animals * made / Spawning.chunks)
    if countCreatures(where: \.isAnimal) < animals { spawnPack(ofMonsters: false, limit: animals, rules) }
  }

  /// Attempts to spawn a pack somewhere in the chunks that have been made.
  ///
  /// Minecraft draws a level and gives up where it is not right above a floor. Here a column's floors are counted, and one of
  /// them is taken in proportion to their number, so that the places where creatures come are spread alike.
  private mutating func spawnPack(ofMonsters isHostile: Bool, limit: Int, _ rules: OverworldRules) {
    var draws = random
    defer { random = draws }
    let place = draws.below(BlockGrid.side * BlockGrid.side)
    let x = place / BlockGrid.side, z = place % BlockGrid.side
    guard chunks[x / ChunkMap.side, z / ChunkMap.side] else { return }
    var floor = draws.below(8)
    var y = Int(skyline[place]) &+ 1
    while y > 1 {
      y &-= 1
      guard isFloor(x, y, z, rules) else { continue }
      floor &-= 1
      if floor < 0 { break }
    }
    guard floor < 0 else { return }
    let kind =
      isHostile
      ? drawnKind(from: .zombie, through: .creeper, &draws) : drawnKind(from: .cow, through: .chicken, &draws)
    var memberX = x, memberZ = z
    for _ in 0...draws.below(4) {
      memberX &+= draws.below(Spawning.spread) &- draws.below(Spawning.spread)
      memberZ &+= draws.below(Spawning.spread) &- draws.below(Spawning.spread)
      guard BlockGrid.hasColumn(memberX, memberZ), chunks[memberX / ChunkMap.side, memberZ / ChunkMap.side]
      else {
        continue
      }
      if canSpawn(kind, memberX, y, memberZ, &draws, rules) {
        spawnMember(kind, memberX, y, memberZ, &draws)
        if countCreatures(where: { isHostile ? $0.isHostile : $0.isAnimal }) >= limit { return }
      }
    }
  }

  /// Whether a creature may come at a place: far enough from the player, on a floor with room, in its light.
  private mutating func canSpawn(
    _ kind: CreatureKind, _ x: Int, _ y: Int, _ z: Int, _ draws: inout Xoshiro256, _ rules: OverworldRules
  ) -> Bool {
    let dx = Double(x) + 0.5 - player.x, dy = Double(y) - player.y, dz = Double(z) + 0.5 - player.z
    guard dx * dx + dy * dy + dz * dz >= Spawning.leastDistance * Spawning.leastDistance,
      isFloor(x, y, z, rules)
    else { return false }
    let sunlight = Daylight.sunlight(timeOfDay)
    guard kind.isHostile else {
      return blocks[x, y &- 1, z] == .grass
        && isBrighter(x, y, z, than: Spawning.animalLight, sunlight: sunlight)
    }
    let skyLimit = draws.below(Spawning.monsterSkyLight), limit = draws.below(Spawning.monsterLight)
    let floor = (sky: min(15, skyLimit, limit &+ 15 &- sunlight), block: limit)
    if floor.sky < 15 && isOpenToSky(x, y, z) { return false }
    let traits = CreatureRules.standard[kind]
    let box = BodyBox(
      x: Double(x) + 0.5, y: Double(y), z: Double(z) + 0.5, width: traits.width, height: traits.height)
    guard view.isFree(box, rules.traits) else { return false }
    let light = searchLight(x, y, z, above: floor)
    return light.sky <= floor.sky && light.block <= floor.block
  }
}
