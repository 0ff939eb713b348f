import Testing

@testable import KnackLearning

@Suite struct AdvantageEstimationTests {
  /// One world, three steps; returns the advantages.
  func advantages(
    rewards: [Float], values: [Float], ended: [Bool], bootstraps: [Float], last: Float
  ) -> [Float] {
    var result = [Float](repeating: 0, count: rewards.count)
    var returns = result
    estimateAdvantages(
      worlds: 0..<1, steps: rewards.count, stride: 1, discount: 0.5, lambda: 0.5, rewards: rewards,
      values: values, ended: ended, bootstraps: bootstraps, lastValues: [last], advantages: &result,
      returns: &returns)
    for i in returns.indices { #expect(returns[i] == result[i] + values[i]) }
    return result
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
