import KnackEnvironment
import KnackLearning
import KnackPlanning
import KnackSkills

/// Asks for what leads to a world's achievements as ``AchievementDirector`` does, but over operators that it learns while playing.
///
/// It is given what can be asked for (the goals, what each works on, and when it counts as reached), and no operator but that
/// things can be looked for. What has never worked is hoped for: a try of it that would teach something is taken to be worth as much
/// as an achievement, and made where it costs less than any that is known how to reach.
public struct LearningDirector: PlanningDirector {
  /// What can be tried: a goal, the fact that its target is near (-1) and the goal that finds it (-1).
  private typealias Deed = (goal: Int, near: Int, finder: Int)

  private let facts: [String], space: GoalSpace
  private let deeds: [Deed]
  private var planner: AchievementDirector
  private var experience: PlayedOperators
  /// The operators that it believes in.
  public private(set) var learnedOperators: [Operator] = []
  /// Those that it plans over.
  private var plannedOperators: [Operator] = []

  /// A director for worlds in which goals can be asked for.
  ///
  /// - Parameter agenda: what is wanted; nil for what the world asks for.
  public init(_ world: WorldSpecification, _ space: GoalSpace, agenda: Agenda? = nil) {
    let agenda = agenda ?? Agenda(of: world)
    facts = world.facts
    self.space = space
    experience = PlayedOperators(world, space, vital: Set(agenda.upkeep.map(\.fact) + ["health"]))
    deeds = experience.deeds.map { goal in
      let target = space.goals[goal].target
      guard target >= 0 else { return (goal, -1, -1) }
      return (
        goal, world.facts.firstIndex(of: space.targets[target] + "_nearby") ?? -1,
        space.goals.firstIndex { $0.kind == .find && $0.target == target } ?? -1
      )
    }
    var unknown = world
    unknown.operators = []
    planner = AchievementDirector(unknown, space, agenda: agenda)
    plan()
  }

  // MARK: - Asking

  /// An experiment, or what leads to an achievement by what is known.
  public func goal(for facts: UnsafeBufferPointer<Int32>, after last: GoalAttempt?) -> GoalRequest {
    experiment(Array(facts), after: last).map { GoalRequest($0) } ?? planner.goal(for: facts, after: last)
  }

  /// A try that takes so few steps is made whatever else there is to do; what was never tried is worth so many achievements, and
  /// half as much after so many tries in vain.
  private static let trifle = 3.0, curiosity = 4.0, constancy = 5.0
  /// For so many steps needs can wait.
  private static let pause = 30.0

  /// The goal to ask for to learn something; nil where nothing can be learned for less than an achievement costs.
  private func experiment(_ facts: [Int32], after last: GoalAttempt?) -> Int? {
    let costs = planner.costs(from: facts)
    let isInNeed = planner.isInNeed(facts, costs)
    let wish = planner.costOfAim(facts, costs)
    let means = experience.means
    let isAlarmed = planner.isAlarmed(facts)
    let limit = isAlarmed ? 0 : isInNeed ? min(Self.curiosity * wish, Self.pause) : Self.curiosity * wish
    let tries = deeds.filter { !experience.hasWorked($0.goal) || isNear($0, facts) }.map { deed in
      (deed: deed, price: price(of: deed, facts))
    }
    // What takes next to nothing is tried once, one after the other, whenever there is more or less of anything.
    let failures = last?.failures ?? 0
    if failures > 0 || last.map({ one in means.contains { one.before[$0] != facts[$0] } }) ?? true {
      let now = tries.filter {
        isNear($0.deed, facts) && $0.price <= Self.trifle && isWorthATry($0.deed, facts)
      }
      .sorted { ($0.price, $0.deed.goal) < ($1.price, $1.deed.goal) }
      if failures < now.count { return now[failures].deed.goal }
    }
    // What can be tried here, elsewhere, or if there were more of something.
    var best: Int?, least = limit
    func consider(_ deed: Deed, cost: Double, first goal: Int, _ facts: [Int32]) {
      let hoped = hopedCost(of: deed, cost, facts)
      guard hoped < least, isWorthATry(deed, facts) else { return }
      least = hoped
      best = goal
    }
    for (deed, price) in tries where price > Self.trifle && (failures == 0 || last?.goal != deed.goal) {
      consider(deed, cost: price, first: isNear(deed, facts) ? deed.goal : deed.finder, facts)
    }
    guard !isInNeed else { return best }
    for fact in means {
      guard let source = costs.source(of: fact) else { continue }
      let node = planner.graph.nodes[source], next = planner.cost(of: source)
      let goal = planner.goals[costs.chain(to: source)[0]]
      for count in node.consumes.isEmpty ? Self.counts : [1] where count > facts[fact] {
        let cost = costs.costOfMore(fact) + Double(count - facts[fact] - 1) * next
        var richer = facts
        richer[fact] = count
        for (deed, price) in tries where !experience.hasWorked(deed.goal) {
          consider(deed, cost: cost + price, first: goal, richer)
        }
      }
    }
    return best
  }

