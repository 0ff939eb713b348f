import KnackEnvironment

/// What a player is after, and what it must see to meanwhile.
///
/// One thing is wanted at a time, the first of these that there is: what an alarm calls for; an aim that is a bargain; what the player
/// must not run out of; what the aims will use up, where it is to hand; the aim that is to be had for the fewest steps.
///
/// ```swift
/// var agenda = Agenda(of: world.specification)
/// agenda.upkeep = [.init("food", urgent: 3, wanted: 7)]
/// agenda.alarms = [.init("zombie_close", skill: "defeat_zombie")]
/// ```
public struct Agenda: Sendable, Equatable {
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
    /// The fact, and the skill that answers it.
    public var fact: String, skill: String

    /// What to do at once where a fact holds.
    public init(_ fact: String, skill: String) {
      self.fact = fact
      self.skill = skill
    }
  }

  /// What is to be brought about, in any order: each aim is at least so many of each of its facts, all at the same moment.
  public var aims: [[Operator.Amount]]
  /// What the player must not run out of, and what to do at once; what comes first is seen to first.
  public var upkeep: [Upkeep], alarms: [Alarm]
  /// An aim that is to be had for so few steps goes before everything but an alarm.
  public var bargain = 6.0
  /// Whether what the aims use up is taken along where it is to hand.
  public var takesAlong: Bool
  /// What else is taken along, and how many of it.
  public var provisions: [Operator.Amount] = []

  /// An agenda.
  public init(
    aims: [[Operator.Amount]], upkeep: [Upkeep] = [], alarms: [Alarm] = [], takesAlong: Bool = false
  ) {
    self.aims = aims
    self.upkeep = upkeep
    self.alarms = alarms
    self.takesAlong = takesAlong
  }

  /// The facts that it speaks of.
  var facts: [String] {
    let conditions = upkeep.flatMap { $0.given + $0.unless }
    let amounts = aims.flatMap { $0 } + provisions + conditions
    return amounts.map(\.fact) + upkeep.map(\.fact) + alarms.map(\.fact)
  }

  /// What a world asks for: what an episode is for, or else its achievements, for which things are taken along.
  public init(of world: WorldSpecification, upkeep: [Upkeep] = [], alarms: [Alarm] = []) {
    let aims = world.goal.map { [$0] } ?? world.achievementNames.map { [Operator.Amount($0)] }
    self.init(aims: aims, upkeep: upkeep, alarms: alarms, takesAlong: world.goal == nil)
  }
}
