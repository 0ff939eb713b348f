import KnackEnvironment

/// A player that knows the whole state and strives for all achievements, by rules of thumb.
///
/// In the order of what presses most: it fights who is beside it, eats and drinks, rests in a closed room or where nothing is
/// to be feared, and otherwise does what leads to the achievement that costs least (``ExpertPlan``). It decides from the
/// state alone, without memory and without chance, so that the same state always gets the same action.
struct CrafterExpert {
  private let scene: ExpertScene
  private let plan: ExpertPlan
  private let shelter: ExpertShelter

  init(_ scene: ExpertScene) {
    self.scene = scene
    plan = ExpertPlan(scene)
    shelter = ExpertShelter(scene, plan.search)
  }

  /// What to do now.
  func action() -> CrafterAction {
    let isClosed = shelter.isClosed
    return defend() ?? nourish(isClosed) ?? rest(isClosed) ?? stockUp() ?? strive() ?? wait(isClosed)
  }

  /// Hits a creature that is beside the player and hurts.
  private func defend() -> CrafterAction? {
    guard scene.blow > 0 else { return nil }
    let enemies = CrafterDirection.allCases.filter { scene.isHostile(scene.cell + $0.offset) }
    guard let enemy = enemies.first(where: { $0 == scene.player.facing }) ?? enemies.first else { return nil }
    return enemy == scene.player.facing ? .do : enemy.action
  }

  /// Eats or drinks: early where that is near or there is time, and late where it is far. In the dark, only what hunger and
  /// thirst do to the health is worse than going out.
  private func nourish(_ isClosed: Bool) -> CrafterAction? {
    let hasTime = plan.goal == nil || isEvening
    let needs: [(item: CrafterItem, source: Int, cost: Int)] = [CrafterItem.drink, .food].compactMap { item in
      guard let source = plan.source(of: item) else { return nil }
      return (item, source.operator, source.cost)
    }.filter { item, _, cost in
      let held = scene.held(item)
      if isDark && isClosed { return held == 0 && scene.player.health <= 5 }
      return held <= (isDark ? 2 : hasTime ? 6 : 3) || !isClosed && cost <= 2 * (9 - held) - 1
    }
    let most = needs.min { (scene.held($0.item), $0.cost) < (scene.held($1.item), $1.cost) }
    return most.flatMap { plan.action(for: $0.source) }
  }

  /// Sleeps or recovers where it is safe, and looks for a place where it is if the player is in need of it.
  private func rest(_ isClosed: Bool) -> CrafterAction? {
    let energy = scene.held(.energy), isWeak = scene.player.health <= 4
    if isClosed {
      if energy < 9 { return .sleep }
      let recovers = scene.held(.food) > 0 && scene.held(.drink) > 0
      return isDark || scene.player.health < 8 && recovers ? .noop : nil
    }
    if energy < 9 && isSafe(for: 13 * (9 - energy)) { return .sleep }
    if isWeak || energy <= 3 || isDark, let room = shelter.build(), isWeak || energy <= 3 || room.cost <= 30 {
      return room.action
    }
    return energy <= 1 && !hasEnemies(within: 6) ? .sleep : nil
  }

  /// Collects more of what will be needed where it is at hand.
  private func stockUp() -> CrafterAction? {
    plan.bargain(within: 4).flatMap { plan.action(for: $0) }
  }

  /// Does what leads to an achievement.
  private func strive() -> CrafterAction? {
    plan.goal.flatMap { plan.action(for: $0) }
  }

  /// Stays where a plant grows, which it does only near a player.
  private func wait(_ isClosed: Bool) -> CrafterAction {
    if let plant = plan.sapling, plant.cost > 6 { return plan.search.act(.noop, at: plant) }
    if !isClosed && !isSafe(for: 30), let room = shelter.build() { return room.action }
    return .noop
  }

  /// Whether it is time to eat and drink for the night.
  private var isEvening: Bool { (90..<150).contains(scene.steps % 300) }

  private var isDark: Bool { scene.rules.days[scene.steps % 300].daylight < 0.5 }

  /// Whether nothing is to be feared in the open for some time.
  private func isSafe(for duration: Int) -> Bool {
    !hasEnemies(within: 12) && !scene.expectsHostileBirths(within: duration)
  }

  private func hasEnemies(within distance: Int) -> Bool {
    ExpertScene.cells.contains { scene.isHostile($0) && ExpertScene.distance($0, scene.cell) <= distance }
  }
}

extension CrafterWorld: ExpertWorld {
  /// The action that ``CrafterExpert`` takes, which needs no memory.
  public mutating func expertAction(_ rules: CrafterRules, _ memory: inout NoExpertMemory) -> Int {
    expertAction(rules)
  }

  /// The action that ``CrafterExpert`` takes; nothing while it sleeps, which it cannot end.
  mutating func expertAction(_ rules: CrafterRules) -> Int {
    if player.isSleeping { return CrafterAction.noop.rawValue }
    return withWholeMap(rules) { CrafterExpert(ExpertScene(&$0, rules)).action().rawValue }
  }
}
