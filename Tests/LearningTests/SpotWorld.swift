import KnackEnvironment
import KnackNumerics

/// A world that shows a picture of 12×12 points with a bright spot in one of its quarters, and rewards naming it.
///
/// A byte beside the picture says whether the answer is to be the quarter across instead.
struct SpotWorld: World {
  struct Rules: WorldRules {
    var specification: WorldSpecification {
      WorldSpecification(
        id: "Spot", summary: "Name the quarter.",
        observation: ObservationLayout([
          ObservationField("picture", intensities: [12, 12, 1], summary: "a bright spot on dim noise"),
          ObservationField(
            "across", shape: [1], cardinalities: [2], summary: "whether to name the quarter across"),
        ]),
        actions: ["a", "b", "c", "d"], stepLimit: 1)
    }
  }

  var random = RandomStream(seed: 0, stream: 0)
  var row = 0, column = 0
  var across = false

  init(_ rules: Rules) {}

  mutating func seed(_ seed: UInt64, _ rules: Rules) { random = RandomStream(seed: seed, stream: 9) }

  mutating func reset(_ rules: Rules) {
    (row, column) = (Int(random.below(12)), Int(random.below(12)))
    across = random.below(2) == 1
  }

  mutating func step(_ action: Int, _ rules: Rules) -> Transition {
    let quarter = row / 6 * 2 + column / 6
    return Transition(reward: action == (across ? 3 - quarter : quarter) ? 1 : 0, terminated: true)
  }

  mutating func observe(_ rules: Rules, into observation: UnsafeMutablePointer<UInt8>) {
    var noise = random
    for i in 0..<144 { observation[i] = UInt8(noise.below(64)) }
    observation[12 * row + column] = 255
    observation[144] = across ? 1 : 0
  }

  func writeFacts(_ rules: Rules, into facts: UnsafeMutablePointer<Int32>) {}
  func traceOfReset(_ rules: Rules) -> [TraceField] { [] }
  func traceOfStep(_ rules: Rules) -> [TraceField] { [] }
}
