import KnackEnvironment
import KnackLearning

/// Where a skill began when a hierarchical agent played, as copies of worlds from which it can begin again.
public final class SkillContexts {
  /// The kind of the worlds, ready to be asked for goals.
  public let world: WorldKind
  /// The most that are kept.
  public let capacity: Int
  /// Whether the attempt that began there failed, in the order of the copies.
  public private(set) var failed: [Bool] = []
  /// The copies.
  let gallery: VectorEnvironment

  /// How many there are.
  public var count: Int { failed.count }

  /// The attempts that began there.
  public var attempts: [SuccessCritic.Attempt] {
    failed.indices.map { SuccessCritic.Attempt(self, $0, succeeded: !failed[$0]) }
  }

  /// No contexts of worlds of a kind.
  public init(_ world: WorldKind, capacity: Int) {
    self.world = world
    self.capacity = capacity
    gallery = VectorEnvironment(world, count: max(1, capacity))
  }

  /// Keeps a copy of a world, unless there is no room left.
  func add(_ world: Int, of environment: VectorEnvironment, failed hasFailed: Bool) {
    guard count < capacity else { return }
    gallery.copy(world: world, of: environment, to: count)
    failed.append(hasFailed)
  }

  /// Lets an agent play episodes, and keeps where its attempts at skills began that came to an end.
  ///
  /// - Parameters:
  ///   - skills: whose attempts are kept, by their names.
  ///   - capacity: the most that are kept of each skill.
  ///   - limit: the world's steps after which an episode is left as it is.
  /// - Returns: contexts by skill; none of skills that were not tried.
  public static func collect(
    _ agent: HierarchicalAgent, skills: Set<String>, episodes: Range<Int>, seed: UInt64, capacity: Int,
    limit: Int = .max
  ) -> [String: SkillContexts] {
    let world = agent.world, problem = agent.problem
    // Where each world's attempt began, until it is known how it ended.
    let beginnings = VectorEnvironment(world, count: episodes.count)
    var contexts: [String: SkillContexts] = [:]
    agent.onBeginning = { place, one, environment in
      guard skills.contains(problem.operators[one].skill) else { return }
      beginnings.copy(world: place, of: environment, to: place)
    }
    agent.onOutcome = { place, one, success, _ in
      let skill = problem.operators[one].skill
      guard skills.contains(skill) else { return }
      let kept = contexts[skill] ?? SkillContexts(world, capacity: capacity)
      contexts[skill] = kept
      kept.add(place, of: beginnings, failed: !success)
    }
    agent.play(episodes, seed: seed, limit: limit) { _, _ in }
    agent.onBeginning = nil
    agent.onOutcome = nil
    return contexts
  }
}
