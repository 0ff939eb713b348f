import KnackEnvironment

extension OverworldWorld: GoalWorld {
  /// What can be asked for.
  public static func goalSpace(_ rules: OverworldRules) -> GoalSpace { OverworldGoals.standard.space }

  /// Where the eyes are and look.
  public mutating func pose(_ rules: OverworldRules) -> Pose {
    Pose(
      x: Float(player.x), y: Float(player.y + player.eyes), z: Float(player.z),
      yaw: Float(player.yaw) * (.pi / 12), pitch: Float(player.pitch) * (.pi / 12))
  }

  /// Whether a place lies between the four sides of the world.
  public static func contains(_ place: Pose, _ rules: OverworldRules) -> Bool {
    let side = Float(BlockGrid.side)
    return place.x >= 0 && place.x < side && place.z >= 0 && place.z < side
  }

  /// Where the player senses what a goal is about: the nearest that a ray of ``RayFan/standard`` meets within 32 blocks; of
  /// creatures, also the nearest that is in view with nothing in between; of blocks, also those within three blocks along each axis,
  /// seen or not, as MineDojo's voxels show them; and where there is no log, leaves, since there will be one below. Near is what a
  /// ray meets within three blocks. Items are felt five blocks around.
  ///
  /// - Complexity: some ten microseconds, nearly all of it for the rays.
  public mutating func sighting(for goal: Int, _ rules: OverworldRules) -> Sighting? {
    let goals = rules.goals, subject = goals.subjects[goal]
    guard subject.group != 255 else { return nil }
    if subject.gathers, let item = nearestGain(goal, goals) { return item }
    var nearest = Float.infinity, met = -1, nearestClue = Float.infinity, metClue = -1
    let groups = rules.facts.group
    forEachRay(of: .standard, maximum: Double(OverworldGoals.sight)) { ray, code, distance in
      let group = groups[Int(code)]
      if distance < nearest && group == subject.group { (nearest, met) = (distance, ray) }
      if distance < nearestClue && group == subject.clue && group != 255 {
        (nearestClue, metClue) = (distance, ray)
      }
    }
    if met < 0 { (nearest, met) = (nearestClue, metClue) }
    var found: Sighting?
    let (x, y, z) = (Float(player.x), Float(player.y + player.eyes), Float(player.z))
    if met >= 0 {
      let fan = RayFan.standard
      let way = fan.direction(met / fan.yaws.count, met % fan.yaws.count, Gaze(player))
      // A little inside: the middle of the block that was met, or of the creature's side.
      let reach = nearest + 0.05
      var (hitX, hitY, hitZ) = (x + reach * way.x, y + reach * way.y, z + reach * way.z)
      if subject.isBlock {
        (hitX, hitY, hitZ) = (hitX.rounded(.down) + 0.5, hitY.rounded(.down) + 0.5, hitZ.rounded(.down) + 0.5)
      }
      found = Sighting(x: hitX, y: hitY, z: hitZ, isNear: nearest <= OverworldFacts.near && met != metClue)
    }
    if subject.isWoolly {
      return nearestSeen(.sheep, within: OverworldGoals.sight, isWoolly: true, near: nearest, rules)
    }
    if subject.kind != .none && nearest > OverworldFacts.near,
      let seen = nearestSeen(subject.kind, within: nearest, rules)
    {
      return seen
    }
    if subject.isBlock && (nearest > OverworldFacts.near || met == metClue),
      let felt = nearestFelt(subject.group, rules)
    {
      let dx = felt.x - x, dy = felt.y - y, dz = felt.z - z
      if met == metClue || dx * dx + dy * dy + dz * dz < nearest * nearest { return felt }
    }
    return found
  }

