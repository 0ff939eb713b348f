/// What everything costs at a moment, in actions, and what to do next for it.
///
/// Costs are those of the additive heuristic (Bonet and Geffner, "Planning as heuristic search", 2001): an operator costs
/// the way to where it can be done, plus what each thing costs that is still lacking, as if all were got one by one. They
/// are computed anew for every step, so the expert needs no memory: what was begun is cheaper by then, and is gone on with.
struct ExpertPlan {
  let scene: ExpertScene
  let search: ExpertSearch
  private let operators: [ExpertOperator]
  /// By operator.
  private(set) var costs: [Int]
  /// By item: the cost of one more, and the operator that gives it.
  private var itemCosts: [Int], itemSources: [Int]
  /// By material: the cost of coming to face it, where it is, and the operator that makes it where it is nowhere.
  private var materialCosts: [Int], materialSites: [ExpertSite?], materialSources: [Int]
  /// By occupant: where the nearest one is.
  private var occupantSites: [ExpertSite?]
  /// The nearest gap in the fence of a sapling.
  private let gap: ExpertSite?
  private let workplaces: ExpertWorkplaces

  private static let never = ExpertSearch.never

  init(_ scene: ExpertScene) {
    self.scene = scene
    operators = scene.rules.operators
    search = ExpertSearch(scene)
    costs = [Int](repeating: Self.never, count: operators.count)
    itemCosts = [Int](repeating: Self.never, count: CrafterItem.allCases.count)
    itemSources = [Int](repeating: -1, count: CrafterItem.allCases.count)
    materialSources = [Int](repeating: -1, count: CrafterMaterial.allCases.count)
    (materialSites, occupantSites) = search.nearestSites()
    materialCosts = materialSites.map { $0?.cost ?? Self.never }
    gap = search.site(
      amongst: ExpertScene.cells.filter { scene.occupants[$0] == CrafterOccupant.sapling.rawValue }
        .flatMap { sapling in CrafterDirection.allCases.map { sapling + $0.offset } }
        .filter {
          scene.rules.creatureGround.contains(scene.materials[$0]) && scene.occupants[$0] == 0
            && scene.rules.place[0].on.contains(scene.materials[$0])
        })
    workplaces = ExpertWorkplaces(search, scene, operators.reduce(0) { $0 | $1.nearby })
    // Costs only ever fall, and most are known after as many rounds as the longest chain of tools has links.
    for _ in 0..<12 where updateCosts() {}
  }

  /// Computes all costs from those of what they depend on, and says whether any has fallen.
  private mutating func updateCosts() -> Bool {
    var haveFallen = false
    for (index, one) in operators.enumerated() {
      let cost = min(Self.never, cost(of: one))
      guard cost < costs[index] else { continue }
      costs[index] = cost
      haveFallen = true
      for item in 0..<16 where one.gives[item] > 0 && cost < itemCosts[item] {
        itemCosts[item] = cost
        itemSources[item] = index
      }
      // What one has placed oneself is not worth collecting; where it is needed nearby, ``workplace(for:)`` sees to it.
      if case .collect = one.deed, one.leaves != 0, cost < materialCosts[Int(one.leaves)] {
        materialCosts[Int(one.leaves)] = cost
        materialSources[Int(one.leaves)] = index
        materialSites[Int(one.leaves)] = nil
      }
    }
    return haveFallen
  }

  private func cost(of one: ExpertOperator) -> Int {
    let losses = losses(one)
    guard losses < Self.never else { return Self.never }
    switch one.deed {
    case .collect(let material):
      return losses + one.effort + materialCosts[Int(material.rawValue)] + cost(ofHaving: one.needs)
    case .place(_, let ground):
      let way = materialSites.indices.lazy.filter { ground.contains(UInt8($0)) }.map {
        self.materialCosts[$0]
      }.min()
      return losses + 1 + (way ?? Self.never) + cost(ofHaving: one.needs)
    case .make:
      return 1 + (workplace(for: one)?.cost ?? Self.never)
    case .strike(let occupant):
      guard scene.blow > 0 else { return Self.never }
      let kind = scene.rules.creatures[Int(occupant.kind!.rawValue - CrafterKind.player.rawValue)]
      if occupant == .ripePlant {
        return losses + 1 + (occupantSites[Int(occupant.rawValue)]?.cost ?? ripening)
      }
      // Those that hurt are sought by the healthy only.
      guard !kind.isHostile || scene.player.health >= 6 else { return Self.never }
      let chase = kind.movement == .stay ? 0 : kind.movement == .shootAndFlee ? 8 : 3
      return losses + (Int(kind.health) + scene.blow - 1) / scene.blow + chase
        + (occupantSites[Int(occupant.rawValue)]?.cost ?? Self.never)
    case .fence:
      return 1 + (gap?.cost ?? Self.never) + cost(ofHaving: one.needs)
    }
  }

