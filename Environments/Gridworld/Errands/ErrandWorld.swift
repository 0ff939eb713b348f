import KnackEnvironment
import KnackNumerics

/// A small map that is walked by compass, with things on it that are wanted one after the other.
///
/// Two families are made of it, which differ in how a map comes about and in whether things are picked up or reached: mazes
/// (see ``ErrandRules/maze(_:reach:stepLimit:)``), and the grid of the paper on learning options by compression (see
/// ``ErrandRules/pickUp(_:reach:)``).
///
/// Columns are x, to the right; rows are y, **upwards**, so that `up` adds one.
public struct ErrandWorld: ExpertWorld {
  /// Cells between two rows of the store; also the widest and the highest map.
  static let side = 32
  /// What lies on a cell: nothing, a wall, or things of kinds that are numbered from here on.
  static let floor: UInt8 = 0, wall: UInt8 = 1, firstThing: UInt8 = 2

  /// The random stream, NumPy's legacy one.
  var random = NumPyRandomState(seed: 0)
  /// By row, then column.
  var cells = InlineArray<1024, UInt8>(repeating: wall)
  /// Where the player stands.
  public internal(set) var x: Int32 = 0, y: Int32 = 0
  /// Steps since the episode began, and errands done in it.
  public internal(set) var steps: Int32 = 0, done: Int32 = 0
  /// The kinds of thing that are wanted, in their order.
  var wanted = InlineArray<8, UInt8>(repeating: 0)
  /// What an episode of ``PickUp`` begins with, and how many have begun since the world was seeded.
  var layout = PickUp.Layout(), episodes: Int32 = 0

  /// A world of walls.
  public init(_ rules: ErrandRules) {}

  /// Restarts the random stream, as `RandomState(seed)` does.
  public mutating func seed(_ seed: UInt64, _ rules: ErrandRules) {
    random = NumPyRandomState(seed: UInt32(truncatingIfNeeded: seed))
    cells = InlineArray(repeating: Self.floor)
    episodes = 0
    if case .pickUp(let task) = rules.family { task.lay(&self) }
  }

  /// Starts an episode.
  public mutating func reset(_ rules: ErrandRules) {
    steps = 0
    done = 0
    switch rules.family {
    case .maze(let maze): maze.begin(&self)
    case .pickUp(let task): task.begin(&self)
    }
  }

  /// Takes one step: a walk into a wall leads nowhere.
  @inline(__always)
  public mutating func step(_ action: Int, _ rules: ErrandRules) -> Transition {
    steps &+= 1
    var transition = Transition(truncated: steps >= rules.stepLimit)
    if action < 4 {
      let (across, up) = Self.move(action)
      if self[Int(x &+ across), Int(y &+ up)] != Self.wall { (x, y) = (x &+ across, y &+ up) }
      if !rules.picksUp && self[Int(x), Int(y)] == Self.firstThing {
        transition.reward = 1
        transition.terminated = true
      }
      return transition
    }
    // Whatever lies there is gone, also what is not wanted.
    let thing = self[Int(x), Int(y)]
    self[Int(x), Int(y)] = Self.floor
    if thing >= Self.firstThing && thing == wanted[Int(done)] {
      done &+= 1
      transition.terminated = done == rules.errands
      if rules.rewardsEach || transition.terminated { transition.reward = 1 }
    }
    return transition
  }

  /// What the actions left, up, right and down add to x and y.
  @inline(__always)
  static func move(_ action: Int) -> (Int32, Int32) {
    switch action {
    case 0: (-1, 0)
    case 1: (0, 1)
    case 2: (1, 0)
    default: (0, -1)
    }
  }

  /// What lies on a cell; a wall outside the map.
  subscript(x: Int, y: Int) -> UInt8 {
    @inline(__always) get {
      guard UInt(bitPattern: x) < UInt(Self.side), UInt(bitPattern: y) < UInt(Self.side) else {
        return Self.wall
      }
      return cells[unchecked: y &* Self.side &+ x]
    }
    @inline(__always) set { cells[y &* Self.side &+ x] = newValue }
  }

  /// The kind of thing that is wanted now; 0 where nothing is any more.
  func wantedNow(_ rules: ErrandRules) -> UInt8 { done < rules.errands ? wanted[Int(done)] : 0 }

