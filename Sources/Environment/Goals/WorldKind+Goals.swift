/// What can be done with a batch of worlds in which goals can be asked for, beside stepping it.
public struct GoalControl: Sendable {
  /// What can be asked for.
  public let space: GoalSpace
  /// The actions of the world itself, which come behind the moves and headings.
  public let actions: ActionSpace
  /// Asks one world for a goal, or for none (-1), and writes its row anew.
  @usableFromInline let command: @Sendable (BatchMemory, _ world: Int, _ goal: Int, _ leaving: Bool) -> Void
  /// What a world is asked for; -1 for nothing.
  @usableFromInline let goal: @Sendable (BatchMemory, _ world: Int) -> Int
  /// How the goal of a world has ended.
  @usableFromInline let outcome: @Sendable (BatchMemory, _ world: Int) -> GoalOutcome
  /// Writes the facts of a world.
  @usableFromInline let facts: @Sendable (BatchMemory, _ world: Int, UnsafeMutablePointer<Int32>) -> Void
  /// The steps of a world's episode.
  @usableFromInline let steps: @Sendable (BatchMemory, _ world: Int) -> Int
  /// What a world's last step was worth in view of its goal.
  @usableFromInline let report: @Sendable (BatchMemory, _ world: Int) -> GoalReport

  @usableFromInline
  init(
    space: GoalSpace, actions: ActionSpace,
    command: @escaping @Sendable (BatchMemory, Int, Int, Bool) -> Void,
    goal: @escaping @Sendable (BatchMemory, Int) -> Int,
    outcome: @escaping @Sendable (BatchMemory, Int) -> GoalOutcome,
    facts: @escaping @Sendable (BatchMemory, Int, UnsafeMutablePointer<Int32>) -> Void,
    steps: @escaping @Sendable (BatchMemory, Int) -> Int,
    report: @escaping @Sendable (BatchMemory, Int) -> GoalReport
  ) {
    self.report = report
    self.space = space
    self.actions = actions
    self.command = command
    self.goal = goal
    self.outcome = outcome
    self.facts = facts
    self.steps = steps
  }
}

/// What is practised in a kind of worlds.
public struct Practice: Sendable {
  /// The id of the world that it is for, and what can be asked for there.
  public let world: String, space: GoalSpace
  /// The steps that a world has taken in its life: a move may take several.
  @usableFromInline let steps: @Sendable (BatchMemory, _ world: Int) -> Int64

  @usableFromInline
  init(world: String, space: GoalSpace, steps: @escaping @Sendable (BatchMemory, Int) -> Int64) {
    self.world = world
    self.space = space
    self.steps = steps
  }
}

extension WorldKind {
  /// Worlds in which goals are practised, one after another; see ``GoalConditioned``.
  @inlinable
  public init<Base: GoalWorld>(practising rules: GoalRules<Base>) {
    self.init(GoalConditioned<Base>.self, rules)
    practised = Practice(
      world: rules.grounds[0].rules.specification.id, space: rules.space,
      steps: { memory, i in memory.worlds(as: GoalConditioned<Base>.self)[i].steps })
  }

  /// Worlds that are asked for goals by ``VectorEnvironment/command(_:world:)``, and are rewarded as ever.
  @inlinable
  public init<Base: GoalWorld>(commanding base: Base.Type, _ world: Base.Rules) {
    let rules = GoalRules<Base>(commanding: world)
    self.init(GoalConditioned<Base>.self, rules)
    goalControl = GoalControl(
      space: rules.space, actions: world.specification.actions,
      command: { memory, i, goal, leaving in
        let worlds = memory.worlds(as: GoalConditioned<Base>.self)
        worlds[i].ask(Int32(goal), leaving: leaving, rules)
        writeRow(&worlds[i], rules, memory, i)
      },
      goal: { memory, i in Int(memory.worlds(as: GoalConditioned<Base>.self)[i].goal) },
      outcome: { memory, i in memory.worlds(as: GoalConditioned<Base>.self)[i].outcome },
      facts: { memory, i, facts in
        memory.worlds(as: GoalConditioned<Base>.self)[i].writeFacts(rules, into: facts)
      }, steps: { memory, i in Int(memory.worlds(as: GoalConditioned<Base>.self)[i].episodeSteps) },
      report: { memory, i in memory.worlds(as: GoalConditioned<Base>.self)[i].report })
  }
}

extension WorldKind {
  /// What can be asked for; nil where the worlds take no commands.
  public var goalSpace: GoalSpace? { goalControl?.space }

  /// The actions of the world itself, whether it takes commands or not.
  public var worldActions: ActionSpace { goalControl?.actions ?? specification.actions }

  /// The same worlds, ready to be asked for goals; nil where they cannot be.
  public var commanded: WorldKind? { goalControl == nil ? commandedKind?() : self }

  /// Lets worlds of this kind be asked for goals.
  @inlinable
  public mutating func takeCommands<Base: GoalWorld>(_ base: Base.Type, _ world: Base.Rules) {
    let views = views, agentView = agentView, mission = mission
    commandedKind = {
      var kind = WorldKind(commanding: Base.self, world)
      // The world lies at the beginning of the one that takes commands.
      kind.views = views
      kind.agentView = agentView
      kind.mission = mission
      return kind
    }
  }
}

extension VectorEnvironment {
  /// What can be asked for; nil where the worlds take no commands.
  public var goalSpace: GoalSpace? { kind.goalControl?.space }

  /// The world's own steps that all of these worlds have taken in their lives: moves of worlds in which goals are practised take
  /// several, and restored worlds have those of their former lives.
  public var stepsTaken: Int64 {
    guard let practice = kind.practice else { return 0 }
    return (0..<count).reduce(0) { $0 + practice.steps(memory, $1) }
  }

  /// Asks a world for a goal of ``goalSpace``, or for none (-1). What it observes is from then on in view of the goal.
  ///
  /// - Parameter leaving: whether to find something elsewhere than here: a heading is chosen first, and nothing counts until the
  ///   first waypoint is reached or given up.
  public func command(_ goal: Int, leaving: Bool = false, world: Int) {
    guard let control = kind.goalControl else { preconditionFailure("\(specification.id) takes no commands") }
    precondition(
      goal >= -1 && goal < control.space.goals.count && (0..<count).contains(world), "no such goal or world")
    control.command(memory, world, goal, leaving)
  }

  /// What a world is asked for, as a place in ``goalSpace``; -1 for nothing.
  public func goal(world: Int) -> Int { kind.goalControl?.goal(memory, world) ?? -1 }

  /// How the goal of a world has ended.
  public func goalOutcome(world: Int) -> GoalOutcome {
    kind.goalControl?.outcome(memory, world) ?? .open
  }

  /// The world's own steps in the running episode, or in the last one where it has just ended: a move may take several.
  public func worldSteps(world: Int) -> Int { kind.goalControl?.steps(memory, world) ?? 0 }

  /// What the last step of a world was worth in view of its goal.
  public func goalReport(world: Int) -> GoalReport {
    kind.goalControl?.report(memory, world) ?? GoalReport()
  }

  /// Writes the facts of one world as they are now, where facts are not written after every step.
  public func writeFacts(world: Int, into facts: inout [Int32]) {
    precondition(facts.count == specification.facts.count, "one place for each fact")
    facts.withUnsafeMutableBufferPointer { writeFacts(world: world, into: $0.baseAddress!) }
  }

  /// Writes the facts of one world as they are now.
  public func writeFacts(world: Int, into facts: UnsafeMutablePointer<Int32>) {
    kind.goalControl?.facts(memory, world, facts)
  }
}
