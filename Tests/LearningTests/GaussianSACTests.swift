import KnackNetworks
import KnackNumerics
import Testing

@testable import KnackLearning

@Suite struct GaussianSACTests {
  private static let dimensions = 2, rows = 8

  private func learner(
    workers: Int = 1, change: (inout SACConfiguration) -> Void = { _ in }
  ) -> GaussianSAC {
    var settings = SACConfiguration(), network = NetworkConfiguration()
    settings.batchSize = Self.rows
    settings.learningRate = 1e-3
    network.hidden = [16]
    change(&settings)
    return GaussianSAC(
      cardinalities: [5, 4], dimensions: Self.dimensions, network: network, settings: settings, seed: 3,
      pool: WorkerPool(workers: workers))
  }

  /// Fills the learner's batch with random transitions.
  private func fill(_ learner: GaussianSAC) {
    var random = RandomStream(seed: 5, stream: 0)
    var buffer = ReplayBuffer(capacity: Self.rows, observationSize: 2, featureSize: Self.dimensions)
    for row in 0..<Self.rows {
      func observation() -> [UInt8] { [UInt8(random.below(5)), UInt8(random.below(4))] }
      buffer.add(
        observation(), action: 0, reward: random.uniform(), discount: row == 1 ? 0 : 0.9, next: observation(),
        features: [Float(random.normal()), Float(random.normal())], isBoundary: row == 2)
    }
    for row in 0..<Self.rows { buffer.read(row, into: learner.batch, row: row) }
  }

  /// What a network says of observations with points beside them, in a row of numbers for each.
  private func outputs(
    _ network: Perceptron, _ weights: [Float], _ observations: ObservationStore, _ points: [[Double]]? = nil
  ) -> [[Double]] {
    let workspace = PerceptronWorkspace(network, rows: Self.rows)
    let features = (points ?? []).flatMap { $0.map(Float.init) }
    return features.withUnsafeBufferPointer { features in
      var batch = observations.batch(from: 0)
      if points != nil { batch.features = features.baseAddress! }
      return withExtendedLifetime(workspace) {
        let out = network.forward(weights, batch, rows: Self.rows, workspace)
        return (0..<Self.rows).map { row in
          (0..<network.outputs).map { Double(out[row * network.outputs + $0]) }
        }
      }
    }
  }

  private func exponential(_ x: Double) -> Double { Double(Elementwise.exp(Float(x))) }

  /// The loss of everything by the equations, in double precision and one state at a time, with the draws of a stream.
  private func reference(
    _ learner: GaussianSAC, policy: [Float]? = nil, critics: [[Float]]? = nil, targets: [[Float]],
    boundary: [Double], random: RandomStream
  ) -> (critic: Double, policy: Double, divergence: Double) {
    let batch = learner.batch, alpha = Double(learner.settings.temperature), n = Self.dimensions
    var random = random, noise = [Float](repeating: 0, count: 2 * Self.rows * n)
    random.fillNormal(&noise, count: noise.count)
    func side(_ number: Int, _ observations: ObservationStore, _ weights: [[Float]]) -> [(
      value: Double, divergence: Double
    )] {
      let pi = outputs(learner.network, policy ?? learner.policyWeights, observations)
      let rho: [[Double]]? =
        switch learner.reference {
        case .normal: [[Double]](repeating: [Double](repeating: 0, count: 2 * n), count: Self.rows)
        case .network(let weights): outputs(learner.network, weights, observations)
        case .entropy: nil
        }
      let points = (0..<Self.rows).map { row in
        (0..<n).map {
          pi[row][$0] + exponential(pi[row][n + $0]) * Double(noise[(number * Self.rows + row) * n + $0])
        }
      }
      let q = weights.enumerated().map {
        outputs(learner.critics[$0].network, $1, observations, points)
      }
      return (0..<Self.rows).map { row in
        let divergence = (0..<n).reduce(0.0) { sum, d in
          let (m, s) = (pi[row][d], pi[row][n + d])
          guard let rho else { return sum - s - 1.418_938_533 }
          let (other, t) = (rho[row][d], rho[row][n + d])
          return sum + t - s + 0.5
            * (exponential(2 * (s - t)) + (m - other) * (m - other) * exponential(-2 * t) - 1)
        }
        return (min(q[0][row][0], q[1][row][0]) - alpha * divergence, divergence)
      }
    }
    let weights = critics ?? learner.critics.map(\.weights)
    let chosen = (0..<Self.rows).map { row in
      (0..<n).map { Double(batch.observations.features(of: row)[$0]) }
    }
    let now = side(0, batch.observations, weights), after = side(1, batch.nextObservations, targets)
    var critic = 0.0
    for (number, one) in weights.enumerated() {
      let said = outputs(learner.critics[number].network, one, batch.observations, chosen)
      for row in 0..<Self.rows {
        let then = batch.isBoundary[row] ? boundary[row] : after[row].value
        let error = said[row][0] - Double(batch.rewards[row]) - Double(batch.discounts[row]) * then
        critic += 0.5 * error * error
      }
    }
    let count = Double(Self.rows)
    return (
      critic / count, -now.reduce(0) { $0 + $1.value } / count, now.reduce(0) { $0 + $1.divergence } / count
    )
  }

