/// A player that knows the whole state and does what its task asks.
///
/// It plans backwards from the goal (``ExpertPlan``) over what the world's rules let it come by (``ExpertBook``) and over what
/// lies where (``ExpertSurvey``); it begins with what can be gathered, in the order that makes the way shortest, and crafts
/// once nothing more can be gathered. Ways are searched for (``ExpertSearch``) and followed (``ExpertWalk``). When it has done
/// one thing it plans anew: nothing that happens in between can put it out.
struct OverworldExpert {
  private let scene: ExpertScene
  private let hands: ExpertHands
  private let walk: ExpertWalk

  /// For how many steps it may get nowhere until it takes another way, and half of those until it gives up.
  private static let patience: Int16 = 60
  /// For how many steps it rests where nothing can be done, before it thinks again.
  private static let rest: Int16 = 40
  /// How near, in ticks, the next thing to gather must be for it to let lie what has fallen.
  private static let nearBy: Float = 30
  /// From how far away, in ticks, what stands near is taken along if it will be needed again.
  private static let farAway: Float = 100

  init(_ scene: ExpertScene) {
    self.scene = scene
    hands = ExpertHands(scene)
    walk = ExpertWalk(scene: scene, hands: hands)
  }

  /// The number of the next action of the flat list.
  func action(_ memory: inout OverworldExpertMemory) -> Int {
    if let action = defend() { return action }
    // What cannot be done is given up, and something else is done in the same step.
    for _ in 0..<4 {
      if memory.errand == .none, let action = decide(&memory) { return action }
      if let action = perform(&memory) { return action }
    }
    return ExpertKey.wait
  }

  // MARK: - What next

  /// Decides what to do next: either an action, or an errand that is begun.
  private func decide(_ memory: inout OverworldExpertMemory) -> Int? {
    let wishes = scene.wishes
    guard !wishes.isEmpty else {
      // There is nothing to do but to live.
      let shelter = ExpertShelter(scene: scene, hands: hands, walk: walk)
      if let action = shelter.dig() ?? shelter.close() { return action }
      memory.begin(.rest, scene.feet, along: [])
      return ExpertKey.wait
    }
    let survey = ExpertSurvey(scene, memory)
    var plan = ExpertPlan(scene, survey)
    var isPossible = true
    for wish in wishes { isPossible = plan.need(wish) && isPossible }
    let gathering = plan.tasks.filter { task in
      site(of: task, plan, survey) != nil && (task.tool == .none || scene.counts[task.tool] > 0)
    }
    let next = nearest(gathering, plan, survey)
    let nextSite = next.flatMap { site(of: $0, plan, survey) }
    // What lies about counts as gathered; before it goes away it picks it up.
    if nextSite?.ticks ?? .infinity > Self.nearBy, let drop = plan.claimedDrop {
      begin(.pickUp, [drop], &memory)
      return nil
    }
    if let next, let nextSite {
      if nextSite.ticks > Self.farAway, takeAlong(plan, survey, &memory) { return nil }
      begin(next, nextSite, plan, survey, &memory)
      return nil
    }
    if let action = make(plan, survey, &memory) { return action }
    if memory.errand != .none { return nil }
    for wish in wishes {
      if let action = fulfil(wish, plan, survey, &memory) { return action }
      if memory.errand != .none { return nil }
    }
    guard !isPossible else { return ExpertKey.wait }
    explore(&memory)
    guard memory.errand == .none else { return nil }
    // Everything is known and nothing helps, for now.
    memory.begin(.rest, scene.feet, along: [])
    return ExpertKey.wait
  }

  /// Does what is left of a wish once everything for it is there.
  private func fulfil(
    _ wish: ExpertWish, _ plan: ExpertPlan, _ survey: ExpertSurvey, _ memory: inout OverworldExpertMemory
  ) -> Int? {
    switch wish {
    case .have: return nil
    case .station(let table): return station(table: table, plan, survey, &memory)
    case .meet(let kind):
      guard let site = survey.creature(for: .kill(kind, color: nil)) else { return nil }
      begin(.pickUp, [site.point.place], &memory)
      return nil
    case .shelter:
      let shelter = ExpertShelter(scene: scene, hands: hands, walk: walk)
      return shelter.dig() ?? shelter.close() ?? hands.place(plan.book.torch)
    case .eat(let items):
      guard let item = items.first(where: { scene.counts[$0] > 0 }) else { return nil }
      // Who is full can only make itself hungry.
      if scene.player.food >= Vitals.food { return ExpertKey.jump }
      return hands.equip(item) ?? ExpertKey.use
    }
  }

