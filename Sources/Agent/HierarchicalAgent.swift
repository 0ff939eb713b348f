import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackPlanning
import KnackSkills

/// An agent that wants something, plans a way to it over what it can do, and does it with the skills of a library.
///
/// At every decision it senses the facts; its ``Agenda`` says what is wanted where they are so; a planner looks for a way there; and the
/// first operator of that is carried out: what must be in the hand is taken up, then an action of the world crafts, or a skill's
/// policy acts until its goal has ended. How that went is judged by the facts; then it decides anew. A skill that failed is less likely
/// to be chosen again, and after some failures in a row what it works on is looked for elsewhere. An alarm breaks off what is being
/// done, which says nothing about how that would have turned out, and goes on once the alarm has been answered, or some answers in a row
/// have failed.
///
/// All of these are parts that a program of one's own can put together in other ways: the operators (``KnackPlanning``), the library
/// (``KnackSkills``), the agenda and the settings. While skills are still being learned, an ``AchievementDirector`` or a
/// ``LearningDirector`` asks for them by the same agenda.
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
  /// How it goes about what it wants.
  public let settings: AgentSettings
  /// What it is after.
  public let agenda: Agenda
  /// The context that outcomes are recorded in, and looked up by.
  public let context: String
  /// How each attempt has ended: operator, success, steps. Called after each, but for those that were broken off. It
  /// belongs to the agent: what is asked of the agent in it is captured before, or neither is ever freed.
  public var onOutcome: ((_ world: Int, _ operator: Int, _ success: Bool, _ steps: Int) -> Void)?

  /// Called before a skill first acts in an attempt, while the world is as the skill will find it: operator and batch. What was said of
  /// ``onOutcome`` holds here, too.
  public var onBeginning: ((_ world: Int, _ operator: Int, _ environment: VectorEnvironment) -> Void)?

  /// How likely skills are to succeed where the player stands, for those that could begin there; nil to go by their records alone.
  public var successCritic: SuccessCritic?
  /// By operator, what ``successCritic`` says at the moment; nil where it says nothing. And a world to look at it in view of goals.
  private var estimates: [Double?] = []
  private var trialWorld: VectorEnvironment?

  /// The stream of a seed from which its actions are drawn.
  public static let randomStream: UInt64 = 0x7a5c

  private let space: GoalSpace
  private let repertoire: Repertoire
  private let wants: Wants
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
  ///   - agenda: what is wanted; nil for what the world asks for. An alarm that no operator's skill answers is none.
  /// - Throws: ``AgentError`` where the parts do not fit.
  public init(
    world: WorldKind, library: SkillLibrary, operators: [Operator]? = nil, agenda: Agenda? = nil,
    settings: AgentSettings = AgentSettings(), context: String = ""
  ) throws(AgentError) {
    guard let commanded = world.commanded, let space = commanded.goalSpace else {
      throw .takesNoGoals(world.specification.id)
    }
    let specification = world.specification
    let operators = operators ?? specification.operators
    guard !operators.isEmpty else { throw .knowsNoOperators(specification.id) }
    let problem = PlanningProblem(operators: operators, facts: specification.facts)
    let agenda = agenda ?? Agenda(of: specification)
    if let unknown = agenda.facts.first(where: { problem.number(of: $0) == nil }) {
      throw .unknownFact(unknown, specification.id)
    }
    let repertoire = try Repertoire(
      problem, library, space, world.worldActions, commanded: commanded.specification, context: context)
    self.world = commanded
    self.space = space
    self.library = library
    self.settings = settings
    self.context = context
    self.agenda = agenda
    self.problem = problem
    self.repertoire = repertoire
    wants = Wants(agenda, facts: problem.facts) { skill in
      operators.indices.first { operators[$0].skill == skill && repertoire.entries[$0].cost.probability > 0 }
    }
    factCount = specification.facts.count
    facts = [Int32](repeating: 0, count: factCount)
    choices = space.moves.count + space.headings.count
  }

  /// Forgets everything, for a batch of so many worlds that begin anew.
  public func begin(worlds: Int) {
    minds = (0..<worlds).map { _ in Mind(operators: problem.operators.count) }
    actors = repertoire.policies.map { Actor($0.policy, world.specification, worlds: worlds) }
    drawn = actors.map { _ in [Int32](repeating: 0, count: worlds) }
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
    let outcome = repertoire.entries[one].goal < 0 ? nil : environment.goalOutcome(world: world)
    guard outcome != .interrupted, outcome != .open || environment.terminated[world] else { return }
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
    for world in 0..<environment.count {
      proceed(world, environment)
      guard case .operating(let one, let queue) = minds[world].deed, queue.isEmpty, !minds[world].hasBegun,
        repertoire.entries[one].goal >= 0
      else { continue }
      minds[world].hasBegun = true
      onBeginning?(world, one, environment)
    }
    for place in actors.indices {
      let isNeeded = minds.contains { mind in
        if case .operating(let one, let queue) = mind.deed {
          queue.isEmpty && repertoire.entries[one].policy == place
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
        actions[world] = drawn[repertoire.entries[one].policy][world]
      } else {
        actions[world] = Int32(choices + queue.removeFirst())
        minds[world].deed = .operating(one, actions: queue)
      }
    }
  }

  // MARK: - Deciding

  /// Goes on with what is being done in a world, or begins something new.
  private func proceed(_ world: Int, _ environment: VectorEnvironment) {
    guard !minds[world].isStuck else { return }
    if case .operating(let one, let queue) = minds[world].deed {
      guard queue.isEmpty else { return }
      let goal = repertoire.entries[one].goal
      switch goal < 0 ? nil : environment.goalOutcome(world: world) {
      case .open:
        guard space.goals[goal].heedsAlarms, isAlarmed(world, environment) else { return }
        minds[world].deed = .none
      case .interrupted:
        sense(world, environment)
        minds[world].deed = .none
      case nil where !minds[world].hasActed: return
      default:
        sense(world, environment)
        conclude(one, world, environment)
      }
    } else {
      let hasRested = environment.worldSteps(world: world) >= minds[world].restUntil
      guard hasRested || isAlarmed(world, environment) else { return }
      sense(world, environment)
    }
    if !minds[world].isStuck { decide(world, environment) }
  }

  private func sense(_ world: Int, _ environment: VectorEnvironment) {
    environment.writeFacts(world: world, into: &facts)
  }

  /// Senses whether there is an alarm that is more urgent than what is being done.
  private func isAlarmed(_ world: Int, _ environment: VectorEnvironment) -> Bool {
    guard !wants.alarms.isEmpty else { return false }
    sense(world, environment)
    return alarm(world) ?? .max < minds[world].want?.alarm ?? .max
  }

  /// The most urgent alarm that facts raise, but for those that were answered in vain and have not ceased since.
  private func alarm(_ world: Int) -> Int? {
    let raised = wants.alarms.indices.filter { facts[wants.alarms[$0].fact] > 0 }
    minds[world].unheeded.formIntersection(raised)
    return raised.first { !minds[world].unheeded.contains($0) }
  }

  /// Judges what an operator has led to.
  private func conclude(_ one: Int, _ world: Int, _ environment: VectorEnvironment) {
    let operation = problem.operators[one], entry = repertoire.entries[one]
    minds[world].steps = environment.worldSteps(world: world) - minds[world].firstStep
    let success =
      entry.goal >= 0
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
    if minds[world].failures[one] % settings.patience == 0 {
      if entry.near >= 0 { minds[world].disbelieved.insert(entry.near) }
      if let alarm = minds[world].want?.alarm { minds[world].unheeded.insert(alarm) }
    }
    if !settings.replans { minds[world].isStuck = true }
  }

  /// Decides what is wanted, plans a way there, and begins with the first operator of the plan.
  private func decide(_ world: Int, _ environment: VectorEnvironment) {
    let alarm = alarm(world).map(wants.answer)
    for fact in minds[world].disbelieved where fact < factCount { facts[fact] = 0 }
    if !settings.finds { believeNear() }
    if let critic = successCritic { estimate(critic, world, environment) }
    let want = alarm ?? wants.only ?? choice(world)
    if !goesOn(world, want) {
      minds[world].plan = want.flatMap { plan(for: $0, world) }
      minds[world].planStep = 0
    }
    minds[world].want = want
    guard let plan = minds[world].plan, minds[world].planStep < plan.steps.count else {
      return rest(world, environment)
    }
    let one = plan.steps[minds[world].planStep].operator, entry = repertoire.entries[one]
    minds[world].before = facts
    minds[world].hasActed = false
    minds[world].hasBegun = false
    minds[world].firstStep = environment.worldSteps(world: world)
    if entry.goal >= 0 {
      let help = entry.tools.first { facts[$0.fact] > 0 }
      minds[world].deed = .operating(one, actions: entry.equipping + (help.map { [$0.action] } ?? []))
      let obtained = problem.operators[one].obtains.first.flatMap { problem.number(of: $0.fact) } ?? -1
      environment.command(entry.goal, leaving: minds[world].disbelieved.contains(obtained), world: world)
      actors[entry.policy].forget(world: world)
    } else {
      minds[world].deed = .operating(one, actions: entry.equipping + [entry.action])
      environment.command(-1, world: world)
    }
    minds[world].reason = want?.words(problem.facts) ?? ""
  }

  /// What is wanted of all that can be had.
  private func choice(_ world: Int) -> Want? {
    // Nothing is known to be there of what operators alone speak of.
    let all = facts + [Int32](repeating: 0, count: problem.facts.count - factCount)
    let graph = problem.graph
    let own = graph.nodes.indices.map { cost(of: $0, world).expectedSteps / graph.nodes[$0].chance }
    return wants.choice(all, AdditiveCosts(graph, from: all, own: own))
  }

  /// Asks a critic about the skills that could begin now, each in view of its goal.
  private func estimate(_ critic: SuccessCritic, _ world: Int, _ environment: VectorEnvironment) {
    let trial = trialWorld ?? VectorEnvironment(self.world, count: 1, autoreset: .nextStep)
    trialWorld = trial
    trial.copy(world: world, of: environment, to: 0)
    estimates = problem.operators.indices.map { one in
      let operation = problem.operators[one], goal = repertoire.entries[one].goal
      guard goal >= 0, repertoire.entries[one].cost.probability > 0 else { return nil }
      let canBegin = (operation.requires + operation.consumes).allSatisfy { amount in
        guard let fact = problem.number(of: amount.fact), fact < factCount else { return false }
        return Int(facts[fact]) >= amount.count
      }
      guard canBegin else { return nil }
      trial.command(goal, world: 0)
      return critic.probability(trial.observations)
    }
  }

  /// What an operator costs, as things have gone of late.
  private func cost(of one: Int, _ world: Int) -> SkillCost {
    var cost = repertoire.entries[one].cost
    if one < estimates.count, let estimate = estimates[one] { cost.probability = estimate }
    for _ in 0..<min(8, minds[world].failures[one]) { cost.probability *= settings.doubt }
    return cost
  }

  /// A way to what is wanted; nil where there is none.
  private func plan(for want: Want, _ world: Int) -> Plan? {
    if want.isAtHand, let node = want.node {
      return Plan(steps: [Plan.Step(operator: node, expectedSteps: want.cost)])
    }
    return problem.plan(
      from: facts, goal: goal(of: want), costs: { self.cost(of: $0, world) }, planner: settings.planner)
  }

  private func goal(of want: Want) -> [Operator.Amount] {
    want.goal.map { Operator.Amount(problem.facts[$0.fact], Int($0.count)) }
  }

  /// Waits for a while, where there is nothing to be done.
  private func rest(_ world: Int, _ environment: VectorEnvironment) {
    let mind = minds[world]
    if mind.plan != nil {
      minds[world].reason = "The plan is carried out."
    } else if let want = mind.want {
      let missing = problem.missing(from: facts, goal: goal(of: want)).joined(separator: ", ")
      minds[world].reason = "There is no way to the goal: \(missing) cannot be had."
    } else {
      minds[world].reason = "There is nothing left that is wanted and can be had."
    }
    // Facts may change by themselves; without planning again they do not matter.
    if !settings.replans { minds[world].isStuck = true }
    environment.command(-1, world: world)
    minds[world].restUntil = environment.worldSteps(world: world) + settings.restSteps
  }

  /// Whether to go on with the plan that there is. After every skill it is made anew, but for one case: what has just been found is
  /// put to use first, or two finds that lose each other would be looked for in turn for ever.
  private func goesOn(_ world: Int, _ want: Want?) -> Bool {
    guard let plan = minds[world].plan, let want, want.isLike(minds[world].want) else { return false }
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
      if repertoire.entries[one].goal >= 0 {
        let steps = environment.worldSteps(world: world) - mind.firstStep
        report.progress = min(1, Double(steps) / Double(space.goals[repertoire.entries[one].goal].stepLimit))
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
  /// An agenda speaks of a fact that neither the world nor an operator knows.
  case unknownFact(String, String)

  /// One sentence that names the thing and the mend.
  public var description: String {
    switch self {
    case .takesNoGoals(let world):
      "\(world) cannot be asked for goals as it is made here; choose a world that states a goal space."
    case .knowsNoOperators(let world):
      "\(world) states no operators; give the agent a list of them."
    case .policyOfAnotherWorld(let policy, let world):
      "The library's policy '\(policy)' does not fit the goals of \(world); train its skills in this world."
    case .unknownFact(let fact, let world):
      "The agenda names '\(fact)', which is no fact of \(world); `knack environments show` lists them."
    }
  }
}
