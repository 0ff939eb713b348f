import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackPlanning
import KnackSkills

/// An agent that plans over what it can do, and does it with the skills of a library.
///
/// At every decision it senses the facts, asks the planner for a way from them to the goal, and carries out the first operator of
/// it: what must be in the hand is taken up, then an action of the world crafts, or a skill's policy acts until its goal has
/// ended. How that went is judged by the facts; then it decides anew. A skill that failed is less likely to be chosen again, and
/// after some failures in a row what it works on is looked for elsewhere.
///
/// ```swift
/// let agent = try HierarchicalAgent(world: kind, library: library)
/// let environment = VectorEnvironment(agent.world, count: 16)
/// environment.reset(seed: 1)
/// agent.begin(worlds: 16)
/// while playing {
///   agent.act(in: environment, into: &actions) { world in uniform(world) }
///   environment.step(actions)
/// }
/// ```
public final class HierarchicalAgent {
  /// The world, ready to be asked for goals.
  public let world: WorldKind
  /// The skills.
  public let library: SkillLibrary
  /// The operators, compiled.
  public let problem: PlanningProblem
  /// How it goes about its goals.
  public let settings: AgentSettings
  /// What is to be reached; at first what the world asks for.
  public var goal: [Operator.Amount]
  /// The context that outcomes are recorded in, and looked up by.
  public let context: String
  /// How each attempt has ended: operator, success, steps. Called after each.
  public var onOutcome: ((_ world: Int, _ operator: Int, _ success: Bool, _ steps: Int) -> Void)?

  /// The stream of a seed from which its actions are drawn.
  public static let randomStream: UInt64 = 0x7a5c

  private let space: GoalSpace
  /// By operator: the goal of its skill (-1 where an action does it, or nothing), the action that does it (-1), what it costs.
  private let goals: [Int], actions: [Int], costs: [SkillCost]
  /// By operator, the actions that take into the hand what must be there; and where nothing must, what would help, as facts and the
  /// actions that take it up, the best first.
  private let equipping: [[Int]], tools: [[(fact: Int, action: Int)]]
  /// By operator, the fact that says that what it works on is near, where that can be found; -1 for none.
  private let needsNear: [Int]
  private let policies: [(name: String, policy: Policy)]
  /// By operator, which of the policies carries it out.
  private let policyOf: [Int]
  private let choices: Int
  private let factCount: Int
  private var minds: [Mind] = []
  private var actors: [Actor] = []
  private var drawn: [[Int32]] = []
  private var facts: [Int32]

