import KnackEnvironment
import KnackNumerics

/// Where mazes come from: a map that is always the same, or a new one for each episode.
enum Maze: Sendable {
  case map(MazeMap)
  /// Straight corridors between crossings that lie four cells apart, five by five of them, as a random tree with a few more
  /// ways; start and goal are any two crossings.
  case random

  static let crossings = 5, spacing = 4

  /// Columns and rows.
  var size: (Int, Int) {
    switch self {
    case .map(let map): (map.width, map.height)
    case .random: (Self.spacing * (Self.crossings - 1) + 3, Self.spacing * (Self.crossings - 1) + 3)
    }
  }

  /// Lays the map out and puts the player at its start.
  func begin(_ world: inout ErrandWorld) {
    world.cells = InlineArray(repeating: ErrandWorld.wall)
    world.wanted[0] = ErrandWorld.firstThing
    switch self {
    case .map(let map):
      for row in 0..<map.height {
        for column in 0..<map.width { world[column, row] = map.cells[row * map.width + column] }
      }
      (world.x, world.y) = (Int32(map.start.x), Int32(map.start.y))
    case .random: dig(&world)
    }
  }

  /// Digs a random tree, each crossing from the last one that still has a neighbour without a way (a depth-first search), then one
  /// in ten of the walls that are left between neighbours.
  private func dig(_ world: inout ErrandWorld) {
    let count = Self.crossings * Self.crossings
    var isDug = InlineArray<25, Bool>(repeating: false), stack = InlineArray<25, Int8>(repeating: 0)
    var depth = 1, crossing = world.random.choice(count)
    stack[0] = Int8(crossing)
    isDug[crossing] = true
    while depth > 0 {
      crossing = Int(stack[depth - 1])
      var free = InlineArray<4, Int8>(repeating: 0), choices = 0
      for way in 0..<4 {
        if let other = Self.neighbor(crossing, way), !isDug[other] {
          free[choices] = Int8(way)
          choices += 1
        }
      }
      guard choices > 0 else {
        depth -= 1
        continue
      }
      let way = Int(free[world.random.choice(choices)]), other = Self.neighbor(crossing, way)!
      Self.dig(&world, crossing, way)
      isDug[other] = true
      stack[depth] = Int8(other)
      depth += 1
    }
    for crossing in 0..<count {
      for way in 1...2 where Self.neighbor(crossing, way) != nil && world.random.choice(10) == 0 {
        Self.dig(&world, crossing, way)
      }
    }
    let start = world.random.choice(count)
    let goal = (start + 1 + world.random.choice(count - 1)) % count
    (world.x, world.y) = (Int32(Self.place(start).0), Int32(Self.place(start).1))
    world[Self.place(goal).0, Self.place(goal).1] = ErrandWorld.firstThing
  }

  private static func place(_ crossing: Int) -> (Int, Int) {
    (1 + spacing * (crossing % crossings), 1 + spacing * (crossing / crossings))
  }

  /// The next crossing that a way, one of the four moves, leads to.
  private static func neighbor(_ crossing: Int, _ way: Int) -> Int? {
    let (across, up) = ErrandWorld.move(way)
    let column = crossing % crossings + Int(across), row = crossing / crossings + Int(up)
    guard (0..<crossings).contains(column), (0..<crossings).contains(row) else { return nil }
    return row * crossings + column
  }

  private static func dig(_ world: inout ErrandWorld, _ crossing: Int, _ way: Int) {
    let (x, y) = place(crossing), (across, up) = ErrandWorld.move(way)
    for i in 0...spacing { world[x + i * Int(across), y + i * Int(up)] = ErrandWorld.floor }
  }
}

/// A maze that somebody has drawn.
///
/// The text has one line a row, the highest first, and one character a cell; lines that begin with `;` are remarks:
///
///     # wall    . floor    @ start    * goal
struct MazeMap: Sendable, Equatable {
  /// Columns and rows.
  let width: Int, height: Int
  /// By row from below, then column.
  let cells: [UInt8]
  let start: (x: Int, y: Int)

  static func == (a: Self, b: Self) -> Bool { a.cells == b.cells && a.start == b.start && a.width == b.width }

  /// Reads a map.
  ///
  /// - Throws: ``EnvironmentError/wrongFile(_:)`` with file, line and column.
  init(text: String, name: String) throws(EnvironmentError) {
    let largest = ErrandWorld.side - 1
    guard text.utf8.count <= 1 << 16 else {
      throw .wrongFile("\(name) is longer than \(1 << 16) bytes, which no maze needs to be.")
    }
    var rows: [(line: Int, cells: [Character])] = []
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    where !line.hasPrefix(";") && !line.allSatisfy(\.isWhitespace) {
      rows.append((number + 1, Array(line)))
    }
    let width = rows.first?.cells.count ?? 0
    guard (1...largest).contains(rows.count), width <= largest else {
      throw .wrongFile(
        "\(name): a maze has 1 to \(largest) rows of at most \(largest) cells, not \(rows.count) of \(width)."
      )
    }
    var cells = [UInt8](repeating: ErrandWorld.wall, count: width * rows.count)
    var starts: [(x: Int, y: Int)] = [], goals = 0
    for (row, (line, characters)) in rows.enumerated() {
      guard characters.count == width else {
        throw .wrongFile(
          "\(name):\(line): this row has \(characters.count) cells and the first \(width); make them equal.")
      }
      for (column, character) in characters.enumerated() {
        let y = rows.count - 1 - row
        let isEdge = column == 0 || column == width - 1 || row == 0 || row == rows.count - 1
        switch character {
        case "#": continue
        case ".", "@", "*":
          cells[y * width + column] = character == "*" ? ErrandWorld.firstThing : ErrandWorld.floor
        default:
          throw .wrongFile(
            "\(name):\(line):\(column + 1): '\(character)' means nothing; write # for a wall, . for floor, @ for the start, "
              + "* for a goal.")
        }
        guard !isEdge else {
          throw .wrongFile("\(name):\(line):\(column + 1): the edge of a maze is walls (#).")
        }
        if character == "@" { starts.append((column, y)) }
        if character == "*" { goals += 1 }
      }
    }
    guard starts.count == 1, goals > 0 else {
      throw .wrongFile(
        "\(name) has \(starts.count) starts (@) and \(goals) goals (*); a maze has one start, and a goal at least."
      )
    }
    (self.width, self.height, self.cells, start) = (width, rows.count, cells, starts[0])
  }
}
