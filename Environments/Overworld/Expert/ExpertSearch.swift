/// Where a way may end.
struct PathGoal {
  enum Kind {
    /// Within arm's length of a target, with nothing between that could not be broken.
    case reach
    /// Beside or in a target, so that what lies there is picked up.
    case touch
    /// Near enough to a crafting table or furnace at the target for it to serve.
    case station
    /// As near to a target's column as there is ground.
    case column
  }

  var kind: Kind
  var targets: [Place]

  /// How far from the eyes to the middle of a block hands surely reach: every look in steps of 15 degrees that comes
  /// nearest to the middle of a block so near meets the block.
  static let arm: Float = 3.2
}

/// The cheapest way through the blocks, by A* (Hart, Nilsson and Raphael 1968) with an estimate that is taken 1.3 times, so
/// that a way is at most so much dearer than the cheapest.
///
/// A node is the cell of the feet, above a floor or in water. Edges are what a player does: it walks and swims to the eight
/// cells around, jumps up by one, drops by up to three, and digs: ahead, upwards by stairs, straight down. What it has to
/// break costs what its best tool takes. Costs are in ticks. Memory is fixed: where it is used up, the way to the node that
/// is nearest to a target by estimate is what is found.
struct ExpertSearch {
  /// A way, its cost in ticks, which target it leads to, and whether it does.
  struct Way {
    var cells: [Place]
    var cost: Float
    var target: Int
    var arrives: Bool
  }

  /// What a block's width on foot costs, swimming, and beyond that a jump, a level of falling, turning to dig.
  private static let walk: Float = 4, swim: Float = 10, jump: Float = 5, fall: Float = 2.5, turn: Float = 3
  /// What it costs to climb in another direction than before.
  private static let bend: Float = 6
  /// The farthest fall that does not hurt.
  private static let deepest = 3
  private static let greed: Float = 1.3

  private let scene: ExpertScene
  private let goal: PathGoal
  /// By block: the cost of having its cell free; whether one stands on it; whether it is water, falls.
  private let clearing: [Float], isFloor: [Bool], isWater: [Bool], falls: [Bool]
  private let limit: Int
  private var table: NodeTable
  private var heap: NodeHeap

  /// The way to a goal from where the player stands, looking at no more than `limit` nodes; nil where there is no way at all.
  static func way(_ scene: ExpertScene, to goal: PathGoal, limit: Int = 60_000) -> Way? {
    guard !goal.targets.isEmpty else { return nil }
    // What nobody has seen is never reached: the search only has to come to the border of what is known.
    var search = ExpertSearch(scene, goal, goal.kind == .column ? limit / 15 : limit)
    defer {
      search.table.deallocate()
      search.heap.deallocate()
    }
    return search.run()
  }

  private init(_ scene: ExpertScene, _ goal: PathGoal, _ limit: Int) {
    self.scene = scene
    self.goal = goal
    self.limit = limit
    clearing = scene.clearingCosts()
    let traits = Block.allCases.map { scene.rules.traits[$0] }
    isFloor = traits.map { $0.height > PlayerPhysics.step && $0.height <= 1 }
    isWater = traits.map(\.isWater)
    falls = traits.map(\.falls)
    table = NodeTable(limit: limit)
    heap = NodeHeap(capacity: 24 * limit)
  }

  private mutating func run() -> Way? {
    let start = scene.footing
    guard let first = table.node(of: start) else { return nil }
    table[first].cost = 0
    var nearest = first, least = estimate(start)
    heap.push(least, first)
    var arrival: (node: Int, cost: Float, target: Int)?
    var expanded = 0
    while let (priority, index) = heap.pop() {
      if let arrival, arrival.cost <= priority { break }
      guard !table[index].isClosed else { continue }
      table[index].isClosed = true
      let place = table[index].place, cost = table[index].cost
      let estimate = estimate(place)
      if estimate < least { (nearest, least) = (index, estimate) }
      if let end = ending(place), cost + end.cost < arrival?.cost ?? .infinity {
        arrival = (index, cost + end.cost, end.target)
      }
      expanded += 1
      guard expanded < limit else { break }
      expand(place, index, cost)
    }
    if let arrival {
      return Way(cells: cells(to: arrival.node), cost: arrival.cost, target: arrival.target, arrives: true)
    }
    guard nearest != first else { return nil }
    return Way(cells: cells(to: nearest), cost: table[nearest].cost, target: 0, arrives: false)
  }

