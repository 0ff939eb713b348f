// A planning agent on a world of one's own: a meadow in which apples hang on a tree, and two of them make a pie.
//
//     swift run -c release OrchardAgent
import KnackAgent
import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackNumerics
import KnackSkills

struct OrchardRules: WorldRules {
  let specification = WorldSpecification(
    id: "Orchard-v0", summary: "Bake a pie out of two apples.",
    observation: ObservationLayout([
      ObservationField("hands", shape: [1], cardinalities: [3], summary: "apples")
    ]),
    actions: ["left", "right", "pick", "craft_pie"], facts: ["apple", "pie", "tree_nearby"],
    operators: [
      Operator("find_tree", .find, obtains: [.init("tree_nearby")]),
      Operator("pick_apple", requires: [.init("tree_nearby")], obtains: [.init("apple")]),
      Operator("craft_pie", .craft, consumes: [.init("apple", 2)], obtains: [.init("pie")]),
    ], goal: [.init("pie")], stepLimit: 400)
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
    return Transition(reward: Double(pies), terminated: pies > 0, truncated: steps >= 400)
  }
  func observe(_ rules: OrchardRules, into observation: UnsafeMutablePointer<UInt8>) {
    observation[0] = UInt8(apples)
  }
  func writeFacts(_ rules: OrchardRules, into facts: UnsafeMutablePointer<Int32>) {
    for fact in 0..<3 { facts[fact] = goalFact(fact, rules) }
  }
  func traceOfReset(_ rules: OrchardRules) -> [TraceField] { [] }
  func traceOfStep(_ rules: OrchardRules) -> [TraceField] { [] }

  // What can be asked for, and what a policy that is asked sees: here no more than where the tree is, once it is within eight cells.
  static func goalSpace(_ rules: OrchardRules) -> GoalSpace {
    let moves = rules.specification.actions.names[..<3].enumerated().map { Move($1, action: $0) }
    return GoalSpace(
      targets: ["tree"],
      goals: [
        Goal("find_tree", .find, target: 0, moves: [0, 1], stepLimit: 120),
        Goal("pick_apple", .obtain, target: 0, gains: [0], moves: [0, 1, 2], stepLimit: 20),
      ], moves: moves, headings: [Heading(12, 0, 0), Heading(-12, 0, 0)], view: [],
      waypointReach: 1, waypointSteps: 20, memorySteps: 8, patienceSteps: 8)
  }
  func pose(_ rules: OrchardRules) -> Pose { Pose(x: Float(place), z: 0) }
  func sighting(for goal: Int, _ rules: OrchardRules) -> Sighting? {
    abs(tree - place) <= 8 ? Sighting(x: Float(tree), z: 0, isNear: abs(tree - place) <= 1) : nil
  }
  func writeGoalView(for goal: Int, _ rules: OrchardRules, into observation: UnsafeMutablePointer<UInt8>) {}
  func goalFact(_ fact: Int, _ rules: OrchardRules) -> Int32 {
    Int32([apples, pies, abs(tree - place) <= 1 ? 1 : 0][fact])
  }
  func effort(for goal: Int, _ rules: OrchardRules) -> Float { 0 }
  func wellbeing(_ rules: OrchardRules) -> Float { 1 }
}

// Practise the two skills, keep them in a library, and bake.
var ppo = PPOConfiguration()
(ppo.worlds, ppo.rolloutSteps, ppo.minibatchSize, ppo.learningRate) = (16, 64, 256, 3e-3)
let rules = OrchardRules(), network = NetworkConfiguration()
let practice = GoalRules<Orchard>(id: "Orchard-Skills-v0", grounds: [TrainingGround(rules, goals: [1])])
let trainer = try PPOTrainer(
  world: WorldKind(practising: practice), network: network, ppo: ppo, totalSteps: 100_000, seed: 1,
  pool: WorkerPool(workers: 2))
while trainer.environmentSteps < 100_000 { _ = try trainer.iterate() }

var library = SkillLibrary(world: "Orchard-v0")
library.add(SkillLibrary.PolicyEntry(trainer.policy, network), named: "orchard")
for goal in ["find_tree", "pick_apple"] { library.add(Skill(goal, goal: goal, policy: "orchard")) }
var kind = WorldKind(Orchard.self, rules)
kind.takeCommands(Orchard.self, rules)
let agent = try HierarchicalAgent(world: kind, library: library)
let worlds = VectorEnvironment(agent.world, count: 1)
worlds.reset(seed: 7)
agent.begin(worlds: 1)
var actions: [Int32] = [0], random = Xoshiro256(seed: 7, stream: 2)
repeat {
  agent.act(in: worlds, into: &actions) { _ in Float(random.uniform()) }
  worlds.step(actions)
} while !worlds.terminated[0] && !worlds.truncated[0]
print(
  worlds.episodeSuccesses[0] ? "There is pie." : "There is no pie.",
  agent.report(world: 0, in: worlds).outcomes.map(\.name))
