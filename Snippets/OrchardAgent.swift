// A planning agent on a world of one's own: a meadow in which apples hang on a tree, and two of them make a pie.
//
//     swift run -c release OrchardAgent
import KnackAgent
import KnackEnvironment
import KnackNumerics
import KnackSkills

struct OrchardRules: WorldRules {
  let specification = WorldSpecification(
    id: "Orchard-v0", summary: "Bake a pie out of two apples.",
    actions: ["left", "right", "pick", "craft_pie"], facts: ["apple", "pie", "tree_nearby"],
    operators: [
      Operator("find_tree", .find, obtains: [.init("tree_nearby")]),
      Operator("pick_apple", requires: [.init("tree_nearby")], obtains: [.init("apple")]),
      Operator("craft_pie", .craft, consumes: [.init("apple", 2)], obtains: [.init("pie")]),
    ], goal: [.init("pie")], stepLimit: 400)
}

struct Orchard: GoalWorld {
  var random = Xoshiro256(seed: 0, stream: 0), place = 0, tree = 0, apples = 0, pies = 0, steps = 0

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
    return Transition(reward: Double(pies), terminated: pies > 0, truncated: steps >= 400)
  }

  // What can be asked for, and what the player senses: itself, the tree once that is within eight cells, and the facts.
  static func goalSpace(_ rules: OrchardRules) -> GoalSpace {
    GoalSpace(
      targets: ["tree"],
      goals: [
        Goal("find_tree", .find, target: 0, moves: [0, 1], stepLimit: 120),
        Goal("pick_apple", .obtain, target: 0, gains: [0], moves: [0, 1, 2], stepLimit: 20),
      ], moves: [Move("left", action: 0), Move("right", action: 1), Move("pick", action: 2)],
      headings: [Heading(12, 0, 0), Heading(-12, 0, 0)])
  }
  func pose(_ rules: OrchardRules) -> Pose { Pose(x: Float(place), z: 0) }
  func sighting(for goal: Int, _ rules: OrchardRules) -> Sighting? {
    abs(tree - place) <= 8 ? Sighting(x: Float(tree), z: 0, isNear: abs(tree - place) <= 1) : nil
  }
  func goalFact(_ fact: Int, _ rules: OrchardRules) -> Int32 {
    [Int32(apples), Int32(pies), abs(tree - place) <= 1 ? 1 : 0][fact]
  }
}

// Practise the two skills, plan with them, and bake.
let library = try SkillLibrary(
  practising: Orchard.self, on: [TrainingGround(OrchardRules(), goals: [1])], steps: 400_000, seed: 1)
let agent = try HierarchicalAgent(
  world: WorldKind(commanding: Orchard.self, OrchardRules()), library: library)
print(agent.playEpisode(seed: 7).success ? "There is pie." : "There is no pie.")
