import KnackEnvironment
import KnackNumerics

/// MiniGrid's world, seed for seed and step for step as the Python package `minigrid` 3.2.0 plays it.
///
/// One plain value holds everything: the map, the agent, what it carries, the episode's mission and the random stream,
/// which is NumPy's own. What the tasks share is here and in the extensions beside this file; what makes a task is in
/// `Tasks/`.
public struct GridWorld: World {
  /// The world's random stream, which all episodes draw from in turn.
  public internal(set) var random = NumPyGenerator(seed: 0)
  /// The map with its margin; see ``Position``.
  var cells = InlineArray<1280, UInt8>(repeating: Cell.wall.rawValue)
  /// Where the agent stands.
  public internal(set) var agent = Position.nowhere
  /// Where it faces.
  public internal(set) var direction = Direction.right
  /// What it carries; ``Cell/empty`` where its hands are free.
  public internal(set) var carrying = Cell.empty
  /// Steps since the episode's start.
  public internal(set) var steps: Int32 = 0
  /// What is asked for in this episode.
  public internal(set) var mission = Mission()

  // What some tasks remember between a reset and the steps after it.
  var target = Position.nowhere
  var second = Position.nowhere
  var wanted = Cell.empty
  var obstacles = InlineArray<8, Position>(repeating: .nowhere)

  /// The actions' names, in the order of their numbers.
  static let actions = ["left", "right", "forward", "pickup", "drop", "toggle", "done"]

  public init(_ rules: GridRules) {}

  public mutating func seed(_ seed: UInt64, _ rules: GridRules) {
    random = NumPyGenerator(seed: seed)
  }

  public mutating func reset(_ rules: GridRules) {
    for y in 0..<rules.task.height { fill(Area(0, y, rules.task.width, 1), with: .empty) }
    agent = .nowhere
    carrying = .empty
    steps = 0
    rules.task.generate(&self, rules)
  }

  @inline(__always)
  public mutating func step(_ action: Int, _ rules: GridRules) -> Transition {
    steps &+= 1
    var transition =
      rules.rule == .standard ? act(action, rules) : act(action, under: rules.rule, rules)
    transition.truncated = steps >= rules.stepLimit
    return transition
  }

  /// What lies on a cell.
  subscript(position: Position) -> Cell {
    @inline(__always) get { Cell(rawValue: cells[unchecked: Int(position.index)]) }
    @inline(__always) set { cells[unchecked: Int(position.index)] = newValue.rawValue }
  }

  /// The cell that the agent faces.
  var front: Position {
    @inline(__always) get { agent.neighbor(direction) }
  }

  /// MiniGrid's reward for success after as many steps as were taken, in double precision as Python computes it.
  func reward(_ rules: GridRules) -> Double {
    1 - 0.9 * (Double(steps) / Double(rules.stepLimit))
  }

  /// The seven actions and what they lead to in every task.
  @inline(__always)
  mutating func act(_ action: Int, _ rules: GridRules) -> Transition {
    let front = front, cell = self[front]
    switch action {
    case 0: direction = direction.turned(by: 3)
    case 1: direction = direction.turned(by: 1)
    case 2:
      guard cell.isWalkable else { break }
      agent = front
      if cell == .goal { return Transition(reward: reward(rules), terminated: true) }
      if cell == .lava { return Transition(terminated: true) }
    case 3:
      guard cell.isPortable && carrying == .empty else { break }
      carrying = cell
      self[front] = .empty
    case 4:
      guard cell == .empty && carrying != .empty else { break }
      self[front] = carrying
      carrying = .empty
    case 5: self[front] = cell.toggled(with: carrying)
    default: break
    }
    return Transition()
  }

  /// The same under a family's own rule.
  @inline(never)
  mutating func act(_ action: Int, under rule: StepRule, _ rules: GridRules) -> Transition {
    switch rule {
    case .standard: act(action, rules)
    default: act(action, rules)
    }
  }
}
