import KnackEnvironment
import KnackPlanning

/// What an agent keeps in mind about one world.
struct Mind {
  /// What it is doing.
  enum Deed {
    /// Nothing: it is to decide.
    case none
    /// An operator, of which it is taking these actions of the world, the next one first, and then a skill's policy acts.
    case operating(Int, actions: [Int])
  }

  var deed = Deed.none
  /// Whether anything has been done for the deed, and by its skill; the world's step at which it began, the steps that the last one took, and the facts
  /// from which it began.
  var hasActed = false, hasBegun = false, firstStep = 0, steps = 0
  var before: [Int32] = []
  /// What is wanted, the plan for that, and where the agent is in it.
  var want: Want?
  var plan: Plan?, planStep = 0
  /// By operator, failures in a row.
  var failures: [Int]
  /// By fact, whether what is sensed as near is not to be had, so that it must be found elsewhere.
  var disbelieved: Set<Int> = []
  /// Alarms that were answered in vain and have not ceased since.
  var unheeded: Set<Int> = []
  /// What has been tried of late.
  var outcomes: [AgentReport.Outcome] = []
  /// Why it does what it does, or why it does nothing.
  var reason = ""
  /// The world's step until which it waits, where it has found no way to the goal; whether it has given up.
  var restUntil = 0
  var isStuck = false

  init(operators: Int) { failures = [Int](repeating: 0, count: operators) }

  mutating func note(_ name: String, success: Bool) {
    outcomes.append(AgentReport.Outcome(name, success: success, steps: steps))
    if outcomes.count > 16 { outcomes.removeFirst() }
  }
}