  private func cells(to node: Int) -> [Place] {
    var cells: [Place] = [], node = node
    while node >= 0 {
      cells.append(table[node].place)
      node = Int(table[node].parent)
    }
    return cells.reversed()
  }

  // MARK: - The goal

  /// A lower bound for what is left, as if the way were free.
  private func estimate(_ place: Place) -> Float {
    var least = Float.infinity
    for target in goal.targets {
      let dx = abs(Float(target.x - place.x)), dz = abs(Float(target.z - place.z)),
        dy = Float(target.y - place.y)
      let level = max(dx, dz) + 0.4 * min(dx, dz)
      var cost = level * Self.walk
      switch goal.kind {
      case .column: return Self.greed * cost
      case .reach:
        cost = max(0, level - PathGoal.arm) * Self.walk
        cost += dy > 4 ? (dy - 4) * Self.jump : dy < -2 ? (-2 - dy) * Self.fall : 0
      case .touch, .station: cost += dy > 0 ? dy * Self.jump : -dy * Self.fall
      }
      least = min(least, cost)
    }
    return Self.greed * least
  }

  /// What it costs to act on a target from a node; nil where none is in reach.
  private func ending(_ place: Place) -> (cost: Float, target: Int)? {
    var best: (cost: Float, target: Int)?
    for (index, target) in goal.targets.enumerated() {
      let dx = Int(target.x - place.x), dy = Int(target.y - place.y), dz = Int(target.z - place.z)
      switch goal.kind {
      case .column: if dx == 0 && dz == 0 { return (0, index) }
      case .touch: if abs(dx) <= 1 && abs(dz) <= 1 && dy >= 0 && dy <= 2 { return (0, index) }
      case .station: if abs(dx) <= 3 && abs(dy) <= 3 && abs(dz) <= 3 { return (0, index) }
      case .reach:
        guard let cost = reaching(target, dx, dy, dz, from: place), cost < best?.cost ?? .infinity else {
          continue
        }
        best = (cost, index)
      }
    }
    return best
  }

  /// What lies between the eyes of who stands at a place and the middle of a target, in ticks of breaking.
  private func reaching(_ target: Place, _ dx: Int, _ dy: Int, _ dz: Int, from place: Place) -> Float? {
    let x = Double(dx), y = Double(dy) + 0.5 - OverworldPlayer.eyeHeight, z = Double(dz)
    let distance = (x * x + y * y + z * z).squareRoot()
    // Straight up and down every block within reach is met. Who swims breaks nothing.
    guard distance > 0.5, !isWater[block(Int(place.x), Int(place.y), Int(place.z))],
      distance <= Double(PathGoal.arm) || dx == 0 && dz == 0 && distance < PlayerPhysics.reach - 0.2
    else {
      return nil
    }
    // The floor that one stands on can be dug up only where the fall is short; that is an edge of its own.
    if dx == 0 && dz == 0 && dy < -1 { return nil }
    // Up to where the look meets the target's side.
    let way = distance * (1 - 0.5 / max(abs(x), abs(y), abs(z))) - 1e-3
    var cost: Float = 0
    _ = scene.view.cast(
      x: place.middleX, y: Double(place.y) + OverworldPlayer.eyeHeight, z: place.middleZ, dx: x / distance,
      dy: y / distance, dz: z / distance, maximum: way
    ) { block in
      cost += clearing[Int(block.rawValue)]
      return false
    }
    return cost.isFinite ? cost : nil
  }

  // MARK: - Edges

  @inline(__always)
  private func block(_ x: Int, _ y: Int, _ z: Int) -> Int { Int(scene.view[x, y, z].rawValue) }

  /// The cost of having a cell free, with the sand and gravel that would fall into it.
  private func clear(_ x: Int, _ y: Int, _ z: Int) -> Float {
    var cost = clearing[block(x, y, z)], above = y + 1
    guard cost > 0 else { return 0 }
    while above < BlockGrid.height && falls[block(x, above, z)] {
      cost += clearing[block(x, above, z)]
      above += 1
    }
    return cost + Self.turn
  }