  /// The nearest creature of a kind that is in view, nearer than `within`, with nothing in between that stops the look; near where
  /// it is no farther than what a ray has met, `near`.
  private mutating func nearestSeen(
    _ kind: CreatureKind, within: Float, isWoolly: Bool = false, near: Float = .infinity,
    _ rules: OverworldRules
  ) -> Sighting? {
    let axes = Gaze(player).axes, eyes = player.y + player.eyes
    var best = min(Double(OverworldGoals.sight), Double(within)), found: Sighting?
    for index in 0..<Int(creatureCount)
    where creatures[index].kind == kind && !(isWoolly && creatures[index].isShorn) {
      let middle =
        creatures[index].y + Double(
          creatures[index].box(CreatureRules.standard[kind]).maxY - creatures[index].y) / 2
      let way = SIMD3(creatures[index].x - player.x, middle - eyes, creatures[index].z - player.z)
      let far = (way * way).sum().squareRoot()
      guard far < best, far > 0 else { continue }
      let right = Float((way * axes.right).sum() / far), up = Float((way * axes.up).sum() / far)
      guard (way * axes.ahead).sum() > 0, abs(right) < OverworldGoals.halfWidth,
        abs(up) < OverworldGoals.halfHeight || far <= Double(OverworldFacts.near)
      else {
        continue
      }
      let traits = rules.traits
      let stop = view.cast(
        x: player.x, y: eyes, z: player.z, dx: way.x / far, dy: way.y / far, dz: way.z / far, maximum: far
      ) { traits[$0].isOpaque }
      guard stop == nil else { continue }
      best = far
      found = Sighting(
        x: Float(creatures[index].x), y: Float(middle), z: Float(creatures[index].z),
        isNear: near <= OverworldFacts.near && Float(far) < near + 1)
    }
    return found
  }

  /// The nearest block of a group in a box about the player's middle.
  private mutating func nearestFelt(_ wanted: UInt8, _ rules: OverworldRules) -> Sighting? {
    let reach = OverworldGoals.feeling, view = view, group = rules.facts.group
    let x = cell(player.x), y = cell(player.y) + 1, z = cell(player.z)
    var best = Int.max, found: (Int, Int, Int)?
    for nearX in x - reach...x + reach {
      for nearZ in z - reach...z + reach {
        for nearY in y - reach...y + reach where group[Int(view[nearX, nearY, nearZ].rawValue)] == wanted {
          let far = (nearX - x) * (nearX - x) + (nearY - y) * (nearY - y) + (nearZ - z) * (nearZ - z)
          if far < best { (best, found) = (far, (nearX, nearY, nearZ)) }
        }
      }
    }
    return found.map {
      Sighting(x: Float($0.0) + 0.5, y: Float($0.1) + 0.5, z: Float($0.2) + 0.5, isNear: false)
    }
  }

  /// The nearest item on the ground that is among a goal's gains.
  private mutating func nearestGain(_ goal: Int, _ goals: OverworldGoals) -> Sighting? {
    var best: Float = 5, found: Sighting?
    for index in 0..<Int(dropCount) {
      let stack = drops[index].stack
      guard !stack.isEmpty, goals.gains[goal * goals.itemCount + stack.item.index] else { continue }
      let dx = drops[index].x - Float(player.x), dy = drops[index].y - Float(player.y),
        dz = drops[index].z - Float(player.z)
      let far = (dx * dx + dy * dy + dz * dz).squareRoot()
      if far < best {
        best = far
        found = Sighting(x: drops[index].x, y: drops[index].y, z: drops[index].z, isNear: false, isItem: true)
      }
    }
    return found
  }

  /// A count of items, or whether a table or furnace is near enough to be used.
  public mutating func goalFact(_ fact: Int, _ rules: OverworldRules) -> Int32 {
    let facts = rules.facts
    if fact >= facts.itemCount {
      let stations = nearbyStations()
      return (fact == facts.itemCount ? stations.table : stations.furnace) ? 1 : 0
    }
    var count: Int32 = 0
    for slot in 0..<36 where player.inventory[unchecked: slot].count > 0 {
      let stack = player.inventory[unchecked: slot]
      if Int(facts.place[stack.item.index]) == fact { count &+= Int32(stack.count) }
    }
    return count
  }

  /// How far the block that is looked at is broken, how near the creature to its death; a fifth for having it within reach.
  public mutating func effort(for goal: Int, _ rules: OverworldRules) -> Float {
    let wanted = rules.goals.subjects[goal].group, group = rules.facts.group
    switch aim() {
    case .nothing: return wound(rules.goals.subjects[goal].kind)
    case .creature(let index):
      let kind = creatures[index].kind
      guard group[Int(SightCode.creature(kind))] == wanted else { return 0 }
      return 0.2 + wound(kind)  // to look at it is something: it is within reach
    case .block(let hit):
      guard group[Int(hit.block.rawValue)] == wanted else { return 0 }
      guard hit.x == Int(player.breakingX) && hit.y == Int(player.breakingY) && hit.z == Int(player.breakingZ)
      else { return 0.2 }
      return 0.2 + 0.8 * player.breakingProgress
    }
  }

