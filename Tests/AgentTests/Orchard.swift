import KnackEnvironment
import KnackNumerics

/// A meadow of 64 cells in a row with a tree: two of its apples make a pie.
struct OrchardRules: WorldRules {
  /// How far down one looks on the way along, as if the meadow were rock.
  var gaze: Float?

  var specification: WorldSpecification {
    WorldSpecification(
      id: "Orchard-v0", summary: "Bake a pie out of two apples.",
      actions: ["left", "right", "pick", "craft_pie", "equip_basket"],
      facts: ["apple", "pie", "tree_nearby"],
      operators: [
        Operator("find_tree", .find, obtains: [.init("tree_nearby")]),
        Operator("pick_apple", requires: [.init("tree_nearby")], obtains: [.init("apple")]),
        Operator("craft_pie", .craft, consumes: [.init("apple", 2)], obtains: [.init("pie")]),
      ], goal: [.init("pie")], stepLimit: 2000)
  }
}

struct Orchard: GoalWorld {
  var random = Xoshiro256(seed: 0, stream: 0)
  var place = 0, tree = 0, apples = 0, pies = 0, steps = 0

  init(_ rules: OrchardRules) {}

  mutating func seed(_ seed: UInt64, _ rules: OrchardRules) { random = Xoshiro256(seed: seed, stream: 1) }

  mutating func reset(_ rules: OrchardRules) {
    (place, tree, apples, pies, steps) = (random.below(64), random.below(64), 0, 0, 0)
  }

  mutating func step(_ action: Int, _ rules: OrchardRules) -> Transition {
    steps += 1
    if action < 2 { place = max(0, min(63, place + 2 * action - 1)) }
    if action == 2 && place == tree { apples = min(2, apples + 1) }
    if action == 3 && apples == 2 { (apples, pies) = (0, 1) }
    return Transition(reward: Double(pies), terminated: pies > 0, truncated: steps >= 2000)
  }

  static func goalSpace(_ rules: OrchardRules) -> GoalSpace {
    GoalSpace(
      targets: ["tree"],
      goals: [
        Goal("find_tree", .find, target: 0, moves: [0, 1], stepLimit: 200, gaze: rules.gaze),
        Goal("pick_apple", .obtain, target: 0, gains: [0], moves: [0, 1, 2], stepLimit: 60),
      ], moves: [Move("left", action: 0), Move("right", action: 1), Move("pick", action: 2, steps: 2)],
      headings: [Heading(12, 0, 0), Heading(-12, 0, 0)])
  }

  static func contains(_ place: Pose, _ rules: OrchardRules) -> Bool { (0..<64).contains(place.x) }

  func pose(_ rules: OrchardRules) -> Pose { Pose(x: Float(place), z: 0) }

  func sighting(for goal: Int, _ rules: OrchardRules) -> Sighting? {
    abs(tree - place) <= 8 ? Sighting(x: Float(tree), z: 0, isNear: abs(tree - place) <= 1) : nil
  }

  func goalFact(_ fact: Int, _ rules: OrchardRules) -> Int32 {
    Int32([apples, pies, abs(tree - place) <= 1 ? 1 : 0][fact])
  }
}
