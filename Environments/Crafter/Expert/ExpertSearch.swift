/// The shortest ways from the player to everywhere: Dijkstra's algorithm over the map, whose costs are actions.
///
/// Ways may lead through what can be dug away, over water on stones, and through creatures, which move or can be beaten;
/// all of these cost more than free ground does, and so does the neighbourhood of creatures that hurt. Ways never lead
/// over deadly ground.
///
/// - Complexity: O(cells); costs are small, so cells wait in buckets rather than in a heap.
struct ExpertSearch {
  /// The cost of what cannot be done.
  static let never = 1 << 20

  /// The least cost of standing on each cell.
  private(set) var distance = [Int](repeating: never, count: cellCount)
  /// The cost of entering each cell from beside it; 0 where that cannot be.
  private(set) var entry: [Int]
  let scene: ExpertScene
  /// By which step each cell is reached.
  private var arrival = [UInt8](repeating: 0, count: cellCount)

  private static let cellCount = CrafterMap.stride * CrafterMap.stride
  /// More than any cost of entering.
  private static let bucketCount = 64

  init(_ scene: ExpertScene) {
    self.scene = scene
    entry = Self.entries(scene)
    distance[scene.cell] = 0
    distance.withUnsafeMutableBufferPointer { distance in
      arrival.withUnsafeMutableBufferPointer { arrival in
        entry.withUnsafeBufferPointer { Self.spread(from: scene.cell, $0, distance, arrival) }
      }
    }
  }

  /// Finds the distances from a cell. A cell waits once for every neighbour that it was reached from, at most four times,
  /// in the list of its distance.
  private static func spread(
    from start: Int, _ entry: UnsafeBufferPointer<Int>, _ distance: UnsafeMutableBufferPointer<Int>,
    _ arrival: UnsafeMutableBufferPointer<UInt8>
  ) {
    let offsets = ExpertScene.offsets
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: bucketCount + 8 * cellCount) { memory in
      let heads = memory.baseAddress!, cells = heads + bucketCount, rest = cells + 4 * cellCount
      heads.initialize(repeating: -1, count: bucketCount)
      cells[0] = Int32(start)
      rest[0] = -1
      heads[0] = 0
      var used: Int32 = 1, waiting = 1, cost = 0
      while waiting > 0 {
        while case let index = Int(heads[cost % bucketCount]), index >= 0 {
          heads[cost % bucketCount] = rest[index]
          waiting &-= 1
          let cell = Int(cells[index])
          guard distance[cell] == cost else { continue }
          for direction in 0..<4 {
            let next = cell &+ offsets[direction], reached = cost &+ entry[next]
            guard entry[next] > 0 && reached < distance[next] else { continue }
            distance[next] = reached
            arrival[next] = UInt8(direction)
            cells[Int(used)] = Int32(next)
            rest[Int(used)] = heads[reached % bucketCount]
            heads[reached % bucketCount] = used
            used &+= 1
            waiting &+= 1
          }
        }
        cost &+= 1
      }
    }
  }

  /// The direction of the first step to a cell that can be reached and is not the player's.
  func firstStep(to cell: Int) -> CrafterDirection {
    var cell = cell
    while true {
      let direction = CrafterDirection(rawValue: arrival[cell])!
      cell -= direction.offset
      if cell == scene.cell { return direction }
    }
  }

  /// What entering costs, by cell.
  private static func entries(_ scene: ExpertScene) -> [Int] {
    let byMaterial = CrafterMaterial.allCases.map { cost(of: $0, scene) }
    var entries = [Int](repeating: 0, count: cellCount)
    for cell in ExpertScene.cells {
      let basis = byMaterial[Int(scene.materials[cell])]
      guard basis > 0 else { continue }
      switch CrafterOccupant(rawValue: scene.occupants[cell])! {
      case .nothing, .player: entries[cell] = basis
      case .arrowLeft, .arrowRight, .arrowUp, .arrowDown: entries[cell] = basis + 2
      case .cow, .zombie, .skeleton: entries[cell] = basis + 6
      case .sapling, .ripePlant: break
      }
    }
    for cell in ExpertScene.cells {
      if scene.occupants[cell] == CrafterOccupant.sapling.rawValue {
        for direction in CrafterDirection.allCases where !scene.isOpen(cell + direction.offset) {
          entries[cell + direction.offset] = 0
        }
      } else if scene.isHostile(cell) {
        for dx in -2...2 {
          for dy in -2...2 where abs(dx) + abs(dy) <= 2 {
            let near = cell + dx * CrafterMap.stride + dy
            if entries[near] > 0 { entries[near] += 2 }
          }
        }
      }
    }
    return entries.map { min($0, bucketCount - 1) }
  }

  /// What entering a cell of a material costs on which nothing stands; 0 where that cannot be.
  private static func cost(of material: CrafterMaterial, _ scene: ExpertScene) -> Int {
    let rules = scene.rules, code = material.rawValue
    func walking(_ code: UInt8) -> Int { 1 + 6 * max(0, -Int(rules.groundHealth[Int(code)])) }
    if rules.playerGround.contains(code) { return scene.isSafeGround(code) ? walking(code) : 0 }
    if scene.canDig(code) { return 2 + walking(rules.collect[Int(code)].leaves) }
    return scene.canBridge(code) ? 5 : 0
  }
}

