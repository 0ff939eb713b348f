/// Ways around obstacles: a breadth-first search in a window of 17 × 17 columns about a creature.
///
/// Each column counts at the level where the search first comes to it; a step climbs one block at most and goes down three.
/// Without obstacles creatures walk straight; they search when something has stopped them.
private struct PathSearch {
  static let radius = 8, side = 17

  /// The level of each column above that of the start, in the order of columns; unseen ones have none.
  var level = InlineArray<289, Int8>(repeating: .min)
  /// The direction in which each was entered.
  var entered = InlineArray<289, UInt8>(repeating: 0)
  var queue = InlineArray<289, UInt16>(repeating: 0)
  var first = 0, end = 0
}

/// East, west, south, north: what two bits of a path stand for.
@inline(__always)
private func stepX(_ direction: UInt8) -> Int { direction == 0 ? 1 : direction == 1 ? -1 : 0 }
@inline(__always)
private func stepZ(_ direction: UInt8) -> Int { direction == 2 ? 1 : direction == 3 ? -1 : 0 }

extension OverworldWorld {
  /// Gives a creature a path of at most 32 steps to a column, or to that which is nearest to it among those that it can
  /// reach; none where it cannot come nearer.
  ///
  /// - Complexity: at most 289 columns with four neighbours each, a few microseconds.
  func findPath(_ creature: inout Creature, toX: Int, z toZ: Int, _ scene: CreatureScene) {
    let size = creature.size(scene.kinds[creature.kind])
    let clearance = Int(size.height.rounded(.up))
    let startX = cell(creature.x), startY = cell(creature.y + 0.01), startZ = cell(creature.z)
    var search = PathSearch()
    let start = PathSearch.radius &* PathSearch.side &+ PathSearch.radius
    search.level[start] = 0
    search.queue[0] = UInt16(start)
    search.end = 1
    func remaining(_ place: Int) -> Int {
      abs(startX &+ place / PathSearch.side &- PathSearch.radius &- toX)
        &+ abs(startZ &+ place % PathSearch.side &- PathSearch.radius &- toZ)
    }
    var best = start
    var bestRemaining = remaining(start)
    while search.first < search.end && bestRemaining > 0 {
      let place = Int(search.queue[search.first])
      search.first &+= 1
      let column = place / PathSearch.side, row = place % PathSearch.side
      for direction: UInt8 in 0..<4 {
        let nextColumn = column &+ stepX(direction), nextRow = row &+ stepZ(direction)
        guard nextColumn >= 0, nextRow >= 0, nextColumn < PathSearch.side, nextRow < PathSearch.side else {
          continue
        }
        let next = nextColumn &* PathSearch.side &+ nextRow
        guard search.level[next] == .min else { continue }
        let x = startX &+ nextColumn &- PathSearch.radius, z = startZ &+ nextRow &- PathSearch.radius
        let from = startY &+ Int(search.level[place])
        guard let floor = scene.floor(x, z, from: from, clearance: clearance) else { continue }
        search.level[next] = Int8(truncatingIfNeeded: floor &- startY)
        search.entered[next] = direction
        search.queue[search.end] = UInt16(next)
        search.end &+= 1
        if remaining(next) < bestRemaining {
          bestRemaining = remaining(next)
          best = next
        }
      }
    }
    creature.path = 0
    var count = 0
    while best != start {
      let direction = search.entered[best]
      creature.path = creature.path &<< 2 | UInt64(direction)
      count &+= 1
      best &-= stepX(direction) &* PathSearch.side &+ stepZ(direction)
    }
    creature.pathCount = 0
    guard count > 0 else { return }
    creature.goalX = Int16(startX)
    creature.goalZ = Int16(startZ)
    creature.pathCount = UInt8(min(32, count)) &+ 1
    // Time enough for each step, at the pace of the slowest.
    creature.taskTicks = Int16(min(32, count) &* 16 &+ 20)
    creature.takeStep()
  }
}

extension Creature {
  /// Goes on to the next step of its path, whose column becomes its goal.
  mutating func takeStep() {
    pathCount &-= 1
    guard pathCount > 0 else { return }
    let direction = UInt8(truncatingIfNeeded: path & 3)
    path &>>= 2
    goalX &+= Int16(truncatingIfNeeded: stepX(direction))
    goalZ &+= Int16(truncatingIfNeeded: stepZ(direction))
  }
}

extension CreatureScene {
  /// The level on which a creature stands that steps into a column from a level beside it; nil where it cannot or should
  /// not: a wall of two blocks, a fence, a deep fall, lava, cactus.
  func floor(_ x: Int, _ z: Int, from level: Int, clearance: Int) -> Int? {
    var level = level
    let here = view[x, level, z]
    var height = traits[here].height
    if here == .cactus || traits[here].isLava { return nil }
    if height > 0.5 {
      guard height <= 1 else { return nil }
      level &+= 1
      height = 0
    }
    for above in (height > 0 ? 1 : 0)..<clearance where traits[view[x, level &+ above, z]].height > 0 {
      return nil
    }
    if height > 0 { return level }
    for _ in 0...CreaturePhysics.safeFall {
      let below = view[x, level &- 1, z]
      if below == .cactus || traits[below].isLava { return nil }
      if traits[below].height > 0 || traits[below].isWater { return level }
      level &-= 1
    }
    return nil
  }
}
