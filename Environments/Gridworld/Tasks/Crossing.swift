import KnackNumerics

/// Walls or rivers of lava across a room, each with one opening: find the way to the opposite corner.
let crossingTasks: [GridTask] = [Cell.lava, .wall].flatMap { obstacle in
  [(9, 1), (9, 2), (9, 3), (11, 5)].map { crossing(obstacle, size: $0, count: $1) }
}

private func crossing(_ obstacle: Cell, size: Int, count: Int) -> GridTask {
  let isLava = obstacle == .lava
  return GridTask(
    id: "MiniGrid-\(isLava ? "Lava" : "Simple")CrossingS\(size)N\(count)-v0",
    summary: "Reach the opposite corner through the openings in \(isLava ? "rivers of lava" : "walls").",
    width: size, height: size, stepLimit: 4 * size * size,
    mission: { _ in "\(isLava ? "avoid the lava" : "find the opening") and get to the green goal square" },
    generate: { world, rules in
      world.wallAround(rules)
      world.putAgent(1, 1)
      world[Position(size - 2, size - 2)] = .goal

      // The rivers that could be: those from top to bottom, then those from side to side, by their even coordinates.
      let places = (size - 3) / 2
      var order = InlineArray<8, UInt8> { UInt8($0) }
      world.shuffle(&order, 2 * places)
      var vertical = Rivers(edge: size - 1), horizontal = Rivers(edge: size - 1)
      for i in 0..<count {
        let river = Int(order[i])
        if river < places { vertical.add(2 + 2 * river) } else { horizontal.add(2 + 2 * (river - places)) }
      }
      for i in 0..<horizontal.count { world.fill(Area(1, horizontal[i + 1], size - 2, 1), with: obstacle) }
      for i in 0..<vertical.count { world.fill(Area(vertical[i + 1], 1, 1, size - 2), with: obstacle) }

      // A path crosses every river once, in a drawn order; each crossing is an opening in the part of the river that
      // borders the room where the path stands.
      var path = InlineArray<8, UInt8> { $0 < vertical.count ? 1 : 0 }  // 1 crosses the next vertical river
      world.shuffle(&path, count)
      var column = 0, row = 0
      for i in 0..<count {
        if path[i] == 1 {
          let y = world.draw(horizontal[row] + 1, horizontal[row + 1])
          world[Position(vertical[column + 1], y)] = .empty
          column += 1
        } else {
          let x = world.draw(vertical[column] + 1, vertical[column + 1])
          world[Position(x, horizontal[row + 1])] = .empty
          row += 1
        }
      }
    })
}

/// The coordinates of parallel rivers in ascending order, between those of the two outer walls.
private struct Rivers {
  private var coordinates = InlineArray<8, Int>(repeating: 0)
  private(set) var count = 0

  init(edge: Int) { coordinates[1] = edge }

  /// 0 is the first wall, 1 to `count` are the rivers, `count + 1` is the last wall.
  subscript(i: Int) -> Int { coordinates[i] }

  mutating func add(_ coordinate: Int) {
    count += 1
    var i = count + 1
    while coordinates[i - 1] > coordinate {
      coordinates[i] = coordinates[i - 1]
      i -= 1
    }
    coordinates[i] = coordinate
  }
}

extension GridWorld {
  /// Shuffles the first `count` entries as NumPy shuffles a list.
  fileprivate mutating func shuffle(_ list: inout InlineArray<8, UInt8>, _ count: Int) {
    for i in stride(from: count - 1, to: 0, by: -1) { list.swapAt(i, random.interval(i)) }
  }
}