  /// Where a task is done that gathers something; nil for one that makes something.
  private func site(of task: ExpertPlan.Task, _ plan: ExpertPlan, _ survey: ExpertSurvey) -> ExpertSurvey
    .Site?
  {
    let way = plan.book.ways[task.way]
    switch way.deed {
    case .craft, .smelt: return nil
    case .mine(let block): return survey.blocks[Int(block.rawValue)]
    case .kill, .shear, .milk: return survey.creature(for: way.deed)
    case .pickUp: return survey.drops[way.item]
    }
  }

  /// Of what can be gathered, what comes first on the shortest way to all of it. What lies under the ground waits for what
  /// lies on it, since climbing up again takes three times as long as digging down.
  private func nearest(
    _ tasks: [ExpertPlan.Task], _ plan: ExpertPlan, _ survey: ExpertSurvey
  ) -> ExpertPlan.Task? {
    let all = tasks.compactMap { task in site(of: task, plan, survey).map { (task: task, site: $0) } }
    let above = all.filter { $0.site.point.depth < 2 }
    let sites = (above.isEmpty ? all : above).sorted { $0.site.ticks < $1.site.ticks }.prefix(6)
    func shortest(from start: ExpertDistances.Point, _ left: ArraySlice<ExpertDistances.Point>) -> Float {
      left.indices.map { index in
        var others = left
        others.remove(at: index)
        return survey.distances.ticks(from: start, to: left[index]) + shortest(from: left[index], others)
      }.min() ?? 0
    }
    return sites.indices.min { a, b in cost(a) < cost(b) }.map { sites[$0].task }

    func cost(_ index: Int) -> Float {
      var others = sites.map(\.site.point)[...]
      others.remove(at: index)
      return sites[index].site.ticks + shortest(from: sites[index].site.point, others)
    }
  }

  /// Sets out to gather something.
  private func begin(
    _ task: ExpertPlan.Task, _ site: ExpertSurvey.Site, _ plan: ExpertPlan, _ survey: ExpertSurvey,
    _ memory: inout OverworldExpertMemory
  ) {
    let errand: OverworldExpertMemory.Errand, targets: [Place]
    switch plan.book.ways[task.way].deed {
    case .mine(let block): (errand, targets) = (.mine, survey.nearest([block], count: 8))
    case .kill: (errand, targets) = (.strike, [site.point.place])
    case .pickUp: (errand, targets) = (.pickUp, [site.point.place])
    default: (errand, targets) = (.use, [site.point.place])
    }
    begin(errand, targets, creature: site.creature, item: task.tool, &memory)
  }

  private func begin(
    _ errand: OverworldExpertMemory.Errand, _ targets: [Place], creature: Int = 0, item: Item = .none,
    _ memory: inout OverworldExpertMemory
  ) {
    guard let way = ExpertSearch.way(scene, to: PathGoal(kind: errand.ending, targets: targets)) else {
      memory.target = targets.first ?? scene.feet
      memory.giveUp()
      return
    }
    memory.begin(
      errand, targets[way.target], creature: creature, kind: scene.creatures[creature].kind, item: item,
      along: way.cells)
  }

  /// Takes up a crafting table or furnace that stands near and will be needed elsewhere, if no other can be made without
  /// gathering anything. Returns whether it sets out to do so.
  private func takeAlong(
    _ plan: ExpertPlan, _ survey: ExpertSurvey, _ memory: inout OverworldExpertMemory
  ) -> Bool {
    for (isUsed, isNear, item, block) in [
      (plan.usesTable, plan.hasTable, plan.book.craftingTable, Block.craftingTable),
      (plan.usesFurnace, plan.hasFurnace, plan.book.furnace, .furnace),
    ]
    where isUsed && isNear && scene.counts[item] == 0
      && scene.breaking(block, harvesting: true).ticks.isFinite
    {
      var other = plan
      if other.need(CollectionOfOne(item), 1),
        !other.tasks[plan.tasks.count...].contains(where: { site(of: $0, plan, survey) != nil })
      {
        continue
      }
      guard let site = survey.blocks[Int(block.rawValue)] else { continue }
      begin(.mine, [site.point.place], &memory)
      return memory.errand != .none
    }
    return false
  }

