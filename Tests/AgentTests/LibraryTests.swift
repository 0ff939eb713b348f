import KnackAgent
import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackSkills
import Testing

/// Skill libraries and what they know of their skills.
struct LibraryTests {
  static func library() throws -> SkillLibrary {
    var kind = WorldKind(Orchard.self, OrchardRules())
    kind.takeCommands(Orchard.self, OrchardRules())
    let network = NetworkConfiguration()
    var library = SkillLibrary(world: "Orchard-v0")
    library.add(
      SkillLibrary.PolicyEntry(
        try Policy(world: kind.commanded!.specification, network: network), network), named: "any")
    for name in ["find_tree", "pick_apple"] { library.add(Skill(name, goal: name, policy: "any")) }
    return library
  }

  @Test("A new version takes the place of the old one, until it is retired")
  func versions() throws {
    var library = try Self.library()
    library.add(Skill("find_tree", goal: "find_tree", policy: "any"))
    library.record("find_tree", success: true, steps: 7, context: "")
    #expect(library.skill(named: "find_tree")?.version == 2)
    #expect(library.skill(named: "find_tree")?.record.total.attempts == 1)
    #expect(library.current.map(\.name) == ["find_tree", "pick_apple"])
    let isRetired = library.retire("find_tree")
    #expect(isRetired)
    #expect(library.skill(named: "find_tree")?.version == 1)
    #expect(library.skill(named: "find_tree")?.record.total.attempts == 0)
    let isThere = library.retire("nothing")
    #expect(!isThere)
  }

  @Test("Practising gives a skill for each goal, the same for any number of workers")
  func practising() throws {
    func library(workers: Int) throws -> SkillLibrary {
      try SkillLibrary(
        practising: Orchard.self, on: [TrainingGround(OrchardRules(), goals: [1])], steps: 5000, seed: 1,
        workers: workers)
    }
    let one = try library(workers: 1), two = try library(workers: 2)
    #expect(one.world == "Orchard-v0" && one.current.map(\.name) == ["find_tree", "pick_apple"])
    #expect(one.policies["goals"]?.policy.parameters == two.policies["goals"]?.policy.parameters)
  }

  @Test("What was practised for a second is enough to bake with, again and again")
  func practisedSkillsBake() throws {
    let library = try SkillLibrary(
      practising: Orchard.self, on: [TrainingGround(OrchardRules(), goals: [1])], steps: 200_000, seed: 1)
    let agent = try HierarchicalAgent(
      world: WorldKind(commanding: Orchard.self, OrchardRules()), library: library)
    var picked = 0
    agent.onOutcome = { [problem = agent.problem] _, one, success, _ in
      if success && problem.operators[one].skill == "pick_apple" { picked += 1 }
    }
    let episodes = (0..<10).map { agent.playEpisode(seed: $0) }
    #expect(episodes.count(where: \.success) >= 9)
    #expect(picked >= 9)
    #expect(agent.playEpisode(seed: 3) == episodes[3])
  }

  @Test("Copied skills bring their policies along, and share those that are the same")
  func copies() throws {
    let library = try Self.library()
    var other = SkillLibrary(world: "Orchard-v0")
    #expect(library.copy(["find_tree", "pick_apple", "fly"], into: &other) == ["fly"])
    #expect(other.policies.count == 1 && other.skills.count == 2)
  }

  @Test("A context speaks for itself once it is known well; Wilson's interval narrows with attempts")
  func records() {
    var record = SkillRecord()
    for i in 0..<30 { record.add(success: i % 3 == 0, steps: 10, context: "forest") }
    for _ in 0..<5 { record.add(success: true, steps: 4, context: "desert") }
    #expect(record.tally(in: "forest").attempts == 30)
    #expect(record.tally(in: "desert").attempts == 35, "five attempts are too few to go by")
    let narrow = record.total.interval, wide = record.contexts["desert"]!.interval
    #expect(narrow.high - narrow.low < wide.high - wide.low)
    #expect(abs(wide.low - 0.5655) < 1e-3 && wide.high == 1)
    #expect(record.contexts["desert"]!.meanSuccessSteps == 4)
    #expect(record.contexts["desert"]!.meanFailureSteps == nil)
  }
}