  /// What it costs to have a ripe plant where there is none: nobody can hurry one that grows.
  private var ripening: Int {
    guard occupantSites[Int(CrafterOccupant.sapling.rawValue)] == nil, let planting = planting else {
      return Self.never
    }
    return costs[planting] + 50
  }

  private var planting: Int? {
    operators.firstIndex { if case .place(.placePlant, _) = $0.deed { true } else { false } }
  }

  /// What an operator takes from the vital signs, in actions that it would be worth to avoid it; ``never`` if it kills.
  private func losses(_ one: ExpertOperator) -> Int {
    var sum = 0
    for item in [CrafterItem.health, .food, .drink, .energy] where one.gives[item.rawValue] < 0 {
      let loss = -Int(one.gives[item.rawValue])
      if scene.held(item) - loss < 3 { return Self.never }
      sum += 6 * loss
    }
    return sum
  }

  /// What lacks for an inventory to be had.
  private func cost(ofHaving needs: CrafterInventory) -> Int {
    var sum = 0
    for item in 0..<16 where needs[item] > scene.player.inventory[item] {
      sum += itemCosts[item] + 2 * Int(needs[item] - scene.player.inventory[item] - 1)
    }
    return sum
  }

  /// Where to make a tool: beside as many things as it needs as are near each other, the others being placed there.
  private func workplace(for one: ExpertOperator) -> (
    cost: Int, place: ExpertWorkplaces.Place, needs: CrafterInventory
  )? {
    var best: (cost: Int, place: ExpertWorkplaces.Place, needs: CrafterInventory)?
    for place in workplaces.places(with: one.nearby) {
      var needs = one.needs, sum = place.cost
      for material in CrafterMaterial.allCases where (one.nearby & ~place.mask).contains(material.rawValue) {
        guard let placing = placing(material) else {
          sum = Self.never
          break
        }
        needs &+= placing.needs
        sum += 3
      }
      guard all(needs .<= CrafterInventory(repeating: CrafterPlayer.most)) else { continue }
      sum += cost(ofHaving: needs)
      if sum < best?.cost ?? Self.never { best = (sum, place, needs) }
    }
    return best
  }

  private func placing(_ material: CrafterMaterial) -> ExpertOperator? {
    operators.first {
      if case .place = $0.deed { $0.leaves == material.rawValue } else { false }
    }
  }
}

// MARK: - What to do next

extension ExpertPlan {
  /// The cheapest operator that counts as an achievement which was not reached yet, or that saves a plant that is one to
  /// be; nil where none can be done.
  var goal: Int? {
    let missing = ~scene.player.reached
    let wantsPlant = missing & CrafterAchievement.eatPlant.bit != 0
    return operators.indices.filter {
      operators[$0].achievements & missing != 0 || operators[$0].deed == .fence && wantsPlant
    }.filter { costs[$0] < Self.never }.min { costs[$0] < costs[$1] }
  }

  /// The cheapest way to more of an item, and what it costs; nil where there is none.
  func source(of item: CrafterItem) -> (operator: Int, cost: Int)? {
    let source = itemSources[item.rawValue]
    return source < 0 ? nil : (source, itemCosts[item.rawValue])
  }

  /// An operator whose yield will be needed and which costs at most so much, ready to be done; nil where there is none.
  func bargain(within cost: Int) -> Int? {
    let missing = ~scene.player.reached
    var demand = CrafterInventory.zero
    for one in operators where one.achievements & missing != 0 { demand &+= one.needs }
    demand &+= reserve
    demand = demand.clamped(lowerBound: .zero, upperBound: CrafterInventory(repeating: CrafterPlayer.most))
    return operators.indices.filter { index in
      let one = operators[index]
      guard case .collect = one.deed, one.effort == 1, costs[index] <= cost else { return false }
      return scene.player.inventory.covers(one.needs)
        && (4..<16).contains { one.gives[$0] > 0 && demand[$0] > scene.player.inventory[$0] }
    }.min { costs[$0] < costs[$1] }
  }

