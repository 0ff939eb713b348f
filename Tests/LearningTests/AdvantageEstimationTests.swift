import Testing

@testable import KnackLearning

@Suite struct AdvantageEstimationTests {
  /// One world, three steps; returns the advantages.
  func advantages(
    rewards: [Float], values: [Float], ended: [Bool], bootstraps: [Float], last: Float
  ) -> [Float] {
    var samples = rewards.indices.map { i in
      var sample = Rollout.Sample()
      sample.reward = rewards[i]
      sample.value = values[i]
      sample.ended = ended[i]
      sample.bootstrap = bootstraps[i]
      return sample
    }
    samples.withUnsafeMutableBufferPointer {
      estimateAdvantages($0, lastValue: last, discount: 0.5, lambda: 0.5)
    }
    for sample in samples { #expect(sample.return == sample.advantage + sample.value) }
    return samples.map(\.advantage)
  }

  @Test func anUnfinishedEpisodeBootstrapsFromTheLastValue() {
    // δ = (1 + 0.5·2 - 1, 0 + 0.5·4 - 2, 2 + 0.5·8 - 4) = (1, 0, 2), each carried back by 0.25.
    let a = advantages(
      rewards: [1, 0, 2], values: [1, 2, 4], ended: [false, false, false], bootstraps: [0, 0, 0], last: 8)
    #expect(a == [1.125, 0.5, 2] as [Float])
  }

  @Test func aTerminationHasNoFuture() {
    let a = advantages(
      rewards: [1, 3, 2], values: [1, 2, 4], ended: [false, true, false], bootstraps: [0, 0, 0], last: 8)
    // δ = (1, 1, 2); nothing is carried over the end.
    #expect(a == [1.25, 1, 2] as [Float])
  }

  @Test func aTruncationBootstrapsFromItsFinalObservation() {
    // The value of the next episode's first observation (4) must not leak in.
    let a = advantages(
      rewards: [1, 3, 2], values: [1, 2, 4], ended: [false, true, false], bootstraps: [0, 6, 0], last: 8)
    // δ = (1, 3 + 0.5·6 - 2, 2) = (1, 4, 2).
    #expect(a == [2, 4, 2] as [Float])
  }
}
