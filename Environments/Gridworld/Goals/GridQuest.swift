import KnackEnvironment

/// What a task comes down to for somebody who plans: what is to be done last, and what is in the way.
struct GridQuest: Sendable {
  /// What is to be done last.
  enum Aim: Sendable {
    /// Stepping on the green square, taking the object that the mission names, opening the locked door.
    case reachGoal, pickUp, unlock
  }

  var aim: Aim
  /// Whether what is wanted lies behind a locked door, and whether an object may lie before that.
  var isLocked = true, isBlocked = false

  /// What the player can bring about on the way, over the facts of ``GridWorld/facts``.
  ///
  /// What is required is listed in the order in which it must be seen to: hands are emptied for the object that is wanted once the
  /// way to it is open, or else the key would go first.
  var operators: [Operator] {
    typealias Amount = Operator.Amount
    func find(_ target: GridGoals.Target, _ requires: [Amount] = []) -> Operator {
      Operator("find_" + target.name, .find, requires: requires, obtains: [Amount(target.name + "_nearby")])
    }
    let handsFree = Amount("hands_free"), wayFree = Amount("way_free"), wayOpen = Amount("way_open")
    let solved = Amount("solved"), carryingKey = Amount("carrying_key")
    var all: [Operator] = [Operator("put_down", obtains: [handsFree, Amount("put_aside")])]
    if isLocked {
      all += [
        find(.key),
        Operator("pick_up_key", requires: [handsFree, Amount("key_nearby")], obtains: [carryingKey]),
        find(.lockedDoor),
        Operator(
          "unlock_door",
          requires: (isBlocked ? [wayFree] : []) + [carryingKey, Amount("locked_door_nearby")],
          obtains: [wayOpen] + (aim == .unlock ? [solved] : [])),
      ]
    }
    if isBlocked {
      all += [
        find(.obstacle),
        Operator("clear_way", requires: [handsFree, Amount("obstacle_nearby")], obtains: [wayFree]),
      ]
    }
    let way = isLocked ? [wayOpen] : []
    switch aim {
    case .unlock: break
    case .reachGoal:
      all += [
        find(.goal, way),
        Operator("go_to_goal", requires: way + [Amount("goal_nearby")], obtains: [solved]),
      ]
    case .pickUp:
      all += [
        find(.wanted, way),
        Operator("pick_up_wanted", requires: way + [handsFree, Amount("wanted_nearby")], obtains: [solved]),
      ]
    }
    return all
  }
}
