import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackNumerics
import Testing

@testable import KnackSkills

/// A corridor of eight cells, walked from one end to the other, with a gate half-way that may have to be opened first.
struct Corridor: World {
  struct Rules: WorldRules {
    /// Whether the gate is shut at first; whether every step forward is rewarded, instead of the last.
    var hasGate = false, rewardsSteps = false
    var specification: WorldSpecification {
      WorldSpecification(
        id: "Corridor", summary: "Walk to the end.",
        observation: ObservationLayout([
          ObservationField("place", shape: [1], cardinalities: [8], summary: "cells from the beginning"),
          ObservationField("open", shape: [1], cardinalities: [2], summary: "whether the gate is open"),
        ]), actions: ["back", "forward", "open"], stepLimit: 32)
    }
  }

  var place: UInt8 = 0, isOpen: UInt8 = 0, steps: Int32 = 0

  init(_ rules: Rules) {}
  mutating func seed(_ seed: UInt64, _ rules: Rules) {}
  mutating func reset(_ rules: Rules) { (place, isOpen, steps) = (0, rules.hasGate ? 0 : 1, 0) }

  mutating func step(_ action: Int, _ rules: Rules) -> Transition {
    steps += 1
    let before = place
    if action == 0 && place > 0 { place -= 1 }
    if action == 1 && (place != 3 || isOpen == 1) { place += 1 }
    if action == 2 && place == 3 { isOpen = 1 }
    let isThere = place == 7, reward = rules.rewardsSteps ? place > before : isThere
    return Transition(reward: reward ? 1 : 0, terminated: isThere, truncated: steps >= 32)
  }

  func observe(_ rules: Rules, into observation: UnsafeMutablePointer<UInt8>) {
    (observation[0], observation[1]) = (place, isOpen)
  }
  func writeFacts(_ rules: Rules, into facts: UnsafeMutablePointer<Int32>) {}
  func traceOfReset(_ rules: Rules) -> [TraceField] { [] }
  func traceOfStep(_ rules: Rules) -> [TraceField] { [] }
}

@Suite struct SkillCriticTests {
  /// Four steps forward, and four back, as demonstrations without a gate show them.
  private static func demonstrations() -> DemonstrationSet {
    var set = DemonstrationSet(observationSize: 2)
    for start in 0..<8 {
      for way in [-1, 1] where (0...6).contains(start + 3 * way) && (0...7).contains(start + 4 * way) {
        set.append(
          observations: (0...4).flatMap { [UInt8(start + way * $0), 1] },
          actions: [Int32](repeating: way < 0 ? 0 : 1, count: 4))
      }
    }
    return set
  }

  /// A codebook of two skills from those demonstrations.
  private static func embedding(skills: Int = 2) throws -> SkillEmbedding {
    let set = demonstrations()
    var settings = SkillEmbedding.Settings()
    (settings.skills, settings.length, settings.batchSize, settings.learningRate) = (skills, 4, 16, 3e-3)
    settings.network.hidden = [32]
    let embedding = SkillEmbedding(cardinalities: [8, 2], actions: 3, settings: settings, seed: 1)
    var random = RandomStream(seed: 1, stream: 0)
    for _ in 0..<300 { try embedding.update(set, set.stretches(of: 4), random: &random) }
    return embedding
  }

  /// A space of points from the same.
  private static func space() throws -> GaussianSkillEmbedding {
    let set = demonstrations()
    var settings = GaussianSkillEmbedding.Settings()
    (settings.dimensions, settings.length, settings.batchSize, settings.learningRate) = (2, 4, 16, 3e-3)
    settings.units = 16
    settings.network.hidden = [32]
    let embedding = GaussianSkillEmbedding(cardinalities: [8, 2], actions: 3, settings: settings, seed: 1)
    var random = RandomStream(seed: 1, stream: 0)
    for _ in 0..<1000 { try embedding.update(set, set.stretches(of: 4), random: &random) }
    return embedding
  }

  private func trainer(
    _ rules: Corridor.Rules, _ embedding: any SkillSpace, workers: Int = 1,
    change: (inout SkillCriticTrainer.Settings) -> Void = { _ in }
  ) -> SkillCriticTrainer {
    var settings = SkillCriticTrainer.Settings()
    (settings.highLevel.batchSize, settings.lowLevel.batchSize) = (64, 64)
    (settings.highLevel.learningRate, settings.lowLevel.learningRate) = (1e-3, 1e-3)
    (settings.highLevel.temperature, settings.lowLevel.temperature) = (0.1, 0.05)
    (settings.highLevel.divergence, settings.lowLevel.divergence) = (1, 0.5)
    (settings.warmUp, settings.highLevelSteps) = (1000, 3000)
    change(&settings)
    return SkillCriticTrainer(
      world: WorldKind(Corridor.self, rules), embedding: embedding, settings: settings, seed: 1,
      pool: WorkerPool(workers: workers))
  }

