import KnackEnvironment
import KnackLearning

/// Asks for what leads to a world's achievements: for the one that is to be had for the least and that the episode has not
/// reached yet, unless the player has to see to itself.
///
/// What leads where is said by operators, what a skill costs by its own attempts.
public struct AchievementDirector: GoalDirector {
  /// Something of which the player must not run out.
  public struct Upkeep: Sendable, Equatable {
    /// The fact; below how many of it nothing else matters, and below how many it is seen to where that is to hand.
    public var fact: String, urgent: Int, wanted: Int
    /// What must be so for it to be to hand, apart from what its operators need: at least so many of each.
    public var given: [Operator.Amount]

    /// Something of which the player must not run out.
    public init(_ fact: String, urgent: Int, wanted: Int, given: [Operator.Amount] = []) {
      self.fact = fact
      self.urgent = urgent
      self.wanted = wanted
      self.given = given
    }
  }

  /// What to do at once where a fact holds.
  public struct Alarm: Sendable, Equatable {
    /// The fact, and the goal.
    public var fact: String, goal: String

    /// What to do at once where a fact holds.
    public init(_ fact: String, goal: String) {
      self.fact = fact
      self.goal = goal
    }
  }

  private let graph: OperatorGraph
  private let alarm: (fact: Int, goal: Int)?
  private let achievements: Range<Int>
  private let upkeep: [(fact: Int, urgent: Int32, wanted: Int32, given: [OperatorGraph.Amount])]
  /// The most that one can carry of anything.
  private let most: Int32 = 9
  /// By goal.
  private var records: [GoalRecord]

  /// A director for worlds in which goals can be asked for.
  public init(
    _ world: WorldSpecification, _ space: GoalSpace, upkeep: [Upkeep] = [], alarm: Alarm? = nil
  ) {
    let graph = OperatorGraph(world.operators, facts: world.facts, goals: space.goals)
    self.graph = graph
    achievements = world.achievements
    func place(_ fact: String) -> Int? { world.facts.firstIndex(of: fact) }
    self.upkeep = upkeep.compactMap { one in
      place(one.fact).map {
        (
          $0, Int32(one.urgent), Int32(one.wanted),
          one.given.compactMap { amount in
            place(amount.fact).map { OperatorGraph.Amount(fact: $0, count: Int32(amount.count)) }
          }
        )
      }
    }
    self.alarm = alarm.flatMap { one in
      guard let fact = place(one.fact), let goal = space.goals.firstIndex(where: { $0.name == one.goal })
      else { return nil }
      return (fact, goal)
    }
    records = space.goals.map { goal in
      GoalRecord(expectation: goal.kind == .find ? 30 : min(20, Double(goal.stepLimit)))
    }
  }

  /// What leads to the achievement that is to be had for the least, or what is more urgent.
  public func goal(for facts: UnsafeBufferPointer<Int32>, after last: GoalAttempt?) -> GoalRequest {
    var facts = Array(facts)
    if let alarm, facts[alarm.fact] > 0 { return GoalRequest(alarm.goal) }
    guard let last, last.outcome == .lost || last.outcome == .late else { return GoalRequest(choice(facts)) }
    // What one has just failed on does not count as being there; another one is to be found.
    for fact in graph.nearbyOfGoal[last.goal] { facts[fact] = 0 }
    let goal = choice(facts)
    return GoalRequest(goal, isElsewhere: graph.findersOfGoal[last.goal].contains(goal))
  }

  /// The goal to ask for.
  private func choice(_ facts: [Int32]) -> Int {
    let costs = OperatorCosts(graph, facts, own: graph.nodes.map { records[$0.goal].cost })
    if let node = need(facts, costs) ?? stock(facts) ?? wish(facts, costs) {
      return graph.nodes[costs.first(for: node)].goal
    }
    // Where there is nothing left to wish for, anything is practised.
    return graph.nodes[Int(facts.reduce(0) { ($0 &* 31 &+ $1) & 0xffff }) % graph.nodes.count].goal
  }

  /// What the player must do for itself.
  private func need(_ facts: [Int32], _ costs: OperatorCosts) -> Int? {
    let urgent = upkeep.filter { facts[$0.fact] < $0.urgent }.min { facts[$0.fact] < facts[$1.fact] }
    if let urgent, let source = costs.source(of: urgent.fact) { return source }
    for one in upkeep
    where facts[one.fact] < one.wanted && one.given.allSatisfy({ facts[$0.fact] >= $0.count }) {
      if let node = graph.sources[one.fact].first(where: { isReady($0, facts) }) { return node }
    }
    return nil
  }

  /// What is to be had where one is and will be needed for what is still to be achieved.
  private func stock(_ facts: [Int32]) -> Int? {
    var needs = [Int32](repeating: 0, count: facts.count)
    for fact in achievements where facts[fact] == 0 {
      guard let source = graph.sources[fact].first else { continue }
      for amount in graph.nodes[source].consumes { needs[amount.fact] += amount.count }
    }
    return graph.nodes.indices.first { index in
      let node = graph.nodes[index]
      return !node.isFind && node.consumes.isEmpty && !node.nearby.isEmpty && isReady(index, facts)
        && node.obtains.contains { facts[$0.fact] < min(most, needs[$0.fact]) }
    }
  }

  /// The achievement that is to be had for the least.
  private func wish(_ facts: [Int32], _ costs: OperatorCosts) -> Int? {
    achievements.filter { facts[$0] == 0 && costs.source(of: $0) != nil }
      .min { costs.costOfMore($0) < costs.costOfMore($1) }
      .flatMap { costs.source(of: $0) }
  }

  /// Whether everything is there for a node.
  private func isReady(_ node: Int, _ facts: [Int32]) -> Bool {
    let node = graph.nodes[node]
    return node.consumes.allSatisfy { facts[$0.fact] >= $0.count }
      && node.requires.allSatisfy { facts[$0.fact] >= $0.count } && node.nearby.allSatisfy { facts[$0] > 0 }
  }

  /// Learns what skills cost.
  public mutating func learn(from attempts: [GoalAttempt]) {
    for attempt in attempts { records[attempt.goal].add(attempt) }
  }

  /// The records' bytes.
  public func save() -> [UInt8] { records.withUnsafeBytes(Array.init) }

  /// Takes on records' bytes.
  public mutating func restore(_ bytes: [UInt8]) -> Bool {
    guard bytes.count == records.count * MemoryLayout<GoalRecord>.stride else { return false }
    var restored = records
    restored.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
    guard restored.allSatisfy(\.isValid) else { return false }
    records = restored
    return true
  }
}
