import KnackEnvironment
import KnackGridworld
import KnackNumerics

/// 64-bit FNV-1a.
struct Digest {
  var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }

  mutating func add(_ bits: UInt64) {
    add((0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) })
  }
}

/// The rule that chooses actions in scripts/reference/minigrid_traces.py.
struct Curious {
  var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 0x123_4567 }

  mutating func draw(_ n: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(n))
  }

  mutating func action(_ image: [UInt8], _ count: Int) -> Int {
    let front = 3 * 21 + 5 * 3, hand = image[3 * 21 + 6 * 3]
    let chance = draw(100), other = draw(count)
    if chance < 12 { return other }
    if count == 3 { return chance < 50 ? other : 2 }
    switch image[front] {
    case 5, 6, 7: return chance < 60 && hand == 1 ? 3 : chance < 65 ? 5 : chance % 2
    case 4 where image[front + 2] == 0: return chance < 85 ? 2 : 5
    case 4: return chance < 80 ? 5 : chance % 2
    case 8: return chance < 70 ? 2 : chance % 2
    case 2, 9: return chance < 96 ? chance % 2 : 2
    default: return hand != 1 && chance < 18 ? 4 : chance < 30 ? chance % 2 : 2
    }
  }
}

/// One world and what it shows: the image as MiniGrid lays it out.
struct Player {
  let rules: GridRules
  var world: GridWorld

  init(_ task: GridTask, seed: UInt64) {
    rules = GridRules(task, observation: .image)
    world = GridWorld(rules)
    world.seed(seed, rules)
    world.reset(rules)
  }

  /// The whole observation: 147 bytes of image, direction, five mission tokens.
  mutating func observation() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: rules.specification.observation.size)
    world.observe(rules, into: &bytes)
    return bytes
  }

  var mission: String {
    guard case .string(let mission) = world.traceOfReset(rules)[0].value else { return "" }
    return mission
  }

  /// Plays as the script does and returns the same digest.
  mutating func digest(seed: UInt64, steps: Int) -> UInt64 {
    var curious = Curious(seed: seed), digest = Digest(), since = 0
    var seen = observation()
    digest.add(mission.utf8)
    digest.add(seen.prefix(148))
    for _ in 0..<steps {
      let outcome = world.step(curious.action(seen, rules.specification.actions.count), rules)
      seen = observation()
      digest.add(seen.prefix(148))
      digest.add(outcome.reward.bitPattern)
      digest.add([outcome.terminated ? 1 : 0, outcome.truncated ? 1 : 0])
      since += 1
      guard outcome.terminated || outcome.truncated || since == 150 else { continue }
      world.reset(rules)
      since = 0
      seen = observation()
      digest.add(mission.utf8)
      digest.add(seen.prefix(148))
    }
    var random = world.random
    digest.add(random.next64())
    return digest.value
  }
}
