import KnackEnvironment
import KnackNetworks
import KnackNumerics
import Testing

@testable import KnackLearning

/// Behaviour cloning.
@Suite struct BehaviorCloningTests {
  /// What was done was the number seen, once in four times another.
  private func demonstrations() -> DemonstrationSet {
    var set = DemonstrationSet(observationSize: 1)
    for i in 0..<64 {
      let seen = UInt8(i % 4)
      set.append(observations: [seen, seen], actions: [Int32(i / 16 == 3 ? (i + 1) % 4 : i % 4)])
    }
    return set
  }

  private func network() -> TrainedNetwork {
    var configuration = NetworkConfiguration()
    configuration.hidden = [16]
    var random = RandomStream(seed: 1, stream: 0)
    return TrainedNetwork(
      Perceptron("policy", cardinalities: [4], outputs: 4, configuration), headGain: 0.01, random: &random)
  }

  @Test("A cloned policy does what was demonstrated, as often as it was")
  func imitates() throws {
    let policy = network(), set = demonstrations()
    var settings = BehaviorCloning.Settings()
    settings.batchSize = 64
    let cloning = BehaviorCloning(policy, settings: settings)
    var random = RandomStream(seed: 1, stream: 1), loss = 0.0
    for _ in 0..<1500 { loss = try cloning.update(set, set.stretches(of: 1), random: &random) }
    // The entropy of three quarters and one.
    #expect(abs(loss - 0.5623) < 0.12, "\(loss)")
    let actor = PerceptronActor(policy.network, rows: 1)
    var actions: [Int32] = [0]
    for seen in 0..<4 {
      actor.act(policy.parameters, [UInt8(seen)], masks: nil, greedy: true, into: &actions) { _ in 0 }
      #expect(actions[0] == Int32(seen))
      #expect(abs(actor.probabilities(row: 0)[seen] - 0.75) < 0.06)
    }
  }

  @Test("The gradient is that of the demonstrated actions' cross-entropy")
  func gradient() throws {
    let set = demonstrations(), policy = network()
    var settings = BehaviorCloning.Settings()
    (settings.batchSize, settings.learningRate) = (8, 1e-9)
    let cloning = BehaviorCloning(policy, settings: settings)
    let weights = policy.weights
    func loss(_ weights: [Float]) throws -> Double {
      policy.load(weights)
      var random = RandomStream(seed: 2, stream: 0)
      return try cloning.update(set, set.stretches(of: 1), random: &random)
    }
    _ = try loss(weights)
    let gradient = (0..<policy.count).map { policy.gradient[$0] }
    for place in stride(from: 0, to: weights.count, by: 7) {
      var up = weights, down = weights
      up[place] += 1e-2
      down[place] -= 1e-2
      let slope = (try loss(up) - loss(down)) / 2e-2
      #expect(abs(slope - Double(gradient[place])) < 2e-3, "\(place): \(slope) \(gradient[place])")
    }
  }
}
