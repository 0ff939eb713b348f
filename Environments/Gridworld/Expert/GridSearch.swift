/// The shortest way of an agent that turns, walks and opens doors, over a map that it knows.
///
/// Its states are a cell, where the agent looks, and whether it has just opened the door before it: opening takes a step, which is how a
/// closed door costs one more than an open one.
enum GridSearch {
  /// What may be passed beside what is free.
  enum Passing {
    /// Closed doors, and locked ones whose key is carried.
    case whatOpens
    /// All doors.
    case allDoors
    /// All doors, and what lies about where there is no way around it.
    case allButWalls
  }

  /// A way to a state that was looked for.
  struct Way {
    /// The first step; nil where the agent is there already.
    var action: GridAction?
    /// The first cell on the way that could not be passed as things are; nil for none.
    var blocker: Position?
  }

  /// A map's cells in the store, and one state each for where the agent looks and whether it has opened what is before it.
  private static let cells = 1280, states = 8 * cells

  /// The nearest state in which an agent stands at a place and faces another, by the number of its steps; nil where it can come to none.
  ///
  /// - Parameters:
  ///   - block: a cell that is not entered, whatever lies there.
  ///   - isGoal: called with where the agent would stand, and what it would face.
  /// - Complexity: O(cells).
  static func nearest(
    _ world: GridWorld, _ passing: Passing, block: Position = .nowhere,
    isGoal: (_ agent: Position, _ front: Position) -> Bool
  ) -> Way? {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 3 * states) { memory -> Way? in
      // For each state the one that it was first reached from, and those reached, in their order. What can be reached only over something
      // that lies about waits until all else has been; until then its origin is noted below -1.
      let from = memory.baseAddress!, queue = from + states, waiting = queue + states
      from.update(repeating: -1, count: states)
      let start = number(world.agent, world.direction, opened: false)
      var head = 0, tail = 0, waits = 0
      func reach(_ state: Int, _ origin: Int) {
        guard from[state] < 0 else { return }
        from[state] = Int32(origin)
        queue[tail] = Int32(state)
        tail += 1
      }
      reach(start, start)
      while head < tail || waits > 0 {
        if head == tail {
          for i in 0..<waits where from[Int(waiting[i])] < -1 {
            reach(Int(waiting[i]), Int(-2 - from[Int(waiting[i])]))
          }
          waits = 0
          continue
        }
        let state = Int(queue[head]), here = place(state), looks = direction(state)
        head += 1
        let front = here.neighbor(looks), cell = world[front]
        if state & 1 == 0 {
          if isGoal(here, front) { return trace(world, from, start, state) }
          reach(number(here, looks.turned(by: 3), opened: false), state)
          reach(number(here, looks.turned(by: 1), opened: false), state)
        }
        guard front != block, cell != .lava, cell != .wall else { continue }
        let entered = number(front, looks, opened: false)
        if cell.isWalkable || state & 1 == 1 {
          reach(entered, state)
        } else if cell.isDoor {
          guard passing != .whatOpens || cell.toggled(with: world.carrying) != cell else { continue }
          reach(number(here, looks, opened: true), state)
        } else if passing == .allButWalls && from[entered] == -1 {
          from[entered] = Int32(-2 - state)
          waiting[waits] = Int32(entered)
          waits += 1
        }
      }
      return nil
    }
  }

  // A state as a number: place, look, and whether the door is open that it faces.

  private static func number(_ place: Position, _ direction: Direction, opened: Bool) -> Int {
    Int(place.index) << 3 | Int(direction.rawValue) << 1 | (opened ? 1 : 0)
  }

  private static func place(_ state: Int) -> Position { Position(index: Int32(state >> 3)) }

  private static func direction(_ state: Int) -> Direction { Direction(rawValue: UInt8(state >> 1 & 3))! }

  /// Goes back from a state to the first step that leads there.
  private static func trace(
    _ world: GridWorld, _ from: UnsafePointer<Int32>, _ start: Int, _ end: Int
  ) -> Way {
    var way = Way()
    var state = end
    while state != start {
      let before = Int(from[state]), cell = world[place(state)]
      if place(state) != place(before) {
        let isFree = cell.isWalkable || (cell.isDoor && cell.toggled(with: world.carrying) != cell)
        if !isFree { way.blocker = place(state) }
        way.action = .forward
      } else if state & 1 == 1 {
        way.action = .toggle
      } else {
        way.action = direction(state) == direction(before).turned(by: 1) ? .right : .left
      }
      state = before
    }
    return way
  }
}