  /// An agent for worlds of a kind.
  ///
  /// - Parameters:
  ///   - operators: what can be brought about; nil for what the world states.
  ///   - goal: what is to be reached; nil for what the world asks for.
  /// - Throws: ``AgentError`` where the parts do not fit.
  public init(
    world: WorldKind, library: SkillLibrary, operators: [Operator]? = nil, goal: [Operator.Amount]? = nil,
    settings: AgentSettings = AgentSettings(), context: String = ""
  ) throws(AgentError) {
    guard let commanded = world.commanded, let space = commanded.goalSpace else {
      throw .takesNoGoals(world.specification.id)
    }
    let specification = world.specification
    let operators = operators ?? specification.operators
    guard !operators.isEmpty else { throw .knowsNoOperators(specification.id) }
    self.world = commanded
    self.space = space
    self.library = library
    self.settings = settings
    self.context = context
    self.goal = goal ?? specification.goal ?? []
    problem = PlanningProblem(operators: operators, facts: specification.facts)
    factCount = specification.facts.count
    facts = [Int32](repeating: 0, count: factCount)
    choices = space.moves.count + space.headings.count

    var goals: [Int] = [], actions: [Int] = [], costs: [SkillCost] = [], policyOf: [Int] = []
    var policies: [(name: String, policy: Policy)] = []
    for one in operators {
      var goal = -1, action = -1, place = -1
      var cost = SkillCost(probability: 0)
      if one.kind == .craft {
        action = specification.actions.number(of: one.skill) ?? -1
        if action >= 0 { cost = SkillCost() }
      } else if let skill = library.skill(named: one.skill),
        let number = space.goals.firstIndex(where: { $0.name == skill.goal }),
        let entry = library.policies[skill.policy]
      {
        goal = number
        place = policies.firstIndex { $0.name == skill.policy } ?? policies.count
        if place == policies.count {
          let fitting = try? Policy(world: commanded.specification, network: entry.network)
          guard entry.policy.network.layout == fitting?.network.layout else {
            throw .policyOfAnotherWorld(skill.policy, specification.id)
          }
          policies.append((skill.policy, entry.policy))
        }
        let tally = skill.record.tally(in: context), limit = Double(space.goals[number].stepLimit)
        cost = SkillCost(
          probability: tally.probability, steps: tally.meanSuccessSteps ?? limit / 4,
          failureSteps: tally.meanFailureSteps ?? limit)
      }
      goals.append(goal)
      actions.append(action)
      costs.append(cost)
      policyOf.append(place)
    }
    self.goals = goals
    self.actions = actions
    self.costs = costs
    self.policyOf = policyOf
    self.policies = policies
    equipping = operators.map { one in
      one.equips.compactMap { specification.actions.number(of: "equip_" + $0) }
    }
    let problem = problem
    tools = zip(operators, goals).map { one, goal in
      guard goal >= 0, one.equips.isEmpty else { return [] }
      return space.goals[goal].tools.compactMap { name in
        guard let fact = problem.number(of: name),
          let action = specification.actions.number(of: "equip_" + name)
        else {
          return nil
        }
        return (fact, action)
      }
    }
    let found = Set(operators.filter { $0.kind == .find }.flatMap { $0.obtains.map(\.fact) })
    needsNear = operators.map { one in
      guard one.kind == .manipulate,
        let near = (one.consumes + one.requires).first(where: { found.contains($0.fact) })
      else { return -1 }
      return problem.number(of: near.fact) ?? -1
    }
  }

  /// Forgets everything, for a batch of so many worlds that begin anew.
  public func begin(worlds: Int) {
    minds = (0..<worlds).map { _ in Mind(operators: problem.operators.count) }
    actors = policies.map { Actor($0.policy, world.specification, worlds: worlds) }
    drawn = policies.map { _ in [Int32](repeating: 0, count: worlds) }
  }

  /// Forgets everything about one world, whose episode begins anew.
  public func begin(world: Int) {
    minds[world] = Mind(operators: problem.operators.count)
    for actor in actors { actor.forget(world: world) }
  }

  /// What it has in mind about one world, to go on from.
  public struct Snapshot {
    fileprivate let mind: Mind, states: [[Float]]
  }

  /// What it has in mind about one world.
  public func snapshot(world: Int) -> Snapshot {
    Snapshot(mind: minds[world], states: actors.map { $0.state(world: world) })
  }

  /// Goes on with what it had in mind about a world.
  public func restore(_ snapshot: Snapshot, world: Int) {
    minds[world] = snapshot.mind
    for (actor, state) in zip(actors, snapshot.states) { actor.setState(state, world: world) }
  }

  /// Judges what it was about when a world's episode ended, which ``act(in:into:uniform:)`` no longer does. What time alone has cut short
  /// says nothing about a skill.
  public func end(world: Int, in environment: VectorEnvironment) {
    guard case .operating(let one, let queue) = minds[world].deed, queue.isEmpty, minds[world].hasActed else {
      return
    }
    let isOpen = goals[one] >= 0 && environment.goalOutcome(world: world) == .open
    guard !isOpen || environment.terminated[world] else { return }
    sense(world, environment)
    conclude(one, world, environment)
  }

  /// Does nothing more in one world.
  public func rest(world: Int) {
    minds[world].deed = .none
    minds[world].isStuck = true
  }

