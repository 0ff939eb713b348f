import KnackEnvironment

/// What can be asked for in a task, and how it is brought about.
struct GridGoals: Sendable {
  /// What can be looked for.
  enum Target: UInt8, CaseIterable, Sendable {
    case key, lockedDoor, goal
    /// An object before a locked door.
    case obstacle
    /// The object that the mission names.
    case wanted

    /// The name, as facts and goals have it.
    var name: String { self == .lockedDoor ? "locked_door" : "\(self)" }
  }

  /// What a cell of the view is to somebody who is about a goal.
  enum CellClass: UInt8, CaseIterable {
    case unseen, free, target
    /// An object in the way, which can be taken by free hands.
    case object
    case openDoor, closedDoor, lockedDoor, lava, wall
  }

  /// The goal space.
  let space: GoalSpace
  /// By goal, what is looked for; nil for nothing.
  let targets: [Target?]

  /// How many steps things may take.
  private enum Steps {
    static let find = 100, reach = 50, putDown = 12
  }

  init(_ quest: GridQuest) {
    let walking = [GridAction.left, .right, .forward, .toggle]
    var goals: [Goal] = [], targets: [Target?] = []
    for one in quest.operators {
      let name = one.name
      func add(
        _ kind: Goal.Kind, _ target: Target?, _ moves: [GridAction] = [], _ steps: Int = Steps.reach
      ) {
        // Of several things that come together the last one says most.
        let gains = kind == .find ? [] : [GridWorld.facts.firstIndex(of: one.obtains.last!.fact)!]
        goals.append(
          Goal(
            name, kind, target: target.map { Int($0.rawValue) } ?? -1, gains: gains,
            moves: (walking + moves).map(\.rawValue), stepLimit: steps))
        targets.append(target)
      }
      switch name {
      case "put_down": add(.obtain, nil, [.drop, .pickup], Steps.putDown)
      case "pick_up_key": add(.obtain, .key, [.pickup, .drop])
      case "unlock_door": add(.obtain, .lockedDoor)
      case "clear_way": add(.obtain, .obstacle, [.pickup, .drop])
      case "go_to_goal": add(.obtain, .goal)
      case "pick_up_wanted": add(.obtain, .wanted, [.pickup, .drop])
      default: add(.find, Target.allCases.first { name == "find_" + $0.name }, [], Steps.find)
      }
    }
    self.targets = targets
    space = GoalSpace(
      targets: Target.allCases.map(\.name), goals: goals,
      moves: GridAction.allCases.filter { $0 != .done }.map { Move("\($0)", action: $0.rawValue) },
      headings: [Heading(4, 0, 0), Heading(-4, 0, 0), Heading(0, 0, 4), Heading(0, 0, -4)],
      view: Self.view, regionSide: 4)
  }

  /// What is shown in view of a goal.
  private static let view: [ObservationField] = {
    let classes = CellClass.allCases
    return [
      ObservationField(
        "cells", shape: [7, 7], cardinalities: [classes.count],
        summary:
          "what the view's cells are to the goal, [x][y] from its far left corner, the agent at [3][6]: "
          + classes.map { "\($0.rawValue) \($0)" }.joined(separator: ", ")),
      ObservationField("carrying", shape: [1], cardinalities: [3], summary: "nothing, a key, another object"),
      ObservationField(
        "direction", shape: [1], cardinalities: [4], summary: "where the agent faces: right, down, left, up"),
    ]
  }()
}
