/// Small rooms in which nothing comes near a sleeper: two cells in a row, or four in a square, closed with stones.
///
/// A player faces open ground only by stepping towards it, so it can close such a gap in a wall only from a cell of the room
/// that has another cell of the room behind it. Both ends of two cells can be closed in this way, their sides cannot. All
/// eight sides of a square can. Gaps on which one does not walk, such as water, over which arrows fly, can be closed from
/// anywhere.
struct ExpertShelter {
  private let scene: ExpertScene
  private let search: ExpertSearch

  init(_ scene: ExpertScene, _ search: ExpertSearch) {
    (self.scene, self.search) = (scene, search)
  }

  /// A room that can be closed.
  private struct Room {
    var cells: [Int]
    /// Actions until it is closed.
    var cost = 0
    /// Outside of the room, where to enter it; nil for a player who is inside.
    var door: (outside: Int, direction: CrafterDirection)?
  }

  /// The shapes, as cells beside the first.
  private static let shapes = [
    [0, CrafterDirection.right.offset], [0, CrafterDirection.down.offset],
    [
      0, CrafterDirection.right.offset, CrafterDirection.down.offset,
      CrafterDirection.right.offset + CrafterDirection.down.offset,
    ],
  ]

  /// Whether the player is in a closed place of at most four cells, alone.
  var isClosed: Bool {
    var cells = [scene.cell], next = 0
    while next < cells.count {
      for direction in CrafterDirection.allCases {
        let beside = cells[next] + direction.offset
        guard !scene.isSolid(beside) && !cells.contains(beside) else { continue }
        guard scene.occupants[beside] == 0 && cells.count < 4 else { return false }
        cells.append(beside)
      }
      next += 1
    }
    return true
  }

  /// The next action towards a closed room, and how many it takes altogether; nil where none can be had.
  func build() -> (action: CrafterAction, cost: Int)? {
    var best: Room?
    for first in ExpertScene.cells {
      guard ExpertScene.distance(first, scene.cell) <= min(24, best?.cost ?? 24) else { continue }
      for shape in Self.shapes {
        if let room = room(shape.map { first + $0 }), room.cost < best?.cost ?? Int.max { best = room }
      }
    }
    guard let best else { return nil }
    return (action(in: best), best.cost)
  }

  /// A room of some cells, if it can be closed.
  private func room(_ cells: [Int]) -> Room? {
    var room = Room(cells: cells), digs = 0, stones = scene.held(.stone), gaps = 0, way = ExpertSearch.never
    for cell in cells {
      if cell == scene.cell {
        way = 0
      } else if scene.occupants[cell] != 0 || scene.isFence(cell) {
        return nil
      } else if scene.isOpen(cell) {
        guard scene.isSafeGround(scene.materials[cell]) else { return nil }
      } else if scene.canDig(scene.materials[cell]) {
        digs += 1
        if scene.materials[cell] == CrafterMaterial.stone.rawValue { stones += 1 }
      } else {
        return nil
      }
    }
    for cell in cells {
      for direction in CrafterDirection.allCases {
        let beside = cell + direction.offset
        guard !cells.contains(beside) else { continue }
        let isAxis = cells.contains(cell - direction.offset)
        if !scene.isSolid(beside) {
          guard isAxis || !scene.isOpen(beside), scene.rules.place[0].on.contains(scene.materials[beside])
          else { return nil }
          gaps += scene.occupants[beside] == 0 || beside == scene.cell ? 1 : 3
        }
        guard isAxis && way > 0 && search.entry[beside] > 0 && search.entry[cell] > 0 else { continue }
        // Entered through solid ground, it has a gap more.
        let cost = search.distance[beside] + search.entry[cell] + (scene.isSolid(beside) ? 2 : 0)
        if cost < way {
          way = cost
          room.door = (beside, direction.opposite)
        }
      }
    }
    guard way < ExpertSearch.never, gaps <= stones else { return nil }
    if way > 0 {
      room.cost = way + Self.costOfTask * (digs + gaps)
    } else {
      room.door = nil
      guard let task = nextTask(in: room.cells) else { return room }
      room.cost = Self.costOfTask * (digs + gaps - 1) + 1 + task.cost
    }
    return room
  }

  /// At least what digging a cell or closing a gap takes, the way to it within a room included. Since every action thus
  /// brings the cost of a room down, one that was begun is not left for another.
  private static let costOfTask = 5

  /// The digging or closing that can be begun soonest by a player in a room.
  private func nextTask(in cells: [Int]) -> (cost: Int, stand: Int, direction: CrafterDirection)? {
    var best: (cost: Int, stand: Int, direction: CrafterDirection)?
    let steps = steps(in: cells)
    for (cell, way) in zip(cells, steps) where way < 4 {
      for direction in CrafterDirection.allCases {
        let ahead = cell + direction.offset
        let isTask =
          cells.contains(ahead) ? !scene.isOpen(ahead) && ahead != scene.cell : !scene.isSolid(ahead)
        guard isTask else { continue }
        // Open ground is faced by stepping towards it from the cell behind.
        let isStep = scene.isOpen(ahead), stand = isStep ? cell - direction.offset : cell
        var cost = cell == scene.cell && direction == scene.player.facing ? 0 : 9
        if let index = cells.firstIndex(of: stand), steps[index] < 4 { cost = min(cost, steps[index] + 1) }
        if cost < best?.cost ?? 9 { best = (cost, stand, direction) }
      }
    }
    return best
  }

  /// Steps from the player to each cell of a room through it; 4 where there is no way.
  private func steps(in cells: [Int]) -> [Int] {
    var steps = cells.map { $0 == scene.cell ? 0 : 4 }
    for _ in cells {
      for (i, cell) in cells.enumerated() where scene.isOpen(cell) {
        for (j, other) in cells.enumerated() where ExpertScene.distance(cell, other) == 1 {
          steps[i] = min(steps[i], steps[j] + 1)
        }
      }
    }
    return steps
  }

  private func action(in room: Room) -> CrafterAction {
    if let door = room.door {
      return door.outside == scene.cell ? search.step(door.direction) : search.walk(to: door.outside)
    }
    guard let task = nextTask(in: room.cells) else { return .noop }
    if task.cost == 0 {
      return room.cells.contains(scene.ahead) || scene.occupants[scene.ahead] != 0 ? .do : .placeStone
    }
    if task.stand == scene.cell { return task.direction.action }
    let towards = CrafterDirection.allCases.first { direction in
      let next = scene.cell + direction.offset
      return room.cells.contains(next) && scene.isOpen(next)
        && ExpertScene.distance(next, task.stand) < ExpertScene.distance(scene.cell, task.stand)
    }
    return towards?.action ?? .noop
  }
}
