import KnackEnvironment
import KnackLearning

/// Two levels that act together: the upper one chooses a skill every H steps, the lower one carries it out.
public struct SkillPolicy: ActingPolicy {
  /// Who chooses skills, given an observation; and who acts, given an observation with skill and step behind it.
  public let highLevel: PerceptronPolicy, lowLevel: PerceptronPolicy
  /// Steps of a skill.
  public let length: Int

  /// A policy of two levels.
  public init(highLevel: PerceptronPolicy, lowLevel: PerceptronPolicy, length: Int) {
    self.highLevel = highLevel
    self.lowLevel = lowLevel
    self.length = length
  }

  /// See ``ActingPolicy``.
  public func actor(worlds: Int) -> any BatchActor { SkillActor(self, worlds: worlds) }
}

private final class SkillActor: BatchActor {
  private let policy: SkillPolicy
  private let chooser: PerceptronActor, doer: PerceptronActor
  /// By world: its skill, and the steps since that was chosen.
  private var skills: [Int32], choices: [Int32], steps: [Int]
  private var seen: [UInt8]

  init(_ policy: SkillPolicy, worlds: Int) {
    self.policy = policy
    chooser = PerceptronActor(policy.highLevel.network, rows: worlds)
    doer = PerceptronActor(policy.lowLevel.network, rows: worlds)
    skills = [Int32](repeating: 0, count: worlds)
    choices = skills
    steps = [Int](repeating: 0, count: worlds)
    seen = [UInt8](repeating: 0, count: worlds * policy.lowLevel.network.cardinalities.count)
  }

  func act(
    _ environment: VectorEnvironment, greedy: Bool, into actions: inout [Int32],
    uniform: (Int, Int) -> Float
  ) {
    let size = policy.highLevel.network.cardinalities.count, width = size + 2
    let isDue = steps.map { $0 % policy.length == 0 }
    if isDue.contains(true) {
      policy.highLevel.parameters.withUnsafeBufferPointer {
        chooser.act(
          $0.baseAddress!, environment.observations, masks: nil, greedy: greedy, into: &choices
        ) { uniform($0, 1) }
      }
    }
    for world in skills.indices {
      if isDue[world] { (skills[world], steps[world]) = (choices[world], 0) }
      seen.withUnsafeMutableBufferPointer { seen in
        let row = seen.baseAddress! + world * width
        row.update(from: environment.observations + world * size, count: size)
        row[size] = UInt8(skills[world])
        row[size + 1] = UInt8(steps[world])
      }
      steps[world] += 1
    }
    policy.lowLevel.parameters.withUnsafeBufferPointer {
      doer.act(
        $0.baseAddress!, seen, masks: environment.actionMasks.map { UnsafePointer($0) }, greedy: greedy,
        into: &actions
      ) { uniform($0, 0) }
    }
  }

  func forget(world: Int) { steps[world] = 0 }

  func save(world: Int) -> [UInt8] { [UInt8(skills[world]), UInt8(steps[world])] }

  func restore(_ bytes: [UInt8], world: Int) {
    guard bytes.count == 2, Int(bytes[0]) < policy.highLevel.network.outputs, Int(bytes[1]) <= policy.length
    else {
      return forget(world: world)
    }
    (skills[world], steps[world]) = (Int32(bytes[0]), Int(bytes[1]))
  }

  func explain(world: Int, in report: inout AgentReport) {
    report.skill = "skill \(skills[world])"
    report.progress = Double(steps[world]) / Double(policy.length)
    report.probabilities = doer.probabilities(row: world)
  }
}
