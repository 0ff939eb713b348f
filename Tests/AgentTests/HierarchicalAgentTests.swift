import KnackAgent
import KnackEnvironment
import KnackNumerics
import KnackSkills
import Testing

/// An agent in a meadow, whose skills move at random: their policies have no weights.
struct HierarchicalAgentTests {
  private func play(
    _ agent: HierarchicalAgent, worlds: Int = 4, seed: UInt64 = 1
  ) -> (successes: [Bool], steps: [Int], report: AgentReport) {
    let environment = VectorEnvironment(agent.world, count: worlds, autoreset: .nextStep)
    environment.reset(seed: seed)
    agent.begin(worlds: worlds)
    var successes = [Bool?](repeating: nil, count: worlds), steps = [Int](repeating: 0, count: worlds)
    var actions = [Int32](repeating: 0, count: worlds), step: UInt64 = 0
    let random = CounterRandom(seed: seed, stream: 9)
    while successes.contains(where: { $0 == nil }) {
      agent.act(in: environment, into: &actions) { random.uniform(at: step, UInt64($0)) }
      environment.step(actions)
      step += 1
      for world in 0..<worlds where successes[world] == nil {
        guard environment.terminated[world] || environment.truncated[world] else { continue }
        successes[world] = environment.episodeSuccesses[world]
        steps[world] = environment.worldSteps(world: world)
        agent.end(world: world, in: environment)
        agent.rest(world: world)
      }
    }
    return (successes.map { $0! }, steps, agent.report(world: 0, in: environment))
  }

  private func agent(_ change: (inout AgentSettings) -> Void = { _ in }) throws -> HierarchicalAgent {
    var kind = WorldKind(Orchard.self, OrchardRules())
    kind.takeCommands(Orchard.self, OrchardRules())
    var settings = AgentSettings()
    change(&settings)
    return try HierarchicalAgent(world: kind, library: try LibraryTests.library(), settings: settings)
  }

  @Test("It finds, picks twice and bakes, and says so")
  func bakes() throws {
    let agent = try agent()
    var attempts: [String: Int] = [:], reached: [String: Int] = [:]
    agent.onOutcome = { [problem = agent.problem] _, one, success, _ in
      attempts[problem.operators[one].name, default: 0] += 1
      reached[problem.operators[one].name, default: 0] += success ? 1 : 0
    }
    let (successes, steps, report) = play(agent)
    #expect(successes.count { $0 } >= 3)
    #expect(steps.allSatisfy { $0 > 3 })
    #expect(try #require(attempts["pick_apple"]) >= 2 * successes.count { $0 })
    #expect(reached["craft_pie"] == successes.count { $0 }, "what ends the episode counts, too")
    #expect(!report.outcomes.isEmpty)
  }

  @Test("The same seed gives the same episodes")
  func isDeterministic() throws {
    let first = play(try agent()), second = play(try agent())
    #expect(first.steps == second.steps)
  }

  @Test("Without planning again it gives up where a skill fails")
  func zeroShot() throws {
    let agent = try agent { $0.replans = false }
    let (successes, _, _) = play(agent, worlds: 8)
    #expect(successes.count { $0 } < 8)
  }

  @Test("A world that takes no goals is refused by name")
  func refuses() throws {
    let kind = WorldKind(Orchard.self, OrchardRules())
    #expect(throws: AgentError.takesNoGoals("Orchard-v0")) {
      _ = try HierarchicalAgent(world: kind, library: try LibraryTests.library())
    }
  }
}
