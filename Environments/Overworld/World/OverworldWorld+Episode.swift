import KnackEnvironment

extension OverworldWorld: World {
  /// Starts the next episode of the rules' task, in a world of its own.
  ///
  /// The player begins on safe ground near the middle of the world, on its feet: Plan4MC's four steps to land are not needed.
  public mutating func reset(_ rules: OverworldRules) {
    beginEpisode(rules)
    if let map = rules.map { load(map, rules) } else { placePlayer(rules) }
    if let start = rules.task.start { placePlayer(beside: start, rules) }
    placeBlocks(rules.task.placed, rules)
    player.food = Int32(rules.task.food)
    player.saturation = min(player.saturation, Float(player.food))
    for slot in rules.task.inventory.indices { player.inventory[slot] = rules.task.inventory[slot] }
    var placed: UInt64 = 0
    for group in rules.task.creatures { placeCreatures(group, &placed, rules) }
  }

  /// Takes one action. An episode in which the goal is reached is worth 1, any other nothing; the player's
  /// death ends it.
  public mutating func step(_ action: Int, _ rules: OverworldRules) -> Transition {
    advance(
      rules.hasFactors
        ? FactoredAction(action, rules.actions).action(rules.actions) : flatAction(action, rules), rules)
    let isOver = steps >= rules.stepLimit
    if isPlayerDead { return Transition(terminated: true, truncated: isOver) }
    let succeeds = hasReachedGoal(rules)
    return Transition(reward: succeeds ? 1 : 0, terminated: succeeds, truncated: isOver)
  }

  /// Writes what the rules' senses show.
  public mutating func observe(_ rules: OverworldRules, into observation: UnsafeMutablePointer<UInt8>) {
    rules.senses.write(&self, rules, into: observation)
  }

  /// Writes the counts that ``OverworldFacts`` names.
  public mutating func writeFacts(_ rules: OverworldRules, into facts: UnsafeMutablePointer<Int32>) {
    rules.facts.write(&self, rules, into: facts)
  }

  /// Writes which actions, or values of factors, would do something.
  public mutating func writeActionMask(_ rules: OverworldRules, into mask: UnsafeMutablePointer<UInt8>) {
    if rules.hasFactors {
      writeFactoredMask(rules, rules.maskLayout, into: mask)
    } else {
      writeFlatMask(rules, into: mask)
    }
  }

  /// The episode's seed, and where the player stands.
  public func traceOfReset(_ rules: OverworldRules) -> [TraceField] {
    [TraceField("episode_seed", .string("\(episodeSeed)"))] + traceOfStep(rules)
  }

  /// The player, and how much there is of everything else.
  public func traceOfStep(_ rules: OverworldRules) -> [TraceField] {
    let items = rules.minecraft.items
    let carried = player.inventory.indices.filter { !player.inventory[$0].isEmpty }.map {
      "\(player.inventory[$0].count) \(items.label(player.inventory[$0].item))"
    }
    return [
      TraceField("x", .number(player.x)), TraceField("y", .number(player.y)),
      TraceField("z", .number(player.z)),
      TraceField("yaw", .integer(Int(player.yaw))), TraceField("pitch", .integer(Int(player.pitch))),
      TraceField("health", .number(Double(player.health))), TraceField("food", .integer(Int(player.food))),
      TraceField("time", .integer(Int(timeOfDay))),
      TraceField("inventory", .string(carried.joined(separator: ", "))),
      TraceField("creatures", .integer(countCreatures { _ in true })),
      TraceField("drops", .integer(drops.indices.count { $0 < Int(dropCount) && !drops[$0].stack.isEmpty })),
    ]
  }

  /// Puts a task's creatures on safe ground about the player, each in a direction of its own. Where the table is full they take
  /// the places of the world's own, the farthest first.
  ///
  /// - Parameter placed: a bit for each place in the table that a task's creature has.
  private mutating func placeCreatures(
    _ group: OverworldTask.Creatures, _ placed: inout UInt64, _ rules: OverworldRules
  ) {
    let homeX = cell(player.x), homeZ = cell(player.z), span = 2 * group.within + 1
    let last = BlockGrid.side - 1
    for _ in 0..<group.count {
      let wishX = homeX + random.below(span) - group.within, wishZ = homeZ + random.below(span) - group.within
      let yaw = Float(random.uniform()) * 360 - 180, shade = random.uniform()
      guard let place = safeColumn(near: min(last, max(0, wishX)), min(last, max(0, wishZ)), rules) else {
        continue
      }
      makeChunks(aroundX: place.x, z: place.z, radius: 1, rules)
      if countCreatures(where: { _ in true }) == creatures.count { removeFarthest(but: placed) }
      guard
        let index = spawn(
          group.kind, x: Double(place.x) + 0.5, y: Double(surface(place.x, place.z)), z: Double(place.z) + 0.5
        )
      else { continue }
      placed |= 1 << UInt64(index)
      creatures[index].yaw = yaw
      creatures[index].isOnGround = true
      if group.kind == .sheep { creatures[index].color = Self.woolColor(shade) }
    }
  }

  /// Takes the creature away that is farthest from the player, of those without a bit.
  private mutating func removeFarthest(but kept: UInt64) {
    var farthest = -1, distance = -1.0
    for index in 0..<creatures.count where kept >> UInt64(index) & 1 == 0 {
      let dx = creatures[index].x - player.x, dz = creatures[index].z - player.z
      if dx * dx + dz * dz > distance { (farthest, distance) = (index, dx * dx + dz * dz) }
    }
    if farthest >= 0 { removeCreature(farthest) }
  }
}
