import KnackNetworks
import KnackNumerics
import Testing

@testable import KnackLearning

@Suite struct ReplayBufferTests {
  private static let network = Perceptron("q", cardinalities: [9, 9], outputs: 3, NetworkConfiguration())

  /// A buffer of four that was given so many transitions: the k-th shows k and leads to k + 1.
  private func buffer(_ count: Int) -> ReplayBuffer {
    var buffer = ReplayBuffer(capacity: 4, observationSize: 2, maskSize: 3)
    for k in 0..<count {
      let now = [UInt8(k), 1], next = [UInt8(k + 1), 1], mask: [UInt8] = [1, 0, 1],
        nextMask: [UInt8] = [1, 1, 0]
      buffer.add(
        now, action: Int32(k % 3), reward: Float(k), discount: 0.5, next: next, mask: mask,
        nextMask: nextMask,
        isBoundary: k % 2 == 1)
    }
    return buffer
  }

  @Test("It keeps the latest transitions, each as it was given")
  func keepsTheLatest() {
    let buffer = buffer(6), batch = TransitionBatch(Self.network, count: 4, masks: true)
    #expect(buffer.count == 4 && buffer.added == 6)
    for row in 0..<4 { buffer.read(row, into: batch, row: row) }
    #expect((0..<4).map { batch.rewards[$0] } == [4, 5, 2, 3])
    #expect((0..<4).map { batch.actions[$0] } == [1, 2, 2, 0])
    #expect((0..<4).map { batch.isBoundary[$0] } == [false, true, false, true])
    #expect((0..<4).allSatisfy { batch.discounts[$0] == 0.5 })
    #expect(
      (0..<3).map { batch.masks![$0] } == [1, 0, 1] && (0..<3).map { batch.nextMasks![$0] } == [1, 1, 0])
    // What row 0 leads to is what row 1 shows.
    withExtendedLifetime(batch) {
      let shown = batch.observations.batch(from: 0), led = batch.nextObservations.batch(from: 0)
      #expect((0..<2).map { led.bytes[$0] } == (0..<2).map { shown.bytes[shown.stride + $0] })
    }
  }

  @Test("Every transition is drawn as often as every other one")
  func drawsUniformly() {
    let buffer = buffer(6), batch = TransitionBatch(Self.network, count: 100, masks: true)
    var random = RandomStream(seed: 1, stream: 0), counts: [Float: Int] = [:]
    for _ in 0..<100 {
      buffer.sample(into: batch, random: &random)
      for row in 0..<100 { counts[batch.rewards[row], default: 0] += 1 }
    }
    #expect(counts.keys.sorted() == [2, 3, 4, 5])
    #expect(counts.values.allSatisfy { abs($0 - 2500) < 200 }, "four standard deviations")
  }

  @Test("A saved buffer goes on as the one that was saved; bytes that are none are refused")
  func savesAndRestores() {
    let saved = buffer(3).save()
    var restored = ReplayBuffer(capacity: 4, observationSize: 2, maskSize: 3)
    let (actions, cardinalities) = (Self.network.outputs, Self.network.cardinalities)
    let isRestored = restored.restore(saved, actions: actions, cardinalities: cardinalities)
    #expect(isRestored && restored.save() == saved && restored.count == 3)
    for damaged in [Array(saved.dropLast()), saved + [0], [], saved.dropLast() + [2]] {
      let isTaken = restored.restore(damaged, actions: actions, cardinalities: cardinalities)
      #expect(!isTaken)
    }
    // What was seen or done must be such as a network can read.
    let least = cardinalities.map { _ in 1 }
    let isSeen = restored.restore(saved, actions: actions, cardinalities: least)
    let isDone = restored.restore(saved, actions: 1, cardinalities: cardinalities)
    #expect(!isSeen && !isDone)
    #expect(restored.save() == saved)
  }

  @Test("Numbers beside what was seen are kept, drawn and saved with it; where none are given they are 0")
  func keepsFeatures() {
    let network = Perceptron(
      "q", cardinalities: [9], features: 2, outputs: 3, NetworkConfiguration())
    var buffer = ReplayBuffer(capacity: 3, observationSize: 1, featureSize: 2)
    for k in 0..<5 {
      let now = [Float(k), 0.5], next = [Float(k + 1), 0.25]
      buffer.add(
        [UInt8(k)], action: 0, reward: 0, discount: 1, next: [UInt8(k)], features: k == 4 ? nil : now,
        nextFeatures: next)
    }
    var restored = ReplayBuffer(capacity: 3, observationSize: 1, featureSize: 2)
    let isRestored = restored.restore(buffer.save(), actions: 3, cardinalities: [9])
    #expect(isRestored && restored.save() == buffer.save())
    let batch = TransitionBatch(network, count: 3)
    for row in 0..<3 { restored.read(row, into: batch, row: row) }
    withExtendedLifetime(batch) {
      func features(_ store: ObservationStore) -> [[Float]] {
        (0..<3).map { row in (0..<2).map { store.features(of: row)[$0] } }
      }
      #expect(features(batch.observations) == [[3, 0.5], [0, 0], [2, 0.5]])
      #expect(features(batch.nextObservations) == [[4, 0.25], [5, 0.25], [3, 0.25]])
    }
  }
}
