import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackSkills

/// A glade of nine cells in a row, with a tree and a spring. Apples make pies and cider; whoever drinks nothing dies of thirst, and a wolf
/// comes every now and then, which bites unless one shouts at it.
struct GladeRules: WorldRules {
  /// How an episode begins.
  var place = 4, apples = 0, water = 12, wolf = 0
  /// After how many steps there is another wolf.
  var peace = 25
  /// Whether wolves are deaf, and harmless.
  var areDeaf = false

  var specification: WorldSpecification {
    WorldSpecification(
      id: "Glade-v0", summary: "Bake a pie and make cider, four apples each.",
      observation: ObservationLayout([
        ObservationField("hands", shape: [1], cardinalities: [10], summary: "apples in hand")
      ]),
      actions: ["left", "right", "pick", "drink", "craft_pie", "craft_cider", "shout"],
      facts: ["apple", "pie", "cider", "water", "wolf_close", "wolves_gone", "tree_nearby", "spring_nearby"],
      operators: [
        Operator("find_tree", .find, obtains: [.init("tree_nearby")]),
        Operator("find_spring", .find, obtains: [.init("spring_nearby")]),
        Operator("pick_apple", requires: [.init("tree_nearby")], obtains: [.init("apple")]),
        Operator("drink", requires: [.init("spring_nearby")], obtains: [.init("water", 9)]),
        Operator("craft_pie", .craft, consumes: [.init("apple", 4)], obtains: [.init("pie")]),
        Operator("craft_cider", .craft, consumes: [.init("apple", 4)], obtains: [.init("cider")]),
        Operator("shout", .craft, obtains: [.init("wolves_gone")]),
      ], stepLimit: 2000)
  }
}

struct Glade: GoalWorld {
  static let tree = 2, spring = 6
  var place = 0, apples = 0, pies = 0, ciders = 0, water = 0, wolf = 0, wolvesGone = 0, steps = 0

  init(_ rules: GladeRules) {}

  mutating func seed(_ seed: UInt64, _ rules: GladeRules) {}

  mutating func reset(_ rules: GladeRules) {
    (place, apples, water, wolf) = (rules.place, rules.apples, rules.water, rules.wolf)
    (pies, ciders, wolvesGone, steps) = (0, 0, 0, 0)
  }

  mutating func step(_ action: Int, _ rules: GladeRules) -> Transition {
    steps += 1
    if steps % 30 == 0 { water -= 1 }
    if wolf > 0 || steps % rules.peace == 0 { wolf += 1 }
    switch action {
    case 0, 1: place = max(0, min(8, place + 2 * action - 1))
    case 2 where place == Self.tree: apples = min(9, apples + 1)
    case 3 where place == Self.spring: water = 12
    case 4 where apples >= 4: (apples, pies) = (apples - 4, pies + 1)
    case 5 where apples >= 4: (apples, ciders) = (apples - 4, ciders + 1)
    case 6 where wolf > 0 && !rules.areDeaf: (wolf, wolvesGone) = (0, wolvesGone + 1)
    default: break
    }
    let isDone = pies > 0 && ciders > 0, isDead = water <= 0 || wolf > 4 && !rules.areDeaf
    return Transition(reward: isDone ? 1 : 0, terminated: isDone || isDead, truncated: steps >= 2000)
  }

  func observe(_ rules: GladeRules, into observation: UnsafeMutablePointer<UInt8>) {
    observation[0] = UInt8(apples)
  }

  func writeFacts(_ rules: GladeRules, into facts: UnsafeMutablePointer<Int32>) {
    for fact in 0..<8 { facts[fact] = goalFact(fact, rules) }
  }

  func traceOfReset(_ rules: GladeRules) -> [TraceField] { [] }
  func traceOfStep(_ rules: GladeRules) -> [TraceField] { [] }

  static func goalSpace(_ rules: GladeRules) -> GoalSpace {
    GoalSpace(
      targets: ["tree", "spring"],
      goals: [
        Goal("find_tree", .find, target: 0, moves: [0, 1], stepLimit: 80),
        Goal("find_spring", .find, target: 1, moves: [0, 1], stepLimit: 80),
        Goal("pick_apple", .obtain, target: 0, gains: [0], moves: [0, 1, 2], stepLimit: 40),
        Goal("drink", .obtain, target: 1, gains: [3], moves: [0, 1, 3], stepLimit: 40),
      ], moves: ["left", "right", "pick", "drink"].enumerated().map { Move($1, action: $0) },
      headings: [Heading(4, 0, 0), Heading(-4, 0, 0)], view: [],
      waypointReach: 1, waypointSteps: 20, memorySteps: 8, patienceSteps: 12)
  }

  static func contains(_ place: Pose, _ rules: GladeRules) -> Bool { (0..<9).contains(place.x) }

  func pose(_ rules: GladeRules) -> Pose { Pose(x: Float(place), z: 0) }

  func sighting(for goal: Int, _ rules: GladeRules) -> Sighting? {
    let target = goal % 2 == 0 ? Self.tree : Self.spring, distance = abs(target - place)
    return distance <= 4 ? Sighting(x: Float(target), z: 0, isNear: distance <= 1) : nil
  }

  func writeGoalView(for goal: Int, _ rules: GladeRules, into observation: UnsafeMutablePointer<UInt8>) {}

  func goalFact(_ fact: Int, _ rules: GladeRules) -> Int32 {
    let isAtTree = abs(Self.tree - place) <= 1, isAtSpring = abs(Self.spring - place) <= 1
    return Int32(
      [apples, pies, ciders, water, wolf > 0 ? 1 : 0, wolvesGone, isAtTree ? 1 : 0, isAtSpring ? 1 : 0][fact])
  }

  func effort(for goal: Int, _ rules: GladeRules) -> Float { 0 }
  func wellbeing(_ rules: GladeRules) -> Float { 1 }
}

extension Glade {
  /// The world, ready for an agent.
  static func kind(_ rules: GladeRules = GladeRules()) -> WorldKind {
    var kind = WorldKind(Glade.self, rules)
    kind.takeCommands(Glade.self, rules)
    return kind
  }

  /// Skills that move at random: their policy has no weights.
  static func library() throws -> SkillLibrary {
    let kind = kind(), network = NetworkConfiguration()
    var library = SkillLibrary(world: "Glade-v0")
    let policy = try Policy(world: kind.commanded!.specification, network: network)
    library.add(SkillLibrary.PolicyEntry(policy, network), named: "any")
    for goal in kind.commanded!.goalSpace!.goals {
      library.add(Skill(goal.name, goal: goal.name, policy: "any"))
    }
    return library
  }
}
