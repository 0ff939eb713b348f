import KnackEnvironment

/// A world of one number. It starts at a number that grows from episode to episode; action 1 counts down and ends the
/// task at zero, action 0 waits. Actions are masked at 1: there is no waiting any more.
struct Countdown: World {
  struct Rules: WorldRules {
    var limit = 8
    var specification: WorldSpecification {
      WorldSpecification(
        id: "Countdown", summary: "Count down to zero.",
        observation: ObservationLayout([
          ObservationField("number", shape: [2], cardinalities: [256], summary: "the number, then the steps")
        ]), actions: ["wait", "count"], masksActions: true, facts: ["number", "wait", "arrive"],
        achievements: 1..<3, stepLimit: limit)
    }
  }

  var start: UInt8 = 0, number: UInt8 = 0, steps: UInt8 = 0, waits: UInt8 = 0

  init(_ rules: Rules) {}

  mutating func seed(_ seed: UInt64, _ rules: Rules) { start = UInt8(truncatingIfNeeded: seed) }

  mutating func reset(_ rules: Rules) {
    number = start
    start += 1
    steps = 0
    waits = 0
  }

  mutating func step(_ action: Int, _ rules: Rules) -> Transition {
    steps += 1
    number -= UInt8(action)
    waits += 1 - UInt8(action)
    return Transition(
      reward: number == 0 ? 1 : 0, terminated: number == 0, truncated: Int(steps) >= rules.limit)
  }

  func observe(_ rules: Rules, into observation: UnsafeMutablePointer<UInt8>) {
    observation[0] = number
    observation[1] = steps
  }

  func writeActionMask(_ rules: Rules, into mask: UnsafeMutablePointer<UInt8>) {
    mask[0] = number > 1 ? 1 : 0
    mask[1] = 1
  }

  func writeFacts(_ rules: Rules, into facts: UnsafeMutablePointer<Int32>) {
    facts[0] = Int32(number)
    facts[1] = Int32(waits)
    facts[2] = number == 0 ? 1 : 0
  }

  func traceOfReset(_ rules: Rules) -> [TraceField] {
    [TraceField("mission", .string("say \"zero\"\n"))] + traceOfStep(rules)
  }

  func traceOfStep(_ rules: Rules) -> [TraceField] { [TraceField("number", .integers([Int(number)]))] }
}