  @Test(
    "Losses are those of the equations, for each kind of reference, and with another level's values at boundaries",
    arguments: 0..<3)
  func losses(kind: Int) throws {
    let learner = learner { $0.temperature = 0.3 }
    fill(learner)
    learner.setReference([.normal, .network(learner.policyWeights.map { -3 * $0 + 0.1 }), .entropy][kind])
    let targets = learner.critics.map(\.weights), boundary = (0..<Self.rows).map { Float($0) }
    var random = RandomStream(seed: 8, stream: 0)
    let expected = reference(
      learner, targets: targets, boundary: boundary.map(Double.init), random: random)
    let losses = try learner.update(boundaryValues: boundary, random: &random)
    #expect(abs(losses.critic - expected.critic) < 1e-4 * max(1, expected.critic))
    #expect(abs(losses.policy - expected.policy) < 1e-4)
    #expect(abs(losses.divergence - expected.divergence) < 1e-4)
  }

  @Test("What a state is worth is what the critics' targets say of it")
  func values() throws {
    let learner = learner { $0.temperature = 0.3 }
    fill(learner)
    let before = RandomStream(seed: 8, stream: 0)
    var random = before, noise = [Float](repeating: 0, count: Self.rows * Self.dimensions)
    random.fillNormal(&noise, count: noise.count)
    // The draws of an update's second half.
    var (now, values) = (random, [Float](repeating: 0, count: Self.rows))
    learner.values(
      of: learner.batch.nextObservations.batch(from: 0), rows: Self.rows, random: &now, into: &values)
    let targets = learner.critics.map(\.weights)
    func critic(_ boundary: [Double]) -> Double {
      reference(learner, targets: targets, boundary: boundary, random: before).critic
    }
    // Row 2 is the boundary: with the value that it has there, it is a transition as any other one.
    let expected = critic(values.map(Double.init))
    learner.batch.isBoundary[2] = false
    #expect(abs(critic([]) - expected) < 1e-5)
  }

  @Test("Policy and critics follow the gradients of those losses", arguments: 0..<3)
  func gradients(kind: Int) throws {
    let learner = learner {
      $0.temperature = 0.3
      $0.learningRate = 0
    }
    fill(learner)
    var noise = RandomStream(seed: 9, stream: 0)
    learner.loadPolicy(learner.policyWeights.map { $0 + 0.2 * Float(noise.normal()) })
    learner.setReference([.normal, .network(learner.policyWeights.map { -0.5 * $0 }), .entropy][kind])
    let targets = learner.critics.map(\.weights), boundary = [Double](repeating: 0.5, count: Self.rows)
    let before = RandomStream(seed: 8, stream: 0)
    var random = before
    try learner.update(boundaryValues: [Float](repeating: 0.5, count: Self.rows), random: &random)
    func check(_ gradient: UnsafePointer<Float>, _ weights: [Float], _ loss: ([Float]) -> Double) {
      for i in Swift.stride(from: 0, to: weights.count, by: 7) {
        let step: Float = 4e-3
        var (up, down) = (weights, weights)
        up[i] += step
        down[i] -= step
        let slope = (loss(up) - loss(down)) / Double(up[i] - down[i])
        #expect(abs(Double(gradient[i]) - slope) < 2e-3 * max(1, abs(slope)), "weight \(i)")
      }
    }
    check(learner.policy.gradient, learner.policyWeights) {
      reference(learner, policy: $0, targets: targets, boundary: boundary, random: before).policy
    }
    for number in 0..<2 {
      check(learner.critics[number].gradient, learner.critics[number].weights) { weights in
        var critics = learner.critics.map(\.weights)
        critics[number] = weights
        return reference(
          learner, critics: critics, targets: targets, boundary: boundary, random: before
        ).critic
      }
    }
  }

