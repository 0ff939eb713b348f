import KnackLearning
import KnackNetworks
import KnackNumerics
import Testing

@testable import KnackSkills

/// Demonstrations of a walker on a ring of eight cells who keeps to one of four ways for four steps each: it goes on in one
/// direction (0 or 1), or it waits (2) and goes in one of them, in turns.
@Suite struct GaussianSkillEmbeddingTests {
  private static let length = 4
  private static let ways: [[Int32]] = [[0, 0, 0, 0], [1, 1, 1, 1], [2, 1, 2, 1], [2, 0, 2, 0]]

  private static func demonstrations(episodes: Int, seed: UInt64) -> DemonstrationSet {
    var random = RandomStream(seed: seed, stream: 0), set = DemonstrationSet(observationSize: 1)
    for _ in 0..<episodes {
      var observations: [UInt8] = [UInt8(random.below(8))]
      let actions = ways[Int(random.below(4))]
      for action in actions { observations.append(step(observations.last!, action)) }
      set.append(observations: observations, actions: actions)
    }
    return set
  }

  private static func step(_ place: UInt8, _ action: Int32) -> UInt8 {
    UInt8((Int(place) + [-1, 1, 0][Int(action)] + 8) % 8)
  }

  private func embedding(
    batchSize: Int = 32, seed: UInt64 = 2, change: (inout GaussianSkillEmbedding.Settings) -> Void = { _ in }
  ) -> GaussianSkillEmbedding {
    var settings = GaussianSkillEmbedding.Settings()
    (settings.dimensions, settings.length, settings.batchSize) = (2, Self.length, batchSize)
    (settings.units, settings.learningRate) = (16, 3e-3)
    settings.network.hidden = [32]
    change(&settings)
    return GaussianSkillEmbedding(cardinalities: [8], actions: 3, settings: settings, seed: seed)
  }

  @Test(
    "It tells the ways that demonstrations are made of apart in hindsight, and goes all of them in advance",
    arguments: [false, true])
  func findsTheSkills(seesObservations: Bool) throws {
    let set = Self.demonstrations(episodes: 200, seed: 1), stretches = set.stretches(of: Self.length)
    let embedding = embedding { $0.seesObservations = seesObservations }
    var random = RandomStream(seed: 3, stream: 0)
    let first = try embedding.update(set, stretches, random: &random)
    for _ in 0..<2000 { try embedding.update(set, stretches, random: &random) }
    let fresh = Self.demonstrations(episodes: 100, seed: 9), others = fresh.stretches(of: Self.length)
    let diagnosis = embedding.examine(fresh, others, random: &random)
    #expect(first.reconstruction > 1 && diagnosis.hindsight < 0.1, "\(diagnosis)")
    #expect(diagnosis.divergence > 1, "which of four ways it is takes log 4 nats")
    #expect(diagnosis.foresight > diagnosis.hindsight, "where it begins does not tell")

    // Means of one way are nearer to each other than to those of others.
    var means: [[Int32]: [[Float]]] = [:]
    for stretch in others {
      means[(0..<Self.length).map { fresh.read(stretch.episode, $0) { _ in } }, default: []].append(
        embedding.posterior(fresh, stretch).mean)
    }
    let centres = means.mapValues { all in
      (0..<2).map { d in all.reduce(0) { $0 + $1[d] } / Float(all.count) }
    }
    func distance(_ a: [Float], _ b: [Float]) -> Float {
      zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    for (way, all) in means {
      for mean in all {
        for (other, centre) in centres where other != way {
          #expect(distance(mean, centres[way]!) < 0.25 * distance(mean, centre))
        }
      }
    }
    #expect(means.count == 4)

    // What comes of points that the prior draws.
    let shares = play(embedding, set, count: 400, &random)
    #expect(Self.ways.allSatisfy { shares[$0, default: 0] > 0.08 }, "\(shares)")
    #expect(Self.ways.reduce(0) { $0 + shares[$1, default: 0] } > 0.7, "\(shares)")
  }

  /// How often each sequence of actions comes about when the prior draws a point and the decoder carries it out.
  private func play(
    _ embedding: GaussianSkillEmbedding, _ set: DemonstrationSet, count: Int, _ random: inout RandomStream
  ) -> [[Int32]: Double] {
    let chooser = GaussianActor(embedding.prior.network, embedding.gaussian, rows: count)
    let doer = PerceptronActor(embedding.decoder.network, rows: count)
    var places = (0..<count).map { UInt8($0 % 8) }, points = [Float](repeating: 0, count: 2 * count)
    var noise = [Float](repeating: 0, count: 2 * count)
    random.fillNormal(&noise, count: noise.count)
    chooser.act(embedding.prior.parameters, places, into: &points) { noise[2 * $0 + $1] }
    var done = [[Int32]](repeating: [], count: count)
    for k in 0..<Self.length {
      var actions = [Int32](repeating: 0, count: count)
      let shown: [UInt8] = places.flatMap { [$0, 0, UInt8(k)] }
      doer.act(embedding.decoder.parameters, shown, features: points, masks: nil, into: &actions) { _ in
        random.uniform()
      }
      for row in 0..<count {
        done[row].append(actions[row])
        places[row] = Self.step(places[row], actions[row])
      }
    }
    return done.reduce(into: [:]) { $0[$1, default: 0] += 1 / Double(count) }
  }

  @Test(
    "Posterior, decoder and prior follow the gradients of their losses; the prior's does not reach the posterior"
  )
  func gradients() throws {
    let set = Self.demonstrations(episodes: 40, seed: 1), stretches = set.stretches(of: Self.length)
    /// Posterior, decoder and prior with weights that are not near 0, as always the same.
    func networks(_ embedding: GaussianSkillEmbedding) -> [TrainedWeights] {
      let all = [embedding.posterior, embedding.decoder, embedding.prior]
      var noise = RandomStream(seed: 5, stream: 0)
      for one in all { one.load(one.weights.map { $0 + 0.2 * Float(noise.normal()) }) }
      return all
    }
    /// The losses with the weights of one of them replaced, and all gradients.
    func losses(_ number: Int, _ weights: [Float]?) throws -> (
      actions: Double, prior: Double, [[Float]], [Float]
    ) {
      let embedding = embedding(batchSize: 8) {
        $0.divergenceWeight = 0.3
        $0.seesObservations = true
      }
      let all = networks(embedding)
      if let weights { all[number].load(weights) }
      let before = all[number].weights
      var random = RandomStream(seed: 3, stream: 0)
      let losses = try embedding.update(set, stretches, random: &random)
      return (
        losses.reconstruction + 0.3 * losses.divergence / Double(Self.length), losses.prior,
        all.map { Array(UnsafeBufferPointer(start: $0.gradient, count: $0.count)) }, before
      )
    }
    for number in 0..<3 {
      let (_, _, gradients, weights) = try losses(number, nil)
      for i in Swift.stride(from: 0, to: weights.count, by: 23) {
        var (up, down) = (weights, weights)
        up[i] += 5e-3
        down[i] -= 5e-3
        let (above, below) = (try losses(number, up), try losses(number, down))
        let rise = number == 2 ? above.prior - below.prior : above.actions - below.actions
        let slope = rise / Double(up[i] - down[i])
        #expect(abs(Double(gradients[number][i]) - slope) < 2e-3 * max(1, abs(slope)), "\(number) \(i)")
      }
    }
  }
}
