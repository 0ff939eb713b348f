import KnackCrafter
import KnackEnvironment
import KnackGridworld
import KnackLearning
import KnackOverworld
import KnackStage

let registry = EnvironmentRegistry(Gridworld.entries + Crafter.entries + Overworld.entries)

/// A playback of random actions, or of the world's expert.
func play(_ id: String, expert: Bool = false, seed: UInt64 = 3, memory: Int = 256 << 20) throws -> Playback {
  let kind = try registry.kind(id)
  let agent = PlayingAgent(
    expert ? .expert : .random, kind.specification, seed: seed, title: expert ? "expert" : "random")
  return Playback(kind, agent: agent, seed: seed, memory: memory)
}

extension Playback {
  /// All that the world holds, and what the agent says of it.
  var state: [UInt8] { environment.save() }
}

/// Draws with an agent of a test's own making.
final class TalkativeAgent: ReportingAgent {
  let title = "somebody with much to say"

  func act(
    in environment: VectorEnvironment, step: Int, episode: Int, report: inout AgentReport
  ) -> Int {
    let skills = ["find_tree", "cut_tree", "craft_stick"]
    report.plan = skills
    report.planStep = step / 5 % 3
    report.skill = skills[step / 5 % 3]
    report.progress = Double(step % 5) / 5
    report.value = 1 - 0.01 * Double(step)
    let count = environment.specification.actions.count
    report.probabilities = (0..<count).map { $0 == step % count ? 0.5 : 0.5 / Float(count - 1) }
    report.outcomes = [
      .init("find_tree", success: true, steps: 5), .init("cut_tree", success: false, steps: 9),
    ]
    report.text = "Sticks are made of planks, and planks of logs."
    report.action = step % count
    return step % count
  }
}