  /// Crafts or smelts the first thing for which all is there, near what it takes.
  private func make(
    _ plan: ExpertPlan, _ survey: ExpertSurvey, _ memory: inout OverworldExpertMemory
  ) -> Int? {
    let recipes = scene.rules.minecraft.recipes, actions = scene.rules.actions
    for task in plan.tasks {
      switch plan.book.ways[task.way].deed {
      case .craft(let product, let recipe):
        guard recipes.isCraftable(recipe, scene.counts) else { continue }
        if recipes.needsTable[recipe] && !plan.hasTable { return station(table: true, plan, survey, &memory) }
        return actions.firstCraft + product
      case .smelt(let product, let input):
        guard scene.counts[input] > 0, scene.world.pointee.hasFuel(for: input, scene.rules) else { continue }
        if !plan.hasFurnace { return station(table: false, plan, survey, &memory) }
        return actions.firstSmelt + product
      default: continue
      }
    }
    return nil
  }

  /// Comes to a crafting table or furnace: goes to one, or places one here.
  private func station(
    table: Bool, _ plan: ExpertPlan, _ survey: ExpertSurvey, _ memory: inout OverworldExpertMemory
  ) -> Int? {
    let item = table ? plan.book.craftingTable : plan.book.furnace
    if plan.walksToStation(table: table) {
      begin(.approach, survey.nearest([table ? .craftingTable : .furnace], count: 4), &memory)
      return nil
    }
    guard scene.counts[item] > 0 else { return nil }
    if let action = hands.place(item) { return action }
    // Walled in: room for it is made at the height of the head.
    for (dx, dz) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
      if let action = hands.breakBlock(scene.feet.moved(dx, 1, dz), harvesting: false) { return action }
    }
    return ExpertKey.wait
  }

  /// Sets out for the nearest part of the world that nobody has seen.
  private func explore(_ memory: inout OverworldExpertMemory) {
    var nearest: (place: Place, distance: Int)?
    for chunkX in 0..<ChunkMap.count {
      for chunkZ in 0..<ChunkMap.count where !scene.chunks[chunkX, chunkZ] {
        let x = ChunkMap.side * chunkX + 8, z = ChunkMap.side * chunkZ + 8
        let dx = x - Int(scene.feet.x), dz = z - Int(scene.feet.z), place = Place(x, 64, z)
        let distance = dx * dx + dz * dz
        if distance < nearest?.distance ?? .max && !memory.hasFailed(place) { nearest = (place, distance) }
      }
    }
    guard let nearest else { return }
    begin(.explore, [nearest.place], &memory)
  }

  // MARK: - Doing it

  /// The next action of the errand; nil where it is over.
  private func perform(_ memory: inout OverworldExpertMemory) -> Int? {
    guard memory.errand != .none else { return nil }
    guard !isOver(memory) else {
      memory.stop()
      return nil
    }
    watch(&memory)
    if memory.errand == .rest { return ExpertKey.wait }
    if memory.idleSteps == Self.patience {
      research(&memory)
      // The first cells of another way are no progress: it could be stopped there again and again.
      memory.lastStep = 2
    }
    guard memory.errand != .none, memory.idleSteps < 2 * Self.patience else {
      memory.giveUp()
      return nil
    }
    if memory.errand == .strike || memory.errand == .use {
      if let action = handle(memory) { return action }
      follow(&memory)
    }
    switch walk.next(&memory) {
    case .act(let action): return action
    case .lost:
      guard scene.player.isOnGround || scene.player.isInWater else { return ExpertKey.wait }
      research(&memory)
      return memory.errand == .none ? nil : ExpertKey.wait
    case .arrived: return finish(&memory)
    }
  }

  /// Whether there is nothing left to do.
  private func isOver(_ memory: OverworldExpertMemory) -> Bool {
    let target = memory.target
    switch memory.errand {
    case .none: return true
    case .rest: return memory.idleSteps >= Self.rest
    case .mine:
      let block = scene[target]
      return block == .air || scene.rules.traits[block].isWater || scene.rules.traits[block].isLava
    case .strike, .use:
      let creature = scene.creatures[Int(memory.creature)]
      return creature.kind != memory.kind || memory.errand == .use && creature.isShorn
    case .pickUp:
      return !(0..<scene.dropCount).contains { index in
        let drop = scene.drops[index]
        return !drop.stack.isEmpty && cell(Double(drop.x)) == Int(target.x)
          && cell(Double(drop.z)) == Int(target.z)
      }
    case .approach:
      let (table, furnace) = scene.world.pointee.nearbyStations()
      return scene[target] == .craftingTable ? table : scene[target] == .furnace ? furnace : true
    case .explore: return scene.isKnown(Int(target.x), Int(target.z))
    }
  }

  /// Counts the steps in which it gets nowhere: in which it comes to no new cell of its way and breaks nothing.
  private func watch(_ memory: inout OverworldExpertMemory) {
    let progress = scene.player.breakingProgress
    if memory.pathStep > memory.lastStep || progress > memory.lastProgress {
      memory.idleSteps = 0
      memory.lastStep = max(memory.lastStep, memory.pathStep)
    } else {
      memory.idleSteps += 1
    }
    memory.lastProgress = progress
  }

  /// Strikes the creature, or uses on it what is meant for it, as soon as it is within reach.
  private func handle(_ memory: OverworldExpertMemory) -> Int? {
    if memory.errand == .strike { return hands.act(ExpertKey.attack, on: Int(memory.creature), with: weapon) }
    guard let slot = scene.player.slot(of: memory.item) else { return nil }
    return hands.act(ExpertKey.use, on: Int(memory.creature), with: slot)
  }

  /// Takes another way where the creature has gone elsewhere.
  private func follow(_ memory: inout OverworldExpertMemory) {
    let creature = scene.creatures[Int(memory.creature)]
    let place = Place(cell(creature.x), cell(creature.y + 0.1), cell(creature.z))
    let atEnd = memory.pathStep + 1 >= memory.pathCount
    guard abs(place.x - memory.target.x) > 2 || abs(place.z - memory.target.z) > 2 || atEnd,
      scene.player.isOnGround || scene.player.isInWater
    else { return }
    memory.target = place
    research(&memory)
  }

  /// Looks for the way again; gives up where there is none.
  private func research(_ memory: inout OverworldExpertMemory) {
    guard
      let way = ExpertSearch.way(scene, to: PathGoal(kind: memory.errand.ending, targets: [memory.target]))
    else {
      memory.giveUp()
      return
    }
    memory.follow(way.cells)
  }

  /// What is done at the end of the way.
  private func finish(_ memory: inout OverworldExpertMemory) -> Int? {
    let end = memory.path[Int(memory.pathCount) - 1]
    switch memory.errand {
    case .mine:
      guard scene.player.isOnGround || scene.player.isInWater else { return ExpertKey.wait }
      if let action = hands.breakBlock(memory.target, harvesting: true) { return action }
    case .pickUp:
      // It comes by itself after a moment.
      if let action = walk.center(in: memory.target) { return action }
      return ExpertKey.wait
    default: break
    }
    if let action = walk.center(in: end) { return action }
    // From here it cannot be done: the way was cut short, or the look does not meet it.
    let target = memory.target
    research(&memory)
    if memory.errand != .none, memory.pathCount <= 1 {
      memory.target = target
      memory.giveUp()
    }
    return nil
  }

  // MARK: - Danger

  /// The slot of what strikes hardest.
  private var weapon: Int {
    let damage = scene.rules.minecraft.items.attackDamage
    func strength(_ slot: Int) -> Float { damage[scene.player.inventory[slot].item.index] }
    return scene.player.inventory.indices.max { strength($0) < strength($1) } ?? 0
  }

  /// Strikes a monster that is after the player and within reach.
  private func defend() -> Int? {
    for index in 0..<scene.creatureCount {
      let creature = scene.creatures[index]
      guard creature.kind.isHostile, creature.task == .chase else { continue }
      let dx = creature.x - scene.player.x, dy = creature.y - scene.player.y, dz = creature.z - scene.player.z
      guard dx * dx + dy * dy + dz * dz < 12 else { continue }
      if let action = hands.act(ExpertKey.attack, on: index, with: weapon) { return action }
    }
    return nil
  }
}

extension OverworldExpertMemory.Errand {
  /// Where a way for it ends.
  var ending: PathGoal.Kind {
    switch self {
    case .mine, .strike, .use: .reach
    case .none, .rest, .pickUp: .touch
    case .approach: .station
    case .explore: .column
    }
  }
}