  @Test(
    "A skill's transition is from where it was chosen to where it ended; a step's says where in its skill it was"
  )
  func transitions() throws {
    let embedding = try Self.embedding()
    let trainer = trainer(Corridor.Rules(rewardsSteps: true), embedding) {
      $0.worlds = 1
      $0.warmUp = .max
      $0.highLevel.discount = 0.5
    }
    for _ in 0..<9 { try trainer.step() }
    let high = TransitionBatch(trainer.highLevel.network, count: trainer.highReplay.count)
    let low = TransitionBatch(trainer.lowLevel.network, count: 9)
    for row in 0..<high.count { trainer.highReplay.read(row, into: high, row: row) }
    for row in 0..<9 { trainer.lowReplay.read(row, into: low, row: row) }
    withExtendedLifetime((high, low)) {
      func bytes(_ store: ObservationStore, _ row: Int) -> [UInt8] {
        let batch = store.batch(from: 0)
        return (0..<store.size).map { batch.bytes[row * batch.stride + $0] }
      }
      #expect(high.count == 2, "two skills of four steps")
      for row in 0..<8 {
        let skill = row / 4
        #expect(
          bytes(low.observations, row)[2] == UInt8(high.actions[skill])
            && bytes(low.observations, row)[3] == row % 4)
        #expect(low.isBoundary[row] == (row % 4 == 3))
        #expect(bytes(low.nextObservations, row)[3] == (row + 1) % 4)
        #expect(bytes(low.nextObservations, row) == bytes(low.observations, row + 1))
      }
      for skill in 0..<2 {
        #expect(bytes(high.observations, skill) == Array(bytes(low.observations, 4 * skill)[..<2]))
        #expect(
          bytes(high.nextObservations, skill) == Array(bytes(low.nextObservations, 4 * skill + 3)[..<2]))
        let reward = (0..<4).reduce(Float(0)) { $0 + low.rewards[4 * skill + $1] / Float(1 << $1) }
        #expect(high.rewards[skill] == reward && high.discounts[skill] == 1 / 16)
      }
    }
  }

  @Test("Late indices, where asked for, are one more than what was acted by, and skills end a step early")
  func lateIndices() throws {
    let embedding = try Self.embedding()
    func rows(late: Bool) throws -> [(k: UInt8, next: UInt8, isBoundary: Bool)] {
      let trainer = trainer(Corridor.Rules(rewardsSteps: true), embedding) {
        $0.worlds = 1
        $0.warmUp = .max
        $0.indexesLate = late
      }
      for _ in 0..<8 { try trainer.step() }
      let low = TransitionBatch(trainer.lowLevel.network, count: 8)
      for row in 0..<8 { trainer.lowReplay.read(row, into: low, row: row) }
      return withExtendedLifetime(low) {
        func k(_ store: ObservationStore, _ row: Int) -> UInt8 {
          let batch = store.batch(from: 0)
          return batch.bytes[row * batch.stride + 3]
        }
        return (0..<8).map { (k(low.observations, $0), k(low.nextObservations, $0), low.isBoundary[$0]) }
      }
    }
    let right = try rows(late: false), late = try rows(late: true)
    for row in 0..<8 {
      #expect(right[row].k == row % 4 && right[row].isBoundary == (row % 4 == 3))
      #expect(late[row].k == (row + 1) % 4 && late[row].next == (row + 2) % 4)
      #expect(late[row].isBoundary == (row % 4 == 2))
    }
  }

  @Test(
    "A point that was chosen is beside all that is seen until its skill ends, and is what the high level learns from"
  )
  func points() throws {
    let trainer = trainer(Corridor.Rules(rewardsSteps: true), try Self.space()) {
      $0.worlds = 1
      $0.warmUp = .max
    }
    for _ in 0..<9 { try trainer.step() }
    let high = trainer.highLevel.batch, skills = trainer.highReplay.count
    let low = TransitionBatch(trainer.lowLevel.network, count: 9)
    for row in 0..<skills { trainer.highReplay.read(row, into: high, row: row) }
    for row in 0..<9 { trainer.lowReplay.read(row, into: low, row: row) }
    withExtendedLifetime((high, low)) {
      func point(_ store: ObservationStore, _ row: Int) -> [Float] {
        (0..<2).map { store.features(of: row)[$0] }
      }
      #expect(skills == 2, "two skills of four steps")
      for row in 0..<8 {
        #expect(point(low.observations, row) == point(high.observations, row / 4))
        #expect(point(low.nextObservations, row) == point(low.observations, row + 1))
        #expect(low.isBoundary[row] == (row % 4 == 3))
      }
      #expect(point(high.observations, 0) != point(high.observations, 1))
    }
  }

  @Test(
    "Where demonstrations never opened a gate, frozen skills stand before it, and refined ones open it",
    arguments: [false, true])
  func opensTheGate(isContinuous: Bool) throws {
    let embedding: any SkillSpace = isContinuous ? try Self.space() : try Self.embedding()
    func success(_ change: (inout SkillCriticTrainer.Settings) -> Void) throws -> Double {
      let trainer = trainer(Corridor.Rules(hasGate: true), embedding) {
        $0.lowLevel.divergence = 1
        change(&$0)
      }
      while trainer.environmentSteps < 60_000 { try trainer.step() }
      return trainer.episodes.recent.summary.successRate
    }
    let refined = try success { _ in }, frozen = try success { $0.highLevelSteps = .max }
    #expect(refined > 0.8 && frozen < 0.4, "\(refined) \(frozen)")
  }

  @Test("The same seed gives the same weights for any number of workers", arguments: [false, true])
  func isDeterministic(isContinuous: Bool) throws {
    let embedding: any SkillSpace = isContinuous ? try Self.space() : try Self.embedding()
    let weights = try [1, 2].map { workers in
      let trainer = trainer(Corridor.Rules(), embedding, workers: workers) { $0.highLevelSteps = 0 }
      for _ in 0..<100 { try trainer.step() }
      return trainer.highLevel.policyWeights + trainer.lowLevel.policyWeights
    }
    #expect(weights[0] == weights[1])
  }
}