  /// What a success is hoped to cost where a try costs so much: the more, the more often there was as much of everything in
  /// vain.
  private func hopedCost(of deed: Deed, _ price: Double, _ facts: [Int32]) -> Double {
    price * (1 + Double(experience.familiarity(of: facts, to: deed.goal)) / Self.constancy)
  }

  private func isNear(_ deed: Deed, _ facts: [Int32]) -> Bool {
    deed.near < 0 || facts[deed.near] > 0
  }

  /// Steps that a try is taken to cost, with those to get there.
  private func price(of deed: Deed, _ facts: [Int32]) -> Double {
    let way = isNear(deed, facts) ? 0 : deed.finder < 0 ? .infinity : planner.records[deed.finder].cost
    return way + planner.records[deed.goal].stepsPerAttempt
  }

  /// Whether a try would teach something of what has never worked, or test what is claimed of what has.
  private func isWorthATry(_ deed: Deed, _ facts: [Int32]) -> Bool {
    switch experience.purpose(of: deed.goal, facts) {
    case .explore: !experience.hasWorked(deed.goal)
    case .test: true
    case .confirm, nil: false
    }
  }

  /// How many of something that one finds are gathered to try with; of what one makes, one is enough.
  private static let counts: [Int32] = [1, 4]

  /// The operators that it plans over.
  public var operators: [Operator] { planner.operators }

  /// How attempts at a goal have turned out of late.
  public func tally(of goal: Int) -> SkillRecord.Tally { planner.tally(of: goal) }

  // MARK: - Learning

  /// Every step teaches something.
  public var watchesSteps: Bool { true }

  /// Learns what skills cost, and what those do that take time.
  public mutating func learn(from attempts: [GoalAttempt]) {
    planner.learn(from: attempts)
    experience.learn(from: attempts)
  }

  /// Learns what skills use up, need and give.
  public mutating func learn(from steps: [WatchedStep]) {
    experience.learn(from: steps)
    plan()
  }

  /// Plans over what has been learned from now on.
  private mutating func plan() {
    let (learned, planned) = experience.operators()
    // What was tried before one knew what it takes says nothing of what it costs.
    let isNews = space.goals.map { goal in
      planned.filter { $0.skill == goal.name } != plannedOperators.filter { $0.skill == goal.name }
    }
    planner.forget(space.goals.indices.filter { isNews[$0] })
    learnedOperators = learned
    plannedOperators = planned
    // As long as something has never worked, a handful of everything is taken along.
    let isComplete = deeds.allSatisfy { experience.hasWorked($0.goal) }
    planner.provisions = facts.map { _ in 0 }
    if !isComplete { for fact in experience.means { planner.provisions[fact] = Self.counts.max()! } }
    planner.follow(planned.map(experience.expected))
  }

  /// Says what leads to what is wanted, and why that is wanted.
  public func explain(_ goal: Int, for facts: UnsafeBufferPointer<Int32>, in report: inout AgentReport) {
    planner.explain(goal, for: facts, in: &report)
    guard report.planStep == nil else { return }
    report.plan = [space.goals[goal].name]
    report.planStep = 0
    report.text = "experiments, to learn what things take and give"
  }

  // MARK: - Saving

  /// The records of goals, then what was learned from, as lines.
  public func save() -> [UInt8] {
    let records = planner.save()
    return withUnsafeBytes(of: records.count) { Array($0) } + records
      + Array(experience.lines.joined(separator: "\n").utf8)
  }

  /// Takes on what ``save()`` gave.
  public mutating func restore(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 8 else { return false }
    let size = bytes.withUnsafeBytes { $0.loadUnaligned(as: Int.self) }
    guard size >= 0, size <= bytes.count - 8 else { return false }
    let lines = String(decoding: bytes[(8 + size)...], as: UTF8.self).split(separator: "\n").map(String.init)
    var other = self
    guard other.planner.restore(Array(bytes[8..<8 + size])), other.experience.restore(lines) else {
      return false
    }
    other.plan()
    // Records were saved after what was learned had been made use of.
    _ = other.planner.restore(Array(bytes[8..<8 + size]))
    self = other
    return true
  }
}