  /// Stones for walls.
  private var reserve: CrafterInventory { CrafterInventory([.stone: 5]) }

  /// The nearest sapling.
  var sapling: ExpertSite? { occupantSites[Int(CrafterOccupant.sapling.rawValue)] }

  /// The next action for an operator, or for what it needs first.
  func action(for index: Int, depth: Int = 0) -> CrafterAction? {
    let one = operators[index]
    guard costs[index] < Self.never && depth < 12 else { return nil }
    let workplace = one.nearby == 0 ? nil : workplace(for: one)
    if let lacking = cheapestLacking(workplace?.needs ?? one.needs) {
      return action(for: itemSources[lacking], depth: depth + 1)
    }
    switch one.deed {
    case .collect(let material): return face(material, and: .do, depth)
    case .place(let action, let ground): return place(action, on: ground, depth)
    case .make(let action):
      guard let workplace else { return one.nearby == 0 ? action : nil }
      if workplace.place.cost > 0 { return search.walk(to: workplace.place.cell) }
      guard
        let material = CrafterMaterial.allCases.first(where: {
          (one.nearby & ~workplace.place.mask).contains($0.rawValue)
        })
      else { return action }
      guard case .place(let placing, let ground)? = placing(material)?.deed else { return nil }
      return place(placing, on: ground, near: workplace.place.mask, depth)
    case .strike(let occupant):
      if let site = occupantSites[Int(occupant.rawValue)] { return search.act(.do, at: site) }
      return occupant == .ripePlant ? planting.flatMap { action(for: $0, depth: depth + 1) } : nil
    case .fence: return gap.map { search.act(.placeStone, at: $0) }
    }
  }

  /// The index of the item that can be had most cheaply among those of which there are too few.
  private func cheapestLacking(_ needs: CrafterInventory) -> Int? {
    (0..<16).filter { needs[$0] > scene.player.inventory[$0] }.min { itemCosts[$0] < itemCosts[$1] }
  }

  private func face(_ material: CrafterMaterial, and action: CrafterAction, _ depth: Int) -> CrafterAction? {
    if let site = materialSites[Int(material.rawValue)] { return search.act(action, at: site) }
    let source = materialSources[Int(material.rawValue)]
    return source < 0 ? nil : self.action(for: source, depth: depth + 1)
  }

  /// Places something on one of some materials; if `stations` are named, so near to one of each that both are at hand.
  private func place(
    _ action: CrafterAction, on ground: MaterialMask, near stations: MaterialMask = 0, _ depth: Int
  ) -> CrafterAction? {
    let cells = ExpertScene.cells.filter { cell in
      ground.contains(scene.materials[cell]) && scene.occupants[cell] == 0
        && (stations == 0 || workplaces.isNear(cell, stations))
    }
    if let site = search.site(amongst: cells) { return search.act(action, at: site) }
    let materials = CrafterMaterial.allCases.filter { ground.contains($0.rawValue) }
    return materials.min { materialCosts[Int($0.rawValue)] < materialCosts[Int($1.rawValue)] }
      .flatMap { face($0, and: action, depth) }
  }
}

extension ExpertSearch {
  /// By material and by occupant: the nearest place from which to act on one. Cells that fence a sapling are left alone.
  func nearestSites() -> (materials: [ExpertSite?], occupants: [ExpertSite?]) {
    var materials = [ExpertSite?](repeating: nil, count: CrafterMaterial.allCases.count)
    var occupants = [ExpertSite?](repeating: nil, count: CrafterOccupant.allCases.count)
    func improve(_ best: inout ExpertSite?, _ cell: Int) {
      guard ExpertScene.distance(cell, scene.cell) <= best?.cost ?? Self.never else { return }
      if let site = site(of: cell), site.cost < best?.cost ?? Self.never { best = site }
    }
    for cell in ExpertScene.cells {
      let occupant = Int(scene.occupants[cell]), material = Int(scene.materials[cell])
      if occupant != 0 {
        improve(&occupants[occupant], cell)
      } else if ExpertScene.distance(cell, scene.cell) <= materials[material]?.cost ?? Self.never,
        scene.isOpen(cell) || !scene.isFence(cell)
      {
        improve(&materials[material], cell)
      }
    }
    return (materials, occupants)
  }
}
