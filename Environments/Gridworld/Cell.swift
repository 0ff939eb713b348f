/// What lies on one cell of the map: a code of one byte for each (type, color, state) that MiniGrid can show.
///
/// | codes | content | MiniGrid's triple |
/// |---|---|---|
/// | 0 | unseen, only in observations | (0, 0, 0) |
/// | 1 | empty | (1, 0, 0) |
/// | 2 | goal, green | (8, 1, 0) |
/// | 3 | lava | (9, 0, 0) |
/// | 4 – 9 | key, by color | (5, color, 0) |
/// | 10 – 15 | ball, by color | (6, color, 0) |
/// | 16 – 21 | box, by color | (7, color, 0) |
/// | 22 – 27 | open door, by color | (4, color, 0) |
/// | 28 – 33 | closed door, by color | (4, color, 1) |
/// | 34 – 39 | locked door, by color | (4, color, 2) |
/// | 40 | wall, grey | (2, 5, 0) |
///
/// The order makes the engine's questions comparisons: objects that can be carried are neighbours, and everything
/// from the closed doors on hides what is behind it. Trained weights depend on it.
public struct Cell: RawRepresentable, Equatable, BitwiseCopyable, Sendable {
  /// The code.
  public var rawValue: UInt8

  /// The cell with this code, which must be below ``count``.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The number of codes.
  public static let count = 41

  /// Hidden from the agent's view.
  public static let unseen = Cell(rawValue: 0)
  /// Nothing; also what an agent with free hands carries.
  public static let empty = Cell(rawValue: 1)
  /// The green square.
  public static let goal = Cell(rawValue: 2)
  /// Ends the episode of an agent that steps on it.
  public static let lava = Cell(rawValue: 3)
  /// A grey wall; also everything outside the map.
  public static let wall = Cell(rawValue: 40)
  /// The first of the cells that hide what is behind them.
  static let firstOpaque: UInt8 = 28

  /// An object on the floor or in the agent's hands.
  public static func object(_ kind: ObjectKind, _ color: Color) -> Cell {
    switch kind {
    case .key: Cell(rawValue: 4 &+ color.rawValue)
    case .ball: Cell(rawValue: 10 &+ color.rawValue)
    case .box: Cell(rawValue: 16 &+ color.rawValue)
    case .door: Cell(rawValue: 28 &+ color.rawValue)
    }
  }

  /// A key.
  public static func key(_ color: Color) -> Cell { object(.key, color) }
  /// A ball.
  public static func ball(_ color: Color) -> Cell { object(.ball, color) }
  /// A door.
  public static func door(_ color: Color, _ state: DoorState) -> Cell {
    Cell(rawValue: 22 &+ 6 &* state.rawValue &+ color.rawValue)
  }

  /// Whether this is a key, a ball or a box.
  public var isPortable: Bool { rawValue &- 4 < 18 }
  /// Whether this is a key.
  public var isKey: Bool { rawValue &- 4 < 6 }
  /// Whether this is a ball.
  public var isBall: Bool { rawValue &- 10 < 6 }
  /// Whether this is a box.
  public var isBox: Bool { rawValue &- 16 < 6 }
  /// Whether this is a door in any state.
  public var isDoor: Bool { rawValue &- 22 < 18 }
  /// The door's state; nil where this is no door.
  public var doorState: DoorState? { isDoor ? DoorState(rawValue: (rawValue &- 22) / 6) : nil }
  /// Whether the agent may stand here: nothing, goal, lava, an open door.
  public var isWalkable: Bool { rawValue &- 1 < 3 || rawValue &- 22 < 6 }

  /// What becomes of this cell when the agent toggles it with `carried` in its hands: a closed door opens and an open
  /// one closes, a locked one opens to a key of its color, a box is gone.
  public func toggled(with carried: Cell) -> Cell {
    switch rawValue {
    case 16..<22: .empty
    case 22..<28: Cell(rawValue: rawValue &+ 6)
    case 28..<34: Cell(rawValue: rawValue &- 6)
    case 34..<40: carried.rawValue &+ 30 == rawValue ? Cell(rawValue: rawValue &- 12) : self
    default: self
    }
  }

  /// The color; nil where the content has none of its own.
  public var color: Color? {
    rawValue &- 4 < 36 ? Color(rawValue: (rawValue &- 4) % 6) : nil
  }

  /// MiniGrid's encoding: object type, color, state.
  public var triple: (type: UInt8, color: UInt8, state: UInt8) {
    let color = color?.rawValue ?? 0
    return switch rawValue {
    case 0: (0, 0, 0)
    case 1: (1, 0, 0)
    case 2: (8, 1, 0)
    case 3: (9, 0, 0)
    case 4..<10: (5, color, 0)
    case 10..<16: (6, color, 0)
    case 16..<22: (7, color, 0)
    case 22..<40: (4, color, (rawValue &- 22) / 6)
    default: (2, 5, 0)
    }
  }
}

/// MiniGrid's colors, numbered as it encodes them.
public enum Color: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case red, green, blue, purple, yellow, grey

  /// The order in which MiniGrid draws colors: by name.
  static let byName: InlineArray<6, Color> = [.blue, .green, .grey, .purple, .red, .yellow]

  /// The name, as missions spell it.
  public var name: String { "\(self)" }
}

/// What a mission can speak of.
public enum ObjectKind: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case key, ball, box, door

  /// The name, as missions spell it.
  public var name: String { "\(self)" }
}

/// A door's state, numbered as MiniGrid encodes it.
public enum DoorState: UInt8, BitwiseCopyable, Sendable {
  case open, closed, locked
}
