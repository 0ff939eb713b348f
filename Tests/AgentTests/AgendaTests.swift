import KnackAgent
import KnackEnvironment
import KnackNumerics
import Testing

/// An agent with more than one thing on its mind.
struct AgendaTests {
  private static let agenda: Agenda = {
    var agenda = Agenda(aims: [[.init("pie")], [.init("cider")]], takesAlong: true)
    agenda.upkeep = [.init("water", urgent: 5, wanted: 9)]
    agenda.alarms = [.init("wolf_close", skill: "shout")]
    return agenda
  }()

  private func agent(_ rules: GladeRules = GladeRules(), _ agenda: Agenda = agenda) throws
    -> HierarchicalAgent
  {
    try HierarchicalAgent(world: Glade.kind(rules), library: try Glade.library(), agenda: agenda)
  }

  /// The skill that an agent begins with, and its reason.
  private func first(_ rules: GladeRules, _ agenda: Agenda = agenda) throws -> [String?] {
    let agent = try agent(rules, agenda), environment = VectorEnvironment(agent.world, count: 1)
    environment.reset(seed: 1)
    agent.begin(worlds: 1)
    var actions: [Int32] = [0]
    agent.act(in: environment, into: &actions) { _ in 0.5 }
    let report = agent.report(world: 0, in: environment)
    return [report.skill, report.text]
  }

  @Test("Alarms come first, then bargains, needs, what is to hand, and at last what costs the least")
  func order() throws {
    #expect(try first(GladeRules()) == ["find_tree", "is after pie"])
    #expect(try first(GladeRules(place: 2, apples: 1)) == ["pick_apple", "takes apple where it is to hand"])
    #expect(try first(GladeRules(apples: 4)) == ["craft_pie", "is after pie"])
    #expect(try first(GladeRules(water: 4)) == ["find_spring", "sees to its water"])
    #expect(try first(GladeRules(place: 6, water: 8)) == ["drink", "sees to its water"], "it is to hand")
    #expect(try first(GladeRules(water: 8)) == ["find_tree", "is after pie"], "it is not")
    #expect(try first(GladeRules(apples: 4, water: 2)) == ["craft_pie", "is after pie"], "it takes no time")
    #expect(try first(GladeRules(water: 2, wolf: 1)) == ["shout", "alarmed by wolf_close"])
  }

  @Test("What is wanted by itself is wanted whatever it costs, and an alarm that nobody can answer is none")
  func aimsAndAnswers() throws {
    let both = Agenda(aims: [[.init("pie"), .init("water", 12)]])
    #expect(try first(GladeRules(apples: 4, water: 6), both)[1] == "is after pie")
    #expect(try first(GladeRules(place: 6, water: 6), both)[0] != nil)
    let helpless = Agenda(aims: [[.init("pie")]], alarms: [.init("wolf_close", skill: "fight")])
    #expect(try first(GladeRules(wolf: 1), helpless) == ["find_tree", "is after pie"])
    #expect(throws: AgentError.unknownFact("gold", "Glade-v0")) {
      _ = try agent(GladeRules(), Agenda(aims: [[.init("gold")]]))
    }
  }

  @Test("An alarm breaks a skill off, which goes on afterwards and is not blamed")
  func interrupts() throws {
    let agent = try agent(GladeRules(place: 8, peace: 3))
    let environment = VectorEnvironment(agent.world, count: 1)
    environment.reset(seed: 1)
    agent.begin(worlds: 1)
    var outcomes: [String] = []
    agent.onOutcome = { [problem = agent.problem] _, one, success, _ in
      outcomes.append(problem.operators[one].name + (success ? "" : " failed"))
    }
    var actions: [Int32] = [0], skills: [String] = []
    for _ in 0..<6 {
      // Always to the right, where there is nothing to be found.
      agent.act(in: environment, into: &actions) { _ in 0.99 }
      skills.append(agent.report(world: 0, in: environment).skill ?? "")
      environment.step(actions)
    }
    #expect(skills.filter { $0 == "find_tree" || $0 == "shout" }.count == 6)
    let alarm = try #require(skills.firstIndex(of: "shout"))
    #expect(skills[alarm - 1] == "find_tree" && skills[alarm + 1] == "find_tree")
    #expect(outcomes.allSatisfy { $0 == "shout" } && !outcomes.isEmpty)
  }

  @Test("An alarm that is answered in vain is left be until it ceases")
  func patience() throws {
    let agent = try agent(GladeRules(wolf: 1, areDeaf: true))
    var shouts = 0
    agent.onOutcome = { [problem = agent.problem] _, one, _, _ in
      shouts += problem.operators[one].name == "shout" ? 1 : 0
    }
    #expect(agent.playEpisode(seed: 1).success && shouts == agent.settings.patience)
  }

  @Test("It reaches two aims, drinks and drives wolves away meanwhile; without one of these it dies")
  func lives() throws {
    func successes(_ change: (inout Agenda) -> Void = { _ in }) throws -> Int {
      var agenda = Self.agenda
      change(&agenda)
      let agent = try agent(GladeRules(water: 5, peace: 12), agenda)
      return (0..<16 as Range<UInt64>).count { agent.playEpisode(seed: $0).success }
    }
    let all = try successes(), careless = try successes { $0.upkeep = [] }
    #expect(all >= 13 && careless < all, "\(all) and \(careless) of 16")
    #expect(try successes { $0.alarms = [] } == 0)
  }
}