  /// Reaches all neighbours of a node.
  private mutating func expand(_ place: Place, _ index: Int, _ cost: Float) {
    let x = Int(place.x), y = Int(place.y), z = Int(place.z)
    let isSwimming = isWater[block(x, y, z)]
    // Who swims breaks nothing: it would take five times as long, and twenty-five under water.
    let slowness: Float = isSwimming || isWater[block(x, y + 1, z)] ? .infinity : 1
    let pace = isSwimming ? Self.swim : Self.walk
    let roof = work(slowness, clear(x, y + 2, z))
    for side in 0..<4 {
      let dx = side == 0 ? 1 : side == 1 ? -1 : 0, dz = side == 2 ? 1 : side == 3 ? -1 : 0
      let toX = x + dx, toZ = z + dz
      guard scene.isKnown(toX, toZ) else { continue }
      let head = work(slowness, clear(toX, y + 1, toZ))
      if head.isFinite {
        let legs = work(slowness, clear(toX, y, toZ))
        if legs.isFinite, let level = landing(toX, y, toZ, from: y), !isHollow(toX, level - 1, toZ, index) {
          visit(toX, level, toZ, index, cost + head + legs + pace + Self.fall * Float(y - level))
        }
        // Up by one, onto what is ahead of the feet.
        if isFloor[block(toX, y, toZ)] && roof.isFinite && !isHollow(toX, y, toZ, index) {
          let above = work(slowness, clear(toX, y + 2, toZ))
          if above.isFinite {
            let bend = isStraight(index, dx, dz) ? 0 : Self.bend
            visit(toX, y + 1, toZ, index, cost + roof + head + above + pace + Self.jump + bend)
          }
        }
      }
      // Around corners only where nothing has to be broken.
      let sideX = dz, sideZ = dx
      let farX = toX + sideX, farZ = toZ + sideZ
      if isOpen(toX, y, toZ), isOpen(x + sideX, y, z + sideZ), isOpen(farX, y, farZ),
        scene.isKnown(farX, farZ),
        stands(farX, y, farZ), !isHollow(farX, y - 1, farZ, index)
      {
        visit(farX, y, farZ, index, cost + 1.4 * pace)
      }
    }
    if isSwimming {
      if isWater[block(x, y + 1, z)] { visit(x, y + 1, z, index, cost + Self.swim) }
    } else {
      // Straight down.
      let floor = work(slowness, clear(x, y - 1, z))
      if floor > 0, floor.isFinite, y > 1, let level = landing(x, y - 1, z, from: y) {
        visit(x, level, z, index, cost + floor + Self.turn + Self.fall * Float(y - level))
      }
    }
  }

  /// What breaking costs who works so much slower; nothing where there is nothing to break.
  private func work(_ slowness: Float, _ cost: Float) -> Float { cost == 0 ? 0 : slowness * cost }

  /// Whether the way to a node has lately led through a cell, which may have been dug for that and holds nobody.
  private func isHollow(_ x: Int, _ y: Int, _ z: Int, _ index: Int) -> Bool {
    var node = index
    for _ in 0..<6 where node >= 0 {
      let place = table[node].place
      if Int(place.x) == x && Int(place.z) == z && Int(place.y) <= y && y <= Int(place.y) + 2 { return true }
      node = Int(table[node].parent)
    }
    return false
  }

  /// Whether the way came to a node in a direction.
  private func isStraight(_ index: Int, _ dx: Int, _ dz: Int) -> Bool {
    let parent = Int(table[index].parent)
    guard parent >= 0 else { return true }
    let from = table[parent].place, place = table[index].place
    return Int(place.x - from.x) == dx && Int(place.z - from.z) == dz
  }

  /// Whether feet and head find nothing in their way at a place.
  @inline(__always)
  private func isOpen(_ x: Int, _ y: Int, _ z: Int) -> Bool {
    clearing[block(x, y, z)] == 0 && clearing[block(x, y + 1, z)] == 0
  }

