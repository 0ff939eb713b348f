import KnackEnvironment

/// The expert of MiniGrid's worlds, which sees the whole map: it walks shortest ways, fetches the key of a door that is in the way,
/// takes what lies in the way aside, and empties its hands where that bars nothing.
///
/// It goes from what is asked for back to what can be done now: each thing in the way makes a wish of its own, until one can be fulfilled.
/// Among moving obstacles it would need luck, so that family has no expert.
extension GridWorld: ExpertWorld {
  /// The expert keeps nothing in mind.
  public struct ExpertMemory: BitwiseCopyable {}

  /// There is nothing in it.
  public static func acceptsMemory(_ bytes: UnsafeRawPointer, _ rules: GridRules) -> Bool { true }

  /// The next step towards what the mission asks for; doing nothing where the expert knows none.
  ///
  /// - Complexity: O(cells of the map) for each thing that is in the way.
  public mutating func expertAction(_ rules: GridRules, _ memory: inout ExpertMemory) -> Int {
    (action(for: aim(rules)) ?? .done).rawValue
  }

  /// Something that the expert wants to bring about.
  private enum Wish {
    /// To stand on a cell like this, or at a place.
    case standOn(Cell), standAt(Position)
    /// To do something to what lies at a place, or to some object that looks so.
    case act(GridAction, at: Position), take(Cell)
    /// To put down what is carried, beside a place or where it bars nothing that is wished for.
    case putDown(beside: Position?)
    /// To be next to a place, and say so.
    case sayDone(beside: Position)
  }

  /// What the mission asks for, as things are.
  private func aim(_ rules: GridRules) -> Wish {
    switch rules.rule {
    case .standard, .dynamicObstacles: .standOn(.goal)
    case .memory: .standAt(target)
    case .unlock: .act(.toggle, at: target)
    case .pickUp, .fetch: .take(wanted)
    case .goTo: .sayDone(beside: target)
    case .redBlueDoors: .act(.toggle, at: self[target].doorState == .open ? second : target)
    case .putNear: carrying == wanted ? .putDown(beside: target) : .take(wanted)
    }
  }

  /// The next step towards a wish; nil where there is none.
  private func action(for aim: Wish) -> GridAction? {
    var wish = aim
    for _ in 0..<6 {
      func way(_ world: GridWorld, _ passing: GridSearch.Passing) -> GridSearch.Way? {
        GridSearch.nearest(world, passing) { fulfils(wish, $0, $1) }
      }
      if case .act(.toggle, let place) = wish, self[place].doorState == .locked,
        carrying != key(of: self[place])
      {
        wish = .take(key(of: self[place]))
        continue
      }
      // What is carried is kept as long as it opens the way.
      if last(of: wish) == .pickup && carrying != .empty && way(withFreeHands, .whatOpens) != nil {
        return clearHands(aim)
      }
      if let way = way(self, .whatOpens) { return way.action ?? last(of: wish) }
      // What is in the way is to be removed first.
      guard let blocker = (way(self, .allDoors) ?? way(self, .allButWalls))?.blocker else { return nil }
      wish = self[blocker].isDoor ? .take(key(of: self[blocker])) : .act(.pickup, at: blocker)
    }
    return nil
  }

  /// The same world, with nothing in the agent's hands.
  private var withFreeHands: GridWorld {
    var world = self
    world.carrying = .empty
    return world
  }

  /// Whether a wish is fulfilled, or can be by its last action, where the agent stands and faces.
  private func fulfils(_ wish: Wish, _ agent: Position, _ front: Position) -> Bool {
    switch wish {
    case .standOn(let cell): self[agent] == cell
    case .standAt(let place): agent == place
    case .act(_, let place): front == place
    case .take(let object): self[front] == object
    case .putDown(let place):
      self[front] == .empty && (place.map { front.chebyshevDistance(to: $0) <= 1 } ?? true)
    case .sayDone(let place): agent.manhattanDistance(to: place) == 1
    }
  }

  /// The action that fulfils a wish in the end.
  private func last(of wish: Wish) -> GridAction? {
    switch wish {
    case .standOn, .standAt: nil
    case .act(let action, _): action
    case .take: .pickup
    case .putDown: .drop
    case .sayDone: .done
    }
  }

  /// The key of a locked door.
  private func key(of door: Cell) -> Cell { .key(door.color ?? .red) }

  /// The way to the nearest place where what is carried would not be in the way of what is aimed at, as far as doors can be
  /// opened later; or, failing that, anywhere.
  private func clearHands(_ aim: Wish) -> GridAction? {
    let world = withFreeHands
    func isInReach(_ passing: GridSearch.Passing, block: Position = .nowhere) -> Bool {
      GridSearch.nearest(world, passing, block: block) { fulfils(aim, $0, $1) } != nil
    }
    let passing = [GridSearch.Passing.allDoors, .allButWalls].first { isInReach($0) }
    func isClear(_ front: Position) -> Bool { passing.map { isInReach($0, block: front) } ?? true }
    let wish = Wish.putDown(beside: nil)
    let way =
      GridSearch.nearest(self, .whatOpens) { fulfils(wish, $0, $1) && isClear($1) }
      ?? GridSearch.nearest(self, .whatOpens) { fulfils(wish, $0, $1) }
    return way.map { $0.action ?? .drop }
  }
}
