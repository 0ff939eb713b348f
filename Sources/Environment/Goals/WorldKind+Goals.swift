/// What can be done with a batch of worlds in which goals can be asked for, beside stepping it.
public struct GoalControl: Sendable {
  /// What can be asked for.
  public let space: GoalSpace
  /// Asks one world for a goal, or for none (-1), and writes its row anew.
  @usableFromInline let command: @Sendable (BatchMemory, _ world: Int, _ goal: Int) -> Void
  /// How the goal of a world has ended.
  @usableFromInline let outcome: @Sendable (BatchMemory, _ world: Int) -> GoalOutcome
  /// Writes the facts of a world.
  @usableFromInline let facts: @Sendable (BatchMemory, _ world: Int, UnsafeMutablePointer<Int32>) -> Void

  @usableFromInline
  init(
    space: GoalSpace, command: @escaping @Sendable (BatchMemory, Int, Int) -> Void,
    outcome: @escaping @Sendable (BatchMemory, Int) -> GoalOutcome,
    facts: @escaping @Sendable (BatchMemory, Int, UnsafeMutablePointer<Int32>) -> Void
  ) {
    self.space = space
    self.command = command
    self.outcome = outcome
    self.facts = facts
  }
}

extension WorldKind {
  /// Worlds in which goals are practised, one after another; see ``GoalConditioned``.
  @inlinable
  public init<Base: GoalWorld>(practising rules: GoalRules<Base>) {
    self.init(GoalConditioned<Base>.self, rules)
  }

  /// Worlds that are asked for goals by ``VectorEnvironment/command(_:world:)``, and are rewarded as ever.
  @inlinable
  public init<Base: GoalWorld>(commanding base: Base.Type, _ world: Base.Rules) {
    let rules = GoalRules<Base>(commanding: world)
    self.init(GoalConditioned<Base>.self, rules)
    goalControl = GoalControl(
      space: rules.space,
      command: { memory, i, goal in
        let worlds = memory.worlds(as: GoalConditioned<Base>.self)
        worlds[i].ask(Int32(goal), rules)
        writeRow(&worlds[i], rules, memory, i)
      },
      outcome: { memory, i in memory.worlds(as: GoalConditioned<Base>.self)[i].outcome },
      facts: { memory, i, facts in
        memory.worlds(as: GoalConditioned<Base>.self)[i].writeFacts(rules, into: facts)
      })
  }
}

extension VectorEnvironment {
  /// What can be asked for; nil where the worlds take no commands.
  public var goalSpace: GoalSpace? { kind.goalControl?.space }

  /// Asks a world for a goal of ``goalSpace``, or for none (-1). What it observes is from then on in view of the goal.
  public func command(_ goal: Int, world: Int) {
    guard let control = kind.goalControl else { preconditionFailure("\(specification.id) takes no commands") }
    precondition(
      goal >= -1 && goal < control.space.goals.count && (0..<count).contains(world), "no such goal or world")
    control.command(memory, world, goal)
  }

  /// How the goal of a world has ended.
  public func goalOutcome(world: Int) -> GoalOutcome {
    kind.goalControl?.outcome(memory, world) ?? .open
  }

  /// Writes the facts of one world as they are now, where facts are not written after every step.
  public func writeFacts(world: Int, into facts: inout [Int32]) {
    precondition(facts.count == specification.facts.count, "one place for each fact")
    facts.withUnsafeMutableBufferPointer { kind.goalControl?.facts(memory, world, $0.baseAddress!) }
  }
}
