import KnackNetworks
import KnackNumerics
import Testing

@testable import KnackLearning

/// Steps pass over rows that nobody has named; nobody can tell.
@Suite struct TrainedNetworkTests {
  private static let cardinalities = [9, 30, 4], rows = 6

  private func perceptron() -> Perceptron {
    var configuration = NetworkConfiguration()
    configuration.hidden = [8]
    return Perceptron("n", cardinalities: Self.cardinalities, outputs: 3, configuration)
  }

  /// Observations that name few rows at first and others later.
  private func fill(_ store: ObservationStore, step: Int, _ random: inout RandomStream) {
    for row in 0..<Self.rows {
      store.store(
        Self.cardinalities.map { UInt8(random.below(UInt32(min($0, 2 + step / 3)))) }, as: row)
    }
  }

  @Test("Weights and moments are those of Adam over all weights, also when a saved network goes on")
  func sameAsAll() throws {
    let perceptron = perceptron(), adam = Adam(epsilon: 1e-8), count = perceptron.layout.count
    var random = RandomStream(seed: 1, stream: 0)
    var learner = TrainedNetwork(perceptron, headGain: 1, random: &random)
    let target = UnsafeMutablePointer<Float>.allocate(capacity: count)
    defer { target.deallocate() }
    target.update(from: learner.parameters, count: count)
    var (plain, first) = (learner.weights, [Float](repeating: 0, count: count))
    var (second, slow) = (first, plain)
    let workspace = PerceptronWorkspace(perceptron, rows: Self.rows)
    let store = ObservationStore(perceptron, capacity: Self.rows)
    for step in 1...24 {
      fill(store, step: step, &random)
      let gradients = (0..<Self.rows * 3).map { _ in Float(random.normal()) }
      var dOutputs = gradients
      _ = perceptron.forward(learner.parameters, store.batch(from: 0), rows: Self.rows, workspace)
      learner.descend(
        store.batch(from: 0), rows: Self.rows, workspace, dOutputs: &dOutputs, adam, learningRate: 0.01)
      learner.follow(with: target, rate: 0.1)
      var all = [Float](repeating: 0, count: count)
      dOutputs = gradients
      _ = perceptron.forward(plain, store.batch(from: 0), rows: Self.rows, workspace)
      perceptron.backward(
        plain, store.batch(from: 0), rows: Self.rows, workspace, dOutputs: &dOutputs, gradient: &all)
      adam.update(
        parameters: &plain, gradient: all, first: &first, second: &second, range: 0..<count, step: step,
        learningRate: 0.01)
      for i in 0..<count { slow[i] += 0.1 * (plain[i] - slow[i]) }
      #expect(learner.weights == plain && (0..<count).allSatisfy { target[$0] == slow[$0] }, "step \(step)")
      guard step == 12 else { continue }
      let touched = learner.active.reduce(0) { $0 + $1.count }
      #expect(touched < count, "many rows were not named yet")
      // Saved, and taken on by a network that knows nothing.
      var collection = NetworkCollection(), other = NetworkCollection()
      collection.add(learner)
      let next = TrainedNetwork(perceptron, headGain: 1, random: &random)
      other.add(next)
      #expect(other.load(collection.vectors))
      next.steps = learner.steps
      learner = next
      #expect(learner.active.reduce(0) { $0 + $1.count } == touched)
    }
  }
}
