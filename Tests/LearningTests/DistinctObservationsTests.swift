import KnackEnvironment
import KnackNetworks
import Testing

@testable import KnackLearning

@Suite struct DistinctObservationsTests {
  /// A rollout of one world in which sample i shows `shown[i]` and, with masks, forbids action `forbidden[i]`.
  func rollout(showing shown: [[UInt8]], forbidding forbidden: [Int]? = nil) throws -> Rollout {
    let world = CueWorld.Rules(masks: forbidden != nil).specification
    let network = try Policy(world: world, network: NetworkConfiguration()).network
    let rollout = Rollout(network, world, steps: shown.count, worlds: 1, sequenceLength: 1)
    for (i, observation) in shown.enumerated() {
      rollout.observations.store(observation, as: i)
      if let forbidden { rollout.masks![i * 4 + forbidden[i]] = 0 }
    }
    return rollout
  }

  /// The groups, each as its samples.
  func groups(_ rollout: Rollout) -> [[Int]] {
    let distinct = DistinctObservations(capacity: rollout.count)
    var result: [[Int]] = []
    for _ in 0..<2 {  // a second use must not remember the first
      distinct.find(in: rollout)
      result = [[Int]](repeating: [], count: distinct.count)
      for place in 0..<rollout.count {
        result[Int(distinct.groups[place])].append(Int(distinct.samples[place]))
      }
    }
    for (group, samples) in result.enumerated() {
      #expect(samples.first == Int(distinct.representatives[group]))
    }
    return result
  }

  @Test func equalObservationsShareAGroup() throws {
    let rollout = try rollout(showing: [[1, 0], [2, 1], [1, 0], [0, 0], [2, 1], [1, 1]])
    #expect(groups(rollout) == [[0, 2], [1, 4], [3], [5]])
  }

  @Test func whatMayBeDoneCountsToo() throws {
    let rollout = try rollout(showing: [[1, 0], [1, 0], [1, 0]], forbidding: [2, 3, 2])
    #expect(groups(rollout) == [[0, 2], [1]])
  }
}
