import KnackEnvironment
import KnackNumerics

/// A world in which a cue names the rewarded action: it is shown, then hidden for `delay` steps, and then answered.
///
/// With delay 0 a feed-forward policy solves it; with a longer one only a policy that remembers. An episode has a step
/// limit of `delay + 1` steps; `endless` worlds never terminate and are only cut off.
struct CueWorld: World {
  struct Rules: WorldRules {
    var delay = 0
    var endless = false
    var masks = false
    var reward = 1.0
    /// Cues that occur.
    var cues: UInt32 = 4

    /// Every cue and its answer renamed to the next.
    static let rotations = (1..<4).map { turn in
      Symmetry(
        "rotate-\(turn)",
        fields: ["cue": Symmetry.FieldImage(values: [0] + (0..<4).map { UInt8(1 + ($0 + turn) % 4) })],
        actions: (0..<4).map { ($0 + turn) % 4 })
    }

    var specification: WorldSpecification {
      WorldSpecification(
        id: "Cue", summary: "Answer the cue.",
        observation: ObservationLayout([
          ObservationField("cue", shape: [1], cardinalities: [5], summary: "the cue"),
          ObservationField("answering", shape: [1], cardinalities: [2], summary: "whether to answer"),
        ]),
        actions: ["a", "b", "c", "d"], masksActions: masks, facts: ["steps", "right", "wrong"],
        achievements: 1..<3, symmetries: Self.rotations,
        stepLimit: delay + 1)
    }
  }

  var random = RandomStream(seed: 0, stream: 0)
  var cue: UInt8 = 0
  var steps: Int32 = 0
  var right: Int32 = 0, wrong: Int32 = 0

  init(_ rules: Rules) {}

  mutating func seed(_ seed: UInt64, _ rules: Rules) { random = RandomStream(seed: seed, stream: 9) }

  mutating func reset(_ rules: Rules) {
    cue = UInt8(random.below(rules.cues))
    steps = 0
    right = 0
    wrong = 0
  }

  mutating func step(_ action: Int, _ rules: Rules) -> Transition {
    let answering = Int(steps) == rules.delay
    steps += 1
    guard answering else { return Transition() }
    let reward = action == Int(cue) ? rules.reward : 0
    if action == Int(cue) { right += 1 } else { wrong += 1 }
    return Transition(reward: reward, terminated: !rules.endless, truncated: rules.endless)
  }

  func observe(_ rules: Rules, into observation: UnsafeMutablePointer<UInt8>) {
    observation[0] = steps == 0 ? cue + 1 : 0
    observation[1] = Int(steps) == rules.delay ? 1 : 0
  }

  /// Forbids the action after the right one.
  func writeActionMask(_ rules: Rules, into mask: UnsafeMutablePointer<UInt8>) {
    for action in 0..<4 { mask[action] = action == (Int(cue) + 1) % 4 ? 0 : 1 }
  }

  func writeFacts(_ rules: Rules, into facts: UnsafeMutablePointer<Int32>) {
    facts[0] = steps
    facts[1] = right
    facts[2] = wrong
  }
  func traceOfReset(_ rules: Rules) -> [TraceField] { [TraceField("cue", .integer(Int(cue)))] }
  func traceOfStep(_ rules: Rules) -> [TraceField] { [] }
}