  /// How far the most wounded creature of a kind within sixteen blocks is from health: a blow counts while it runs away, too.
  private mutating func wound(_ kind: CreatureKind) -> Float {
    guard kind != .none else { return 0 }
    var least: Float = 1
    for index in 0..<Int(creatureCount) where creatures[index].kind == kind {
      guard abs(creatures[index].x - player.x) < 16, abs(creatures[index].z - player.z) < 16 else { continue }
      least = min(least, max(0, creatures[index].health) / CreatureRules.standard[kind].health)
    }
    return 0.8 * (1 - least)
  }

  /// Health.
  public mutating func wellbeing(_ rules: OverworldRules) -> Float { max(0, player.health) / 20 }

  /// Writes the fields that ``OverworldGoals`` explains.
  public mutating func writeGoalView(
    for goal: Int, _ rules: OverworldRules, into observation: UnsafeMutablePointer<UInt8>
  ) {
    let goals = rules.goals, wanted = goals.subjects[goal].group, group = rules.facts.group
    let side = OverworldGoals.box, blocks = side * side * side
    writeVoxels(VoxelBox(width: side, depth: side, height: side, alignment: .facing), into: observation)
    for place in 0..<blocks {
      let code = Int(observation[place])
      observation[place] =
        group[code] == wanted ? OverworldGoals.Footing.target.rawValue : goals.footing[code]
    }
    let rest = observation + blocks
    rest[0] = UInt8((Int(player.yaw) + 3) % 6)
    rest[1] = UInt8(Int(player.pitch) + 6)
    rest[2] = 0
    rest[3] = 0
    switch aim() {
    case .nothing: break
    case .creature(let index):
      rest[2] = group[Int(SightCode.creature(creatures[index].kind))] == wanted ? 4 : 3
    case .block(let hit):
      rest[2] = group[Int(hit.block.rawValue)] == wanted ? 2 : 1
      if hit.x == Int(player.breakingX) && hit.y == Int(player.breakingY) && hit.z == Int(player.breakingZ) {
        rest[3] = UInt8(max(0, min(10, 10 * player.breakingProgress)))
      }
    }
    let (ahead, right) = player.axes(.facing)
    rest[4] = footprint(right.x, right.z)
    rest[5] = footprint(ahead.x, ahead.z)
    rest[6] = player.isOnGround ? 1 : 0
    rest[7] = player.isInWater ? 1 : 0
    rest[8] = player.isUnderWater ? 1 : 0
    rest[9] = UInt8(max(0, min(5, (player.health / 4).rounded(.up))))
    rest[10] = rules.minecraft.items.toolClass[player.held.item.index].rawValue
    rest[11] = UInt8(max(0, min(BlockGrid.height / 8, cell(player.y) / 8)))
    for place in 0..<9 {
      let sideways = place / 3 - 1, forth = place % 3 - 1
      let x = cell(player.x) + sideways * right.x + forth * ahead.x
      rest[12 + place] =
        landing(x, cell(player.z) + sideways * right.z + forth * ahead.z, goals).rawValue
    }
  }

  /// What one would fall onto in a column, from the level of the feet.
  private mutating func landing(_ x: Int, _ z: Int, _ goals: OverworldGoals) -> OverworldGoals.Landing {
    let view = view, feet = cell(player.y)
    for depth in 0...OverworldGoals.fall {
      let footing = goals.footing[Int(view[x, feet - depth, z].rawValue)]
      if footing == OverworldGoals.Footing.free.rawValue || footing == OverworldGoals.Footing.plant.rawValue {
        continue
      }
      if depth <= OverworldGoals.box / 2 { return .shown }
      switch footing {
      case OverworldGoals.Footing.water.rawValue: return .water
      case OverworldGoals.Footing.harmful.rawValue: return .harmful
      default: return depth <= 4 ? .ground : .depth
      }
    }
    return .depth
  }

  /// Where in its cell the player stands along an axis: 0 where its body reaches into the cell before, 3 into the one behind, 1 and 2
  /// in between.
  private func footprint(_ x: Int, _ z: Int) -> UInt8 {
    let along = player.x * Double(x) + player.z * Double(z), place = along - along.rounded(.down)
    // Who stands against a wall is exactly half a body's width away from it.
    return place < 0.2999 ? 0 : place < 0.5 ? 1 : place < 0.7001 ? 2 : 3
  }
}