/// Where to stand and which way to face so as to act on a cell.
struct ExpertSite {
  /// Actions until the player stands and faces so.
  var cost: Int
  /// The cell acted on, and the cell to stand on.
  var target: Int, stand: Int
  var direction: CrafterDirection
  /// Whether the cell acted on is open, so that turning towards it would be walking onto it: then it is faced by who
  /// comes to stand before it by a step in its direction.
  var isOpen: Bool
}

extension ExpertSearch {
  /// The best place from which to act on a cell; nil where there is none.
  func site(of target: Int) -> ExpertSite? {
    let isOpen = scene.isOpen(target)
    var best: ExpertSite?
    for number in 0..<4 {
      let offset = ExpertScene.offsets[number], stand = target - offset, isThere = stand == scene.cell
      var cost = Self.never
      if isThere && Int(scene.player.facing.rawValue) == number {
        cost = 0
      } else if !isOpen {
        cost = distance[stand] + 1
      } else if isThere || entry[stand] > 0 {
        cost = distance[stand - offset] + (isThere ? 1 : entry[stand])
      }
      if cost < best?.cost ?? Self.never {
        best = ExpertSite(
          cost: cost, target: target, stand: stand, direction: CrafterDirection(rawValue: UInt8(number))!,
          isOpen: isOpen)
      }
    }
    return best
  }

  /// The best of the cells to act on.
  func site(amongst cells: some Sequence<Int>) -> ExpertSite? {
    var best: ExpertSite?
    for cell in cells where ExpertScene.distance(cell, scene.cell) <= best?.cost ?? Self.never {
      if let site = site(of: cell), site.cost < best?.cost ?? Self.never { best = site }
    }
    return best
  }

  /// The next action on the way to a site, or `action` where the player stands and faces as it should.
  func act(_ action: CrafterAction, at site: ExpertSite) -> CrafterAction {
    if site.cost == 0 { return action }
    let goal = site.isOpen ? site.stand - site.direction.offset : site.stand
    return goal == scene.cell ? step(site.direction) : walk(to: goal)
  }

  /// The next action on the way to a cell that can be reached.
  func walk(to cell: Int) -> CrafterAction {
    cell == scene.cell ? .noop : step(firstStep(to: cell))
  }

  /// The next action towards standing on a neighbouring cell: going there, or clearing the way.
  func step(_ direction: CrafterDirection) -> CrafterAction {
    let next = scene.cell + direction.offset
    if scene.player.facing != direction || scene.isOpen(next) { return direction.action }
    switch CrafterOccupant(rawValue: scene.occupants[next])! {
    case .arrowLeft, .arrowRight, .arrowUp, .arrowDown: return .noop
    case .nothing: return scene.canDig(scene.materials[next]) ? .do : .placeStone
    default: return .do
    }
  }
}
