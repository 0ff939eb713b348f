import KnackEnvironment
import KnackNumerics

/// A world with achievements: climb a ladder of four rungs, on which one climbing step in four slips back to the ground.
/// The achievements are the rungs; the episode ends at the top or after 16 steps.
struct Ladder: World {
  struct Rules: WorldRules {
    let specification: WorldSpecification

    init(actions: ActionSpace = ["wait", "climb"]) {
      specification = WorldSpecification(
        id: "Ladder", summary: "Climb.",
        observation: ObservationLayout([
          ObservationField("rung", shape: [1], cardinalities: [5], summary: "the rung")
        ]), actions: actions, facts: ["steps", "rung_1", "rung_2", "rung_3", "rung_4"],
        achievements: 1..<5, stepLimit: 16)
    }
  }

  var random = RandomStream(seed: 0, stream: 0)
  var rung = 0, highest = 0, steps = 0

  init(_ rules: Rules) {}

  mutating func seed(_ seed: UInt64, _ rules: Rules) { random = RandomStream(seed: seed, stream: 1) }

  mutating func reset(_ rules: Rules) { (rung, highest, steps) = (0, 0, 0) }

  mutating func step(_ action: Int, _ rules: Rules) -> Transition {
    steps += 1
    let before = highest
    if action == 1 { rung = random.below(4) == 0 ? 0 : rung + 1 }
    highest = max(highest, rung)
    return Transition(
      reward: highest > before ? 1 : 0, terminated: rung == 4, truncated: rung < 4 && steps == 16)
  }

  func observe(_ rules: Rules, into observation: UnsafeMutablePointer<UInt8>) { observation[0] = UInt8(rung) }

  func writeFacts(_ rules: Rules, into facts: UnsafeMutablePointer<Int32>) {
    facts[0] = Int32(steps)
    for i in 1...4 { facts[i] = highest >= i ? 1 : 0 }
  }

  func traceOfReset(_ rules: Rules) -> [TraceField] { [] }
  func traceOfStep(_ rules: Rules) -> [TraceField] { [] }

  /// The world under an id of its own, and under that of a world with published scores.
  static let registry = EnvironmentRegistry(
    ["Ladder", "Crafter-v1"].map { id in
      EnvironmentRegistry.Entry(id: id, observations: ["rungs", "pixels"]) { _ in
        WorldKind(Ladder.self, Rules())
      }
    })
}