  /// Whether one stands or swims at a place.
  @inline(__always)
  private func stands(_ x: Int, _ y: Int, _ z: Int) -> Bool {
    isFloor[block(x, y - 1, z)] || isWater[block(x, y, z)]
  }

  /// The level where who comes to a cell stands at last; nil where the fall is too deep or ends badly.
  private func landing(_ x: Int, _ y: Int, _ z: Int, from start: Int) -> Int? {
    var level = y
    while !stands(x, level, z) {
      level -= 1
      guard level > 0, clearing[block(x, level, z)] == 0 else { return nil }
    }
    return start - level <= Self.deepest || isWater[block(x, level, z)] ? level : nil
  }

  private mutating func visit(_ x: Int, _ y: Int, _ z: Int, _ from: Int, _ cost: Float) {
    guard y + 1 < BlockGrid.height, !isWater[block(x, y + 1, z)] || isWater[block(x, y - 1, z)],
      let node = table.node(of: Place(x, y, z)), cost < table[node].cost
    else {
      return
    }
    table[node].cost = cost
    table[node].parent = Int32(from)
    table[node].isClosed = false
    heap.push(cost + estimate(Place(x, y, z)), node)
  }
}

/// The nodes that a search has seen, in a hash table of fixed size.
private struct NodeTable {
  struct Node {
    var place = Place()
    var isUsed = false, isClosed = false
    var cost = Float.infinity
    var parent: Int32 = -1
  }

  private let nodes: UnsafeMutablePointer<Node>
  private let mask: Int
  private var left: Int

  /// A table with room for what `limit` nodes lead to, at most.
  init(limit: Int) {
    var size = 1024
    while size < 3 * limit { size *= 2 }
    nodes = .allocate(capacity: size)
    nodes.initialize(repeating: Node(), count: size)
    mask = size - 1
    left = size / 4 * 3
  }

  func deallocate() { nodes.deallocate() }

  subscript(_ index: Int) -> Node {
    get { nodes[index] }
    nonmutating set { nodes[index] = newValue }
    nonmutating _modify { yield &nodes[index] }
  }

  /// The place in the table of a cell, which is added where it is new; nil where there is no room.
  mutating func node(of place: Place) -> Int? {
    let key = (Int(place.x) << 14 | Int(place.z) << 7 | Int(place.y)) &* 0x9E37_79B9
    var index = (key ^ key >> 15) & mask
    while nodes[index].isUsed {
      if nodes[index].place == place { return index }
      index = (index + 1) & mask
    }
    guard left > 0 else { return nil }
    left -= 1
    nodes[index].isUsed = true
    nodes[index].place = place
    return index
  }
}

/// A binary heap of nodes, the least priority first; of equal ones the lower node, so that no chance is in the order.
private struct NodeHeap {
  private struct Entry: BitwiseCopyable {
    var priority: Float
    var node: Int32
  }

  private let entries: UnsafeMutablePointer<Entry>
  private let capacity: Int
  private var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    entries = .allocate(capacity: capacity)
  }

  func deallocate() { entries.deallocate() }

  private func precedes(_ a: Entry, _ b: Entry) -> Bool {
    a.priority < b.priority || a.priority == b.priority && a.node < b.node
  }

  mutating func push(_ priority: Float, _ node: Int) {
    guard count < capacity else { return }
    let entry = Entry(priority: priority, node: Int32(node))
    var hole = count
    count += 1
    while hole > 0, precedes(entry, entries[(hole - 1) / 2]) {
      entries[hole] = entries[(hole - 1) / 2]
      hole = (hole - 1) / 2
    }
    entries[hole] = entry
  }

  mutating func pop() -> (priority: Float, node: Int)? {
    guard count > 0 else { return nil }
    let first = entries[0]
    count -= 1
    let last = entries[count]
    var hole = 0
    while true {
      var child = 2 * hole + 1
      guard child < count else { break }
      if child + 1 < count, precedes(entries[child + 1], entries[child]) { child += 1 }
      guard precedes(entries[child], last) else { break }
      entries[hole] = entries[child]
      hole = child
    }
    entries[hole] = last
    return (first.priority, Int(first.node))
  }
}
