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

  /// A world of walls, without an episode.
  public init(_ rules: GridRules) {}

  /// Restarts the random stream, as Gymnasium's `reset(seed=seed)` does before it starts an episode.
  public mutating func seed(_ seed: UInt64, _ rules: GridRules) {
    random = NumPyGenerator(seed: seed)
  }

  /// Starts an episode of the task; what it draws continues the random stream.
  public mutating func reset(_ rules: GridRules) {
    for y in 0..<rules.task.height { fill(Area(0, y, rules.task.width, 1), with: .empty) }
    agent = .nowhere
    carrying = .empty
    steps = 0
    rules.task.generate(&self, rules)
  }

  /// Takes one step. An episode that has ended goes on as in the Python package, which does not forbid it.
  @inline(__always)
  public mutating func step(_ action: Int, _ rules: GridRules) -> Transition {
    let action = GridAction(rawValue: action)!
    steps &+= 1
    var transition =
      rules.rule == .standard ? act(action, rules) : actSpecially(action, rules)
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

  /// The end of a task that was done.
  func success(_ rules: GridRules) -> Transition { Transition(reward: reward(rules), terminated: true) }

  /// What an action does and leads to in every task.
  @inline(__always)
  mutating func act(_ action: GridAction, _ rules: GridRules) -> Transition {
    let front = front, cell = self[front]
    switch action {
    case .left: direction = direction.turned(by: 3)
    case .right: direction = direction.turned(by: 1)
    case .forward:
      guard cell.isWalkable else { break }
      agent = front
      if cell == .goal { return success(rules) }
      if cell == .lava { return Transition(terminated: true) }
    case .pickup:
      guard cell.isPortable && carrying == .empty else { break }
      carrying = cell
      self[front] = .empty
    case .drop:
      guard cell == .empty && carrying != .empty else { break }
      self[front] = carrying
      carrying = .empty
    case .toggle: self[front] = cell.toggled(with: carrying)
    case .done: break
    }
    return Transition()
  }

  /// The same under a family's own rule.
  @inline(never)
  mutating func actSpecially(_ action: GridAction, _ rules: GridRules) -> Transition {
    switch rules.rule {
    case .standard: act(action, rules)
    case .unlock: actInUnlock(action, rules)
    case .pickUp: actInPickUp(action, rules)
    case .fetch: actInFetch(action, rules)
    case .goTo: actInGoTo(action, rules)
    case .putNear: actInPutNear(action, rules)
    case .memory: actInMemory(action, rules)
    case .redBlueDoors: actInRedBlueDoors(action, rules)
    case .dynamicObstacles: actAmongObstacles(action, rules)
    }
  }
}

/// What an agent can do, numbered as in MiniGrid.
public enum GridAction: Int, Sendable, CaseIterable {
  /// A quarter turn.
  case left, right
  /// A step to the cell in front, if it can be entered.
  case forward
  /// Takes the object in front, if the hands are free.
  case pickup
  /// Puts what is carried on the cell in front, if that is empty.
  case drop
  /// Opens or closes the door in front, or breaks up the box there.
  case toggle
  /// Does nothing; some tasks ask for it when they are done.
  case done
}
