import KnackLearning
import KnackNetworks
import KnackNumerics
import Testing

@testable import KnackSkills

/// Demonstrations of a walker on a line of eight cells who keeps to one of two ways for four steps each: it goes on in one direction
/// (0 or 1), or it waits (2) and goes, in turns.
@Suite struct SkillEmbeddingTests {
  private static let length = 4

  private static func demonstrations(episodes: Int, seed: UInt64) -> DemonstrationSet {
    var random = RandomStream(seed: seed, stream: 0), set = DemonstrationSet(observationSize: 1)
    for _ in 0..<episodes {
      var observations: [UInt8] = [UInt8(random.below(8))], actions: [Int32] = []
      let way = Int32(random.below(3))
      for k in 0..<length {
        let action: Int32 = way < 2 ? way : k % 2 == 0 ? 2 : 1
        actions.append(action)
        let place = Int(observations.last!) + [-1, 1, 0][Int(action)]
        observations.append(UInt8((place + 8) % 8))
      }
      set.append(observations: observations, actions: actions)
    }
    return set
  }

  private func embedding(batchSize: Int = 32) -> SkillEmbedding {
    var settings = SkillEmbedding.Settings()
    (settings.skills, settings.length, settings.batchSize) = (4, Self.length, batchSize)
    settings.learningRate = 3e-3
    settings.network.hidden = [32]
    return SkillEmbedding(cardinalities: [8], actions: 3, settings: settings, seed: 2)
  }

  @Test("Stretches lie within their episodes")
  func stretches() {
    var set = DemonstrationSet(observationSize: 1)
    for steps in [3, 1, 2] {
      set.append(
        observations: [UInt8](repeating: 0, count: steps + 1), actions: (0..<steps).map(Int32.init))
    }
    #expect(set.count == (3, 6))
    #expect(set.stretches(of: 2).map { [$0.episode, $0.step] } == [[0, 0], [0, 1], [2, 0]])
    #expect(set.read(2, 1) { _ in } == 1)
  }

  @Test("It finds the ways that the demonstrations are made of, and tells them apart in hindsight")
  func findsTheSkills() throws {
    let set = Self.demonstrations(episodes: 200, seed: 1), stretches = set.stretches(of: Self.length)
    let embedding = self.embedding()
    var random = RandomStream(seed: 3, stream: 0)
    let first = try embedding.update(set, stretches, random: &random)
    var last = first
    for _ in 0..<600 { last = try embedding.update(set, stretches, random: &random) }
    // Three ways, each as probable: all that is left to be surprised by is which one it is.
    #expect(first.likelihood > 1 && last.likelihood < 0.35, "log 3 / 4 is 0.27")
    #expect(last.reconstruction < 0.05)
    #expect(last.usedSkills > 2.5)
    let fresh = Self.demonstrations(episodes: 100, seed: 9)
    var skills: [[Int32]: Set<Int>] = [:]
    for stretch in fresh.stretches(of: Self.length) {
      let posterior = embedding.posterior(fresh, stretch)
      let best = posterior.indices.max { posterior[$0] < posterior[$1] }!
      #expect(posterior[best] > 0.9)
      skills[(0..<Self.length).map { fresh.read(stretch.episode, $0) { _ in } }, default: []].insert(best)
    }
    #expect(skills.count == 3)
    let all = skills.values.map(Set.init)
    #expect(
      all.indices.allSatisfy { a in all.indices.allSatisfy { a == $0 || all[a].isDisjoint(with: all[$0]) } })
  }

  @Test("Prior and decoder follow the gradient of the likelihood")
  func gradients() throws {
    let set = Self.demonstrations(episodes: 40, seed: 1), stretches = set.stretches(of: Self.length)
    for isPrior in [true, false] {
      func likelihood(_ weights: [Float]?) throws -> (Double, [Float]) {
        let embedding = self.embedding(batchSize: 8), network = isPrior ? embedding.prior : embedding.decoder
        var noise = RandomStream(seed: 5, stream: 0)
        for one in [embedding.prior, embedding.decoder] {
          one.load(one.weights.map { $0 + 0.3 * Float(noise.normal()) })
        }
        if let weights { network.load(weights) }
        let before = network.weights
        var random = RandomStream(seed: 3, stream: 0)
        let losses = try embedding.update(set, stretches, random: &random)
        let gradient = Array(UnsafeBufferPointer(start: network.gradient, count: before.count))
        return weights == nil ? (losses.likelihood, gradient) : (losses.likelihood, before)
      }
      let gradient = try likelihood(nil).1
      let embedding = self.embedding(batchSize: 8)
      var noise = RandomStream(seed: 5, stream: 0), weights: [Float] = []
      for one in [embedding.prior, embedding.decoder] {
        one.load(one.weights.map { $0 + 0.3 * Float(noise.normal()) })
        if (one === embedding.prior) == isPrior { weights = one.weights }
      }
      for i in Swift.stride(from: 0, to: weights.count, by: 11) {
        var (up, down) = (weights, weights)
        up[i] += 1e-2
        down[i] -= 1e-2
        let slope = (try likelihood(up).0 - likelihood(down).0) / Double(up[i] - down[i])
        #expect(abs(Double(gradient[i]) - slope) < 1e-3 * max(1, abs(slope)), "\(isPrior) \(i)")
      }
    }
  }
}
