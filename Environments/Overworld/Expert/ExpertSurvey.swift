/// Estimates of how long it takes to get from place to place, good enough to choose by: a search for every block that could
/// be wanted would take too long.
struct ExpertDistances {
  private let scene: ExpertScene
  /// Ticks to dig through a block of stone with the best tool at hand.
  private let dig: Float

  init(_ scene: ExpertScene) {
    self.scene = scene
    dig = min(160, scene.breaking(.stone).ticks + Float(Handiwork.pause) + 1)
  }

  /// A place, and how deep it lies under the ground of its column.
  struct Point {
    var place: Place
    var depth: Float
  }

  /// The player's feet.
  var start: Point {
    let ground = scene.surface(Int(scene.feet.x), Int(scene.feet.z))
    return Point(place: scene.feet, depth: Float(max(0, ground - Int(scene.feet.y))))
  }

  /// Ticks from a place to another: over the ground, or, where both lie deep, by a tunnel. Going down is one block a
  /// level, going up are stairs of three.
  func ticks(from: Point, to: Point) -> Float {
    let dx = abs(Float(to.place.x - from.place.x)), dz = abs(Float(to.place.z - from.place.z))
    let level = max(dx, dz) + 0.4 * min(dx, dz), rise = Float(to.place.y - from.place.y)
    if from.depth < 2 && to.depth < 1 { return 4 * level + (rise > 0 ? 4 * rise : -2 * rise) }
    let over = 3 * dig * from.depth + 4 * level + dig * to.depth
    let through = 2 * dig * level + dig * (rise > 0 ? 3 * rise : -rise)
    return min(over, through)
  }
}

/// Where things lie in the part of the world that is known, the nearest of each kind by ``ExpertDistances``.
struct ExpertSurvey {
  /// The nearest of something, and ticks to it.
  struct Site {
    var point: ExpertDistances.Point
    var ticks: Float
    /// Its place in the table of creatures.
    var creature = 0
  }

  let distances: ExpertDistances
  private let scene: ExpertScene
  private let memory: OverworldExpertMemory
  /// By block, the nearest; by item, the nearest that lies on the ground.
  private(set) var blocks: [Site?]
  private(set) var drops: [Item: Site] = [:]
  /// Living creatures that are grown.
  private var creatures: [Site] = []

  init(_ scene: ExpertScene, _ memory: OverworldExpertMemory) {
    self.scene = scene
    self.memory = memory
    distances = ExpertDistances(scene)
    var nearest = [Site?](repeating: nil, count: Block.count)
    Self.scan(scene, distances, wanted: [Bool](repeating: true, count: Block.count)) { block, site in
      guard site.ticks < nearest[block]?.ticks ?? .infinity, !memory.hasFailed(site.point.place) else {
        return
      }
      nearest[block] = site
    }
    blocks = nearest
    let start = distances.start
    for index in 0..<scene.dropCount {
      let drop = scene.drops[index]
      let place = Place(cell(Double(drop.x)), cell(Double(drop.y) + 0.1), cell(Double(drop.z)))
      guard !drop.stack.isEmpty, !memory.hasFailed(place) else { continue }
      let point = self.point(place)
      let site = Site(point: point, ticks: distances.ticks(from: start, to: point))
      if site.ticks < drops[drop.stack.item]?.ticks ?? .infinity { drops[drop.stack.item] = site }
    }
    for index in 0..<scene.creatureCount {
      let creature = scene.creatures[index]
      guard creature.kind != .none, creature.kind != .arrow, !creature.isYoung else { continue }
      let place = Place(cell(creature.x), cell(creature.y + 0.1), cell(creature.z))
      guard !memory.hasFailed(place), scene.isKnown(Int(place.x), Int(place.z)) else { continue }
      let point = self.point(place)
      creatures.append(Site(point: point, ticks: distances.ticks(from: start, to: point), creature: index))
    }
  }

  /// Whether something that lies on the ground is so near that it can be picked up by the way.
  func isAtHand(_ drop: DroppedItem) -> Bool {
    let dx = Double(drop.x) - scene.player.x, dy = Double(drop.y) - scene.player.y,
      dz = Double(drop.z) - scene.player.z
    let place = Place(cell(Double(drop.x)), cell(Double(drop.y) + 0.1), cell(Double(drop.z)))
    return abs(dx) < 4 && abs(dy) < 3 && abs(dz) < 4 && !memory.hasFailed(place)
  }

  private func point(_ place: Place) -> ExpertDistances.Point {
    let ground = scene.surface(Int(place.x), Int(place.z))
    return ExpertDistances.Point(place: place, depth: Float(max(0, ground - Int(place.y) - 1)))
  }

  /// The nearest creature that a deed is done to; nil where there is none.
  func creature(for deed: ExpertWay.Deed) -> Site? {
    creatures.filter { site in
      let creature = scene.creatures[site.creature]
      switch deed {
      case .kill(let kind, nil): return creature.kind == kind
      case .kill(let kind, let color?):
        return creature.kind == kind && !creature.isShorn && creature.color == color
      case .shear(let color): return creature.kind == .sheep && !creature.isShorn && creature.color == color
      case .milk: return creature.kind == .cow
      default: return false
      }
    }.min { $0.ticks < $1.ticks }
  }

  /// The nearest blocks of some kinds, the nearest first.
  func nearest(_ wanted: [Block], count: Int) -> [Place] {
    var marks = [Bool](repeating: false, count: Block.count)
    for block in wanted { marks[Int(block.rawValue)] = true }
    var sites: [Site] = []
    Self.scan(scene, distances, wanted: marks) { _, site in
      guard sites.count < count || site.ticks < sites[sites.count - 1].ticks else { return }
      guard !memory.hasFailed(site.point.place) else { return }
      let place = sites.firstIndex { $0.ticks > site.ticks } ?? sites.count
      sites.insert(site, at: place)
      if sites.count > count { sites.removeLast() }
    }
    return sites.map(\.point.place)
  }

  /// Calls `body` with every known block of the wanted kinds that is not air.
  ///
  /// - Complexity: O(blocks of the chunks that have been made), a millisecond or two.
  private static func scan(
    _ scene: ExpertScene, _ distances: ExpertDistances, wanted: [Bool], _ body: (Int, Site) -> Void
  ) {
    let start = distances.start
    wanted.withUnsafeBufferPointer { wanted in
      for x in 0..<BlockGrid.side {
        for z in 0..<BlockGrid.side where scene.isKnown(x, z) {
          let ground = scene.surface(x, z)
          for y in 1..<BlockGrid.height {
            let block = scene.view[x, y, z]
            guard block != .air, wanted[Int(block.rawValue)] else { continue }
            let depth = Float(max(0, ground - 1 - y))
            let point = ExpertDistances.Point(place: Place(x, y, z), depth: depth)
            body(Int(block.rawValue), Site(point: point, ticks: distances.ticks(from: start, to: point)))
          }
        }
      }
    }
  }
}
