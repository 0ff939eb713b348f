import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackNumerics

/// Two levels that act together: the upper one chooses a skill every H steps, the lower one carries it out.
public struct SkillPolicy: ActingPolicy {
  /// Who chooses skills, given an observation, and what its outputs mean.
  public enum HighLevel: Sendable {
    /// A logit for each code of a codebook.
    case codes(PerceptronPolicy)
    /// Mean and deviation of each number of a point.
    case points(PerceptronPolicy, DiagonalGaussian)

    /// The network with its weights.
    var policy: PerceptronPolicy {
      switch self {
      case .codes(let policy), .points(let policy, _): policy
      }
    }
  }

  /// Who chooses skills; and who acts, given an observation with code and step behind it, and the point beside.
  public let highLevel: HighLevel, lowLevel: PerceptronPolicy
  /// Steps of a skill.
  public let length: Int

  /// A policy of two levels.
  public init(highLevel: HighLevel, lowLevel: PerceptronPolicy, length: Int) {
    self.highLevel = highLevel
    self.lowLevel = lowLevel
    self.length = length
  }

  /// See ``ActingPolicy``.
  public func actor(worlds: Int) -> any BatchActor { SkillActor(self, worlds: worlds) }
}

private final class SkillActor: BatchActor {
  private let policy: SkillPolicy
  private let chooser: PerceptronActor?, pointer: GaussianActor?
  private let doer: PerceptronActor
  /// The skill of each world and those that might be begun, and the steps since each was chosen.
  private let skills: SkillDraws, choices: SkillDraws
  private var steps: [Int]
  private var seen: [UInt8]

  init(_ policy: SkillPolicy, worlds: Int) {
    self.policy = policy
    switch policy.highLevel {
    case .codes(let high): (chooser, pointer) = (PerceptronActor(high.network, rows: worlds), nil)
    case .points(let high, let gaussian):
      (chooser, pointer) = (nil, GaussianActor(high.network, gaussian, rows: worlds))
    }
    doer = PerceptronActor(policy.lowLevel.network, rows: worlds)
    let dimensions = policy.lowLevel.network.features
    skills = SkillDraws(worlds: worlds, dimensions: dimensions)
    choices = SkillDraws(worlds: worlds, dimensions: dimensions)
    steps = [Int](repeating: 0, count: worlds)
    seen = [UInt8](repeating: 0, count: worlds * policy.lowLevel.network.cardinalities.count)
  }

  func act(
    _ environment: VectorEnvironment, greedy: Bool, into actions: inout [Int32],
    uniform: (Int, Int) -> Float
  ) {
    let size = policy.highLevel.policy.network.cardinalities.count, width = size + 2
    let isDue = steps.map { $0 % policy.length == 0 }
    if isDue.contains(true) { choose(environment.observations, greedy: greedy, uniform: uniform) }
    for world in steps.indices {
      if isDue[world] {
        skills.take(world, from: choices)
        steps[world] = 0
      }
      seen.withUnsafeMutableBufferPointer { seen in
        let row = seen.baseAddress! + world * width
        row.update(from: environment.observations + world * size, count: size)
        row[size] = UInt8(skills.codes[world])
        row[size + 1] = UInt8(steps[world])
      }
      steps[world] += 1
    }
    policy.lowLevel.parameters.withUnsafeBufferPointer {
      doer.act(
        $0.baseAddress!, seen, features: skills.points,
        masks: environment.actionMasks.map { UnsafePointer($0) },
        greedy: greedy, into: &actions
      ) { uniform($0, 0) }
    }
  }

  /// Lets the upper level choose for all worlds.
  private func choose(
    _ observations: UnsafePointer<UInt8>, greedy: Bool, uniform: (Int, Int) -> Float
  ) {
    policy.highLevel.policy.parameters.withUnsafeBufferPointer { parameters in
      chooser?.act(
        parameters.baseAddress!, observations, masks: nil, greedy: greedy, into: &choices.codes
      ) { uniform($0, 1) }
      pointer?.act(parameters.baseAddress!, observations, into: choices.points) { world, dimension in
        // The number's 24 bits are those that a normal number is made of.
        greedy ? 0 : CounterRandom.normal(UInt32(uniform(world, 1 + dimension) * 0x1p24) << 8)
      }
    }
  }

  func forget(world: Int) { steps[world] = 0 }

  func save(world: Int) -> [UInt8] {
    withUnsafeBytes(of: (Int32(steps[world]), skills.codes[world]), Array.init)
      + UnsafeRawBufferPointer(start: skills.point(world), count: 4 * skills.dimensions)
  }

  func restore(_ bytes: [UInt8], world: Int) {
    guard bytes.count == 8 + 4 * skills.dimensions else { return forget(world: world) }
    bytes.withUnsafeBytes { bytes in
      steps[world] = Int(bytes.loadUnaligned(as: Int32.self))
      skills.codes[world] = bytes.loadUnaligned(fromByteOffset: 4, as: Int32.self)
      for d in 0..<skills.dimensions {
        skills.point(world)[d] = bytes.loadUnaligned(fromByteOffset: 8 + 4 * d, as: Float.self)
      }
    }
    let codes = policy.lowLevel.network.cardinalities.suffix(2).first ?? 1
    guard (0...policy.length).contains(steps[world]), (0..<Int32(codes)).contains(skills.codes[world]) else {
      skills.codes[world] = 0
      return forget(world: world)
    }
  }

  func explain(world: Int, in report: inout AgentReport) {
    report.skill =
      skills.dimensions == 0
      ? "skill \(skills.codes[world])"
      : "skill ("
        + (0..<skills.dimensions).map { "\((skills.point(world)[$0] * 10).rounded() / 10)" }.joined(
          separator: ", ") + ")"
    report.progress = Double(steps[world]) / Double(policy.length)
    report.probabilities = doer.probabilities(row: world)
  }
}
