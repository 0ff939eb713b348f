import KnackEnvironment

/// A task in a gridworld: a size, a limit and a generator; for a few, also a rule of its own for what a step leads to.
///
/// The files in `Tasks/` each define one family. To add one, write a generator and list its tasks in ``Gridworld``.
public struct GridTask: Sendable {
  /// The id, as MiniGrid registers it.
  public var id: String
  /// One sentence: the task.
  public var summary: String
  /// The map's size in cells, walls included; at most 26 each way.
  public var width: Int, height: Int
  /// Steps after which an episode is truncated.
  public var stepLimit: Int
  /// Whether walls and doors hide nothing.
  public var seesThroughWalls = false
  /// What a step leads to.
  var rule = StepRule.standard
  /// What it comes down to for somebody who plans; nil where nothing can be asked for.
  var quest: GridQuest?
  /// The mission in words.
  var mission: @Sendable (Mission) -> String
  /// Draws a new episode's map, agent, mission and scratch on a map that has been cleared.
  var generate: @Sendable (inout GridWorld, GridRules) -> Void
}

/// What a step leads to beyond moving about, reaching a goal and burning in lava.
enum StepRule: UInt8, Sendable {
  /// Nothing else.
  case standard
  /// Each family's own, described in its file.
  case unlock, pickUp, fetch, goTo, putNear, memory, redBlueDoors, dynamicObstacles
}

/// What a gridworld shows to a learner.
public enum GridObservation: String, Sendable, CaseIterable {
  /// One code a cell (see ``Cell``), then direction and mission.
  case cells
  /// MiniGrid's own image of three bytes a cell, then direction and mission.
  case image
}

/// What all worlds of one task share.
public final class GridRules: WorldRules {
  /// What the world offers.
  public let specification: WorldSpecification
  /// The task.
  public let task: GridTask
  /// What is observed.
  public let observation: GridObservation
  /// What can be asked for; nil for nothing.
  let goals: GridGoals?

  // What a step reads, beside each other and without a detour.
  let stepLimit: Int32
  let seesThroughWalls: Bool
  let rule: StepRule
  let writesImage: Bool
  /// MiniGrid's three bytes for each code, the first lowest.
  let triples: InlineArray<64, UInt32>

  /// The rules of a task under one of its observations.
  public init(_ task: GridTask, observation: GridObservation) {
    precondition(
      max(task.width, task.height) <= Position.maximumSize, "\(task.id) is larger than a map can be")
    self.task = task
    self.observation = observation
    goals = task.quest.map(GridGoals.init)
    specification = WorldSpecification(
      id: task.id, summary: task.summary, observation: observation.layout,
      actions: ActionSpace(
        GridAction.allCases.prefix(task.rule == .dynamicObstacles ? 3 : 7).map { "\($0)" }),
      facts: GridWorld.facts, operators: task.quest?.operators ?? [],
      goal: task.quest.map { _ in [Operator.Amount("solved")] }, stepLimit: task.stepLimit)
    stepLimit = Int32(task.stepLimit)
    seesThroughWalls = task.seesThroughWalls
    rule = task.rule
    writesImage = observation == .image
    triples = InlineArray { code in
      guard code < Cell.count else { return 0 }
      let (type, color, state) = Cell(rawValue: UInt8(code)).triple
      return UInt32(type) | UInt32(color) << 8 | UInt32(state) << 16
    }
  }
}

extension GridObservation {
  /// The meaning of the bytes.
  var layout: ObservationLayout {
    let view =
      switch self {
      case .cells:
        ObservationField(
          "cells", shape: [7, 7], cardinalities: [Cell.count],
          summary: "the view, [x][y] from its far left corner, the agent at [3][6]: one code a cell")
      case .image:
        ObservationField(
          "image", shape: [7, 7, 3], cardinalities: [11, 6, 3],
          summary: "the view, [x][y] from its far left corner, the agent at [3][6]: type, color and state")
      }
    return ObservationLayout([
      view,
      ObservationField(
        "direction", shape: [1], cardinalities: [4], summary: "where the agent faces: right, down, left, up"),
      ObservationField(
        "mission", shape: [5], cardinalities: Mission.cardinalities,
        summary:
          "what is asked for: wording, color, object, second color, second object; 0 where it never varies"
      ),
    ])
  }
}