  /// Chooses an action for each world of the batch.
  ///
  /// - Parameter uniform: a number in [0, 1) for each world to draw with.
  public func act(
    in environment: VectorEnvironment, into actions: inout [Int32], uniform: (Int) -> Float
  ) {
    for world in 0..<environment.count { proceed(world, environment) }
    for place in actors.indices {
      let isNeeded = minds.contains { mind in
        if case .operating(let one, let queue) = mind.deed {
          queue.isEmpty && policyOf[one] == place
        } else {
          false
        }
      }
      if isNeeded {
        actors[place].act(environment, greedy: settings.isGreedy, into: &drawn[place], uniform: uniform)
      }
    }
    for world in 0..<environment.count {
      actions[world] = Int32(choices)  // the world's first action: it waits
      guard case .operating(let one, var queue) = minds[world].deed else { continue }
      minds[world].hasActed = true
      if queue.isEmpty {
        actions[world] = drawn[policyOf[one]][world]
      } else {
        actions[world] = Int32(choices + queue.removeFirst())
        minds[world].deed = .operating(one, actions: queue)
      }
    }
  }

  // MARK: - Deciding

  /// Goes on with what is being done in a world, or begins something new.
  private func proceed(_ world: Int, _ environment: VectorEnvironment) {
    if case .operating(let one, let queue) = minds[world].deed {
      guard queue.isEmpty else { return }
      if goals[one] >= 0 {
        if environment.goalOutcome(world: world) == .open { return }
      } else if !minds[world].hasActed {
        return
      }
      sense(world, environment)
      conclude(one, world, environment)
    } else {
      guard !minds[world].isStuck, environment.worldSteps(world: world) >= minds[world].restUntil else {
        return
      }
      sense(world, environment)
    }
    if !minds[world].isStuck { decide(world, environment) }
  }

  private func sense(_ world: Int, _ environment: VectorEnvironment) {
    environment.writeFacts(world: world, into: &facts)
  }

  /// Judges what an operator has led to.
  private func conclude(_ one: Int, _ world: Int, _ environment: VectorEnvironment) {
    let operation = problem.operators[one]
    minds[world].steps = environment.worldSteps(world: world) - minds[world].firstStep
    let success =
      goals[one] >= 0
      ? environment.goalOutcome(world: world) == .success
      : operation.obtains.contains { amount in
        guard let fact = problem.number(of: amount.fact), fact < factCount else { return false }
        return facts[fact] > minds[world].before[fact]
      }
    minds[world].note(operation.name, success: success)
    onOutcome?(world, one, success, minds[world].steps)
    minds[world].deed = .none
    if success {
      minds[world].failures[one] = 0
      minds[world].planStep += 1
      // What was found is there again.
      if operation.kind == .find {
        for amount in operation.obtains {
          if let fact = problem.number(of: amount.fact) { minds[world].disbelieved.remove(fact) }
        }
      }
      return
    }
    minds[world].failures[one] += 1
    let near = needsNear[one]
    if near >= 0 && minds[world].failures[one] % settings.patience == 0 {
      minds[world].disbelieved.insert(near)
    }
    if !settings.replans { minds[world].isStuck = true }
  }

