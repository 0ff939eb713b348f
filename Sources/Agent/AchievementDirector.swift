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
    /// When it is thought of at all: where there are at least so many of each of these, and fewer than so many of each of those.
    public var given: [Operator.Amount], unless: [Operator.Amount]

    /// Something of which the player must not run out.
    public init(
      _ fact: String, urgent: Int, wanted: Int, given: [Operator.Amount] = [], unless: [Operator.Amount] = []
    ) {
      self.fact = fact
      self.urgent = urgent
      self.wanted = wanted
      self.given = given
      self.unless = unless
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

  private(set) var graph: OperatorGraph
  private let facts: [String], space: GoalSpace
  private let alarm: (fact: Int, goal: Int)?
  /// What is wanted: the achievements, or what an episode is for where there are none.
  private let aims: [OperatorGraph.Amount]
  private let upkeep:
    [(
      fact: Int, urgent: Int32, wanted: Int32, given: [OperatorGraph.Amount], unless: [OperatorGraph.Amount]
    )]
  /// An achievement that is to be had for so few steps goes before everything but an alarm.
  private let bargainCost = 6.0
  /// The most that one can carry of anything.
  private let most: Int32 = 9
  /// By fact, how many are taken along where they are to hand, whatever is known to be needed.
  var provisions: [Int32]
  /// By goal.
  private(set) var records: [GoalRecord]

  /// A director for worlds in which goals can be asked for.
  public init(
    _ world: WorldSpecification, _ space: GoalSpace, upkeep: [Upkeep] = [], alarm: Alarm? = nil
  ) {
    graph = OperatorGraph(world.operators, facts: world.facts, goals: space.goals)
    facts = world.facts
    self.space = space
    func place(_ fact: String) -> Int? { world.facts.firstIndex(of: fact) }
    func amounts(_ all: [Operator.Amount]) -> [OperatorGraph.Amount] {
      all.compactMap { amount in
        place(amount.fact).map { OperatorGraph.Amount(fact: $0, count: Int32(amount.count)) }
      }
    }
    aims =
      world.achievements.isEmpty
      ? amounts(world.goal ?? []) : world.achievements.map { OperatorGraph.Amount(fact: $0, count: 1) }
    self.upkeep = upkeep.compactMap { one in
      place(one.fact).map {
        ($0, Int32(one.urgent), Int32(one.wanted), amounts(one.given), amounts(one.unless))
      }
    }
    self.alarm = alarm.flatMap { one in
      guard let fact = place(one.fact), let goal = space.goals.firstIndex(where: { $0.name == one.goal })
      else { return nil }
      return (fact, goal)
    }
    provisions = world.facts.map { _ in 0 }
    records = space.goals.map(Self.blank)
  }

  /// The record of a goal that was never tried.
  private static func blank(_ goal: Goal) -> GoalRecord {
    GoalRecord(expectation: goal.kind == .find ? 30 : min(20, Double(goal.stepLimit)))
  }

  /// Goes by other operators from now on, and by how likely a success of its goal is each. What skills cost is kept.
  mutating func follow(_ operators: [Operator], chances: [Double]) {
    graph = OperatorGraph(operators, chances: chances, facts: facts, goals: space.goals)
  }

  /// The steps that a node is taken to cost by itself.
  func cost(of node: OperatorGraph.Node) -> Double { records[node.goal].cost / node.chance }

  /// Forgets what some goals cost.
  mutating func forget(_ goals: [Int]) { for goal in goals { records[goal] = Self.blank(space.goals[goal]) } }

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

  /// Something that is wanted: a node, and a fact that it is wanted for.
  private struct Want {
    enum Reason { case need, stock, achievement, practice }

    var node: Int, fact: Int?, reason: Reason
  }

  /// The goal to ask for.
  private func choice(_ facts: [Int32]) -> Int { graph.nodes[chain(facts).chain[0]].goal }

  /// What is wanted, and the nodes that lead there, the one to begin with first.
  private func chain(_ facts: [Int32]) -> (want: Want, chain: [Int]) {
    let costs = costs(from: facts)
    let wish = wish(facts, costs)
    let bargain = wish.flatMap { costs.costs[$0.node] <= bargainCost ? $0 : nil }
    if let want = bargain ?? need(facts, costs) ?? stock(facts) ?? wish {
      return (want, costs.chain(to: want.node))
    }
    // Where there is nothing left to wish for, anything is practised, of what uses nothing up if there is any.
    let all = Array(graph.nodes.indices), cheap = all.filter { graph.nodes[$0].consumes.isEmpty }
    let free = cheap.isEmpty ? all : cheap
    let node = free[Int(facts.reduce(0) { ($0 &* 31 &+ $1) & 0xffff }) % free.count]
    return (Want(node: node, fact: nil, reason: .practice), [node])
  }

  /// What everything costs from where facts are so.
  func costs(from facts: [Int32]) -> OperatorCosts {
    OperatorCosts(graph, facts, own: graph.nodes.map(cost))
  }

  /// Whether a fact alarms, and whether the player has something to see to itself.
  func isAlarmed(_ facts: [Int32]) -> Bool { alarm.map { facts[$0.fact] > 0 } ?? false }
  func isInNeed(_ facts: [Int32], _ costs: OperatorCosts) -> Bool { need(facts, costs) != nil }

  /// What the achievement costs that is to be had for the least; infinite where none is known how to reach.
  func costOfWish(_ facts: [Int32], _ costs: OperatorCosts) -> Double {
    wish(facts, costs).map { costs.costs[$0.node] } ?? .infinity
  }

  /// What the player must do for itself.
  private func need(_ facts: [Int32], _ costs: OperatorCosts) -> Want? {
    let upkeep = upkeep.filter { one in
      one.given.allSatisfy { facts[$0.fact] >= $0.count }
        && one.unless.allSatisfy { facts[$0.fact] < $0.count }
    }
    for one in upkeep where facts[one.fact] < one.urgent {
      if let source = costs.source(of: one.fact) { return Want(node: source, fact: one.fact, reason: .need) }
    }
    for one in upkeep where facts[one.fact] < one.wanted {
      if let node = graph.sources[one.fact].first(where: { isReady($0, facts) }) {
        return Want(node: node, fact: one.fact, reason: .need)
      }
    }
    return nil
  }

  /// What is to be had where one is and will be needed for what is still to be achieved.
  private func stock(_ facts: [Int32]) -> Want? {
    var needs = provisions
    for aim in aims where facts[aim.fact] < aim.count {
      guard let source = graph.sources[aim.fact].first else { continue }
      for amount in graph.nodes[source].consumes { needs[amount.fact] += amount.count }
    }
    for (index, node) in graph.nodes.enumerated()
    where !node.isFind && node.consumes.isEmpty && !node.nearby.isEmpty && isReady(index, facts) {
      if let gain = node.obtains.first(where: { facts[$0.fact] < min(most, needs[$0.fact]) }) {
        return Want(node: index, fact: gain.fact, reason: .stock)
      }
    }
    return nil
  }

  /// The achievement that is to be had for the least.
  private func wish(_ facts: [Int32], _ costs: OperatorCosts) -> Want? {
    aims.filter { facts[$0.fact] < $0.count && costs.source(of: $0.fact) != nil }
      .min { costs.costOfMore($0.fact) < costs.costOfMore($1.fact) }
      .map { Want(node: costs.source(of: $0.fact)!, fact: $0.fact, reason: .achievement) }
  }

  /// Whether everything is there for a node.
  private func isReady(_ node: Int, _ facts: [Int32]) -> Bool {
    let node = graph.nodes[node]
    return node.consumes.allSatisfy { facts[$0.fact] >= $0.count }
      && node.requires.allSatisfy { facts[$0.fact] >= $0.count } && node.nearby.allSatisfy { facts[$0] > 0 }
  }

  /// Says what leads to what is wanted, and why that is wanted.
  public func explain(_ goal: Int, for facts: UnsafeBufferPointer<Int32>, in report: inout AgentReport) {
    let (want, chain) = chain(Array(facts))
    report.plan = chain.map { space.goals[graph.nodes[$0].goal].name }
    report.planStep = chain.firstIndex { graph.nodes[$0].goal == goal }
    let name = want.fact.map { self.facts[$0] } ?? ""
    if let alarm, facts[alarm.fact] > 0 {
      report.text = "alarmed by \(self.facts[alarm.fact])"
    } else {
      report.text =
        switch want.reason {
        case .need: "sees to its \(name)"
        case .stock: "takes \(name) where it is to hand"
        case .achievement: "is after \(name)"
        case .practice: "practises, for there is nothing left to achieve"
        }
    }
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
