import KnackEnvironment
import KnackLearning
import KnackPlanning
import KnackSkills

/// Asks for what leads to what is on an ``Agenda``: as a rule to the achievement that is to be had for the least and that the episode has
/// not reached yet, unless the player has to see to itself. So the skills of a ``HierarchicalAgent`` can be learned while it plays.
///
/// What leads where is said by operators, what a skill costs by its own attempts.
public struct AchievementDirector: PlanningDirector {
  /// The operators that it plans over.
  public private(set) var operators: [Operator] = []
  private(set) var graph: OperatorGraph
  /// By node of the graph, the goal that carries it out.
  private(set) var goals: [Int]
  private let facts: [String], space: GoalSpace
  private var wants: Wants
  /// By goal: the facts about what must be near for it, and the goals that find that.
  private var nearby: [[Int]] = [], finders: [[Int]] = []
  /// By goal.
  private(set) var records: [GoalRecord]

  /// A director for worlds in which goals can be asked for.
  ///
  /// - Parameter agenda: what is wanted; nil for what the world asks for.
  public init(_ world: WorldSpecification, _ space: GoalSpace, agenda: Agenda? = nil) {
    facts = world.facts
    self.space = space
    wants = Wants(agenda ?? Agenda(of: world), facts: facts) { skill in
      space.goals.firstIndex { $0.name == skill }
    }
    records = space.goals.map(Self.blank)
    graph = OperatorGraph([], facts: facts)
    goals = []
    follow(world.operators)
  }

  /// The record of a goal that was never tried.
  private static func blank(_ goal: Goal) -> GoalRecord {
    GoalRecord(expectation: goal.kind == .find ? 30 : min(20, Double(goal.stepLimit)))
  }

  /// Goes by these operators from now on, as far as goals carry them out. What skills cost is kept.
  mutating func follow(_ operators: [Operator]) {
    let places = Dictionary(uniqueKeysWithValues: space.goals.enumerated().map { ($1.name, $0) })
    let operators = operators.filter { places[$0.skill] != nil }
    let goals = operators.map { places[$0.skill]! }
    let graph = OperatorGraph(operators, facts: facts)
    nearby = space.goals.indices.map { goal in goals.firstIndex(of: goal).map { graph.nodes[$0].nearby } ?? []
    }
    finders = nearby.map { nearby in
      graph.nodes.indices.filter { node in
        graph.nodes[node].isFind && graph.nodes[node].obtains.contains { nearby.contains($0.fact) }
      }.map { goals[$0] }
    }
    self.operators = operators
    self.goals = goals
    self.graph = graph
  }

  /// The steps that a node is taken to cost by itself.
  func cost(of node: Int) -> Double { records[goals[node]].cost / graph.nodes[node].chance }

  /// Forgets what some goals cost.
  mutating func forget(_ goals: [Int]) { for goal in goals { records[goal] = Self.blank(space.goals[goal]) } }

  /// By fact, how many are taken along where they are to hand, whatever is known to be needed.
  var provisions: [Int32] {
    get { wants.provisions }
    set { wants.provisions = newValue }
  }

  // MARK: - Asking

  /// What leads to what is wanted.
  public func goal(for facts: UnsafeBufferPointer<Int32>, after last: GoalAttempt?) -> GoalRequest {
    var facts = Array(facts)
    if let alarm = wants.alarm(facts) { return GoalRequest(wants.alarms[alarm].answer) }
    guard let last, last.outcome == .lost || last.outcome == .late else { return GoalRequest(choice(facts)) }
    // What one has just failed on does not count as being there; another one is to be found.
    for fact in nearby[last.goal] { facts[fact] = 0 }
    let goal = choice(facts)
    return GoalRequest(goal, isElsewhere: finders[last.goal].contains(goal))
  }

  /// The goal to ask for.
  private func choice(_ facts: [Int32]) -> Int { goals[chain(facts).chain[0]] }

  /// What is wanted, and the nodes that lead there, the one to begin with first.
  private func chain(_ facts: [Int32]) -> (want: Want, chain: [Int]) {
    let costs = costs(from: facts)
    if let want = wants.choice(facts, costs), let node = want.node { return (want, costs.chain(to: node)) }
    // Where there is nothing left to wish for, anything is practised, of what uses nothing up if there is any.
    let all = Array(graph.nodes.indices), cheap = all.filter { graph.nodes[$0].consumes.isEmpty }
    let free = cheap.isEmpty ? all : cheap
    let node = free[Int(facts.reduce(0) { ($0 &* 31 &+ $1) & 0xffff }) % free.count]
    return (Want(reason: .practice, node: node), [node])
  }

  /// What everything costs from where facts are so.
  func costs(from facts: [Int32]) -> AdditiveCosts {
    AdditiveCosts(graph, from: facts, own: graph.nodes.indices.map(cost))
  }

  /// Whether a fact alarms, and whether the player has something to see to itself.
  func isAlarmed(_ facts: [Int32]) -> Bool { wants.alarm(facts) != nil }
  func isInNeed(_ facts: [Int32], _ costs: AdditiveCosts) -> Bool { wants.need(facts, costs) != nil }

  /// What the aim costs that is to be had for the least; infinite where none is known how to reach.
  func costOfAim(_ facts: [Int32], _ costs: AdditiveCosts) -> Double {
    wants.aim(facts, costs)?.cost ?? .infinity
  }

  /// Says what leads to what is wanted, and why that is wanted.
  public func explain(_ goal: Int, for facts: UnsafeBufferPointer<Int32>, in report: inout AgentReport) {
    let facts = Array(facts), (want, chain) = chain(facts)
    report.plan = chain.map { space.goals[goals[$0]].name }
    report.planStep = chain.firstIndex { goals[$0] == goal }
    report.text = (wants.alarm(facts).map(wants.answer) ?? want).words(self.facts)
  }

  // MARK: - Learning

  /// Learns what skills cost.
  public mutating func learn(from attempts: [GoalAttempt]) {
    for attempt in attempts { records[attempt.goal].add(attempt) }
  }

  /// How attempts at a goal have turned out of late.
  public func tally(of goal: Int) -> SkillRecord.Tally { records[goal].tally }

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