  /// Plans, and begins with the first operator of the plan.
  private func decide(_ world: Int, _ environment: VectorEnvironment) {
    for fact in minds[world].disbelieved where fact < factCount { facts[fact] = 0 }
    if !settings.finds { believeNear() }
    if !goesOn(world) {
      let mind = minds[world]
      minds[world].plan = problem.plan(
        from: facts, goal: goal,
        costs: { [costs, settings] one in
          var cost = costs[one]
          for _ in 0..<min(8, mind.failures[one]) { cost.probability *= settings.doubt }
          return cost
        }, planner: settings.planner)
      minds[world].planStep = 0
    }
    guard let plan = minds[world].plan, minds[world].planStep < plan.steps.count else {
      minds[world].reason =
        minds[world].plan == nil
        ? "There is no way to the goal: \(problem.missing(from: facts, goal: goal).joined(separator: ", ")) cannot be had."
        : "The plan is carried out."
      // Facts may change by themselves; without planning again they do not matter.
      if !settings.replans { minds[world].isStuck = true }
      environment.command(-1, world: world)
      minds[world].restUntil = environment.worldSteps(world: world) + settings.restSteps
      return
    }
    let one = plan.steps[minds[world].planStep].operator
    minds[world].before = facts
    minds[world].hasActed = false
    minds[world].firstStep = environment.worldSteps(world: world)
    if goals[one] >= 0 {
      let help = tools[one].first { facts[$0.fact] > 0 }
      minds[world].deed = .operating(one, actions: equipping[one] + (help.map { [$0.action] } ?? []))
      let obtained = problem.operators[one].obtains.first.flatMap { problem.number(of: $0.fact) } ?? -1
      environment.command(goals[one], leaving: minds[world].disbelieved.contains(obtained), world: world)
      actors[policyOf[one]].forget(world: world)
    } else {
      minds[world].deed = .operating(one, actions: equipping[one] + [actions[one]])
      environment.command(-1, world: world)
    }
    minds[world].reason = problem.operators[one].name
  }

  /// Whether to go on with the plan that there is. After every skill it is made anew, but for one case: what has just been found is
  /// put to use first, or two finds that lose each other would be looked for in turn for ever.
  private func goesOn(_ world: Int) -> Bool {
    guard let plan = minds[world].plan else { return false }
    guard settings.replans else { return true }
    let step = minds[world].planStep
    guard step > 0, step < plan.steps.count, problem.operators[plan.steps[step - 1].operator].kind == .find
    else { return false }
    let next = problem.operators[plan.steps[step].operator]
    return (next.consumes + next.requires).allSatisfy { amount in
      problem.number(of: amount.fact).map { $0 < factCount && facts[$0] >= amount.count } ?? false
    }
  }

  /// Takes everything that can be found to be near.
  private func believeNear() {
    for one in problem.operators where one.kind == .find {
      for amount in one.obtains {
        if let fact = problem.number(of: amount.fact), fact < factCount { facts[fact] = 1 }
      }
    }
  }

  // MARK: - Saying what it is about

  /// What the agent has in mind about a world.
  public func report(world: Int, in environment: VectorEnvironment) -> AgentReport {
    var report = AgentReport()
    let mind = minds[world]
    report.plan = mind.plan?.steps.map { problem.operators[$0.operator].name } ?? []
    report.planStep = mind.plan == nil ? nil : mind.planStep
    report.outcomes = mind.outcomes
    report.text = mind.reason
    if case .operating(let one, _) = mind.deed {
      report.skill = problem.operators[one].name
      if goals[one] >= 0 {
        let steps = environment.worldSteps(world: world) - mind.firstStep
        report.progress = min(1, Double(steps) / Double(space.goals[goals[one]].stepLimit))
      }
    }
    return report
  }
}

/// What can be wrong with the parts of an agent.
public enum AgentError: Error, Equatable, CustomStringConvertible {
  /// The world cannot be asked for goals.
  case takesNoGoals(String)
  /// Nothing is known of what can be brought about in the world.
  case knowsNoOperators(String)
  /// A policy does not read what this world shows, or chooses among other actions.
  case policyOfAnotherWorld(String, String)

  /// One sentence that names the thing and the mend.
  public var description: String {
    switch self {
    case .takesNoGoals(let world):
      "\(world) cannot be asked for goals as it is made here; choose a world that states a goal space."
    case .knowsNoOperators(let world):
      "\(world) states no operators; give the agent a list of them."
    case .policyOfAnotherWorld(let policy, let world):
      "The library's policy '\(policy)' does not fit the goals of \(world); train its skills in this world."
    }
  }
}