  @Test(
    "Slow copies follow the critics; the temperature rises where the policy strays, and falls where it stays")
  func followsAndHeats() throws {
    for (divergence, rises) in [(Float(-9), true), (Float(9), false)] {
      let learner = learner {
        $0.divergence = divergence
        $0.targetRate = 0.25
      }
      fill(learner)
      let before = learner.critics[0].weights
      var random = RandomStream(seed: 8, stream: 0)
      let losses = try learner.update(random: &random)
      #expect((losses.temperature > 1) == rises)
      let after = learner.critics[0].weights
      for i in before.indices {
        #expect(abs(learner.targets[0][i] - (before[i] + 0.25 * (after[i] - before[i]))) < 1e-6)
      }
    }
  }

  @Test("With nothing to gain the policy becomes its reference")
  func becomesItsReference() throws {
    let learner = learner {
      $0.fixesTemperature = true
      $0.temperature = 7
      $0.learningRate = 1e-2
    }
    fill(learner)
    var random = RandomStream(seed: 11, stream: 0)
    learner.setReference(.network(learner.policyWeights.map { $0 + 0.5 * Float(random.normal()) }))
    let first = try learner.update(random: &random)
    var last = first
    for _ in 0..<300 { last = try learner.update(random: &random) }
    #expect(first.divergence > 0.1 && last.divergence < 0.1 * first.divergence, "\(first) \(last)")
  }

  /// Learns to hit a point for each of four cues, with reward 1 minus the squared distance to it; mean distance and mean
  /// logarithm of the deviations.
  private func aim(
    _ reference: GaussianSAC.Reference, _ divergence: Float, workers: Int = 1, updates: Int
  ) throws -> (
    distance: Double, spread: Double, weights: [Float]
  ) {
    var settings = SACConfiguration(), network = NetworkConfiguration()
    (settings.batchSize, settings.learningRate, settings.temperature) = (64, 3e-3, 0.1)
    settings.divergence = divergence
    network.hidden = [32]
    let learner = GaussianSAC(
      cardinalities: [5], dimensions: 2, network: network, settings: settings, seed: 1,
      pool: WorkerPool(workers: workers))
    learner.setReference(reference)
    let goals: [[Float]] = [[1, 1], [-1, 1], [-1, -1], [1, -1]]
    var replay = ReplayBuffer(capacity: 2000, observationSize: 1, featureSize: 2)
    let actor = GaussianActor(learner.network, learner.gaussian, rows: 4),
      noise = CounterRandom(seed: 4, stream: 0)
    var random = RandomStream(seed: 7, stream: 0), points = [Float](repeating: 0, count: 8)
    let cues: [UInt8] = [1, 2, 3, 4]
    func misses(_ cue: Int) -> Float {
      let (x, y) = (points[2 * cue] - goals[cue][0], points[2 * cue + 1] - goals[cue][1])
      return x * x + y * y
    }
    for step in 0..<updates {
      actor.act(learner.policyParameters, cues, into: &points) {
        noise.normal(at: UInt64(step), UInt64(2 * $0 + $1))
      }
      for cue in 0..<4 {
        replay.add(
          [cues[cue]], action: 0, reward: 1 - misses(cue), discount: 0, next: [cues[cue]],
          features: Array(points[(2 * cue)..<(2 * cue + 2)]))
      }
      replay.sample(into: learner.batch, random: &random)
      try learner.update(trainsPolicy: step >= updates / 4, random: &random)
    }
    actor.act(learner.policyParameters, cues, into: &points) { _, _ in 0 }
    let distance = (0..<4).reduce(0.0) { $0 + Double(misses($1).squareRoot()) / 4 }
    let means = points
    actor.act(learner.policyParameters, cues, into: &points) { _, _ in 1 }
    let spread = points.indices.reduce(0.0) { $0 + Double(Elementwise.log(points[$1] - means[$1])) / 8 }
    return (distance, spread, learner.policyWeights)
  }

  @Test("It learns to hit what a cue asks for, and spreads as widely as is asked")
  func aims() throws {
    for (reference, divergence, spread) in [
      // Of two numbers at ±1, KL from the standard normal distribution is σ² − 2 log σ, and the entropy 2 log σ + 2.84.
      (GaussianSAC.Reference.normal, Float(3), -1.47), (.normal, 4, -1.99), (.entropy, -1, -0.92),
      (.entropy, 1, -1.92),
    ] {
      let learned = try aim(reference, divergence, updates: 3000)
      #expect(
        learned.distance < 0.3 && abs(learned.spread - spread) < 0.3,
        "\(reference) \(divergence): \(learned.distance) \(learned.spread)")
    }
  }

  @Test("The same seed gives the same weights for any number of workers")
  func isDeterministic() throws {
    let weights = try [1, 2, 3].map { try aim(.normal, 1, workers: $0, updates: 50).weights }
    #expect(weights[0] == weights[1] && weights[1] == weights[2])
  }
}
