import KnackEnvironment

/// What all worlds of one map or family of maps share.
public final class ErrandRules: WorldRules {
  /// How maps come about.
  enum Family: Sendable {
    case maze(Maze), pickUp(PickUp)
  }

  /// What the world offers.
  public let specification: WorldSpecification
  let family: Family
  /// Columns and rows, and how many kinds of thing there are.
  let width: Int, height: Int, kinds: Int
  /// How many things are wanted, whether they are picked up, and whether each of them is rewarded or the last one alone.
  let errands: Int32, picksUp: Bool, rewardsEach: Bool
  let stepLimit: Int32
  /// How many cells are seen each way from the player; nil where the whole map is seen.
  let reach: Int?

  private init(
    _ family: Family, id: String, summary: String, width: Int, height: Int, kinds: Int, errands: Int,
    picksUp: Bool, rewardsEach: Bool, stepLimit: Int, reach: Int?
  ) {
    (self.family, self.width, self.height, self.kinds) = (family, width, height, kinds)
    (self.errands, self.picksUp, self.rewardsEach) = (Int32(errands), picksUp, rewardsEach)
    (self.stepLimit, self.reach) = (Int32(stepLimit), reach)
    let codes = Int(ErrandWorld.firstThing) + kinds
    let things = picksUp ? "2 to \(codes - 1) things of \(kinds) kinds" : "2 the goal"
    let view =
      if let reach {
        ObservationField(
          "window", shape: [2 * reach + 1, 2 * reach + 1], cardinalities: [codes],
          summary:
            "the cells around the player, from below to above, each row from the left: 0 floor, 1 wall, \(things)"
        )
      } else {
        ObservationField(
          "map", shape: [height, width], cardinalities: [codes],
          summary: "all cells, from below to above, each row from the left: 0 floor, 1 wall, \(things)")
      }
    var fields = [
      view,
      ObservationField(
        "place", shape: [2], cardinalities: [ErrandWorld.side],
        summary: "the player's column, and row from below"),
    ]
    if picksUp {
      fields.append(
        ObservationField(
          "wanted", shape: [1], cardinalities: [kinds],
          summary: "the kind of thing that is to be picked up next"))
    }
    let actions = ["left", "up", "right", "down"]
    specification = WorldSpecification(
      id: id, summary: summary, observation: ObservationLayout(fields),
      actions: ActionSpace(actions + (picksUp ? ["pickup"] : [])), facts: ErrandWorld.facts,
      goal: [Operator.Amount("solved")], stepLimit: stepLimit)
  }

  /// The rules of a maze: who reaches the goal is rewarded with 1, and the episode ends.
  ///
  /// - Parameters:
  ///   - reach: how many cells are seen each way.
  ///   - stepLimit: the most steps of an episode.
  static func maze(_ maze: Maze, reach: Int, stepLimit: Int) -> ErrandRules {
    let (width, height) = maze.size
    return ErrandRules(
      .maze(maze), id: "Maze-v1", summary: "Find the goal of a maze, of which little is seen at a time.",
      width: width, height: height, kinds: 1, errands: 1, picksUp: false, rewardsEach: false,
      stepLimit: stepLimit, reach: reach)
  }

  /// The rules of ``PickUp``.
  ///
  /// - Parameter reach: how many cells are seen each way; nil for the whole map.
  static func pickUp(_ task: PickUp, reach: Int?) -> ErrandRules {
    ErrandRules(
      .pickUp(task), id: "ComPILE-v1",
      summary: "Pick up things of given kinds in their order, in a small grid with walls.",
      width: PickUp.side, height: PickUp.side, kinds: PickUp.kinds, errands: task.visits, picksUp: true,
      rewardsEach: task.rewardsEach, stepLimit: 50, reach: reach)
  }
}