  /// Whether a saved world can be stepped.
  public static func accepts(_ bytes: UnsafeRawPointer, _ rules: ErrandRules) -> Bool {
    let world = bytes.assumingMemoryBound(to: Self.self).pointee
    let inside = 0..<Int32(side), things = Int(firstThing) + rules.kinds
    return inside.contains(world.x) && inside.contains(world.y) && world.done >= 0
      && world.done <= rules.errands && world.steps >= 0 && world.random.isValid
      && world.cells.indices.allSatisfy { Int(world.cells[$0]) < things }
      && world.wanted.indices.allSatisfy { Int(world.wanted[$0]) < things } && world.layout.isValid(rules)
  }
}

// MARK: - What is seen

extension ErrandWorld {
  /// Facts that a planner could read.
  static let facts = ["errands_done", "solved"]

  /// See ``ErrandRules``.
  public func writeFacts(_ rules: ErrandRules, into facts: UnsafeMutablePointer<Int32>) {
    let isThere = !rules.picksUp && self[Int(x), Int(y)] == Self.firstThing
    (facts[0], facts[1]) = (isThere ? 1 : done, isThere || done == rules.errands ? 1 : 0)
  }

  /// The map, or the part of it that the player is in the middle of; where the player stands; and what is wanted.
  @inline(__always)
  public mutating func observe(_ rules: ErrandRules, into observation: UnsafeMutablePointer<UInt8>) {
    var next = observation
    if let reach = rules.reach {
      for up in -reach...reach {
        for across in -reach...reach {
          next.pointee = self[Int(x) &+ across, Int(y) &+ up]
          next += 1
        }
      }
    } else {
      for row in 0..<rules.height {
        for column in 0..<rules.width {
          next.pointee = self[column, row]
          next += 1
        }
      }
    }
    (next[0], next[1]) = (UInt8(truncatingIfNeeded: x), UInt8(truncatingIfNeeded: y))
    if rules.picksUp { next[2] = max(wantedNow(rules), Self.firstThing) &- Self.firstThing }
  }

  /// The map with its things, the player's place and what is wanted.
  public func traceOfStep(_ rules: ErrandRules) -> [TraceField] {
    var map: [Int] = []
    for row in 0..<rules.height { for column in 0..<rules.width { map.append(Int(self[column, row])) } }
    return [
      TraceField("map", .integers(map)), TraceField("place", .integers([Int(x), Int(y)])),
      TraceField("wanted", .integer(Int(max(wantedNow(rules), Self.firstThing) - Self.firstThing))),
    ]
  }

  /// See ``traceOfStep(_:)``.
  public func traceOfReset(_ rules: ErrandRules) -> [TraceField] { traceOfStep(rules) }
}

// MARK: - The expert

extension ErrandWorld {
  /// The expert keeps nothing in mind.
  public struct ExpertMemory: BitwiseCopyable {}

  /// There is nothing in it.
  public static func acceptsMemory(_ bytes: UnsafeRawPointer, _ rules: ErrandRules) -> Bool { true }

  /// A step of a shortest way to the nearest thing of the kind that is wanted; picks it up where it lies.
  ///
  /// - Complexity: O(cells).
  public mutating func expertAction(_ rules: ErrandRules, _ memory: inout ExpertMemory) -> Int {
    let wanted = wantedNow(rules), here = Int(y) * Self.side + Int(x)
    if cells[here] == wanted { return rules.picksUp ? 4 : 0 }
    // Backwards from here: by cell, the first action on the way there, and 1 more than it; 0 where nobody has come.
    var first = InlineArray<1024, UInt8>(repeating: 0), queue = InlineArray<1024, Int16>(repeating: 0)
    var head = 0, tail = 1
    queue[0] = Int16(here)
    first[here] = 5
    while head < tail {
      let cell = Int(queue[head])
      head += 1
      if cells[cell] == wanted { return Int(first[cell]) - 1 }
      for action in 0..<4 {
        let (across, up) = Self.move(action)
        let column = cell % Self.side + Int(across), row = cell / Self.side + Int(up)
        guard self[column, row] != Self.wall, first[row * Self.side + column] == 0 else { continue }
        first[row * Self.side + column] = cell == here ? UInt8(action + 1) : first[cell]
        queue[tail] = Int16(row * Self.side + column)
        tail += 1
      }
    }
    return 0
  }
}
